#!/usr/bin/env python3
"""bench.py [SIZE] [--keep] [--write] [--pages | --against BUILD] - backcast beside who does the same work.

Makes a history, loads it everywhere, compares every value, and only then times: in rounds, each
system in turn, so that a machine that slows down slows all of them. Prints a table of medians and
ratios beside the goals, and writes it to build/bench/results-SIZE.md. With --against it is beside
another build of backcast alone, and the table is in build/bench/against-SIZE.md; with --pages only pages
are measured, in a browser, and the table is in build/bench/pages-SIZE.md.
"""

import argparse
import collections
import datetime
import json
import pathlib
import shutil
import subprocess
import sys

import against
import measure
import pages_table
import peers
import table
import works
from works import BUILT, DATE, DATES, ROOT, SIZES, WORK

SMALL = "100k"  # beside which the asked size shows what grows
FEW_DATES = DATES[39::40]  # where all of them take too long

RUNS = 5
PAGES_STEPS = 20
NO_BROWSER = 77  # how a test ends that is skipped
LIMIT = 600  # seconds a run, and a work of a system in all


class Bench:
    def __init__(self, size, keep):
        self.size, self.keep = size, keep
        self.events = SIZES[size]
        self.folder = WORK / size
        self.folder.mkdir(parents=True, exist_ok=True)
        self.small_folder = WORK / SMALL
        self.small_folder.mkdir(parents=True, exist_ok=True)
        self.ours = peers.Backcast(BUILT / "backcast", self.folder)
        self.small, self.small_events = None, SIZES[SMALL]
        self.peers, self.absent = [], {}
        self.server = None
        self.costs = collections.defaultdict(lambda: collections.defaultdict(list))
        self.slow = {}  # (work, system) -> why there is no figure
        self.disks, self.limits = {}, {}
        self.compared = {}  # peer -> how many values
        self.learnt = {}  # the same of the learning half
        self.exported = {}  # the same over the Parquet files of an export
        self.pages = []  # what tests/bench/pages.py measured, a ledger each

    def say(self, words):
        print(words, flush=True)

    # --- what is asked of, and who ---

    def generate(self, events, folder, feed=None):
        return works.generate(BUILT / "tests/bench/bench_generate", events, folder, feed)

    def find_peers(self):
        postgres = peers.PostgreSQL(self.folder)
        for peer in (peers.DuckDB(self.folder, BUILT / "tests/bench/bench_duckdb",
                                  WORK / "node_modules"),
                     peers.SQLite(self.folder), postgres):
            why = peer.missing()
            if why:
                self.absent[peer.name] = why
                self.say(f"without {peer.name}: {why}")
                continue
            if peer is postgres:
                self.server = peer
                peer.start()
            self.peers.append(peer)

    # --- timing ---

    def once(self, work, system, call):
        """One run on the account of `work`; False where it came to its limit."""
        spent = sum(cost.wall for cost in self.costs[work][system.name])
        if (work, system.name) in self.slow or spent > LIMIT:
            return False
        try:
            self.costs[work][system.name].append(call())
        except measure.TooSlow as slow:
            self.slow[work, system.name] = str(slow)
            return False
        return True

    def rounds(self, work, calls, runs=RUNS):
        """`calls` are (system, call); in turn, round by round."""
        for _ in range(runs):
            for system, call in calls:
                self.once(work, system, call)
        self.told(work, [system for system, _ in calls])

    def told(self, work, systems):
        medians = [(system.name, measure.median(self.costs[work][system.name]))
                   for system in systems]
        self.say(f"  {work}: " + ", ".join(
            f"{name} {cost.wall:.3f} s" if cost else f"{name} {self.slow[work, name]}"
            for name, cost in medians))

    # --- the works ---

    def load_all(self, file):
        for system in [self.ours, *self.peers]:
            loaded = self.folder / f"{system.name}.loaded"
            if self.keep and loaded.exists():
                self.say(f"  {system.name}: kept")
                continue
            loaded.unlink(missing_ok=True)
            fine = self.once("import", system, lambda s=system: s.load(file, limit=LIMIT * 3))
            self.say(f"  {system.name}: " +
                     (f"{self.costs['import'][system.name][-1].wall:.1f} s" if fine else
                      self.slow["import", system.name]))
            if fine:
                loaded.touch()
            if system is self.ours and fine:
                for work in ("first opening", "second opening"):
                    self.once(work, system, lambda s=system: s.at_date(DATE))
        for peer in [peer for peer in self.peers if ("import", peer.name) in self.slow]:
            self.absent[peer.name] = f"its load took {self.slow['import', peer.name]}"
            self.peers.remove(peer)
        for system in [self.ours, *self.peers]:
            self.disks[system.name] = system.disk()

    def load_again(self, file, runs):
        if self.keep or runs < 1:
            return
        self.rounds("import", [(system, lambda s=system: s.load(file)) for system in
                               [self.ours, *self.peers]], runs)

    def compare(self, dates):
        """Every value of every peer with ours; the driver ends where one differs."""
        ours = self.folder / "backcast.csv"
        for peer in self.peers:
            theirs = self.folder / f"{peer.name}.tsv"
            asked = dates
            try:
                peer.metrics(asked, out=str(theirs), limit=LIMIT)
            except measure.TooSlow:
                self.slow["series", peer.name] = f"over {LIMIT:.0f} s"
                asked = FEW_DATES
                peer.metrics(asked, out=str(theirs))
            self.our_values(asked, ours)
            count = self.judge(ours, theirs, peer.name)
            self.compared[peer.name] = self.compared.get(peer.name, 0) + count
            self.say(f"  {peer.name}: {count} values are the same")

    def judge(self, ours, theirs, name, *near):
        """How many values are the same; the driver ends where one is not."""
        judged = subprocess.run([sys.executable, str(peers.HERE / "compare.py"), str(ours),
                                 str(theirs), name, *near], stdout=subprocess.PIPE, text=True,
                                check=False)
        if judged.returncode != 0:
            raise SystemExit(f"bench: {name} and backcast do not answer the same; "
                             "nothing is timed")
        return int(judged.stdout)

    def compare_export(self):
        """All that goes to another engine answers the same there, at every date."""
        folder, theirs = self.folder / "parquet", self.folder / "exported.tsv"
        self.ours.export_parquet(folder, DATES)
        self.disks["Parquet"] = peers.size(folder.rglob("*"))
        for peer in self.duckdb():
            ours = self.folder / "backcast.csv"
            peer.exported(folder, out=str(theirs), limit=LIMIT)
            self.our_values(DATES, ours)
            count = self.judge(ours, theirs, f"{peer.name}, over Parquet,", "1e-12")
            self.exported[peer.name] = count
            self.say(f"  {peer.name}, over an export as Parquet: {count} values are the same")

    def compare_history(self, deal):
        """The ids of a deal's events, in their order."""
        path = self.folder / "history"
        self.ours.history(deal, out=str(path))
        ours = [shown["event"]["id"] for shown in json.loads(path.read_text())["events"]]
        for peer in self.peers:
            peer.history(deal, out=str(path))
            theirs = [line.split("\t")[3] for line in path.read_text().splitlines()]
            if ours != theirs:
                raise SystemExit(f"bench: deal {deal}: backcast's history is {ours}, {peer.name}'s "
                                 f"is {theirs}; nothing is timed")

    def duckdb(self):
        """The one peer that is asked what the learning half answers; nobody where it is absent."""
        return [peer for peer in self.peers if isinstance(peer, peers.DuckDB)]

    def compare_learning(self):
        """Every value that the scripts give, which are all of the answers but words."""
        ours = self.folder / "learning.json"
        for peer in self.duckdb():
            theirs, count = self.folder / "learning.tsv", 0
            for work, asked in works.LEARNING.items():
                self.ours.run(*asked, out=str(ours))
                peer.learning(work, out=str(theirs), limit=LIMIT)
                judged = subprocess.run([sys.executable, str(peers.HERE / "learning.py"), work,
                                         str(ours), str(theirs), peer.name],
                                        stdout=subprocess.PIPE, text=True, check=False)
                if judged.returncode != 0:
                    raise SystemExit(f"bench: {work}: {peer.name} and backcast do not answer the "
                                     "same; nothing is timed")
                count += int(judged.stdout)
            self.learnt[peer.name] = count
            self.say(f"  {peer.name}: {count:,} values of the learning half are the same")

    def our_values(self, asked, path):
        """Ours at dates that are a step of weeks apart, as one answer."""
        if len(asked) < 2:
            self.ours.metrics(asked, out=str(path))
            return
        weeks = (datetime.date.fromisoformat(asked[1]) -
                 datetime.date.fromisoformat(asked[0])).days // 7
        self.ours.run("series", "--from", asked[0], "--to", asked[-1], "--every", f"{weeks}w",
                      "--csv", out=str(path))

    def ask_all(self, deal):
        ours, systems = self.ours, [self.ours, *self.peers]
        self.rounds("one date", [(s, lambda s=s: s.at_date(DATE, limit=LIMIT)) for s in systems])
        self.rounds("series", [(s, lambda s=s: s.series(DATES, limit=LIMIT)) for s in systems])
        self.rounds("history", [(s, lambda s=s: s.history(deal, limit=LIMIT)) for s in systems])
        for work, asked in works.LEARNING.items():
            self.rounds(work, [(ours, lambda a=asked: ours.run(*a))] +
                        [(peer, lambda p=peer, w=work: p.learning(w, limit=LIMIT))
                         for peer in self.duckdb()])
        for work, asked in works.OUR_OWN.items():
            self.rounds(work, [(ours, lambda a=asked: ours.run(*a))])
        self.rounds("export", [(ours, lambda: ours.export_parquet(self.folder / "parquet", DATES))])

    def ask_small(self):
        """The same at the small size, which shows what a ledger's growth costs."""
        self.small = peers.Backcast(BUILT / "backcast", self.small_folder)
        self.small.name = f"backcast, {SMALL}"
        file = self.generate(self.small_events, self.small_folder)
        deal, small = works.a_deal(file), self.small
        self.rounds("import", [(small, lambda: small.load(file))])
        self.rounds("one date", [(small, lambda: small.at_date(DATE))])
        self.rounds("series", [(small, lambda: small.series(DATES))])
        self.rounds("history", [(small, lambda: small.history(deal))])
        self.rounds("verify", [(small, lambda: small.run("verify"))])
        for work, asked in works.LEARNING.items():
            self.rounds(work, [(small, lambda a=asked: small.run(*a))])
        self.disks[small.name] = small.disk()

    def append_all(self):
        """Another thousand each time; the small ledger's are about its own deals. Returns a day by
        which all of them have occurred."""
        systems = [self.ours, *self.peers] + ([self.small] if self.small else [])
        fed = self.folder / "fed"  # kept databases hold the feeds of earlier runs
        before = int(fed.read_text()) if self.keep and fed.exists() else 0
        for run in range(1, RUNS + 1):
            fed.write_text(str(before + run))
            large = self.generate(self.events, self.folder, before + run)
            small = self.generate(self.small_events, self.small_folder, run)
            for system in systems:
                file = small if system is self.small else large
                self.once("append", system,
                          lambda s=system, f=file: s.append(f, limit=LIMIT))
        self.told("append", systems)
        return works.last_day(before + RUNS)

    def pages_ledger(self, name):
        """One that only pages are asked of: (its folder, how many events)."""
        events = min(self.events, works.PAGES_EVENTS)
        folder = WORK / "pages" / (name if name == "sample" else str(events))
        ours = peers.Backcast(BUILT / "backcast", folder)
        if not self.keep or not ours.ledger.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            if name == "sample":
                ours.load(works.SAMPLE, "--keep-recorded-at")
            else:
                ours.load(self.generate(events, folder))
        return ours.ledger, events

    def measure_pages(self):
        """Where there is no browser it says so."""
        for name, (date, now) in works.PAGES_OF.items():
            ledger, events = self.pages_ledger(name)
            done = subprocess.run([works.browser_python(), "-B", str(peers.HERE / "pages.py"), str(BUILT / "backcast"),
                                   str(ledger), date, now, str(PAGES_STEPS)], stdout=subprocess.PIPE,
                                  text=True, check=False)
            if done.returncode not in (0, NO_BROWSER):
                raise SystemExit(f"bench: the pages of {name} could not be measured")
            figures = {"skipped": done.stdout.strip()} if done.returncode else json.loads(done.stdout)
            self.pages.append({"name": "The sample" if name == "sample" else f"{events:,} events",
                               "sample": name == "sample", "events": events, **figures})
            self.say(f"  pages, {name}: " + figures.get("skipped", "measured"))

    def measure_limits(self):
        scratch = self.folder / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        printed = peers.output(str(BUILT / "tests/bench/bench_limits"),
                               str(self.ours.ledger / "db"), str(scratch))
        shutil.rmtree(scratch)
        for line in printed.splitlines():
            name, count, records, wall, cpu = line.split("\t")
            self.limits[name] = (int(count), int(records), float(wall), float(cpu))

    def go(self):
        self.say(f"a history of {self.events:,} events")
        file = self.generate(self.events, self.folder)
        self.disks["JSONL"] = file.stat().st_size
        self.find_peers()
        self.say("loading")
        self.load_all(file)
        self.say("comparing")
        self.compare(DATES)
        self.compare([DATE])
        deal = works.a_deal(file)
        self.compare_history(deal)
        self.compare_learning()
        self.compare_export()
        self.say("timing")
        self.load_again(file, 0 if self.size == "10m" else 2)
        self.ask_all(deal)
        if self.size != SMALL:
            self.ask_small()
        self.measure_pages()
        day = self.append_all()
        self.say("comparing what was appended")
        self.compare([day])
        self.measure_limits()

    def stop(self):
        if self.server:
            self.server.stop()


def beside_peers(options):
    bench = Bench(options.size, options.keep)
    try:
        bench.go()
    finally:
        bench.stop()
    text = table.markdown(bench)
    if options.write:
        (peers.HERE / "RESULTS.md").write_text(text)
    return f"results-{options.size}.md", text


def pages_alone(options):
    bench = Bench(options.size, options.keep)
    bench.say("pages, in a browser")
    bench.measure_pages()
    text = pages_table.section(bench.pages, bench.ours.version(), table.machine())
    if options.write:
        results = peers.HERE / "RESULTS.md"
        results.write_text(pages_table.put_into(results.read_text(), text))
    return f"pages-{options.size}.md", text


def beside_build(options):
    beside = against.Against(BUILT / "backcast", against.program_of(options.against),
                             BUILT / "tests/bench/bench_generate", SIZES[options.size],
                             WORK / options.size / "against")
    beside.go()
    return f"against-{options.size}.md", against.markdown(beside)


def main():
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__.partition("\n\n")[2],
                                     formatter_class=argparse.RawDescriptionHelpFormatter,
                                     allow_abbrev=False)
    parser.add_argument("size", nargs="?", choices=SIZES, default="1m",
                        help="how many events (default: 1m)")
    parser.add_argument("--keep", action="store_true",
                        help="take what an earlier run loaded; loads are not timed")
    parser.add_argument("--write", action="store_true",
                        help="put the result into tests/bench/RESULTS.md too")
    parser.add_argument("--pages", action="store_true",
                        help="only the pages, in a browser, of at most 1m events and of the sample")
    parser.add_argument("--against", metavar="BUILD", type=pathlib.Path,
                        help="beside another build of backcast: its folder, or its program")
    options = parser.parse_args()
    if options.against and (options.keep or options.write or options.pages):
        parser.error("--against goes with none of --keep, --write and --pages")
    try:
        name, text = (beside_build if options.against else pages_alone if options.pages else beside_peers)(options)
    except measure.Failed as failed:
        raise SystemExit(f"bench: {failed}") from None
    (WORK / name).write_text(text)
    print(f"\n{text}\nwritten to {(WORK / name).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
