"""Ledgers that pages are made of: the sample on the day of its last review, and one full of hostile
texts, each in a folder of its own below HOME."""
import json
import os
import subprocess


def environment(root, backcast, home, now):
    return {"PATH": os.path.dirname(backcast) + os.pathsep + os.environ["PATH"], "SOURCE": root,
            "XDG_CONFIG_HOME": os.path.join(home, "config"), "BACKCAST_NOW": now,
            "BACKCAST_LEDGER": os.path.join(home, "ledger")}


def run(words, env, home):
    done = subprocess.run(words, env=env, cwd=home, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


HOSTILE_RULES = 'x"><h1>v'


class Ledger:
    """`as_of` is the date of its review."""

    def __init__(self, root, backcast, home, name):
        told, now, self.as_of = {"sample": ("terminal_sample", "2026-03-30T08:00:00Z", "2026-03-29"),
                                 "hostile": ("take_hostile", "2025-04-01T08:00:00Z", "2025-03-31"),
                                 "nothing": ("backcast init", "2025-04-01T08:00:00Z", "2025-03-31")}[name]
        self.home = os.path.join(home, name)
        os.mkdir(self.home)
        self.env = environment(root, backcast, self.home, now)
        run(["sh", "-c", f'. "$SOURCE/tests/cli/prelude.sh"; export XDG_CONFIG_HOME="$PWD/config" '
             f'BACKCAST_LEDGER="$PWD/ledger"; {told} > /dev/null'], self.env, self.home)
        if name == "hostile":
            self.publish(HOSTILE_RULES, "2025-01-01")

    def ask(self, command, *more):
        return self.ask_at(command, self.as_of, *more)

    def ask_at(self, command, as_of, *more):
        return run(["backcast", command, "--as-of", as_of, *more], self.env, self.home)

    def tell(self, *words):
        return run(["backcast", *words], self.env, self.home)

    def restate(self, *more):
        return self.tell("restate", *more)

    def publish(self, version, day):
        """The rules that are built in, under another name."""
        rules = os.path.join(self.home, "rules.yaml")
        with open(rules, "w", encoding="utf-8") as file:
            file.write(self.tell("rules", "show", "default").replace("version: default", f"version: '{version}'"))
        self.tell("rules", "publish", rules, "--effective", day)

    def issue_and_publish(self):
        """What the line of a metric has marks for: rules in force, and a report."""
        for version, day in (("R1", "2026-01-22"), ("R2", "2026-03-16")):
            self.publish(version, day)
        self.tell("report", "issue", "Board 2025 Q4", "--as-of", "2025-12-31")

    def issue_and_learn(self):
        """Two reports, the first of which reads differently since a deal was learnt of, the texts of which
        are hostile."""
        self.tell("report", "issue", "board <b>&'\u202e", "--as-of", self.as_of, "--actor", "<i>me", "--html",
                  os.path.join(self.home, "issued.html"))
        event = {"id": "late\"<script>", "occurredAt": "2025-01-10T09:00:00Z", "deal": "late <img src=x>",
                 "dealCreated": {"stage": "discovery", "dealType": "newbusiness", "name": "The </td> one\u2066"}}
        path = os.path.join(self.home, "late.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.write(json.dumps(event) + "\n")
        self.tell("import", "jsonl", path)
        self.tell("report", "issue", "later", "--as-of", self.as_of)

    def issue_all(self):
        """A report of each kind there is: those of figures, and both reviews, with their pages and without."""
        self.issue_and_learn()
        self.review("--record", "--html", os.path.join(self.home, "review.html"))
        self.review("--monthly", "--record")

    def review(self, *more):
        return self.ask("review", *more)


DOCUMENTS = (("weekly", ("review",)), ("monthly", ("review", "--monthly")), ("metrics", ("metrics",)),
             ("by", ("metrics", "--by", "owner")))


def documents(root, backcast, home):
    """Every document there is, one after the other: of which ledger, which, where, and what was printed."""
    for name in ("sample", "hostile", "nothing"):
        ledger = Ledger(os.path.abspath(root), os.path.abspath(backcast), home, name)
        for what, ask in DOCUMENTS:
            path = os.path.join(home, f"{name}-{what}.html")
            yield name, what, f"file://{path}", ledger.ask(*ask, "--html", path)
        ledger.issue_and_learn()
        path = os.path.join(home, f"{name}-restate.html")
        yield name, "restate", f"file://{path}", ledger.restate("--html", path)
