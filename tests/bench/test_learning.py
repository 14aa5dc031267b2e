#!/usr/bin/env python3
"""test_learning.py - what learning.py holds two answers of the learning half against each other by: the
tails are those of published tables, and a value, a row or a word that differs is named."""

import unittest

import learning


class Tails(unittest.TestCase):
    def test_chi_squared_has_the_tables_critical_values(self):
        for x, freedom, tail in ((3.841459, 1, 0.05), (5.991465, 2, 0.05), (7.814728, 3, 0.05),
                                 (18.307038, 10, 0.05), (24.724970, 11, 0.01), (0, 1, 1), (0, 4, 1),
                                 (67.504807, 50, 0.05)):
            self.assertAlmostEqual(learning.chi_squared_tail(x, freedom), tail, 6)

    def test_fishers_tea_tasting(self):
        self.assertAlmostEqual(learning.mid_p(3, 4, 1, 4), 18 / 70, 12)
        self.assertAlmostEqual(learning.mid_p(4, 4, 0, 4), 1 / 70, 12)
        self.assertEqual(learning.mid_p(0, 5, 0, 7), 1)
        self.assertAlmostEqual(learning.mid_p(900, 2000, 900, 2000), 1, 1)


class Answers(unittest.TestCase):
    def differs(self, ours, theirs):
        return learning.difference({("row", "a"): ours}, {("row", "a"): theirs}, "it")

    def test_what_is_the_same(self):
        for ours, theirs in ((3, "3"), (3, "3.0"), (None, ""), (True, "true"), ("web", "web"),
                             (0.1, "0.10000000000000002"), (0.0, "0.0")):
            self.assertIsNone(self.differs([ours], [theirs]), (ours, theirs))

    def test_a_value_that_differs_is_named(self):
        for ours, theirs in ((3, "4"), (3, "3.5"), (None, "0"), (0, ""), (True, "false"),
                             ("web", "Web"), (0.1, "0.1001")):
            self.assertIn("row, a, value 1: ", self.differs([ours], [theirs]), (ours, theirs))

    def test_a_row_that_one_lacks_is_named_unless_nothing_is_in_it(self):
        self.assertIn("it says nothing", learning.difference({("row", "a"): [1, None]}, {}, "it"))
        self.assertIn("only it", learning.difference({}, {("row", "a"): ["1"]}, "it"))
        self.assertIsNone(learning.difference({("row", "a"): [0, None]}, {}, "it"))

    def test_amounts_are_whole_millionths(self):
        self.assertEqual(learning.millionths("-12.000001"), -12000001)
        self.assertEqual(learning.millionths("0"), 0)


if __name__ == "__main__":
    unittest.main()
