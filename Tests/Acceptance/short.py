#!/usr/bin/env python3
"""All acceptance scripts on the sample bulletins, each in its short form: a minute and a half at the most.

The seeds are new each time and printed; --seed repeats a run. The long forms have verbs of their own in the Makefile.
"""

import sys

sys.dont_write_bytecode = True

import subprocess
import time
from pathlib import Path

import harness

HERE = Path(__file__).resolve().parent
SECONDS = 90


def steps(seed, unicode_folder):
    """The scripts with their options."""
    bulletins = str(harness.SAMPLE_BULLETINS)
    seeded = ["--seed", str(seed)]
    yield "interfaces.py", seeded
    yield "lifetime.py", []
    yield "badinput.py", []
    yield "bulletins.py", [*seeded, "--places", "20", bulletins]
    yield "references.py", seeded
    yield "articles.py", [*seeded, "--queries", "60"]
    yield "benchmarks.py", [*seeded, bulletins]
    if Path(unicode_folder).is_dir():
        exactness = [*seeded, "--phrases", "600", "--unicode", unicode_folder, bulletins]
        yield "exactness.py", exactness
        yield "exactness.py", ["--pieces", "11", *exactness]
    else:
        print(f"skipped exactness.py: {unicode_folder} is not there; install Debian's package unicode-data")
    yield "damage.py", [*seeded, "--changes", "500", "--cuts", "44"]
    yield "kills.py", [*seeded, "--kills", "20", "--documents", "600"]


def main():
    parser = harness.parser(__doc__)
    parser.add_argument("--unicode", default="/usr/share/unicode", help="the Unicode Character Database")
    arguments = parser.parse_args()
    seed = harness.seeded(arguments.seed).randrange(1 << 32)
    started, failed = time.monotonic(), []
    for script, options in steps(seed, arguments.unicode):
        print(f"+ {script} {' '.join(options)}", flush=True)
        step_started = time.monotonic()
        command = [sys.executable, str(HERE / script), "--bin", str(arguments.programs.folder), *options]
        if subprocess.run(command, stdin=subprocess.DEVNULL).returncode != 0:
            failed.append(script)
        verdict = "FAILED" if script in failed else "ok"
        print(f"= {script}: {verdict}, {time.monotonic() - step_started:.0f} s", flush=True)
    seconds = time.monotonic() - started
    print(f"acceptance: {'failed: ' + ' '.join(failed) if failed else 'ok'}, {seconds:.0f} s"
          + (f"; {SECONDS} s were the aim" if seconds > SECONDS else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
