"""Runs a program from its start to its end: wall time, cpu of all its threads, peak memory.

The peak is the operating system's own account of the finished process. It cannot read below this
program's own at that moment (FLOOR_KB), which the kernel hands on at the start of another.
"""

import dataclasses
import os
import resource
import select
import signal
import statistics
import subprocess
import time

FLOOR_KB = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class TooSlow(Exception):
    """It was stopped at the limit."""


class Failed(Exception):
    """It ended with another code than 0."""

    def __init__(self, argv, code, words):
        super().__init__(f"{' '.join(map(str, argv))}: exit {code}\n{words}")
        self.code, self.words = code, words


@dataclasses.dataclass
class Cost:
    wall: float
    cpu: float
    peak_kb: int | None


def run(argv, stdin=None, out=None, limit=None, env=None):
    """One run; `stdin` and `out` are files' names, the default is nothing."""
    with open(stdin or os.devnull, "rb") as given, open(out or os.devnull, "wb") as taken, \
            open(os.devnull if out is None else f"{out}.err", "w+b") as words:
        begin = time.monotonic()
        child = subprocess.Popen(argv, stdin=given, stdout=taken, stderr=words, env=env,
                                 start_new_session=True)
        try:
            slow = not ends_within(child.pid, limit)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        if slow:
            os.killpg(child.pid, signal.SIGKILL)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if slow:
            raise TooSlow(f"over {limit:.0f} s")
        if child.returncode != 0:
            raise Failed(argv, child.returncode, said(words))
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss)


def ends_within(pid, limit):
    """False where the process still runs after `limit` seconds."""
    watch = os.pidfd_open(pid)
    try:
        return bool(select.select([watch], [], [], limit)[0])
    finally:
        os.close(watch)


def said(words):
    if words.name == os.devnull:
        return "(what it said was not kept)"
    words.seek(0)
    return words.read(4000).decode("utf-8", "replace")


def median(costs):
    """The middle of each figure on its own; None of nothing."""
    if not costs:
        return None
    peaks = [cost.peak_kb for cost in costs if cost.peak_kb is not None]
    return Cost(statistics.median(cost.wall for cost in costs),
                statistics.median(cost.cpu for cost in costs),
                int(statistics.median(peaks)) if peaks else None)
