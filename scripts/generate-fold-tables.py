#!/usr/bin/env python3
"""Writes Sources/CJKTokenizer/Generated/FoldTables.swift from the Unicode Character Database.

    scripts/generate-fold-tables.py [--check] [UNICODE_FOLDER]

UNICODE_FOLDER defaults to /usr/share/unicode (Debian's package `unicode-data`). With --check nothing is written: the
exit status is 1 when the committed file differs from what would be written. The output depends on the Unicode data and
on scripts/fold-supplements.tsv only. A broken promise of the tables (see `verify`) ends the run with status 2.
"""

import bz2
import sys

sys.dont_write_bytecode = True

from unicode_tables import REPOSITORY, UNICODE_VERSION, require, run

OUTPUT = REPOSITORY / "Sources/CJKTokenizer/Generated/FoldTables.swift"
SUPPLEMENTS = REPOSITORY / "scripts/fold-supplements.tsv"

MAXIMUM_SUPPLEMENTS = 60
MAXIMUM_COLUMNS = 110
LAST_CODE_POINT = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)
HANGUL_SYLLABLES = range(0xAC00, 0xD7A4)
CJK_RADICALS = range(0x2E80, 0x2FE0)

# Characters that Unihan lists as their own simplified form, and that fold to the other one all the same.
SIMPLIFIED_DESPITE_THEMSELVES = {ord("徵"): ord("征"), ord("乾"): ord("干"), ord("夥"): ord("伙")}

# Characters with a simplified form that Simplified text uses all the same: 显著, 覆盖, 慰藉, 瞭望.
KEPT = "著覆藉瞭"

# 。！？； and ｡, with the forms that ！？； fold to.
SENTENCE_ENDS = {ord(character) for character in "。｡！!？?；;"}


def code_points():
    """Every Unicode scalar value, in order."""
    yield from range(0, SURROGATES.start)
    yield from range(SURROGATES.stop, LAST_CODE_POINT + 1)


# -- Reading the Unicode Character Database


def open_text(folder, name):
    path = folder / name
    if path.exists():
        return path.open(encoding="utf-8")
    packed = folder / (name + ".bz2")
    require(packed.exists(), f"{path}: missing; install the package unicode-data or name its folder")
    return bz2.open(packed, "rt", encoding="utf-8")


def rows(folder, name):
    """The semicolon-separated rows of a data file, comments and blank lines left out."""
    with open_text(folder, name) as lines:
        for line in lines:
            content = line.split("#", 1)[0].strip()
            if content:
                yield [part.strip() for part in content.split(";")]


def require_version(folder, stem):
    with open_text(folder, stem + ".txt") as lines:
        first = next(lines)
    require(
        f"{stem}-{UNICODE_VERSION}.txt" in first,
        f"{folder}/{stem}.txt: expected Unicode {UNICODE_VERSION}, found '{first.strip()}'",
    )


def span(text):
    """The range of `0041` or `0041..005A`."""
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def sequence(text):
    return tuple(int(part, 16) for part in text.split())


class UnicodeData:
    """What the tables need of the database, each property as a dictionary by code point."""

    def __init__(self, folder):
        for stem in ("DerivedNormalizationProps", "Scripts", "ScriptExtensions", "PropList"):
            require_version(folder, stem)
        self.read_characters(folder)
        self.casefold = {}
        self.excluded = set()
        for fields in rows(folder, "DerivedNormalizationProps.txt"):
            if fields[1] == "NFKC_CF":
                for c in span(fields[0]):
                    self.casefold[c] = sequence(fields[2])
            elif fields[1] == "Full_Composition_Exclusion":
                self.excluded.update(span(fields[0]))
        self.white_space = set()
        for fields in rows(folder, "PropList.txt"):
            if fields[1] == "White_Space":
                self.white_space.update(span(fields[0]))
        self.radicals = {}
        for fields in rows(folder, "EquivalentUnifiedIdeograph.txt"):
            for c in span(fields[0]):
                if c in CJK_RADICALS:
                    self.radicals[c] = int(fields[1], 16)
        self.read_scripts(folder)
        self.read_simplified_variants(folder)

    def read_characters(self, folder):
        self.category = {}
        self.combining_class = {}
        self.mapping = {}  # code point: (decomposition tag or "", sequence)
        first = None
        for fields in rows(folder, "UnicodeData.txt"):
            c, name, category, combining_class = int(fields[0], 16), fields[1], fields[2], int(fields[3])
            if name.endswith(", First>"):
                first = c
                continue
            for member in range(first if name.endswith(", Last>") else c, c + 1):
                self.category[member] = category
                if combining_class:
                    self.combining_class[member] = combining_class
            if fields[5]:
                tag, _, rest = fields[5].rpartition("> ")
                self.mapping[c] = (tag.lstrip("<"), sequence(rest))

    def read_scripts(self, folder):
        self.scripts = {}
        for fields in rows(folder, "Scripts.txt"):
            for c in span(fields[0]):
                self.scripts[c] = {fields[1]}
        names = {"Hani": "Han", "Hira": "Hiragana", "Kana": "Katakana"}
        for fields in rows(folder, "ScriptExtensions.txt"):
            for c in span(fields[0]):
                self.scripts[c] = self.scripts.get(c, set()) | {names.get(s, s) for s in fields[1].split()}

    def read_simplified_variants(self, folder):
        self.simplified = {}
        with open_text(folder, "Unihan_Variants.txt") as lines:
            for line in lines:
                fields = line.rstrip("\n").split("\t")
                if len(fields) == 3 and fields[1] == "kSimplifiedVariant":
                    variants = [int(variant.split("<")[0][2:], 16) for variant in fields[2].split()]
                    self.simplified[int(fields[0][2:], 16)] = variants


# -- Normalization (UAX #15)


class Normalizer:
    """NFD and NFC by this version's data; Python's own unicodedata is of whatever version Python was built with."""

    def __init__(self, data):
        self.combining_class = data.combining_class
        self.canonical = {c: s for c, (tag, s) in data.mapping.items() if not tag}
        self.all = {c: s for c, (_, s) in data.mapping.items()}
        self.pairs = {
            s: c for c, s in self.canonical.items() if len(s) == 2 and c not in data.excluded
        }

    def decompose(self, c, table):
        if c in HANGUL_SYLLABLES:
            index = c - HANGUL_SYLLABLES.start
            yield from (0x1100 + index // 588, 0x1161 + index % 588 // 28)
            if index % 28:
                yield 0x11A7 + index % 28
        elif c in table:
            for part in table[c]:
                yield from self.decompose(part, table)
        else:
            yield c

    def ordered(self, scalars, table):
        """Decomposed by `table`, marks in canonical order."""
        result = [part for c in scalars for part in self.decompose(c, table)]
        for end in range(1, len(result)):
            at, rank = end, self.combining_class.get(result[end], 0)
            while rank and at > 0 and self.combining_class.get(result[at - 1], 0) > rank:
                result[at - 1], result[at] = result[at], result[at - 1]
                at -= 1
        return result

    def nfd(self, scalars):
        return tuple(self.ordered(scalars, self.canonical))

    def nfkd(self, scalars):
        return tuple(self.ordered(scalars, self.all))

    def compose_pair(self, left, right):
        if left in range(0x1100, 0x1113) and right in range(0x1161, 0x1176):
            return HANGUL_SYLLABLES.start + ((left - 0x1100) * 21 + right - 0x1161) * 28
        is_open = left in HANGUL_SYLLABLES and (left - HANGUL_SYLLABLES.start) % 28 == 0
        if is_open and right in range(0x11A8, 0x11C3):
            return left + right - 0x11A7
        return self.pairs.get((left, right))

    def nfc(self, scalars):
        result, starter, last_class = [], None, 0
        for c in self.nfd(scalars):
            rank = self.combining_class.get(c, 0)
            adjacent = starter is not None and len(result) == starter + 1
            if starter is not None and (adjacent or (rank and last_class < rank)):
                composed = self.compose_pair(result[starter], c)
                if composed is not None:
                    result[starter] = composed
                    continue
            if rank == 0:
                starter = len(result)
            last_class = rank
            result.append(c)
        return tuple(result)


# -- The fold


def read_supplements(data):
    lines = SUPPLEMENTS.read_text(encoding="utf-8").splitlines()
    require(lines and lines[0].split("\t") == ["from", "to", "example", "reason"], f"{SUPPLEMENTS}: wrong header")
    require(len(lines) - 1 <= MAXIMUM_SUPPLEMENTS, f"{SUPPLEMENTS}: more than {MAXIMUM_SUPPLEMENTS} supplements")
    result = {}
    for number, line in enumerate(lines[1:], start=2):
        where = f"{SUPPLEMENTS}:{number}"
        fields = line.split("\t")
        require(len(fields) == 4 and all(fields), f"{where}: four columns expected, none empty")
        require(len(fields[0]) == 1 and len(fields[1]) == 1, f"{where}: 'from' and 'to' are one character each")
        source, target = ord(fields[0]), ord(fields[1])
        require(fields[0] in fields[2], f"{where}: the example does not contain {fields[0]}")
        require(source not in result, f"{where}: {fields[0]} is listed twice")
        require(fields[0] not in KEPT, f"{where}: {fields[0]} is a character of Simplified text too")
        require(source != target, f"{where}: {fields[0]} to itself")
        result[source] = target
    return result


def simplifications(data, supplements):
    """One step of Traditional to Simplified, by code point."""
    result = {}
    for c, variants in data.simplified.items():
        if c in variants:
            if c in SIMPLIFIED_DESPITE_THEMSELVES:
                require(SIMPLIFIED_DESPITE_THEMSELVES[c] in variants, f"U+{c:04X}: its exception is not in Unihan")
                result[c] = SIMPLIFIED_DESPITE_THEMSELVES[c]
            continue
        allowed = [variant for variant in variants if not (c <= 0xFFFF < variant)]
        if allowed:
            result[c] = allowed[0]
    for c, target in supplements.items():
        require(result.get(c) != target, f"{SUPPLEMENTS}: {chr(c)} already folds to {chr(target)} by Unihan")
        result[c] = target
    return result


class Fold:
    """F(c) = post(NFC(NFKC_CF(c))), and NFD(NFKC_CF(c))."""

    def __init__(self, data, supplements):
        self.data = data
        self.normalizer = Normalizer(data)
        self.simplifications = simplifications(data, supplements)

    def post(self, c):
        """Radicals to ideographs, Traditional to Simplified, until nothing changes."""
        seen = []
        while True:
            require(c not in seen, "Traditional to Simplified runs in a circle: " + " ".join(map(chr, seen)))
            seen.append(c)
            following = self.data.radicals.get(c, c)
            following = self.simplifications.get(following, following)
            if following == c:
                return c
            c = following

    def casefolded(self, c):
        return self.data.casefold.get(c, (c,))

    def fold(self, c):
        return tuple(self.post(part) for part in self.normalizer.nfc(self.casefolded(c)))

    def decomposition(self, c):
        return self.normalizer.nfd(self.casefolded(c))


def classify(data, c):
    """The letter of the class of `c`, or None for a gap."""
    category = data.category.get(c, "Cn")
    scripts = data.scripts.get(c, set())
    if c in data.white_space:
        return "W"
    if c in SENTENCE_ENDS:
        return "S"
    if category[0] == "L" or category == "Nl":
        if scripts & {"Han", "Hiragana", "Katakana"}:
            return "H"
        return "K" if "Hangul" in scripts else "L"
    if category == "Nd":
        return "D"
    return "M" if category[0] == "M" else None


def is_compatibility_digit(data, normalizer, c):
    """Whether `c` stands for a number in a form of its own: ² ① ½ ㏿ ㍘, but neither ２ nor 𝟐."""
    tag = data.mapping.get(c, ("", ()))[0]
    if not tag or tag in {"wide", "narrow", "font"} or data.category.get(c) == "Nd":
        return False
    return any(data.category.get(part) == "Nd" for part in normalizer.nfkd((c,)))


# -- Promises


def verify(fold, folds, classes):
    """Fails when the tables are not what the tokenizer relies on."""
    for c in code_points():
        for part in folds.get(c, (c,)):
            require(part not in SURROGATES, f"U+{c:04X} folds to the surrogate U+{part:04X}")
            require(part not in folds, f"U+{c:04X} folds to U+{part:04X}, which folds on")
        once = folds.get(c, (c,))
        twice = tuple(part for scalar in once for part in folds.get(scalar, (scalar,)))
        require(once == twice, f"folding U+{c:04X} twice differs from folding it once")
    for c, target in fold.simplifications.items():
        require(not (c <= 0xFFFF < target), f"U+{c:04X} simplifies from the BMP to U+{target:04X}")
        require(classes.get(c) == "H" == classes.get(target), f"U+{c:04X} simplifies to or from what is no ideograph")
    for c in HANGUL_SYLLABLES:
        require(c not in folds, f"the Hangul syllable U+{c:04X} folds to something else")
    for text, expected in (
        ("託鑑僱諮遊淨週佈", "托鉴雇咨游净周布"), ("徵乾夥" + KEPT, "征干伙" + KEPT),
        ("她他三叁", "她他三叁"),
        ("Ａ１！ⅣÅ", "a1!ivå"), ("ㅎ⺝⼯", "ᄒ月工"), ("ß\u00ad\u200b\ufe0f\U000e0100", "ss"),
    ):
        found = "".join(chr(part) for character in text for part in fold.fold(ord(character)))
        require(found == expected, f"{text} folds to {found}; {expected} expected")
    for characters, expected in (
        ("一丁〇々〆〻〡〸〱ーゝゞヽヾヶㇰ㐀\U00020000\U0002b740\U0002ebe0\U00030000\U00031350\U0001b002", "H"),
        ("가힣\u1100\u1161\u11a8", "K"), ("aéㄅㆠꀀↀ", "L"), ("0٣", "D"), ("\u3099\u309a\u302a\u0301", "M"),
        ("。!?;", "S"), (" \t\n\u3000", "W"),
        (".,、・：「」（）○◯＝゠\ue000\U000f0000\u0000℃㎡→", None),
    ):
        for character in characters:
            found = classes.get(ord(character))
            require(found == expected, f"U+{ord(character):04X} is of class {found}; {expected} expected")


# -- Writing


def name(start, end):
    return f"{start:X}" if start == end else f"{start:X}-{end:X}"


def compressed(table):
    """`KEY=A.B.C` entries in order; consecutive keys with consecutive single scalars, or with nothing, become one."""
    runs = []
    for c in sorted(table):
        values = table[c]
        if runs and runs[-1][1] == c - 1:
            start, _, first = runs[-1]
            continues = len(values) == len(first) == 1 and values[0] == first[0] + c - start
            if continues or (not values and not first):
                runs[-1][1] = c
                continue
        runs.append([c, c, values])
    return [name(start, end) + "=" + ".".join(f"{v:X}" for v in values) for start, end, values in runs]


def ranges(table):
    """`START-END=X` of a dictionary from code point to a value's text; always both ends."""
    runs = []
    for c in sorted(table):
        if runs and runs[-1][1] == c - 1 and runs[-1][2] == table[c]:
            runs[-1][1] = c
        else:
            runs.append([c, c, table[c]])
    return [f"{start:X}-{end:X}" + (f"={value}" if value else "") for start, end, value in runs]


def literal(property_name, comment, entries):
    lines, line = [], "   "
    for entry in entries:
        if len(line) + 1 + len(entry) > MAXIMUM_COLUMNS:
            lines.append(line)
            line = "   "
        line += " " + entry
    lines.append(line)
    head = "".join(f"  /// {part}".rstrip() + "\n" for part in comment)
    return f'{head}  static let {property_name}: StaticString = """\n' + "\n".join(lines) + '\n    """\n'


def source(folder):
    """The text of the Swift file, and how many entries each table has."""
    data = UnicodeData(folder)
    fold = Fold(data, read_supplements(data))
    folds, decompositions, classes, digits = {}, {}, {}, {}
    for c in code_points():
        folded = fold.fold(c)
        if folded != (c,):
            folds[c] = folded
        if c not in HANGUL_SYLLABLES:
            decomposed = fold.decomposition(c)
            if decomposed != (c,):
                decompositions[c] = decomposed
        letter = classify(data, c)
        if letter:
            classes[c] = letter
        if is_compatibility_digit(data, fold.normalizer, c):
            digits[c] = ""
    verify(fold, folds, classes)
    compositions = [f"{a:X}.{b:X}={c:X}" for (a, b), c in sorted(fold.normalizer.pairs.items())]
    combining = {c: f"{rank:X}" for c, rank in data.combining_class.items()}
    tables = [
        ("folds", [
            "What a scalar that stands alone folds to: `KEY=A.B.C`, `KEY=` for nothing.",
            "",
            "`KEY-END=A`: the keys from KEY to END fold to A, A+1, and so on; `KEY-END=`: they all fold to nothing.",
            "What is not listed folds to itself.",
        ], compressed(folds)),
        ("decompositions", [
            "NFD(NFKC_Casefold(scalar)) in the same form, for a cluster of several scalars.",
            "",
            "Hangul syllables are not listed.",
        ], compressed(decompositions)),
        ("combiningClasses", ["Canonical combining classes other than zero: `START-END=CLASS`."], ranges(combining)),
        ("compositions", ["Primary composites, without Hangul syllables: `A.B=C`."], compositions),
        ("classes", [
            "Classes of folded scalars: `START-END=X`.",
            "",
            "W white space, H Han or kana, K Hangul, L other letter, D decimal digit, M mark, S end of a sentence.",
            "What is not listed is a gap.",
        ], ranges(classes)),
        ("compatibilityDigits", [
            "Scalars, before folding, that stand for a number in a form of its own (² ① ½): `START-END`.",
        ], ranges(digits)),
    ]
    body = "\n".join(literal(*table) for table in tables)
    text = f"""\
// swift-format-ignore-file
// Generated by scripts/generate-fold-tables.py from Unicode {UNICODE_VERSION}: UnicodeData.txt,
// DerivedNormalizationProps.txt, EquivalentUnifiedIdeograph.txt, PropList.txt, Scripts.txt, ScriptExtensions.txt,
// Unihan_Variants.txt; and from scripts/fold-supplements.tsv. Do not edit: `make golden` writes it anew.

/// Folding and classification of Unicode scalars, as text: entries between white space, numbers in upper-case hex.
enum FoldTables {{
  /// The version of the Unicode data.
  static let unicodeVersion = "{UNICODE_VERSION}"

{body}}}
"""
    require(text.isascii() or all(line.isascii() or "//" in line for line in text.splitlines()), "a table is not ASCII")
    return text, ", ".join(f"{table[0]} {len(table[2])}" for table in tables)


if __name__ == "__main__":
    sys.exit(run("Writes the fold tables from the Unicode Character Database.", OUTPUT, source))
