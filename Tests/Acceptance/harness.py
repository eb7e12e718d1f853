"""What the acceptance scripts share: the two programs, a daemon for a while, its socket, and the findings.

Nothing here knows the engine: the programs are asked as any user would ask them.
"""

import argparse
import http.client
import io
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SAMPLE_BULLETINS = REPOSITORY / "corpus" / "bulletins"
START_SECONDS = 20
ANSWER_SECONDS = 60
LONGEST_RUN_SECONDS = 600

# A shell starts background jobs with SIGINT ignored, which programs started from here would inherit.
signal.signal(signal.SIGINT, signal.default_int_handler)


def parser(description):
    """A command line with --bin and --seed."""
    result = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    result.add_argument("--bin", required=True, type=programs, metavar="DIR", dest="programs",
                        help="the folder with searchctl and searchd")
    result.add_argument("--seed", type=int, default=None, help="of the random numbers; printed, by default a new one")
    return result


def programs(folder):
    for name in ("searchctl", "searchd"):
        if not os.access(Path(folder) / name, os.X_OK):
            raise argparse.ArgumentTypeError(f"{folder}: no program {name}; build it with 'swift build -c release'")
    return Programs(Path(folder).resolve())


def seeded(seed):
    """Random numbers from `seed`, or from a new seed; prints the seed."""
    seed = random.randrange(1 << 32) if seed is None else seed
    print(f"seed {seed}", flush=True)
    return random.Random(seed)


def temporary_folder():
    return tempfile.TemporaryDirectory(prefix="zilin-acceptance-")


class Programs:
    """The two programs of one build."""

    def __init__(self, folder):
        self.folder = folder
        self.searchctl = str(folder / "searchctl")
        self.searchd = str(folder / "searchd")

    def ctl(self, *words, **options):
        """Runs searchctl and returns the finished process with its output as text."""
        options.setdefault("timeout", LONGEST_RUN_SECONDS)
        return subprocess.run([self.searchctl, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True,
                              encoding="utf-8", errors="replace", **options)

    def must(self, *words, **options):
        """Runs searchctl; anything but success ends the script."""
        process = self.ctl(*words, **options)
        if process.returncode != 0:
            sys.exit(f"searchctl {' '.join(map(str, words))}: status {process.returncode}\n{process.stderr}")
        return process.stdout

    def start_ctl(self, *words):
        """Starts searchctl and does not wait."""
        return subprocess.Popen([self.searchctl, *map(str, words)], stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def document_lines(self, index, *options):
        """One object for each document of an index."""
        return [json.loads(line) for line in self.must("documents", "--index", index, "--json", *options).splitlines()]


class UnixConnection(http.client.HTTPConnection):
    """http.client over a Unix socket."""

    def __init__(self, path, timeout=ANSWER_SECONDS):
        super().__init__("localhost", timeout=timeout)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)

    def get(self, path, **parameters):
        """The status and the decoded body of GET `path`."""
        return self.ask("GET", path, **parameters)

    def ask(self, method, path, **parameters):
        target = path + ("?" + urllib.parse.urlencode(parameters) if parameters else "")
        self.request(method, target)
        answer = self.getresponse()
        body = answer.read()
        return answer.status, json.loads(body) if body else None

    def all_ids(self, query, limit=1000):
        """The ids of all hits of a query, page by page; also whether the answers' totals agree with them."""
        ids, offset = [], 0
        while True:
            status, answer = self.get("/search", q=query, limit=limit, offset=offset, snippets=0)
            if status != 200:
                raise RuntimeError(f"{status} for {query!r}: {answer}")
            ids += [hit["id"] for hit in answer["hits"]]
            offset += limit
            total = answer["total"]
            if offset >= total["value"] or not answer["hits"]:
                return ids, total["exact"] and total["value"] == len(ids)


class OpenReader(io.BufferedReader):
    """A reader that HTTPResponse cannot close, so that it keeps what came behind the first answer."""

    def close(self):
        pass


class Raw:
    """Bytes over a Unix socket, without any library's opinion of them."""

    def __init__(self, path, timeout=20):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(timeout)
        self.socket.connect(str(path))
        self.reader = OpenReader(socket.SocketIO(self.socket, "r"))

    def makefile(self, _):
        return self.reader

    def send(self, data):
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all was sent; the answer is there to read

    def answer(self, method="GET"):
        """Status, headers and body of the next answer."""
        response = http.client.HTTPResponse(self, method=method)
        response.begin()
        return response.status, response.headers, response.read()

    def close(self):
        self.socket.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Daemon:
    """A searchd that runs while a `with` block does."""

    def __init__(self, programs, index, socket_path, *options):
        self.command = [programs.searchd, "--index", str(index), "--socket", str(socket_path), *options]
        self.socket_path = str(socket_path)
        self.process = None
        self.log = None

    def __enter__(self):
        self.log = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=self.log)
        try:
            self.wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait_until_ready(self):
        """Returns when a request has been answered."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"searchd ended with status {self.process.returncode}: {self.log_text()}")
            try:
                connection = self.connect()
                status, _ = connection.get("/healthz")
                connection.close()
                if status == 200:
                    return
            except OSError:
                time.sleep(0.001)
        raise RuntimeError(f"searchd is not ready after {START_SECONDS} s")

    def connect(self):
        return UnixConnection(self.socket_path)

    def log_text(self):
        self.log.seek(0)
        return self.log.read()

    def status_value(self, name):
        """A figure of /proc/PID/status in bytes, such as VmRSS."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) * 1024
        raise RuntimeError(f"/proc/{self.process.pid}/status has no {name}")

    def stop(self, signal_number=signal.SIGTERM):
        """Asks the daemon to stop and returns its status."""
        self.process.send_signal(signal_number)
        return self.process.wait(timeout=START_SECONDS)

    def __exit__(self, *_):
        if self.process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()


class Findings:
    """What was expected and did not happen."""

    def __init__(self):
        self.checked = 0
        self.failures = []

    def expect(self, condition, sentence):
        """Notes one check; `sentence` says what was expected and what happened."""
        self.checked += 1
        if not condition:
            self.failures.append(sentence)
            print(f"FAILED  {sentence}", flush=True)
        return bool(condition)

    def equal(self, what, found, expected):
        return self.expect(found == expected, f"{what}: {expected!r} expected, found {found!r}")

    def status(self):
        """Prints the sum and returns the exit status."""
        print(f"{self.checked} checks, {len(self.failures)} failed", flush=True)
        return 1 if self.failures else 0


def json_lines(path):
    """The objects of a .jsonl file."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
