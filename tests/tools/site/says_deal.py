"""The page of a deal: what it is at the date, its visits, findings and events, as `deals` and `history` have
them; deals that are not there; ids of any kind, as links and in addresses; its evidence."""
import json
import subprocess
from datetime import datetime

from says_deals import amount, days, linked, seen, state

DAY = 86400


def at(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def shown(text):
    return f"{at(text):%Y-%m-%d %H:%M:%S}"


def value_of(history, name, as_of):
    """A property at the end of a day, of the events that are not taken back, which are in their order."""
    value = None
    for told in history["events"]:
        event = told["event"]
        changed = event.get("propertyChanged", {})
        if changed.get("name") == name and not told["retractedBy"] and event["occurredAt"][:10] <= as_of:
            value = changed.get("value") or None
    return value


def check_events(site, where, page, history):
    rows = page.sections["events"][1:]
    by_id = {told["event"]["id"]: told["event"] for told in history["events"]}
    site.check(where, len(rows) == min(len(by_id), 200), f"{len(rows)} rows of {len(by_id)} events")
    for row, told in zip(rows, history["events"]):
        event, by = told["event"], by_id.get(told["retractedBy"])
        late = int((at(event["recordedAt"]) - at(event["occurredAt"])).total_seconds()) // DAY
        learnt = f"{late} d late" if late else ""
        want = shown(event["occurredAt"]) + (f" learnt {learnt}" if late else "")
        site.check(where, row[0] == want and row[1] == learnt and row[6] == event["seq"], f"{row}, expected {want}")
        if by:
            want = f"retracted {by['occurredAt'][:10]} by {seen(by['actor'])}"
            site.check(where, want in row[3] and seen(by["retracted"].get("reason")) in row[3], f"{row[3]}, {want}")
        else:
            site.check(where, "retracted 2" not in row[3], row)
        if "propertyChanged" in event:
            site.check(where, seen(event["propertyChanged"].get("value")) in row[3], row)
        if "retracted" in event and event["retracted"]["event"] in by_id:
            target = by_id[event["retracted"]["event"]]
            site.check(where, f"of {shown(target['occurredAt'])}" in row[3], row)


def check_visits(site, where, page, history):
    rows = [row for row in page.sections["visits"] if len(row) == 4][1:]
    site.check(where, len(rows) == len(history["visits"]), f"{rows}")
    for row, visit in zip(rows, history["visits"]):
        want = [shown(visit["entered"]), shown(visit["left"]) if visit["left"] else "\u2013"]
        site.check(where, row[1:3] == want, f"{row}, expected {want}")
    drawn = page.text.count(f"Deal {seen(history['deal'])}")
    site.check(where, drawn == (3 if rows else 0), f"{drawn} drawings")


def check_facts(site, where, page, history, deal):
    text = page.texts["facts"]
    if not deal:
        site.check(where, "It was not there yet" in text or "It is not among the deals" in text, text)
        return
    money = [amount(deal[key], deal["currency"]) for key in ("amount", "mrr")]
    wanted = [f"Amount {money[0]}", f"MRR {money[1]}", f"Age {days(deal['age'])}", state(deal),
              f"Owner {seen(deal['owner'] or chr(0x2013))}", f"Next meeting {(deal['nextMeeting'] or chr(0x2013))[:10]}"]
    if deal["stage"]:
        wanted.append(f", {days(deal['days'])}")
    for term, first, between, second in (("Company", "company", "", None), ("ICP version, tier", "icp_version", ", ", "tier"),
                                         ("Contract", "contract_start", " to ", "contract_end")):
        values = [seen(value_of(history, name, site.ledger.as_of)) for name in (first, second) if name]
        shows = between.join(value or "\u2013" for value in values) if any(values) else "\u2013 "
        wanted.append(f"{term} {shows}")
    for words in wanted:
        site.check(where, words in text, f"no {words!r} in {text}")
    renews = value_of(history, "renews", site.ledger.as_of)
    site.check(where, ("Renews" in text) == bool(renews), f"{text}, renews {renews}")
    if renews:
        site.check(where, renews in linked(page, "deal"), f"no link to {renews}")


def history_of(site, deal):
    done = subprocess.run(["backcast", "history", "--as-of", site.ledger.as_of, "--json", "--", deal],
                          env=site.ledger.env, capture_output=True, check=True)
    return json.loads(done.stdout)


def check_deal(site, deal, row):
    page, history = site.page("/deal", id=deal), history_of(site, deal)
    where = f"deal {deal[:40]!r}"
    site.check(where, seen(deal) in page.text, "its id is not there")
    check_facts(site, where, page, history, row)
    check_visits(site, where, page, history)
    check_events(site, where, page, history)
    n, retracted = len(history["events"]), sum(1 for told in history["events"] if told["retractedBy"])
    said = f": {n} event{'' if n == 1 else 's'}{f', {retracted} retracted' if retracted else ''}"
    site.check(where, said in page.text, f"no {said!r}")
    findings = [line for line in page.sections["findings"] if line[0] != "Finding"]
    site.check(where, [line[0] for line in findings] == [finding["finding"] for finding in history["findings"]], findings)
    site.check(where, f"; {len(findings)} finding" in page.text, "findings")
    if row:
        habits = len(findings) - row["findings"]
        site.check(where, (f", {habits} of them about habits" in page.text) == (habits > 0), "habits")
    return page


def check_evidence(site, deal):
    """It is the file of the command, and holds by itself."""
    answer = site.get(("/evidence", {"deal": deal}))[0]
    done = subprocess.run(["backcast", "evidence", "--", deal], env=site.ledger.env, capture_output=True, check=True)
    site.check("evidence", answer.status == 200 and answer.body == done.stdout, f"{answer.status}, {answer.body[:200]}")
    site.check("evidence", answer.kind == "application/octet-stream" and answer.other.endswith(".evidence") and
               "/" not in answer.other, f"{answer.kind}, {answer.other}")


def check_absent(site):
    for deal in ("no such deal", "--help", "-x", "a/../b", "'\"<>&", "\u202eturned", "x" * 4096, "%", "\ufffd"):
        where = f"deal {deal[:40]!r}"
        for path, key in (("/deal", "id"), ("/evidence", "deal")):
            answer = site.get((path, {key: deal}))[0]
            site.check(where, answer.status == 404 and "no event about the deal" in answer.text,
                       f"{path}: {answer.status}, {answer.text[-300:]}")
    for query, words in (("", "names no deal"), ("?id=", "names no deal"), ("?id=a%00b", "zero byte")):
        answer = site.get("/deal" + query)[0]
        site.check(f"deal {query}", answer.status == 400 and words in answer.text, f"{answer.status}")


def check_links(site):
    """Ids come back as they were."""
    for path, pairs, options in (("/deals", {}, ()), ("/pipeline", {}, ("--open", "--slice=new"))):
        ids = {row["deal"] for row in site.json("deals", *options)["rows"]}
        for deal in linked(site.page(path, **pairs), "deal"):
            site.check(f"{path}, links", deal in ids, f"{deal!r} is none of them")
            ids.discard(deal)
        site.check(f"{path}, links", not ids or len(ids) > 50, f"not linked: {ids}")


def check(site):
    deals = site.json("deals")["rows"]
    wanted = deals[:4] + deals[-5:] if site.name == "hostile" else [
        row for row in deals if row["deal"] in ("165-larkness", "197-ivorystead", "004-brindlemoor", "161-tansyford")]
    for row in wanted:
        check_deal(site, row["deal"], row)
    check_absent(site)
    check_links(site)
    if wanted:
        deal = wanted[0]["deal"]
        check_evidence(site, deal)
        early = site.page("/deal", id=deal, **{"as-of": "2001-01-01"})
        site.check("deal, early", "It was not there yet" in early.texts["facts"], early.texts["facts"])
