"""The timeline: the deals that are open or were within 90 days, fifty a page, with their visits drawn."""
from says_deals import days, linked, seen, state


def check_rows(site, where, page, answer):
    rows = [row for row in page.sections["deals"] if len(row) == 6][1:]
    site.check(where, len(rows) == len(answer), f"{len(rows)} rows of {len(answer)}")
    for row, said in zip(rows, answer):
        want = [days(said["age"]), days(said["days"]), state(said)]
        site.check(where, [row[1], *row[3:5]] == want, f"{row}, expected {want}")
        site.check(where, seen(said["deal"]) in row[0], row)
    site.check(where, linked(page, "deal") == [said["deal"] for said in answer], "links")
    drawn = page.text.count(f"{len(answer)} deal{'' if len(answer) == 1 else 's'}, slice all")
    site.check(where, drawn == (3 if answer else 0), f"{drawn} drawings")


def check(site):
    page = site.page("/timeline")
    answer = site.json("deals", "--open-within=90", "--sort=-age")
    check_rows(site, "timeline", page, answer["rows"][:50])
    site.check("timeline", f": {answer['n']} deal" in page.text, page.text[:300])
    for said in answer["rows"]:
        open_or_lately = said["days"] is not None
        site.check("timeline", open_or_lately, said["deal"])
    every = site.json("deals", "--sort=name")
    left = every["n"] - answer["n"]
    site.check("timeline, left out", (f"{left} more deal" in page.text) == (left > 0), page.text[-600:])
    one = site.json("deals", "--sort=-days")["rows"]
    old = [said for said in one if said["deal"] not in {row["deal"] for row in answer["rows"]}]
    if old:
        page = site.page("/timeline", q=old[0]["deal"])
        site.check("timeline, none fits", "so lately" in page.text and "more deal" in page.text, page.text[-600:])
    for at in (1, 2):
        check_rows(site, f"timeline of all, page {at}", site.page("/timeline", within="all", sort="name", page=str(at)),
                   every["rows"][50 * at - 50:50 * at])
    check_rows(site, "timeline, stalled", site.page("/timeline", within="all", stalled="yes", q="u"), site.json(
        "deals", "--stalled", "--find=u", "--sort=-age")["rows"][:50])
    refused = site.get(("/timeline", {"within": "-1"}))[0]
    site.check("timeline, refused", refused.status == 400, f"{refused.status}")
