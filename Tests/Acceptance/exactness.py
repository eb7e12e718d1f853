#!/usr/bin/env python3
"""Quoted phrases find exactly the documents in which a plain scan of the folded, white-space-free text finds them.

Phrases of 2 to 16 Han or kana characters are drawn from the documents at random places, a third of them across line
ends, and asked through the daemon's socket as they are printed (white space and all), without their white space, or
folded. The answer's ids must be those of the scan, all of them and no other; the same for single characters. Where
the text has Hangul, quoted words must be found, and nothing that the text without white space does not hold.

A corpus is a .jsonl file, or a folder of .txt and .md files, of which every 40 lines become a document. With --pieces
the index is not built at once: the documents come by one `rebuild` and many `add`s in random order, some of them
twice, and some are removed, so that there are several segments, merged ones, and delete marks.
"""

import sys

sys.dont_write_bytecode = True

import json
import re
import unicodedata
from pathlib import Path

import folding
import harness

RUN = re.compile(f"[{folding.HAN}{folding.KANA}]")
WHITE = re.compile(f"[{folding.WHITE_SPACE}]")
CUT = re.compile(f"[{folding.HAN}{folding.KANA}][{folding.WHITE_SPACE}]*\\n[{folding.WHITE_SPACE}]*"
                 f"[{folding.HAN}{folding.KANA}]")
WORDS = re.compile(f"[{folding.HANGUL}]+(?: [{folding.HANGUL}]+){{0,2}}")
LINES = 40  # of a bulletin, in a document


def as_json_lines(corpus, folder):
    """The corpus itself, or a .jsonl file made of a folder's texts as they are."""
    if not Path(corpus).is_dir():
        return corpus
    path = Path(folder) / "corpus.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for file in sorted(file for file in Path(corpus).rglob("*") if file.suffix in (".txt", ".md")):
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            for start in range(0, len(lines), LINES):
                text = "".join(lines[start:start + LINES])
                row = {"id": f"{file.name}:{start + 1}", "title": file.stem, "text": text}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


class Corpus:
    """The documents of a .jsonl file: as printed, and as a plain scan sees them."""

    def __init__(self, path, fold, without=frozenset()):
        self.path = path
        rows = (row for row in harness.json_lines(path) if str(row["id"]) not in without)
        self.documents = [(str(row["id"]), row.get("title") or "", row["text"]) for row in rows]
        self.streams = [(key, fold.scan(title), fold.scan(text)) for key, title, text in self.documents]
        self.texts = [text for _, _, text in self.documents if text]
        # Drawn by length: a place in all texts, not a document.
        self.weights = [len(text) for text in self.texts]

    def holding(self, folded):
        """The ids of the documents that hold a folded phrase in title or text."""
        return {key for key, title, text in self.streams if folded in text or folded in title}


def build(random, programs, path, folder, pieces):
    """Builds the index and returns the ids that were removed again."""
    index = f"{folder}/index"
    if pieces < 2:
        programs.must("rebuild", "--index", index, path)
        return frozenset()
    with open(path, encoding="utf-8") as file:
        lines = [line for line in file if line.strip()]
    random.shuffle(lines)
    size = -(-len(lines) // pieces)
    for number, start in enumerate(range(0, len(lines), size)):
        piece = Path(folder) / f"piece{number}.jsonl"
        again = random.sample(lines[:start], min(start, 5))  # these replace themselves
        piece.write_text("".join(lines[start:start + size] + again), encoding="utf-8")
        programs.must("add" if number else "rebuild", "--index", index, "--memory", "8", piece)
    removed = random.sample([str(json.loads(line)["id"]) for line in lines], max(1, len(lines) // 50))
    programs.must("remove", "--index", index, *removed)
    programs.must("verify", "--index", index)
    return frozenset(removed)


def phrase_at(text, start, length):
    """The next `length` characters of a run as printed, white space included; None where the run ends before."""
    taken, index = 0, start
    while taken < length and index < len(text):
        if RUN.match(text[index]):
            taken += 1
        elif not WHITE.match(text[index]) or taken == 0:
            return None
        index += 1
    return text[start:index] if taken == length else None


def is_plain(folded):
    """Whether a folded phrase is one run: no half-width form became a mark, no character became two words."""
    return bool(folded) and all(RUN.match(character) for character in folded)


def draw(random, corpus, fold, count, lengths, across_lines):
    """`count` phrases as printed, drawn from random places."""
    found, attempts = [], 0
    cuts = [(text, match) for text in corpus.texts for match in CUT.finditer(text)] if across_lines else []
    if across_lines and not cuts:
        return []
    while len(found) < count and attempts < count * 200:
        attempts += 1
        length = random.randint(*lengths)
        if across_lines:
            text, match = random.choice(cuts)
            start = match.start()
            before = random.randint(0, length - 2)
            while before > 0 and start > 0 and (RUN.match(text[start - 1]) or WHITE.match(text[start - 1])):
                start -= 1
                before -= 1 if RUN.match(text[start]) else 0
        else:
            text = random.choices(corpus.texts, corpus.weights)[0]
            start = random.randrange(len(text))
        phrase = phrase_at(text, start, length)
        if phrase and is_plain(fold.scan(phrase)):
            found.append(phrase)
    return found


def quoted(random, phrase, fold):
    """A query for a phrase in one of the three ways in which somebody may type it."""
    form = random.choice([phrase, WHITE.sub("", phrase), fold.scan(phrase)])
    return f'"{form}"'


def compare(findings, connection, corpus, query, expected, scanned):
    ids, total_is_right = connection.all_ids(query)
    found = set(ids)
    findings.expect(
        found == expected and len(ids) == len(found) and total_is_right,
        f"{corpus.path}: {query!r} (scan of {scanned!r}): {len(expected)} documents, found {len(ids)} ids, "
        f"{len(found)} different; missing {sorted(expected - found)[:5]}, too many {sorted(found - expected)[:5]}, "
        f"total {'right' if total_is_right else 'wrong'}")
    return len(ids)


def check_runs(random, findings, connection, corpus, fold, phrases, characters):
    drawn = draw(random, corpus, fold, phrases // 3, (2, 16), across_lines=True)
    across = len(drawn)
    drawn += draw(random, corpus, fold, phrases - across, (2, 16), across_lines=False)
    hits = 0
    for phrase in drawn:
        scanned = fold.scan(phrase)
        hits += compare(findings, connection, corpus, quoted(random, phrase, fold), corpus.holding(scanned), scanned)
    kana = sum(1 for phrase in drawn if re.search(f"[{folding.KANA}]", phrase))
    print(f"{corpus.path}: {len(drawn)} phrases ({across} across line ends, {kana} with kana), {hits} hits")
    alphabet = sorted({c for _, _, text in corpus.streams for c in text if RUN.match(c)})
    if not alphabet:
        return
    # Half of the characters as common as in the text, half of any frequency.
    singles = draw(random, corpus, fold, characters // 2, (1, 1), across_lines=False)
    singles += random.sample(alphabet, min(characters - len(singles), len(alphabet)))
    hits = 0
    for single in singles:
        scanned = fold.scan(single)
        hits += compare(findings, connection, corpus, f'"{single}"', corpus.holding(scanned), scanned)
    print(f"{corpus.path}: {len(singles)} single characters, {hits} hits")


def check_hangul(random, findings, connection, corpus, fold, count):
    """Quoted Hangul is found as printed; what is found holds it when white space is left out."""
    printed = [(key, " ".join(fold.fold(title).split()), " ".join(fold.fold(text).split()))
               for key, title, text in corpus.documents]
    places = [match[0] for _, _, text in corpus.documents for match in WORDS.finditer(text) if len(match[0]) > 1]
    if len(places) < 1000:
        return
    hits = 0
    for phrase in random.sample(places, count):
        # At a word's end, so that the phrase stands in the text as printed.
        folded = unicodedata.normalize("NFKC", phrase)
        ids, _ = connection.all_ids(f'"{phrase}"')
        must = {key for key, title, text in printed if folded in text or folded in title}
        may = corpus.holding(folded.replace(" ", ""))
        findings.expect(must <= set(ids) <= may,
                        f"{corpus.path}: \"{phrase}\": missing {sorted(must - set(ids))[:5]}, "
                        f"too many {sorted(set(ids) - may)[:5]}")
        hits += len(ids)
    print(f"{corpus.path}: {count} Hangul phrases, {hits} hits")


def main():
    parser = harness.parser(__doc__)
    parser.add_argument("--phrases", type=int, default=1000, help="for each corpus (1000)")
    parser.add_argument("--characters", type=int, default=200, help="single characters for each corpus (200)")
    parser.add_argument("--pieces", type=int, default=1, help="commits by which the documents come (1)")
    parser.add_argument("--unicode", default="/usr/share/unicode", help="the Unicode Character Database")
    parser.add_argument("corpora", nargs="+", metavar="CORPUS")
    arguments = parser.parse_args()
    random = harness.seeded(arguments.seed)
    fold = folding.Fold(arguments.unicode)
    findings = harness.Findings()
    for corpus_path in arguments.corpora:
        with harness.temporary_folder() as folder:
            path = as_json_lines(corpus_path, folder)
            without = build(random, arguments.programs, path, folder, arguments.pieces)
            corpus = Corpus(path, fold, without)
            corpus.path = corpus_path
            with harness.Daemon(arguments.programs, f"{folder}/index", f"{folder}/search.sock") as daemon:
                connection = daemon.connect()
                check_runs(random, findings, connection, corpus, fold, arguments.phrases, arguments.characters)
                check_hangul(random, findings, connection, corpus, fold, min(arguments.phrases, 300))
                connection.close()
    return findings.status()


if __name__ == "__main__":
    sys.exit(main())
