"""Runs a command and prints what it took, as JSON: wall and CPU seconds, and the largest resident memory.

A program of its own, and a small one: a child process begins with its parent's peak.
"""

import json
import os
import sys
import time


def main():
    started = time.monotonic()
    process = os.posix_spawn(
        sys.argv[1], sys.argv[1:], os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(process, 0)
    seconds = time.monotonic() - started
    print(json.dumps({
        "status": os.waitstatus_to_exitcode(status), "wall_s": seconds, "cpu_s": usage.ru_utime + usage.ru_stime,
        "peak_bytes": usage.ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
