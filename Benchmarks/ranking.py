#!/usr/bin/env python3
"""Measures how well Zilin ranks: collections with judged answers, asked of searchd through its socket.

DATA is a folder of collections, each a folder with corpus.jsonl, queries*.tsv (each a set of its own) and qrels.tsv
(retrieval/collection.py). An index is built of each, all queries are asked, and the figures are printed beside those of
a record: by default the newest in Benchmarks/records. A difference has the p of a paired randomization test over the
queries. docs/ranking.md says how to read it.

    ranking.py --bin DIR DATA                                the ranking of the house
    ranking.py --bin DIR --against bm25=rank=bm25 DATA       and plain BM25 beside it, in the same run
    ranking.py --bin DIR --only stard,drcd --extra sort=-date DATA
"""

import sys

sys.dont_write_bytecode = True

import os
import statistics
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "Tests" / "Acceptance"))

import harness

from comparison import measure, records, report
from retrieval import asking, collection, metrics

PAGE = REPOSITORY / "docs" / "ranking.md"
KIND = "ranking"
HOUSE = "default"
TIMES = ["client_ms", "took_ms"]


def figures(answers, chosen):
    """The figures of one variant on one set of queries."""
    each = [metrics.measures(answer.ranked, grades) for answer, grades in zip(answers, chosen.grades)]
    times = {}
    for name in TIMES:
        values = [getattr(answer, name) for answer in answers]
        times[name] = {"p50": round(measure.quantile(values, 0.5), 4), "p99": round(measure.quantile(values, 0.99), 4)}
    means = {name: round(statistics.fmean(query[name] for query in each), 6) for name in metrics.NAMES}
    return {**means, **times, "ndcg": collection.packed([query["nDCG@10"] for query in each])}


def evaluate(arguments):
    """One row for each set of queries and variant."""
    rows, machine = [], {**records.machine(arguments.programs), "seed": arguments.seed}
    with harness.temporary_folder() as folder:
        for number, each in enumerate(collection.collections(arguments.data, arguments.only)):
            index = Path(folder) / f"index-{number}"
            arguments.programs.must("rebuild", "--index", index, each.corpus)
            with harness.Daemon(arguments.programs, index, Path(folder) / f"s{number}") as daemon:
                for chosen in each.sets:
                    answers = asking.ask(daemon, chosen.texts, list(arguments.variants.values()), arguments.threads)
                    for (variant, extra), found in zip(arguments.variants.items(), answers):
                        rows.append({**machine, "set": chosen.name, "variant": variant, "extra": extra,
                                     "queries": len(chosen.ids), "mark": chosen.mark(), "threads": arguments.threads,
                                     **figures(found, chosen), "load": os.getloadavg()[0]})
                        print(f"{label(rows[-1])}: nDCG@10 {rows[-1]['nDCG@10']:.4f}", file=sys.stderr, flush=True)
    return rows


def label(row):
    return row["set"] if row["variant"] == HOUSE else f"{row['set']}, {row['variant']}"


def newest_record():
    """The newest file of records with rankings, if any."""
    return max(records.RECORDS.glob(f"*-{KIND}.jsonl"), default=None)


def baseline_rows(path):
    """The last row of each set and variant in a file of records."""
    return {(row["set"], row["extra"]): row for row in harness.json_lines(path)} if path else {}


class Difference:
    """What one row has beside another with the same queries."""

    def __init__(self, row, other, seed):
        self.row, self.other = row, other
        pairs = zip(collection.unpacked(row["ndcg"]), collection.unpacked(other["ndcg"]))
        by_query = [ours - theirs for ours, theirs in pairs]
        self.better = sum(value > 0 for value in by_query)
        self.worse = sum(value < 0 for value in by_query)
        self.p = metrics.probability(by_query, seed)

    def metric(self, name):
        return f"{self.row[name]:.4f} {self.row[name] - self.other[name]:+.4f}"

    def time(self, name, quantile):
        ours, theirs = self.row[name][quantile], self.other[name][quantile]
        return f"{report.number(ours)} ×{ours / theirs:.2f}" if theirs else report.number(ours)


HEAD = ["", "queries", *metrics.NAMES, "better", "worse", "*p*",
        "client ms", "99th", "`took_ms`", "99th"]


def line(row, difference):
    """A row of the table; the difference, if there is one, behind each figure."""
    times = [(name, quantile) for name in TIMES for quantile in ("p50", "p99")]
    if difference is None:
        return [label(row), str(row["queries"]), *(f"{row[name]:.4f}" for name in metrics.NAMES), "", "", "",
                *(report.number(row[name][quantile]) for name, quantile in times)]
    return [label(row), str(row["queries"]), *map(difference.metric, metrics.NAMES), str(difference.better),
            str(difference.worse), f"{difference.p:.4f}", *(difference.time(*each) for each in times)]


def mean_line(rows, differences):
    """Means over the sets, each counting the same."""
    cells = []
    for name in metrics.NAMES:
        cell = f"{statistics.fmean(row[name] for row in rows):.4f}"
        if all(differences):
            cell += f" {statistics.fmean(each.row[name] - each.other[name] for each in differences):+.4f}"
        cells.append(cell)
    return ["**mean of the sets**", "", *cells, *[""] * (len(HEAD) - 2 - len(cells))]


def table(rows, others, seed):
    """The rows beside the others, which are found by set and have the same queries."""
    differences = []
    for row in rows:
        other = others(row)
        same = other is not None and other["mark"] == row["mark"]
        differences.append(Difference(row, other, seed) if same else None)
    lines = [line(row, difference) for row, difference in zip(rows, differences)]
    if len(rows) > 1:
        lines.append(mean_line(rows, differences))
    return report.table(HEAD, lines)


def page(rows, arguments):
    """The figures as Markdown: each variant beside the baseline, and the house's ranking beside each other variant."""
    first, path = rows[0], arguments.baseline or newest_record()
    baseline, seed = baseline_rows(path), arguments.seed
    parts = [f"{first['date']}, {first['processor']}, {first['cores']} cores; {first['version']}; "
             f"{first['threads']} at a time."]
    for name, extra in arguments.variants.items():
        mine = [row for row in rows if row["variant"] == name]
        known = any((row["set"], extra) in baseline for row in mine)
        beside = f", beside {path.name}" if known else ", without a baseline"
        words = "The ranking of the house" if name == HOUSE else f"`{name}` (`{extra}`)"
        parts.append(f"{words}{beside}:\n\n" + table(mine, lambda row: baseline.get((row["set"], row["extra"])), seed))
    house = [row for row in rows if row["variant"] == HOUSE]
    for name in arguments.against:
        other = {row["set"]: row for row in rows if row["variant"] == name}
        parts.append(f"The ranking of the house beside `{name}` of the same run:\n\n"
                     + table(house, lambda row: other.get(row["set"]), seed))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def named(words):
    """NAME=EXTRA as two."""
    name, equals, extra = words.partition("=")
    if not name or not equals or not extra or name == HOUSE:
        raise ValueError(words)
    return name, extra


def parse(words=None):
    parser = harness.parser(__doc__)
    parser.set_defaults(seed=1)
    parser.add_argument("--only", type=lambda text: text.split(","), default=[], metavar="A,B",
                        help="only these collections")
    parser.add_argument("--threads", type=int, default=1, help="queries asked at a time (1)")
    parser.add_argument("--extra", action="append", default=[], metavar="PARAMETERS",
                        help="a further variant, as 'rank=bm25'; may be given again")
    parser.add_argument("--against", action="append", type=named, default=[], metavar="NAME=PARAMETERS",
                        help="a further variant, and the house's ranking beside it; may be given again")
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="a record (the newest in Benchmarks/records)")
    parser.add_argument("--record", action="store_true", help="append to Benchmarks/records, write docs/ranking.md")
    parser.add_argument("data", type=Path, metavar="DATA")
    arguments = parser.parse_args(words)
    arguments.variants = {HOUSE: "", **{extra: extra for extra in arguments.extra}, **dict(arguments.against)}
    arguments.against = [name for name, _ in arguments.against]
    return arguments


def main():
    arguments = parse()
    try:
        rows = evaluate(arguments)
    except measure.CommandFailed as error:
        sys.exit(str(error))
    text = page(rows, arguments)
    print(text)
    if arguments.record:
        records.append(KIND, *rows)
        records.replace_block(PAGE, KIND, "collections", text)


if __name__ == "__main__":
    main()
