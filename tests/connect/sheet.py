#!/usr/bin/env python3
"""Tables from where they are kept: a Google Sheet by its link and by its API, and a CSV at another
address; each on loopback. The table is an outreach log, read by the map that is shipped for it."""

import copy
import csv
import datetime
import io
import json
import pathlib
import shutil
import signal
import unittest

import fake
import harness

MAP = pathlib.Path(__file__).resolve().parents[2] / "tools/maps/outreach-log.yaml"
ID = "1AbC_dEf-2"
NAMES = ["Attempt", "Deal", "Date", "Channel", "Campaign", "By", "Subject", "Notes"]
DAY = datetime.date
TIME = datetime.datetime

ROWS = [
    ["a-1", "900100", DAY(2025, 2, 3), "Email", "spring", "bd-1", "Hello", "two\nlines"],
    ["a-2", "900200", TIME(2025, 2, 4, 10, 30), "Phone", "", "bd-2"],
    [],
    ["a-3", "900300", "2025-02-05", "E-mail", "", "bd-1", "", "kept as \"text\", with a comma"],
]


def attempt(row, at, body, fields, deal, actor):
    return harness.event(f"csv:outreach-log/{deal}/{row}/{body}", at, body, fields, "outreach_log",
                         f"attempt/{row}", deal, actor=actor)


HISTORY = [
    attempt("a-1", "2025-02-03T17:00:00Z", "outreachAttempted", {"channel": "email"}, "900100",
            "bd-1"),
    attempt("a-1", "2025-02-03T17:00:00Z", "emailSent", {"email": "a-1", "campaign": "spring"},
            "900100", "bd-1"),
    attempt("a-2", "2025-02-04T15:30:00Z", "outreachAttempted", {"channel": "phone"}, "900200",
            "bd-2"),
    attempt("a-3", "2025-02-05T17:00:00Z", "outreachAttempted", {"channel": "email"}, "900300",
            "bd-1"),
    attempt("a-3", "2025-02-05T17:00:00Z", "emailSent", {"email": "a-3"}, "900300", "bd-1"),
]
DEALS = [  # another table: a history of stages
    ["Deal ID", "Stage", "Changed on"],
    ["s-1", "Outreach", DAY(2025, 1, 13)],
    ["s-1", "Discovery", DAY(2025, 2, 24)],
    [],
    ["s-2", "Outreach", DAY(2025, 1, 14)],
    ["s-2", "Closed lost", DAY(2025, 3, 27)],
]
LATER = ["a-4", "900100", DAY(2025, 6, 2), "LinkedIn", "", "bd-2"]


def serial(cell):
    """As the API gives a cell: a day is a number, from 1899-12-30 on."""
    if isinstance(cell, TIME):
        return (cell - TIME(1899, 12, 30)) / datetime.timedelta(days=1)
    return (cell - DAY(1899, 12, 30)).days if isinstance(cell, DAY) else cell


def shown(cell):
    """As a cell is displayed, and exported."""
    if isinstance(cell, TIME):
        return f"{cell.month}/{cell.day}/{cell.year} {cell:%H:%M:%S}"
    if isinstance(cell, DAY):
        return f"{cell.month}/{cell.day}/{cell.year}"
    return {True: "TRUE", False: "FALSE"}.get(cell, str(cell)) if isinstance(cell, bool) else str(cell)


class Content(fake.Fake):
    """The host that an export is fetched from: by an address for one time, and never with a token."""
    scheme = None

    def __init__(self):
        super().__init__()
        self.bodies = {}

    def answer(self, asked):
        if "Authorization" in asked.headers or asked.path not in self.bodies:
            return fake.Reply(403, b"<html>no</html>", type="text/html")
        return self.bodies.pop(asked.path)


class Sheet(fake.Fake):
    """Google, all of its hosts as one, but for that of exports; and a server of CSV."""
    limited = (429, b"<html>slow down</html>", {"Retry-After": "0"}, "text/html")
    refused = (401, {"error": {"code": 401, "status": "UNAUTHENTICATED",
                               "message": "Request had invalid authentication credentials."}}, {})

    def __init__(self, rows):
        super().__init__()
        self.rows = [NAMES] + copy.deepcopy(rows)
        self.content = Content()
        self.gone = False
        self.shared = True
        self.type = "text/csv; charset=utf-8"
        self.body = None          # in place of the table's
        self.version = 7
        self.sees_drive = True
        self.zone = "America/New_York"
        self.title = "It's the log"
        self.etag = None          # of the plain address
        self.last_modified = None
        self.tags = 0             # a new ETag each time, though nothing has changed

    def close(self):
        super().close()
        self.content.close()

    def csv(self):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        for row in self.rows:
            row = row + [""] * (1 + len(NAMES) - len(row))  # a column more than has a name
            writer.writerow([shown(cell) for cell in row])
        return out.getvalue().removesuffix("\r\n").encode()

    def answer(self, asked):
        if self.gone:
            if asked.path.startswith(("/v4/", "/drive/")):
                return fake.Reply(404, {"error": {"code": 404, "message": "not found",
                                                  "status": "NOT_FOUND"}})
            return fake.Reply(404, b"<html>gone</html>", type="text/html")
        if asked.path == f"/spreadsheets/d/{ID}/export":
            return self.export(asked)
        if asked.path == f"/drive/v3/files/{ID}":
            return self.file()
        if asked.path == f"/v4/spreadsheets/{ID}":
            return {"properties": {"timeZone": self.zone},
                    "sheets": [{"properties": {"sheetId": 5, "title": "Other", "index": 1}},
                               {"properties": {"sheetId": 0, "title": self.title, "index": 0}}]}
        if asked.path.startswith(f"/v4/spreadsheets/{ID}/values/"):
            return self.values(asked)
        if asked.path == "/log.csv":
            return self.plain(asked)
        return fake.Reply(404, b"<html>no</html>", type="text/html")

    def table(self):
        return fake.Reply(200, self.csv() if self.body is None else self.body, type=self.type)

    def export(self, asked):
        assert asked.query["format"] == "csv"
        if not self.shared:
            return fake.Reply(302, b"", {"Location": "https://accounts.google.com/ServiceLogin"})
        path = f"/export/{len(self.asked)}/once"
        self.content.bodies[path] = self.table()
        return fake.Reply(307, b"<html>moved</html>", {"Location": self.content.url + path},
                          "text/html")

    def file(self):
        if not self.sees_drive:
            return fake.Reply(403, {"error": {"code": 403, "message": "insufficient scopes"}})
        return {"id": ID, "version": str(self.version), "trashed": False}

    def values(self, asked):
        if asked.path != f"/v4/spreadsheets/{ID}/values/%27It%27%27s%20the%20log%27":
            return fake.Reply(400, {"error": {"code": 400, "status": "INVALID_ARGUMENT",
                                              "message": "Unable to parse range: x"}})
        assert asked.query["valueRenderOption"] == "UNFORMATTED_VALUE"
        seen = asked.query["dateTimeRenderOption"] == "FORMATTED_STRING"
        values = [[shown(cell) if seen and isinstance(cell, DAY) else serial(cell) for cell in row]
                  for row in self.rows]
        return {"range": "...", "majorDimension": "ROWS", **({"values": values} if values else {})}

    def plain(self, asked):
        if self.tags:
            self.tags += 1
            self.etag = f'W/"{self.tags}-gzip"'
        same = self.etag and asked.headers.get("If-None-Match") == self.etag or (
            self.last_modified and asked.headers.get("If-Modified-Since") == self.last_modified)
        if same:
            return fake.Reply(304)
        reply = self.table()
        reply.headers = {name: value for name, value in
                         (("ETag", self.etag), ("Last-Modified", self.last_modified)) if value}
        return reply


class Table(harness.Place):
    """The seven tests, for each way to a table."""
    scheme = None
    traced = (('"status":200', '"bytes":'), ("spring", "Hello", ID, "a-secret"))
    hang_points = (1,)

    def setUp(self):
        if type(self) is Table:
            self.skipTest("of a way")
        super().setUp()
        self.fake = Sheet(ROWS)
        self.fake.scheme = self.scheme
        self.addCleanup(self.fake.close)
        shutil.copy(MAP, self.folder / "map.yaml")

    def address(self):
        return f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit?usp=sharing#gid=0"

    def arguments(self, *args):
        return ("import", "sheet", self.address(), "--map", "map.yaml",
                "--base-url", self.fake.url, *args)

    def token(self):
        return {}

    def bring(self, *args):
        return self.ask(*self.arguments(*args), **self.token())

    def refused(self, code, *words, args=()):
        _, said = self.run_program(*self.arguments(*args), code=code, **self.token())
        for word in words:
            self.assertIn(word, said)
        return said

    def change(self):
        """Something of the sheet did."""
        self.fake.version += 1

    def check_events(self, expected):
        self.maxDiff = None
        self.assertEqual(self.events("outreach_log"),
                         sorted(expected, key=lambda event: event["id"]))

    def check_ids(self, expected):
        """Corrections have ids of their own."""
        self.assertEqual([one["id"].partition("/as/")[0] for one in self.events("outreach_log")],
                         sorted(one["id"] for one in expected))

    def notes(self, found):
        return {one["note"] for one in found.get("notes", [])}

    # --- the seven ---

    def test_1_the_history_is_told_once(self):
        first = self.bring()
        self.assertEqual((first["source"], first["unchanged"], first["added"]),
                         ("sheet/outreach-log", False, 5))
        self.check_events(HISTORY)
        again = self.bring()
        self.assertEqual((again["unchanged"], again["added"]), (True, 0))
        anew = self.bring("--again")
        self.assertEqual((anew["unchanged"], anew["added"], anew["duplicates"]), (False, 0, 5))
        self.check_events(HISTORY)
        self.assertIn("unchanged", self.run_program(*self.arguments(), **self.token())[0])

    def test_2_a_later_run_adds_what_is_new_and_corrects_what_changed(self):
        self.bring()
        self.fake.rows.insert(1, LATER)
        self.fake.rows[3][3] = "Event"
        self.change()
        self.now = "2025-06-08T08:00:00Z"
        found = self.bring()
        self.assertEqual((found["added"], found["corrected"]), (3, 1))
        told = {(one["source"]["ref"], *one.get("outreachAttempted", {}).values())
                for one in self.events("outreach_log") if "outreachAttempted" in one}
        self.assertEqual(told, {("attempt/a-1", "email"), ("attempt/a-2", "event"),
                                ("attempt/a-3", "email"), ("attempt/a-4", "linkedin")})
        self.assertEqual(self.bring()["added"], 0)
        self.assertEqual(self.bring("--again")["added"], 0)

    def test_3_a_run_that_is_killed_is_gone_on_with(self):
        for point in self.hang_points:
            with self.subTest(request=point):
                self.fake.forget()
                self.fake.hang_at = point
                process = self.start(*self.arguments("--again"), **self.token())
                hung = self.fake.hung.wait(20)
                process.send_signal(signal.SIGKILL)
                process.communicate()
                self.fake.released.set()
                self.assertTrue(hung)
                self.fake.forget()
                self.fake.released.clear()
                self.run_program("verify")
        self.bring()
        self.check_events(HISTORY)

    def test_4_limits_are_waited_for(self):
        self.fake.limit_at = (1,)
        self.assertGreater(self.bring()["retries"], 0)
        self.check_events(HISTORY)

    def test_6_what_vanished_stands_and_is_said(self):
        self.bring()
        self.fake.rows.pop(2)
        self.change()
        found = self.bring()
        self.assertEqual((found["dealsGone"], self.notes(found)), (1, {"deals_gone"}))
        self.fake.rows[1][3] = "Phone"  # no e-mail
        self.change()
        self.assertIn("not_again", self.notes(self.bring()))
        self.fake.rows[1][3] = "Email"
        self.change()
        self.bring()
        self.check_ids(HISTORY)
        self.fake.gone = True
        self.refused(8, "there is no")
        self.check_ids(HISTORY)
        self.fake.gone = False
        self.assertTrue(self.bring()["unchanged"])

    def test_7_hostile_texts_break_nothing(self):
        for i, text in enumerate(harness.HOSTILE):
            self.fake.rows.append([f"h{i}", "900100", DAY(2025, 3, 1), "Phone", text[:9000],
                                   text[:200], text, text])
            self.fake.rows.append([f"i{i}{text[:300]}", text[:300], text, text])
        self.bring("--rejects", "rejects")
        self.run_program(*self.arguments("--again", "--rejects", "-"), **self.token())
        self.run_program("verify")
        self.assertEqual(self.bring("--rejects", "rejects")["added"], 0)

    # --- a first map ---

    def discovered(self, rows, *lines):
        """A map, of another table than the log's; then what it makes of the table."""
        self.fake.rows = copy.deepcopy(rows)
        (self.folder / "map.yaml").unlink()
        found = self.bring("--discover")
        written = (self.folder / "map.yaml").read_text()
        for line in lines:
            self.assertIn(line, written)
        self.assertEqual((found["file"], found["rows"]), ("map.yaml", 4), written)
        self.assertNotIn("secret", written)
        return found, written

    def test_discover_writes_a_map_that_the_import_takes(self):
        found, written = self.discovered(DEALS, "by `backcast import sheet --discover`",
                                         "name: map ", "stageChanged")
        self.assertEqual(found["toDecide"], [], written)
        self.assertGreater(found["events"], 3)
        brought = self.bring()
        self.assertEqual((brought["added"], brought["unchanged"]), (found["events"], False))
        _, said = self.run_program(*self.arguments("--discover"), code=3, **self.token())
        self.assertIn("is there already", said)

    def test_discover_says_how_it_goes_on_and_imports_nothing(self):
        self.fake.rows = copy.deepcopy(DEALS)
        (self.folder / "map.yaml").unlink()
        said, _ = self.run_program(*self.arguments("--discover"), **self.token())
        self.assertIn("`backcast import sheet ", said)
        self.assertIn(" --map map.yaml --dry-run`", said)
        self.assertEqual([one for one in self.ask("sources")["sources"]
                          if one["source"].startswith("sheet/")], [])
        self.run_program(*self.arguments("--discover", "--dry-run"), code=2, **self.token())

    def test_discover_refuses_what_the_import_refuses(self):
        self.fake.rows = [["Deal", "Stage", "Stage"], ["d1", "Outreach", "Discovery"]]
        (self.folder / "map.yaml").unlink()
        said = self.refused(3, "columns", args=("--discover",))
        self.assertIn("Stage", said)
        self.assertFalse((self.folder / "map.yaml").exists())

    # --- what every way has ---

    def test_a_map_that_changed_reads_anew(self):
        self.bring()
        self.write("map.yaml", MAP.read_text().replace("LinkedIn: linkedin", "LinkedIn: social"))
        found = self.bring()
        self.assertEqual((found["unchanged"], found["added"]), (False, 0))
        self.assertTrue(self.bring()["unchanged"])

    def test_lines_that_were_refused_are_read_again(self):
        self.fake.rows.append(["a-9", "900100", "soon", "Phone"])
        self.assertEqual(self.bring("--rejects", "rejects")["rejected"], 1)
        self.assertIn("soon", (self.folder / "rejects").read_text())
        self.assertEqual(self.bring("--rejects", "rejects")["rejected"], 1)
        self.refused(3, "sheet/outreach-log:", "soon")

    def test_a_table_that_shrank_is_refused(self):
        self.bring()
        whole = self.fake.rows
        self.fake.rows = whole[:2]
        self.change()
        self.refused(3, "--shrunk-ok")
        self.assertEqual(self.bring("--shrunk-below", "10")["added"], 0)
        self.fake.rows = whole
        self.change()
        self.bring()
        self.fake.rows = whole[:1]
        self.change()
        self.refused(3, "--shrunk-ok")
        self.assertEqual(self.bring("--shrunk-ok")["added"], 0)
        self.check_events(HISTORY)

    def test_columns_without_a_name_or_of_one_are_refused(self):
        self.fake.rows[0] = NAMES[:6] + ["By", "Notes"]
        self.refused(3, "of one name", "F \"By\"", "G \"By\"")
        self.fake.rows[0] = NAMES[:7]
        self.refused(3, "without a name: H")

    def test_an_error_of_the_spreadsheet_is_no_value(self):
        self.fake.rows[1][4] = "#REF!"
        self.refused(3, "sheet/outreach-log:2:", "#REF!")
        self.fake.rows[1][4:8] = ["spring", "bd-1", "#N/A", ""]  # of a column that is not read
        self.assertEqual(self.bring()["added"], 5)

    def test_two_rows_of_one_key_are_refused(self):
        self.fake.rows.append(["a-1", "900100", DAY(2025, 2, 9), "Phone"])
        self.refused(3, "a-1")

    def test_a_dry_run_keeps_nothing(self):
        self.assertEqual(self.bring("--dry-run")["added"], 5)
        self.check_events([])
        self.assertEqual(self.bring()["added"], 5)

    def test_the_trace_holds_no_cell(self):
        self.bring("--trace", "trace")
        harness.check_trace(self, (self.folder / "trace").read_text(), *self.traced)


class ByLink(Table):
    """As anybody may who has the link."""

    def test_5_no_token_is_needed_and_none_goes_on_to_another_host(self):
        self.bring()
        for asked in self.fake.asked + self.fake.content.asked:
            self.assertNotIn("Authorization", asked.headers)
        self.assertEqual(len(self.fake.content.asked), 1)

    def test_a_sheet_that_is_not_shared_is_said_to_be_so(self):
        self.fake.shared = False
        self.refused(8, "not shared", "accounts.google.com")
        self.fake.shared = True
        self.fake.type, self.fake.body = "text/html", b"<html>Sign in</html>"
        self.refused(8, "not shared")
        self.fake.type = "text/csv"  # whatever it says
        self.refused(8, "not shared")
        self.fake.type, self.fake.body = "application/pdf", b"%PDF"
        self.refused(8, "application/pdf")
        self.check_events([])

    def test_addresses(self):
        for address, word in (
                (f"https://docs.google.com/spreadsheets/d/{ID}/gviz/tq?tqx=out:csv&gid=5",
                 f"/spreadsheets/d/{ID}/export?format=csv&gid=5"),
                (f"https://docs.google.com/spreadsheets/d/{ID}/edit?gid=0&&gid=0gid=0", "gid"),
                ("https://docs.google.com/document/d/1/edit", "no link of a spreadsheet"),
                ("ftp://example.org/a.csv", "https")):
            said = self.run_program("import", "sheet", address, "--map", "map.yaml", code=3)[1]
            self.assertIn(word, said)
        said = self.run_program("import", "sheet", "https://example.org/a.csv", "--map", "map.yaml",
                                "--token-command", "echo x", code=2)[1]
        self.assertIn("Google alone", said)


class ByToken(Table):
    """With the token of an account that may read the sheet."""
    scheme = "Bearer"
    traced = (('"majorDimension":"ROWS"', '"<number>"', '"timeZone":"America/New_York"'),
              ("spring", "Hello", "It's", "It%27", "45691", "bd-1"))
    hang_points = (1, 3)

    def token(self):
        return {"SHEET_TOKEN": fake.TOKEN}

    def test_5_a_token_that_runs_out_is_renewed_or_said(self):
        self.write("token", fake.RENEWED + "\n")
        self.fake.expire_at = 3
        self.bring("--token-command", "cat token")
        self.check_events(HISTORY)
        self.fake.forget()
        self.refused(8, "token", args=("--again",))

    def test_the_link_without_a_token_tells_the_same(self):
        self.bring()
        self.fake.scheme = None
        found = self.ask(*self.arguments())
        self.assertEqual((found["unchanged"], found["added"], found["duplicates"]), (False, 0, 5))

    def test_a_version_that_moved_says_nothing_by_itself(self):
        self.bring()
        self.fake.asked.clear()
        self.assertTrue(self.bring()["unchanged"])
        self.assertEqual(len(self.fake.asked), 1)
        self.fake.version += 1
        found = self.bring()
        self.assertEqual((found["unchanged"], found["requests"]), (True, 3))
        self.assertEqual(self.bring()["requests"], 1)

    def test_a_token_without_the_scope_for_the_version_reads_all(self):
        self.fake.sees_drive = False
        self.assertIn("no_version", self.notes(self.bring()))
        self.check_events(HISTORY)
        self.assertTrue(self.bring()["unchanged"])

    def test_another_time_zone_is_said(self):
        self.assertEqual(self.notes(self.bring()) & {"zone_changed", "zone_differs"}, set())
        self.fake.zone = "Europe/Berlin"
        self.change()
        self.assertLessEqual({"zone_changed", "zone_differs"}, self.notes(self.bring()))

    def test_a_sheet_is_found_by_its_number_and_its_emptiness_said(self):
        self.fake.rows = []
        self.refused(3, "empty")
        said = self.run_program("import", "sheet", self.address().replace("gid=0", "gid=77"),
                                "--map", "map.yaml", "--base-url", self.fake.url, code=8,
                                **self.token())[1]
        self.assertIn("77", said)
        self.fake.title = "A1"  # renamed, between two requests
        self.refused(8, "Unable to parse range")

    def test_numbers_are_written_out(self):
        self.write("map.yaml", """name: numbers
key: [id]
deal: "900100"
time: { fixed: 2025-01-31T00:00:00Z }
source: { system: numbers }
events:
  - artifactLinked: { kind: "{id}", url: "{n}" }
""")
        self.fake.rows = [["id", "n"], ["a", 12], ["b", 0.1], ["c", -2.5], ["d", True], ["e", 1e15],
                          ["f", 9007199254740992], ["g", 1 / 3]]
        self.bring()
        self.assertEqual([one["artifactLinked"]["url"] for one in self.events("numbers")],
                         ["12", "0.1", "-2.5", "TRUE", "1000000000000000", "9007199254740992",
                          "0.3333333333333333"])
        self.fake.rows = [["id", "n"], [1.5e22, "x"]]
        self.change()
        self.refused(3, "E+22", args=("--shrunk-ok",))


class ByAddress(Table):
    """A CSV of another server."""

    def address(self):
        return f"{self.fake.url}/log.csv?key=a-secret-of-the-address"

    def arguments(self, *args):
        return ("import", "sheet", self.address(), "--map", "map.yaml", *args)

    def test_a_table_without_a_length_that_may_be_cut_off_is_said_and_takes_nothing_back(self):
        plain = self.fake.plain

        def without_length(cut):
            reply = plain(fake.Asked("GET", "/log.csv", {}, {}, b""))
            reply.headers = {"Connection": "close"}
            reply.body = reply.body.rstrip() if cut else reply.body + b"\r\n"
            return reply
        self.bring()
        self.fake.plain = lambda asked: without_length(cut=True)
        self.assertIn("maybe_cut", self.notes(self.bring("--dry-run")))
        self.write("map.yaml", MAP.read_text() + "\ntable: snapshot\n")
        self.refused(3, "--shrunk-ok", "cut off")
        self.assertIn("maybe_cut", self.notes(self.bring("--shrunk-ok", "--dry-run")))
        self.fake.plain = lambda asked: without_length(cut=False)
        self.assertEqual(self.bring()["takenBack"], 0)

    def test_5_no_token_is_sent_and_the_address_is_kept_to_itself(self):
        out, err = self.run_program(*self.arguments("--trace", "trace"), SHEET_TOKEN=fake.TOKEN)
        self.assertNotIn("Authorization", self.fake.asked[0].headers)
        self.assertNotIn("a-secret", out + err + (self.folder / "trace").read_text())
        self.fake.gone = True
        self.assertNotIn("a-secret", self.refused(8, "there is no table"))

    def test_what_the_server_says_has_not_changed_is_not_read(self):
        for name, value in (("etag", '"one"'),
                            ("last_modified", "Wed, 05 Feb 2025 10:00:00 GMT")):
            with self.subTest(name):
                setattr(self.fake, name, value)
                self.bring("--again")
                self.fake.body = b"garbage"  # which nobody asks for
                self.assertTrue(self.bring()["unchanged"])
                self.fake.body = None
                # Not where the map is another one by now.
                self.write("map.yaml", MAP.read_text() + f"# {name}\n")
                self.assertFalse(self.bring()["unchanged"])
                self.fake.etag = None

    def test_an_etag_that_changes_by_itself_is_no_change(self):
        self.fake.tags = 1
        self.bring()
        self.assertTrue(self.bring()["unchanged"])

    def test_a_body_that_breaks_off_is_not_taken(self):
        self.fake.type = "text/html; charset=utf-8"
        self.refused(8, "a page for people")


if __name__ == "__main__":
    harness.main()
