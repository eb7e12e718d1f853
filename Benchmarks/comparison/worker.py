#!/usr/bin/env python3
"""One rival with a Python module, in a process of its own: worker.py version|build|serve|cold NAME ...

`build NAME TOKENS INDEX` makes the index; `serve NAME INDEX` reads names of files of queries and answers as engine.py
describes; `cold NAME INDEX QUERIES` prints the milliseconds of opening and of the first query, imports left out.
"""

import sys

sys.dont_write_bytecode = True

import importlib.metadata
import json
import os
import sqlite3
import subprocess
import tempfile
import threading
import time

LIMIT = 10
KINDS_OF_WORDS = {"and2": " AND ", "or3": " OR "}


def rows(path):
    """Number and tokens of each document."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            number, _, tokens = line.rstrip("\n").partition("\t")
            yield int(number), tokens


def bigrams(word):
    return [word] if len(word) == 1 else [word[index:index + 2] for index in range(len(word) - 1)]


class Tantivy:
    """Tokens between spaces; a stop-word filter takes the gap away and leaves its position."""

    def __init__(self):
        import tantivy
        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("id", fast=True, indexed=False, stored=False)
        builder.add_text_field("text", tokenizer_name="reference", stored=False)
        self.schema = builder.build()
        self.searcher = None

    @staticmethod
    def version():
        return f"tantivy-py {importlib.metadata.version('tantivy')}"

    def index(self, folder):
        index = self.tantivy.Index(self.schema, path=folder, reuse=True)
        analyzer = self.tantivy.TextAnalyzerBuilder(self.tantivy.Tokenizer.whitespace())
        index.register_tokenizer("reference", analyzer.filter(self.tantivy.Filter.custom_stopword(["|"])).build())
        return index

    def build(self, tokens, folder):
        writer = self.index(folder).writer(1_000_000_000, 1)
        for number, text in rows(tokens):
            document = self.tantivy.Document()
            document.add_unsigned("id", number)
            document.add_text("text", text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder):
        index = self.index(folder)
        index.reload()
        self.searcher = index.searcher()

    def phrase(self, word):
        query, terms = self.tantivy.Query, bigrams(word)
        if len(terms) == 1:
            return query.term_query(self.schema, "text", terms[0])
        return query.phrase_query(self.schema, "text", terms)

    def query(self, kind, words):
        query, occur = self.tantivy.Query, self.tantivy.Occur
        if kind == "and2":
            return query.boolean_query([(occur.Must, self.phrase(word)) for word in words])
        if kind == "or3":
            return query.boolean_query([(occur.Should, self.phrase(word)) for word in words])
        if kind == "bag":
            return query.boolean_query([(occur.Should, self.phrase(bigram)) for bigram in bigrams(words[0])])
        if kind == "single":
            return query.regex_query(self.schema, "text", f"{words[0]}.?|.{words[0]}")
        return self.phrase(words[0])

    def ask(self, kind, words, _):
        started = time.perf_counter_ns()
        result = self.searcher.search(self.query(kind, words), LIMIT, count=True)
        if result.hits:
            self.searcher.fast_field_values("id", [address for _, address in result.hits])
        return time.perf_counter_ns() - started, result.count


class Pisa:
    """Terms are written in ASCII, because the tokenizer of queries drops Han characters."""

    def __init__(self):
        import numpy
        from pyterrier_pisa import _pisathon
        self.native = _pisathon
        self.context = None
        self.numbers, self.ranks = numpy.empty(64, numpy.int32), numpy.empty(64, numpy.int32)
        self.names, self.scores = numpy.empty(64, object), numpy.empty(64, numpy.float32)

    @staticmethod
    def version():
        return f"pyterrier-pisa {importlib.metadata.version('pyterrier_pisa')}"

    @staticmethod
    def encoded(term):
        return term if term.isascii() else "u" + "".join(f"{ord(character):x}" for character in term)

    def build(self, tokens, folder):
        known = {"|": ""}

        def feed(path):
            with open(path, "w", encoding="ascii") as out:
                for number, text in rows(tokens):
                    out.write(str(number))
                    for term in text.split():
                        code = known.get(term)
                        if code is None:
                            code = known[term] = " " + self.encoded(term)
                        out.write(code)
                    out.write("\n")

        with tempfile.TemporaryDirectory() as pipes:
            pipe = os.path.join(pipes, "tokens")
            os.mkfifo(pipe)
            feeder = threading.Thread(target=feed, args=(pipe,), daemon=True)
            feeder.start()
            self.native.index(pipe, folder, "", 100_000, 1)
            feeder.join()
        self.open(folder)  # compresses, and finds the blocks' maxima
        for name in ("fwd", "inv.docs", "inv.freqs"):  # nothing reads these any more
            if os.path.exists(os.path.join(folder, name)):
                os.unlink(os.path.join(folder, name))

    def open(self, folder):
        self.context = self.native.RetrievalContext()
        self.native.prepare_index(self.context, folder, "block_simdbp", "bm25", "", quantize=0, stop_fname="",
                                  bm25_k1=1.2, bm25_b=0.75)

    def ask(self, _, words, __):
        started = time.perf_counter_ns()
        text = " ".join(self.encoded(bigram) for bigram in bigrams(words[0]))
        self.native.retrieve(
            self.context, "block_max_wand", [(0, text)], k=LIMIT, threads=1, query_weighted=0, pretokenised=False,
            result_qidxs=self.numbers, result_docnos=self.names, result_ranks=self.ranks, result_scores=self.scores)
        return time.perf_counter_ns() - started, -1


class SQLite:
    """The gap is a token as others are, so that no phrase runs across it."""

    def __init__(self):
        self.database = None

    @staticmethod
    def version():
        return f"SQLite {sqlite3.sqlite_version}"

    @staticmethod
    def build(tokens, folder):
        database = sqlite3.connect(os.path.join(folder, "fts5.db"))
        database.execute("pragma journal_mode = off")
        database.execute("pragma cache_size = -65536")
        database.execute("create virtual table f using fts5(text, content = '', "
                         "tokenize = \"unicode61 remove_diacritics 0 tokenchars '|'\")")
        with database:
            database.executemany("insert into f(rowid, text) values (? + 1, ?)", rows(tokens))
        with database:
            database.execute("insert into f(f) values ('optimize')")
        database.execute("vacuum")
        database.close()

    def open(self, folder):
        self.database = sqlite3.connect(os.path.join(folder, "fts5.db"))
        self.database.execute("pragma mmap_size = 4294967296")
        self.database.execute("pragma cache_size = -65536")

    @staticmethod
    def phrase(word):
        return f'"{" ".join(bigrams(word))}"'

    def expression(self, kind, words, terms):
        if kind in KINDS_OF_WORDS:
            return KINDS_OF_WORDS[kind].join(self.phrase(word) for word in words)
        if kind == "bag":
            return " OR ".join(f'"{bigram}"' for bigram in bigrams(words[0]))
        if kind == "single":
            return " OR ".join(f'"{term}"' for term in terms)
        return self.phrase(words[0])

    def ask(self, kind, words, terms):
        started = time.perf_counter_ns()
        match = self.expression(kind, words, terms)
        self.database.execute("select rowid from f where f match ? order by rank limit ?", (match, LIMIT)).fetchall()
        hits = self.database.execute("select count(*) from f where f match ?", (match,)).fetchone()[0]
        return time.perf_counter_ns() - started, hits


class Groonga:
    """The program itself, commands in and answers out through a pipe."""

    def __init__(self):
        self.process = None

    @staticmethod
    def version():
        printed = subprocess.run(["groonga", "--version"], capture_output=True, text=True).stdout
        return printed.split("[")[0].strip()

    @staticmethod
    def start(*words):
        return subprocess.Popen(["groonga", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def build(self, tokens, folder):
        process = self.start("-n", os.path.join(folder, "db"))
        write = process.stdin.write
        write("table_create Docs TABLE_NO_KEY\ncolumn_create Docs number COLUMN_SCALAR UInt32\n"
              "column_create Docs text COLUMN_SCALAR Text\n"
              "table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenDelimit\nload --table Docs\n[\n")
        separator = ""
        for number, text in rows(tokens):
            write(separator + json.dumps({"number": number, "text": text}, ensure_ascii=False))
            separator = ",\n"
        write("\n]\ncolumn_create Terms text COLUMN_INDEX|WITH_POSITION Docs text\n")
        process.stdin.close()
        answers = [json.loads(line) for line in process.stdout]
        if process.wait() != 0 or any(answer[0][0] != 0 for answer in answers):
            sys.exit(f"groonga: {answers}")

    def open(self, folder):
        self.process = self.start(os.path.join(folder, "db"))

    @staticmethod
    def phrase(word):
        return f'"{" ".join(bigrams(word))}"'

    def expression(self, kind, words):
        if kind == "and2":
            return " ".join(self.phrase(word) for word in words)
        if kind == "or3":
            return " OR ".join(self.phrase(word) for word in words)
        if kind == "bag":
            return " OR ".join(f'"{bigram}"' for bigram in bigrams(words[0]))
        return self.phrase(words[0])

    def ask(self, kind, words, _):
        query = self.expression(kind, words).replace("\\", "\\\\").replace('"', '\\"')
        self.process.stdin.write(f'select Docs --match_columns text --query "{query}" --limit {LIMIT} --cache no '
                                 "--output_columns number --sort_keys -_score\n")
        self.process.stdin.flush()
        (status, _, seconds, *message), *body = json.loads(self.process.stdout.readline())
        if status != 0:
            sys.exit(f"groonga: {message}")
        return int(seconds * 1e9), body[0][0][0][0]


RIVALS = {"tantivy": Tantivy, "pisa": Pisa, "fts5": SQLite, "groonga": Groonga}


def answers(rival, path):
    """Nanoseconds and hits of each query of a file."""
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    return [rival.ask(kind, words.split(" "), terms.split(" ")) for kind, words, terms in lines]


def main():
    verb, name, *operands = sys.argv[1:]
    rival = RIVALS[name]()
    if verb == "version":
        print(rival.version())
    elif verb == "build":
        rival.build(*operands)
    elif verb == "cold":
        started = time.perf_counter()
        rival.open(operands[0])
        answers(rival, operands[1])
        print((time.perf_counter() - started) * 1000)
    else:
        rival.open(operands[0])
        for path in sys.stdin:
            out = answers(rival, path.rstrip("\n"))
            print("".join(f"{nanoseconds}\t{hits}\n" for nanoseconds, hits in out), end="end\n", flush=True)


if __name__ == "__main__":
    main()
