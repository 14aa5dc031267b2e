"""Servers of NATS on loopback, and machines with a ledger each. A test is run as

    CASE.py PROGRAM [-v] [NAME...]

and ends with 77, skipped, where there is no nats-server."""

import ctypes
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = None
NOW = "2025-06-01T08:00:00Z"
SERVER = next((path for path in (shutil.which("nats-server"), "/usr/sbin/nats-server",
                                 "/usr/local/bin/nats-server")
               if path and os.access(path, os.X_OK)), None)
PATIENCE = 60  # seconds for what must come


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if not SERVER:
        print(f"skipped: {pathlib.Path(sys.argv[0]).stem}: there is no program nats-server")
        sys.exit(77)
    unittest.main(module="__main__")


def die_with_us():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def free_ports(n):
    held = [socket.socket() for _ in range(n)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Servers:
    """One server, or a cluster of three."""

    def __init__(self, n=1, more="", scheme="nats", host="127.0.0.1"):
        self.scheme, self.host = scheme, host
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="backcast-share-"))
        ports = free_ports(2 * n)
        self.ports, routes = ports[:n], ports[n:]
        self.running = [None] * n
        for i in range(n):
            text = (f'listen: "127.0.0.1:{self.ports[i]}"\nserver_name: s{i}\n'
                    f'jetstream {{ store_dir: "{self.store(i)}" }}\n')
            if n > 1:
                among = ", ".join(f'"nats://127.0.0.1:{port}"' for port in routes)
                text += (f'cluster {{ name: test, listen: "127.0.0.1:{routes[i]}", '
                         f'routes: [ {among} ] }}\n')
            self.config(i).write_text(text + more)
            self.start(i)

    def config(self, i):
        return self.folder / f"s{i}.conf"

    def store(self, i):
        return self.folder / f"store{i}"

    def address(self, name):
        hosts = ",".join(f"{self.host}:{port}" for port in self.ports)
        return f"{self.scheme}://{hosts}/{name}"

    def start(self, i):
        with open(self.folder / f"s{i}.log", "ab") as log:
            self.running[i] = subprocess.Popen([SERVER, "-c", self.config(i)], stdout=log,
                                               stderr=log, preexec_fn=die_with_us)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.running[i].poll() is None:
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.ports[i])) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError((self.folder / f"s{i}.log").read_text())

    def kill(self, i, how=signal.SIGKILL):
        self.running[i].send_signal(how)
        self.running[i].wait(PATIENCE)
        self.running[i] = None

    def close(self):
        for i, one in enumerate(self.running):
            if one:
                self.kill(i)
        shutil.rmtree(self.folder)


class Machines(unittest.TestCase):
    """A folder; each machine has a ledger in it under its name."""
    servers = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="backcast-share-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.now = None
        self.log = self._testMethodName[-60:]

    def address(self):
        return self.servers.address(self.log)

    def environment(self, **more):
        env = {name: value for name, value in os.environ.items()
               if not name.startswith("BACKCAST_")}
        env.update(NO_COLOR="1", XDG_CONFIG_HOME=str(self.folder), **more)
        if self.now:
            env["BACKCAST_NOW"] = self.now
        return env

    def start(self, *args, **more):
        return subprocess.Popen([PROGRAM, *args], cwd=self.folder, env=self.environment(**more),
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, preexec_fn=die_with_us)

    def end(self, process, code=0, what=None):
        out, err = process.communicate(timeout=4 * PATIENCE)
        self.assertEqual(process.returncode, code, (what or process.args[1:],
                                                    out.decode(errors="replace"),
                                                    err.decode(errors="replace")))
        return out.decode(), err.decode()

    def run_program(self, *args, code=0, **more):
        return self.end(self.start(*args, **more), code)

    def ask(self, *args, code=0, **more):
        return json.loads(self.run_program(*args, "--json", code=code, **more)[0])

    # --- machines ---

    def first(self, name="a"):
        self.run_program("init", "--ledger", name)
        return self.run_program("share", "init", self.address(), "--ledger", name, "--name", name)

    def join(self, name, **more):
        return self.run_program("share", "join", self.address(), "--ledger", name, "--name", name,
                                **more)

    def two(self):
        self.first("a")
        self.join("b")

    def record(self, name, deal, stage="discovery", **more):
        return self.run_program("record", "stageChanged", "--deal", deal, "--to", stage, "--new",
                                "--ledger", name, "--shared", **more)

    def head(self, name):
        head = self.ask("head", "--ledger", name)
        return int(head["seq"]), head["root"]

    def catch_up(self, *names):
        for name in names:
            self.run_program("share", "catch-up", "--ledger", name)

    def status(self, name, code=0):
        return self.ask("share", "status", "--ledger", name, code=code)

    def events(self, name):
        lines = self.run_program("export", "jsonl", "--ledger", name)[0].splitlines()
        return [json.loads(line) for line in lines]

    def write_events(self, path, first, n, deals=50):
        with open(self.folder / path, "w", encoding="utf-8") as out:
            for i in range(first, first + n):
                out.write(json.dumps({
                    "id": f"e{i}", "occurredAt": f"2025-01-{1 + i % 28:02}T09:00:00Z",
                    "deal": f"d{i % deals}",
                    "propertyChanged": {"name": "amount", "value": str(i)}}) + "\n")

    def check_alike(self, *names, size=None):
        """All hold the same events, and nothing in them was altered."""
        heads = {name: self.head(name) for name in names}
        self.assertEqual(len(set(heads.values())), 1, heads)
        if size is not None:
            self.assertEqual(heads[names[0]][0], size)
        for name in names:
            self.run_program("verify", "--ledger", name)
