"""Corpora of growing size made of one: each is the beginning of the next, written as pieces of one stream.

The stream is the corpus' documents in a seeded order, then perturbed copies of them in other orders, as long as need
be: clauses dropped (one of twenty) or put in another order (in three documents of ten), and one Han character of thirty
redrawn from the corpus' own characters. So a corpus ten times as large has more terms and other lists, not ten times
the same ones.
"""

import collections
import json
import random
import re

import harness

CLAUSE = re.compile(r"(?<=[，。；、！？\n])")
DROPPED, SHUFFLED, REDRAWN = 0.05, 0.3, 1 / 30
POOL = 1 << 18


def is_han(character):
    return "\u3400" <= character <= "\u9fff"


class Perturbation:
    """Makes copies of texts that differ from them."""

    def __init__(self, texts, seed):
        counts = collections.Counter()
        for text in texts:
            counts.update(text)
        self.random = random.Random(seed)
        han = sorted(character for character in counts if is_han(character))
        self.pool = self.random.choices(han, [counts[character] for character in han], k=POOL) if han else ["中"]
        self.next = 0

    def copy(self, text):
        draw = self.random.random
        clauses = CLAUSE.split(text)
        kept = [clause for clause in clauses if draw() >= DROPPED] or clauses
        if draw() < SHUFFLED:
            self.random.shuffle(kept)
        characters = list("".join(kept))
        place = int(self.random.expovariate(REDRAWN))
        while place < len(characters):
            if is_han(characters[place]):
                characters[place] = self.pool[self.next]
                self.next = (self.next + 1) % POOL
            place += 1 + int(self.random.expovariate(REDRAWN))
        return "".join(characters)


def stream(texts, seed):
    """Texts without an end."""
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    for number in order:
        yield texts[number]
    copies = 0
    while True:
        copies += 1
        perturbation = Perturbation(texts, seed * 1000 + copies)
        perturbation.random.shuffle(order)
        for number in order:
            yield perturbation.copy(texts[number])


class Piece:
    """What the stream has between one size and the next."""

    def __init__(self, path):
        self.path = path
        self.documents = 0
        self.text_bytes = 0

    def texts(self):
        for row in harness.json_lines(self.path):
            yield row["text"]


def write(corpus, sizes, folder, seed):
    """Writes the pieces for corpora of `sizes` bytes of text, rising, and returns them."""
    texts = [row["text"] for row in harness.json_lines(corpus)]
    if not any(texts):
        raise SystemExit(f"{corpus}: no text")
    pieces, source, number, written = [], stream(texts, seed), 0, 0
    for size in sizes:
        piece = Piece(folder / f"piece{len(pieces)}.jsonl")
        with open(piece.path, "w", encoding="utf-8") as file:
            while written < size:
                text = next(source)
                file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
                number += 1
                written += len(text.encode())
                piece.documents += 1
                piece.text_bytes += len(text.encode())
        pieces.append(piece)
    return pieces
