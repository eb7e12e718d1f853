#!/usr/bin/env python3
"""Bad input of every kind gets one clear sentence and exit status 2, and the index that was there still answers.

Each case names the file or argument at fault on standard error, in one line, and leaves the old index as it was. What
needs another user or a full disk is done in the best way at hand, and said.
"""

import sys

sys.dont_write_bytecode = True

import fcntl
import json
import os
import resource
import shutil
import struct
import subprocess
from pathlib import Path

import harness

QUERY = '"应急预案"'
NOBODY = 65534


def crc32c(data, table=[]):
    if not table:
        for byte in range(256):
            for _ in range(8):
                byte = byte >> 1 ^ 0x82F63B78 if byte & 1 else byte >> 1
            table.append(byte)
    state = 0xFFFFFFFF
    for byte in data:
        state = state >> 8 ^ table[(state ^ byte) & 0xFF]
    return state ^ 0xFFFFFFFF


def with_version(content, offset, version):
    """The bytes of an index file with a version changed and its checksum made right, as FORMAT.md has them."""
    content = bytearray(content)
    struct.pack_into("<H", content, offset, version)
    sections, = struct.unpack_from("<I", content, len(content) - 24)
    table = len(content) - 24 - 24 * sections
    struct.pack_into("<I", content, len(content) - 8, crc32c(content[:24] + content[table:-8]))
    return bytes(content)


class Case:
    """An index of the sample bulletins that must survive what is done beside it."""

    def __init__(self, programs, findings, folder):
        self.programs, self.findings, self.folder = programs, findings, folder
        self.index = folder / "index"
        programs.must("rebuild", "--index", self.index, harness.SAMPLE_BULLETINS)
        self.before = self.content()

    def content(self):
        return {file.name: file.read_bytes() for file in self.index.iterdir()}

    def file(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def refused(self, what, words, *named, **options):
        """Status 2, one line on standard error that names `named`; the index untouched and answering."""
        process = self.programs.ctl(*words, **options)
        self.judge(what, process, named)
        self.still_answers(what)

    def judge(self, what, process, named):
        error = process.stderr.strip()
        # A word on how to ask for help may follow on a line of its own.
        lines = [line for line in error.splitlines() if line != "Try 'searchctl --help'."]
        self.findings.expect(
            process.returncode == 2 and len(lines) == 1 and all(str(name) in error for name in named)
            and "Fatal error" not in error,
            f"{what}: status 2 and one line with {[str(name) for name in named]} expected, found status "
            f"{process.returncode}: {process.stderr[-500:]!r}")

    def still_answers(self, what):
        self.findings.expect(self.content() == self.before, f"{what}: the old index has changed")
        process = self.programs.ctl("search", "--index", self.index, QUERY)
        self.findings.equal(f"{what}: the old index's answer", process.returncode, 0)


def check_files(case):
    """What cannot be read, or holds no documents."""
    for verb in ("rebuild", "add"):
        into = (verb, "--index", case.index)
        case.refused(f"{verb}: a path that is not there", (*into, case.folder / "nowhere"), "nowhere")
        dangling = case.folder / verb / "dangling.txt"
        dangling.parent.mkdir()
        dangling.symlink_to("nothing")
        case.refused(f"{verb}: a dangling link in a folder", (*into, dangling.parent), "dangling.txt")
        loop = case.folder / f"{verb}-loop" / "loop.txt"
        loop.parent.mkdir()
        loop.symlink_to("loop.txt")
        case.refused(f"{verb}: a link to itself", (*into, loop.parent), "loop.txt")
        empty = case.folder / f"{verb}-empty"
        empty.mkdir()
        case.refused(f"{verb}: an empty folder", (*into, empty), empty)
        case.file(f"{verb}-other/picture.png", b"\x89PNG")
        case.refused(f"{verb}: a folder without documents", (*into, case.folder / f"{verb}-other"), f"{verb}-other")
        case.refused(f"{verb}: an unknown kind of file", (*into, case.folder / f"{verb}-other" / "picture.png"),
                     "picture.png")
        case.refused(f"{verb}: no path", into, "PATH")
        case.refused(f"{verb}: an empty .jsonl", (*into, case.file(f"{verb}.jsonl", "")), f"{verb}.jsonl")
    case.refused("an unknown option", ("rebuild", "--idnex", case.index, "."), "--idnex")
    case.refused("no index option", ("rebuild", harness.SAMPLE_BULLETINS), "--index")
    case.refused("an unknown verb", ("rebiuld", "--index", case.index), "rebiuld")
    case.refused("memory 0", ("rebuild", "--index", case.index, "--memory", "0", harness.SAMPLE_BULLETINS), "--memory")


def check_unreadable(case):
    """A file without read permission, as a user whom permissions bind."""
    secret = case.file("secret/secret.txt", "秘密")
    os.chmod(secret, 0)
    if os.getuid() != 0:
        index = case.folder / "own"
        shutil.copytree(case.index, index)
        check_kept_by_name(case, case.programs, index, secret)
        return
    programs = harness.Programs(case.folder / "programs")
    programs.folder.mkdir()
    for program in ("searchctl", "searchd"):
        shutil.copy(getattr(case.programs, program), programs.folder / program)
    for path in (case.folder, programs.folder, secret.parent):
        os.chmod(path, 0o755)
    index = case.folder / "nobodys"
    shutil.copytree(case.index, index)
    for path in (index, *index.iterdir()):
        os.chown(path, NOBODY, NOBODY)
    nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    try:
        check_kept_by_name(case, programs, index, secret.parent, **nobody)
    except OSError as error:
        print(f"skipped the unreadable file: no other user at hand ({error})")
        return
    # The index's own folder may be closed as well.
    for words in (("rebuild", "--index", case.index, harness.SAMPLE_BULLETINS), ("add", "--index", case.index, secret)):
        process = programs.ctl(*words, **nobody)
        case.judge(f"{words[0]} in a folder of somebody else", process, [case.folder])


def check_kept_by_name(case, programs, index, path, **options):
    """With --strict nothing changes; without, the file is a record with the reason."""
    process = programs.ctl("rebuild", "--strict", "--index", index, path, **options)
    case.findings.expect(process.returncode == 2 and "secret.txt: cannot be read" in process.stderr,
                         f"an unreadable file with --strict: status {process.returncode} {process.stderr}")
    case.findings.expect({file.name: file.read_bytes() for file in index.iterdir()} == case.before,
                         "an unreadable file with --strict: the old index has changed")
    process = programs.ctl("rebuild", "--index", index, path, **options)
    case.findings.expect(process.returncode == 0 and "secret.txt: cannot be read" in process.stderr,
                         f"an unreadable file: status {process.returncode} {process.stderr}")
    listed = programs.ctl("inspect", "--index", index, "index", **options).stdout
    case.findings.expect("1 file unreadable:" in listed and "secret.txt" in listed,
                         f"an unreadable file: not named by inspect: {listed}")


def check_malformed(case):
    """Malformed UTF-8 is indexed, with a warning that counts it, and is no failure."""
    text = case.file("malformed/甲.txt", "应急预案".encode() + b"\xff\xfe\xe5\xba" + "尾矿库".encode())
    lines = case.file("malformed/乙.jsonl", b'{"id": "j", "text": "\xe5\xba\xe5\xba\x94\xe6\x80\xa5\xff"}\n')
    index = case.folder / "mended"
    process = case.programs.ctl("rebuild", "--index", index, text, lines)
    case.findings.expect(process.returncode == 0 and "甲.txt" in process.stderr and "乙.jsonl" in process.stderr
                         and any(character.isdigit() for character in process.stderr)
                         and "2 warnings" in process.stdout,
                         f"malformed UTF-8: {process.returncode} {process.stderr} {process.stdout}")
    for query, count in (('"应急预案"', 1), ('"尾矿库"', 1), ('"应急"', 2)):
        answer = json.loads(case.programs.ctl("search", "--index", index, "--json", query).stdout or "{}")
        case.findings.equal(f"malformed UTF-8: hits of {query}", answer.get("total", {}).get("value"), count)
    case.findings.equal("malformed UTF-8: verify", case.programs.ctl("verify", "--index", index).returncode, 0)


def check_json_lines(case):
    """Lines that are no documents: file and line are named."""
    good = '{"id": "g", "text": "好"}\n'
    deep = "[" * 100_000
    for name, line, *named in (
        ("array", "[1, 2]"), ("text", '"text"'), ("number", "7"), ("broken", '{"id": "x", "text": "没完'),
        ("trailing", '{"id": "x", "text": "y"} z'), ("words", "不是 JSON"),
        ("no-id", '{"text": "没有"}', "id"), ("null-id", '{"id": null, "text": "没有"}', "id"),
        ("list-id", '{"id": ["x"], "text": "没有"}', "id"), ("empty-id", '{"id": "", "text": "没有"}', "id"),
        ("fraction-id", '{"id": 1.5, "text": "没有"}', "id"),
        ("no-text", '{"id": "x"}', "text"), ("number-text", '{"id": "x", "text": 5}', "text"),
        ("title-list", '{"id": "x", "text": "y", "title": []}', "title"),
        ("repeated-id", '{"id": "g", "text": "又"}', "'g'"), ("nested", '{"id": "x", "text": "y", "f": {"a": 1}}', "f"),
        ("nested-list", '{"id": "x", "text": "y", "f": [[1]]}', "f"),
        ("score", '{"id": "x", "text": "y", "score": 1}', "score"),
        ("snippets", '{"id": "x", "text": "y", "snippets": 1}', "snippets"),
        ("source", '{"id": "x", "text": "y", "source": "z"}', "source"),
        ("twice", '{"id": "x", "text": "y", "a": 1, "a": 2}', "a"), ("deep", '{"id": "x", "text": "y", "f": ' + deep),
    ):
        path = case.file(f"lines/{name}.jsonl", f"{good}\n{line}\n")
        for verb in ("rebuild", "add"):
            case.refused(f"{verb}: a line: {name}", (verb, "--index", case.index, path), f"{name}.jsonl:3", *named)
    first = case.file("lines/first.jsonl", good)
    second = case.file("lines/second.jsonl", good)
    case.refused("an id in two files", ("rebuild", "--index", case.index, first, second), "second.jsonl:1", "'g'")
    index = case.folder / "integers"
    case.programs.must("rebuild", "--index", index, case.file("lines/fine.jsonl", '{"id": 7, "text": "七"}\r\n\r\n'))
    case.findings.equal("an integer as id", [line["id"] for line in case.programs.document_lines(index)], ["7"])


def check_queries(case):
    case.refused("an empty query", ("search", "--index", case.index, ""), "QUERY")
    case.refused("a long query", ("search", "--index", case.index, "应" * 1001), "1000")
    process = case.programs.ctl("search", "--strict", "--index", case.index, "甲 AND")
    case.findings.expect(process.returncode == 2 and process.stderr.endswith("\n甲 AND\n   ^\n"),
                         f"strict syntax: status 2 and a caret expected: {process.returncode} {process.stderr}")
    case.refused("index and socket", ("search", "--index", case.index, "--socket", "s", "甲"), "--socket")
    case.refused("a socket nobody serves", ("search", "--socket", case.folder / "no.sock", "甲"), "no.sock")
    case.refused("limit 1001", ("search", "--index", case.index, "--limit", "1001", "甲"), "--limit")
    process = case.programs.ctl("search", "--index", case.index, "麤龘")
    case.findings.equal("nothing found: the status", process.returncode, 1)
    socket_path = case.folder / "queries.sock"
    with harness.Daemon(case.programs, case.index, socket_path) as daemon:
        connection = daemon.connect()
        for query, code in (("", "query_missing"), ("应" * 1001, "query_too_long")):
            status, problem = connection.get("/search", q=query)
            case.findings.equal(f"q of {len(query)} characters", (status, problem.get("code")), (400, code))
        connection.close()


def check_missing_index(case):
    nowhere, empty = case.folder / "no-index", case.folder / "empty-index"
    empty.mkdir()
    for folder in (nowhere, empty):
        for words in (("search", "--index", folder, "甲"), ("verify", "--index", folder),
                      ("documents", "--index", folder), ("inspect", "--index", folder, "index"),
                      ("add", "--index", folder, harness.SAMPLE_BULLETINS), ("remove", "--index", folder, "x")):
            case.refused(f"{words[0]} without an index", words, folder, "searchctl rebuild")
        case.findings.expect(not nowhere.exists(), "a failed command made the folder of an index")
        daemon = subprocess.run([case.programs.searchd, "--index", folder, "--socket", case.folder / "x.sock"],
                                capture_output=True, text=True, timeout=20)
        case.judge("searchd without an index", daemon, [folder])


def check_versions_and_damage(case):
    """Files of another version, cut short or damaged: named; a rebuild in their place mends all."""
    files = [name for name in sorted(case.before) if name != "lock"]
    for name in files:
        content = case.before[name]
        for what, changed, named in (
            ("another format version", with_version(content, 10, 99), ["version 99", "searchctl rebuild"]),
            ("another analysis version", with_version(content, 12, 99), ["version 99", "searchctl rebuild"]),
            ("cut short", content[:len(content) // 2], ["searchctl rebuild"]),
            ("empty", b"", ["searchctl rebuild"]),
            ("another file", b"x" * len(content), ["searchctl rebuild"]),
        ):
            index = case.folder / "other"
            shutil.rmtree(index, ignore_errors=True)
            shutil.copytree(case.index, index)
            (index / name).write_bytes(changed)
            for words in (("search", "--index", index, QUERY), ("documents", "--index", index)):
                process = case.programs.ctl(*words)
                case.judge(f"{words[0]} with {name} {what}", process, [index / name, *named])
            daemon = subprocess.run([case.programs.searchd, "--index", index, "--socket", case.folder / "x.sock"],
                                    capture_output=True, text=True, timeout=20)
            case.judge(f"searchd with {name} {what}", daemon, [index / name, *named])
            verified = case.programs.ctl("verify", "--index", index)
            # Another version is no damage: the check cannot be made.
            status, said = (2, verified.stderr) if "version" in what else (1, verified.stdout)
            case.findings.expect(verified.returncode == status and str(index / name) in said,
                                 f"verify with {name} {what}: {verified.returncode} {verified.stdout}{verified.stderr}")
        case.programs.must("rebuild", "--index", index, harness.SAMPLE_BULLETINS)
        case.findings.equal(f"verify after a rebuild over {name} damaged",
                            case.programs.ctl("verify", "--index", index).returncode, 0)
    case.still_answers("versions and damage")
    check_reload_of_damage(case, index)


def check_reload_of_damage(case, index):
    """A daemon that is told to take up a damaged commit goes on with the one before."""
    with harness.Daemon(case.programs, index, case.folder / "reload.sock") as daemon:
        connection = daemon.connect()
        commit = (index / "commit").read_bytes()
        (index / "broken").write_bytes(commit[:-1])
        os.rename(index / "broken", index / "commit")
        status, problem = connection.ask("POST", "/reload")
        case.findings.equal("reload of a damaged commit", (status, problem.get("code")), (500, "reload_failed"))
        status, answer = connection.get("/search", q=QUERY)
        case.findings.expect(status == 200 and answer["hits"], f"after a failed reload: {status} {answer}")
        connection.close()


def check_second_writer(case):
    with open(case.index / "lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for words in (("rebuild", "--index", case.index, harness.SAMPLE_BULLETINS),
                      ("add", "--index", case.index, harness.SAMPLE_BULLETINS),
                      ("remove", "--index", case.index, "x")):
            case.refused(f"{words[0]} beside another writer", words, case.index, "writer")


def check_full_disk(case):
    """A file system too small for a second index; where none can be mounted, a limit on the size of files."""
    disk = case.folder / "disk"
    disk.mkdir()
    size = sum(len(content) for content in case.before.values())
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size * 3 // 2}", "zilin", str(disk)]
    mounted = os.getuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        index = disk / "index"
        shutil.copytree(case.index, index)
        options = {} if mounted else {"preexec_fn": limit_files, "restore_signals": False}
        for words in (("rebuild", "--index", index, harness.SAMPLE_BULLETINS),
                      ("add", "--index", index, harness.SAMPLE_BULLETINS),
                      ("rebuild", "--index", index, "--memory", "1", harness.SAMPLE_BULLETINS)):
            process = case.programs.ctl(*words, **options)
            case.judge(f"{words[0]} on a full disk", process, [index, "full" if mounted else "large"])
            left = {file.name: file.read_bytes() for file in index.iterdir()}
            case.findings.expect(left == case.before, f"{words[0]} on a full disk: the index has changed, or something "
                                 f"is left over: {sorted(left)}")
            search = case.programs.ctl("search", "--index", index, QUERY)
            case.findings.equal(f"{words[0]} on a full disk: the old index's answer", search.returncode, 0)
        print("full disk: a tmpfs" if mounted else "full disk: a limit on the size of files")
    finally:
        if mounted:
            subprocess.run(["umount", str(disk)], check=True)


def limit_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


def main():
    arguments = harness.parser(__doc__).parse_args()
    findings = harness.Findings()
    with harness.temporary_folder() as name:
        case = Case(arguments.programs, findings, Path(name))
        for check in (check_files, check_unreadable, check_malformed, check_json_lines, check_queries,
                      check_missing_index, check_versions_and_damage, check_second_writer, check_full_disk):
            check(case)
    return findings.status()


if __name__ == "__main__":
    sys.exit(main())
