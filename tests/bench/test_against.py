#!/usr/bin/env python3
"""test_against.py BACKCAST GENERATOR - beside another build, of which nothing is timed here: what
differs is named and ends it, what one build lacks is reported and left out, each begins by turns.

The other build is ours, called by a few lines of shell."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import against
import answers
import works

PROGRAM, GENERATOR = map(pathlib.Path, sys.argv[1:3])


class Beside(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="bc-against-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.beside = against.Against(PROGRAM, PROGRAM, GENERATOR, 1000, cls.folder / "run",
                                     rounds=(1, 1), say=lambda words: None)
        cls.beside.load()

    def setUp(self):
        self.beside.left_out = []
        self.beside.old.options = {}
        self.beside.old.program = str(PROGRAM)

    def other(self, words):
        """A build that is ours but for what the words do before."""
        path = self.folder / "backcast"
        path.write_text(f"#!/bin/sh\n{words}\nexec '{PROGRAM}' \"$@\"\n")
        path.chmod(0o755)
        self.beside.old.program = str(path)

    def test_every_work_is_done_by_both(self):
        log = self.folder / "log"
        self.other(f"echo \"$1\" >> '{log}'")
        self.beside.go()
        self.assertEqual(set(self.beside.pairs), {
            "import", "append", "one date", "series", "history", "first opening",
            "second opening", *works.LEARNING, *works.OUR_OWN})
        self.assertEqual({len(pairs) for pairs in self.beside.pairs.values()}, {1})
        self.assertEqual(self.beside.left_out, [])
        self.assertGreater(self.beside.compared, 40_000)
        self.assertLessEqual({"import", "series", "verify", "diff"}, set(log.read_text().split()))
        text = against.markdown(self.beside)
        for words in ("rebuild of every projection", "1,000 events appended", "On disk"):
            self.assertIn(words, text)

    def test_they_begin_by_turns(self):
        begun = []
        cost = against.measure.Cost(1, 1, 1)
        beside = against.Against(PROGRAM, PROGRAM, GENERATOR, 1000, self.folder / "turns",
                                 rounds=(2, 2), say=lambda words: None)
        beside.rounds(lambda build, done: begun.append(build is beside.new) or {"work": cost})
        self.assertEqual(begun, [False, True, True, False])

    def test_a_value_that_differs_ends_it_and_is_named(self):
        for command, edit, words in (
                ("metrics", 's/"value": 0,/"value": 1,/', "one date: metrics, "),
                ("series", "s/^2025-06-29,sqd,all,/&1/", "series: sqd, all, 2025-06-29, value: "),
                ("series", "/^2025-06-29,sqd,all,/d",
                 "series: sqd, all, 2025-06-29: only this build has it"),
                ("audit", 's/"root": "./"root": "-/', "audit: ledger, root: ")):
            with self.subTest(command=command, edit=edit):
                self.other(f"if [ \"$1\" = {command} ]; then\n"
                           f"'{PROGRAM}' \"$@\" | sed '{edit}'; exit; fi")
                with self.assertRaises(SystemExit) as refused:
                    self.beside.compare()
                self.assertIn("do not answer the same", str(refused.exception))
                self.assertIn(words, str(refused.exception))

    def test_what_one_build_lacks_is_told_and_left_out(self):
        self.other("case $1-$2 in audit-*) echo 'no such command' >&2; exit 2;;\n"
                   f"verify---help) '{PROGRAM}' \"$@\" | sed s/--threads/--strands/; exit;;\n"
                   f"series-*) '{PROGRAM}' \"$@\" | grep -v ,sqd,; exit;; esac")
        known = self.beside.compare()
        self.assertNotIn("audit", known)
        self.assertIn("verify", known)
        self.assertEqual(self.beside.left_out, [
            "series: sqd: only this build has it",
            "audit, which the other build cannot do (no such command)",
            "--threads of verify, which the other build has not"])

    def test_another_failure_is_none_of_that(self):
        self.other("[ $1 != metrics ] || exit 5")
        with self.assertRaises(against.measure.Failed):
            self.beside.compare()


class Parts(unittest.TestCase):
    def test_a_build_is_a_folder_or_a_program(self):
        self.assertEqual(against.program_of(PROGRAM.parent), PROGRAM.resolve())
        self.assertEqual(against.program_of(PROGRAM), PROGRAM.resolve())
        for path in (PROGRAM.parent / "no-such", pathlib.Path(__file__).parent):
            with self.assertRaises(SystemExit):
                against.program_of(path)

    def test_bounds_hold_the_median_with_95_percent(self):
        # The ranks that tables of the sign test have.
        for n, low, high in ((6, 1, 6), (8, 1, 8), (9, 2, 8), (20, 6, 15), (60, 22, 39)):
            self.assertEqual(against.bounds(range(n, 0, -1)), (low, high), n)

    def test_bold_is_what_lies_on_one_side_as_printed(self):
        self.assertEqual(against.spread([0.9] * 8), "**0.90** (0.90 to 0.90)")
        self.assertEqual(against.spread([1.001] * 8), "1.00 (1.00 to 1.00)")
        self.assertEqual(against.spread([0.9, 1.1] * 4), "1.00 (0.90 to 1.10)")

    def test_rows_are_found_by_their_names_and_findings_by_their_kind(self):
        comparison = answers.Comparison()
        comparison.compare([{"name": "a", "value": 1}, {"name": "b", "value": 2}],
                           [{"name": "b", "value": 2}, {"name": "c", "value": 3}], "rows")
        self.assertEqual(comparison.left_out, {("rows, a", True), ("rows, c", False)})
        self.assertEqual(comparison.values, 2)
        comparison.compare([{"finding": "odd", "n": 1}, {"finding": "new", "n": 2}],
                           [{"finding": "odd", "n": 1}], "found")
        self.assertIn(("found, new", True), comparison.left_out)
        for ours, theirs in (([1], [1, 2]), ([{"finding": "odd"}], [{"finding": "odd"}] * 2),
                             (1, 1.0), ({"a": [1]}, {"a": {}}), (None, 0)):
            with self.assertRaises(answers.Different):
                comparison.compare(ours, theirs, "it")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
