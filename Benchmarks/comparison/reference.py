"""The text that all engines are held to: its fold, its tokens, and a plain scan of it.

NFKC and lower case are Python's. What the engine does besides to a character (Traditional to Simplified, radicals) is
asked of the engine, once for each character of the corpus, so that rivals index the same characters and no engine
finds more or less for having another table. White space between Han or kana characters is nothing, here as there.
"""

import bisect
import json
import re
import unicodedata

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebe0"
KANA = "\u3041-\u3096\u30a1-\u30fa\u30fc"
RUN_CHARACTERS = HAN + KANA
RUN_OR_WORD = re.compile(f"([{RUN_CHARACTERS}]+)|((?:(?![{RUN_CHARACTERS}])[^\\W_])+)")
INNER_SPACE = re.compile(f"(?<=[{RUN_CHARACTERS}])\\s+(?=[{RUN_CHARACTERS}])")
SPACE = re.compile(r"\s+")
HAN_RUN = re.compile(f"[{HAN}]+")
GAP = "|"  # a separator between two runs costs one position, written as this token


def normalized(text):
    """NFKC and lower case, without characters of format and variation selectors."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.lower()


class Fold:
    """The fold with the engine's table of characters."""

    def __init__(self, table):
        self.table = {ord(source): target for source, target in table.items()}

    @classmethod
    def of_corpus(cls, texts, programs):
        """Asks `searchctl inspect tokens` for each Han character and mark that the texts have."""
        characters = set()
        for text in texts:
            characters.update(normalized(text))
        table = {}
        for character in characters:
            if unicodedata.category(character) == "Cf" or unicodedata.name(character, "").startswith("VARIATION"):
                table[character] = None
        han = sorted(character for character in characters if HAN_RUN.fullmatch(character))
        for start in range(0, len(han), 4000):
            table.update(folded_characters(han[start:start + 4000], programs))
        return cls(table)

    def __call__(self, text):
        text = normalized(text).translate(self.table)
        return SPACE.sub(" ", INNER_SPACE.sub("", text)).strip()


def folded_characters(characters, programs):
    """Those characters that the engine reads as another, with that other one."""
    text = ",".join(characters)
    starts, offset = {}, 0
    for character in characters:
        starts[offset] = character
        offset += len(character.encode()) + 1
    tokens = json.loads(programs.must("inspect", "--json", "tokens", text))
    pairs = ((starts.get(token["start"]), token["term"]) for token in tokens)
    return {source: term for source, term in pairs if source and len(term) == 1 and source != term}


def tokens(folded):
    """Overlapping bigrams of each Han or kana run, a lone character itself, words, and gaps between what is apart."""
    result, end = [], None
    for match in RUN_OR_WORD.finditer(folded):
        if end is not None and match.start() > end:
            result.append(GAP)
        end = match.end()
        run = match[1]
        if run is None:
            result.append(match[2])
        else:
            result += bigrams(run)
    return result


def bigrams(run):
    """The bigrams of one run; a run of one character is its own."""
    return [run] if len(run) == 1 else [run[index:index + 2] for index in range(len(run) - 1)]


class Scan:
    """A plain scan over folded texts: one big string, documents told apart by where they begin."""

    def __init__(self, texts):
        self.starts, position = [], 0
        for text in texts:
            self.starts.append(position)
            position += len(text) + 1
        self.all = "\0".join(texts)

    def documents(self, pattern):
        """The numbers of the documents that hold `pattern`, as a set."""
        found, at = set(), self.all.find(pattern)
        while at >= 0:
            number = bisect.bisect_right(self.starts, at) - 1
            found.add(number)
            if number + 1 == len(self.starts):
                break
            at = self.all.find(pattern, self.starts[number + 1])
        return found

    def matching(self, kind, words):
        """The documents that match a query of a kind."""
        if kind == "and2":
            return set.intersection(*(self.documents(word) for word in words))
        if kind == "bag":
            words = bigrams(words[0])
        return set().union(*(self.documents(word) for word in words))
