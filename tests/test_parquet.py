#!/usr/bin/env python3
"""test_parquet.py BACKCAST WRITTEN - what is written as Parquet reads back, value by value.

WRITTEN makes files of made-up tables, with all that is hard about them, and says what is in them. Of a
ledger `export parquet` must hold what `export sqlite` does."""

import datetime
import os
import pathlib
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
import unittest

import parquet_reader

BACKCAST, WRITTEN = sys.argv[1:3]
SAMPLE = pathlib.Path(__file__).parent / "sample" / "sample.jsonl"
GROUP_ROWS = 122880
# The tables that are divided into years, and by which instant.
YEARS = {"deals": "first_event", "visits": "entered", "properties": "set_at", "meetings": "starts",
         "emails": "sent", "enrolments": "enrolled", "anchors": "anchored", "events": "occurred"}
HOSTILE = r'''
{"id":"h1","occurredAt":"1970-01-01T00:00:00Z","recordedAt":"2026-03-30T07:00:00Z","deal":"'); DROP TABLE deals; --","dealCreated":{"name":"\u202e\ud83d\udcb6 \"=1+1\"","stage":"outreach","dealType":"newbusiness"}}
{"id":"h2","occurredAt":"9999-12-31T23:59:59.999999Z","recordedAt":"2026-03-30T07:00:00Z","deal":"'); DROP TABLE deals; --","stageChanged":{"to":"no\tsuch\nstage"}}
{"id":"h3","occurredAt":"2025-12-31T23:59:59.999999Z","recordedAt":"2026-03-30T07:00:00Z","deal":"year=2031/../..","dealCreated":{"stage":"discovery"}}
{"id":"h4","occurredAt":"2026-01-01T00:00:00Z","recordedAt":"2026-03-30T07:00:00Z","deal":"year=2031/../..","propertyChanged":{"name":"\u00e9\u0301,;\\","value":"PAR1"}}
'''.lstrip()


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


def instant(us):
    """As SQLite has it."""
    begin = datetime.datetime(1970, 1, 1)
    return (begin + datetime.timedelta(microseconds=us)).isoformat(timespec="microseconds") + "Z"


class Exported(unittest.TestCase):
    """A ledger's tables, beside `export sqlite` of the same question."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.env = {**os.environ, "BACKCAST_NOW": "2026-03-30T08:00:00Z",
                   "BACKCAST_LEDGER": str(cls.path / "ledger")}
        cls.run_backcast("init")
        cls.run_backcast("import", "jsonl", "--keep-recorded-at", SAMPLE)
        (cls.path / "hostile.jsonl").write_text(HOSTILE)
        cls.run_backcast("import", "jsonl", "--keep-recorded-at", cls.path / "hostile.jsonl")
        asked = ("--from", "2024-12-31", "--to", "2026-03-29", "--every", "1m")
        cls.run_backcast("export", "parquet", cls.path / "lake", *asked)
        cls.run_backcast("export", "sqlite", cls.path / "all.db", *asked)
        cls.database = sqlite3.connect(cls.path / "all.db")

    @classmethod
    def tearDownClass(cls):
        cls.database.close()
        cls.folder.cleanup()

    @classmethod
    def run_backcast(cls, *arguments):
        subprocess.run([BACKCAST, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL,
                       env=cls.env)

    def names(self, kind):
        return [name for name, in self.database.execute(
            "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%'", (kind,))]

    def parts(self, name):
        return [(path, parquet_reader.Table(path))
                for path in sorted((self.path / "lake" / name).rglob("*.parquet"))]

    def test_every_row_is_there(self):
        tables = self.names("table")
        self.assertGreater(len(tables), 15)
        rows = 0
        for name in tables:
            cursor = self.database.execute(f"SELECT * FROM {name}")
            columns = [column for column, *_ in cursor.description]
            want = sorted(map(repr, cursor))
            got = []
            for path, table in self.parts(name):
                self.assertEqual((table.name, table.names()), (name, columns), path)
                got += [repr(tuple(
                    value if value is None or kind not in ("instant", "bool")
                    else instant(value) if kind == "instant" else int(value)
                    for value, kind in zip(row, table.types()))) for row in table.rows]
            self.assertEqual(sorted(got), want, name)
            rows += len(got)
        self.assertGreater(rows, 9000)

    def test_each_row_is_in_the_folder_of_its_year(self):
        years = set()
        for name, by in YEARS.items():
            for path, table in self.parts(name):
                year = path.parent.name.partition("year=")[2]
                place = table.names().index(by)
                years.add(year)
                for row in table.rows:
                    self.assertEqual(instant(row[place])[:4], year, path)
        self.assertLessEqual({"1970", "2024", "2025", "2026", "9999"}, years)
        for name in set(self.names("table")) - set(YEARS):
            self.assertEqual([path.parent.name for path, _ in self.parts(name)], [name])

    def test_the_views_are_those_of_the_database(self):
        for engine in ("duckdb", "clickhouse"):
            sql = (self.path / "lake" / f"views-{engine}.sql").read_text()
            made = re.findall(r"^CREATE VIEW (\w+) AS", sql, re.M)
            self.assertEqual(sorted(made), sorted(self.names("table") + self.names("view")))
            self.assertNotRegex(sql, r"\b(MAX|MIN)\(|@\w+@")
            for name in self.names("table"):
                stars = "/*/*" if name in YEARS else "/*"
                self.assertIn(f"'{name}{stars}.parquet'", sql)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
