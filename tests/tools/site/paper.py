"""Served pages on paper, from a browser that is dark: they are light, have no part that asks, keep their basis and
number on each sheet, and nothing goes over the edge."""
import os
import re
import subprocess
import tempfile

from chromium import SHEETS, faults_printed, sheets_of

MARGINS_IN = 28 / 25.4  # both, as page.css says
EDGE_POINTS = 30        # so far from the edge of the sheet no word stands, except its number
WHITE, MOST_INK = 250, 0.5

# At the width that a sheet leaves: what asks, what has no room, the ground.
ON_SHEET = """return {
  asks: [...document.querySelectorAll('header.bar, form, input, select, button, kbd, dialog, .skip, .jump, .also')]
    .filter(part => part.checkVisibility()).map(part => part.outerHTML.slice(0, 60)),
  over: [document.documentElement, ...document.querySelectorAll('main > .sec > div, main .scroll')].filter(
    part => part.scrollWidth > part.clientWidth + 1).map(part => part.parentNode.id || part.tagName),
  cut: [...document.querySelectorAll('main svg')].filter(drawing => drawing.checkVisibility() &&
    drawing.getBoundingClientRect().right > innerWidth + 1).map(drawing => drawing.closest('.sec').id),
}"""


def dark(chromium, width=1400, media=""):
    chromium.view(width, "dark")
    chromium.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "media": media, "features": [{"name": "prefers-color-scheme", "value": "dark"}]})


def faults_laid_out(chromium, name):
    faults = []
    for paper, (width, _) in SHEETS.items():
        dark(chromium, int((width - MARGINS_IN) * 96), "print")
        seen = chromium.run(ON_SHEET)
        faults += [f"{name} on {paper}, {what}: {', '.join(found)}" for what, found in seen.items() if found]
    dark(chromium)
    return faults


def faults_drawn(pdf, name):
    """What the sheets look like: words within their edges, on white."""
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "page.pdf")
        with open(path, "wb") as file:
            file.write(pdf)
        boxes = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
        picture = subprocess.run(["pdftoppm", "-gray", "-r", "30", "-f", "1", "-l", "1", path], capture_output=True,
                                 check=True).stdout
    wide = float(re.search(r'<page width="([0-9.]+)"', boxes).group(1))
    words = re.findall(r'<word xMin="([0-9.-]+)" [^>]*xMax="([0-9.-]+)"[^>]*>([^<]*)<', boxes)
    faults += [f"{name}: {word} stands at {left} to {right} of {wide}" for left, right, word in words
               if float(left) < EDGE_POINTS or float(right) > wide - EDGE_POINTS]
    dots = picture.split(b"\n", 3)[3]
    ink = sum(dot < WHITE for dot in dots) / len(dots)
    if not words or ink > MOST_INK:
        faults.append(f"{name}: {len(words)} words, and {100 * ink:.0f} % of the first sheet is not white")
    return faults


def faults_paper(chromium, url, name, wants):
    chromium.open(url)
    dark(chromium)
    faults = faults_laid_out(chromium, name)
    for paper, pdf in sheets_of(chromium):
        faults += faults_drawn(pdf, f"{name} on {paper}")
    return faults + faults_printed(chromium, url, name, wants, 1)


def faults_all(chromium, served, pages):
    """Of those that are printed most."""
    as_of, faults = served.ledger.as_of, []
    for path in ("/review", "/metric", "/pipeline", "/deals", "/deal"):
        basis = (f"{as_of}T23:59:59.999999Z", "root ")
        served.check("paper", f"as-of={as_of}" in pages[path], f"{pages[path]} is of another date")
        faults += faults_paper(chromium, served.base + pages[path], f"{served.name}, {path}", basis)
    return faults
