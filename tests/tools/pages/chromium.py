"""One headless Chromium, and what is looked at in it of any page, a file's or a served one.

A page is loaded once; widths and colours change below it. Where there is no Chromium, no driver or no
Selenium, the test that asks for one is skipped (77)."""
import base64
import os
import re
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

WIDTHS = (1400, 820, 390)
LIGHT = [(width, "light") for width in WIDTHS]
VIEWS = LIGHT + [(width, "dark") for width in WIDTHS]
SHEETS = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}

MEASURE = """
const right = e => e.getBoundingClientRect().right;
return {
  wide: document.documentElement.scrollWidth,
  ground: getComputedStyle(document.documentElement).backgroundColor,
  cut: [...document.querySelectorAll('svg.fig')].filter(
    e => e.checkVisibility() && e.closest('td,th') && right(e) > right(e.closest('td,th')) + 1).length,
  nameless: [...document.querySelectorAll('table')].filter(
    e => !e.caption && !e.ariaLabel && !e.hasAttribute('aria-labelledby')).length,
  over: [...document.querySelectorAll('.sec')].filter(
    e => e.lastElementChild.scrollWidth > e.lastElementChild.clientWidth).map(e => e.id),
};"""

# What could not be decided (`incomplete`) is nobody's fault: text over a drawing, say.
AXE = """
const [rules, done] = arguments;
axe.run({ preload: false, resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'tag', values: rules } } : {}) })
  .then(found => done(found.violations.map(one =>
    `${one.id} (${one.impact}): ${one.nodes.map(at => at.target.join(' ')).slice(0, 3).join('; ')}`)))
  .catch(why => done([`axe: ${why}`]));"""


def skip(what):
    print(f"skipped: there is no {what}")
    sys.exit(77)


def started(more, logs):
    try:
        from selenium import webdriver
        from selenium.common.exceptions import WebDriverException
        from selenium.webdriver.chrome.options import Options
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        skip("Selenium (python3-selenium)")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        skip("Chromium with its driver")
    options = Options()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--hide-scrollbars", "--disable-background-networking", *more):
        options.add_argument(argument)
    if logs:
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    try:
        return webdriver.Chrome(service=Service(driver), options=options)
    except WebDriverException as why:
        return skip(f"Chromium that starts: {why.msg}")


class Chromium:
    """Ended by `with`. `driver` is Selenium's, for what a test does of its own. `more` are arguments of the
    program; without `logs` it does not keep what it says and asks for."""

    def __init__(self, more=(), logs=True):
        self.driver = started(more, logs)
        self.driver.set_script_timeout(120)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def view(self, width, scheme="light", height=900):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": scheme}]})
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def scripts(self, on):
        """Those of pages that are opened from here on."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def allow(self, origin, *what):
        self.driver.execute_cdp_cmd("Browser.grantPermissions", {"origin": origin, "permissions": list(what)})

    def open(self, url):
        self.driver.get(url)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def unfold(self):
        """All that is folded on the page that is open."""
        self.run("for (const one of document.querySelectorAll('details')) one.open = true")

    def said(self):
        """What stands on the console since the last time."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def asked(self):
        """Addresses that were asked for since the last time."""
        return [address for entry in self.driver.get_log("performance")
                for address in re.findall(r'"requestWillBeSent".*?"url":"([^"]*)"', entry["message"])
                if not address.startswith(("data:", "chrome"))]


def is_own(address, url):
    """A file asks for nothing but itself, a served page for what its own server has."""
    there, here = urlsplit(address), urlsplit(url)
    if here.scheme == "file":
        return address.partition("#")[0] == url.partition("#")[0]
    return (there.scheme, there.netloc) == (here.scheme, here.netloc)


def faults_quiet(chromium, url, name):
    """What was said on the console, and asked for elsewhere, since the last time."""
    return ([f"{name}: {message}" for message in chromium.said()] +
            [f"{name}: asks for {address}" for address in chromium.asked() if not is_own(address, url)])


def faults_at(chromium, width, scheme):
    """Of the page that is open, as it is seen so: what has no room, and the wrong colours."""
    chromium.view(width, scheme)
    seen, faults = chromium.run(MEASURE), []
    if seen["wide"] > width:
        faults.append(f"it is {seen['wide']} wide")
    if seen["over"]:
        faults.append(f"no room for all of {', '.join(seen['over'])}")
    if seen["nameless"]:
        faults.append(f"{seen['nameless']} tables have no name")
    if seen["cut"]:
        faults.append(f"{seen['cut']} drawings are wider than their cells")
    if (seen["ground"] == "rgb(255, 255, 255)") != (scheme == "light"):
        faults.append(f"the ground is {seen['ground']}")
    return faults


def faults_seen(chromium, url, name, views=tuple(VIEWS)):
    """Opens a page and looks at it in each view, folded and not; it says nothing, and asks for nothing
    elsewhere."""
    faults = []
    chromium.view(*views[0])
    chromium.open(url)
    for how in ("", ", unfolded"):
        if how:
            chromium.unfold()
        faults += [f"{name} at {width}, {scheme}{how}: {fault}" for width, scheme in views
                   for fault in faults_at(chromium, width, scheme)]
    return faults + faults_quiet(chromium, url, name)


def faults_axe(chromium, axe, url, name, views=tuple(VIEWS)):
    """The same by axe-core, whose text is `axe`, with nothing folded. What is no colour is looked at in the
    light only."""
    faults = []
    chromium.view(*views[0])
    chromium.open(url)
    chromium.unfold()
    chromium.run(axe)
    for width, scheme in views:
        chromium.view(width, scheme)
        rules = None if (width, "light") not in views or scheme == "light" else ["cat.color"]
        faults += [f"{name} at {width}, {scheme}: {fault}"
                   for fault in chromium.driver.execute_async_script(AXE, rules)]
    return faults


def sheets_of(chromium):
    """The page that is open as it is printed, with its grounds: (paper, PDF)."""
    for paper, (width, height) in SHEETS.items():
        pdf = chromium.driver.execute_cdp_cmd("Page.printToPDF", {
            "preferCSSPageSize": True, "paperWidth": width, "paperHeight": height, "printBackground": True})
        yield paper, base64.b64decode(pdf["data"])


def printed(chromium):
    """The same as text: {paper: text}, with a form feed after each sheet."""
    if not shutil.which("pdftotext"):
        skip("pdftotext (poppler-utils)")
    return {paper: subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True,
                                  check=True).stdout.decode() for paper, pdf in sheets_of(chromium)}


def faults_printed(chromium, url, name, wants, least=2):
    """On paper each sheet has what is wanted, and its number; there are so many at least."""
    faults = []
    chromium.open(url)
    for paper, text in printed(chromium).items():
        sheets = text.split("\f")[:-1]
        faults += [f"{name}, sheet {number} of {paper}: no {want}" for number, sheet in enumerate(sheets, 1)
                   for want in (*wants, f"{number} of {len(sheets)}") if want not in sheet]
        if len(sheets) < least:
            faults.append(f"{name}: {len(sheets)} sheets of {paper}")
    return faults
