"""browser.py ROOT BACKCAST - pages of reviews in a real browser: at three widths, light and dark, nothing is
wider than the window, nothing is said on the console and nothing is asked for; printed on A4 and Letter, each
sheet has the basis and its number.

Skipped (77) where there is no Chromium, no driver or no Selenium."""
import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile

from ledgers import Ledger

WIDTHS = (1400, 820, 390)
SHEETS = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}


def skip(what):
    print(f"skipped: there is no {what}")
    sys.exit(77)


def browser():
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
    if not shutil.which("pdftotext"):
        skip("pdftotext (poppler-utils)")
    options = Options()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--hide-scrollbars", "--disable-background-networking"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    try:
        return webdriver.Chrome(service=Service(driver), options=options)
    except WebDriverException as why:
        return skip(f"Chromium that starts: {why.msg}")


def asked_for(driver):
    """Addresses that were asked for since the last time."""
    return [address for entry in driver.get_log("performance")
            for address in re.findall(r'"requestWillBeSent".*?"url":"([^"]*)"', entry["message"])
            if not address.startswith(("data:", "chrome"))]


def look(driver, path, widths, schemes, words_end):
    faults = []
    for scheme in schemes:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": scheme}]})
        for width in widths:
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
            driver.get(f"file://{path}")
            wide, ground, cut, over = driver.execute_script(
                "return [document.documentElement.scrollWidth,"
                "getComputedStyle(document.documentElement).backgroundColor,"
                "[...document.querySelectorAll('svg.fig')].filter(e => e.getBoundingClientRect().right >"
                "e.closest('td,th').getBoundingClientRect().right + 1 && e.checkVisibility()).length,"
                "[...document.querySelectorAll('.sec')].filter(e =>"
                "e.lastElementChild.scrollWidth > e.lastElementChild.clientWidth).map(e => e.id)]")
            where = f"{os.path.basename(path)} at {width}, {scheme}"
            if wide > width:
                faults.append(f"{where}: it is {wide} wide")
            if over and words_end:
                faults.append(f"{where}: no room for all of {', '.join(over)}")
            if cut:
                faults.append(f"{where}: {cut} drawings are wider than their cells")
            if (ground == "rgb(255, 255, 255)") != (scheme == "light"):
                faults.append(f"{where}: the ground is {ground}")
            faults += [f"{where}: {entry['message']}" for entry in driver.get_log("browser")]
            faults += [f"{where}: asks for {address}" for address in asked_for(driver)
                       if address != f"file://{path}"]
    return faults


def printed(driver, path, basis, folder):
    faults = []
    for name, (width, height) in SHEETS.items():
        driver.get(f"file://{path}")
        pdf = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "paperWidth": width,
                                                         "paperHeight": height})
        with open(os.path.join(folder, "page.pdf"), "wb") as file:
            file.write(base64.b64decode(pdf["data"]))
        text = subprocess.run(["pdftotext", "-layout", file.name, "-"], capture_output=True, text=True,
                              check=True).stdout
        sheets = text.split("\f")[:-1]
        for number, sheet in enumerate(sheets, 1):
            for want in (*basis, f"{number} of {len(sheets)}"):
                if want not in sheet:
                    faults.append(f"{os.path.basename(path)}, sheet {number} of {name}: no {want}")
        if len(sheets) < 2:
            faults.append(f"{os.path.basename(path)}: {len(sheets)} sheets of {name}")
    return faults


def main(root, backcast):
    faults = []
    driver = browser()
    try:
        with tempfile.TemporaryDirectory() as home:
            for name, widths in (("sample", WIDTHS), ("hostile", WIDTHS), ("nothing", WIDTHS[2:])):
                ledger = Ledger(os.path.abspath(root), os.path.abspath(backcast), home, name)
                for what, ask in (("weekly", ("review",)), ("monthly", ("review", "--monthly")),
                                  ("metrics", ("metrics",)), ("by", ("metrics", "--by", "owner"))):
                    path = os.path.join(home, f"{name}-{what}.html")
                    answer = ledger.ask(*ask, "--html", path)
                    faults += look(driver, path, widths, ("light", "dark") if name == "sample" else ("light",),
                                   name != "hostile")
                    if name == "sample" and what != "by":
                        root_hash = re.search(r"root (\S+)", answer).group(1)
                        faults += printed(driver, path, ("2026-03-29T23:59:59.999999Z", root_hash), home)
                ledger.issue_and_learn()
                path = os.path.join(home, f"{name}-restate.html")
                answer = ledger.restate("--html", path)
                faults += look(driver, path, widths, ("light", "dark") if name == "sample" else ("light",),
                               name != "hostile")
                if name == "sample":
                    faults += printed(driver, path, (re.search(r"root (\S+)", answer).group(1),), home)
    finally:
        driver.quit()
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
