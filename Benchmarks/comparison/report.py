"""The comparison as tables."""

from . import queries

MEGABYTE = 1_000_000
MEBIBYTE = 1 << 20
OURS = "zilin"


def number(value, digits=3):
    """A figure with about three digits, – for none."""
    if value is None:
        return "–"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.{digits - 2 if value >= 10 else digits - 1}f}"


def table(head, rows):
    """A Markdown table whose first column is text."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def ratio(ours, theirs):
    return None if ours is None or theirs is None else ours / theirs


def best(values):
    """The smallest value and whose it is."""
    present = {name: value for name, value in values.items() if value is not None}
    return min(((value, name) for name, value in present.items()), default=(None, None))


def rivals(record):
    return {name: each for name, each in record["engines"].items() if not name.startswith(OURS)}


def exact_quantile(engine, kind, quantile):
    """A rival's figure, if all of its counts of that kind were right, or none were given."""
    figures = engine["kinds"].get(kind)
    return figures[quantile] if figures and figures["wrong"] == 0 else None


def latency_rows(record, quantile):
    """A row for each engine, and one with our figure divided by the best rival's."""
    kinds = [kind for kind in queries.KINDS if kind in record["engines"][OURS]["kinds"]]
    rows = []
    for name, engine in record["engines"].items():
        cells = []
        for kind in kinds:
            figures = engine["kinds"].get(kind)
            wrong = f" ({figures['wrong']}/{figures['checked']} wrong)" if figures and figures["wrong"] else ""
            cells.append(number(figures[quantile] if figures else None) + wrong)
        rows.append([name, *cells])
    last = ["**zilin / best rival**"]
    for kind in kinds:
        theirs, name = best({name: exact_quantile(each, kind, quantile) for name, each in rivals(record).items()})
        value = ratio(record["engines"][OURS]["kinds"][kind][quantile], theirs)
        last.append("–" if value is None else f"**{value:.2f}** {name}")
    return ["µs", *kinds], rows + [last]


def build_rows(record):
    head = ["", "wall s", "CPU s", "MB/s", "MB/s of CPU", "peak MiB", "to search MB", "all files MB", "cold ms"]
    rows = []
    figures = {}
    for name, engine in record["engines"].items():
        build = engine.get("build")
        if not build:
            continue
        megabytes = record["text_bytes"] / MEGABYTE
        figures[name] = [
            build["wall_s"], build["cpu_s"], megabytes / build["wall_s"], megabytes / build["cpu_s"],
            build["peak_bytes"] / MEBIBYTE, engine["search_bytes"] / MEGABYTE,
            sum(engine["bytes"].values()) / MEGABYTE, engine["cold_ms"],
        ]
        rows.append([name, *map(number, figures[name])])
    last = ["**zilin / best rival**"]
    for column in range(len(head) - 1):
        others = {name: each[column] for name, each in figures.items() if name != OURS}
        if column in (2, 3):  # more is better
            theirs, name = best({name: -value for name, value in others.items()})
            theirs = None if theirs is None else -theirs
        else:
            theirs, name = best(others)
        value = ratio(figures[OURS][column], theirs)
        last.append("–" if value is None else f"**{value:.2f}** {name}")
    return head, rows + [last]


def files_line(record):
    counts = record["engines"][OURS]["bytes"]
    parts = ", ".join(f"`{suffix}` {count / MEGABYTE:.1f}" for suffix, count in sorted(
        counts.items(), key=lambda item: -item[1]) if count >= 50_000)
    return f"Zilin's files, MB: {parts}.\n"


def page(record):
    """All of it, in Markdown."""
    checked = sum(each["checked"] for each in record["engines"][OURS]["kinds"].values())
    wrong = sum(each["wrong"] for each in record["engines"][OURS]["kinds"].values())
    engines = record["engines"].items()
    versions = ", ".join(dict.fromkeys(each["version"] for _, each in engines))
    notes = "".join(f"- `{name}`: {each['note']}.\n" for name, each in engines if each["note"])
    notes += "".join(f"- `{name}` took no part: {why}.\n" for name, why in record["missing"].items())
    sampled = "".join(
        f"- `{name}` was asked {figures['asked']} of {figures['checked_of']} `{kind}`, for it is slow.\n"
        for name, each in engines for kind, figures in each["kinds"].items()
        if figures["asked"] < figures["checked_of"])
    return (
        f"### {record['name']}: {record['documents']:,} documents, {record['text_bytes'] / MEGABYTE:.1f} MB of text\n\n"
        f"{record['date']}, {record['processor']}, {record['cores']} cores, load {record['load'][0]:.1f} before and "
        f"{record['load'][1]:.1f} after. {versions}. Counts of Zilin against the scan: {wrong} wrong of {checked}.\n\n"
        "Build, size, and a fresh process' first answer:\n\n" + table(*build_rows(record)) + "\n"
        + files_line(record) + "\nMedian of a kind's queries, ten best and exact total, µs inside the engine:\n\n"
        + table(*latency_rows(record, "p50")) + "\nThe 99th of a hundred:\n\n" + table(*latency_rows(record, "p99"))
        + ("\n" + notes + sampled if notes or sampled else ""))
