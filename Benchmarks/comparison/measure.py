"""Time, memory and bytes of other processes, and quantiles."""

import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

USAGE = Path(__file__).resolve().parent / "usage.py"


class CommandFailed(Exception):
    """A command ended with a status other than 0."""


def usage(command, log):
    """What a command took: wall_s, cpu_s, peak_bytes. Its messages go to the end of the file `log`."""
    program = shutil.which(str(command[0])) or str(command[0])
    words = [sys.executable, "-S", "-E", str(USAGE), program, *map(str, command[1:])]
    with open(log, "ab") as messages:
        run = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=messages)
    try:
        result = json.loads(run.stdout)
    except ValueError as error:
        raise CommandFailed(f"{program}: could not be run; see {log}") from error
    if result.pop("status") != 0:
        raise CommandFailed(f"{' '.join(map(str, command))}: failed; see {log}")
    return result


def usage_of_all(commands, log):
    """Several commands, one behind another: times add up, the peak is the largest."""
    results = [usage(command, log) for command in commands]
    total = {key: sum(result[key] for result in results) for key in ("wall_s", "cpu_s")}
    return {**total, "peak_bytes": max(result["peak_bytes"] for result in results)}


def byte_counts(folder):
    """The bytes of each file below a folder that are on the disk; sparse files count what they hold."""
    counts = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            status = os.stat(os.path.join(parent, name))
            counts[os.path.relpath(os.path.join(parent, name), folder)] = min(status.st_size, status.st_blocks * 512)
    return counts


def by_suffix(counts):
    """Byte counts of files added up by suffix, a file without one by its name."""
    sums = {}
    for name, count in counts.items():
        key = os.path.splitext(name)[1] or os.path.basename(name)
        sums[key] = sums.get(key, 0) + count
    return sums


def quantile(values, share):
    """The smallest value that at least this share of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
