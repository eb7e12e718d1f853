#!/usr/bin/env python3
"""The benchmarks count what they time: a comparison, a growth and a ranking on a folder's texts, small,
without the network.

Zilin, in one process and through its socket, and SQLite's FTS5, where this Python has it, must find what the scan
finds; and a count that is wrong must be noticed.
"""

import sys

sys.dont_write_bytecode = True

import json
import math
import re
import xml.etree.ElementTree
from pathlib import Path

import exactness
import harness

sys.path.insert(0, str(harness.REPOSITORY / "Benchmarks"))

import compare
import growth
import ranking
from comparison import measure, queries, records, reference, report
from comparison.dataset import Dataset
from comparison.zilin import Zilin
from retrieval import collection, metrics


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


def check_ranking(findings, arguments, folder, corpus):
    """Documents are found by sentences of their own, and a variant that is the same has no difference."""
    data = folder / "judged" / "sample"
    data.mkdir(parents=True)
    rows = list(harness.json_lines(corpus))[:20]
    (data / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = [(number, sentence(row["text"]), row["id"]) for number, row in enumerate(rows)]
    (data / "queries_own.tsv").write_text("".join(f"{number}\t{text}\n" for number, text, _ in found), encoding="utf-8")
    (data / "qrels.tsv").write_text("".join(f"{number} 0 {each} 1\n" for number, _, each in found), encoding="utf-8")
    options = ranking.parse(["--bin", str(arguments.programs.folder), "--threads", "2", "--against", "same=sort=relevance",
                             "--baseline", str(folder / "record"), str(data.parent)])
    figures = ranking.evaluate(options)
    findings.equal("sets and variants", [ranking.label(row) for row in figures], ["sample/own", "sample/own, same"])
    findings.expect(figures[0]["Success@10"] > 0.9, f"Success@10 {figures[0]['Success@10']}")
    (folder / "record").write_text("".join(json.dumps(row) + "\n" for row in figures), encoding="utf-8")
    page = ranking.page(figures, options)
    findings.equal("rows without a difference", page.count(" +0.0000 | 0 | 0 | 1.0000 |"), 3)
    difference = ranking.Difference({**figures[0], "ndcg": collection.packed([0.5] * 20)},
                                    {**figures[0], "ndcg": collection.packed([0.25] * 20)}, 1)
    findings.expect(difference.better == 20 and difference.p < 0.001, f"20 queries better: p {difference.p}")


def sentence(text):
    """The longest piece of a text's first characters without punctuation."""
    return max(re.findall(r"\w+", text[:300]), key=len)


def check_measures(findings):
    """The measures by example: relevant documents of grades 1 and 2, the second one found at rank 3."""
    found = metrics.measures(["a", "b", "c", "c", "d"], {"c": 2, "x": 1})
    expected = {"nDCG@10": 3 / 2 / (3 + 1 / math.log2(3)), "MRR@10": 1 / 3, "Success@1": 0, "Success@10": 1,
                "Recall@100": 0.5}
    for name, value in expected.items():
        findings.equal(name, round(found[name], 9), round(value, 9))
    findings.equal("nothing found", set(metrics.measures([], {"a": 1}).values()), {0.0})
    findings.equal("packed", collection.unpacked(collection.packed([0, 0.12344, 1])), [0, 1234, 10_000])
    findings.equal("p of no difference", metrics.probability([0, 0], 1), 1.0)
    findings.expect(abs(metrics.probability([1, 1], 1) - 0.5) < 0.05, "p of two of a sign: a half")
    findings.expect(metrics.probability([5, -5, 3, -3], 1) > 0.9, "p of differences that cancel: 1")


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
        check_measures(findings)
        check_comparison(findings, arguments, folder, corpus)
        check_wrong_count(findings, arguments, folder)
        check_growth(findings, arguments, folder, corpus)
        check_ranking(findings, arguments, folder, corpus)
    return findings.status()


if __name__ == "__main__":
    sys.exit(main())
