"""The rivals: each gets the reference tokens, spaces between them, and is asked for ten documents and the total."""

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from . import engine, queries

HERE = Path(__file__).resolve().parent
WORKER = HERE / "worker.py"


def output(*words):
    """What a command prints, one line, or nothing when it cannot be run."""
    try:
        run = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    except OSError:
        return ""
    return (run.stdout or run.stderr).strip().splitlines()[0] if run.returncode == 0 else ""


class PythonRival(engine.Driver):
    """An engine with a Python module, driven by worker.py; its cold answer leaves the interpreter's start out."""

    module = None
    python = sys.executable

    def missing(self):
        if not output(self.python, "-c", f"import {self.module}; print(1)"):
            return f"Python's {self.module} is not installed; --install installs it"
        return None

    def version(self):
        return output(self.python, WORKER, "version", self.name)

    def build_commands(self):
        return [[self.python, WORKER, "build", self.name, self.dataset.tokens_path, self.index]]

    def serve_command(self):
        return [self.python, WORKER, "serve", self.name, self.index]

    def cold(self, query):
        queries.write_rivals_file(self.plan, [query])
        return float(output(self.python, WORKER, "cold", self.name, self.index, self.plan))


class Tantivy(PythonRival):
    """tantivy through its Python module; one writer thread, one segment."""

    name = "tantivy"
    module = "tantivy"


class Pisa(PythonRival):
    """PISA through pyterrier-pisa's native part: block-max WAND, no positions, and no totals."""

    name = "pisa"
    module = "pyterrier_pisa"
    kinds = ("phrase2", "bag", "common")
    gives_totals = False
    note = "no positions, and no totals: it is asked for less"


class SQLite(PythonRival):
    """SQLite's FTS5 without stored text, optimized after the load."""

    name = "fts5"
    module = "sqlite3"
    note = "ranks every match"

    def missing(self):
        options = {row[0] for row in sqlite3.connect(":memory:").execute("pragma compile_options")}
        return None if "ENABLE_FTS5" in options else "this Python's SQLite has no FTS5"


class Xapian(engine.Driver):
    """Xapian's glass backend with a posting for each token, compacted."""

    name = "xapian"

    def __init__(self, dataset, folder):
        super().__init__(dataset, folder)
        self.program = folder / "xapian-driver"

    def missing(self):
        if not shutil.which("g++") or not shutil.which("xapian-config") or not shutil.which("xapian-compact"):
            return "needs g++, and Debian's libxapian-dev and xapian-tools; --install installs them"
        command = ["g++", "-O2", "-std=c++17", str(HERE / "XapianDriver.cpp"), "-o", str(self.program), "-lxapian"]
        run = subprocess.run(command, capture_output=True, text=True)
        return f"the driver does not compile: {run.stderr[:300]}" if run.returncode else None

    def version(self):
        return re.sub(r"^.*core ", "Xapian ", output("xapian-config", "--version"))

    def build_commands(self):
        loaded = self.index / "loaded"
        return [
            [self.program, "build", self.dataset.tokens_path, loaded],
            ["xapian-compact", "-q", loaded, self.index / "compacted"],
            ["rm", "-r", loaded],
        ]

    def serve_command(self):
        return [self.program, "serve", self.index / "compacted"]


class Groonga(PythonRival):
    """Groonga over a pipe; its times are those it reports itself. The index column needs the text stored."""

    name = "groonga"
    kinds = tuple(kind for kind in queries.KINDS if kind != "single")
    note = "stores the tokens as text; ranked by term frequency, its default"

    def missing(self):
        return None if shutil.which("groonga") else "needs Debian's groonga-bin; --install installs it"

    def cold(self, query):
        return engine.Driver.cold(self, query)


class Lucene(engine.Driver):
    """Lucene 9 with BM25, one segment; a phrase query for each phrase."""

    warm_rounds = 5  # the compiler of Java needs them

    name = "lucene"

    def __init__(self, dataset, folder, jar, java):
        super().__init__(dataset, folder)
        self.jar = jar
        self.java = java
        self.classes = folder / "lucene-driver"
        self.flags = ["-Xmx4g", "-XX:+UseSerialGC"]

    def missing(self):
        if not self.jar:
            return "name a jar that holds Lucene 9 with --lucene-jar"
        found = re.search(r'version "(\d+)', "\n".join(self.java_messages("-version")))
        if not found or not shutil.which("javac"):
            return "needs java and javac"
        if 19 <= int(found[1]) <= 21:
            self.flags.append("--enable-preview")  # Lucene 9 maps files by memory segments, a preview then
        self.classes.mkdir(exist_ok=True)
        command = ["javac", "-nowarn", "--release", "17", "-cp", str(self.jar), "-d", str(self.classes),
                   str(HERE / "LuceneDriver.java")]
        run = subprocess.run(command, capture_output=True, text=True)
        return f"the driver does not compile: {run.stderr[:300]}" if run.returncode else None

    def java_messages(self, *words):
        try:
            run = subprocess.run([self.java, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        except OSError:
            return []
        return (run.stdout + run.stderr).splitlines()

    def run(self, *words):
        return [self.java, *self.flags, "-cp", f"{self.classes}:{self.jar}", "LuceneDriver", *words]

    def version(self):
        return output(*self.run("version"))

    def build_commands(self):
        return [self.run("build", self.dataset.tokens_path, self.index)]

    def serve_command(self):
        return self.run("serve", self.index)
