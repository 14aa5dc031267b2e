#!/usr/bin/env python3
"""coverage.py BUILD [FOLDER] - what the tests have run of our code, by the counters that gcc keeps.

A line for each folder, whose headers are counted with it; with FOLDER (or a file) the lines in it that
no test has run, as FILE:LINE. What several objects have of one header is one: it has run if any has.
Not counted are the branches of assertions, whose failing is nobody's test, and those that C++ takes
when something is thrown. `./run coverage` builds, runs the tests, and calls this."""

import collections
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
FLOORS = ("ledger", "projections", "tools")
KINDS = ("lines", "branches", "functions")


def source_lines(path):
    return (ROOT / path).read_text(encoding="utf-8").split("\n")


class Counts:
    def __init__(self, read=source_lines):
        self.read = read
        self.texts = {}
        # kind -> file -> what is counted, whose first part is its line -> has it run?
        self.ran = {kind: collections.defaultdict(dict) for kind in KINDS}

    def note(self, kind, path, what, ran):
        counted = self.ran[kind][path]
        counted[what] = counted.get(what, False) or ran

    def text(self, path, line):
        if path not in self.texts:
            self.texts[path] = self.read(path)
        if line > len(self.texts[path]):
            raise SystemExit(f"coverage: {path} has changed since it was counted")
        return self.texts[path][line - 1].strip()

    def add(self, answer):
        """What `gcov --json-format` says of one object."""
        for file in answer["files"]:
            path = os.path.normpath(file["file"])
            if not path.startswith(tuple(f"{floor}/" for floor in FLOORS)):
                continue
            for function in file["functions"]:
                self.note("functions", path, (function["start_line"], function["name"]),
                          function["execution_count"] > 0)
            for line in file["lines"]:
                self.add_line(path, line)

    def add_line(self, path, line):
        number = line["line_number"]
        self.note("lines", path, (number,), line["count"] > 0)
        if self.text(path, number).startswith("assert("):
            return
        for i, branch in enumerate(line["branches"]):
            if not branch["throw"]:
                self.note("branches", path, (number, line.get("function_name"), i),
                          branch["count"] > 0)

    def folders(self):
        """Folder -> kind -> (how many have run, how many there are)."""
        found = {}
        for kind in KINDS:
            for path, counted in self.ran[kind].items():
                ran, of = found.setdefault(os.path.dirname(path), {}).get(kind, (0, 0))
                found[os.path.dirname(path)][kind] = (ran + sum(counted.values()),
                                                      of + len(counted))
        return found

    def missed(self, place):
        """The lines in a folder or a file that have not run, as (file, line)."""
        return [(path, line) for path, counted in sorted(self.ran["lines"].items())
                if place in (path, os.path.dirname(path)) or path.startswith(f"{place}/")
                for (line,), ran in sorted(counted.items()) if not ran]


def cell(ran, of):
    """Rounded down: all is 100 % only where it is all."""
    return f"{ran * 1000 // of / 10:5.1f} % of {of:6,}" if of else "–"


def table(folders):
    rows = sorted(folders.items(), key=lambda row: (FLOORS.index(row[0].split("/")[0]), row[0]))
    total = {kind: tuple(map(sum, zip(*(row.get(kind, (0, 0)) for _, row in rows))))
             for kind in KINDS}
    text = f"{'FOLDER':24}" + "".join(f"{kind.upper():>19}" for kind in KINDS) + "\n"
    for folder, row in [*rows, ("all", total)]:
        text += f"{folder:24}"
        text += "".join(f"{cell(*row.get(kind, (0, 0))):>19}" for kind in KINDS) + "\n"
    return text


def objects(build):
    found = [path for floor in FLOORS for path in sorted((build / floor).rglob("*.gcno"))]
    if not any(path.with_suffix(".gcda").exists() for path in found):
        raise SystemExit(f"coverage: nothing was counted in {build}")
    return found


def counts(build):
    found = Counts()
    for path in objects(build):
        said = subprocess.run(["gcov", "--json-format", "--stdout", "--branch-probabilities",
                               str(path)], check=True, capture_output=True, text=True).stdout
        for line in said.splitlines():
            found.add(json.loads(line))
    return found


def main():
    found = counts(pathlib.Path(sys.argv[1]))
    if len(sys.argv) < 3:
        print(table(found.folders()), end="")
        return
    place = os.path.normpath(sys.argv[2])
    if not (ROOT / place).exists() or place.split("/")[0] not in FLOORS:
        raise SystemExit(f"coverage: there is no {place} in {', '.join(FLOORS)}")
    for path, line in found.missed(place):
        print(f"{path}:{line}: {found.text(path, line)}")


if __name__ == "__main__":
    main()
