"""Swift source without its comments and strings: what the checks need to know of a file, not a parser."""

import re

OPENING = re.compile(r'//|/\*|(?P<hashes>#*)(?P<quotes>"""|")')
MODIFIERS = r"(?:@\w+(?:\([^)]*\))?\s+|(?:public|package|internal|open|final|indirect|nonisolated|distributed)\s+)*"
TYPE = re.compile(
    r"(?P<hidden>\b(?:private|fileprivate)\s+)?" + MODIFIERS
    + r"(?<!import )\b(?:struct|class|enum|protocol|actor|typealias)\s+(?P<name>\w+)"
)
IMPORT = re.compile(
    r"^[ \t]*(?:@\w+(?:\([^)]*\))?\s+|(?:public|package|internal|fileprivate|private)\s+)*"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(?P<module>\w+)",
    re.MULTILINE,
)
TOKEN = re.compile(r"\w+|\.+|[^\w\s.]")


def code(text):
    """`text` with comments and strings made blank, line breaks and interpolated expressions kept."""
    result = []
    _copy_code(text, 0, result, inside_interpolation=False)
    return "".join(result)


def _blank(piece):
    return "".join("\n" if character == "\n" else " " for character in piece)


def _copy_code(text, at, result, inside_interpolation):
    depth = 0
    while at < len(text):
        opening = OPENING.match(text, at)
        if opening is None:
            if inside_interpolation and text[at] == ")" and depth == 0:
                return at
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            result.append(text[at])
            at += 1
        elif opening["quotes"]:
            at = _copy_string(text, opening, result)
        else:
            end = _comment_end(text, at)
            result.append(_blank(text[at:end]))
            at = end
    return at


def _comment_end(text, at):
    if text.startswith("//", at):
        end = text.find("\n", at)
        return len(text) if end < 0 else end
    depth = 0
    for mark in re.compile(r"/\*|\*/").finditer(text, at):
        depth += 1 if mark[0] == "/*" else -1
        if depth == 0:
            return mark.end()
    return len(text)


def _copy_string(text, opening, result):
    closing = opening["quotes"] + opening["hashes"]
    escape = "\\" + opening["hashes"]
    at = opening.end()
    result.append(_blank(opening[0]))
    while at < len(text) and not text.startswith(closing, at):
        if text.startswith(escape + "(", at):
            result.append(_blank(escape + "("))
            at = _copy_code(text, at + len(escape) + 1, result, inside_interpolation=True)
        step = len(escape) + 1 if text.startswith(escape, at) else 1
        result.append(_blank(text[at:at + step]))
        at += step
    result.append(_blank(closing))
    return at + len(closing)


def imports(text):
    """The modules a file imports, with the line of each."""
    stripped = code(text)
    found = IMPORT.finditer(stripped)
    return [(match["module"], stripped.count("\n", 0, match.start("module")) + 1) for match in found]


def file_scope_types(text):
    """The names of the types declared at file scope that other files can see."""
    stripped = code(text)
    outer, depth = [], 0
    for character in stripped:
        depth -= character == "}"
        outer.append(character if depth == 0 else "\n" if character == "\n" else " ")
        depth += character == "{"
    return [match["name"] for match in TYPE.finditer("".join(outer)) if not match["hidden"]]


def declared_types(text):
    """The names of all types a file declares, nested and private ones too."""
    return {match["name"] for match in TYPE.finditer(code(text))}


def mentions(text, module):
    """Identifiers with their lines; members (`x.Name`) are left out unless `module` qualifies them."""
    stripped = code(text)
    result, line, counted = [], 1, 0
    before, previous = "", ""
    for token in TOKEN.finditer(stripped):
        word = token[0]
        is_member = previous == "." and before != module
        if (word[0].isalpha() or word[0] == "_") and not is_member:
            line += stripped.count("\n", counted, token.start())
            counted = token.start()
            result.append((word, line))
        before, previous = previous, word
    return result
