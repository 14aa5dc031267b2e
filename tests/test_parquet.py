#!/usr/bin/env python3
"""test_parquet.py BACKCAST WRITTEN - what is written as Parquet reads back, value by value.

WRITTEN makes files of made-up tables, with all that is hard about them, and tells what is in them; of
the sample `export parquet` must hold what `export sqlite` does."""

import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

import parquet_reader

BACKCAST, WRITTEN = sys.argv[1:3]
GROUP_ROWS = 122880


def told_value(word, kind):
    if word == "-":
        return None
    if kind == "text":
        return bytes.fromhex(word[1:]).decode()
    if kind == "real":
        return struct.unpack("<d", bytes.fromhex(word[1:]))[0]
    return bool(int(word)) if kind == "bool" else int(word)


class MadeUp(unittest.TestCase):
    """Tables of WRITTEN, read once."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        told = subprocess.run([WRITTEN, cls.folder.name], check=True, stdout=subprocess.PIPE,
                              text=True).stdout
        cls.told, cls.read = {}, {}
        for line in told.splitlines():
            if line.startswith("table "):
                rows = cls.told[line.partition(" ")[2]] = []
            else:
                rows.append(line.split(" "))
        for name in cls.told:
            cls.read[name] = parquet_reader.Table(f"{cls.folder.name}/{name}.parquet")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_every_value_is_there(self):
        self.assertEqual(len(self.told), 6)
        for name, rows in self.told.items():
            table = self.read[name]
            types = table.types()
            self.assertEqual(types, ["integer", "text", "text", "instant", "real", "bool"])
            want = [tuple(map(told_value, row, types)) for row in rows]
            self.assertEqual(len(table.rows), len(want), name)
            for number, (got, row) in enumerate(zip(table.rows, want)):
                self.assertEqual(repr(got), repr(row), f"{name}, row {number}")

    def test_a_table_without_rows_has_its_columns(self):
        self.assertEqual(self.read["empty"].names(),
                         ["number", "text", "told", "at", "rate", "held"])
        self.assertEqual(self.read["empty"].groups, [])

    def test_rows_go_in_groups(self):
        self.assertEqual(self.read["groups"].groups, [GROUP_ROWS, 3])
        self.assertEqual(self.read["hostile"].groups, [97])

    def test_what_may_not_be_null_is_said(self):
        self.assertEqual([column.optional for column in self.read["one"].columns],
                         [False, False, True, True, True, True])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
