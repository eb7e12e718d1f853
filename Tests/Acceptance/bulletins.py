#!/usr/bin/env python3
"""Phrases that blank lines and page breaks cut in bulletins are found, and highlighted in one piece.

For places where a blank line or a form feed stands between two Han characters, the phrase of 6 to 12 characters
around the cut is formed from the bare text. Quoted, it must find the document that the place belongs to, and every
highlight of the snippets must be the whole phrase. So must phrases cut by a line end alone. What belongs to no document
must be found in the issue's field `matter`, and only there.
"""

import sys

sys.dont_write_bytecode = True

import json
import re
from pathlib import Path

import folding
import harness

HAN = f"[{folding.HAN}]"
CUT = re.compile(f"({HAN}{{3,}})[ \\t\\u3000]*(?:\\r?\\n|\\f)[ \\t\\u3000\\r\\n\\f]*({HAN}{{3,}})")
BLANK = re.compile(r"\n[ \t\u3000\r]*\n|\f")
LONG_LINE = 20  # characters; a shorter line is a heading or a signature as likely as half a sentence


def cuts(text):
    """The phrases' two halves, whether a blank line or a page break cuts them, and the lines before and behind."""
    for match in CUT.finditer(text):
        line_start = text.rfind("\n", 0, match.start(1)) + 1
        if match.end(1) - line_start >= LONG_LINE:
            lines = text.count("\n", 0, match.end(1)) + 1, text.count("\n", 0, match.start(2)) + 1
            yield match[1], match[2], bool(BLANK.search(match[0])), lines


def record_at(records, lines):
    """The record that both lines belong to: a document, or the issue; None where one document ends and another begins."""
    def holds(record, line):
        return record["source"]["start_line"] <= line <= record["source"]["end_line"]

    issue = next((record for record in records if record.get("kind") == "issue"), None)
    documents = [record for record in records if record is not issue]
    owners = [next((record for record in documents if holds(record, line)), issue) for line in lines]
    return owners[0] if owners[0] is owners[1] else None


def phrase(random, before, after):
    """6 to 12 characters around the cut, at least two on each side."""
    length = random.randint(6, 12)
    left = random.randint(max(2, length - len(after)), min(len(before), length - 2))
    return before[-left:] + after[:length - left]


def hit_of(key, programs, index, query):
    process = programs.ctl("search", "--index", index, "--limit", "1000", "--json", query)
    hits = json.loads(process.stdout or '{"hits": []}')["hits"]
    return next((hit for hit in hits if hit["id"] == key), None), f"status {process.returncode} {process.stderr}"


def check(findings, programs, index, record, line, words):
    key = record["id"]
    hit, status = hit_of(key, programs, index, f'"{words}"')
    where = f'{key}:{line}: "{words}"'
    if record.get("kind") == "issue":
        findings.expect(not hit, f"{where} is found in the text of an issue")
        hit, status = hit_of(key, programs, index, f'matter:"{words}"')
        findings.expect(hit, f"{where} is not found in the issue's matter: {status}")
        return
    if not findings.expect(hit, f"{where} is not found: {status}"):
        return
    marked = [snippet["text"][start:end] for snippet in hit["snippets"] for start, end in snippet["highlights"]]
    findings.expect(marked and all(piece == words for piece in marked), f"{where} is highlighted as {marked}")


def main():
    parser = harness.parser(__doc__)
    parser.add_argument("--places", type=int, default=60, help="at most so many in each file (60)")
    parser.add_argument("--least", type=int, default=20, help="blank lines and page breaks that must be there (20)")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders of bulletins")
    arguments = parser.parse_args()
    random = harness.seeded(arguments.seed)
    findings = harness.Findings()
    blank_lines = line_ends = 0
    with harness.temporary_folder() as name:
        index = Path(name) / "index"
        arguments.programs.must("rebuild", "--index", index, *arguments.paths)
        records = {}
        for record in arguments.programs.document_lines(index, "--all"):
            records.setdefault(record["source"]["path"], []).append(record)
        for path in sorted(path for path in records if path.endswith((".txt", ".md"))):
            places = list(cuts(Path(path).read_text(encoding="utf-8")))
            chosen = random.sample(places, min(arguments.places, len(places)))
            for before, after, is_blank, lines in sorted(chosen, key=lambda place: place[3]):
                record = record_at(records[path], lines)
                if len(before) + len(after) < 12 or not record:
                    continue
                blank_lines += is_blank
                line_ends += not is_blank
                words = phrase(random, before, after)
                check(findings, arguments.programs, index, record, lines[0], words)
    print(f"{blank_lines} phrases cut by blank lines or page breaks, {line_ends} by line ends alone")
    findings.expect(blank_lines >= arguments.least, f"only {blank_lines} places where a blank line cuts a sentence")
    return findings.status()


if __name__ == "__main__":
    sys.exit(main())
