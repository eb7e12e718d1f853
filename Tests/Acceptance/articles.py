#!/usr/bin/env python3
"""Articles of laws, however they are named, are the first hits of a query that is nothing else.

Laws are made up, with articles put in behind others, names that differ in a word, and old versions; one index has their
articles as documents, one whole laws. Of each, articles are asked for in many spellings: the article must come first, or the
law with the article's beginning as its passage, and what cites it next. So must articles of papers in the sample bulletins.

Paths are files of JSON lines with `id`, `title` and `text` whose titles are a law's name and an article's number (中华人民共和国某法
第一百零五条); such articles are asked for where law and number are unique, and --least of them must come first.
"""

import sys

sys.dont_write_bytecode = True

import json
import re
import unicodedata
from pathlib import Path

import harness

DIGITS = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
TITLE = re.compile(r"(.+?)第([〇零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?")
COUNTRY = "中华人民共和国"
# Several that differ little; those of one subject must not be taken for each other.
LAWS = ["中华人民共和国云水诉讼法", "中华人民共和国行船诉讼法", "中华人民共和国云水诉讼法实施条例", "云泽县云水条例", "岚山县云水条例",
        "云泽县渡口管理办法（试行）", "中华人民共和国山林法", "最高人民法院关于适用《中华人民共和国云水诉讼法》的解释",
        "最高人民法院关于审理渡口纠纷案件若干问题的规定（一）", "最高人民法院关于审理渡口纠纷案件若干问题的规定（二）"]
WORDS = ["渡口", "船舶", "当事人", "应当", "登记", "送达", "调解", "罚款", "机关", "证据", "期间", "申请", "水域", "安全", "负责"]
PLANTED = 6  # papers that cite an article


def chinese(number):
    """A number below 10,000 as laws print it."""
    text, rest, gap = "", number, False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十")):
        digit, rest = divmod(rest, value)
        if digit:
            text += ("零" if gap and text else "") + ("" if number < 20 and unit == "十" else DIGITS[digit]) + unit
            gap = False
        else:
            gap = bool(text)
    return text + ("零" if rest and gap and text else "") + (DIGITS[rest] if rest else "")


def value(numeral):
    """The number that Chinese numerals are."""
    total = digit = 0
    for character in numeral.replace("零", "〇"):
        if character in DIGITS:
            digit = DIGITS.index(character)
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
    return total + digit


def heading(number, insertion):
    return f"第{chinese(number)}条" + (f"之{chinese(insertion)}" if insertion else "")


def key(law):
    """A law's name as far as any spelling of it tells."""
    kept = (character for character in unicodedata.normalize("NFKC", law) if unicodedata.category(character)[0] in "LN")
    return "".join(kept).replace(COUNTRY, "")


def spellings(random, law, number, insertion):
    """One of the ways in which people name an article."""
    names = [law, f"《{law}》"]
    if law.startswith(COUNTRY):
        names += [law.removeprefix(COUNTRY), f"《{law.removeprefix(COUNTRY)}》"] * 2
    name = random.choice(names)
    behind = {"c": f"之{chinese(insertion)}", "a": f"之{insertion}"} if insertion else {"c": "", "a": ""}
    forms = [f"{name}第{chinese(number)}条{behind['c']}", f"{name}第{number}条{behind['a']}",
             f"{name} 第 {number} 条{behind['c']}", f"{name}第{number}条{behind['c']}".translate(WIDE),
             f"{name}{number}条{behind['c']}", f"{name}第{chinese(number)}條{behind['c']}",
             f"{name}第{chinese(number)}条{behind['c']}第二款第（三）项", f"{name}第{number}条{behind['a']}第1款",
             f"{name}的第{number}条{behind['a']}",
             f"{name}第{chinese(number).replace('零', '〇')}条{behind['c']}的规定"]
    return random.choice(forms)


def search(programs, index, query, limit=10):
    return json.loads(programs.must("search", "--index", index, "--limit", limit, "--json", query))["hits"]


def rebuild(programs, folder, name, documents):
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents), encoding="utf-8")
    index = folder / name
    programs.must("rebuild", "--index", index, path)
    return index


def made_up(random):
    """The laws: name, and articles as (number, insertion, text)."""
    for law in LAWS:
        articles = []
        for number in range(1, random.choice([12, 40, 130]) + 1):
            for insertion in [None, 1, 2] if random.random() < 0.05 else [None]:
                text = "，".join("".join(random.choices(WORDS, k=4)) for _ in range(random.randint(1, 4))) + "。"
                if number > 1 and random.random() < 0.3:
                    text += f"违反本法第{chinese(random.randrange(1, number))}条规定的，由机关处理。"
                articles.append((number, insertion, text))
        yield law, articles


def citing(random, laws):
    """Papers that cite an article each, and the articles."""
    for place in range(PLANTED):
        law, articles = random.choice(laws)
        number, insertion, _ = random.choice(articles)
        form = random.choice([f"《{law}》{heading(number, insertion)}", f"{law.removeprefix(COUNTRY)}第{number}条"
                              + (f"之{chinese(insertion)}" if insertion else "")])
        yield {"id": f"paper{place}", "title": f"关于某事{DIGITS[place]}的批复", "text": f"根据{form}的规定，同意。"}, (
            law, number, insertion)


def check_made_up(findings, programs, folder, random, count):
    laws = list(made_up(random))
    papers = list(citing(random, laws))
    articles = [{"id": f"{law}#{number}.{insertion}", "title": law + heading(number, insertion), "text": text}
                for law, items in laws for number, insertion, text in items]
    whole = []
    for law, items in laws:
        for version in (2001, 2019, 2010):
            text = "".join(f"\n\n{heading(number, insertion)}　{text}" for number, insertion, text in items)
            whole.append({"id": f"{law}@{version}", "title": law, "text": f"{version}年3月1日通过\n\n第一章　总则{text}"})
    random.shuffle(articles)
    random.shuffle(whole)
    planted = [paper for paper, _ in papers]
    of_articles = rebuild(programs, folder, "articles", articles + planted)
    of_laws = rebuild(programs, folder, "laws", whole + planted)
    asked = [(law, number, insertion) for law, items in laws for number, insertion, _ in items]
    wanted = random.sample(asked, min(count, len(asked)))
    for law, number, insertion in wanted:
        query = spellings(random, law, number, insertion)
        hits = search(programs, of_articles, query)
        findings.equal(f"{query}: the first of articles", [hit["id"] for hit in hits[:1]], [f"{law}#{number}.{insertion}"])
        hits = search(programs, of_laws, query)
        findings.equal(f"{query}: the first of laws", [hit["id"] for hit in hits[:1]], [f"{law}@2019"])
        if hits:
            text = hits[0]["snippets"][0]["text"]
            findings.expect(text.startswith(heading(number, insertion)), f"{query}: its passage is {text}")
    for paper, (law, number, insertion) in papers:
        query = spellings(random, law, number, insertion)
        for index in (of_articles, of_laws):
            found = [hit["id"] for hit in search(programs, index, query, 100)]
            findings.expect(paper["id"] in found, f"{query}: {paper['text']} is not found")
            others = [hit for hit in found if hit in {other["id"] for other, target in papers
                                                      if target[0] == law and target[1:] != (number, insertion)
                                                      and target[1] != number}]
            findings.expect(not others, f"{query}: papers that cite other articles are found: {others}")
    print(f"{len(wanted)} made-up articles, as documents and in laws")


def check_bulletins(findings, programs, folder, random, count):
    index = folder / "bulletins"
    programs.must("rebuild", "--index", index, harness.SAMPLE_BULLETINS)
    asked = []
    for record in programs.document_lines(index):
        name = re.search(r"印发(.+?(?:办法|条例|细则|规定|规则)(?:（试行）)?)的通知$", record["title"])
        if name:
            text = json.loads(programs.must("inspect", "document", "--index", index, "--json", record["id"]))["text"]
            asked += [(record["id"], name[1], value(number)) for number in
                      re.findall(r"^[ 　]*第([一二三四五六七八九十百]+)条[ 　]", text, re.MULTILINE)]
    findings.expect(len(asked) > 0, "the samples have no articles")
    for identifier, law, number in random.sample(asked, min(count, len(asked))):
        query = spellings(random, law, number, None)
        hits = search(programs, index, query)
        findings.equal(f"{query}: the first hit", [hit["id"] for hit in hits[:1]], [identifier])
        if hits:
            text = hits[0]["snippets"][0]["text"]
            findings.expect(text.startswith(heading(number, None)), f"{query}: its passage is {text}")
    print(f"{min(count, len(asked))} articles of the samples, of {len(asked)}")


def check_path(findings, programs, folder, random, count, least, path):
    documents = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    found = [(document["id"], match[1], value(match[2]), match[3] and value(match[3])) for document in documents
             if (match := TITLE.fullmatch(document["title"]))]
    places = {}
    for identifier, law, number, insertion in found:
        places.setdefault((key(law), number, insertion), []).append(identifier)
    unique = [item for item in found if len(places[key(item[1]), *item[2:]]) == 1]
    index = folder / "path"
    programs.must("rebuild", "--index", index, path)
    wanted = random.sample(unique, min(count, len(unique)))
    failed = 0
    for identifier, law, number, insertion in wanted:
        query = spellings(random, law, number, insertion)
        hits = search(programs, index, query, 1)
        if [hit["id"] for hit in hits] != [identifier]:
            failed += 1
            if failed <= 20:
                print(f"  {query}: {[hit['id'] for hit in hits]}, not {identifier}")
    rate = 1 - failed / max(1, len(wanted))
    print(f"{path}: {len(wanted)} articles asked for, of {len(unique)} unique ones: {rate:.4f} came first")
    findings.expect(wanted and rate >= least, f"{path}: {rate:.4f} of the articles came first, not {least}")


def main():
    parser = harness.parser(__doc__)
    parser.add_argument("--queries", type=int, default=120, help="articles of each index at the most (120)")
    parser.add_argument("--least", type=float, default=0.99, help="share of the articles of paths (0.99)")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="articles as JSON lines; by default made-up laws")
    arguments = parser.parse_args()
    random = harness.seeded(arguments.seed)
    findings = harness.Findings()
    with harness.temporary_folder() as name:
        folder = Path(name)
        for path in arguments.paths:
            check_path(findings, arguments.programs, folder, random, arguments.queries, arguments.least, path)
        if not arguments.paths:
            check_made_up(findings, arguments.programs, folder, random, arguments.queries)
            check_bulletins(findings, arguments.programs, folder, random, arguments.queries)
    return findings.status()


if __name__ == "__main__":
    sys.exit(main())
