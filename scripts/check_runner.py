"""Runs one check: over the repository, or with --self-test over small trees that are wrong on purpose."""

import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


class Case:
    """A tree of files, and a piece of the complaint it must cause; None when there is nothing to complain about."""

    def __init__(self, name, files, complaint):
        self.name = name
        self.files = files
        self.complaint = complaint

    def failure(self, check):
        """What is wrong with `check`, judged by this case, or None."""
        with tempfile.TemporaryDirectory(prefix="zilin-check-") as folder:
            root = Path(folder)
            for path, content in self.files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(content, encoding="utf-8")
            problems = check(root)
        if self.complaint is None:
            return f"complains about a tree in order: {problems}" if problems else None
        if not any(self.complaint in problem for problem in problems):
            return f"'{self.complaint}' expected, found {problems}"
        return None


def run(check, cases):
    """The main program of a check; `check` takes the root folder and returns one sentence for each problem."""
    name = Path(sys.argv[0]).name
    if sys.argv[1:] == ["--self-test"]:
        failures = [(case, case.failure(check)) for case in cases]
        problems = [f"self-test '{case.name}': {failure}" for case, failure in failures if failure]
    elif len(sys.argv) == 1:
        problems = check(REPOSITORY)
    else:
        print(f"usage: {name} [--self-test]", file=sys.stderr)
        sys.exit(2)
    for problem in problems:
        print(f"{name}: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)
