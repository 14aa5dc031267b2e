"""What is asked of backcast in the benchmark, at which dates, and of which history."""

import datetime
import os
import pathlib
import sys

import measure

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILT = ROOT / "build" / "release"
WORK = ROOT / "build" / "bench"
SIZES = {"100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
SEED = 1

DATE = "2025-06-30"
BEFORE = "2025-03-31"  # a quarter earlier, for `diff` and `flow`
END = datetime.date(2026, 1, 1)  # a feed's day is as many days later
DATES = [str(datetime.date(2016, 1, 3) + datetime.timedelta(weeks=week)) for week in range(520)]

SAMPLE = ROOT / "tests" / "sample" / "sample.jsonl"
PAGES_EVENTS = 1_000_000  # pages are for those who look: of more they are not measured
# Of which day pages are, and what the time is then, unless it is now.
PAGES_OF = {"sample": ("2026-03-29", "2026-03-30T08:00:00Z"), "history": (DATE, "")}

MONTHS = ("2024-01", "2026-12")  # 36, half of them to come

SINCE = "2025-06-23"  # a week before, for `review`
WEEKS = [str(datetime.date.fromisoformat(DATE) - datetime.timedelta(weeks=back))
         for back in reversed(range(14))]  # the dates of its figures

# What DuckDB answers, too: peers/duckdb/learning/WORK.sql. Of a review it answers, as one script, the
# figures of those weeks, the flow and the stages.
LEARNING = {
    "cohort": ("cohorts", "--at", "discovery", "--by", "tier", "--as-of", DATE, "--json"),
    "signals": ("signals", "--at", "discovery", "--as-of", DATE, "--json"),
    "flow": ("flow", "--from", BEFORE, "--to", DATE, "--json"),
    "stages": ("stages", "--as-of", DATE, "--json"),
    "revenue": ("revenue", "--as-of", DATE, "--from", MONTHS[0], "--to", MONTHS[1], "--json"),
    "experiments": ("experiments", "--as-of", DATE, "--json"),
    "review": ("review", "--since", SINCE, "--as-of", DATE, "--json"),
}

OUR_OWN = {
    "verify": ("verify",),
    "rebuild": ("rebuild",),
    "explain": ("explain", "sqd", "--as-of", DATE, "--json"),
    "audit": ("audit", "--as-of", DATE, "--json"),
    "diff": ("diff", "--as-of", BEFORE, "--vs-as-of", DATE, "--json"),
}


def browser_python():
    """Debian's Selenium goes with Debian's own Python."""
    own = "/usr/bin/python3"
    return own if os.access(own, os.X_OK) else sys.executable


def generate(program, events, folder, feed=None):
    """A file of the history, or one of a thousand events that come after it."""
    path = folder / (f"feed-{feed}.jsonl" if feed else "events.jsonl")
    making = path.with_suffix(".making")
    measure.run([str(program), str(events), str(SEED), *([str(feed)] if feed else [])],
                out=str(making))
    pathlib.Path(f"{making}.err").unlink()
    making.rename(path)
    return path


def a_deal(file):
    """One of which the middle of the file tells."""
    with open(file, "rb") as events:
        events.seek(file.stat().st_size // 2)
        events.readline()
        for line in events:
            deal = line.partition(b'"deal":"')[2].partition(b'"')[0].decode()
            if deal:
                return deal
    raise SystemExit("bench: the file names no deal")


def last_day(feeds):
    """A day by which all has occurred that so many feeds bring."""
    return str(END + datetime.timedelta(days=feeds + 1))
