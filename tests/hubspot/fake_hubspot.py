#!/usr/bin/env python3
"""A HubSpot on loopback, for tests: a small account, and every way to misbehave.

    fake_hubspot.py [--account FOLDER] [--do RULE]... [--many N] [--limit N/MS] ...

prints its base URL as one line and serves until its standard input ends. Rules are those of
misbehave.py. It is steered, while it runs, by what is posted under /_:

    /_do      {"rules": [RULE, ...]}    adds rules
    /_clear   {}                        forgets the rules, and what was asked
    /_later   {"folder": FOLDER}        lays account-later/, or that folder, over the account
    /_put     {"kind": "deals", "record": {...}}
    /_remove  {"kind": "deals", "id": "9001"}
    /_fail    {"of": "meetings", "ids": [...], "times": 2, "named": true}
              batches with these (of "deals meetings": associations) fail in part so often
    /_say     {"status": 304, "headers": [["ETag", "x"], ...], "body": "..."}
              the next request is answered so; said several times, those after it in turn
    /_expire  {"uses": 6}               each token is good for so many requests; NAME-2 follows
    /_log     {}                        {"requests": [what was asked, ...], "most_at_once": N}

What is right is held against schemas/ before it is sent.
"""

import argparse
import collections
import gzip
import http.server
import json
import os
import pathlib
import re
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import account
import many
import misbehave
import schema

HERE = pathlib.Path(__file__).resolve().parent
V = r"(?:v[34]|20\d\d-\d\d)"
TYPE = r"([\w-]+)"
URL_MAX = 8000


def at(first, rest=""):
    """/crm/v3/FIRST... and /crm/FIRST/2026-03..., as one pattern."""
    return re.compile(rf"(?:/crm/{V}/{first}|/crm/{first}/{V}){rest}/?$")


# (method, path, schema of the answer, how it is made from handler, match, query, question)
ROUTES = [
    ("GET", re.compile(r"/account-info/(?:v3|20\d\d-\d\d)/details$"), "Details",
     lambda h, m, q, b: (200, h.account.details)),
    ("GET", at("objects", f"/{TYPE}"), "Objects", lambda h, m, q, b: h.account.list(m[1], q)),
    ("GET", at("objects", rf"/{TYPE}/(\d+)"), "Object",
     lambda h, m, q, b: h.account.read(m[1], m[2], q)),
    ("POST", at("objects", f"/{TYPE}/batch/read"), "BatchObjects",
     lambda h, m, q, b: h.account.batch(m[1], q, b)),
    ("POST", at("objects", f"/{TYPE}/search"), "FoundObjects",
     lambda h, m, q, b: h.search(m[1], b)),
    ("GET", at("pipelines", f"/{TYPE}"), "Pipelines",
     lambda h, m, q, b: h.account.list_pipelines(m[1])),
    ("GET", at("pipelines", f"/{TYPE}/([^/]+)/audit"), "Audits",
     lambda h, m, q, b: h.account.audit(m[1], m[2])),
    ("GET", at("pipelines", f"/{TYPE}/([^/]+)/stages/([^/]+)/audit"), "Audits",
     lambda h, m, q, b: h.account.audit(m[1], f"{m[2]}/{m[3]}")),
    ("GET", at("owners"), "Owners", lambda h, m, q, b: h.account.list_owners(q)),
    ("GET", at("properties", f"/{TYPE}"), "Properties",
     lambda h, m, q, b: h.account.list_properties(m[1], q)),
    ("POST", at("associations", f"/{TYPE}/{TYPE}/batch/read"), "BatchAssociations",
     lambda h, m, q, b: h.account.associations(m[1], m[2], b, "/20" in m[0])),
    ("GET", at("associations", f"/{TYPE}/{TYPE}/labels"), "Labels",
     lambda h, m, q, b: h.account.list_labels(m[1], m[2])),
]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def account(self):
        return self.server.account

    def log_message(self, *args):
        pass

    def reply(self, status, body, kind, headers=None, packed=False):
        """Sends bytes; those worth it are packed, if the caller can unpack and they are not yet."""
        headers = dict(headers or {})
        if not packed and len(body) > 500 and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 1)
            headers["Content-Encoding"] = "gzip"
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def say(self, said):
        """An answer with these headers and no others, but the length."""
        body = said["body"].encode()
        self.send_response_only(said["status"])
        for name, value in said["headers"]:
            self.send_header(name, value)
        if said["status"] not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def reply_json(self, status, value, headers=None):
        self.reply(status, json.dumps(value, separators=(",", ":")).encode(), misbehave.JSON,
                   headers)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def do_GET(self):
        self.serve("GET", b"")

    def do_POST(self):
        self.serve("POST", self.body())

    def serve(self, method, body):
        url = urllib.parse.urlsplit(self.path)
        if url.path.startswith("/_"):
            self.steer(url.path, body)
            return
        self.server.note(method, self.path, self.headers, body)
        try:
            self.serve_noted(method, url, body)
        finally:
            self.server.noted()

    def serve_noted(self, method, url, body):
        said = self.server.take_said()
        if said:
            self.say(said)
            return
        wrong = self.server.rules.take(self.path)
        over = self.server.over_limit()
        if wrong:
            misbehave.answer(self, wrong)
        elif over:
            self.reply_json(429, misbehave.rolling(), misbehave.used_up())
        else:
            self.serve_right(method, url, body)

    def serve_right(self, method, url, body):
        query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        try:
            if not self.server.accepts(self.headers.get("Authorization")):
                raise account.Refusal(401, "Authentication credentials not found.",
                                      "INVALID_AUTHENTICATION")
            if len(self.path) > URL_MAX:
                raise account.Refusal(414, "URI too long")
            status, value, name = self.route(method, url.path, query, body)
        except account.Refusal as refusal:
            status, value, name = refusal.status, refusal.body, "Error"
        faults = schema.faults(value, {"ref": name}, self.server.schemas)
        if faults:
            print(f"fake_hubspot: {self.path}: {faults[0]}", file=sys.stderr, flush=True)
            status, value = 500, misbehave.error(f"not by the schema: {faults[0]}")
        self.reply_json(status, value, {} if "/search" in url.path else self.server.limit_headers())

    def route(self, method, path, query, body):
        for wanted, pattern, name, make in ROUTES:
            match = pattern.match(path)
            if match and wanted == method:
                self.question_len = len(body)
                try:
                    asked = json.loads(body) if body else {}
                    with self.server.lock:
                        return *make(self, match, query, asked), name
                except (ValueError, KeyError, TypeError, AttributeError) as fault:
                    raise account.Refusal(400, f"Invalid input: {fault!r}") from fault
        raise account.Refusal(404, f"no such address: {method} {path}", "OBJECT_NOT_FOUND")

    def search(self, kind, asked):
        answer = self.account.search(kind, asked, self.question_len)
        self.server.searched()
        return answer

    def steer(self, path, body):
        server = self.server
        asked = json.loads(body or "{}")
        with server.lock:
            if path == "/_log":
                self.reply_json(200, {"requests": server.asked,
                                      "most_at_once": server.most_at_once})
                return
            if path == "/_do":
                for text in asked["rules"]:
                    server.rules.add(text)
            elif path == "/_clear":
                server.rules.clear()
                server.asked.clear()
                server.said.clear()
                server.most_at_once = 0
            elif path == "/_later":
                server.account.overlay(asked.get("folder", HERE / "account-later"),
                                       lag=server.lag > 0)
            elif path == "/_put":
                server.account.put(asked["kind"], asked["record"])
            elif path == "/_fail":
                server.account.failing[asked["of"]] = [asked["ids"], asked["times"],
                                                       asked["named"]]
            elif path == "/_say":
                server.said.append(asked)
            elif path == "/_expire":
                server.token_uses, server.used = asked["uses"], 0
            elif path == "/_remove":
                server.account.remove(asked["kind"], asked["id"])
            else:
                self.reply_json(404, misbehave.error("no such lever"))
                return
        self.reply_json(200, {})


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, options):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.RLock()
        self.token = options.token
        self.token_uses, self.token_nth, self.used = 0, 1, 0
        self.lag = options.lag
        self.schemas = schema.load()
        self.rules = misbehave.Rules(options.do)
        self.asked = []
        self.said = collections.deque()
        self.at_once = self.most_at_once = 0
        self.limit_n, self.limit_ms = (int(n) for n in options.limit.split("/"))
        self.recent = collections.deque()
        self.account = account.Account(options.account, options.association_page,
                                       options.search_cap)
        if options.many:
            many.fill(self.account, options.many)
        self.scheme = "https" if options.tls else "http"
        if options.tls:
            self.socket = self_signed().wrap_socket(self.socket, server_side=True)

    def handle_error(self, request, client_address):
        """A caller that turns away is nothing to talk about."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def accepts(self, authorization):
        """Where tokens run out, each is good for so many requests, and the next is NAME-2, ..."""
        with self.lock:
            if self.token_uses and self.used >= self.token_uses:
                self.used, self.token_nth = 0, self.token_nth + 1
            name = self.token if self.token_nth == 1 else f"{self.token}-{self.token_nth}"
            good = authorization == f"Bearer {name}"
            self.used += good
            return good

    def take_said(self):
        with self.lock:
            return self.said.popleft() if self.said else None

    def note(self, method, path, headers, body):
        with self.lock:
            self.asked.append({"method": method, "path": path,
                               "host": headers.get("Host", ""),
                               "authorized": "Authorization" in headers,
                               "headers": {name.lower(): value for name, value in headers.items()},
                               "body": body.decode(errors="replace")})
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)

    def noted(self):
        with self.lock:
            self.at_once -= 1

    def over_limit(self):
        if not self.limit_n:
            return False
        now = time.monotonic()
        with self.lock:
            while self.recent and self.recent[0] <= now - self.limit_ms / 1000:
                self.recent.popleft()
            self.recent.append(now)
            return len(self.recent) > self.limit_n

    def limit_headers(self):
        if not self.limit_n:
            return misbehave.used_up("180")
        headers = misbehave.used_up(str(max(0, self.limit_n - len(self.recent))))
        headers["X-HubSpot-RateLimit-Max"] = str(self.limit_n)
        headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = str(self.limit_ms)
        return headers

    def searched(self):
        """The index catches up after so many searches."""
        if self.account.indexed is not None:
            self.lag -= 1
            if self.lag <= 0:
                self.account.indexed = None


def self_signed():
    """TLS with a certificate that nobody vouches for."""
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = f"{folder}/key", f"{folder}/certificate"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key,
                        "-out", certificate], check=True, stderr=subprocess.DEVNULL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
    return context


def options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--account", default=HERE / "account", help="the folder of the account")
    parser.add_argument("--token", default="fake-token", help="the one that is accepted")
    parser.add_argument("--do", action="append", default=[], metavar="RULE", help="misbehave so")
    parser.add_argument("--many", type=int, default=0, metavar="N", help="N more deals, made up")
    parser.add_argument("--limit", default="0/10000", metavar="N/MS", help="N requests in MS, kept")
    parser.add_argument("--tls", action="store_true", help="by https, self-signed")
    parser.add_argument("--lag", type=int, default=0, metavar="N",
                        help="searches that do not see yet what /_later brought")
    parser.add_argument("--search-cap", type=int, default=10000, help="results of one search")
    parser.add_argument("--association-page", type=int, default=500, help="of one record")
    return parser.parse_args(arguments)


def wait_for_end(server):
    """Our starter holds the other end of standard input; if it goes, so do we."""
    while os.read(0, 4096):
        pass
    os._exit(0)


def main(arguments):
    server = Server(options(arguments))
    threading.Thread(target=wait_for_end, args=(server,), daemon=True).start()
    print(f"{server.scheme}://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
