"""A collection on the disk: documents, sets of queries, and which documents answer them.

corpus.jsonl has one {"id", "title", "text"} a line; each queries*.tsv is a set of its own, with a query's id, a tab and
the query in each line; qrels.tsv has TREC's four columns: query id, anything, document id, grade. The ids of all sets
are judged by the same qrels.
"""

import hashlib
import json
import zlib
from base64 import b64decode, b64encode

GRAIN = 10_000      # parts of 1 to which a query's figure is kept


class QuerySet:
    """The queries of one file that have a relevant document, in the file's order."""

    def __init__(self, name, queries, judged):
        self.name = name
        self.ids = [identifier for identifier in queries if identifier in judged]
        self.texts = [queries[identifier] for identifier in self.ids]
        self.grades = [judged[identifier] for identifier in self.ids]

    def mark(self):
        """A mark of the queries and the judgements: figures of sets with the same mark can be compared by query."""
        lines = json.dumps([self.ids, self.texts, self.grades], sort_keys=True)
        return hashlib.sha256(lines.encode()).hexdigest()[:16]


class Collection:
    """A folder with corpus.jsonl, queries*.tsv and qrels.tsv."""

    def __init__(self, folder):
        self.name = folder.name
        self.corpus = folder / "corpus.jsonl"
        judged = grades(folder / "qrels.tsv")
        self.sets = []
        for path in sorted(folder.glob("queries*.tsv")):
            kind = path.stem.removeprefix("queries").lstrip("_-.")
            found = QuerySet(f"{self.name}/{kind}" if kind else self.name, table(path), judged)
            if found.ids:
                self.sets.append(found)
        if not self.sets:
            raise SystemExit(f"{folder}: no queries*.tsv with judged queries")


def collections(folder, only=()):
    """The collections in a folder, by name."""
    folders = sorted(path.parent for path in folder.glob("*/corpus.jsonl") if (path.parent / "qrels.tsv").exists())
    unknown = set(only) - {path.name for path in folders}
    if unknown:
        raise SystemExit(f"{folder}: no collections {', '.join(sorted(unknown))}")
    chosen = [Collection(path) for path in folders if not only or path.name in only]
    if not chosen:
        raise SystemExit(f"{folder}: no folder with corpus.jsonl and qrels.tsv")
    return chosen


def table(path):
    """Ids and queries of a file."""
    rows = (line.rstrip("\r\n").split("\t", 1) for line in open(path, encoding="utf-8") if line.strip())
    return {identifier: query for identifier, query in rows}


def grades(path):
    """For each query the grades of its relevant documents, those above 0."""
    judged = {}
    for line in open(path, encoding="utf-8"):
        columns = line.split()
        if len(columns) == 4 and int(columns[3]) > 0:
            judged.setdefault(columns[0], {})[columns[2]] = int(columns[3])
    return judged


def packed(values):
    """Figures from 0 to 1 as text, to a ten-thousandth: two bytes each, deflated, in base 64."""
    parts = b"".join(round(value * GRAIN).to_bytes(2, "big") for value in values)
    return b64encode(zlib.compress(parts, 9)).decode()


def unpacked(text):
    """The figures again, in ten-thousandths."""
    parts = zlib.decompress(b64decode(text))
    return [int.from_bytes(parts[place:place + 2], "big") for place in range(0, len(parts), 2)]
