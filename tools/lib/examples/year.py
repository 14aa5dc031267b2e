#!/usr/bin/env python3
"""year.py LEDGER METRIC FROM TO - a metric over the months between two dates, and the last ten events.

The class Ledger is all of libbackcast that a program in Python needs, by ctypes; take it along. The
library is looked for as the linker does, or where BACKCAST_LIBRARY says."""
import ctypes
import ctypes.util
import datetime
import os
import sys

NULL, BOOL, INTEGER, SEQ, NUMBER, RATE, POINTS, DAYS, AMOUNT, INSTANT, TEXT, JSON, LIST, ROW = range(14)
OK, NO = 0, 1
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class Value(ctypes.Structure):
    """struct backcast_value"""


Value._fields_ = [("key", ctypes.c_char_p), ("kind", ctypes.c_int), ("text", ctypes.c_char_p),
                  ("text_len", ctypes.c_size_t), ("integer", ctypes.c_int64),
                  ("number", ctypes.c_double), ("within", ctypes.POINTER(Value)),
                  ("n", ctypes.c_size_t)]


class Options(ctypes.Structure):
    """struct backcast_options"""
    _fields_ = [("now_us", ctypes.c_int64), ("threads", ctypes.c_uint)]


class Head(ctypes.Structure):
    """struct backcast_log_head"""
    _fields_ = [("events", ctypes.c_uint64), ("root", ctypes.c_char * 48)]


class Event(ctypes.Structure):
    """struct backcast_event"""
    _fields_ = [("seq", ctypes.c_uint64)] + \
        [(name, ctypes.c_char_p) for name in ("id", "deal", "actor", "system", "ref", "how")] + \
        [("occurred_us", ctypes.c_int64), ("recorded_us", ctypes.c_int64),
         ("source_recorded_us", ctypes.c_int64), ("has_source_recorded", ctypes.c_bool),
         ("body", Value), ("unknown", ctypes.c_size_t), ("json", ctypes.c_char_p),
         ("json_len", ctypes.c_size_t), ("stored", ctypes.c_void_p),
         ("stored_len", ctypes.c_size_t)]


class Appended(ctypes.Structure):
    """struct backcast_appended"""
    _fields_ = [("added", ctypes.c_uint64), ("duplicates", ctypes.c_uint64),
                ("n", ctypes.c_size_t), ("seqs", ctypes.POINTER(ctypes.c_uint64))]


TAKE_ANSWER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(Value))
TAKE_JSON = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_char),
                             ctypes.c_size_t)
TAKE_EVENT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(Event))


def load():
    path = os.environ.get("BACKCAST_LIBRARY") or ctypes.util.find_library("backcast")
    if not path:
        raise OSError("libbackcast is not installed")
    lib = ctypes.CDLL(path)
    ledger, words = ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p)
    lib.backcast_open.argtypes = [ctypes.POINTER(ledger), ctypes.c_char_p, ctypes.POINTER(Options)]
    lib.backcast_close.argtypes = [ledger]
    lib.backcast_close.restype = None
    for name in "message", "remarks":
        function = getattr(lib, "backcast_" + name)
        function.argtypes, function.restype = [ledger], ctypes.c_char_p
    lib.backcast_head.argtypes = [ledger, ctypes.POINTER(Head)]
    lib.backcast_ask.argtypes = [ledger, words, ctypes.c_size_t, TAKE_ANSWER, ctypes.c_void_p]
    lib.backcast_ask_json.argtypes = [ledger, words, ctypes.c_size_t, TAKE_JSON, ctypes.c_void_p]
    lib.backcast_events.argtypes = [ledger, ctypes.c_uint64, ctypes.c_uint64, TAKE_EVENT,
                                    ctypes.c_void_p]
    lib.backcast_append.argtypes = [ledger, ctypes.c_char_p, ctypes.c_size_t,
                                    ctypes.POINTER(Appended)]
    return lib


def plain(value):
    """A value as Python's own: rows are dicts, instants are datetimes, amounts are texts."""
    if value.kind == NULL:
        return None
    if value.kind == BOOL:
        return bool(value.integer)
    if value.kind in (INTEGER, SEQ):
        return value.integer
    if value.kind in (NUMBER, RATE, POINTS, DAYS):
        return value.number
    if value.kind == INSTANT:
        return EPOCH + datetime.timedelta(microseconds=value.integer)
    if value.kind in (TEXT, JSON, AMOUNT):
        return value.text.decode()
    within = [value.within[i] for i in range(value.n)]
    if value.kind == LIST:
        return [plain(item) for item in within]
    return {cell.key.decode(): plain(cell) for cell in within}


class Fault(Exception):
    """`status` is one of enum backcast_status."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Ledger:
    """A ledger, opened: `with Ledger("sales") as ledger`."""

    def __init__(self, folder, now_us=0, threads=0):
        self.lib, self.at = load(), ctypes.c_void_p()
        options = Options(now_us, threads)
        status = self.lib.backcast_open(ctypes.byref(self.at), os.fsencode(folder),
                                        ctypes.byref(options))
        try:
            self.check(status)
        except Fault:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.close()

    def close(self):
        self.lib.backcast_close(self.at)
        self.at = ctypes.c_void_p()

    def check(self, status):
        if status not in (OK, NO):
            raise Fault(status, self.lib.backcast_message(self.at).decode())
        return status == OK

    def call(self, function, take, *given):
        """A call with a callback: what `take` makes of each thing handed over, as a list. What it
        raises is raised from here."""
        kind, make = take
        taken, raised = [], []

        def hand(_, *thing):
            try:
                taken.append(make(*thing))
            except BaseException as fault:  # none may pass through C
                raised.append(fault)
            return len(raised)

        status = function(self.at, *given, kind(hand), None)
        if raised:
            raise raised[0]
        self.check(status)
        return taken

    @staticmethod
    def words(words):
        return (ctypes.c_char_p * len(words))(*[os.fsencode(word) for word in words]), len(words)

    def ask(self, *words):
        """The answers to a question in the words of a terminal: mostly one."""
        return self.call(self.lib.backcast_ask, (TAKE_ANSWER, lambda answer: plain(answer[0])),
                         *self.words(words))

    def ask_json(self, *words):
        """The same as texts of JSON."""
        return self.call(self.lib.backcast_ask_json,
                         (TAKE_JSON, lambda json, size: json[:size].decode()), *self.words(words))

    def head(self):
        head = Head()
        self.check(self.lib.backcast_head(self.at, ctypes.byref(head)))
        return head.events, head.root.decode()

    def events(self, first=1, last=0):
        """Each as a dict: the envelope, and the body under its name."""
        def make(pointer):
            event = pointer[0]
            made = {name: getattr(event, name).decode()
                    for name in ("id", "deal", "actor", "system", "ref", "how", "json")}
            made["seq"] = event.seq
            made["occurred"] = EPOCH + datetime.timedelta(microseconds=event.occurred_us)
            made["recorded"] = EPOCH + datetime.timedelta(microseconds=event.recorded_us)
            made["kind"] = event.body.key.decode() if event.body.key else None
            made["body"] = plain(event.body)
            made["stored"] = ctypes.string_at(event.stored, event.stored_len)
            return made

        return self.call(self.lib.backcast_events, (TAKE_EVENT, make), first, last)

    def append(self, lines):
        """Events as lines of JSON: all of them or none. The place of each in the log."""
        text, appended = lines.encode(), Appended()
        self.check(self.lib.backcast_append(self.at, text, len(text), ctypes.byref(appended)))
        return [appended.seqs[i] for i in range(appended.n)]


def print_date(answer):
    line = answer["asOf"].strftime("%Y-%m-%d")
    for row in answer["metrics"]:
        unit = " days" if row["unit"] == "days" else ""
        value = "none" if row["value"] is None else f"{row['value']:.6f}{unit}"
        line += f"  {row['slice']} {value}"
    print(line)


def main(folder, metric, first, last):
    with Ledger(folder) as ledger:
        for answer in ledger.ask("series", "--from", first, "--to", last, "--every", "1m",
                                 "--metric", metric):
            print_date(answer)
        for event in ledger.events(max(ledger.head()[0] - 9, 1)):
            fields = [f"{name}={value}" for name, value in (event["body"] or {}).items()
                      if isinstance(value, str)]
            print("  ".join([str(event["seq"]), event["occurred"].strftime("%Y-%m-%d"),
                             event["deal"], event["kind"] or "of a newer version"] + fields))


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit("usage: year.py LEDGER METRIC FROM TO")
    try:
        main(*sys.argv[1:])
    except Fault as fault:
        print(f"year.py: {fault}", file=sys.stderr)
        sys.exit(fault.status)
