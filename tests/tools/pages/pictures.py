"""pictures.py ROOT BACKCAST - the pictures that README shows, of pages made of the sample, into
tools/pages/pictures. `./run pictures` runs it; what it looks like is looked at before it is committed."""
import os
import sys
import tempfile

from chromium import Chromium
from ledgers import Ledger

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "site"))
from served import Served  # noqa: E402

WIDTH = 1200
MOST_BYTES = 200_000

# Name; the question that writes the page; where it is then; how much of it is seen.
PICTURES = (
    ("review", ("review", "--html", "review.html"), "review.html", 1027),
)
# The same of pages as they are served.
SERVED = (
    ("metric", "/metric?name=outreach_to_discovery&as-of=2026-03-29", 1080),
)


def save(root, chromium, name, url, height):
    """The faults of it."""
    path = os.path.join(root, "tools", "pages", "pictures", f"{name}.png")
    chromium.view(WIDTH, height=height)
    chromium.open(url)
    chromium.driver.save_screenshot(path)
    size = os.path.getsize(path)
    print(f"{os.path.relpath(path)}: {size} bytes")
    return [f"{name}.png has more than {MOST_BYTES} bytes"] if size > MOST_BYTES else []


def main(root, backcast):
    root, backcast = os.path.abspath(root), os.path.abspath(backcast)
    faults = []
    with Chromium() as chromium, tempfile.TemporaryDirectory() as home:
        ledger = Ledger(root, backcast, home, "sample")
        for name, ask, page, height in PICTURES:
            ledger.ask(*ask)
            faults += save(root, chromium, name, f"file://{os.path.join(ledger.home, page)}", height)
    with Chromium() as chromium, tempfile.TemporaryDirectory() as home, \
            Served(root, backcast, home, "sample") as served:
        served.ledger.issue_and_publish()
        chromium.open(served.start)
        for name, address, height in SERVED:
            faults += save(root, chromium, name, served.base + address, height)
        faults += served.faults
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
