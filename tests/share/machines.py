#!/usr/bin/env python3
"""Three servers, and machines that import, correct and read at once while one server is lost."""

import threading
import unittest

import machine


def setUpModule():
    machine.Machines.servers = machine.Servers(3)
    unittest.addModuleCleanup(machine.Machines.servers.close)


class AtOnce(machine.Machines):
    def setUp(self):
        super().setUp()
        self.faults = []
        self.lost = threading.Event()  # a server is killed

    def in_thread(self, work):
        def run():
            try:
                work()
            except BaseException as fault:
                self.faults.append(fault)
        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def test_all_is_there_once_and_each_root_is_the_same(self):
        self.run_program("init", "--ledger", "a")
        out, err = self.first_of("a")
        self.assertIn("on 3 servers", out)
        self.assertNotIn("warning", err)
        self.join("b")
        self.join("c")
        for k in range(3):
            self.write_events(f"e{k}.jsonl", 1000 * k, 1000)
        threads = [self.in_thread(work) for work in (self.importing, self.correcting,
                                                     self.reading)]
        self.servers.kill(0)
        self.lost.set()
        for thread in threads:
            thread.join()
        if self.faults:
            raise self.faults[0]
        self.servers.start(0)
        self.catch_up("a", "b", "c")
        self.check_alike("a", "b", "c", size=3000 + 3 + 1)
        found = [event["id"] for event in self.events("c")]
        self.assertEqual(len(set(found)), len(found))
        self.assertTrue({f"e{i}" for i in range(3000)} <= set(found))
        self.assertEqual(self.status("c")["majority"],
                         {"replicas": 3, "needs": 2, "seq": "3004"})

    def first_of(self, name):
        return self.run_program("share", "init", self.address(), "--ledger", name, "--name", name)

    def until_done(self, *args):
        """While there is no leader it may fail, and to run the same again is safe."""
        while True:
            process = self.start(*args)
            out, err = process.communicate()
            if process.returncode != 8:
                self.assertEqual(process.returncode, 0, (args, out, err))
                return

    def importing(self):
        for k in range(3):
            if k == 2:
                self.lost.wait(machine.PATIENCE)
            self.until_done("import", "jsonl", f"e{k}.jsonl", "--ledger", "a", "--shared",
                            "--batch", "250")

    def correcting(self):
        for k in range(3):
            self.until_done("record", "stageChanged", "--deal", f"d{k}", "--to", "discovery",
                            "--id", f"moved{k}", "--new", "--ledger", "b", "--shared")
        self.lost.wait(machine.PATIENCE)
        (self.folder / "undo.jsonl").write_text(
            '{"id":"undone","occurredAt":"2025-02-01T09:00:00Z","retracted":{"event":"moved2"}}\n')
        self.until_done("import", "jsonl", "undo.jsonl", "--ledger", "b", "--shared")

    def reading(self):
        size = 0
        for _ in range(3):
            self.until_done("share", "catch-up", "--ledger", "c")
            self.run_program("metrics", "--ledger", "c")
            self.run_program("verify", "--ledger", "c")
            now = self.head("c")[0]
            self.assertGreaterEqual(now, size)
            size = now


if __name__ == "__main__":
    machine.main()
