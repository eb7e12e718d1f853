#!/usr/bin/env python3
"""`kill -9` at N random moments of rebuild, add, remove and merge leaves an index at its last commit.

After each kill the index must hold exactly the documents of the last acknowledged commit, or of the one being made,
and no mixture; `verify` must be content, a query must find, and the next writer must succeed and tidy up. The moments
are drawn over the measured duration of the work; a kill that comes too late is drawn again and not counted. Rebuilds
are killed with room in memory and with so little that runs of occurrences are spilled. Ctrl-C (SIGINT) during a
rebuild leaves the old index as well.
"""

import sys

sys.dont_write_bytecode = True

import itertools
import json
import shutil
import signal
import subprocess
import time
from pathlib import Path

import harness

QUERY = '"应急预案"'
PIECE = 1500  # characters a document


class Corpus:
    """Documents cut from the sample bulletins; `state` tells which commit a document belongs to."""

    def __init__(self, folder):
        self.folder = folder
        text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(harness.SAMPLE_BULLETINS.iterdir()))
        self.pieces = [text[start:start + PIECE] for start in range(0, len(text), PIECE)]

    def write(self, name, state, keys):
        """A .jsonl file with a document for each key."""
        path = self.folder / f"{name}.jsonl"
        pieces = itertools.cycle(self.pieces)
        with open(path, "w", encoding="utf-8") as file:
            for key, piece in zip(keys, pieces):
                text = f"{key} {state} 应急预案\n{piece}"
                file.write(json.dumps({"id": key, "text": text, "state": state}, ensure_ascii=False) + "\n")
        return path


class Killer:
    """Kills work at random moments and looks at what it leaves."""

    def __init__(self, programs, random, findings):
        self.programs, self.random, self.findings = programs, random, findings
        self.kills = self.late = self.old = self.new = 0
        self.next_number = 0

    def run(self, work, delay, signal_number=signal.SIGKILL):
        """Runs the commands of `work` one after the other and sends a signal after `delay` seconds.

        Returns how many were acknowledged before, or None when all were done first.
        """
        deadline = time.monotonic() + delay
        for number, command in enumerate(work):
            process = self.programs.start_ctl(*command)
            try:
                status = process.wait(timeout=max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.send_signal(signal_number)
                status = process.wait()
                if status != 0:
                    return number
            if status != 0:
                self.findings.expect(False, f"searchctl {command}: status {status} without any signal")
        return None

    def duration(self, work):
        started = time.monotonic()
        for command in work:
            self.programs.must(*command)
        return time.monotonic() - started

    def state(self, index):
        """The documents of an index as {id: state}."""
        return {line["id"]: line.get("state") for line in self.programs.document_lines(index)
                if not line["id"].startswith("next")}

    def check(self, index, states, what):
        """Whether the index is sound and at the first or the second of `states`; returns which, or None."""
        verified = self.programs.ctl("verify", "--index", index)
        self.findings.expect(verified.returncode == 0,
                             f"{what}: verify: {verified.stdout[-300:]}{verified.stderr[-300:]}")
        found = self.state(index)
        place = next((number for number, state in enumerate(states) if state == found), None)
        self.findings.expect(place is not None, f"{what}: the index is at no commit: {len(found)} documents, "
                             f"{[len(state) for state in states]} expected")
        search = self.programs.ctl("search", "--index", index, "--json", QUERY)
        self.findings.expect(
            search.returncode == 0 and json.loads(search.stdout)["total"]["value"] >= len(found),
            f"{what}: the query {QUERY}: status {search.returncode} {search.stderr}{search.stdout[:200]}")
        return place

    def check_next_writer(self, corpus, index, what):
        """The next writer succeeds and leaves nothing of the dead one behind."""
        self.next_number += 1
        path = corpus.write("next", self.next_number, [f"next{self.next_number}"])
        added = self.programs.ctl("add", "--index", index, path)
        verified = self.programs.ctl("verify", "--index", index)
        self.findings.expect(
            added.returncode == 0 and verified.returncode == 0 and "note:" not in verified.stdout,
            f"{what}: the next writer: status {added.returncode} {added.stderr}; verify: {verified.stdout[-300:]}")

    def kill(self, corpus, work_on, index, states, seconds, what, signal_number=signal.SIGKILL):
        """One counted kill: draws a moment until the work is still running then.

        `work_on()` prepares the index and returns the commands; `states(n)` are the states allowed after n of them.
        """
        for _ in range(50):
            work = work_on()
            # Most moments are of any kind, some are around the commit, which takes little of the time.
            delay = self.random.uniform(0.9 if self.random.random() < 0.25 else 0, 1) * seconds
            acknowledged = self.run(work, delay, signal_number)
            if acknowledged is None:
                self.late += 1
                continue
            what = f"{what}, {delay * 1000:.1f} of {seconds * 1000:.0f} ms"
            place = self.check(index, states(acknowledged), what)
            self.kills += 1
            self.old += place == 0
            self.new += place == 1
            self.check_next_writer(corpus, index, what)
            return
        self.findings.expect(False, f"{what}: 50 moments within {seconds} s all came too late")


def kill_rebuilds(killer, corpus, folder, count, memory, documents, signal_number=signal.SIGKILL):
    """Kills rebuilds of another set of documents over an index."""
    index = folder / f"rebuild-{len(memory)}-{signal_number}"
    files = [corpus.write(f"rebuild{state}", state, [f"r{state}-{n}" for n in range(documents)]) for state in (0, 1)]
    contents = [{f"r{state}-{n}": state for n in range(documents)} for state in (0, 1)]
    killer.programs.must("rebuild", "--index", index, files[0])
    killer.programs.must("rebuild", "--index", folder / "timed", files[0])  # the folder and the files are in memory now
    seconds = killer.duration([("rebuild", "--index", folder / "timed", *memory, files[1])])
    shutil.rmtree(folder / "timed")
    for _ in range(count):
        current = {line["id"]: line["state"] for line in killer.programs.document_lines(index)
                   if not line["id"].startswith("next")}
        target = 1 if current == contents[0] else 0

        def work_on(target=target):
            killer.programs.must("rebuild", "--index", index, files[1 - target])
            return [("rebuild", "--index", index, *memory, files[target])]

        killer.kill(corpus, work_on, index, lambda _, target=target: [contents[1 - target], contents[target]], seconds,
                    f"rebuild {' '.join(memory)} (signal {int(signal_number)})", signal_number)


def kill_changes(killer, corpus, folder, count):
    """Kills runs of adds and removes, long enough that small segments are merged on the way."""
    index, template = folder / "changes", folder / "changes-template"
    killer.programs.must("rebuild", "--index", template, corpus.write("base", 0, [f"b{n}" for n in range(40)]))
    contents, work = [{f"b{n}": 0 for n in range(40)}], []
    for step in range(1, 13):
        state = dict(contents[-1])
        if step % 4 == 0:
            key = f"b{step}"
            del state[key]
            work.append(("remove", "--index", index, key))
        else:
            keys = [f"a{step}-{n}" for n in range(20)] + ["b0", f"a{step - 1}-3"]
            state.update(dict.fromkeys(keys, step))
            work.append(("add", "--index", index, corpus.write(f"add{step}", step, keys)))
        contents.append(state)

    def work_on():
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(template, index)
        return work

    seconds = killer.duration(work_on())
    killer.findings.equal("the documents after twelve changes", killer.state(index), contents[-1])
    for _ in range(count):
        killer.kill(corpus, work_on, index, lambda done: contents[done:done + 2], seconds, "add and remove")


def kill_merges(killer, corpus, folder, count, documents):
    """Kills an add that completes a row of segments of one size, and so merges them."""
    index, template = folder / "merges", folder / "merges-template"
    content = {}
    for step in range(8):
        keys = [f"m{step}-{n}" for n in range(documents)]
        path = corpus.write(f"merge{step}", step, keys)
        if step < 7:
            killer.programs.must("rebuild" if step == 0 else "add", "--index", template, path)
            content.update(dict.fromkeys(keys, step))
    merged = {**content, **dict.fromkeys(keys, 7)}

    def work_on():
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(template, index)
        return [("add", "--index", index, "--memory", "1", path)]

    seconds = killer.duration(work_on())
    segments = len(list(index.glob("*.terms")))
    killer.findings.expect(segments < 8, f"the add that was to merge eight segments leaves {segments}")
    for _ in range(count):
        killer.kill(corpus, work_on, index, lambda _: [content, merged], seconds, "merge")


def main():
    parser = harness.parser(__doc__)
    parser.add_argument("--kills", type=int, default=100, help="kills that count (100)")
    parser.add_argument("--documents", type=int, default=1500, help="documents of about 4 kB in a rebuild (1500)")
    arguments = parser.parse_args()
    random = harness.seeded(arguments.seed)
    findings = harness.Findings()
    killer = Killer(arguments.programs, random, findings)
    shares = [arguments.kills * share // 100 for share in (25, 25, 25)]
    shares.append(arguments.kills - sum(shares))
    with harness.temporary_folder() as name:
        folder = Path(name)
        corpus = Corpus(folder)
        for what, kill in (
            ("rebuild", lambda: kill_rebuilds(killer, corpus, folder, shares[0], (), arguments.documents)),
            ("rebuild with little memory",
             lambda: kill_rebuilds(killer, corpus, folder, shares[1], ("--memory", "1"), arguments.documents)),
            ("add and remove", lambda: kill_changes(killer, corpus, folder, shares[2])),
            ("merge", lambda: kill_merges(killer, corpus, folder, shares[3], arguments.documents // 5)),
            ("Ctrl-C in a rebuild", lambda: kill_rebuilds(killer, corpus, folder, max(2, arguments.kills // 10), (),
                                                          arguments.documents, signal.SIGINT)),
        ):
            killer.kills = killer.late = killer.old = killer.new = 0
            started = time.monotonic()
            kill()
            print(f"{what}: {killer.kills} kills, {killer.old} at the commit before, {killer.new} at the new one; "
                  f"{killer.late} came too late; {time.monotonic() - started:.0f} s", flush=True)
    return findings.status()


if __name__ == "__main__":
    sys.exit(main())
