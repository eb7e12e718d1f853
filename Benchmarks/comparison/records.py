"""Where figures go: lines of JSON by date and processor, and blocks between markers in Markdown."""

import datetime
import json
import os
import re

import figures
import harness

RECORDS = harness.REPOSITORY / "Benchmarks" / "records"
PAGE = harness.REPOSITORY / "docs" / "performance.md"


def corpus_name(path):
    """What a corpus is called: its file's name, or its folder's where the file is just `corpus.jsonl`."""
    return path.stem if path.stem != "corpus" else path.resolve().parent.name


def machine(programs):
    """What a record says about where and of what it was made."""
    return {"date": datetime.date.today().isoformat(), "processor": figures.processor(), "cores": os.cpu_count(),
            "version": programs.must("--version").strip()}


def append(kind, *rows):
    """Appends the records of one run to the file of its date and processor."""
    processor = re.sub(r"\(\w+\)|CPU|@.*", "", rows[0]["processor"]).lower()
    name = f"{rows[0]['date']}-{re.sub(r'[^a-z0-9]+', '-', processor).strip('-')}-{kind}.jsonl"
    RECORDS.mkdir(parents=True, exist_ok=True)
    with open(RECORDS / name, "a", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(f"recorded in {(RECORDS / name).relative_to(harness.REPOSITORY)}")


def replace_block(page, kind, name, text):
    """Puts `text` between the markers of `kind` and `name`, or, when they are not there yet, before the kind's end."""
    begin, end = f"<!-- {kind} {name} -->", f"<!-- end of {kind} {name} -->"
    block = f"{begin}\n{text.strip()}\n{end}"
    content = page.read_text(encoding="utf-8")
    if begin in content and end in content:
        head, _, rest = content.partition(begin)
        tail = rest.partition(end)[2]
        content = head + block + tail
    else:
        last = f"<!-- end of {kind} -->"
        if last not in content:
            raise SystemExit(f"{page}: no line {last}")
        content = content.replace(last, f"{block}\n\n{last}")
    page.write_text(content, encoding="utf-8")
    print(f"written to {page.name}")
