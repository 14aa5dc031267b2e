#!/usr/bin/env python3
"""What is kept of each import, and the imports of sources.yaml."""

import copy
import json
import os
import re

import dropbox_sign
import fake
import harness


class Sources(harness.Place):
    token = {"DROPBOX_SIGN_KEY": fake.TOKEN}

    def setUp(self):
        super().setUp()
        self.fake = dropbox_sign.DropboxSign(copy.deepcopy(dropbox_sign.REQUESTS))
        self.addCleanup(self.fake.close)
        self.write("dropbox-sign.yaml", dropbox_sign.Agreements.account)

    def schedule(self, rest="", every="1d"):
        self.write("sources.yaml",
                   f"sources:\n  - import: dropbox-sign\n    every: {every}\n"
                   f"    base-url: {self.fake.url}\n{rest}")

    def run_all(self, *args, code=0):
        return self.run_program("import", "all", *args, code=code, DROPBOX_SIGN_KEY=fake.TOKEN)

    def source(self, name):
        found = [one for one in self.ask("sources")["sources"] if one["source"] == name]
        return found[0] if found else None

    def test_what_is_due_is_imported_and_nothing_else(self):
        self.schedule()
        self.assertTrue(self.source("dropbox-sign")["due"])
        self.run_all()
        self.assertEqual(len(self.events("dropbox_sign")), len(dropbox_sign.HISTORY))
        self.assertFalse(self.source("dropbox-sign")["due"])
        asked = len(self.fake.asked)
        self.assertIn("not due", self.run_all()[0])
        self.assertEqual(len(self.fake.asked), asked)
        self.run_all("--now")
        self.assertGreater(len(self.fake.asked), asked)
        self.now = "2025-06-02T08:00:00Z"
        self.assertTrue(self.source("dropbox-sign")["due"])
        self.assertEqual(self.source("dropbox-sign")["behindSeconds"], 86400)

    def test_each_is_tried_and_a_failure_is_kept_and_tried_again(self):
        self.write("bad.jsonl", "no event\n")
        self.schedule("  - import: jsonl\n    file: bad.jsonl\n    every: 1w\n")
        out, _ = self.run_all(code=3)
        self.assertIn("bad.jsonl:1:1", out)
        self.assertEqual(len(self.events("dropbox_sign")), len(dropbox_sign.HISTORY))
        kept = self.source("jsonl")
        self.assertTrue(kept["lastRun"]["failed"] and kept["due"])
        self.write("bad.jsonl", "")
        self.run_all()
        kept = self.source("jsonl")
        self.assertFalse(kept["lastRun"]["failed"] or kept["due"])

    def test_a_failure_of_any_kind_is_kept(self):
        self.schedule()
        self.run_all()
        for text, token, code, says in [
                (dropbox_sign.Agreements.account, {}, 2, "DROPBOX_SIGN_KEY"),
                ("titles: [x]\n", self.token, 3, "{name}"),
                (dropbox_sign.Agreements.account, {"DROPBOX_SIGN_KEY": "wrong"}, 8, "token")]:
            self.write("dropbox-sign.yaml", text)
            self.run_program("import", "all", "--now", code=code, **token)
            kept = self.source("dropbox-sign")["lastRun"]
            self.assertTrue(kept["failed"], says)
            self.assertIn(says, kept["error"])
            self.write("dropbox-sign.yaml", dropbox_sign.Agreements.account)
            self.run_all("--now")
            self.assertFalse(self.source("dropbox-sign")["lastRun"]["failed"])

    def test_a_failure_of_one_import_is_kept_whatever_it_is(self):
        arguments = ("import", "dropbox-sign", "--base-url", self.fake.url)
        self.write("links.yaml", "links: [\n")
        self.run_program(*arguments, code=3, **self.token)
        self.assertIn("links.yaml", self.source("dropbox-sign")["lastRun"]["error"])
        self.write("links.yaml", "links: {}\n")
        self.run_program(*arguments, code=2)
        self.assertIn("DROPBOX_SIGN_KEY", self.source("dropbox-sign")["lastRun"]["error"])
        self.run_program(*arguments, **self.token)
        self.assertFalse(self.source("dropbox-sign")["lastRun"]["failed"])

    def test_a_dry_run_keeps_nothing(self):
        self.schedule()
        self.run_all("--dry-run")
        self.assertEqual(self.events("dropbox_sign"), [])
        self.assertIsNone(self.source("dropbox-sign")["lastRun"])

    def test_a_dry_run_leaves_repair_out_and_says_so(self):
        self.write("hubspot.yaml", "read: []\n")
        self.schedule("  - import: hubspot\n    base-url: http://127.0.0.1:1\n"
                      "    give-up-after: 1\n    repair: yes\n")
        out, _ = self.run_all("--dry-run", "--now", code=2)
        self.assertIn("no token", out)  # so it came that far
        self.assertIn("hubspot: a dry run repairs nothing, so its `repair` was left out", out)
        out, _ = self.run_all("--dry-run", "--now", "--json", code=2)
        self.assertEqual([one.get("leftOut") for one in json.loads(out)["imports"]],
                         [None, "repair"])

    def test_one_at_a_time(self):
        self.schedule()
        self.fake.hang_at = 1
        first = self.start("import", "all", DROPBOX_SIGN_KEY=fake.TOKEN)
        self.assertTrue(self.fake.hung.wait(60))
        _, said = self.run_all(code=6)
        self.assertIn("another", said)
        first.kill()
        first.communicate()

    def test_without_a_file_it_says_what_it_wants(self):
        _, said = self.run_all(code=3)
        self.assertIn("sources.yaml", said)

    def test_an_account_with_a_name_is_one_source(self):
        self.write("dropbox-sign.yaml", dropbox_sign.Agreements.account + "\nname: team\n")
        self.schedule()
        self.run_all()
        kept = self.source("dropbox-sign/team")
        self.assertTrue(kept["lastRun"] and not kept["due"], kept)
        self.assertIsNone(self.source("dropbox-sign"))
        asked = len(self.fake.asked)
        self.assertIn("not due", self.run_all()[0])
        self.assertEqual(len(self.fake.asked), asked)
        self.schedule("    name: dropbox-sign/teem\n")
        _, said = self.run_all(code=3)
        self.assertIn("sources.yaml:5:11:", said)
        self.assertIn("dropbox-sign/team", said)

    def test_options_of_each_kind_go_to_their_command(self):
        self.write("one.jsonl", '{"id":"one","occurredAt":"2025-01-09T09:00:00Z",'
                   '"recordedAt":"2025-01-09T09:00:00Z","deal":"900100",'
                   '"propertyChanged":{"name":"tier","value":"gold"}}\n')
        self.write("sources.yaml", "sources:\n  - import: jsonl\n    file: one.jsonl\n"
                                   "    keep-recorded-at: yes\n")
        self.run_program("init", "--ledger", "kept")
        self.run_all("--ledger", "kept")
        log, _ = self.run_program("log", "--ledger", "kept", "--json")
        self.assertIn('"recordedAt":"2025-01-09T09:00:00', log.replace(" ", ""))
        self.write("sources.yaml", "sources:\n  - import: hubspot\n    repair: yes\n"
                                   "  - import: sheet\n    address: https://127.0.0.1:1/a.csv\n"
                                   "    map: none.yaml\n    shrunk-below: 20\n")
        listed = [one["source"] for one in self.ask("sources")["sources"] if "due" in one]
        self.assertEqual(listed, ["hubspot", "sheet"])

    def test_faults_are_said_before_anything_runs(self):
        for text, place, says in [
                ("sources:\n  - import: dropbox-sign\n    evry: 1d\n", "3:5", "every"),
                ("sources:\n  - import: dropbox-sign\n    every: often\n", "3:12", "1d"),
                ("sources:\n  - every: 1d\n", "2:5", "import"),
                ("sources:\n  - import: all\n", "2:13", "command"),
                ("sources:\n  - { import: csv, file: f }\n  - { import: csv, file: g }\n", "3:5", "name"),
                ("sources:\n  - import: csv\n", "2:5", "needs `file:`"),
                ("sources:\n  - import: hubspt\n", "2:13", "hubspot"),
                ("sources: []\n", "1:10", "list"),
                ("sources:\n  - import: jsonl\n    file: --help\n", "3:11", "file"),
                ("sources:\n  - import: jsonll\n", "2:13", "command"),
                ("sources:\n  - import: dropbox-sign\n    map: m.yaml\n", "3:5", "map"),
                ("sources:\n  - import: dropbox-sign\n    file: f\n", "3:5", "file"),
                ("sources:\n  - import: sheet\n    file: f\n", "3:5", "file"),
                ("sources:\n  - import: jsonl\n    token-command: date\n", "3:5", "token-command"),
                ("sources:\n  - import: hubspot\n    name: crm\n", "3:11", "hubspot"),
        ]:
            with self.subTest(text):
                self.write("sources.yaml", text)
                _, said = self.run_all(code=3)
                self.assertIn(f"sources.yaml:{place}:", said)
                self.assertIn(says, said)
        self.assertEqual(self.fake.asked, [])

    def test_a_file_that_others_may_write_names_no_file_and_no_command(self):
        self.write("precious", "keep me")
        for option in ("token-command: touch ran", "trace: precious", "account: other.yaml",
                       "links: precious", "token-file: precious"):
            for file, folder in ((0o666, 0o700), (0o664, 0o700), (0o600, 0o777), (0o600, 0o775)):
                with self.subTest(option, file=oct(file), folder=oct(folder)):
                    self.write("sources.yaml",
                               f"sources:\n  - import: dropbox-sign\n    {option}\n")
                    os.chmod(self.folder / "sources.yaml", file)
                    os.chmod(self.folder, folder)
                    _, said = self.run_all(code=3)
                    self.assertIn("sources.yaml:3:5:", said)
                    self.assertIn("nobody else may write or replace", said)
        self.assertFalse((self.folder / "ran").exists())
        self.assertEqual((self.folder / "precious").read_text(), "keep me")
        self.assertEqual(self.fake.asked, [])

    def test_in_a_folder_where_each_has_files_of_its_own_they_are_trusted(self):
        self.schedule()
        os.chmod(self.folder, 0o1777)
        self.run_all()
        self.assertEqual(len(self.events("dropbox_sign")), len(dropbox_sign.HISTORY))

    def test_of_what_a_service_says_no_address_and_no_token_is_kept(self):
        self.schedule()
        said = f"john.doe+x@lake.edu and {fake.TOKEN} and {fake.TOKEN[5:]} at a @ b"
        self.fake.answer = lambda asked: fake.Reply(
            403, {"error": {"error_name": "forbidden", "error_msg": said}})
        self.run_all(code=8)
        error = self.source("dropbox-sign")["lastRun"]["error"]
        self.assertIn("(address) and *", error)
        self.assertIn("at a @ b", error)
        for text in ("john", "lake.edu", fake.TOKEN[5:], fake.TOKEN):
            self.assertNotIn(text, error)

    def test_what_is_kept_says_what_differs(self):
        self.schedule()
        self.run_all()
        self.fake.requests = [one for one in self.fake.requests
                              if one["signature_request_id"] != "r1"]
        self.run_all("--now")
        kept = self.source("dropbox-sign")
        self.assertEqual((kept["agree"], kept["differ"], kept["unlinked"]), (2, 1, 1))
        self.assertEqual(kept["differences"], [{"object": "request/r1", "what": "object",
                                                "ledger": "there", "service": "gone"}])
        self.run_program("report", "html", "pages")
        page = (self.folder / "pages" / "ledger.html").read_text()
        self.assertIn("request/r1: object, ledger there, source gone", re.sub("<[^>]*>", "", page))
        self.assertIn("request/r1: object is there in the ledger, gone there",
                      " ".join(self.run_program("sources")[0].split()))


if __name__ == "__main__":
    harness.main()
