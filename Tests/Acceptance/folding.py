"""A second opinion on what "the same text" means: the fold of ARCHITECTURE.md, written from its words alone.

It shares no code and no table with the engine: NFKC and case folding are Python's, the rest is read from Debian's
`unicode-data` and from scripts/fold-supplements.tsv.
"""

import bz2
import re
import sys
import unicodedata
from pathlib import Path

SUPPLEMENTS = Path(__file__).resolve().parent.parent.parent / "scripts" / "fold-supplements.tsv"

# White_Space of the Unicode Character Database; str.isspace() knows four more.
WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
WHITE_SPACE_PATTERN = re.compile(f"[{WHITE_SPACE}]+")

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df\U0002a700-\U0002ebe0"
KANA = "\u3041-\u3096\u30a1-\u30fa\u30fc"
HANGUL = "\uac00-\ud7a3"

# Characters that Unihan lists as their own simplified form, and that fold to the other one all the same.
SIMPLIFIED_DESPITE_THEMSELVES = {"徵": "征", "乾": "干", "夥": "伙"}


def ranges(path, wanted):
    """The code points of a file of the Unicode Character Database whose property is `wanted`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if len(fields) == 2 and fields[1] == wanted:
            first, _, last = fields[0].partition("..")
            yield from range(int(first, 16), int(last or first, 16) + 1)


def simplified_variants(folder):
    """kSimplifiedVariant: each character with its forms, in Unihan's order."""
    with bz2.open(folder / "Unihan_Variants.txt.bz2", "rt", encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 3 and fields[1] == "kSimplifiedVariant":
                yield chr(int(fields[0][2:], 16)), [chr(int(form[2:], 16)) for form in fields[2].split()]


class Fold:
    """Folds text; `scan` gives the text in which a plain search finds what a quoted phrase must find."""

    def __init__(self, folder="/usr/share/unicode"):
        folder = Path(folder)
        if not (folder / "Unihan_Variants.txt.bz2").exists():
            sys.exit(f"{folder}: no Unicode data; install Debian's package unicode-data")
        self.ignorables = dict.fromkeys(
            ranges(folder / "DerivedCoreProperties.txt", "Default_Ignorable_Code_Point"), None)
        step = {chr(first): chr(last) for first, last in self.radicals(folder)}
        step.update(self.simplifications(folder))
        self.characters = str.maketrans({source: self.settled(source, step) for source in step})

    @staticmethod
    def radicals(folder):
        for line in (folder / "EquivalentUnifiedIdeograph.txt").read_text(encoding="utf-8").splitlines():
            fields = [field.strip() for field in line.split("#")[0].split(";")]
            if len(fields) == 2:
                first, _, last = fields[0].partition("..")
                for code_point in range(int(first, 16), int(last or first, 16) + 1):
                    yield code_point, int(fields[1], 16)

    @staticmethod
    def simplifications(folder):
        result = {}
        for character, forms in simplified_variants(folder):
            if character in forms:
                if character in SIMPLIFIED_DESPITE_THEMSELVES:
                    result[character] = SIMPLIFIED_DESPITE_THEMSELVES[character]
                continue
            forms = [form for form in forms if not character <= "\uffff" < form]
            if forms:
                result[character] = forms[0]
        for line in SUPPLEMENTS.read_text(encoding="utf-8").splitlines()[1:]:
            source, target = line.split("\t")[:2]
            result[source] = target
        return result

    @staticmethod
    def settled(character, step):
        for _ in range(10):
            following = step.get(character, character)
            if following == character:
                return character
            character = following
        sys.exit(f"the fold of {character} runs in a circle")

    def fold(self, text):
        """NFKC, case folding, no default-ignorable characters, radicals as ideographs, Traditional as Simplified."""
        text = unicodedata.normalize("NFKC", text.translate(self.ignorables)).casefold()
        text = unicodedata.normalize("NFKC", text).translate(self.ignorables)
        return text.translate(self.characters)

    def scan(self, text):
        """The folded text without white space."""
        return WHITE_SPACE_PATTERN.sub("", self.fold(text))
