"""A copied link has the head of the ledger: nothing is said while it is that, and what changed since
is said when the page reads differently, or that it reads the same."""
import copy
import os
import re
import shutil

from ledgers import run

LEDGERS = ("sample",)
LINE = re.compile(r'<p class="changed[^"]*" role="status">(.*?)</p>', re.S)


def said(site, path, **pairs):
    found = LINE.search(site.get((path, {"as-of": site.ledger.as_of, **pairs}))[0].text)
    return re.sub(r"<[^>]*>", "", found.group(1)).strip() if found else None


def record(site, *words):
    run(["backcast", "record", *words], site.ledger.env, site.ledger.home)


def another(site):
    """The same on a ledger that may be changed."""
    other = copy.copy(site)
    other.ledger = copy.copy(site.ledger)
    folder = os.path.join(site.ledger.home, "link")
    shutil.copytree(site.ledger.env["BACKCAST_LEDGER"], folder)
    other.ledger.env = dict(site.ledger.env, BACKCAST_LEDGER=folder, BACKCAST_NOW="2026-03-30T09:00:00Z")
    return other


def check(site):
    whole, site = site, another(site)
    check_link(site)
    whole.n = site.n


def check_link(site):
    answer = site.get(("/pipeline", {"as-of": site.ledger.as_of}))[0].text
    head = re.search(r'data-head="([^"]*)"', answer).group(1).replace("&#43;", "+")
    size = int(head.split("-")[0])
    site.check("link", said(site, "/pipeline", head=head) is None, "something is said of the same head")
    record(site, "healthRecorded", "--deal", "161-tansyford", "--status", "green",
           "--at", "2026-03-29")
    line = said(site, "/pipeline", head=head)
    site.check("link", line and "1 event was recorded" in line and "reads the same" in line, line)
    record(site, "stageChanged", "--deal", "161-tansyford", "--to", "closed_lost", "--at", "2026-03-28")
    line = said(site, "/pipeline", head=head)
    site.check("link", line and "2 events were recorded" in line and "reads differently now" in line, line)
    for path, pairs in (("/ledger", {}), ("/log", {}), ("/versions", {}), ("/event", {"seq": "1"})):
        line = said(site, path, head=head, **pairs)
        site.check(f"link {path}", line and "as it is now" in line, line)
    site.check("link", said(site, "/pipeline", head=head, **{"known-at": "2026-01-01"}).count("reads the same"),
               "a question that was known then reads differently")
    other = "A" * 43 + "="
    for told, want in ((f"{size}-{other}", "another ledger"), (f"{size + 9}-{other}", "another ledger"),
                       ("x", "does not say"), (f"{size}-", "does not say")):
        line = said(site, "/pipeline", head=told)
        site.check(f"link {told}", line and want in line, line)
