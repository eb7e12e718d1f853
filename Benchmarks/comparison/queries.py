"""Queries drawn from the text itself, seeded, each with the number of documents that a plain scan finds.

phrase2, phrase4, phrase8, phrase16: pieces of Han runs at random places. and2: two words of one document. or3: three
words. bag: the OR of the bigrams of 6 to 12 characters, ranked. rare: 2 to 4 characters in fewer than ten documents.
common: the commonest bigrams. single: one character.
"""

import collections
import json
import random

from . import reference

KINDS = {"phrase2": 120, "phrase4": 120, "phrase8": 120, "phrase16": 120, "and2": 120, "or3": 120, "bag": 120,
         "rare": 60, "common": 50, "single": 50}
ATTEMPTS = 300  # for each query wanted; a small corpus has not enough of every kind
SAMPLED_TEXTS = 40_000


class Query:
    """A query: its kind, its words, and what the scan finds."""

    def __init__(self, number, kind, words, hits, terms=()):
        self.number = number
        self.kind = kind
        self.words = words
        self.hits = hits
        self.terms = terms  # of a single character: the bigrams and the lone character that hold it

    @property
    def text(self):
        """The query in Zilin's language."""
        if self.kind == "bag":
            return self.words[0]
        return (" AND " if self.kind == "and2" else " OR ").join(f'"{word}"' for word in self.words)

    def line(self):
        """The query for a rival's driver: kind, words, and for a single character its terms."""
        return "\t".join((self.kind, " ".join(self.words), " ".join(self.terms))) + "\n"


class Drawer:
    """Draws words and phrases by place, so that long documents give more of them."""

    def __init__(self, texts, scan, seed):
        self.texts = texts
        self.scan = scan
        self.random = random.Random(seed)
        self.frequencies = {}

    def run(self, least):
        """A document's number and a Han run of it, of at least that many characters, around a random place."""
        for _ in range(10_000):
            place = self.random.randrange(len(self.scan.all))
            match = reference.HAN_RUN.match(self.scan.all, place)
            if not match:
                continue
            start = place
            while start > 0 and place - start < 100 and reference.HAN_RUN.match(self.scan.all[start - 1]):
                start -= 1
            if match.end() - start >= least:
                number = reference.bisect.bisect_right(self.scan.starts, place) - 1
                return number, self.scan.all[start:match.end()]
        raise SystemExit(f"no run of {least} Han characters in 10,000 places; is the text Chinese?")

    def piece(self, length):
        _, run = self.run(length)
        start = self.random.randrange(len(run) - length + 1)
        return run[start:start + length]

    def frequency(self, word):
        if word not in self.frequencies:
            self.frequencies[word] = len(self.scan.documents(word))
        return self.frequencies[word]

    def word(self, number):
        """2 to 4 characters of a document, mostly a run's beginning, that stand in some other documents too."""
        runs = [run for run in reference.HAN_RUN.findall(self.texts[number]) if len(run) >= 2]
        least = min(5, len(self.texts))
        for _ in range(100):
            run, length = self.random.choice(runs), self.random.choice((2, 2, 3, 4))
            if len(run) >= length:
                start = 0 if self.random.random() < 0.7 else self.random.randrange(len(run) - length + 1)
                word = run[start:start + length]
                if self.frequency(word) >= least:
                    return word
        return runs[0][:2]

    def common(self, count):
        """The commonest bigrams, by how often they stand in a sample of the texts."""
        counts = collections.Counter()
        for text in self.texts[::max(1, len(self.texts) // SAMPLED_TEXTS)]:
            for run in reference.HAN_RUN.findall(text):
                if len(run) > 1:
                    counts.update(reference.bigrams(run))
        return [bigram for bigram, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:count]]

    def draw(self, kind):
        """The words of one query; None when the draw was not of the kind."""
        if kind.startswith("phrase"):
            return (self.piece(int(kind.removeprefix("phrase"))),)
        if kind == "and2":
            number, _ = self.run(2)
            first, second = self.word(number), self.word(number)
            return None if first in second or second in first else (first, second)
        if kind == "or3":
            words = {self.word(self.run(2)[0]) for _ in range(3)}
            return tuple(sorted(words)) if len(words) == 3 else None
        if kind == "bag":
            return (self.piece(self.random.randint(6, 12)),)
        if kind == "rare":
            word = self.piece(self.random.choice((2, 2, 3, 4)))
            return (word,) if self.frequency(word) < 10 else None
        return (self.piece(1),)


def draw(texts, vocabulary, seed, share=1.0):
    """Queries of all kinds, `share` of the usual numbers; `vocabulary`: the terms of one or two characters."""
    scan = reference.Scan(texts)
    drawer = Drawer(texts, scan, seed)
    drawn = []
    for kind, full in KINDS.items():
        count = max(2, round(full * share))
        words = dict.fromkeys((bigram,) for bigram in drawer.common(count)) if kind == "common" else {}
        for _ in range(count * ATTEMPTS):
            if len(words) >= count or kind == "common":
                break
            found = drawer.draw(kind)
            if found:
                words[found] = None
        drawn += [(kind, each) for each in words]
    terms = terms_by_character(vocabulary, {words[0] for kind, words in drawn if kind == "single"})
    return [
        Query(number, kind, words, len(scan.matching(kind, words)), terms[words[0]] if kind == "single" else ())
        for number, (kind, words) in enumerate(drawn)
    ]


def terms_by_character(vocabulary, characters):
    """For each character the terms that hold it: what a bigram engine must look at to find it anywhere."""
    result = {character: [] for character in characters}
    for term in sorted(vocabulary):
        for character in set(term) & characters:
            result[character].append(term)
    return result


def write_rivals_file(path, chosen):
    path.write_text("".join(query.line() for query in chosen), encoding="utf-8")


def write_zilin_file(path, chosen):
    rows = ({"qid": query.number, "kind": query.kind, "text": query.text} for query in chosen)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
