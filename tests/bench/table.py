"""A run's figures as Markdown: the goals, the works beside each other, limits, growth."""

import datetime
import os
import pathlib
import platform

import measure
import pages_table
import peers
from goals import judge

SHARED = {
    "import": "import, synced, every projection current",
    "append": "1,000 events appended, synced",
    "one date": "all metrics at one date",
    "series": "weekly series, 520 dates",
    "history": "history of one deal",
}
LEARNING = {
    "cohort": "cohort of discovery, by one key",
    "signals": "signals at discovery, every key",
    "flow": "flow over a quarter",
    "stages": "stages, a year",
    "revenue": "revenue of 36 months",
    "experiments": "experiments, all",
    "review": "review of a week; of it DuckDB: figures, flow, stages",
}
OUR_OWN = {
    "rebuild": "rebuild of every projection from the log",
    "verify": "verify",
    "explain": "explain sqd",
    "audit": "audit",
    "diff": "diff of a quarter",
    "export": "export parquet, every table",
    "first opening": "one date, first after the import",
    "second opening": "one date, second after the import",
}
LIMITS = {
    "sst": "RocksDB: the log's records into a table file, ingested",
    "batches": "RocksDB: 1,000 records as one synced write",
    "scan": "RocksDB: the log read through",
    "memory": "memory read",
    "sha256": "SHA-256 of each record",
    "file": "the same bytes written to a file, synced",
}
MIB = 1 << 20
MEANT_FOR = 10_000_000


def figure(number):
    """Three digits that count, and never an exponent."""
    if number >= 100:
        return f"{number:.0f}"
    if number >= 10:
        return f"{number:.1f}"
    return f"{number:.2f}" if number >= 1 else f"{number:.3f}"


def row(*cells):
    return "| " + " | ".join(cells) + " |\n"


def head(*names):
    return row(*names) + row(*["---"] * len(names))


def cost_cell(cost):
    peak = "" if cost.peak_kb is None else f", {cost.peak_kb / 1024:.0f} MiB"
    return f"{figure(cost.wall)} s, {figure(cost.cpu)} cpu{peak}"


def cell(bench, work, system):
    costs = bench.costs[work].get(system)
    if costs:
        return cost_cell(measure.median(costs))
    return bench.slow.get((work, system), "–")


def ratio_cell(bench, work, peer):
    ours = measure.median(bench.costs[work].get("backcast"))
    theirs = measure.median(bench.costs[work].get(peer))
    if not ours or not theirs:
        return "–"
    return f"**{figure(ours.wall / theirs.wall)}**, {figure(ours.cpu / theirs.cpu)} cpu"


def machine():
    model = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return (f"{model}, {len(os.sched_getaffinity(0))} cores, {memory / (1 << 30):.0f} GiB, "
            f"Linux {platform.release()}")


def opening(bench):
    versions = ", ".join(f"{peer.name} {peer.version()}" for peer in bench.peers)
    text = (f"# {bench.events:,} events\n\n{datetime.date.today()}; {machine()}; "
            f"{bench.ours.version()}; {versions or 'no peers'}; {peers.THREADS} threads each.\n\n")
    for name, why in bench.absent.items():
        text += f"Without {name}: {why}.\n"
    for name, count in bench.compared.items():
        text += f"{count:,} values of {name} were compared with backcast's and are the same.\n"
    for name, count in bench.exported.items():
        text += (f"{count:,} values of {name} over an export as Parquet were, too, to 1e-12 of their "
                 "size.\n")
    return text + ("\nWhole processes: wall, cpu of all threads, peak memory; medians of runs in "
                   f"turn. No peak reads below {measure.FLOOR_KB // 1024} MiB, the driver's own. "
                   "A ratio is backcast's part of the peer's.\n")


def goals(bench):
    text = "\n## Goals\n\n"
    if bench.events < MEANT_FOR:
        text += f"They are meant for {MEANT_FOR:,} events.\n\n"
    text += head("work", "goal", "is", "cpu", "")
    for goal in judge(bench):
        text += row(goal.work, goal.goal, goal.found, goal.cpu, goal.verdict)
    return text


def works(bench):
    names = [peer.name for peer in bench.peers]
    columns = [column for name in names for column in (name, f"of {name}")]
    text = "\n## The same work\n\n" + head("work", "backcast", *columns)
    for work, words in SHARED.items():
        cells = [text_of for name in names
                 for text_of in (cell(bench, work, name), ratio_cell(bench, work, name))]
        text += row(words, cell(bench, work, "backcast"), *cells)
    disks = []
    for name in names:
        disks += [f"{bench.disks[name] / MIB:.1f} MiB",
                  f"**{figure(bench.disks['backcast'] / bench.disks[name])}**"]
    text += row("on disk", f"{bench.disks['backcast'] / MIB:.1f} MiB", *disks)
    text += (f"\nThe JSONL has {bench.disks['JSONL'] / MIB:.1f} MiB, "
             f"every table as Parquet {bench.disks['Parquet'] / MIB:.1f} MiB.\n")
    text += "\n## The learning half\n\n"
    for name, count in bench.learnt.items():
        text += f"{count:,} values of {name} were compared first, and are the same.\n\n"
    text += head("work", "backcast", "DuckDB", "of DuckDB")
    for work, words in LEARNING.items():
        text += row(words, cell(bench, work, "backcast"), cell(bench, work, "DuckDB"),
                    ratio_cell(bench, work, "DuckDB"))
    text += "\n## backcast alone\n\n" + head("work", "backcast")
    for work, words in OUR_OWN.items():
        text += row(words, cell(bench, work, "backcast"))
    return text


def limits(bench):
    text = "\n## What the machine allows\n\n" + head("work", "wall", "cpu", "a second", "an event")
    for name, words in LIMITS.items():
        count, records, wall, cpu = bench.limits[name]
        if name == "batches":
            times = records / 1000
            text += row(f"{words}, each", f"{wall / times * 1000:.2f} ms",
                        f"{cpu / times * 1000:.2f} ms", f"{count / wall / 1e6:.0f} MB",
                        f"{wall / records * 1e6:.2f} us")
        else:
            text += row(words, f"{figure(wall)} s", f"{figure(cpu)} s",
                        f"{count / wall / 1e6:,.0f} MB", f"{wall / records * 1e6:.3f} us")
    return text


def growth(bench):
    if not bench.small:
        return ""
    small_events = bench.small_events
    text = "\n## Growth\n\n" + head("work", f"at {small_events:,}", f"at {bench.events:,}",
                                    "an event, cpu", "grows by")
    for work in ("import", "one date", "series", "verify"):
        small = measure.median(bench.costs[work].get(bench.small.name))
        large = measure.median(bench.costs[work].get("backcast"))
        if small and large:
            less, more = small.cpu / small_events * 1e6, large.cpu / bench.events * 1e6
            text += row(work, cost_cell(small), cost_cell(large),
                        f"{figure(less)} us, then {figure(more)} us", figure(more / less))
    for work in ("append", "history"):
        small = measure.median(bench.costs[work].get(bench.small.name))
        large = measure.median(bench.costs[work].get("backcast"))
        if small and large:
            text += row(f"{work}, in all", cost_cell(small), cost_cell(large), "",
                        figure(large.cpu / small.cpu))
    small, large = bench.disks[bench.small.name], bench.disks["backcast"]
    text += row("on disk", f"{small / MIB:.1f} MiB", f"{large / MIB:.1f} MiB",
                f"{small / small_events:.1f} bytes, then {large / bench.events:.1f}",
                figure(large / bench.events / (small / small_events)))
    return text


def markdown(bench):
    return (opening(bench) + goals(bench) + works(bench) + limits(bench) + growth(bench) +
            pages_table.section(bench.pages, bench.ours.version(), machine()))
