"""says.py ROOT BACKCAST SITE-PAGE - each page of the site says what the JSON of its commands says.

A file says_PAGE.py here has a function `check(site)` of each page; it is run over every ledger that
it names in LEDGERS, or the sample and the one of hostile texts."""
import glob
import importlib
import os
import sys
import tempfile

from site_asked import Site


def main(root, backcast, program):
    faults, n = [], 0
    here = os.path.dirname(os.path.abspath(__file__))
    names = sorted(os.path.basename(path)[:-3] for path in glob.glob(os.path.join(here, "says_*.py")))
    with tempfile.TemporaryDirectory() as home:
        for ledger in ("sample", "hostile", "nothing"):
            site = Site(root, backcast, program, home, ledger)
            for name in names:
                part = importlib.import_module(name)
                if ledger in getattr(part, "LEDGERS", ("sample", "hostile", "nothing")):
                    part.check(site)
            faults += site.faults
            n += site.n
    print(f"{n} values in {len(names)} parts")
    for fault in faults:
        print(fault)
    return 1 if faults or n == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
