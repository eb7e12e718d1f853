#!/usr/bin/env python3
"""Measures how Zilin grows with its text: build, memory, bytes, latency and first answer, from 6 to 600 MB.

The corpora are made of one (see growing/corpora.py), each the beginning of the next, and the queries are drawn from the
smallest, so that the same queries run at each size. Of each kind some are counted by a plain scan at each size, and the
engine's counts must be those. With --record the figures go to Benchmarks/records, docs/performance.md and
docs/growth.svg.
"""

import sys

sys.dont_write_bytecode = True

import json
import math
import os
import random
import shutil
import statistics
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "Tests" / "Acceptance"))

import harness

from comparison import engine, measure, queries, records, reference, report, zilin
from growing import chart, corpora

CHART = REPOSITORY / "docs" / "growth.svg"
MEGABYTE = 1_000_000
MEBIBYTE = 1 << 20
SIZES = [6, 20, 60, 200, 600]
COLD_STARTS = 5
COUNTED = 3                 # queries of a kind held against the scan
BLOCK_CHARACTERS = 4_000_000
SUFFIXES = [".terms", ".postings", ".positions", ".documents"]


def scans(piece, fold):
    """The piece's folded texts, some million characters at a time."""
    block, length = [], 0
    for text in piece.texts():
        block.append(fold(text))
        length += len(block[-1])
        if length >= BLOCK_CHARACTERS:
            yield reference.Scan(block)
            block, length = [], 0
    if block:
        yield reference.Scan(block)


def draw(piece, fold, seed, share):
    """Queries from the smallest corpus."""
    folded = [fold(text) for text in piece.texts()]
    vocabulary = {token for text in folded for token in reference.tokens(text) if len(token) <= 2}
    return queries.draw(folded, vocabulary, seed, share)


def counted(chosen):
    """Some queries of each kind, from the whole of it."""
    result = []
    for kind in queries.KINDS:
        group = [query for query in chosen if query.kind == kind]
        result += group[::max(1, len(group) // COUNTED)][:COUNTED]
    return result


class Answers(zilin.Zilin):
    """The engine over an index that was built of several files."""

    def __init__(self, index, paths, arguments):
        super().__init__(None, index.parent, arguments.programs, arguments.memory)
        self.index = index
        self.paths = paths

    def build_commands(self):
        return [[self.programs.searchctl, "rebuild", "--plain", "--index", self.index, "--memory", self.memory,
                 *self.paths]]


def resident(programs, index, chosen, folder):
    """The daemon's resident bytes after its start and after all queries, and what of the latter is its own."""
    with harness.Daemon(programs, index, folder / "s") as daemon:
        started = daemon.status_value("VmRSS")
        connection = daemon.connect()
        for query in chosen:
            connection.get("/search", q=query.text, limit=engine.LIMIT, rank="bm25")
        connection.close()
        return {"resident_start_bytes": started, "resident_bytes": daemon.status_value("VmRSS"),
                "resident_own_bytes": daemon.status_value("RssAnon")}


def measured(ours, chosen, truth, arguments, folder):
    """The figures at one size."""
    shutil.rmtree(ours.index, ignore_errors=True)
    ours.index.mkdir(parents=True)
    figures = ours.build()
    inspected = json.loads(arguments.programs.must("inspect", "--index", ours.index, "--json", "index"))
    figures["segments"] = inspected["segments"]
    figures["bytes"] = ours.byte_counts()
    rounds = [ours.round(chosen) for _ in range(arguments.rounds)]
    hits = {query.number: answer[1] for query, answer in zip(chosen, rounds[0])}
    figures["counted"] = len(truth)
    for number, count in truth.items():
        if hits[number] != count:
            words = next(query.words for query in chosen if query.number == number)
            raise SystemExit(f"{' '.join(words)}: {hits[number]} hits, {count} by the scan")
    medians = [statistics.median(answer[0] for answer in answers) for answers in zip(*rounds)]
    figures["kinds"] = {}
    for kind in queries.KINDS:
        values = [value for value, query in zip(medians, chosen) if query.kind == kind]
        if values:
            figures["kinds"][kind] = {"p50": measure.quantile(values, 0.5), "p99": measure.quantile(values, 0.99)}
    pair = next(query for query in chosen if query.kind == "phrase2")
    first = queries.Query(pair.number, pair.kind, pair.words, hits[pair.number])
    figures["cold_ms"] = statistics.median(ours.cold(first) for _ in range(COLD_STARTS))
    return {**figures, **resident(arguments.programs, ours.index, chosen, folder)}


def grow(arguments):
    """The record of one run."""
    sizes = [size * MEGABYTE for size in arguments.sizes]
    arguments.work.mkdir(parents=True, exist_ok=True)
    pieces = corpora.write(arguments.data, sizes, arguments.work, arguments.seed)
    fold = reference.Fold.of_corpus((row["text"] for row in harness.json_lines(arguments.data)), arguments.programs)
    chosen = draw(pieces[0], fold, arguments.seed, arguments.share)
    sample, truth, rows = counted(chosen), {}, []
    random.Random(arguments.seed).shuffle(chosen)
    with harness.temporary_folder() as folder:
        for number, piece in enumerate(pieces):
            for scan in scans(piece, fold):
                for query in sample:
                    truth[query.number] = truth.get(query.number, 0) + len(scan.matching(query.kind, query.words))
            used = pieces[:number + 1]
            ours = Answers(arguments.work / "index", [each.path for each in used], arguments)
            figures = measured(ours, chosen, truth, arguments, Path(folder))
            rows.append({"documents": sum(each.documents for each in used),
                         "text_bytes": sum(each.text_bytes for each in used), **figures})
            print(f"{rows[-1]['text_bytes'] / MEGABYTE:.0f} MB: {figures['wall_s']:.2f} s, {figures['cpu_s']:.2f} s of "
                  f"CPU, {figures['peak_bytes'] / MEBIBYTE:.0f} MiB", flush=True)
    if not arguments.keep:
        shutil.rmtree(arguments.work / "index")
        for piece in pieces:
            piece.path.unlink()
    return {**records.machine(arguments.programs), "name": records.corpus_name(arguments.data),
            "memory_mib": arguments.memory, "seed": arguments.seed, "load": os.getloadavg()[0], "queries": len(chosen), "rows": rows}


def quantities(row):
    """Name and value of what is tabled, in the units that the names say."""
    yield "build, s", row["wall_s"]
    yield "build, s of CPU", row["cpu_s"]
    yield "build, peak MiB", row["peak_bytes"] / MEBIBYTE
    yield "all files, MB", sum(row["bytes"].values()) / MEGABYTE
    for suffix in SUFFIXES:
        yield f"`{suffix}`, MB", row["bytes"].get(suffix, 0) / MEGABYTE
    yield "first answer of a process, ms", row["cold_ms"]
    yield "daemon, MiB at its start", row["resident_start_bytes"] / MEBIBYTE
    yield "daemon, MiB after the queries", row["resident_bytes"] / MEBIBYTE
    yield "of these its own", row["resident_own_bytes"] / MEBIBYTE
    for kind, figures in row["kinds"].items():
        yield f"{kind}, µs", figures["p50"]
        yield f"{kind}, µs, 99th of a hundred", figures["p99"]


def exponent(xs, ys):
    """The slope of the line through the logarithms, least squares: 1 is growth in proportion, 0 none."""
    points = [(math.log(x), math.log(y)) for x, y in zip(xs, ys) if y > 0]
    if len(points) < 2:
        return None
    mean_x, mean_y = (statistics.fmean(values) for values in zip(*points))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def page(record):
    """The figures as Markdown."""
    rows = record["rows"]
    xs = [row["text_bytes"] for row in rows]
    table = {}
    for row in rows:
        for name, value in quantities(row):
            table.setdefault(name, []).append(value)
    head = ["MB of text", *(f"{x / MEGABYTE:.0f}" for x in xs), "grows as"]
    lines = [["documents", *(f"{row['documents']:,}" for row in rows), ""],
             ["segments", *(str(row["segments"]) for row in rows), ""]]
    for name, values in table.items():
        power = exponent(xs, values)
        lines.append([name, *map(report.number, values), "–" if power is None else f"*n*^{power:.2f}"])
    checked = sum(row["counted"] for row in rows)
    return (f"{record['date']}, {record['processor']}, {record['cores']} cores; {record['version']}; made of "
            f"`{record['name']}`; {record['queries']} queries, {checked} counts held against the scan, all right; "
            f"`--memory {record['memory_mib']}`.\n\n" + report.table(head, lines))


def drawing(record):
    """The figures as SVG."""
    rows = record["rows"]
    xs = [row["text_bytes"] / MEGABYTE for row in rows]

    def line(label, values, colour, dashed=False):
        return chart.Line(label, zip(xs, values), colour, dashed)

    panels = [
        chart.Panel("Build, seconds", [
            line("wall", [row["wall_s"] for row in rows], 0), line("CPU", [row["cpu_s"] for row in rows], 1)]),
        chart.Panel("Memory, MiB", [
            line("build", [row["peak_bytes"] / MEBIBYTE for row in rows], 0),
            line("daemon", [row["resident_bytes"] / MEBIBYTE for row in rows], 1),
            line("its own", [row["resident_own_bytes"] / MEBIBYTE for row in rows], 2)]),
        chart.Panel("Files, MB", [
            line(suffix, [row["bytes"].get(suffix, 0) / MEGABYTE for row in rows], number)
            for number, suffix in enumerate(SUFFIXES)]),
    ]
    for title, kinds in (("Phrases", ["phrase2", "phrase4", "phrase8", "phrase16"]), ("Words", ["and2", "or3", "bag"]),
                         ("Terms", ["rare", "common", "single"])):
        lines = []
        for number, kind in enumerate(kinds):
            for quantile in ("p50", "p99"):
                values = [row["kinds"].get(kind, {}).get(quantile, 0) for row in rows]
                lines.append(line(kind, values, number, quantile == "p99"))
        panels.append(chart.Panel(f"{title}, µs (dashed: 99th of a hundred)", lines))
    ticks = [round(x) if x >= 10 else round(x, 1) for x in xs]
    return chart.svg(panels, ticks, "Against MB of text, both axes logarithmic. "
                     f"{record['date']}, {record['processor']}, {record['cores']} cores.")


def parse(words=None):
    parser = harness.parser(__doc__)
    parser.set_defaults(seed=1)
    parser.add_argument("--sizes", type=lambda text: sorted({float(size) for size in text.split(",")}), default=SIZES,
                        metavar="MB,MB", help=f"megabytes of text ({','.join(map(str, SIZES))})")
    parser.add_argument("--work", type=Path, default=REPOSITORY / ".build" / "benchmarks" / "growth", metavar="DIR",
                        help="where corpora and index go, three times the largest size (.build/benchmarks/growth)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which a query's median counts (3)")
    parser.add_argument("--memory", type=int, default=256, help="the build's budget in megabytes (256)")
    parser.add_argument("--share", type=float, default=1.0, help="of the usual numbers of queries (1)")
    parser.add_argument("--keep", action="store_true", help="leave corpora and index in the work folder")
    parser.add_argument("--chart", type=Path, help="write the chart to this file")
    parser.add_argument("--record", action="store_true",
                        help="append to Benchmarks/records, write docs/performance.md and docs/growth.svg")
    parser.add_argument("data", type=Path, metavar="DATA.jsonl")
    return parser.parse_args(words)


def main():
    arguments = parse()
    try:
        record = grow(arguments)
    except measure.CommandFailed as error:
        sys.exit(str(error))
    print(page(record))
    if arguments.chart:
        arguments.chart.write_text(drawing(record), encoding="utf-8")
    if arguments.record:
        records.append("growth", record)
        records.replace_block(records.PAGE, "growth", record["name"], page(record))
        CHART.write_text(drawing(record), encoding="utf-8")


if __name__ == "__main__":
    main()
