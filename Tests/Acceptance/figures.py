#!/usr/bin/env python3
"""Measures what README promises, on a text of one's own, and prints it beside the floors.

Builds an index of DATA.jsonl, then asks phrases of 2 to 8 Han or kana characters drawn from it: inside one process
(`searchctl bench`), and through the socket over one kept connection, with http.client and with bare bytes. Every
phrase must be found. With --record a line of JSON is appended to Benchmarks/records.
"""

import sys

sys.dont_write_bytecode = True

import datetime
import json
import os
import platform
import re
import socket
import statistics
import subprocess
import time
import urllib.parse
from pathlib import Path

import folding
import harness

PHRASE = f"[{folding.HAN}{folding.KANA}]{{%d}}"
MEGABYTE = 1_000_000
MEBIBYTE = 1 << 20
DEFAULT_BUDGET = 256

# name: unit, floor (a number, and whether more is better)
FIGURES = {
    "rebuild": ("MB/s", 20, True),
    "rebuild_peak": ("MiB", None, False),
    "index_ratio": ("× text", 0.75, False),
    "folder_ratio": ("× text", None, False),
    "phrase_process": ("ms, median", 0.3, False),
    "phrase_took": ("ms, median took_ms", 0.3, False),
    "phrase_socket": ("ms, median", 0.6, False),
    "phrase_socket_p99": ("ms", None, False),
    "phrase_socket_bare": ("ms, median, no snippets, bare bytes", 0.6, False),
    "ready": ("ms, median of 9 starts", 100, False),
    "resident_ready": ("MiB after the start", 64, False),
    "resident": ("MiB after the queries", 64, False),
    "resident_own": ("MiB of them not the index's files", None, False),
}


def text_byte_count(path):
    return sum(len((row.get("title") or "").encode()) + len(row["text"].encode()) for row in harness.json_lines(path))


def run_measured(command):
    """Seconds and peak bytes of one process. This process must still be small: a child inherits its peak."""
    started = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: status {process.returncode}")
    return time.monotonic() - started, usage.ru_maxrss * 1024


def stored_byte_count(programs, index):
    """The bytes of the stored texts: the section `stored`."""
    inspected = json.loads(programs.must("inspect", "--index", index, "index", "--json"))
    return sum(section["bytes"] for section in inspected["sections"] if section["section"] == "stored")


def draw_phrases(random, path, count):
    """Phrases drawn from random places; rows by their lengths, so that no more than the chosen ones are kept."""
    texts = [row["text"] for row in harness.json_lines(path)]
    weights = [len(text) for text in texts]
    phrases = []
    for _ in range(count * 100):
        if len(phrases) == count:
            break
        text = random.choices(texts, weights)[0]
        length = random.randint(2, 8)
        match = re.compile(PHRASE % length).match(text, random.randrange(len(text)))
        if match:
            phrases.append(match[0])
    if not phrases:
        sys.exit(f"{path}: no phrases of Han or kana characters")
    return phrases


def measure_process(programs, index, phrases, folder):
    """Median milliseconds inside one process."""
    queries = folder / "queries.txt"
    queries.write_text("".join(f'"{phrase}"\n' for phrase in phrases), encoding="utf-8")
    lines = programs.must("bench", "--index", index, "--queries", queries, "--json").splitlines()
    rows = [json.loads(line) for line in lines]
    lost = [row["text"] for row in rows if row["hits"] == 0]
    if lost or len(rows) != len(phrases):
        sys.exit(f"{len(rows)} of {len(phrases)} phrases measured, not found: {lost[:5]}")
    return statistics.median(row["us"] for row in rows) / 1000


def measure_client(daemon, phrases):
    """Milliseconds of each request with http.client, and the daemon's own took_ms; default parameters, snippets too."""
    connection = daemon.connect()
    times, took = [], []
    for phrase in phrases:
        target = "/search?" + urllib.parse.urlencode({"q": f'"{phrase}"'})
        started = time.perf_counter()
        connection.request("GET", target)
        body = connection.getresponse().read()
        times.append((time.perf_counter() - started) * 1000)
        answer = json.loads(body)
        if not answer["hits"]:
            sys.exit(f"{phrase} is not found through the socket")
        took.append(answer["took_ms"])
    connection.close()
    return sorted(times), took


def measure_bare(daemon, phrases):
    """Milliseconds of each request as bytes, without snippets: what an ordinary client in a fast language sees."""
    times = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(daemon.socket_path)
        for phrase in phrases:
            target = "/search?" + urllib.parse.urlencode({"q": f'"{phrase}"', "snippets": 0})
            request = f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            started = time.perf_counter()
            connection.sendall(request)
            answer = connection.recv(1 << 20)
            head, _, body = answer.partition(b"\r\n\r\n")
            length = int(re.search(rb"(?i)content-length: *(\d+)", head)[1])
            while len(body) < length:
                body += connection.recv(1 << 20)
            times.append((time.perf_counter() - started) * 1000)
    return times


def measure_start(programs, index, folder):
    """Milliseconds from the daemon's start to its first answer, and its resident bytes then."""
    times = []
    for number in range(9):
        started = time.perf_counter()
        with harness.Daemon(programs, index, folder / f"start{number}.sock") as daemon:
            times.append((time.perf_counter() - started) * 1000)
            resident = daemon.status_value("VmRSS")
    return statistics.median(times), resident


def measure(arguments, random, folder):
    programs, index = arguments.programs, folder / "index"
    command = [programs.searchctl, "rebuild", "--index", index, "--memory", arguments.memory, arguments.data]
    runs = sorted(run_measured(command) for _ in range(arguments.builds))
    seconds, peak = statistics.median(run[0] for run in runs), max(run[1] for run in runs)
    text = text_byte_count(arguments.data)
    folder_bytes = sum(file.stat().st_size for file in index.iterdir())
    ready, resident_ready = measure_start(programs, index, folder)
    phrases = draw_phrases(random, arguments.data, arguments.queries)
    figures = {
        "rebuild": text / MEGABYTE / seconds, "rebuild_peak": peak / MEBIBYTE,
        "index_ratio": (folder_bytes - stored_byte_count(programs, index)) / text, "folder_ratio": folder_bytes / text,
        "phrase_process": measure_process(programs, index, phrases, folder),
        "ready": ready, "resident_ready": resident_ready / MEBIBYTE,
    }
    with harness.Daemon(programs, index, folder / "search.sock") as daemon:
        measure_client(daemon, phrases[:100])
        times, took = measure_client(daemon, phrases)
        figures["phrase_socket"] = statistics.median(times)
        figures["phrase_socket_p99"] = times[len(times) * 99 // 100]
        figures["phrase_took"] = statistics.median(took)
        figures["phrase_socket_bare"] = statistics.median(measure_bare(daemon, phrases))
        figures["resident"] = daemon.status_value("VmRSS") / MEBIBYTE
        figures["resident_own"] = daemon.status_value("RssAnon") / MEBIBYTE
    return text, len(phrases), figures


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return " ".join(line.partition(":")[2].split())
    return platform.machine()


def record(arguments, text, count, figures):
    """Appends the figures to the records of this day and processor."""
    date = arguments.date or datetime.date.today().isoformat()
    name = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\(\w+\)|CPU|@.*", "", processor()).lower()).strip("-")
    path = harness.REPOSITORY / "Benchmarks" / "records" / f"{date}-{name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    version = arguments.programs.must("--version").strip()
    row = {"date": date, "processor": processor(), "cores": os.cpu_count(), "version": version,
           "data": arguments.data.name, "text_bytes": text, "queries": count, "memory_mib": arguments.memory,
           "seed": arguments.seed, **{name: round(value, 4) for name, value in figures.items()}}
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"recorded in {path.relative_to(harness.REPOSITORY)}")


def main():
    parser = harness.parser(__doc__)
    parser.add_argument("--queries", type=int, default=1000, help="phrases (1000)")
    parser.add_argument("--builds", type=int, default=3, help="rebuilds, of which the median counts (3)")
    parser.add_argument("--memory", type=int, default=DEFAULT_BUDGET, help="the build's budget in megabytes (256)")
    parser.add_argument("--record", action="store_true", help="append the figures to Benchmarks/records")
    parser.add_argument("--date", help="of the record; by default today")
    parser.add_argument("--measure-only", action="store_true", help="exit with 0 also when a floor is missed")
    parser.add_argument("data", type=Path, metavar="DATA.jsonl")
    arguments = parser.parse_args()
    arguments.seed = 1 if arguments.seed is None else arguments.seed
    random = harness.seeded(arguments.seed)
    with harness.temporary_folder() as folder:
        text, count, figures = measure(arguments, random, Path(folder))
    print(f"{arguments.data.name}: {text / MEGABYTE:.1f} MB of text, {count} phrases; {processor()}, "
          f"{os.cpu_count()} cores")
    missed = 0
    for name, (unit, floor, more_is_better) in FIGURES.items():
        if name == "rebuild_peak":
            floor = arguments.memory + 64
        value, verdict = figures[name], ""
        if floor is not None:
            good = value >= floor if more_is_better else value <= floor
            missed += not good
            verdict = f"{'at least' if more_is_better else 'at most'} {floor:g}: {'ok' if good else 'MISSED'}"
        print(f"{name:20}{value:10.3f}  {unit:38}{verdict}".rstrip())
    if arguments.record:
        record(arguments, text, count, figures)
    return 0 if missed == 0 or arguments.measure_only else 1


if __name__ == "__main__":
    sys.exit(main())
