#!/usr/bin/env python3
"""Numbers as people type them find their documents, and what repealed or amended a document is known.

Each document with a number is asked for by its number in several messy forms: it must come first, no document with another
number may come before one that cites it, and a document of the same year and serial under another code must not come at all.
What the sample bulletins repeal and amend was read by hand and stands below; without paths they are the index. Other paths
are asked for their numbers only.
"""

import sys

sys.dont_write_bytecode = True

import json
import re
from pathlib import Path

import harness

# Which document of the samples ended or changed which: read in the texts, not in the index.
REPEALED = {
    "2019-01.txt#1": ["2023-01.md#1"], "2019-01.txt#2": ["2022-01.txt#1"], "2019-01.txt#3": ["2024-01.md#2"],
    "2019-02.txt#2": ["2021-02.md#1"], "2019-02.txt#4": ["2025-01.md#2"], "2020-01.txt#1": ["2025-01.md#1"],
    "2020-01.txt#3": ["2023-02.txt#4"], "2020-02.txt#4": ["2021-02.md#1"], "2021-02.md#4": ["2025-01.md#2"],
    "2022-01.txt#4": ["2025-01.md#2"], "2022-02.txt#1": ["2025-01.md#1"], "2023-02.txt#3": ["2025-01.md#2"],
}
AMENDED = {"2019-02.txt#3": ["2025-01.md#4"], "2021-01.txt#3": ["2025-02.txt#3"]}
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
CHINESE = "〇一二三四五六七八九"


def chinese(number):
    """A serial below 100 as it is read."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens] + "十") + (CHINESE[ones] if ones else "")


def forms(code, year, serial):
    """The ways in which people type a number."""
    yield f"{code}〔{year}〕{serial}号"
    for opening, closing in ("[]", "()", "（）", "【】", "《》", "［］", "〈〉"):
        yield f"{code}{opening}{year}{closing}{serial}号"
    yield f"{code}〔{year}〕{serial}号".translate(DIGITS)
    yield f"{code} 〔 {year} 〕 {serial} 号"
    yield f"{code}〔{year}〕{serial}"
    yield f"{code}{year}年{serial}号"
    yield f"{code}〔{year}年〕第{serial}号"
    yield f"{code}{year}-{serial}号"
    yield f"{code}{year}—{serial}"
    yield f"{code}（{year}） {serial}"
    yield f"\"{code}〔{year}〕{serial}号\""
    yield code.replace("发", "發").replace("办", "辦") + f"[{year}]{serial}號"
    if serial < 100:
        yield code + "〔" + "".join(CHINESE[int(digit)] for digit in str(year)) + "〕" + chinese(serial) + "号"


def parts(number):
    """Code, year and serial of a number in its usual form; None for one that is numbered otherwise."""
    if "〔" not in number:
        return None
    code, rest = number.split("〔")
    year, serial = rest.rstrip("号").split("〕")
    return code, int(year), int(serial)


def check_numbers(findings, programs, index, records, random, count):
    numbered = [record for record in records if parts(record.get("number") or "")]
    by_id = {record["id"]: record for record in records}
    shared = [record["number"] for record in numbered]
    asked = [(record, form) for record in numbered if shared.count(record["number"]) == 1
             for form in forms(*parts(record["number"]))]
    random.shuffle(asked)
    for record, form in asked[:count]:
        process = programs.ctl("search", "--index", index, "--limit", "1000", "--json", form)
        if process.returncode != 0:
            findings.expect(False, f"{form}: status {process.returncode} {process.stderr}")
            continue
        ids = [hit["id"] for hit in json.loads(process.stdout)["hits"]]
        findings.equal(f"{form}: the first hit", ids[:1], [record["id"]])
        code, year, serial = parts(record["number"])
        for other in ids[1:]:
            found = parts(by_id.get(other, {}).get("number") or "")
            cites = json.dumps(by_id.get(other, {}), ensure_ascii=False)
            if found and found[1:] == (year, serial):
                findings.expect(record["number"] in cites, f"{form}: its namesake {found[0]} came, too")
    print(f"{min(count, len(asked))} number queries, of {len(numbered)} documents with numbers")


def check_issues(findings, programs, index, records):
    """Each issue, however it is named, has the documents that say so, in their order."""
    issues = {}
    for record in records:
        if record.get("issue"):
            issues.setdefault(record["issue"], []).append(record["id"])
    for issue, ids in issues.items():
        found = re.fullmatch(r"(\D+)(\d{4})年第(\d+)期(?:（.）)?", issue)
        findings.expect(found is not None, f"{issue}: is named otherwise than others")
        if found is None:
            continue
        name, year, number = found[1], found[2], int(found[3])
        spelled = "".join(CHINESE[int(digit)] for digit in year)
        for form in (issue, f"{year}年第{number}期", f"{year}年{number}期", f"{year}年第{number:02}期",
                     f"{spelled}年第{chinese(number)}期", f"{name} {year} 年第 {number} 期".translate(DIGITS),
                     f"issue:{year}年第{number}期"):
            answer = json.loads(programs.must("search", "--index", index, "--limit", "1000", "--json", form))
            findings.equal(f"{form}: the documents", [hit["id"] for hit in answer["hits"]], ids)
    findings.expect(len(issues) > 0, "no document names its issue")
    print(f"{len(issues)} issues")


def check_status(findings, programs, index, folder):
    for status, expected in (("repealed", REPEALED), ("amended", AMENDED)):
        process = programs.ctl("search", "--index", index, "--limit", "1000", "--json", "--filter", f"status:{status}",
                               "--facet", "status")
        answer = json.loads(process.stdout)
        found = {hit["id"].removeprefix(folder): hit.get("repealed_by") for hit in answer["hits"]}
        wanted = {key: [folder + cause for cause in causes] for key, causes in expected.items()}
        findings.equal(f"what is {status}, and by what", found, wanted)
        findings.equal(f"the facet of what is {status}", answer["facets"]["status"]["values"],
                       [{"count": len(expected), "value": status}])
        for key, causes in wanted.items():
            document = json.loads(programs.must("inspect", "document", "--index", index, "--json", folder + key))
            findings.equal(f"{key}: status", (document.get("status"), document.get("repealed_by")), (status, causes))
            citing = {item["document"]["id"] for item in document["cited_by"] if item["relation"] in ("repeals", "amends")}
            findings.expect(set(causes) <= citing, f"{key}: cited_by has {citing}, not {causes}")
            for cause in causes:
                source = json.loads(programs.must("inspect", "document", "--index", index, "--json", cause))
                cited = [reference["id"] for item in source["cites"] for reference in item["documents"]]
                findings.expect(folder + key in cited, f"{cause}: cites has {cited}, not {key}")


def main():
    parser = harness.parser(__doc__)
    parser.add_argument("--queries", type=int, default=200, help="number queries at the most (200)")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="bulletins; by default the samples")
    arguments = parser.parse_args()
    random = harness.seeded(arguments.seed)
    findings = harness.Findings()
    with harness.temporary_folder() as work:
        index = str(Path(work) / "index")
        paths = arguments.paths or [str(harness.SAMPLE_BULLETINS)]
        arguments.programs.must("rebuild", "--index", index, *paths)
        lines = arguments.programs.must("documents", "--index", index, "--json")
        records = [json.loads(line) for line in lines.splitlines()]
        check_numbers(findings, arguments.programs, index, records, random, arguments.queries)
        if not arguments.paths:
            check_issues(findings, arguments.programs, index, records)
            check_status(findings, arguments.programs, index, records[0]["source"]["path"].rpartition("/")[0] + "/")
    return findings.status()


if __name__ == "__main__":
    sys.exit(main())
