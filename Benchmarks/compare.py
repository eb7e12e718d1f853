#!/usr/bin/env python3
"""Compares Zilin with other engines on a text of one's own: build, size, latency by kind of query, first answer.

All engines index the same text, without titles; the rivals get its bigrams ready made. Queries are drawn from the text,
seeded, and every engine's counts are held against a plain scan. Engines take turns round by round, and a query's figure
is the median of its rounds, so that the ratios of one run mean something on a busy machine too. docs/performance.md
says what is measured and how to read it.
"""

import sys

sys.dont_write_bytecode = True

import os
import random
import shutil
import statistics
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "Tests" / "Acceptance"))

import harness

from comparison import measure, queries, records, report, rivals, zilin
from comparison.dataset import Dataset

MODULES = {"tantivy": "tantivy==0.27.0", "pisa": "pyterrier-pisa==0.4.9"}
PACKAGES = ["groonga-bin", "g++", "libxapian-dev", "xapian-tools"]
RIVALS = ["tantivy", "pisa", "fts5", "xapian", "groonga", "lucene"]
FIRST_QUERIES = 8        # of a kind, asked to see how slow an engine is at it
COLD_STARTS = 5


def environment(arguments):
    """The Python that has the rivals' modules: an environment in the work folder, filled unless --offline."""
    if arguments.python:
        return arguments.python
    folder = arguments.work / "venv"
    python = folder / "bin" / "python"
    if not python.exists():
        if arguments.offline or subprocess.run([sys.executable, "-m", "venv", str(folder)]).returncode != 0:
            return Path(sys.executable)
    if not arguments.offline:
        wanted = [module for name, module in MODULES.items() if name in arguments.engines]
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted])
    return python


def install_packages():
    """The Debian packages that rivals are made of, for root on Debian."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES])
    else:
        print(f"--install needs root on Debian; the packages are {' '.join(PACKAGES)}")


def contenders(arguments, dataset):
    """The engines that take part, and why the others do not."""
    folder = arguments.work / dataset.folder.name / "engines"
    folder.mkdir(parents=True, exist_ok=True)
    python = environment(arguments) if MODULES.keys() & set(arguments.engines) else Path(sys.executable)
    rivals.Tantivy.python = rivals.Pisa.python = str(python)
    made = {
        "tantivy": lambda: rivals.Tantivy(dataset, folder),
        "pisa": lambda: rivals.Pisa(dataset, folder),
        "fts5": lambda: rivals.SQLite(dataset, folder),
        "xapian": lambda: rivals.Xapian(dataset, folder),
        "groonga": lambda: rivals.Groonga(dataset, folder),
        "lucene": lambda: rivals.Lucene(dataset, folder, arguments.lucene_jar, arguments.java),
    }
    ours = zilin.Zilin(dataset, folder, arguments.programs, arguments.memory)
    engines, missing = [ours, zilin.ZilinSocket(dataset, folder, arguments.programs, ours.index)], {}
    for name in arguments.engines:
        rival = made[name]()
        why = rival.missing()
        if why:
            missing[name] = why
            print(f"{name} takes no part: {why}", flush=True)
        else:
            engines.append(rival)
    return engines, missing


def build(engine, builds):
    """The median of the builds, and the index they leave."""
    runs = []
    for _ in range(builds):
        shutil.rmtree(engine.index, ignore_errors=True)
        engine.index.mkdir()
        runs.append(engine.build())
    result = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    print(f"{engine.name:14}built in {result['wall_s']:.2f} s, {result['cpu_s']:.2f} s of CPU, "
          f"{result['peak_bytes'] / (1 << 20):.0f} MiB", flush=True)
    return result


def check(engine, chosen, seconds):
    """Asks every query once and holds the counts against the scan; returns the queries it is fast enough for."""
    kept, figures = [], {}
    for kind in (kind for kind in queries.KINDS if kind in engine.kinds):
        group = [query for query in chosen if query.kind == kind]
        engine.round(group[:FIRST_QUERIES])
        answers = engine.round(group[:FIRST_QUERIES])
        each = sum(microseconds for microseconds, _ in answers) / 1e6 / len(answers)
        asked = group[:max(len(answers), int(seconds / max(each, 1e-9)))]
        answers += engine.round(asked[len(answers):]) if len(asked) > len(answers) else []
        wrong = [(query, hits) for query, (_, hits) in zip(asked, answers) if hits not in (None, query.hits)]
        for query, hits in wrong[:2]:
            print(f"{engine.name}: {query.kind} {' '.join(query.words)}: {hits} hits, {query.hits} by the scan")
        figures[kind] = {"checked": len(asked) if engine.gives_totals else 0, "wrong": len(wrong),
                         "asked": len(asked), "checked_of": len(group)}
        kept += asked
    return kept, figures


def measure_queries(engines, chosen, arguments):
    """Quantiles of each engine by kind; the rounds of the engines alternate."""
    plans, figures = {}, {}
    for engine in engines:
        engine.open()
        plans[engine], figures[engine.name] = check(engine, chosen, arguments.seconds)
        wrong = sum(each["wrong"] for each in figures[engine.name].values())
        print(f"{engine.name:14}{wrong} wrong counts", flush=True)
        random.Random(arguments.seed).shuffle(plans[engine])  # as users ask: no kind warms the caches for itself
    for engine in engines:
        for _ in range(engine.warm_rounds):
            engine.round(plans[engine])
    times = {engine: [] for engine in engines}
    for number in range(arguments.rounds):
        turn = number % len(engines)
        for engine in engines[turn:] + engines[:turn]:
            times[engine].append([microseconds for microseconds, _ in engine.round(plans[engine])])
    for engine in engines:
        engine.close()
        medians = [statistics.median(rounds) for rounds in zip(*times[engine])]
        for kind, each in figures[engine.name].items():
            values = [value for value, query in zip(medians, plans[engine]) if query.kind == kind]
            each.update({"p50": measure.quantile(values, 0.5), "p99": measure.quantile(values, 0.99)})
    return figures


def compare(arguments):
    """The record of one run."""
    name = arguments.name or records.corpus_name(arguments.data)
    dataset = Dataset(arguments.work / name)
    dataset.prepare(arguments.data, arguments.programs, arguments.seed, arguments.share)
    load = [os.getloadavg()[0]]
    engines, missing = contenders(arguments, dataset)
    result = {}
    for engine in engines:
        result[engine.name] = {"version": engine.version(), "note": engine.note}
        if isinstance(engine, zilin.ZilinSocket):
            continue
        result[engine.name]["build"] = build(engine, arguments.builds)
        result[engine.name]["bytes"] = engine.byte_counts()
        result[engine.name]["search_bytes"] = engine.search_bytes()
    first = next(query for query in dataset.queries if query.kind == "phrase2")
    for engine in engines:
        if not isinstance(engine, zilin.ZilinSocket):
            result[engine.name]["cold_ms"] = statistics.median(engine.cold(first) for _ in range(COLD_STARTS))
    for engine_name, kinds in measure_queries(engines, dataset.queries, arguments).items():
        result[engine_name]["kinds"] = kinds
    load.append(os.getloadavg()[0])
    return {**records.machine(arguments.programs), "name": name, **{
        key: dataset.meta[key] for key in ("documents", "text_bytes", "tokens")}, "seed": arguments.seed,
        "rounds": arguments.rounds, "memory_mib": arguments.memory, "load": load, "missing": missing, "engines": result}


def parse(words=None):
    parser = harness.parser(__doc__)
    parser.set_defaults(seed=1)
    parser.add_argument("--work", type=Path, default=REPOSITORY / ".build" / "benchmarks", metavar="DIR",
                        help="where indexes and environments go (.build/benchmarks)")
    parser.add_argument("--engines", type=lambda text: [name for name in text.split(",") if name], default=RIVALS,
                        metavar="A,B", help=f"the rivals ({','.join(RIVALS)})")
    parser.add_argument("--install", action="store_true", help=f"install Debian's {' '.join(PACKAGES)}")
    parser.add_argument("--offline", action="store_true", help="install no Python modules either")
    parser.add_argument("--python", type=Path, help="a Python that has the modules, instead of an own environment")
    parser.add_argument("--lucene-jar", type=lambda text: Path(text).resolve(), metavar="JAR",
                        help="a jar with Lucene 9 and what it needs")
    parser.add_argument("--java", default="java", help="the Java that runs Lucene (java)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which a query's median counts (5)")
    parser.add_argument("--builds", type=int, default=1, help="builds of each, of which the median counts (1)")
    parser.add_argument("--memory", type=int, default=256, help="Zilin's budget in building, megabytes (256)")
    parser.add_argument("--share", type=float, default=1.0, help="of the usual numbers of queries (1)")
    parser.add_argument("--seconds", type=float, default=2.0, help="at most, for a kind of query in a round (2)")
    parser.add_argument("--name", help="of the corpus; by default the file's or its folder's")
    parser.add_argument("--record", action="store_true", help="append to Benchmarks/records, write docs/performance.md")
    parser.add_argument("data", type=Path, metavar="DATA.jsonl")
    arguments = parser.parse_args(words)
    unknown = set(arguments.engines) - set(RIVALS)
    if unknown:
        parser.error(f"no engines {', '.join(sorted(unknown))}")
    arguments.work = arguments.work.resolve()
    return arguments


def main():
    arguments = parse()
    if arguments.install:
        install_packages()
    try:
        record = compare(arguments)
    except measure.CommandFailed as error:
        sys.exit(str(error))
    print(report.page(record))
    if arguments.record:
        records.append("compare", record)
        records.replace_block(records.PAGE, "comparison", record["name"], report.page(record))
    ours = (record["engines"][name]["kinds"].values() for name in ("zilin", "zilin-socket"))
    wrong = sum(kind["wrong"] for kinds in ours for kind in kinds)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
