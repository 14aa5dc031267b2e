#!/usr/bin/env python3
"""compare.py OURS THEIRS NAME [NEAR] - whether two answers are the same, value by value.

OURS is the CSV of `backcast series`, THEIRS what a peer printed: date, metric, slice, value, n by
tabs. Counts and every n must be equal, means and rates to NEAR of their size (1e-9). Ends with 1 at
the first difference, and names it. A program of its own, so that the memory of the driver stays small
(see measure.py).
"""

import csv
import sys

NEAR = 1e-9
# Rates and means; all else is counted.
COMPUTED = {"outreach_email_open_rate", "outreach_to_discovery", "discovery_to_proposal",
            "days_in_pipeline", "days_in_discovery"}


def rows(path, delimiter):
    found = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter=delimiter):
            if len(row) != 5:
                raise SystemExit(f"bench: {path}: no answer: {row}")
            if row[0] != "date":
                found[tuple(row[:3])] = (row[3], row[4])
    return found


def same(ours, theirs, near):
    if "" in (ours, theirs):
        return ours == theirs
    ours, theirs = float(ours), float(theirs)
    return abs(ours - theirs) <= near * max(abs(ours), abs(theirs))


def difference(ours, theirs, name, close):
    """The first, in words; None where there is none."""
    for key in sorted(ours.keys() | theirs.keys()):
        where = f"{key[1]}, slice {key[2]}, {key[0]}"
        if key not in theirs:
            return f"{where}: {name} says nothing"
        if key not in ours:
            return f"{where}: only {name} says something: {theirs[key]}"
        for what, our, their in zip(("value", "n"), ours[key], theirs[key]):
            near = close if what == "value" and key[1] in COMPUTED else 0
            if not same(our, their, near):
                return (f"{where}: backcast's {what} is {our or 'null'}, "
                        f"{name}'s is {their or 'null'}")
    return None


def main():
    ours, theirs = rows(sys.argv[1], ","), rows(sys.argv[2], "\t")
    close = float(sys.argv[4]) if len(sys.argv) > 4 else NEAR
    found = difference(ours, theirs, sys.argv[3], close)
    if found:
        print(f"bench: {found}", file=sys.stderr)
        return 1
    print(len(ours) * 2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
