"""axe.py ROOT BACKCAST - axe-core finds nothing in the pages of the site, wide in light and on a phone in
dark, and with hostile texts on a phone."""
import sys
import tempfile

from served import Served, followed  # first: it says where the others are

from axe_core import read_axe
from chromium import LIGHT, Chromium, faults_axe


# Columns leave, and lines take their place; colours are the same at any width.
SEEN = (LIGHT[0], (390, "dark"))


def main(root, backcast):
    faults, axe = [], read_axe(root)
    with Chromium() as chromium, tempfile.TemporaryDirectory() as home:
        for name, views in (("sample", SEEN), ("hostile", LIGHT[2:])):
            with Served(root, backcast, home, name) as served:
                served.ledger.issue_all()
                chromium.open(served.start)
                for path, address in followed(served, 1).items():
                    faults += faults_axe(chromium, axe, served.base + address, f"{name}, {path}", views)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
