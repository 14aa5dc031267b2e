#!/usr/bin/env python3
"""What each command of `share`, and each append with --shared, promises."""

import copy
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

import machine

sys.path.append(str(pathlib.Path(__file__).parent.parent / "connect"))
import dropbox_sign  # noqa: E402
import fake          # noqa: E402


def setUpModule():
    machine.Machines.servers = machine.Servers()
    unittest.addModuleCleanup(machine.Machines.servers.close)


class Accounts(machine.Machines):
    """A server with TLS and accounts, as ledger/share/JETSTREAM.md has them."""
    root = pathlib.Path(__file__).parent.parent.parent
    keys = root / "tests" / "ledger" / "share" / "keys"

    def setUp(self):
        super().setUp()
        self.log = "deals"
        self.make_certificates()
        page = (self.root / "ledger" / "share" / "JETSTREAM.md").read_text()
        more = "tls {" + page.split("```conf\ntls {")[1].split("```")[0]
        more = more.replace("/etc/nats/server", f"{self.folder}/server")
        for name in ("maker", "writer", "reader"):
            more = more.replace(name.upper(), (self.keys / f"{name}.pub").read_text().strip())
            shutil.copy(self.keys / f"{name}.nk", self.folder)
            (self.folder / f"{name}.nk").chmod(0o600)
        self.servers = machine.Servers(more=more, scheme="tls", host="localhost")
        self.addCleanup(self.servers.close)

    def make_certificates(self):
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        (self.folder / "names").write_text("subjectAltName=DNS:localhost\n")
        for words in (["req", "-x509", *curve, "-days", "30", "-subj", "/CN=ca", "-keyout",
                       "ca.key", "-out", "ca.pem"],
                      ["req", *curve, "-subj", "/CN=server", "-keyout", "server.key", "-out",
                       "server.csr"],
                      ["x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                       "-CAcreateserial", "-days", "30", "-extfile", "names", "-out",
                       "server.pem"]):
            subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def test_who_may_what(self):
        self.run_program("init", "--ledger", "a")
        files = ("--ca", "ca.pem", "--nkey")
        where = (self.address(), "--ledger", "a", "--name", "a")
        self.run_program("share", "init", *where, *files, "reader.nk", code=8)
        self.run_program("share", "init", *where, "--nkey", "maker.nk", code=8)
        self.run_program("share", "init", *where, *files, "maker.nk")
        self.record("a", "d1", BACKCAST_SHARE_NKEY="writer.nk")
        self.run_program("share", "join", self.address(), "--ledger", "r", "--name", "r", *files,
                         "reader.nk")
        kept = (self.folder / "r" / "share").read_text()
        self.assertIn(f"nkey {self.folder.resolve()}/reader.nk\n", kept)
        self.assertNotIn((self.keys / "reader.nk").read_text().strip(), kept)
        self.record("a", "d2", BACKCAST_SHARE_NKEY="writer.nk")
        self.catch_up("r")
        status = self.status("a")
        self.assertEqual(status["majority"], {"replicas": 2, "needs": 2, "seq": "2"})
        _, said = self.run_program("record", "dealCreated", "--deal", "n", "--ledger", "r",
                                   "--shared", code=8)
        self.assertIn("permi", said.lower())
        self.check_alike("a", "r", size=2)
        (self.folder / "reader.nk").chmod(0o644)
        self.run_program("share", "status", "--ledger", "r", code=4)


class Commands(machine.Machines):
    def test_what_one_appends_the_others_take(self):
        self.run_program("init", "--ledger", "a")
        self.write_events("e.jsonl", 0, 20)
        self.run_program("import", "jsonl", "e.jsonl", "--ledger", "a")
        out, err = self.run_program("share", "init", self.address(), "--ledger", "a", "--name", "a")
        self.assertIn("20 events on 1 server", out)
        self.assertIn("fewer than 3 servers", err)
        self.assertIn("20 events, verified", self.join("b")[0])
        self.assertEqual(self.record("b", "d1")[1], "")
        self.assertIn("took 1 event that", self.record("a", "d2")[1])
        self.assertEqual([self.status("b")[key] for key in ("state", "behind")], ["behind", 1])
        self.assertEqual(self.run_program("share", "catch-up", "--ledger", "b")[0].split(";")[0],
                         "took 1 event")
        status = self.status("b")
        self.assertEqual((status["state"], status["lost"]), ("level", 0))
        self.assertEqual(status["majority"], {"replicas": 2, "needs": 2, "seq": "22"})
        self.assertEqual([one["replica"] for one in status["replicas"]], ["a", "b"])
        self.check_alike("a", "b", size=22)

    def test_what_is_no_commit_is_passed_over_and_said(self):
        self.two()
        with socket.create_connection(("127.0.0.1", self.servers.ports[0])) as raw:
            raw.sendall(f'CONNECT {{"verbose":false}}\r\nPUB backcast.{self.log}.commit 5\r\n'
                        'hello\r\nPING\r\n'.encode())
            while b"PONG" not in raw.recv(4096):
                pass
        self.record("a", "d1")
        _, said = self.run_program("share", "catch-up", "--ledger", "b")
        self.assertIn("passed over 1 message in the shared log", said)
        self.check_alike("a", "b", size=1)

    def test_an_empty_ledger_is_shared_and_joined(self):
        self.two()
        self.check_alike("a", "b", size=0)
        self.record("b", "d1")
        self.catch_up("a")
        self.check_alike("a", "b", size=1)

    def test_no_append_goes_its_own_way(self):
        self.two()
        self.run_program("init", "--ledger", "alone")
        self.write_events("e.jsonl", 0, 3)
        for words in (("record", "dealCreated", "--deal", "d"), ("import", "jsonl", "e.jsonl"),
                      ("record", "undo", "--yes"), ("report", "issue", "q"),
                      ("review", "--record")):
            with self.subTest(words[0]):
                _, said = self.run_program(*words, "--ledger", "a", code=2)
                self.assertIn("go its own way", said)
                _, said = self.run_program(*words, "--ledger", "alone", "--shared", code=2)
                self.assertIn("--shared: alone is no replica", said)
        self.assertEqual(self.head("a")[0], 0)

    def test_a_setting_says_it_for_a_timer(self):
        self.two()
        words = ("record", "dealCreated", "--deal", "d1", "--ledger", "a")
        self.run_program(*words, BACKCAST_SHARED="yes")
        _, said = self.run_program(*words, code=2, BACKCAST_SHARED="perhaps")
        self.assertIn("expected yes or no", said)
        (self.folder / "backcast").mkdir()
        (self.folder / "backcast" / "backcast.yaml").write_text("shared: yes\n")
        self.run_program(*words)
        self.run_program(*words, "--shared=no", code=2)
        self.run_program(*words, code=2, BACKCAST_SHARED="no")
        self.assertEqual(self.head("a")[0], 2)
        (self.folder / "a" / "backcast.yaml").write_text("shared: yes\n")
        _, said = self.run_program("head", "--ledger", "a", code=3)
        self.assertIn("a/backcast.yaml:1:1", said)

    def test_every_append_goes_through_the_log(self):
        self.two()
        self.record("a", "d1")
        self.record("b", "d2")
        (self.folder / "form.yaml").write_text(
            "deal: d3\nevents:\n  - dealCreated: { stage: outreach }\n")
        rules, _ = self.run_program("rules", "show", "default")
        (self.folder / "rules.yaml").write_text(rules.replace("version: default", "version: v1"))
        for words in (("record", "undo", "--yes"), ("record", "form", "--file", "form.yaml"),
                      ("record", "action", "--text", "call"), ("report", "issue", "q"),
                      ("rules", "publish", "rules.yaml", "--effective", "2025-01-01"),
                      ("review", "--record")):
            with self.subTest(words):
                before = self.head("b")[0]
                self.run_program(*words, "--ledger", "a", "--shared")
                self.catch_up("b")
                self.assertGreater(self.head("b")[0], before)
        self.check_alike("a", "b")

    def test_an_answer_that_is_recorded_rests_on_what_others_appended(self):
        self.two()
        self.record("b", "d1")
        issued = self.ask("report", "issue", "q", "--ledger", "a", "--shared")
        self.assertEqual(issued["ledger"]["seq"] if "ledger" in issued else "1", "1")
        self.assertEqual(self.head("a")[0], 2)
        self.run_program("report", "issue", "q", "--ledger", "b", "--shared")
        self.assertEqual(self.head("b")[0], 3)

    def test_a_backup_is_no_replica(self):
        self.two()
        self.record("a", "d1")
        self.run_program("backup", "copy", "--ledger", "a")
        self.assertFalse((self.folder / "copy" / "share").exists())
        self.run_program("record", "dealCreated", "--deal", "d2", "--ledger", "copy")
        self.run_program("share", "status", "--ledger", "copy", code=2)
        self.run_program("rebuild", "--ledger", "a")
        self.check_alike("a", "a", size=1)

    # --- many at once ---

    def test_races_of_record(self):
        self.two()

        def write(name):
            for i in range(4):
                self.record(name, f"{name}{i}")
        self.together([lambda name=name: write(name) for name in ("a", "b")])
        self.catch_up("a", "b")
        self.check_alike("a", "b", size=8)
        self.assertEqual(len({event["id"] for event in self.events("a")}), 8)

    def together(self, works):
        faults = []

        def work(what):
            try:
                what()
            except BaseException as fault:
                faults.append(fault)
        threads = [threading.Thread(target=work, args=(one,)) for one in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if faults:
            raise faults[0]

    def test_one_that_is_killed_is_run_again(self):
        self.two()
        n = 0
        for i, pause in enumerate((0.1, 0.2, 0.3)):
            self.write_events("e.jsonl", 1000 * i, 1000)
            n += 1000
            words = ("import", "jsonl", "e.jsonl", "--ledger", "a", "--shared", "--batch", "250")
            process = self.start(*words)
            time.sleep(pause)
            process.kill()
            process.communicate()
            self.record("b", f"between{i}")
            n += 1
            self.run_program(*words)
        self.catch_up("a", "b")
        self.check_alike("a", "b", size=n)

    def test_what_a_killed_join_left_is_no_ledger(self):
        self.first("a")
        self.write_events("e.jsonl", 0, 5000)
        self.run_program("import", "jsonl", "e.jsonl", "--ledger", "a", "--shared")
        for pause in (0.05, 0.1, 0.2):
            process = self.start("share", "join", self.address(), "--ledger", "b", "--name", "b")
            time.sleep(pause)
            process.kill()
            process.communicate()
            if (self.folder / "b" / "format").exists():
                shutil.rmtree(self.folder / "b")
        self.join("b") if not self.named("b") else self.run_program(
            "share", "join", self.address(), "--ledger", "b", "--name", "b", "--again")
        self.check_alike("a", "b", size=5000)

    def named(self, name):
        return name in [one["replica"] for one in self.status("a")["replicas"]]

    def test_a_large_log_is_joined(self):
        self.first("a")
        self.write_events("e.jsonl", 0, 100000, deals=5000)
        self.run_program("import", "jsonl", "e.jsonl", "--ledger", "a", "--shared")
        self.assertIn("100000 events, verified", self.join("b")[0])
        self.assertEqual(self.head("a"), self.head("b"))

    # --- what goes wrong ---

    def test_what_the_log_lost_is_put_back(self):
        servers = machine.Servers()
        self.addCleanup(servers.close)
        self.servers = servers
        self.two()
        self.record("a", "d1")
        self.catch_up("b")
        servers.kill(0, signal.SIGTERM)
        shutil.copytree(servers.store(0), servers.folder / "older")
        servers.start(0)
        for i in range(3):
            self.record("a", f"x{i}")
        servers.kill(0, signal.SIGTERM)
        shutil.rmtree(servers.store(0))
        (servers.folder / "older").rename(servers.store(0))
        servers.start(0)
        before = self.head("a")
        for words in (("record", "dealCreated", "--deal", "n", "--shared"),
                      ("share", "catch-up")):
            _, said = self.run_program(*words, "--ledger", "a", code=5)
            self.assertIn("share repair", said)
        self.assertEqual(self.head("a"), before)
        self.assertEqual([self.status("a", code=1)[key] for key in ("state", "lost")],
                         ["ahead", 3])
        self.assertIn("put back 3 events", self.run_program("share", "repair", "--ledger", "a")[0])
        self.assertEqual(self.status("a")["lost"], 0)
        self.record("b", "d2")
        self.catch_up("a", "b")
        self.check_alike("a", "b", size=5)

    def test_one_that_went_its_own_way_is_found_out(self):
        self.two()
        self.record("a", "d1")
        self.catch_up("b")
        kept = (self.folder / "b" / "share").read_text()
        (self.folder / "b" / "share").unlink()
        self.run_program("record", "dealCreated", "--deal", "own", "--ledger", "b")
        (self.folder / "b" / "share").write_text(kept)
        self.record("a", "d2")
        before = self.head("b")
        self.assertEqual(self.status("b", code=5)["state"], "differs")
        for words in (("record", "dealCreated", "--deal", "n", "--shared"), ("share", "repair"),
                      ("share", "catch-up"), ("share", "follow")):
            self.run_program(*words, "--ledger", "b", code=5)
        self.assertEqual(self.head("b"), before)
        self.run_program("verify", "--ledger", "b")
        self.record("a", "d3")

    def test_a_server_that_is_not_there_is_said(self):
        servers = machine.Servers()
        self.servers = servers
        self.two()
        servers.close()
        servers.running = []
        _, said = self.run_program("record", "dealCreated", "--deal", "n", "--ledger", "a",
                                   "--shared", code=8)
        self.assertIn("the shared log", said)
        self.run_program("share", "status", "--ledger", "a", code=8)
        self.run_program("metrics", "--ledger", "a")
        self.run_program("share", "leave", "--ledger", "a", code=8)
        self.assertIn("warning", self.run_program("share", "leave", "--ledger", "a", "--force")[1])
        self.run_program("record", "dealCreated", "--deal", "n", "--ledger", "a")

    def test_clocks_that_are_wrong(self):
        self.two()
        for minute, name in ((0, "a"), (-60, "b"), (1, "a"), (-59, "b")):
            self.now = f"2025-06-01T{(8 * 60 + minute) // 60:02}:{minute % 60:02}:00Z"
            self.record(name, f"d{minute % 60}")
        self.now = "2025-06-01T08:02:00Z"
        self.catch_up("a")
        self.check_alike("a", "b", size=4)
        times = [event["recordedAt"] for event in self.events("a")]
        self.assertEqual(times, sorted(times))
        clocks = {one["replica"]: one["clock"] for one in self.status("a")["replicas"]}
        self.assertEqual(clocks, {"a": None, "b": -3600})
        self.now = "2025-06-01T07:02:00Z"
        clocks = {one["replica"]: one["clock"] for one in self.status("b")["replicas"]}
        self.assertEqual(clocks, {"a": 3600, "b": None})

    # --- importers ---

    def test_a_machine_goes_on_where_another_stopped(self):
        service = dropbox_sign.DropboxSign(copy.deepcopy(dropbox_sign.REQUESTS))
        self.addCleanup(service.close)
        self.now = machine.NOW
        self.two()
        self.write_deals()
        self.run_program("import", "jsonl", "deals.jsonl", "--ledger", "a", "--shared")
        (self.folder / "dropbox-sign.yaml").write_text(dropbox_sign.Agreements.account)
        words = ("import", "dropbox-sign", "--base-url", service.url, "--shared", "--ledger")
        token = {"DROPBOX_SIGN_KEY": fake.TOKEN}
        first = self.ask(*words, "a", **token)
        self.assertGreater(first["added"], 0)
        self.catch_up("b")
        left = [self.ask("sources", "--ledger", name)["sources"] for name in ("a", "b")]
        self.assertEqual(*left)
        self.assertEqual(self.lasts(left[0]), [False])
        self.assertEqual(self.ask(*words, "b", **token)["added"], 0)
        self.catch_up("a")
        self.assertEqual(self.ask("sources", "--ledger", "a")["sources"],
                         self.ask("sources", "--ledger", "b")["sources"])
        self.check_alike("a", "b")

    def lasts(self, sources):
        """Whether each source's last run failed."""
        return [one["lastRun"]["failed"] for one in sources if one.get("lastRun")]

    def write_deals(self):
        (self.folder / "deals.jsonl").write_text("".join(
            f'{{"id":"deal-{deal}","occurredAt":"2025-01-06T09:00:00Z","deal":"{deal}",'
            f'"dealCreated":{{"stage":"enrichment"}}}}\n' for deal in (900100, 900200, 900300)))

    # --- following and leaving ---

    def test_following_takes_what_comes_until_it_is_stopped(self):
        self.two()
        process = self.start("share", "follow", "--ledger", "b")
        self.addCleanup(process.kill)
        for i in range(3):
            self.record("a", f"d{i}")
            self.wait_for(lambda: self.head("b")[0] == 2 * i + 1)
            while True:  # the follower may be at work on the ledger
                done = self.start("record", "dealCreated", "--deal", f"own{i}", "--id", f"own{i}",
                                  "--ledger", "b", "--shared")
                done.communicate()
                if done.returncode != 6:
                    break
            self.assertEqual(done.returncode, 0)
        process.send_signal(signal.SIGTERM)
        out, _ = self.end(process)
        self.assertIn("took 1 event; it has", out)
        self.catch_up("a")
        self.check_alike("a", "b", size=6)

    def wait_for(self, holds):
        end = time.monotonic() + machine.PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), end)

    def test_who_leaves_takes_nothing_along(self):
        self.two()
        self.join("c")
        self.record("a", "d1")
        _, said = self.run_program("share", "leave", "--ledger", "a", code=2)
        self.assertIn("majority", said)
        self.catch_up("b", "c")
        self.run_program("share", "leave", "--ledger", "a")
        self.run_program("record", "dealCreated", "--deal", "own", "--ledger", "a")
        self.assertFalse(self.status("b")["replicas"][0]["replica"] == "a")
        self.run_program("share", "leave", "--ledger", "b")
        self.assertIn("last replica",
                      self.run_program("share", "leave", "--ledger", "c", code=2)[1])

    def test_names_and_addresses(self):
        self.first("a")
        _, said = self.run_program("share", "join", self.address(), "--ledger", "b", "--name", "a",
                                   code=3)
        self.assertIn("--again", said)
        self.assertFalse((self.folder / "b").exists())
        self.run_program("init", "--ledger", "other")
        _, said = self.run_program("share", "init", self.address(), "--ledger", "other", "--name",
                                   "o", code=3)
        self.assertIn("share join", said)
        for address in ("sales", "http://127.0.0.1/x", "nats://127.0.0.1/", "nats://user:pw@h/x"):
            with self.subTest(address):
                process = self.start("share", "join", address, "--ledger", "b")
                _, said = process.communicate()
                self.assertIn(process.returncode, (2, 3))
                self.assertNotIn(b"pw", said)
        _, said = self.run_program("share", "join", self.address(), "--ledger", "b", "--name",
                                   "../b", code=2)
        _, said = self.run_program("share", "join", self.servers.address("nothing"), "--ledger",
                                   "b", "--name", "b", code=3)
        (self.folder / "a" / "share").write_text("backcast share 1\nlog\n")
        _, said = self.run_program("share", "status", "--ledger", "a", code=5)
        self.assertIn("a/share:2", said)


if __name__ == "__main__":
    machine.main()
