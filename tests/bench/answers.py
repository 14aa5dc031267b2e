#!/usr/bin/env python3
"""answers.py NEW OLD - whether two builds of backcast gave the same answer, value by value.

Both are files of one kind: .csv of `series`, .json, or text of which nothing is compared. A metric, a
key or a kind of finding that one of them lacks altogether is reported and left out; any other
difference ends it with 1, and is named. A program of its own, so that the driver's memory stays small (see measure.py).
"""

import csv
import json
import pathlib
import sys


class Different(Exception):
    """Says where, and both values."""


class Rows(dict):
    """Both must have all of these keys."""


def read(path):
    path = pathlib.Path(path)
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"))
    if path.suffix != ".csv":
        return {}
    metrics = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            date, metric, part = row.pop("date"), row.pop("metric"), row.pop("slice")
            metrics.setdefault(metric, Rows())[f"{part}, {date}"] = row
    return metrics


def named(rows):
    """Rows that have names by these; a list of other things as it is."""
    if not rows or not all(isinstance(row, dict) and "name" in row for row in rows):
        return None
    by_name = {f"{row['name']} {row.get('slice', '')}".rstrip(): row for row in rows}
    return by_name if len(by_name) == len(rows) else None


def by_kind(rows):
    """Findings by what they find; of other lists nothing."""
    if not rows or not all(isinstance(row, dict) and "finding" in row for row in rows):
        return None
    kinds = {}
    for row in rows:
        kinds.setdefault(row["finding"], []).append(
            {key: value for key, value in row.items() if key != "finding"})
    return kinds


def only(new):
    return f"only {'this' if new else 'the other'} build has it"


class Comparison:
    def __init__(self):
        self.values = 0
        self.left_out = set()

    def objects(self, new, old, where):
        for key in [*new, *(key for key in old if key not in new)]:
            inside = f"{where}, {key}" if where else key
            if key in new and key in old:
                self.compare(new[key], old[key], inside)
            elif isinstance(new, Rows):
                raise Different(f"{inside}: {only(key in new)}")
            else:
                self.left_out.add((inside, key in new))

    def lists(self, new, old, where):
        for keyed in (named(new), named(old)), (by_kind(new), by_kind(old)):
            if all(keyed):
                self.objects(*keyed, where)
                return
        if len(new) != len(old):
            raise Different(f"{where}: {len(new)} of this build, {len(old)} of the other")
        for i, (ours, theirs) in enumerate(zip(new, old), 1):
            self.compare(ours, theirs, f"{where} {i}")

    def compare(self, new, old, where):
        if isinstance(new, dict) and isinstance(old, dict):
            self.objects(new, old, where)
        elif isinstance(new, list) and isinstance(old, list):
            self.lists(new, old, where)
        elif type(new) is type(old) and new == old:
            self.values += 1
        else:
            raise Different(f"{where}: {json.dumps(new)} of this build, "
                            f"{json.dumps(old)} of the other")


def main():
    comparison = Comparison()
    try:
        comparison.compare(read(sys.argv[1]), read(sys.argv[2]), "")
    except Different as found:
        print(found, file=sys.stderr)
        return 1
    print(comparison.values)
    for where, ours in sorted(comparison.left_out):
        print(f"{where}: {only(ours)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
