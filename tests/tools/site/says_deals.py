"""The pages of deals: which are listed, in which order, and each cell; what the deals of a page are links to."""
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import parse_qs, urlsplit

DAYS, STATE, AMOUNT, MEETING, FINDINGS, OWNER = 2, 3, 5, 7, 8, 9


def amount(text, currency):
    if text is None:
        return "\u2013"
    return f"{Decimal(text).quantize(Decimal('0.01'), ROUND_HALF_UP)}{'' if currency == 'USD' else ' ' + currency}"


def days(value):
    return "\u2013" if value is None else f"{value:.1f} d"


def seen(text):
    """What is surely there of a text: control characters are escaped, and spaces run together."""
    return (text or "").split("\u202e")[0].split("  ")[0].strip()


def state(row):
    return "stalled" if row["stalled"] else f"parked until {row['parkedUntil']}" if row["parkedUntil"] else ""


def linked(page, name):
    """The ids of the deals that a page of this name is linked for, in their order."""
    return [parse_qs(urlsplit(link).query)["id"][0] for link in page.links if link.startswith(f"/{name}?id=")]


def check_rows(site, where, rows, answer):
    site.check(where, len(rows) == len(answer), f"{len(rows)} rows of {len(answer)}")
    for row, said in zip(rows, answer):
        site.check(where, seen(said["name"] or said["deal"]) in row[0] and seen(said["deal"]) in row[0], row[0])
        want = [days(said["days"]), state(said), days(said["age"]), amount(said["amount"], said["currency"])]
        site.check(where, row[DAYS:AMOUNT + 1] == want, f"{row}, expected {want}")
        meeting = (said["nextMeeting"] or "\u2013")[:10]
        site.check(where, row[MEETING] == meeting, f"{row}, expected {meeting}")
        site.check(where, row[FINDINGS] == str(said["findings"]), row)
        site.check(where, seen(said["owner"] or "\u2013") in row[OWNER], row)


def check_list(site, pairs, *options):
    page = site.page("/deals", **pairs)
    answer = site.json("deals", *options, "--limit=100")
    rows = [row for row in page.sections["deals"] if len(row) == 10][1:]
    where = f"deals {pairs}"
    check_rows(site, where, rows, answer["rows"])
    site.check(where, f": {answer['n']} deal" in page.text, page.text[:300])
    return page, answer


def check_pages(site):
    """All deals stand on some page, each once, in the order of the answer."""
    answer = site.json("deals", "--sort=-age")
    said, at = [], 1
    while len(said) < answer["n"]:
        page = site.page("/deals", sort="-age", page=str(at))
        rows = [row for row in page.sections["deals"] if len(row) == 10][1:]
        check_rows(site, f"deals, page {at}", rows, answer["rows"][len(said):len(said) + 100])
        if answer["n"] > 100:
            last = min(len(said) + 100, answer["n"])
            site.check("deals, pager", f"{len(said) + 1} to {last} of {answer['n']}" in page.text, page.text[-400:])
        if not rows:
            break
        said += rows
        at += 1
    beyond = site.page("/deals", page=str(at + 7))
    site.check("deals, beyond", answer["n"] == 0 or "There are no more deals." in beyond.text, beyond.text[-300:])


def check_refused(site):
    for pairs, words in (({"page": "x"}, "page 'x'"), ({"stage": "nowhere"}, "nowhere"), ({"sort": "height"}, "height"),
                         ({"open": "perhaps"}, "perhaps"), ({"q": "a\0b"}, "zero byte")):
        answer = site.get(("/deals", pairs))[0]
        site.check(f"deals {pairs}", answer.status == 400 and words in answer.text.replace("&#39;", "'"),
                   f"{answer.status}, {answer.text[-300:]}")


def check(site):
    check_list(site, {})
    check_list(site, {"open": "yes", "sort": "-days"}, "--open", "--sort=-days")
    check_list(site, {"stalled": "yes", "sort": "owner"}, "--stalled", "--sort=owner")
    check_list(site, {"stage": "outreach", "slice": "new"}, "--stage=outreach", "--slice=new")
    check_list(site, {"q": "universit\u00c4t"}, "--find=universitat")
    check_list(site, {"q": "</td></table>"}, "--find=</td></table>")
    check_list(site, {"owner": "user:13"}, "--owner=user:13")
    check_list(site, {"q": "no such deal"}, "--find=no such deal")
    check_pages(site)
    check_refused(site)
