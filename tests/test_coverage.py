#!/usr/bin/env python3
"""What coverage.py counts: by folder, a header once, and no branch that only a fault of ours takes."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import coverage

TEXT = ["int f(void)", "{", "    assert(one);", "    if (two)", "        three();", "}"]


def line(number, count, branches=()):
    return {"line_number": number, "count": count, "function_name": "f",
            "branches": [{"count": count, "throw": False} for count in branches]}


def answer(path, lines, called=1):
    return {"files": [{"file": f"./{path}", "lines": lines, "functions": [
        {"name": "f", "start_line": 1, "execution_count": called}]}]}


class Counts(unittest.TestCase):
    def setUp(self):
        self.counts = coverage.Counts(read=lambda path: TEXT)

    def test_a_folder_has_its_files_and_headers(self):
        self.counts.add(answer("ledger/base/a.c", [line(4, 1, [1, 0]), line(5, 0)]))
        self.counts.add(answer("ledger/base/a.h", [line(5, 3)], called=0))
        self.counts.add(answer("tools/b.c", [line(5, 1)]))
        self.assertEqual(self.counts.folders(), {
            "ledger/base": {"lines": (2, 3), "branches": (1, 2), "functions": (1, 2)},
            "tools": {"lines": (1, 1), "functions": (1, 1)}})

    def test_what_one_object_ran_of_a_header_has_run(self):
        for count in (0, 1, 0):
            self.counts.add(answer("tools/a.h", [line(4, count, [count, 1 - count])], count))
        self.assertEqual(self.counts.folders(), {
            "tools": {"lines": (1, 1), "branches": (2, 2), "functions": (1, 1)}})

    def test_assertions_and_what_is_thrown_have_no_branches(self):
        thrown = {"count": 0, "throw": True}
        self.counts.add(answer("tools/a.cpp", [line(3, 1, [0, 1]),
                                               {**line(4, 1), "branches": [thrown]}]))
        self.assertNotIn("branches", self.counts.folders()["tools"])

    def test_tests_and_libraries_are_not_ours_to_count(self):
        self.counts.add(answer("tests/support/a.c", [line(4, 1)]))
        self.counts.add(answer("../usr/include/a.h", [line(4, 1)]))
        self.assertEqual(self.counts.folders(), {})

    def test_lines_that_did_not_run_are_listed_by_folder_or_file(self):
        for path in ("ledger/a.c", "ledger/base/a.c", "ledger/basement.c"):
            self.counts.add(answer(path, [line(5, 0), line(4, 0), line(3, 1)]))
        inside = [("ledger/base/a.c", 4), ("ledger/base/a.c", 5)]
        self.assertEqual(self.counts.missed("ledger/base"), inside)
        self.assertEqual(self.counts.missed("ledger/base/a.c"), inside)
        self.assertEqual(len(self.counts.missed("ledger")), 6)

    def test_a_line_that_is_no_more_is_told(self):
        with self.assertRaises(SystemExit):
            self.counts.add(answer("tools/a.c", [line(7, 1)]))


class Table(unittest.TestCase):
    def test_no_share_is_rounded_up(self):
        self.assertEqual(coverage.cell(9999, 10000).split(), "99.9 % of 10,000".split())
        self.assertEqual(coverage.cell(0, 0), "–")

    def test_folders_stand_in_the_order_of_the_flow_and_add_up(self):
        rows = coverage.table({"tools/cmd": {"lines": (1, 2)}, "projections": {"lines": (1, 1)},
                               "ledger/log": {"lines": (1, 1), "branches": (1, 2)}}).split("\n")
        self.assertEqual([row.split()[0] for row in rows[1:-1]],
                         ["ledger/log", "projections", "tools/cmd", "all"])
        self.assertEqual(rows[4].split(), "all 75.0 % of 4 50.0 % of 2 –".split())


if __name__ == "__main__":
    unittest.main()
