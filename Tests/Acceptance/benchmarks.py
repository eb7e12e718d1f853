#!/usr/bin/env python3
"""The benchmarks count what they time: a comparison and a growth on a folder's texts, small, without the network.

Zilin, in one process and through its socket, and SQLite's FTS5, where this Python has it, must find what the scan
finds; and a count that is wrong must be noticed.
"""

import sys

sys.dont_write_bytecode = True

import xml.etree.ElementTree
from pathlib import Path

import exactness
import harness

sys.path.insert(0, str(harness.REPOSITORY / "Benchmarks"))

import compare
import growth
from comparison import measure, queries, records, reference, report
from comparison.dataset import Dataset
from comparison.zilin import Zilin


def words(arguments, folder, *others):
    """The command line of a benchmark."""
    return ["--bin", str(arguments.programs.folder), "--seed", str(arguments.seed), "--work", str(folder), *others]


def check_comparison(findings, arguments, folder, corpus):
    """All counts are right, every kind is asked, and the tables can be made."""
    options = compare.parse(words(arguments, folder, "--offline", "--engines", "fts5", "--share", "0.1",
                                  "--rounds", "1", "--name", "sample", str(corpus)))
    record = compare.compare(options)
    for name, figures in record["engines"].items():
        findings.equal(f"kinds of {name}", sorted(figures["kinds"]), sorted(queries.KINDS))
        for kind, each in figures["kinds"].items():
            findings.expect(each["checked"] > 0 and each["wrong"] == 0, f"{name}, {kind}: {each}")
    findings.expect("zilin-socket" in record["engines"], "the socket takes part")
    findings.expect(report.page(record).count("\n| zilin |") == 3, "three tables with a row for zilin")


def check_wrong_count(findings, arguments, folder):
    """A count that is not the scan's is noticed."""
    dataset = Dataset(folder / "sample")
    dataset.prepare(folder / "corpus.jsonl", arguments.programs, arguments.seed, 0.1)
    engine = Zilin(dataset, folder / "sample" / "engines", arguments.programs)
    dataset.queries[0].hits += 1
    _, figures = compare.check(engine, dataset.queries, 1)
    findings.equal("wrong counts", sum(each["wrong"] for each in figures.values()), 1)


def check_growth(findings, arguments, folder, corpus):
    """Two sizes, the larger one beyond the corpus; the counts are checked inside."""
    size = corpus.stat().st_size / 1e6
    sizes = f"{size / 4:.2f},{size * 2:.2f}"
    record = growth.grow(growth.parse(words(arguments, folder / "growth", "--sizes", sizes, "--share", "0.1",
                                            "--rounds", "1", str(corpus))))
    small, large = record["rows"]
    findings.expect(large["text_bytes"] > 4 * small["text_bytes"], f"{large['text_bytes']} bytes of text")
    findings.expect(sum(large["bytes"].values()) > 2 * sum(small["bytes"].values()), f"{large['bytes']} bytes of index")
    findings.expect(small["counted"] > 0, "counts held against the scan")
    findings.equal("panels", growth.drawing(record).count('class="title"'), 6)
    xml.etree.ElementTree.fromstring(growth.drawing(record))
    findings.expect("*n*^" in growth.page(record), "exponents in the table")


def check_parts(findings, folder):
    """The pieces that the figures rest on, by example."""
    findings.equal("tokens", reference.tokens("第3条,甲乙丙 丁"), ["第", "3", "条", "|", "甲乙", "乙丙", "|", "丁"])
    findings.equal("folded text", reference.Fold({"國": "国"})("中\n國 ＡＢ  c"), "中国 ab c")
    scan = reference.Scan(["甲乙丙", "乙丙", "甲"])
    findings.equal("and", scan.matching("and2", ("甲", "丙")), {0})
    findings.equal("bag", scan.matching("bag", ("甲乙丙",)), {0, 1})
    findings.equal("median", measure.quantile([3, 1, 2, 4], 0.5), 2)
    findings.equal("growth in proportion", round(growth.exponent([1, 10, 100], [2, 20, 200]), 6), 1)
    page = folder / "page.md"
    page.write_text("a\n<!-- end of kind -->\nb\n", encoding="utf-8")
    for text in ("one", "two"):
        records.replace_block(page, "kind", "x", text)
    expected = "a\n<!-- kind x -->\ntwo\n<!-- end of kind x -->\n\n<!-- end of kind -->\nb\n"
    findings.equal("a block written twice", page.read_text(encoding="utf-8"), expected)


def main():
    parser = harness.parser(__doc__)
    parser.add_argument("corpus", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    arguments.seed = harness.seeded(arguments.seed).randrange(1 << 32)
    findings = harness.Findings()
    with harness.temporary_folder() as temporary:
        folder = Path(temporary)
        corpus = exactness.as_json_lines(arguments.corpus, folder)
        check_parts(findings, folder)
        check_comparison(findings, arguments, folder, corpus)
        check_wrong_count(findings, arguments, folder)
        check_growth(findings, arguments, folder, corpus)
    return findings.status()


if __name__ == "__main__":
    sys.exit(main())
