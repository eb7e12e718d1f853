"""Zilin in the comparison: inside one process (`searchctl bench`), and through the daemon's socket."""

import json
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.parse
from pathlib import Path

import harness

from . import engine, measure, queries

STORED_SUFFIXES = {".documents"}  # the stored texts, which the rivals of the comparison do not keep


class Zilin(engine.Engine):
    """The index asked by `searchctl bench`: a round is one process, which first goes through all unmeasured."""

    name = "zilin"
    note = "in one process, `searchctl bench --rank bm25`"

    def __init__(self, dataset, folder, programs, memory=256):
        super().__init__(dataset, folder)
        self.programs = programs
        self.memory = memory
        self.plan = folder / f"{self.name}.queries"

    def version(self):
        return self.programs.must("--version").strip()

    def build_commands(self):
        return [[self.programs.searchctl, "rebuild", "--plain", "--index", self.index, "--memory", self.memory,
                 self.dataset.text_path]]

    def search_bytes(self):
        return sum(count for suffix, count in self.byte_counts().items() if suffix not in STORED_SUFFIXES)

    def bench(self, path):
        return ["bench", "--index", self.index, "--queries", path, "--json", "--runs", 1, "--rank", "bm25",
                "--limit", engine.LIMIT]

    def round(self, chosen):
        queries.write_zilin_file(self.plan, chosen)
        rows = [json.loads(line) for line in self.programs.must(*self.bench(self.plan)).splitlines()]
        if [row["qid"] for row in rows] != [query.number for query in chosen]:
            raise measure.CommandFailed("searchctl bench: other queries than those asked")
        return [(row["us"], row["hits"]) for row in rows]

    def cold(self, query):
        started = time.perf_counter()
        process = subprocess.Popen([self.programs.searchctl, *map(str, self.bench("-"))], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, encoding="utf-8")
        process.stdin.write(query.text + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        milliseconds = (time.perf_counter() - started) * 1000
        process.stdin.close()
        process.stdout.close()
        process.wait()
        if json.loads(answer)["hits"] != query.hits:
            raise measure.CommandFailed(f"searchctl bench: {query.text} not found at the first asking")
        return milliseconds


class ZilinSocket(Zilin):
    """The same index behind searchd: whole requests on one kept connection, as a client sees them, without snippets."""

    name = "zilin-socket"
    note = "whole requests to `searchd` on one kept connection, timed by the client"

    def __init__(self, dataset, folder, programs, built):
        super().__init__(dataset, folder, programs)
        self.index = built
        self.daemon = self.folder = None

    def open(self):
        self.folder = tempfile.mkdtemp(prefix="zilin-")  # a socket's path must be short
        self.daemon = harness.Daemon(self.programs, self.index, Path(self.folder) / "s").__enter__()

    def round(self, chosen):
        parameters = {"limit": engine.LIMIT, "snippets": 0, "rank": "bm25"}
        requests = []
        for query in chosen:
            target = "/search?" + urllib.parse.urlencode({"q": query.text, **parameters})
            requests.append(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        answers = []
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(self.daemon.socket_path)
            for request in requests:
                started = time.perf_counter_ns()
                connection.sendall(request)
                body = read_body(connection)
                microseconds = (time.perf_counter_ns() - started) / 1000
                answers.append((microseconds, json.loads(body)["total"]["value"]))
        return answers

    def close(self):
        if self.daemon:
            self.daemon.__exit__()
            shutil.rmtree(self.folder)


def read_body(connection):
    """The body of the next answer on a connection."""
    head, _, body = connection.recv(1 << 20).partition(b"\r\n\r\n")
    length = int(re.search(rb"(?i)content-length: *(\d+)", head)[1])
    while len(body) < length:
        more = connection.recv(1 << 20)
        if not more:
            raise measure.CommandFailed("searchd closed the connection")
        body += more
    return body
