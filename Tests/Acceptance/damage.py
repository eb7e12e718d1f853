#!/usr/bin/env python3
"""`searchctl verify` names the file for each of N random changes of a single byte, and for files cut short.

The index is of the sample bulletins, changed by `add` and `remove`, so that it has several segments and delete marks.
Every file but `lock` is damaged, each at least one time in twenty; after each change the file is restored, and at the
end, and now and then between, verify must be content again.
"""

import sys

sys.dont_write_bytecode = True

import os
import shutil
from pathlib import Path

import harness

RESTORED_EVERY = 25


def make_index(programs, folder):
    """An index with two segments and delete marks on the first."""
    index, news = folder / "index", folder / "news.jsonl"
    news.write_text('{"id": "n1", "title": "通知", "text": "应急预案演练", "year": 2025}\n'
                    '{"id": "n2", "text": "尾矿库安全，PM2.5。"}\n', encoding="utf-8")
    bulletins = folder / "bulletins"
    shutil.copytree(harness.SAMPLE_BULLETINS, bulletins)
    programs.must("rebuild", "--index", index, bulletins)
    programs.must("add", "--index", index, news)
    programs.must("remove", "--index", index, sorted(bulletins.iterdir())[0])
    return index


def places(random, files, count):
    """`count` places (file, offset, new bits), each file at least one time in twenty."""
    least = -(-count // 20)
    chosen = [file for file in files for _ in range(least)]
    sizes = [file.stat().st_size for file in files]
    chosen += random.choices(files, sizes, k=max(0, count - len(chosen)))
    random.shuffle(chosen)
    return [(file, random.randrange(file.stat().st_size), random.randrange(1, 256)) for file in chosen]


def check_change(findings, programs, index, file, content, what):
    """Writes damaged bytes, verifies, restores."""
    sound = file.read_bytes()
    file.write_bytes(content)
    process = programs.ctl("verify", "--index", index)
    file.write_bytes(sound)
    output = process.stdout + process.stderr
    return findings.expect(
        process.returncode == 1 and str(file) in output,
        f"verify after {what}: status 1 and {file.name} expected, found status {process.returncode}: "
        f"{output.strip()[-300:]}")


def check_sound(findings, programs, index):
    process = programs.ctl("verify", "--index", index)
    findings.expect(process.returncode == 0 and "no damage" in process.stdout and not process.stderr,
                    f"verify of the restored index: status {process.returncode}: {process.stdout}{process.stderr}")


def main():
    parser = harness.parser(__doc__)
    parser.add_argument("--changes", type=int, default=1000, help="single-byte changes (1000)")
    parser.add_argument("--cuts", type=int, default=60, help="files cut short (60)")
    arguments = parser.parse_args()
    random = harness.seeded(arguments.seed)
    findings = harness.Findings()
    counts = {}
    with harness.temporary_folder() as name:
        index = make_index(arguments.programs, Path(name))
        files = [file for file in sorted(index.iterdir()) if file.name != "lock"]
        if not any(file.suffix == ".deletes" for file in files) or len(files) < 10:
            sys.exit(f"the index lacks delete marks or a second segment: {[file.name for file in files]}")
        check_sound(findings, arguments.programs, index)
        for number, (file, offset, bits) in enumerate(places(random, files, arguments.changes)):
            content = bytearray(file.read_bytes())
            content[offset] ^= bits
            check_change(findings, arguments.programs, index, file, content,
                         f"byte {offset} of {file.name} ^ {bits:#04x}")
            counts[file.name] = counts.get(file.name, 0) + 1
            if number % RESTORED_EVERY == 0:
                check_sound(findings, arguments.programs, index)
        for number in range(arguments.cuts):
            file = files[number % len(files)]
            # Nothing left, one byte lost, and anything between.
            length = {0: 0, 1: file.stat().st_size - 1}.get(number // len(files), random.randrange(file.stat().st_size))
            check_change(findings, arguments.programs, index, file, file.read_bytes()[:length],
                         f"{file.name} cut to {length} of {file.stat().st_size} bytes")
        for file in files:
            check_change(findings, arguments.programs, index, file, file.read_bytes() + b"\0",
                         f"{file.name} with a byte more")
            check_missing(findings, arguments.programs, index, file)
        check_sound(findings, arguments.programs, index)
    print("changes: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    return findings.status()


def check_missing(findings, programs, index, file):
    """A file that is gone: named, and nothing crashes; without a commit there is no index."""
    away = file.with_name("away")
    os.rename(file, away)
    process = programs.ctl("verify", "--index", index)
    os.rename(away, file)
    output = process.stdout + process.stderr
    findings.expect(process.returncode in (1, 2) and str(index if file.name == "commit" else file) in output,
                    f"verify without {file.name}: status {process.returncode}: {output.strip()[-300:]}")


if __name__ == "__main__":
    sys.exit(main())
