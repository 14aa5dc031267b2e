#!/usr/bin/env python3
"""test_pages.py [BACKCAST] - what pages took becomes a table with its goals, in the place of an earlier
one; and with a program, in a browser where there is one, pages of the sample are measured."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import pages_table
import works

PROGRAM = os.path.abspath(sys.argv.pop()) if len(sys.argv) > 1 else None
HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE.parent / "sample" / "sample.jsonl"
NOW = "2026-03-30T08:00:00Z"


def page(shown, cpu, terminal=50):
    return {"steps": [{"shown": one, "answer": one / 2, "bytes": 40_000} for one in shown], "cpu": cpu,
            "terminal": [terminal]}


def measured(sample=False, events=1_000_000, **pages):
    return {"name": "It", "sample": sample, "events": events, "pages": pages, "absent": [],
            "first": {"document": 100_000, "with it": [20_000, 10_000]}, "browser": "Chromium 1",
            "load": [0.1, 0.2]}


class Table(unittest.TestCase):
    def test_nine_of_ten_do_not_exceed_it(self):
        for numbers, want in (([1], 1), ([1, 2], 2), (list(range(1, 11)), 9), (list(range(20, 0, -1)), 18)):
            self.assertEqual(pages_table.p90(numbers), want)

    def test_a_step_is_judged_by_what_a_quiet_machine_would_take(self):
        for shown, cpu, want in (([90, 99, 300], [50, 60], "met"), ([101, 102], [50, 51], "**not met**"),
                                 ([900, 950], [40, 60], "met")):
            text = pages_table.of_ledger(measured(Pipeline=page(shown, cpu)))
            self.assertIn(f"| 100 ms: {want} |", text)

    def test_the_sample_has_its_own_goals(self):
        text = pages_table.of_ledger(measured(True, Pipeline=page([31], [20, 11])))
        self.assertIn("| 30 ms: **not met** |", text)
        self.assertIn("130 kB (at most 150 kB: met)", text)

    def test_larger_ledgers_have_none(self):
        self.assertNotIn("met", pages_table.of_ledger(measured(events=10_000_000, Review=page([900], [1, 1]))))

    def test_what_stands_beside_it(self):
        text = pages_table.of_ledger(measured(Review=page([100, 200, 300], [50, 60.04], 400)))
        self.assertIn("| Review | 200 ms, 300 ms | 100 ms, 150 ms | 50 ms + 60 ms | 400 ms | 0.50 | 40 kB |", text)

    def test_what_is_not_there_is_named(self):
        none = {"name": "It", "sample": True, "skipped": "skipped: there is no Chromium with its driver"}
        self.assertIn("Not measured: skipped: there is no Chromium", pages_table.of_ledger(none))
        self.assertIn("Metric: there is no such page", pages_table.of_ledger({**measured(), "absent": ["Metric"]}))

    def test_it_takes_the_place_of_an_earlier_one(self):
        text = pages_table.HEADING + "\nnew\n"
        for results, want in (("# It\n", "# It\n" + text),
                              ("# It\n" + pages_table.HEADING + "\nold\n", "# It\n" + text),
                              ("# It\n" + pages_table.HEADING + "\nold\n\n## Growth\n\nmore\n",
                               "# It\n" + text + "\n## Growth\n\nmore\n")):
            self.assertEqual(pages_table.put_into(results, text), want)


class Browser(unittest.TestCase):
    @unittest.skipUnless(PROGRAM, "no program")
    def test_pages_of_the_sample(self):
        with tempfile.TemporaryDirectory() as folder:
            ledger = os.path.join(folder, "ledger")
            env = {**os.environ, "BACKCAST_LEDGER": ledger, "BACKCAST_NOW": NOW, "XDG_CONFIG_HOME": folder}
            for words in (("init",), ("import", "jsonl", "--keep-recorded-at", str(SAMPLE))):
                subprocess.run([PROGRAM, *words], env=env, check=True, stdout=subprocess.DEVNULL)
            done = subprocess.run([works.browser_python(), "-B", str(HERE / "pages.py"), PROGRAM, ledger,
                                   "2026-03-29", NOW, "2"], env=env, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode == 77:
            self.skipTest(done.stdout.strip())
        self.assertEqual(done.returncode, 0)
        figures = json.loads(done.stdout)
        text = pages_table.of_ledger({"name": "The sample", "sample": True, "events": 0, **figures})
        for name in ("Pipeline", "Review"):
            self.assertIn(f"| {name} | ", text)
            for step in figures["pages"][name]["steps"]:
                self.assertLess(0, step["answer"])
                self.assertLess(step["answer"], step["drawn"])
                self.assertLessEqual(step["drawn"], step["shown"])
            program, thread = figures["pages"][name]["cpu"]
            self.assertLessEqual(0, program)  # of two steps perhaps less than the clock has
            self.assertLess(0, thread)


if __name__ == "__main__":
    unittest.main()
