"""The goals, as ratios within one run, and whether a run met them."""

import dataclasses

import measure
from works import LEARNING

LOAD = ("import", "DuckDB")
QUESTIONS = ("one date", "series", "history", "explain", "audit", "diff")
MIB = 1 << 20

# Work; the share that it may take of: a system's work; in wall time, cpu, or both told.
SHARES = [
    ("import", LOAD, "wall", 0.40),
    ("import", LOAD, "cpu", 0.35),
    ("append", ("append", "DuckDB"), "cpu", 0.3),
    ("append", ("append", "small"), "cpu", 1.25),
    ("rebuild", LOAD, "wall", 0.12),
    ("one date", ("one date", "DuckDB"), "wall", 0.05),
    ("series", ("series", "DuckDB"), "wall", 0.02),
    ("series", ("one date", "backcast"), "wall", 2),
    ("history", ("history", "DuckDB"), "wall", 0.08),
    ("history", ("history", "SQLite"), "wall", 3),
    ("history", ("history", "small"), "cpu", 1.25),
    ("verify", LOAD, "wall", 0.15),
    ("cohort", ("cohort", "DuckDB"), "wall", 0.15),
    ("signals", ("cohort", "backcast"), "wall", 3),
    ("flow", ("one date", "backcast"), "wall", 2),
    ("stages", ("one date", "backcast"), "wall", 2),
]
IMPORT_MIB, QUESTION_MIB, LEARNING_MIB = 512, 64, 128
DATE_SECONDS, INTERACTIVE_SECONDS, REVIEW_SECONDS, SMALL_SECONDS = 0.2, 1, 1, 0.1
INTERACTIVE_EVENTS = 1_000_000
JSONL_SHARE, DUCKDB_SHARE = 0.28, 0.8
GROWTH = 1.1


@dataclasses.dataclass
class Judged:
    work: str
    goal: str
    found: str
    cpu: str
    verdict: str


def verdict(met):
    return "met" if met else "**not met**"


def absent(work, goal):
    return Judged(work, goal, "–", "–", "not measured")


def figure(ratio):
    return f"{ratio:.3f}"


def cost(bench, work, system):
    if system == "small":
        system = bench.small.name if bench.small else None
    return measure.median(bench.costs[work].get(system))


def of_share(bench, work, other, told, most):
    other_work, system = other
    name = {"small": "the same at 100 thousand", "backcast": f"our {other_work}"}.get(
        system, system + ("" if work == other_work else "'s load"))
    goal = f"at most {most} of {name}, {told}"
    ours, theirs = cost(bench, work, "backcast"), cost(bench, *other)
    if not ours or not theirs:
        return absent(work, goal)
    wall, cpu = ours.wall / theirs.wall, ours.cpu / theirs.cpu
    return Judged(work, goal, figure(wall), figure(cpu),
                  verdict((cpu if told == "cpu" else wall) <= most))


def of_memory(bench, work, most):
    goal = f"at most {most} MiB of memory"
    ours = cost(bench, work, "backcast")
    if not ours:
        return absent(work, goal)
    peak = ours.peak_kb / 1024
    return Judged(work, goal, f"{peak:.0f} MiB", "", verdict(peak <= most))


def of_seconds(bench, work, most, system="backcast"):
    """On a machine that does nothing else, the wall time is no more than the cpu's."""
    goal = f"at most {most} s on a quiet machine"
    if system == "small":
        goal += ", at 100 thousand"
    ours = cost(bench, work, system)
    if not ours:
        return absent(work, goal)
    return Judged(work, goal, f"{ours.wall:.3f} s", f"{ours.cpu:.3f} s",
                  verdict(min(ours.wall, ours.cpu) <= most))


def of_disk(bench, name, most):
    goal = f"at most {most} of {name}"
    if name not in bench.disks:
        return absent("on disk", goal)
    share = bench.disks["backcast"] / bench.disks[name]
    return Judged("on disk", goal, figure(share), "", verdict(share <= most))


def of_growth(bench, work):
    goal = f"an event costs at most {GROWTH} of the same at 100 thousand, cpu"
    small, large = cost(bench, work, "small"), cost(bench, work, "backcast")
    if not small or not large:
        return absent(work, goal)
    more = bench.events / bench.small_events
    wall, cpu = large.wall / small.wall / more, large.cpu / small.cpu / more
    return Judged(work, goal, figure(wall), figure(cpu), verdict(cpu <= GROWTH))


def judge(bench):
    """Each goal in turn, as a line of a table."""
    for work, other, told, most in SHARES:
        yield of_share(bench, work, other, told, most)
    yield of_memory(bench, "import", IMPORT_MIB)
    for work in QUESTIONS:
        yield of_memory(bench, work, QUESTION_MIB)
    for work in LEARNING:
        yield of_memory(bench, work, LEARNING_MIB)
    yield of_seconds(bench, "one date", DATE_SECONDS)
    for work in ("revenue", "review"):
        yield of_seconds(bench, work, REVIEW_SECONDS)
    for work in LEARNING:
        yield of_seconds(bench, work, SMALL_SECONDS, "small" if bench.small else "backcast")
    if bench.events <= INTERACTIVE_EVENTS:
        for work in ("explain", "audit", "diff"):
            yield of_seconds(bench, work, INTERACTIVE_SECONDS)
    yield of_disk(bench, "JSONL", JSONL_SHARE)
    yield of_disk(bench, "DuckDB", DUCKDB_SHARE)
    for work in ("import", "one date", "series", "verify"):
        yield of_growth(bench, work)
