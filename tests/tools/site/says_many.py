"""Of more deals than a page has room for, the pages list some, say how many there are, and link to the others; so
of a deal's events."""
import os
import subprocess

from says_deals import linked

LEDGERS = ("nothing",)
DEALS, EVENTS = 230, 230


def events():
    for n in range(DEALS):
        yield (f'{{"id":"c{n}","occurredAt":"2025-01-01T10:00:00Z","recordedAt":"2025-01-01T10:00:00Z","deal":"d{n:03}",'
               f'"actor":"a","dealCreated":{{"stage":"outreach","dealType":"newbusiness","name":"No. {n}"}}}}\n')
    for n in range(EVENTS - 1):
        yield (f'{{"id":"p{n}","occurredAt":"2025-01-02T10:00:00Z","recordedAt":"2025-01-02T10:00:00Z","deal":"d007",'
               f'"actor":"a","propertyChanged":{{"name":"amount","value":"{n}"}}}}\n')


def make(site):
    """Another ledger, in the place of the one of nothing; gives that back."""
    before = site.ledger.env
    site.ledger.env = dict(before, BACKCAST_LEDGER=os.path.join(site.ledger.home, "many"))
    for words, said in ((["init"], ""), (["import", "jsonl", "-", "--keep-recorded-at"], "".join(events()))):
        subprocess.run(["backcast", *words], env=site.ledger.env, input=said.encode(), capture_output=True, check=True)
    return before


def check(site):
    before = make(site)
    page = site.page("/pipeline")
    site.check("many, pipeline", f"{DEALS} open deals" in page.text, page.text[:300])
    site.check("many, pipeline", f"All {DEALS} open deals" in page.texts["open"], page.texts["open"])
    site.check("many, pipeline", "not drawn one by one" in page.texts["stages"], page.texts["stages"])
    site.check("many, pipeline", page.sections["stages"][2][1] == str(DEALS), page.sections["stages"][2])
    seen = []
    for at, said in ((1, "1 to 100 of 230"), (2, "101 to 200 of 230"), (3, "201 to 230 of 230")):
        page = site.page("/deals", sort="deal", page=str(at))
        seen += linked(page, "deal")
        site.check("many, deals", said in page.text, f"no {said}")
    site.check("many, deals", seen == [f"d{n:03}" for n in range(DEALS)], f"{len(seen)}: {seen[:3]}")
    page = site.page("/timeline", sort="deal", page="5")
    site.check("many, timeline", linked(page, "deal") == [f"d{n:03}" for n in range(200, DEALS)], "page 5")
    values = []
    for at in (1, 2, 3):
        page = site.page("/deal", id="d007", page=str(at))
        values += [row[3] for row in page.sections["events"] if row[2] == "Property"]
        site.check("many, events", f"of {EVENTS}" in page.texts["events"], page.texts["events"][-200:])
    site.check("many, events", values == [f"amount = {n}" for n in range(EVENTS - 1)], f"{len(values)}")
    site.ledger.env = before
