"""pages.py BACKCAST LEDGER DATE NOW STEPS - how fast pages are, in a real browser; as JSON. NOW may be empty.

A step of the slider is a key on it, which leads to the day before. It lasts from the key's event to the
frame that shows the answer: after what is shown was replaced, the next frame draws it, and when another
begins that one is out. Beside it stand what the browser waited for of that, the answer; what the
program and the page's own thread worked, which a machine that others use lengthens little; and what the
program takes for the same question in the terminal, as a process of its own. Frames are drawn as soon as
they can be: no display is waited for. Where there is no browser it ends with 77.
"""

import datetime
import json
import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools" / "site"))
from served import Serving  # noqa: E402 - first: it says where the others are

from chromium import Chromium  # noqa: E402

import measure  # noqa: E402

WIDTH, HEIGHT = 1400, 900
FIRST = 2  # steps that are not counted: what they need for the first time is read from disk
MOST_WAIT_S = 60
AT_ONCE = ("--disable-frame-rate-limit", "--disable-gpu-vsync")

# The page, its address, and the commands whose answers it shows.
PAGES = (
    ("Pipeline", "/pipeline", ("stages --as-of {date} --json", "flow --from {before} --to {date} --json",
                               "deals --open --limit 200 --as-of {date} --json")),
    ("Metric", "/metric?name=sqd", ("series --metric sqd --from {before} --to {date} --every 1d --json",
                                    "explain sqd --as-of {date} --json")),
    ("Review", "/review", ("review --as-of {date} --json",)),
)
# Ten years of one metric: opened, and not slid.
SERIES = ("Metric, ten years", "/metric?name=sqd&from={years}",
          ("series --metric sqd --from {years} --to {date} --every 1w --json",))
YEARS, BEFORE_DAYS = 10, 31

WATCH = """
window.step = {};
const began = event => { window.step = { begun: event.timeStamp }; };
document.getElementById('slider').addEventListener('keydown', began, true);
let asked = 0;
const fetch_page = window.fetch;
window.fetch = (...words) => {
  asked++;
  return fetch_page(...words).finally(() => { asked--; window.quiet = performance.now(); });
};
window.at_rest = () => asked === 0 && performance.now() - window.quiet > 300;
new MutationObserver(all => {
  const step = window.step;
  if (!step.begun || step.replaced) return;
  if (!all.some(one => [...one.addedNodes].some(node => ['MAIN', 'SECTION'].includes(node.nodeName)))) return;
  step.replaced = performance.now();
  requestAnimationFrame(() => {
    const drawn = new MessageChannel();
    drawn.port1.onmessage = () => { step.drawn = performance.now(); };
    drawn.port2.postMessage(0);
    requestAnimationFrame(() => { step.shown = performance.now(); });
  });
}).observe(document.body, { childList: true, subtree: true });
"""

# What the step was; its answer is the first that was asked for after the key.
STEP = """
const done = arguments[arguments.length - 1], step = window.step;
(function look() {
  if (!step.shown || !step.drawn || !window.at_rest()) { setTimeout(look, 50); return; }
  const answer = performance.getEntriesByType('resource').find(
    one => one.initiatorType === 'fetch' && one.startTime >= step.begun - 1);
  performance.clearResourceTimings();
  done({ shown: step.shown - step.begun, drawn: step.drawn - step.begun, bytes: answer.decodedBodySize,
         answer: answer.responseEnd - answer.startTime, as_of: new URL(location).searchParams.get('as-of'),
         fault: document.querySelector('.fault')?.textContent ?? '' });
})();"""

OPENED = """
const done = arguments[arguments.length - 1];
(function look() {
  const page = performance.getEntriesByType('navigation')[0];
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  if (!page.loadEventEnd || !paint) { setTimeout(look, 10); return; }
  done({ shown: Math.max(page.loadEventEnd, paint.startTime), answer: page.responseEnd - page.requestStart,
         bytes: page.decodedBodySize, fault: document.querySelector('.fault')?.textContent ?? '' });
})();"""


def asked(address, **more):
    return address + ("&" if "?" in address else "?") + "&".join(f"{key}={value}" for key, value in more.items())


def sound(name, seen):
    if seen["fault"]:
        raise SystemExit(f"bench: {name}: {seen['fault']}")
    return seen


class Reader:
    """Who reads the pages of one ledger in the browser."""

    def __init__(self, chromium, serving, backcast, env, date):
        from selenium.webdriver.common.keys import Keys
        self.chromium, self.serving, self.program, self.env, self.date = chromium, serving, backcast, env, date
        self.left = Keys.ARROW_LEFT
        self.years = f"{int(date[:4]) - YEARS}{date[4:]}"

    def has(self, address):
        return self.serving.get(asked(address, **{"as-of": self.date}))[0] == 200

    def open(self, address):
        self.chromium.open(self.serving.base + address)

    def step(self, name):
        self.chromium.driver.switch_to.active_element.send_keys(self.left)
        return sound(name, self.chromium.driver.execute_async_script(STEP))

    def worked(self):
        """Milliseconds of the processor until now: of the program, of the page's thread."""
        stat = pathlib.Path(f"/proc/{self.serving.process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks = int(stat[11]) + int(stat[12])
        tasks = self.chromium.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        of = {one["name"]: one["value"] * 1000 for one in tasks}
        return ticks * 1000 / os.sysconf("SC_CLK_TCK"), of["TaskDuration"] - of["DevToolsCommandDuration"]

    def steps(self, name, address, n):
        self.open(asked(address, **{"as-of": self.date}))
        self.chromium.run(WATCH)
        self.chromium.run("document.getElementById('slider').focus(); window.quiet = 0")
        taken = [self.step(name) for _ in range(FIRST)]
        before = self.worked()
        taken += [self.step(name) for _ in range(n)]
        cpu = [(after - begun) / n for after, begun in zip(self.worked(), before)]
        dates = {one["as_of"] for one in taken}
        if len(dates) != len(taken) or max(dates) >= self.date:
            raise SystemExit(f"bench: {name}: {len(taken)} steps from {self.date} led to {', '.join(sorted(dates))}")
        return taken[FIRST:], cpu, sorted(dates)

    def opened(self, name, address, dates):
        taken = []
        for date in dates:
            self.open(asked(address, **{"as-of": date}))
            taken.append(sound(name, self.chromium.driver.execute_async_script(OPENED)))
        return taken[1:]

    def terminal(self, commands, dates):
        """Milliseconds of the commands, one after the other, at each date."""
        def run(command, date):
            before = datetime.date.fromisoformat(date) - datetime.timedelta(days=BEFORE_DAYS)
            words = command.format(date=date, before=before, years=self.years).split()
            return measure.run([self.program, *words], env=self.env).wall * 1000
        return [sum(run(command, date) for command in commands) for date in dates]

    def first_page(self):
        """Bytes of the page that a browser comes to, and of what goes with it."""
        _, _, page = self.serving.get("/?as-of=" + self.date)
        parts = re.findall(rb'(?:<link rel="stylesheet" href|<script[^>]* src)="(/asset/[^"]*)"', page)
        return {"document": len(page),
                "with it": [len(self.serving.get(part.decode())[2]) for part in parts]}


def all_figures(reader, steps):
    found, absent = {}, []
    for name, address, commands in PAGES:
        if not reader.has(address):
            absent.append(name)
            continue
        taken, cpu, dates = reader.steps(name, address, steps)
        found[name] = {"steps": taken, "cpu": cpu, "terminal": reader.terminal(commands, dates[-steps:])}
    name, address, commands = SERIES
    address = address.format(years=reader.years)
    if reader.has(address):
        dates = [f"{reader.date[:8]}{day:02}" for day in range(1, min(steps, 20) + 2)]
        found[name] = {"steps": reader.opened(name, address, dates), "terminal": reader.terminal(commands, dates[1:])}
    else:
        absent.append(name)
    return {"pages": found, "absent": absent, "first": reader.first_page()}


def main(backcast, ledger, date, now, steps):
    env = {**os.environ, "BACKCAST_LEDGER": os.path.abspath(ledger)}
    if now:
        env["BACKCAST_NOW"] = now
    before = os.getloadavg()[0]
    with Chromium(AT_ONCE, logs=False) as chromium, Serving(backcast, env) as serving:
        chromium.driver.set_script_timeout(MOST_WAIT_S)
        chromium.view(WIDTH, height=HEIGHT)
        chromium.driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        chromium.open(serving.start)
        figures = all_figures(Reader(chromium, serving, os.path.abspath(backcast), env, date), int(steps))
        figures["browser"] = "Chromium " + chromium.driver.capabilities["browserVersion"]
    figures["load"] = [before, os.getloadavg()[0]]
    json.dump(figures, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
