"""The pages of the site over a ledger of tests/tools/pages/ledgers.py, asked for without a server."""
import copy
import json
import os
import shutil
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pages"))
from ledgers import Ledger, run  # noqa: E402
from parsed import Page, clean  # noqa: E402


def shown(text):
    """As it is read on a page, where no letter turns the text around or rings a bell."""
    return clean("".join(c if c not in "\u202e\u2066\x07\x1b"
                         else f"\\x{ord(c):02x}" if ord(c) < 128 else f"\\u{{{ord(c):x}}}" for c in text))


class Answer:
    def __init__(self, status, kind, body, other):
        self.status, self.kind, self.body, self.other = status, kind, body, other

    @property
    def text(self):
        return self.body.decode()


class Site:
    """`faults` is what was found; `check` adds to it."""

    def __init__(self, root, backcast, program, home, name):
        self.ledger = Ledger(os.path.abspath(root), os.path.abspath(backcast), home, name)
        self.program, self.name, self.faults, self.n = os.path.abspath(program), name, [], 0

    def get(self, *addresses):
        """The answers to addresses, "/deal?id=..." or a path with its pairs as a tuple."""
        asked = [address if isinstance(address, str) else
                 f"{address[0]}?{urllib.parse.urlencode(address[1])}" for address in addresses]
        done = subprocess.run([self.program, self.ledger.env["BACKCAST_LEDGER"], *asked], env=self.ledger.env,
                              capture_output=True, check=False)
        if done.returncode:
            raise SystemExit(f"{asked}: {done.stderr.decode()}")
        answers, rest = [], done.stdout
        while rest:
            line, rest = rest.split(b"\n", 1)
            status, kind, length, other = line.decode().replace("; ", ";").split(" ", 3)
            answers.append(Answer(int(status), kind, rest[:int(length)], other))
            rest = rest[int(length):]
        return answers

    def page(self, path, **pairs):
        """A page, parsed (tests/tools/pages/parsed.py)."""
        return self.pages((path, {key.replace("_", "-"): value for key, value in pairs.items()}))[0]

    def pages(self, *asked):
        """Several, each a path with its pairs, or an address that has a date: much faster than one by one."""
        asked = [one if isinstance(one, str) else (one[0], {"as-of": self.ledger.as_of, **one[1]}) for one in asked]
        return [self.parsed(where, answer) for where, answer in zip(asked, self.get(*asked) if asked else [], strict=True)]

    def parsed(self, where, answer):
        self.check(where, answer.status == 200, f"status {answer.status}")
        page = Page(answer.text, alone=False)
        for fault in page.faults:
            self.check(where, False, fault)
        for name in set(page.ids):
            self.check(where, page.ids.count(name) == 1, f"id {name} is there {page.ids.count(name)} times")
        for label in page.labels:
            self.check(where, page.ids.count(label) == 1, f"no single {label}")
        return page

    def run(self, *words):
        """A command that is asked of no date."""
        return run(["backcast", *words], self.ledger.env, self.ledger.home)

    def log(self, *more):
        return self.run("log", *more)

    @property
    def folder(self):
        return self.ledger.env["BACKCAST_LEDGER"]

    def copy(self, name):
        """The same of a copy of the ledger, to be changed; its faults are found in this one's."""
        other, ledger = copy.copy(self), copy.copy(self.ledger)
        ledger.env = {**ledger.env, "BACKCAST_LEDGER": f"{self.folder}-{name}"}
        other.ledger = ledger
        shutil.copytree(self.folder, other.folder)
        return other

    def json(self, command, *more):
        return json.loads(self.ledger.ask(command, *more, "--json"))

    def check(self, where, holds, fault):
        self.n += 1
        if not holds:
            self.faults.append(f"{self.name}, {where}: {fault}")
