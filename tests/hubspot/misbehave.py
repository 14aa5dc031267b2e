"""The ways in which an answer goes wrong, by name.

A rule is written NAME, NAME*TIMES, NAME@PART or NAME*TIMES@PART: the next TIMES (or all) requests
whose path has PART in it are answered so. NAME+N... begins after the next N of these.
"""

import gzip
import itertools
import json
import socket
import struct
import threading
import time

ID = "5c1fa6c5-0000-4000-8000-000000000002"


def error(message, **more):
    return {"status": "error", "message": message, "correlationId": ID, **more}


def rolling(policy="TEN_SECONDLY_ROLLING", message="You have reached your ten_secondly_rolling "
                                                   "limit."):
    return error(message, errorType="RATE_LIMIT", policyName=policy, requestId="r1")


def used_up(left="0"):
    return {"X-HubSpot-RateLimit-Max": "190", "X-HubSpot-RateLimit-Remaining": left,
            "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
            "X-HubSpot-RateLimit-Daily": "250000", "X-HubSpot-RateLimit-Daily-Remaining": "1000"}


def nested(depth):
    return '{"results":' + "[" * depth + "]" * depth + "}"


PAGE = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>edge</body></html>"
SCOPES = {"requiredGranularScopes": ["crm.objects.orders.read"]}
WITHIN = {"requiredGranularScopes": ["crm.objects.owners.read", "sales-email-read"]}
HTML, JSON = "text/html; charset=utf-8", "application/json;charset=utf-8"

# name -> (status, headers, content type, body); a body that is no text is written as JSON
PLAIN = {
    "rolling": (429, {}, JSON, rolling()),
    "rolling-lower": (429, {}, JSON, rolling("ten_secondly_rolling")),
    "rolling-soon": (429, {"Retry-After": "3"}, JSON, rolling()),
    "secondly": (429, {}, JSON, rolling("SECONDLY", "You have reached your secondly limit.")),
    "unnamed": (429, {}, JSON, error("You have reached your secondly limit.",
                                     errorType="RATE_LIMIT")),
    "daily": (429, {}, JSON, rolling("DAILY", "You have reached your daily limit.")),
    "locked": (423, {}, JSON, error("The resource is locked")),
    "moving": (477, {"Retry-After": "20"}, JSON, error("Migration in progress")),
    "moving-long": (477, {"Retry-After": "86400"}, JSON, error("Migration in progress")),
    "500": (500, {}, JSON, error("internal error")),
    "502": (502, {}, HTML, PAGE),
    "503": (503, {"Retry-After": "7"}, JSON, error("unavailable")),
    "504": (504, {}, HTML, PAGE),
    "521": (521, {}, HTML, PAGE),
    "unauthorized": (401, {}, JSON, error("Authentication credentials not found.",
                                          category="INVALID_AUTHENTICATION")),
    "forbidden": (403, {}, JSON, error("This app hasn't been granted all required scopes.",
                                       category="MISSING_SCOPES", context=SCOPES)),
    "forbidden-within": (403, {}, JSON, error("This app hasn't been granted all required scopes.",
                                              errors=[{"message": "one", "context": WITHIN}])),
    "bad": (400, {}, JSON, error("Unable to infer object type from: owners",
                                 category="VALIDATION_ERROR")),
    "no-method": (405, {}, JSON, error("Method not allowed")),
    "530": (530, {}, HTML, PAGE),
    "missing": (404, {}, JSON, error("resource not found", category="OBJECT_NOT_FOUND")),
    "missing-html": (404, {}, HTML, PAGE),
    "too-long": (414, {}, HTML, PAGE),
    "html": (200, {}, HTML, PAGE),
    "text": (200, {}, "text/plain", '{"results":[]}'),
    "no-type": (200, {}, None, '{"results":[]}'),
    "no-json": (200, {}, JSON, '{"results": [oops'),
    "empty": (200, {}, JSON, ""),
    "nothing": (204, {}, None, ""),
    "array": (200, {}, JSON, []),
    "error-body": (200, {}, JSON, error("Something went wrong", category="VALIDATION_ERROR")),
    "shape": (200, {}, JSON, {"results": "none", "paging": []}),
    "twice": (200, {}, JSON, '{"results":[],"results":[1]}'),
    "nul": (200, {}, JSON, '{"results":["a\\u0000b"]}'),
    "nul-key": (200, {}, JSON, '{"re\\u0000sults":[]}'),
    "half": (200, {}, JSON, '{"results":["a\\ud83d"]}'),
    "not-utf8": (200, {}, JSON, b'{"results":["\xff"]}'),
    "deep": (200, {}, JSON, nested(1000)),
    "deeper": (200, {}, JSON, nested(1000000)),
    "almost-used-up": (200, used_up("3"), JSON, {"results": []}),
}


def abort(handler):
    """Ends the connection with a reset instead of an end."""
    handler.close_connection = True
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def part(handler, reset):
    """The head, and the first half of what it promises."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "2000")
    handler.end_headers()
    handler.wfile.write(b'{"results":[' + b" " * 988)
    if reset:
        abort(handler)
    handler.close_connection = True


def zipped(handler, data):
    handler.reply(200, data, JSON, {"Content-Encoding": "gzip"}, packed=True)


def large(size):
    return json.dumps({"results": ["x" * size]}).encode()


def silent(handler):
    time.sleep(600)


TURN = itertools.count(1)


def counted(handler, after):
    """A page that holds nothing, and says that the one of this number follows."""
    page = {"results": [], "paging": {"next": {"after": str(after)}}}
    handler.reply(200, json.dumps(page).encode(), JSON)


def ties(handler, to, after):
    one = {"from": {"id": "9001"}, "to": to, "paging": {"next": {"after": after}}}
    handler.reply(200, json.dumps({"status": "COMPLETE", "results": [one]}).encode(), JSON)


def loop_ties(handler):
    ties(handler, [{"toObjectId": 501, "associationTypes": []}], "7")


def slow(handler):
    time.sleep(2)
    handler.reply(200, b'{"results":[]}', JSON)


def redirect(handler, host):
    port = handler.server.server_address[1]
    handler.reply(302, b"", None, {"Location": f"http://{host}:{port}/stolen"})


def echo(handler):
    """What a careless proxy does: tells the caller what he sent."""
    handler.reply(400, json.dumps(error("bad header " + handler.headers["Authorization"])).encode(),
                  JSON)


def lure(handler):
    """The page that follows is said to be elsewhere, and by nothing else."""
    port = handler.server.server_address[1]
    page = {"results": [], "paging": {"next": {"link": f"http://localhost:{port}/stolen"}}}
    handler.reply(200, json.dumps(page).encode(), JSON)


def loop(handler):
    """Every page says that the same one follows."""
    handler.reply(200, b'{"results":[],"paging":{"next":{"after":"7"}}}', JSON)


ODD = {
    "slow": slow,
    "silent": silent,
    "endless": lambda handler: counted(handler, next(TURN)),
    "backward": lambda handler: counted(handler, 5000 - next(TURN)),
    "beyond": lambda handler: counted(handler, 50000 + next(TURN)),
    "endless-ties": lambda handler: ties(handler, [], str(next(TURN))),
    "loop-ties": loop_ties,
    "reset": lambda handler: part(handler, True),
    "cut": lambda handler: part(handler, False),
    "hang-up": abort,
    "gzip-cut": lambda handler: zipped(handler, gzip.compress(large(5000))[:20]),
    "gzip-bad": lambda handler: zipped(handler, b"this is not gzip at all"),
    "huge": lambda handler: handler.reply(200, large(2_000_000), JSON),
    "huge-gzip": lambda handler: zipped(handler, gzip.compress(large(2_000_000))),
    "redirect": lambda handler: redirect(handler, "localhost"),
    "redirect-same": lambda handler: redirect(handler, "127.0.0.1"),
    "echo": echo,
    "lure": lure,
    "loop": loop,
}


class Rules:
    def __init__(self, texts=()):
        self.lock = threading.Lock()
        self.rules = []
        for text in texts:
            self.add(text)

    def add(self, text):
        what, _, path = text.partition("@")
        name, _, times = what.partition("*")
        name, _, wait = name.partition("+")
        if name not in PLAIN and name not in ODD:
            raise ValueError(f"nothing goes wrong by the name of {name}")
        with self.lock:
            self.rules.append([name, int(times) if times else None, path, int(wait or 0)])

    def clear(self):
        with self.lock:
            self.rules.clear()

    def take(self, path):
        """What goes wrong with this request, or None."""
        with self.lock:
            for rule in self.rules:
                if rule[2] in path and rule[1] != 0:
                    if rule[3] > 0:
                        rule[3] -= 1
                        continue
                    if rule[1] is not None:
                        rule[1] -= 1
                    return rule[0]
        return None


def answer(handler, name):
    if name in ODD:
        ODD[name](handler)
        return
    status, headers, kind, body = PLAIN[name]
    if not isinstance(body, (str, bytes)):
        body = json.dumps(body)
    handler.reply(status, body if isinstance(body, bytes) else body.encode(), kind, headers)
