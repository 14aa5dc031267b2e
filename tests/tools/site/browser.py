"""browser.py ROOT BACKCAST - the site in a real browser.

Every link leads somewhere. Every page has room at three widths, and at one of them dark, says nothing on the console
under the policy, and asks for nothing elsewhere; on paper it is light and whole. The slider by keyboard, the keys, a
copied link, steps and Back; without script the same by the form. What the page shows then is what `--json` says of the same question."""
import json
import os
import sys
import tempfile
import time
from urllib.parse import parse_qs, urlsplit

from served import Served, followed  # first: it says where the others are

from chromium import LIGHT, VIEWS, Chromium, faults_quiet, faults_seen
from paper import faults_all
from parsed import Page, clean
from steps import STEPS

REPORTS = 4  # that are issued
MOST_WAIT_S = 60  # for what comes at once, on a machine that has nothing else to do


class Reader:
    """A page of the site in the browser. It is asked again and again until it is as it is to be."""

    def __init__(self, chromium, served, pages):
        from selenium.common.exceptions import WebDriverException
        from selenium.webdriver.common.by import By
        from selenium.webdriver.common.keys import Keys
        self.by, self.key, self.gone = By, Keys, WebDriverException
        self.chromium, self.served, self.pages = chromium, served, pages

    def open(self, address):
        self.chromium.open(self.served.base + address)

    def find(self, name):
        return self.chromium.driver.find_element(self.by.ID, name)

    def press(self, *keys):
        """Where the focus is, once that can take keys: one that was in a dialog may just go back."""
        def sent():
            self.chromium.driver.switch_to.active_element.send_keys(*keys)
            return True
        self.until("keys", sent)

    def address(self):
        parts = urlsplit(self.chromium.driver.current_url)
        return parts.path + ("?" + parts.query if parts.query else "")

    def asked(self, name):
        return parse_qs(urlsplit(self.chromium.driver.current_url).query).get(name, [None])[0]

    def until(self, what, holds):
        """While a page goes and another comes there is nothing to ask."""
        end = time.monotonic() + MOST_WAIT_S
        while time.monotonic() < end:
            try:
                if holds():
                    return
            except self.gone:
                pass
            time.sleep(0.01)
        self.served.check(what, False, f"it did not come about; {self.address()}")

    def at_date(self, what, date):
        """The date is in the address, and the page is what that address is answered with."""
        self.until(f"{what}, to {date}", lambda: self.asked("as-of") == date)
        self.same(what)

    def same(self, what):
        """The text of the page is that of its address, as it is served."""
        want = Page(self.served.get(self.address())[2].decode(), alone=False)
        rows = [row[:3] for row in next(iter(want.sections.values()), [])]
        self.served.check(what, rows, f"{self.address()} has no table")
        self.until(f"{what}: what is served", lambda: self.rows() == rows and
                   clean(self.chromium.run("return document.title")) in want.text)

    def rows(self):
        """Of the first section, the first cells of each."""
        return [[clean(cell) for cell in row[:3]] for row in self.chromium.run(
            "return [...document.querySelector('main section')?.querySelectorAll('tr') ?? []]"
            ".map(row => [...row.cells].map(cell => cell.textContent))")]


def slider_by_keyboard(reader):
    key = reader.key
    reader.open("/pipeline?as-of=2026-03-29&slice=all&clock=source")
    reader.chromium.run("document.getElementById('slider').focus()")
    for press, date in (((key.ARROW_LEFT,), "2026-03-28"), ((key.ARROW_LEFT,) * 3, "2026-03-25"),
                        ((key.ARROW_RIGHT,), "2026-03-26"), ((key.PAGE_DOWN,), "2026-02-26"),
                        ((key.PAGE_UP,), "2026-03-26"), ((key.HOME,), "2024-03-04"),
                        ((key.END,), "2026-03-30")):
        reader.press(*press)
        reader.at_date("slider", date)
        says = reader.find("slider").get_attribute("aria-valuetext")
        reader.served.check("slider", says == date, f"it is read as {says}, not {date}")
        reader.served.check("slider", (reader.asked("slice"), reader.asked("clock")) == ("all", "source"),
                            f"{reader.address()} asks something else")
        focus = reader.chromium.driver.switch_to.active_element.get_attribute("id")
        reader.served.check("slider", focus == "slider", f"the focus went to {focus}")


def keys_of_the_page(reader):
    reader.open("/pipeline?as-of=2026-03-29")
    reader.press("[")
    reader.at_date("[", "2026-03-22")
    reader.press("]")
    reader.at_date("]", "2026-03-29")
    reader.press("?")
    shown = "return document.getElementById('help').open"
    reader.served.check("?", reader.chromium.run(shown), "no keys are shown")
    reader.press(reader.key.ESCAPE)
    reader.until("Escape", lambda: not reader.chromium.run(shown))
    reader.press("/")
    focus = reader.chromium.driver.switch_to.active_element
    reader.served.check("/", focus.get_attribute("id") == "q", "the search has no focus")
    focus.send_keys("[?c/")
    reader.served.check("typing", focus.get_attribute("value") == "[?c/" and not reader.chromium.run(shown) and
                        reader.asked("as-of") == "2026-03-29", "a key that is typed acts")


def as_json(reader):
    """Beside --json of the question in the address."""
    for address, more in (("/pipeline?as-of=2025-11-30&known-at=2025-12-05", ("--known-at", "2025-12-05")),
                          ("/pipeline?as-of=2025-11-30&slice=all", ("--slice", "all"))):
        reader.open(address)
        said = json.loads(reader.served.ledger.ask_at("stages", "2025-11-30", *more, "--json"))["stages"]
        rows = reader.chromium.run("return [...document.querySelectorAll('#stages tbody tr')]"
                                   ".map(row => [row.cells[1].textContent, row.cells[2].textContent])")
        want = [[str(stage["now"]), str(stage["stalled"])] for stage in said
                if not stage["stage"].startswith("closed_")]
        reader.served.check(address, rows == want, f"{rows} is shown, {want} is true")


def link_copied(reader):
    reader.chromium.allow(reader.served.base, "clipboardReadWrite", "clipboardSanitizedWrite")
    reader.open("/pipeline?as-of=2026-02-01&slice=all")
    reader.press("c")
    reader.until("c", lambda: reader.find("copy").text == "Copied")
    link = reader.chromium.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    asks = parse_qs(urlsplit(link).query)
    reader.served.check("copied", asks.get("as-of") == ["2026-02-01"] and asks.get("slice") == ["all"] and
                        asks.get("head"), f"{link} is copied")
    reader.served.check("copied", "token" not in link, f"{link} lets others in")
    reader.chromium.open(link)
    changed = "return [...document.querySelectorAll('.changed')].map(line => line.textContent)"
    reader.served.check("copied", reader.chromium.run(changed) == [], "nothing has changed, and it says so")
    reader.same("copied")
    reader.chromium.run("delete document.body.dataset.head")  # as where no ledger could be opened
    reader.find("as-of").send_keys("20")
    reader.find("copy").click()
    reader.until("copied", lambda: reader.find("copy").text == "Copied")
    link = reader.chromium.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    asks = parse_qs(urlsplit(link).query)
    reader.served.check("copied", "head" not in asks and asks.get("as-of") == ["2026-02-01"],
                        f"{link} is copied without a head")


def without_script(reader):
    """The bar is a form, and links are links."""
    reader.chromium.scripts(False)
    try:
        reader.open("/pipeline")
        field = reader.find("as-of")
        field.clear()
        field.send_keys("2025-06-30", reader.key.ENTER)
        reader.at_date("without script", "2025-06-30")
        reader.find("back").click()
        reader.at_date("without script, back", "2025-06-23")
        reader.served.check("without script", not reader.find("slider").is_displayed() and
                            not reader.find("copy").is_displayed(), "what needs a script is shown")
        reader.find("q").send_keys("kelphaven", reader.key.ENTER)
        reader.until("without script, search", lambda: reader.asked("q") == "kelphaven")
    finally:
        reader.chromium.scripts(True)


DOES = (slider_by_keyboard, keys_of_the_page, as_json, link_copied, *STEPS, without_script)


def main(root, backcast):
    faults = []
    with Chromium() as chromium, tempfile.TemporaryDirectory() as home:
        for name in ("sample", "hostile"):
            with Served(root, backcast, home, name) as served:
                served.ledger.issue_all()
                chromium.open(served.start)
                pages = followed(served)
                served.check("reports", sum(path.startswith("/report, ") for path in pages) == REPORTS, "not all are there")
                for path, address in pages.items():
                    faults += faults_seen(chromium, served.base + address, f"{name}, {path}",
                                          VIEWS if path.startswith("/report,") else
                                          [*LIGHT, (390, "dark")] if name == "sample" else LIGHT[1:])
                if name == "sample":
                    faults += faults_all(chromium, served, pages)
                    reader = Reader(chromium, served, pages)
                    chromium.view(1400)
                    for does in DOES:
                        does(reader)
                        faults += faults_quiet(chromium, served.base, does.__name__)
                print(f"{name}: {len(pages)} pages: {', '.join(sorted(pages))}")
            faults += served.faults
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
