"""The site as the program serves it, over a ledger of tests/tools/pages/ledgers.py or another."""
import os
import subprocess
import sys
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pages"))
from ledgers import Ledger  # noqa: E402
from parsed import Page  # noqa: E402

# Addresses of one page that are followed: deals are many, and every date leads to the next.
OF_A_PATH = 3
# Of these, which are few, each one is another page.
EACH, EACH_MOST = ("/report",), 12


class Serving:
    """The program while it serves a ledger: `start` is where a browser comes in, `base` what addresses begin
    with. Ended by `with`, or by `end`, which returns what it said."""

    def __init__(self, backcast, env):
        self.process = subprocess.Popen([os.path.abspath(backcast), "serve", "--port", "0"], env=env,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.start = self.process.stdout.readline().strip()
        self.base = self.start.partition("/?")[0]
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self.get(self.start[len(self.base):])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        self.process.terminate()
        return self.process.communicate(timeout=60)[1]

    def get(self, address):
        """(status, type, text) of "/pipeline?as-of=..."; where it leads elsewhere on the site, of that."""
        try:
            with self.opener.open(self.base + address) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get_content_type(), error.read()


class Served(Serving):
    """One of the ledgers of tests; faults are gathered, those of its end among them."""

    def __init__(self, root, backcast, home, name):
        self.ledger = Ledger(os.path.abspath(root), os.path.abspath(backcast), home, name)
        self.name, self.faults = name, []
        super().__init__(backcast, self.ledger.env)

    def __exit__(self, *_):
        said = self.end()
        self.check("at the end", self.process.returncode == 0 and not said, f"{self.process.returncode}: {said}")

    def check(self, where, holds, fault):
        if not holds:
            self.faults.append(f"{self.name}, {where}: {fault}")


def named(address):
    parts = urlsplit(address)
    return parts.path if parts.path not in EACH else f"{parts.path}, {parse_qs(parts.query)['id'][0]}"


def followed(served, most=OF_A_PATH):
    """{path: an address of it} of all pages that links lead to, from the first one on; of those of EACH
    {"path, id": an address}."""
    begin = f"/?as-of={served.ledger.as_of}"
    waiting, seen, ids, fragments, pages, of_path = [begin], {begin}, {}, [], {}, {}
    while waiting:
        address = waiting.pop(0)
        status, kind, body = served.get(address)
        served.check(address, status == 200 and body, f"status {status}, {len(body)} bytes")
        if kind != "text/html":
            continue
        pages.setdefault(named(address), address)
        page = Page(body.decode(), alone=False)
        ids[address] = set(page.ids)
        for link in page.links:
            there, _, fragment = link.partition("#")
            there = there or address
            if link == "data:,":
                continue
            if not there.startswith("/") or there.startswith("//"):
                served.check(address, False, f"a link leads to {link}")
                continue
            if fragment:
                fragments.append((address, there, fragment))
            path = urlsplit(there).path
            if there not in seen and of_path.get(path, 0) < (EACH_MOST if path in EACH else most):
                seen.add(there)
                of_path[path] = of_path.get(path, 0) + 1
                waiting.append(there)
    for address, there, fragment in fragments:
        if there in ids:
            served.check(address, fragment in ids[there], f"{there} has no #{fragment}")
    return pages
