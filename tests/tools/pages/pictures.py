"""pictures.py ROOT BACKCAST - the pictures that README shows, of pages made of the sample, into
tools/pages/pictures. `./run pictures` runs it; what it looks like is looked at before it is committed."""
import os
import sys
import tempfile

from chromium import Chromium
from ledgers import Ledger

WIDTH = 1200
MOST_BYTES = 200_000

# Name; the question that writes the page; where it is then; how much of it is seen.
PICTURES = (
    ("review", ("review", "--html", "review.html"), "review.html", 1027),
)


def main(root, backcast):
    root, backcast = os.path.abspath(root), os.path.abspath(backcast)
    faults = []
    with Chromium() as chromium, tempfile.TemporaryDirectory() as home:
        ledger = Ledger(root, backcast, home, "sample")
        for name, ask, page, height in PICTURES:
            ledger.ask(*ask)
            path = os.path.join(root, "tools", "pages", "pictures", f"{name}.png")
            chromium.view(WIDTH, height=height)
            chromium.open(f"file://{os.path.join(ledger.home, page)}")
            chromium.driver.save_screenshot(path)
            size = os.path.getsize(path)
            print(f"{os.path.relpath(path)}: {size} bytes")
            if size > MOST_BYTES:
                faults.append(f"{name}.png has more than {MOST_BYTES} bytes")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
