"""backcast beside another build of itself: the same work by both in turn, in pairs.

Each has a ledger of its own. What both answer is compared first, and the root of the log with it,
since both take one instant for now; then each work is done in rounds, by both, who begin by turns,
and a round gives one ratio. Told is the median of these and, since no two rounds of a machine are
alike, the bounds between which the median of ever more rounds lies with 95 %.
"""

import math
import os
import shutil
import statistics
import subprocess
import sys
import time

import measure
import peers
import table
import works

NOW = "2040-01-01T00:00:00Z"  # after all that was fed
LEAST, MOST = 8, 60  # rounds; between them as many as there is time for
SECONDS = 15  # a work
WRONG_USE = 2  # the exit code for an unknown command or option


class Build(peers.Backcast):
    """A build's program, as a copy: one that a linker wrote lies otherwise in the system's cache than
    one that was copied, and starts some percent slower."""

    def __init__(self, name, program, folder):
        super().__init__(shutil.copy2(program, folder / "program"), folder)
        self.name, self.given = name, program
        self.env = {**os.environ, "BACKCAST_NOW": NOW}
        self.folder = folder
        self.disks = []  # after each import


def bounds(ratios):
    """The 95 % interval of the median, however ratios spread: how many of them lie below the median
    is a matter of so many tosses of a coin."""
    ordered, n, outside, below = sorted(ratios), len(ratios), 0, 0.0
    while True:
        below += math.comb(n, outside) / 2 ** n
        if below > 0.025:
            break
        outside += 1
    outside = max(outside - 1, 0)
    return ordered[outside], ordered[n - 1 - outside]


def program_of(build):
    """The program in a folder of a build, or the one that is named itself."""
    path = build / "backcast" if build.is_dir() else build
    if not path.is_file() or not os.access(path, os.X_OK):
        raise SystemExit(f"bench: there is no program {path}")
    return path.resolve()


class Against:
    def __init__(self, new, old, generator, events, folder, rounds=(LEAST, MOST), say=print):
        self.generator, self.events, self.folder, self.say = generator, events, folder, say
        shutil.rmtree(folder, ignore_errors=True)
        for part in ("new", "old"):
            (folder / part).mkdir(parents=True)
        self.new = Build("this build", new, folder / "new")
        self.old = Build("the other build", old, folder / "old")
        self.least, self.most = rounds
        self.pairs = {}  # work -> (cost of the new, cost of the old) of each round
        self.compared = 0
        self.left_out = []
        self.fed = 0
        self.file = self.deal = None

    def generate(self, feed=None):
        return works.generate(self.generator, self.events, self.folder, feed)

    # --- what is the same ---

    def leave_out(self, why):
        self.left_out.append(why)
        self.say(f"  left out: {why}")

    def can(self, build, work, arguments, path):
        """Whether a build knows this work; its answer is in the file then."""
        try:
            build.run(*arguments, out=str(path))
        except measure.Failed as failed:
            if failed.code != WRONG_USE:
                raise
            self.leave_out(f"{work}, which {build.name} cannot do ({failed.words.strip()})")
            return False
        return True

    def same(self, work, arguments):
        """Whether the work is to be timed: both know it. Ends with the first value that differs."""
        kind = "csv" if "--csv" in arguments else "json" if "--json" in arguments else "txt"
        answers = [(build, build.folder / f"{work.replace(' ', '-')}.{kind}")
                   for build in (self.new, self.old)]
        if not all([self.can(build, work, arguments, path) for build, path in answers]):
            return False
        judged = subprocess.run([sys.executable, "-B", str(peers.HERE / "answers.py"),
                                 *(str(path) for _, path in answers)],
                                capture_output=True, text=True, check=False)
        if judged.returncode != 0:
            raise SystemExit("bench: the builds do not answer the same; nothing more is timed\n"
                             f"bench: {work}: {judged.stderr.strip()}")
        values, *left_out = judged.stdout.splitlines()
        self.compared += int(values)
        for words in left_out:
            self.leave_out(f"{work}: {words}")
        return True

    def threads(self, work, arguments):
        if self.new.threaded(arguments) != self.old.threaded(arguments):
            lacks = self.old if self.new.threaded(arguments) else self.new
            self.leave_out(f"--threads of {work}, which {lacks.name} has not")

    # --- what it takes ---

    def rounds(self, call):
        """`call(build, round)` gives the costs of a round by work."""
        begin, done = time.monotonic(), 0
        while done < self.least or (done < self.most and
                                    (done % 2 or time.monotonic() - begin < SECONDS)):
            costs = {}
            for build in (self.new, self.old) if done % 2 else (self.old, self.new):
                costs[build.name] = call(build, done)
            for work, cost in costs[self.new.name].items():
                self.pairs.setdefault(work, []).append((cost, costs[self.old.name][work]))
            done += 1
        for work in costs[self.new.name]:
            self.say(f"  {work}: {self.ratio(work, 'cpu')} cpu, {done} rounds")

    def ratio(self, work, what):
        return spread([getattr(new, what) / max(getattr(old, what), 1e-9)
                       for new, old in self.pairs[work]])

    def import_all(self, file):
        def call(build, _):
            costs = {"import": build.load(file), "first opening": build.at_date(works.DATE),
                     "second opening": build.at_date(works.DATE)}
            build.disks.append(build.disk())
            return costs
        self.rounds(call)

    def append_all(self):
        """A round is a day: both are given the thousand events that it brings."""
        def call(build, day):
            if day == self.fed:
                self.generate(day + 1)
                self.fed += 1
            return {"append": build.append(self.folder / f"feed-{day + 1}.jsonl")}
        self.rounds(call)

    def compare_all(self, asked):
        """What is asked of both, by work; less what one of them does not know."""
        return {work: arguments for work, arguments in asked.items() if self.same(work, arguments)}

    def load(self):
        self.say(f"a history of {self.events:,} events")
        self.file = self.generate()
        self.deal = works.a_deal(self.file)
        self.say("loading")
        self.threads("import", ("import", "jsonl"))
        for build in (self.new, self.old):
            build.load(self.file)

    def compare(self):
        """What both know of all that is asked."""
        self.say("comparing")
        known = self.compare_all({**questions(self.deal, works.DATE), **works.LEARNING,
                                  **works.OUR_OWN})
        for work, arguments in known.items():
            self.threads(work, arguments)
        self.say(f"  {self.compared:,} values are the same")
        return known

    def go(self):
        self.load()
        known = self.compare()
        self.say("timing: this build's part of the other's")
        self.import_all(self.file)
        for work, arguments in known.items():
            self.rounds(lambda build, _, w=work, a=arguments: {w: build.run(*a)})
        self.append_all()
        self.say("comparing what was appended")
        later = questions(self.deal, works.last_day(self.fed))
        self.compare_all({work: later[work] for work in later if work in known})


def questions(deal, date):
    return {
        "one date": ("metrics", "--as-of", date, "--json"),
        "series": ("series", "--from", works.DATES[0], "--to", date, "--every", "1w",
                   "--csv"),
        "history": ("history", deal, "--json"),
    }


# --- the table ---

def spread(ratios):
    """In figures; bold where, as printed, all that is likely lies on one side of 1."""
    low, middle, high = (f"{ratio:.2f}" for ratio in
                         sorted([*bounds(ratios), statistics.median(ratios)]))
    if float(low) > 1 or float(high) < 1:
        middle = f"**{middle}**"
    return f"{middle} ({low} to {high})"


def markdown(against):
    new, old = against.new, against.old
    text = (f"# {against.events:,} events, beside another build\n\n"
            f"This build: `{new.given}`, {new.version()}. The other: `{old.given}`, "
            f"{old.version()}. {table.machine()}; load {os.getloadavg()[0]:.1f} at the end; "
            f"{peers.THREADS} threads.\n\n"
            f"{against.compared:,} values of both were compared, and are the same.\n")
    for why in against.left_out:
        text += f"Left out: {why}.\n"
    text += ("\nWhole processes: wall, cpu of all threads, peak memory; medians of rounds in which "
             "both had their turn. A ratio is this build's part of the other's: the median of the "
             "rounds' and, in brackets, between what it lies with 95 %; bold where that is on one "
             f"side of 1. No peak reads below {measure.FLOOR_KB // 1024} MiB, the driver's.\n\n")
    text += table.head("work", "this build", "the other", "wall", "cpu", "peak", "rounds")
    for work, words in {**table.SHARED, **table.LEARNING, **table.OUR_OWN}.items():
        if work in against.pairs:
            costs = [measure.median(list(costs)) for costs in zip(*against.pairs[work])]
            text += table.row(words, *map(table.cost_cell, costs),
                              *(against.ratio(work, what) for what in ("wall", "cpu", "peak_kb")),
                              str(len(against.pairs[work])))
    sizes = [f"{statistics.median(build.disks) / table.MIB:.1f} MiB" for build in (new, old)]
    ratios = [ours / theirs for ours, theirs in zip(new.disks, old.disks)]
    return text + f"\nOn disk, after an import: {' and '.join(sizes)}, {spread(ratios)}.\n"
