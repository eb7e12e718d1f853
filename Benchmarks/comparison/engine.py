"""What every engine of the comparison can do: be built, be opened, and answer a round of queries."""

import subprocess
import time

from . import measure, queries

LIMIT = 10


class Engine:
    """One engine over one index folder. A round is all of the given queries, one behind another, timed inside."""

    name = None
    kinds = tuple(queries.KINDS)   # what it can be asked
    gives_totals = True            # whether it counts all hits
    warm_rounds = 1                # not measured, before the others
    note = ""                      # a line for the table's legend

    def __init__(self, dataset, folder):
        self.dataset = dataset
        self.index = folder / self.name
        self.log = folder / f"{self.name}.log"

    def missing(self):
        """Why it cannot take part; None when it can."""

    def version(self):
        raise NotImplementedError

    def build_commands(self):
        """The commands that make the index from nothing; the folder `index` is empty."""
        raise NotImplementedError

    def build(self):
        """Builds and returns what it took."""
        return measure.usage_of_all(self.build_commands(), self.log)

    def byte_counts(self):
        """The index' bytes by file suffix."""
        return measure.by_suffix(measure.byte_counts(self.index))

    def search_bytes(self):
        """The bytes of what is needed to find documents, without stored texts."""
        return sum(self.byte_counts().values())

    def open(self):
        """Starts what answers rounds."""

    def round(self, chosen):
        """Microseconds and hit count of each query, in order; the count is None where the engine gives none."""
        raise NotImplementedError

    def cold(self, query):
        """Milliseconds from nothing to the first answer, files in the page cache."""
        raise NotImplementedError

    def close(self):
        """Ends what `open` started."""


class Driver(Engine):
    """An engine behind a driver of ours: a process that reads the name of a file of queries on its input, asks them
    all, and writes nanoseconds and hits (-1: not counted) for each, then `end`.

    A line of the file is `kind TAB words TAB terms`, the latter two parted by spaces.
    """

    def __init__(self, dataset, folder):
        super().__init__(dataset, folder)
        self.process = None
        self.plan = folder / f"{self.name}.queries"

    def serve_command(self):
        raise NotImplementedError

    def start(self):
        messages = open(self.log, "ab")
        with messages:
            return subprocess.Popen([str(word) for word in self.serve_command()], stdin=subprocess.PIPE,
                                    stdout=subprocess.PIPE, stderr=messages, encoding="utf-8")

    def open(self):
        self.process = self.start()

    def ask(self, process, chosen):
        queries.write_rivals_file(self.plan, chosen)
        process.stdin.write(f"{self.plan}\n")
        process.stdin.flush()
        answers = []
        for line in process.stdout:
            if line == "end\n":
                break
            nanoseconds, hits = line.split("\t")
            answers.append((int(nanoseconds) / 1000, int(hits) if int(hits) >= 0 else None))
        if len(answers) != len(chosen):
            raise measure.CommandFailed(f"{self.name}: {len(answers)} answers to {len(chosen)} queries; see {self.log}")
        return answers

    def round(self, chosen):
        return self.ask(self.process, chosen)

    def cold(self, query):
        started = time.perf_counter()
        process = self.start()
        try:
            self.ask(process, [query])
            return (time.perf_counter() - started) * 1000
        finally:
            self.end(process)

    def close(self):
        if self.process:
            self.end(self.process)

    def end(self, process):
        process.stdin.close()
        process.stdout.close()
        process.wait()
