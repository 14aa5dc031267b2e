"""The pages of the site over a ledger of tests/tools/pages/ledgers.py, asked for without a server."""
import json
import os
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pages"))
from ledgers import Ledger  # noqa: E402
from parsed import Page  # noqa: E402


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
        pairs.setdefault("as-of", self.ledger.as_of)
        answer = self.get((path, {key.replace("_", "-"): value for key, value in pairs.items()}))[0]
        self.check(f"{path} {pairs}", answer.status == 200, f"status {answer.status}")
        page = Page(answer.text, alone=False)
        for fault in page.faults:
            self.check(f"{path} {pairs}", False, fault)
        for label in page.labels:
            self.check(f"{path} {pairs}", page.ids.count(label) == 1, f"no single {label}")
        return page

    def json(self, command, *more):
        return json.loads(self.ledger.ask(command, *more, "--json"))

    def check(self, where, holds, fault):
        self.n += 1
        if not holds:
            self.faults.append(f"{self.name}, {where}: {fault}")
