"""What the scripts share that write tables from Unicode's data: promises, and the command line."""

import argparse
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
UNICODE_VERSION = "15.0.0"


class BrokenPromise(Exception):
    """A table, or the data it is made from, is not what the program relies on."""


def require(condition, message):
    if not condition:
        raise BrokenPromise(message)


def run(description, output, source):
    """Writes what `source` makes of the Unicode folder, a text and a summary, or compares; returns the exit status."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", nargs="?", default="/usr/share/unicode", help="default: /usr/share/unicode")
    parser.add_argument("--check", action="store_true", help="compare with the committed file instead of writing")
    arguments = parser.parse_args()
    try:
        text, summary = source(Path(arguments.folder))
    except BrokenPromise as broken:
        print(f"{Path(sys.argv[0]).stem}: {broken}", file=sys.stderr)
        return 2
    if arguments.check:
        committed = output.read_text(encoding="utf-8") if output.exists() else ""
        if committed != text:
            print(f"{output.relative_to(REPOSITORY)}: differs from what the Unicode data say; run 'make golden'.",
                  file=sys.stderr)
            return 1
        return 0
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text, encoding="utf-8")
    print(f"{summary}; {len(text.encode())} bytes")
    return 0
