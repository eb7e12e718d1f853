"""A corpus made ready once: the text without titles, its reference tokens, and the queries with their counts."""

import json
import pickle

import harness

from . import queries, reference


class Dataset:
    """The files that the engines are built from, and the queries."""

    def __init__(self, folder):
        self.folder = folder
        self.text_path = folder / "text.jsonl"      # {"id", "text"}: what Zilin indexes
        self.tokens_path = folder / "tokens.tsv"    # id TAB tokens: what the rivals index
        self.queries_path = folder / "queries.pickle"
        self.meta_path = folder / "meta.json"
        self.meta = None
        self.queries = None

    def prepare(self, corpus, programs, seed, share):
        """Writes the files, unless they are there from the same corpus, seed and share."""
        status = corpus.stat()
        made_of = {"path": str(corpus.resolve()), "bytes": status.st_size, "modified": status.st_mtime_ns,
                   "seed": seed, "share": share}
        if self.meta_path.exists():
            self.meta = json.loads(self.meta_path.read_text(encoding="utf-8"))
            if self.meta["made_of"] == made_of:
                self.queries = pickle.loads(self.queries_path.read_bytes())
                return
        self.folder.mkdir(parents=True, exist_ok=True)
        texts = [row["text"].replace("\0", " ") for row in harness.json_lines(corpus)]
        fold = reference.Fold.of_corpus(texts, programs)
        token_count, vocabulary = 0, set()
        with open(self.text_path, "w", encoding="utf-8") as text_file, \
                open(self.tokens_path, "w", encoding="utf-8") as tokens_file:
            byte_count = 0
            for number, text in enumerate(texts):
                text_file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
                byte_count += len(text.encode())
                texts[number] = fold(text)
                tokens = reference.tokens(texts[number])
                token_count += len(tokens) - tokens.count(reference.GAP)
                vocabulary.update(token for token in tokens if len(token) <= 2)
                tokens_file.write(f"{number}\t{' '.join(tokens)}\n")
        self.queries = queries.draw(texts, vocabulary, seed, share)
        self.queries_path.write_bytes(pickle.dumps(self.queries))
        self.meta = {"made_of": made_of, "documents": len(texts), "text_bytes": byte_count, "tokens": token_count}
        self.meta_path.write_text(json.dumps(self.meta, indent=1) + "\n", encoding="utf-8")
