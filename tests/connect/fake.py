"""A service on loopback, for tests: what every fake of a service has. A fake of one service is a
class of its own below this, with `answer`; see dropbox_sign.py.

It wants its token, counts what is asked, and misbehaves as a test says: it is limited for a while,
its token runs out, it hangs so that the program can be killed in the middle."""

import base64
import collections
import http.server
import json
import threading
import urllib.parse

Asked = collections.namedtuple("Asked", "method path query headers body")
TOKEN = "secret-token-of-the-fake"
RENEWED = "renewed-token-of-the-fake"


class Reply(Exception):
    """Raised or returned: an answer with a status. `body`: JSON, or bytes of `type`."""

    def __init__(self, status, body=None, headers=None, type="application/json"):
        super().__init__(status)
        self.status, self.body, self.headers, self.type = status, body, headers or {}, type


class Fake:
    scheme = "Bearer"     # or "Basic": the token as user; None: no token is wanted
    limited = (429, {"error": "limited"}, {"Retry-After": "0"})
    refused = (401, {"error": "token"}, {})

    def __init__(self):
        self.token = TOKEN
        self.asked = []            # what was asked, in order
        self.limit_at = ()         # numbers of requests, from 1, that are limited
        self.expire_at = None      # from this request on RENEWED is wanted
        self.hang_at = None        # this request gets no answer
        self.date = None           # of its clock, as HTTP has it; None: the machine's
        self.hung = threading.Event()
        self.released = threading.Event()
        self.lock = threading.Lock()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def forget(self):
        """Behaves again, and forgets what was asked."""
        self.asked, self.limit_at, self.expire_at, self.hang_at = [], (), None, None
        self.hung.clear()

    def answer(self, asked):
        """Returns JSON, or a Reply."""
        raise NotImplementedError

    def wants(self):
        if self.scheme == "Basic":
            return "Basic " + base64.b64encode(f"{self.token}:".encode()).decode()
        return f"{self.scheme} {self.token}"

    def reply(self, asked):
        with self.lock:
            self.asked.append(asked)
            number = len(self.asked)
        if number == self.hang_at:
            self.hung.set()
            self.released.wait(60)
            return Reply(500, {})
        if self.expire_at is not None and number >= self.expire_at:
            self.token = RENEWED
        if self.scheme and asked.headers.get("Authorization") != self.wants():
            return Reply(*self.refused)
        if number in self.limit_at:
            return Reply(*self.limited)
        try:
            reply = self.answer(asked)
        except Reply as raised:
            return raised
        return reply if isinstance(reply, Reply) else Reply(200, reply)


def handler(fake):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else headers wait 40 ms for the body

        def log_message(self, *args):
            pass

        def date_time_string(self, timestamp=None):
            return fake.date or super().date_time_string(timestamp)

        def do_GET(self):
            self.serve(b"")

        def do_POST(self):
            self.serve(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def serve(self, body):
            parts = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
            reply = fake.reply(Asked(self.command, parts.path, query, self.headers, body))
            content = reply.body
            if not isinstance(content, bytes):
                content = json.dumps(content).encode()
            try:
                self.send_response(reply.status)
                if reply.status != 304:
                    self.send_header("Content-Type", reply.type)
                    if reply.headers.get("Connection") != "close":
                        self.send_header("Content-Length", str(len(content)))
                else:
                    content = b""
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    return Handler
