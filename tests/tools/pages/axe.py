"""axe.py ROOT BACKCAST - axe-core finds nothing in the pages of reviews, at three widths, light and dark."""
import sys
import tempfile

from axe_core import faults_of_lock, read_axe
from chromium import LIGHT, VIEWS, Chromium, faults_axe
from ledgers import documents


def main(root, backcast):
    faults = faults_of_lock()
    if not faults:
        axe = read_axe(root)
        with Chromium() as chromium, tempfile.TemporaryDirectory() as home:
            for name, what, url, _ in documents(root, backcast, home):
                faults += faults_axe(chromium, axe, url, f"{name}, {what}",
                                     {"sample": VIEWS, "hostile": LIGHT, "nothing": LIGHT[2:]}[name])
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
