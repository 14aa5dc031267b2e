"""folder.py ROOT BACKCAST - the pages of one question as files: each stands for itself, every link leads
to one of them, and all have the same basis. What is no such folder is not replaced."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pages"))
from ledgers import Ledger, run  # noqa: E402
from parsed import Page  # noqa: E402


def check_pages(folder, faults):
    names, bases = sorted(os.listdir(folder)), set()
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            text = file.read()
        page = Page(text)
        bases.add(text[text.index('<footer class="basis'):])
        faults += [f"{name}: {fault}" for fault in page.faults]
        for link in page.links:
            if not link.startswith(("#", "data:")) and link not in names:
                faults.append(f"{name}: leads to {link}, which is not there")
    if len(bases) != 1:
        faults.append(f"{len(bases)} bases in {folder}")
    return len(names)


def refuses(ledger, folder, want, faults):
    try:
        run(["backcast", "report", "html", folder, "--replace"], ledger.env, ledger.home)
        faults.append(f"{folder} was replaced")
    except SystemExit as why:
        if want not in str(why):
            faults.append(f"{folder}: {why}")


def main(root, backcast):
    faults, n = [], 0
    with tempfile.TemporaryDirectory() as home:
        for name in ("sample", "hostile", "nothing"):
            ledger = Ledger(os.path.abspath(root), os.path.abspath(backcast), home, name)
            folder = os.path.join(ledger.home, "pages")
            for more in ((), ("--replace",)):
                said = run(["backcast", "report", "html", folder, "--as-of", ledger.as_of, *more], ledger.env,
                           ledger.home)
                n = check_pages(folder, faults)
                if f"{n} pages written" not in said:
                    faults.append(f"{name}: {n} pages, and it says {said}")
        with open(os.path.join(folder, "mine.txt"), "w", encoding="utf-8"):
            pass
        refuses(ledger, folder, "is not empty", faults)
        os.remove(os.path.join(folder, "mine.txt"))
        with open(os.path.join(folder, "mine.html"), "w", encoding="utf-8") as file:
            file.write("<!doctype html>\n" + "x" * 2000)
        refuses(ledger, folder, "is not empty", faults)
        os.remove(os.path.join(folder, "mine.html"))
        with open(os.path.join(folder, "index.html"), "w", encoding="utf-8") as file:
            file.write("<!doctype html>\n" + "x" * 2000)
        refuses(ledger, folder, "is not empty", faults)
    for fault in faults[:40]:
        print(fault)
    return 1 if faults or n < 5 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
