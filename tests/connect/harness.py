"""What is tried with every service: the ten tests of Connector, and what they stand on.

A test of a service is a class below Connector, with its fake, an account file, and what its history
comes to as events; it is run as

    SERVICE.py PROGRAM [-v] [NAME...]

and asks nothing but its fake on loopback."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

import fake

PROGRAM = None
NOW = "2025-06-01T08:00:00Z"

# Deals that the ledger has before anything is imported.
DEALS = [
    {"id": "deal-1", "occurredAt": "2025-01-06T09:00:00Z", "deal": "900100",
     "dealCreated": {"name": "Lake Univ", "stage": "enrichment"}},
    {"id": "deal-2", "occurredAt": "2025-01-07T09:00:00Z", "deal": "900200",
     "dealCreated": {"name": "Hill College", "stage": "enrichment"}},
    {"id": "deal-3", "occurredAt": "2025-01-08T09:00:00Z", "deal": "900300",
     "dealCreated": {"name": "Dune Institute", "stage": "enrichment"}},
    {"id": "order-2", "occurredAt": "2025-02-01T09:00:00Z", "deal": "900200",
     "orderPlaced": {"order": "o-2", "configuratorUrl": "https://configure.example.org/c/77"}},
]


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(module="__main__")


class Place(unittest.TestCase):
    """A folder with a ledger in it, and the program."""
    begun = None  # a folder with the ledger as every test finds it

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="backcast-connect-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.now = NOW
        if Place.begun is None:
            self.write("deals.jsonl", "".join(json.dumps(deal) + "\n" for deal in DEALS))
            self.run_program("init")
            self.run_program("import", "jsonl", "deals.jsonl")
            Place.begun = pathlib.Path(tempfile.mkdtemp(prefix="backcast-connect-"))
            unittest.addModuleCleanup(shutil.rmtree, Place.begun)
            shutil.copytree(self.folder / "ledger", Place.begun / "ledger")
        else:
            shutil.copytree(Place.begun / "ledger", self.folder / "ledger")

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def environment(self, **more):
        env = {name: value for name, value in os.environ.items()
               if not name.startswith("BACKCAST_")}
        return {**env, "BACKCAST_LEDGER": "ledger", "BACKCAST_NOW": self.now, "NO_COLOR": "1",
                "XDG_CONFIG_HOME": str(self.folder), **more}

    def start(self, *args, **more):
        return subprocess.Popen([PROGRAM, *args], cwd=self.folder, env=self.environment(**more),
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def run_program(self, *args, code=0, **more):
        process = self.start(*args, **more)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, code, (args, out.decode(errors="replace"),
                                                    err.decode(errors="replace")))
        self.check_printable(out + err)
        return out.decode(), err.decode()

    def check_printable(self, printed):
        """Nothing commands a terminal, and no token is shown."""
        for token in (fake.TOKEN, fake.RENEWED):
            self.assertNotIn(token.encode(), printed)
        self.assertFalse([c for c in printed.decode() if ord(c) < 32 and c not in "\n\t"
                          or 127 <= ord(c) < 160], printed)

    def ask(self, *args, **more):
        return json.loads(self.run_program(*args, "--json", **more)[0])

    def events(self, system):
        """What stands in the ledger of a system, as JSON without what the ledger gave it, in the
        order of ids. What was retracted and its retractions are left out."""
        lines = self.run_program("export", "jsonl")[0].splitlines()
        every = [json.loads(line) for line in lines]
        turned = {}
        for event in every:
            if "retracted" in event:
                turned[event["retracted"]["event"]] = event["id"]
        def stands(id):
            return id not in turned or not stands(turned[id])
        found = []
        for event in every:
            if event.get("source", {}).get("system") != system or "retracted" in event:
                continue
            if stands(event["id"]):
                found.append({key: value for key, value in event.items()
                              if key not in ("seq", "recordedAt")})
        return sorted(found, key=lambda event: event["id"])


class Connector(Place):
    """The tests of every service. A class below says:

    word, system    of the connector
    token_variable  of the environment
    account         the text of the account file, or ""
    links           of links.yaml, or None
    make_fake()     a fake with the history
    history         what it comes to: events as JSON, without `source` where that is only the system
    later(fake)     what happens afterwards; `afterwards` is what all comes to then
    vanish(fake)    an object that was told is there no more; returns its ref
    undo(fake)      an event that was told is none any more; `redo` makes it so again
    hostile(fake)   puts texts in everywhere that are meant to break something
    traced          what a trace shows of the history, and what it must not: (shown, hidden)
    """
    word = system = token_variable = None
    account, links = "", None
    history, afterwards = [], []
    traced = ((), ())
    hang_points = (2, 4)

    def setUp(self):
        if type(self) is Connector:
            self.skipTest("of a service")
        super().setUp()
        self.fake = self.make_fake()
        self.addCleanup(self.fake.close)
        self.write(f"{self.word}.yaml", self.account)
        if self.links is not None:
            self.write("links.yaml", self.links)

    def arguments(self, *args):
        return ("import", self.word, "--base-url", self.fake.url, *args)

    def token(self):
        return {self.token_variable: fake.TOKEN}

    def bring(self, *args, code=0):
        """Imports; the answer."""
        return self.ask(*self.arguments(*args), code=code, **self.token())

    def discover(self, *args):
        """A first account file, in place of the one that is there: its text."""
        (self.folder / f"{self.word}.yaml").unlink()
        return self.draft(*args)

    def draft(self, *args):
        return pathlib.Path(self.folder / self.bring("--discover", *args)["file"]).read_text()

    def check_lines(self, written, *lines):
        for line in lines:
            self.assertIn("\n" + line + "\n", written)

    def check_events(self, expected):
        self.maxDiff = None
        self.assertEqual(self.events(self.system),
                         sorted(expected, key=lambda event: event["id"]))

    # --- of every service ---

    def check_faults(self, *rows):
        """Account files, each with what is said of it."""
        for text, says in rows:
            self.write(f"{self.word}.yaml", text)
            _, said = self.run_program(*self.arguments(), code=3, **self.token())
            self.assertIn(says, said)

    def check_time_to_come(self):
        """The service has a time that lies ahead: what changes later is found all the same."""
        self.assertIn("timesAhead", {one["note"] for one in self.bring()["notes"]})
        self.later(self.fake)
        self.now = "2025-06-08T08:00:00Z"
        self.bring()
        self.check_events(self.afterwards)

    def test_1_the_history_is_told_once_and_agrees(self):
        first = self.bring()
        self.check_events(self.history)
        self.assertEqual(first["differ"], 0, first)
        self.assertGreater(first["agree"], 0)
        again = self.bring()
        self.assertEqual(again["added"], 0, again)
        self.assertEqual(again["differ"], 0, again)
        anew = self.bring("--again")
        self.assertEqual(anew["added"], 0, anew)
        self.check_events(self.history)

    def test_2_a_later_run_adds_what_is_new_and_nothing_else(self):
        self.bring()
        self.later(self.fake)
        self.now = "2025-06-08T08:00:00Z"
        found = self.bring()
        self.check_events(self.afterwards)
        self.assertEqual(found["differ"], 0, found)
        self.assertEqual(self.bring()["added"], 0)
        self.assertEqual(self.bring("--again")["added"], 0)

    def test_3_a_run_that_is_killed_is_gone_on_with(self):
        for point in self.hang_points:
            with self.subTest(request=point):
                ledger = self.folder / "ledger"
                kept = self.folder / "kept"
                shutil.copytree(ledger, kept)
                self.fake.forget()
                self.fake.hang_at = point
                process = self.start(*self.arguments(), **self.token())
                while not self.fake.hung.wait(0.02) and process.poll() is None:
                    pass
                hung = self.fake.hung.is_set()
                process.send_signal(signal.SIGKILL)
                process.communicate()
                self.fake.released.set()
                self.fake.forget()
                self.fake.released.clear()
                self.bring()
                self.check_events(self.history)
                self.run_program("verify")
                shutil.rmtree(ledger)
                kept.rename(ledger)
                if not hung:
                    break  # it asks no more than that
        self.assertTrue(hung or point > self.hang_points[0])

    def test_4_limits_are_waited_for(self):
        self.fake.limit_at = (2,)
        found = self.bring()
        self.assertGreater(found["retries"], 0)
        self.check_events(self.history)

    def test_5_a_token_that_runs_out_is_renewed_or_said(self):
        self.write("token", fake.RENEWED + "\n")
        self.fake.expire_at = 2
        found = self.ask(*self.arguments("--token-command", "cat token"), **self.token())
        self.assertEqual(found["differ"], 0)
        self.check_events(self.history)
        self.fake.forget()
        _, said = self.run_program(*self.arguments("--again"), code=8, **self.token())
        self.assertIn("token", said)
        kept = [one for one in self.ask("sources")["sources"] if one["source"] == self.word]
        self.assertTrue(kept and kept[0]["lastRun"]["failed"], kept)
        self.assertRegex(kept[0]["lastRun"]["error"], "(GET|POST) /.*token")

    def test_6_what_vanished_stands_and_is_said(self):
        self.bring()
        gone = self.vanish(self.fake)
        self.now = "2025-06-08T08:00:00Z"
        found = self.bring("--again")
        self.check_events(self.history)
        self.assertIn({"object": gone, "what": "object", "ledger": "there", "service": "gone"},
                      found["differences"])

    def test_7_hostile_texts_break_nothing(self):
        self.hostile(self.fake)
        self.bring()
        self.run_program(*self.arguments("--again"), **self.token())  # for people, too
        self.run_program("verify")
        self.run_program("deals", "--unlinked")
        self.assertEqual(self.bring()["added"], 0)

    def test_8_a_draft_of_hostile_texts_can_be_read(self):
        self.hostile(self.fake)
        self.discover()
        self.bring()
        (self.folder / f"{self.word}.yaml").unlink()
        self.run_program(*self.arguments("--discover"), **self.token())  # for people, too

    def test_9_a_trace_shows_structure_and_nobodys_text(self):
        self.bring("--trace", "trace")
        self.fake.expire_at = 1
        self.run_program(*self.arguments("--again", "--trace", "refused"), code=8, **self.token())
        text = (self.folder / "trace").read_text() + (self.folder / "refused").read_text()
        check_trace(self, text, *self.traced)

    def test_10_what_is_undone_and_done_again_stands_once_more(self):
        self.bring()
        told = [one["id"] for one in self.events(self.system)]
        for self.now in (NOW, NOW, "2025-06-08T08:00:00Z"):  # also by a clock that stands
            self.undo(self.fake)
            found = self.bring()
            notes = {one["note"]: one["n"] for one in found["notes"]}
            self.assertEqual((notes.get("takenBack"), found["differ"]), (1, 0), found)
            self.assertEqual(len(self.events(self.system)), len(told) - 1)
            self.redo(self.fake)
            self.assertEqual(self.bring()["differ"], 0)
            self.assertEqual(sorted(one["id"].partition("/as/")[0]
                                    for one in self.events(self.system)), sorted(told))
            self.assertEqual(self.bring("--again")["added"], 0)


def check_trace(case, text, shown, hidden):
    """Of a trace: it is JSON by lines, and no token is in it."""
    for line in text.splitlines():
        json.loads(line)
    case.assertTrue(shown and hidden)
    for one in shown:
        case.assertIn(one, text)
    for one in (*hidden, fake.TOKEN, fake.RENEWED):
        case.assertNotIn(one, text)


HOSTILE = ["\x1b[2J\x1b]0;owned\x07", "a" * 70000, "\u202eevil\u2066", "'; DROP TABLE deals; --",
           "../../../etc/passwd", "%s%n%s", "\U0001f4a9" * 500, "<script>alert(1)</script>",
           "line\r\nInjected: header", "\x7f\x85\x9b31m", ""]


def event(id, at, body, fields, system, ref, deal=None, how=None, actor=None):
    """An event as `export jsonl` prints it."""
    made = {"id": id, "occurredAt": at, "source": {"system": system, "ref": ref}, body: fields}
    if deal:
        made["deal"] = deal
    if how:
        made["source"]["how"] = how
    if actor:
        made["actor"] = actor
    return made
