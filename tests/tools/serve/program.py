#!/usr/bin/env python3
"""program.py BACKCAST - `serve` as a process: its address, its port, its end, and a browser that it
starts."""
import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

BACKCAST = os.path.abspath(sys.argv[1])
EVENT = ('{"id": "e%d", "occurredAt": "2025-03-03T09:30:00Z", "deal": "ada", "actor": "user:7", '
         '"source": {"system": "crm", "how": "UI"}, "stageChanged": {"to": "%s"}}\n')
faults = []


def check(holds, fault):
    if not holds:
        faults.append(fault)


class Serving:
    """A program that serves; `line` is what it printed first, `cookie` what it gave for the token."""

    def __init__(self, *options, env=None, program=BACKCAST):
        self.process = subprocess.Popen([program, "serve", *options], env=env or os.environ,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.line = self.process.stdout.readline()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/\?token=[A-Za-z0-9_-]{22,})\n", self.line)
        check(found, f"it printed {self.line!r}")
        if not found:
            self.process.kill()
            raise SystemExit("\n".join([*faults, self.process.communicate()[1]]))
        self.port, self.first = int(found[1]), found[2]
        self.cookie = None

    def get(self, target, cookie=True):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", target, headers={"Cookie": self.cookie} if cookie and self.cookie else {})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer, body

    def admit(self, target=None):
        answer, _ = self.get(target or self.first, False)
        self.cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        return answer

    def end(self, number=signal.SIGTERM):
        """Its exit code, what it printed beside the first line, and what it said."""
        self.process.send_signal(number)
        out, said = self.process.communicate(timeout=60)
        return self.process.returncode, out, said


def run(*words, **more):
    return subprocess.run([BACKCAST, *words], capture_output=True, text=True, check=False, timeout=60, **more)


def pages(folder):
    """A page for who has the cookie; an import beside it is seen at the next click."""
    serving = Serving()
    answer, _ = serving.get("/pipeline")
    check(answer.status == 403, f"without a cookie: {answer.status}")
    answer = serving.admit("/pipeline?as-of=2025-06-01&" + serving.first[2:])
    check(answer.status == 303 and answer.getheader("Location") == "/pipeline?as-of=2025-06-01",
          f"the token: {answer.status} {answer.getheader('Location')}")
    check(f"backcast-{serving.port}=" in serving.cookie, f"the cookie is {serving.cookie}")
    before = serving.get("/pipeline?as-of=2025-06-01")[1]
    run("import", "jsonl", "-", input=EVENT % (2, "discovery"))
    answer, after = serving.get("/pipeline?as-of=2025-06-01")
    check(answer.status == 200 and before != after and "2 events" in after, "an import is not seen")
    check(serving.get("/nowhere")[0].status == 404, "a page that is none")
    check(serving.get("/" + "x" * 9000)[0].status == 414, "a long address")
    check(not [name for name in os.listdir(folder) if "serv" in name or "port" in name],
          "it left something in the ledger")
    for page in re.findall(r'href="(/[^"]*)"', after)[:40]:
        answer, _ = serving.get(page.replace("&amp;", "&"))
        check(answer.status == 200, f"{page}: {answer.status}")
    check(serving.end() == (0, "", ""), "the end by SIGTERM")


def ports():
    first = Serving()
    second = Serving()
    check(61000 <= first.port <= 65535 and second.port != first.port, f"{first.port}, {second.port}")
    taken = run("serve", "--port", str(first.port))
    check(taken.returncode == 4 and taken.stdout == "" and
          taken.stderr == f"backcast: cannot listen at 127.0.0.1:{first.port}: Address already in use\n",
          f"a port that is taken: {taken}")
    check(first.end(signal.SIGINT) == (0, "", ""), "the end by SIGINT")
    code, _, said = second.end(signal.SIGHUP)
    check(code == 0 and said == f"backcast: port {first.port}, which is this ledger's, is taken; another is used\n",
          f"it said {said!r} and ended with {code}")
    again = Serving("--ledger", os.path.join(os.environ["BACKCAST_LEDGER"], "..", "ledger"))
    check(again.port == first.port and again.first != first.first, "another port at the second start")
    again.end()
    free = Serving("--port", "0")
    free.end()
    exact = Serving(f"--port={free.port}")
    check(exact.port == free.port, "not the port that was asked for")
    exact.end()


def read_when_there(path):
    """"" where nobody writes it within a minute."""
    until = time.monotonic() + 60
    while not os.path.exists(path):
        if time.monotonic() > until:
            return ""
        time.sleep(0.05)
    with open(path, encoding="utf-8") as text:
        return text.read()


def browser(home):
    """A program of the name stands for the browser; the address on its command line works once."""
    folder, seen = os.path.join(home, "bin"), os.path.join(home, "seen")
    os.mkdir(folder)
    with open(os.path.join(folder, "xdg-open"), "w", encoding="utf-8") as script:
        script.write(f'#!/bin/sh\necho noise\necho noise >&2\nprintf "%s" "$*" > {seen}.new\nmv {seen}.new {seen}\n')
    os.chmod(script.name, 0o755)
    serving = Serving("--open", env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"})
    address = read_when_there(seen)
    target = address.replace(f"http://127.0.0.1:{serving.port}", "")
    opened = target.startswith("/?token=")
    check(opened and serving.first[8:] not in address, f"it opened {address!r}")
    check(not opened or [serving.admit(target).status, serving.admit(target).status, serving.admit().status] ==
          [303, 403, 303], "an address that works once, beside the one that is printed")
    check(serving.end() == (0, "", ""), "the end after a browser")
    os.remove(script.name)
    serving = Serving("--open", env={**os.environ, "PATH": folder})
    check(serving.admit().status == 303, "no pages without xdg-open")
    code, _, said = serving.end()
    check(code == 0 and said == "backcast: cannot open a browser with xdg-open: No such file or directory; "
          "open the address that is printed\n", f"without xdg-open it said {said!r} and ended with {code}")


def on_one_processor():
    """As many threads answer as on two, so that a page that takes long does not hold up the others."""
    here, n = os.sched_getaffinity(0), []
    if len(here) < 2:
        return
    for processors in (set(sorted(here)[:1]), set(sorted(here)[:2])):
        os.sched_setaffinity(0, processors)
        serving = Serving()
        n.append(len(os.listdir(f"/proc/{serving.process.pid}/task")))
        serving.end()
    os.sched_setaffinity(0, here)
    check(n[0] == n[1] > 3, f"{n[0]} threads on one processor, {n[1]} on two")


def ends_early():
    """A signal that comes as soon as the address is printed is no less an end."""
    for options in ([], ["--open"]):
        for _ in range(4):
            code, _, said = Serving(*options, env={**os.environ, "PATH": "/nowhere"}).end()
            check(code == 0 and said.count("\n") == len(options), f"ended at once: {code}, {said!r}")


def refusals(home):
    for words, code in ((["--port", "65536"], 2), (["--port", "-1"], 2), (["--port", "x"], 2), (["more"], 2),
                        (["--ledger", home], 3), (["--ledger", os.path.join(home, "none")], 3)):
        done = run("serve", *words)
        check(done.returncode == code and done.stdout == "" and done.stderr.count("\n") == 1,
              f"serve {words}: {done}")
    # As of a program whose reader has gone, and of one that cannot print.
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([BACKCAST, "serve"], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
        check(done.returncode == 4, f"on a full disk: {done}")


def main():
    with tempfile.TemporaryDirectory() as home:
        folder = os.path.join(home, "ledger")
        os.environ.update({"BACKCAST_LEDGER": folder, "XDG_CONFIG_HOME": home})
        run("init")
        run("import", "jsonl", "-", input=EVENT % (1, "outreach"))
        pages(folder)
        ports()
        browser(home)
        on_one_processor()
        ends_early()
        refusals(home)
    print("\n".join(faults) or "an address, a port, an end, a browser")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
