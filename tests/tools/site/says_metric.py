"""The page of one metric: its series, the marks on it, and of one date the change within the week, the events
that lagged, and the items that it counts."""
import copy
import datetime
import json
import os
import shutil
import subprocess

from figures import figure, hit, interval, rests

HALVES = {"converted": ("Converted", "Did not convert"), "opened": ("Opened", "Not opened")}


NAMES = ("sqd", "meetings_per_week", "outreach_email_open_rate", "outreach_to_discovery", "days_in_discovery",
         "existing_business_active")  # of each kind one


def week_before(day):
    return (datetime.date.fromisoformat(day) - datetime.timedelta(7)).isoformat()


def series_of(site, name, piece, *more):
    first = (datetime.date.fromisoformat(site.ledger.as_of) -
             datetime.timedelta(728)).isoformat()
    lines = site.command("series", "--from", first, "--to", site.ledger.as_of, "--metric", name, "--slice", piece,
                         *more, "--json").splitlines()
    return [json.loads(line) for line in lines]


def check_series(site, where, page, name, piece):
    rows = [row for row in page.sections["years"] if row[0] != "As of"]
    said = series_of(site, name, piece)[::-1]
    site.check(where, len(rows) == len(said), f"{len(rows)} rows of {len(said)} dates")
    for row, answer in zip(rows, said):
        metric = answer["metrics"][0]
        want = [answer["asOf"][:10], figure(metric["value"], metric["unit"]), rests(metric)]
        site.check(where, row[:3] == want and interval(metric) in row[3], f"{row}, expected {want}")
        site.check(where, any(f"at={answer['asOf'][:10]}" in link for link in page.links), f"no link to {row[0]}")


def points(by, unit):
    if abs(by) < 1e-12:
        return "0"
    return f"{100 * by:+.1f} pt" if unit == "ratio" else f"{by:+.1f} d" if unit == "days" else f"{by:+.0f}"


def check_moved(site, where, text, rows, figures):
    """The deals of all causes, and the sum."""
    for metric in figures:
        site.check(where, points(metric["change"], metric["unit"]) in text, f"no {metric['change']} in {text[:200]}")
        site.check(where, abs(sum(cause["change"] for cause in metric["causes"]) - metric["change"]) < 1e-9,
                   "the causes do not add up")
        for cause in metric["causes"]:
            for deal in cause["deals"]:
                by = f"{deal['new']['n'] - deal['old']['n']:+d}".replace("+0", "0")
                site.check(where, any(deal["deal"] in row[1] and deal["how"] in row[0] and by in row for row in rows
                                      if len(row) > 2), f"no row of {deal['deal']}")


def check_date(site, where, page, name, piece, day):
    before = week_before(day)
    text = page.texts["date"]
    for date in (before, day):
        metric = [one for one in site.at(date, "metrics", "--slice", piece)["metrics"] if one["name"] == name][0]
        want = f"{figure(metric['value'], metric['unit'])} {rests(metric)} on {date}".replace("  ", " ")
        site.check(where, want in text, f"no {want} in {text[:200]}")
    answer = site.at(before, "diff", "--vs-as-of", day, "--metric", name, "--slice", piece)
    check_moved(site, where, text, page.sections["date"], answer["metrics"])


def check_counted(site, where, page, name, piece, day):
    answer = json.loads(site.command("explain", name, "--as-of", day, "--slice", piece, "--json"))
    items, text = answer["items"], page.texts["counted"]
    rows = [row[0] for row in page.sections["counted"]]
    for key, (yes, no) in HALVES.items():
        if items and key in items[0]:
            hits = sum(item[key] for item in items)
            for want in (f"{yes}: {hits}", f"{no}: {len(items) - hits}"):
                site.check(where, want in text, f"no {want}")
    site.check(where, len([row for row in rows if row not in ("Deal", "Meeting")]) >= min(len(items), 200), rows)
    for item in items[:200] if site.name == "sample" else []:
        site.check(where, any((item.get("deal") or item["meeting"]) in row for row in rows), f"no {item}")
    if not items:
        site.check(where, "Nothing is counted" in text, text)


def check_page(site, name, piece=None, day=None):
    pairs = {key: value for key, value in (("slice", piece), ("at", day)) if value}
    page = site.page("/metric", name=name, **pairs)
    day, piece = day or site.ledger.as_of, piece or site.headline[name]
    where = f"metric {name} {piece} on {day}"
    check_series(site, where, page, name, piece)
    check_date(site, where, page, name, piece, day)
    check_counted(site, where, page, name, piece, day)
    return page


def helped(site):
    """With the command asked without a date."""
    def command(*words):
        return subprocess.run(["backcast", *words], env=site.ledger.env, cwd=site.ledger.home, capture_output=True,
                              text=True, check=True).stdout

    site.command = command
    site.at = lambda day, what, *more: json.loads(command(what, "--as-of", day, *more, "--json"))
    site.headline = {name: json.loads(command("explain", name, "--as-of", site.ledger.as_of, "--json"))["slice"]
                     for name in NAMES}
    return site


def with_reports(site):
    """A copy of the ledger in which a report was issued, which reads differently since, and rules came."""
    other = copy.copy(site)
    other.ledger = copy.copy(site.ledger)
    folder = os.path.join(site.ledger.home, "reported")
    shutil.copytree(site.ledger.env["BACKCAST_LEDGER"], folder)
    other.ledger.env = dict(site.ledger.env, BACKCAST_LEDGER=folder)
    helped(other)
    other.command("report", "issue", "Board <Q1>", "--as-of", "2025-12-28")
    other.ledger.env["BACKCAST_NOW"] = "2026-04-02T08:00:00Z"
    rules = other.command("rules", "show", "default").replace("version: default", "version: R2", 1)
    with open(os.path.join(site.ledger.home, "r2.yaml"), "w", encoding="utf-8") as file:
        file.write(rules.replace("basis: exits", "basis: cohort"))
    other.command("rules", "publish", "r2.yaml", "--effective", "2026-01-05")
    late = {"id": "late:1", "occurredAt": "2025-12-01T09:00:00Z", "deal": "late-deal",
            "dealCreated": {"name": "Late", "stage": "outreach", "dealType": "newbusiness"}}
    more = {"id": "late:2", "occurredAt": "2025-12-20T09:00:00Z", "deal": "late-deal",
            "stageChanged": {"to": "discovery"}}
    subprocess.run(["backcast", "import", "jsonl", "-"], env=dict(other.ledger.env), cwd=site.ledger.home, check=True,
                   input=json.dumps(late) + "\n" + json.dumps(more) + "\n", text=True, capture_output=True)
    return other


def check_marks(site):
    day = "2025-12-28"
    site = with_reports(site)
    page = site.page("/metric", name="outreach_to_discovery", at=day)
    marks = {row[2]: row for row in page.sections["marks"] if len(row) == 4}
    pivots = [pivot["decision"] for line in json.loads(site.command(
        "red-lines", "--from", "2024-04-01", "--to", "2026-03-29", "--json"))["redLines"]
        for pivot in line["pivots"]]
    now = json.loads(site.command("restate", "--json"))["reports"][0]["metrics"]
    now = [one for one in now if (one["name"], one["slice"]) == ("outreach_to_discovery", "new")][0]
    site.check("metric, marks", pivots and all(any(pivot in what for what in marks) for pivot in pivots), marks)
    site.check("metric, marks", any(row[0] == "2026-01-05" and "R2" in row[2] for row in marks.values()), marks)
    said = [row for row in marks.values() if row[0] == day]
    for want in (f"said {figure(now['old']['value'], 'ratio')} of {now['old']['n']}",
                 f"reads {figure(now['new']['value'], 'ratio')} of {now['new']['n']} now"):
        site.check("metric, marks", said and want in " ".join(said[0]), f"no {want} in {said}")
    text = page.texts["date"]
    site.check("metric, learnt", "When Board <Q1> was issued" in text and f"{figure(now['old']['value'], 'ratio')}" in
               text and points(now["change"], "ratio") in text and "late-deal" in text, text)
    two = site.page("/metric", name="outreach_to_discovery", rules="R2,default")
    rows = [row for row in two.sections["years"] if row[0] != "As of"][::-1]
    said = series_of(site, "outreach_to_discovery", "new", "--rules", "R2,default")
    for row, answers in zip(rows, zip(said[::2], said[1::2])):
        want = [figure(answer["metrics"][0]["value"], "ratio") for answer in answers]
        site.check("metric, two rules", row[1::3][:2] == want, f"{row}, expected {want}")


def check_no_deal(site):
    """An id that no deal has spoils its own place alone."""
    page = site.page("/metric", name="sqd", **{"not": "nobody-at-all"})
    said = page.texts["counted"]
    site.check("metric, not of no deal", "nobody-at-all" in said and "Why is a deal not counted" in said, said[-300:])


def check_not(site):
    check_no_deal(site)
    deal = site.json("deals")["rows"][0]["deal"]
    page = site.page("/metric", name="sqd", **{"not": deal})
    answer = json.loads(site.command("explain", "sqd", "--not", deal, "--as-of", site.ledger.as_of, "--json"))
    said = "is counted" if answer["counted"] else "is not counted"
    site.check("metric, not", said in page.texts["counted"], page.texts["counted"][-300:])
    for event in [reason["event"] for reason in answer["reasons"] if "event" in reason]:
        site.check("metric, not", event in page.texts["counted"], event)


def check(site):
    helped(site)
    names = NAMES if site.name == "sample" else ("sqd", "outreach_to_discovery")
    for name in names:
        check_page(site, name)
    if site.name == "sample":
        check_page(site, "outreach_to_discovery", "all", "2025-06-29")
        check_page(site, "days_in_discovery", "new", "2025-06-30")
        check_not(site)
        check_marks(site)
    answers = site.get("/metric", "/metric?name=nothing", "/metric?name=sqd&at=soon", "/metric?name=sqd&from=2099-01-01")
    for answer in answers:
        site.check("metric, refused", answer.status == 400 and "fault" in answer.text, answer.status)
