"""browser.py ROOT BACKCAST - pages of reviews in a real browser: at three widths, light and dark, nothing is
wider than the window, nothing is said on the console and nothing is asked for; printed on A4 and Letter, each
sheet has the basis and its number."""
import re
import sys
import tempfile

from chromium import LIGHT, VIEWS, Chromium, faults_printed, faults_seen
from ledgers import documents


def main(root, backcast):
    faults = []
    with Chromium() as chromium, tempfile.TemporaryDirectory() as home:
        for name, what, url, answer in documents(root, backcast, home):
            views = {"sample": VIEWS, "hostile": LIGHT, "nothing": LIGHT[2:]}[name]
            faults += faults_seen(chromium, url, f"{name}, {what}", views)
            if name == "sample" and what != "by":
                basis = (re.search(r"root (\S+)", answer).group(1),)
                if what != "restate":
                    basis += ("2026-03-29T23:59:59.999999Z",)
                faults += faults_printed(chromium, url, f"{name}, {what}", basis)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
