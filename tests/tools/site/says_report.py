"""The page of an issued report, and the reports of the audit, over a copy of the ledger in which some were
issued: each figure on both sides, why it moved, and the four clicks from it to an event and its proof."""
import json
import os
import shutil

from site_asked import shown

LEDGERS = ("sample", "hostile")


def number(value, unit):
    if value is None:
        return "\u2013"
    return {"ratio": f"{100 * value:.1f} %", "days": f"{value:.1f} d"}.get(unit, f"{value:.0f}")


def issued(site):
    """What they said of themselves: one before two events came in late, one after."""
    other, day = site.copy("issued"), site.ledger.as_of
    name = "q1 <i>board</i>"
    first = json.loads(other.run("report", "issue", name, "--as-of", day, "--json"))
    for at in ("01", "02"):
        other.run("record", "dealCreated", "--deal", f"late-{at}", "--stage", "outreach", "--deal-type",
                  "newbusiness", "--at", f"{day[:8]}{at}T10:00:00Z", "--id", f"late-{at}")
    second = json.loads(other.run("report", "issue", name, "--as-of", day, "--json"))
    return other, first["report"], second["report"]


def check_audit(site, differing, same):
    rows = site.page("/audit").sections["reports"][1:]
    site.check("audit, reports", len(rows) == 2, rows)
    site.check("audit, reports", differing in rows[0][0] and "reads differently now" in rows[0][2], rows)
    site.check("audit, reports", same in rows[1][0] and "reads so still" in rows[1][2], rows)
    said = json.loads(site.run("restate", "--json"))["reports"]
    site.check("audit, reports", len(said) == 1 and said[0]["report"] == differing, said)
    site.check("audit, reports", rows[0][3] == str(len(said[0]["metrics"]) + len(said[0]["redLines"])), rows[0])
    causes = {cause["cause"].replace("_", " ") for of in said[0]["metrics"] + said[0]["redLines"]
              for cause in of["causes"]}
    site.check("audit, reports", set(rows[0][4].split(", ")) == causes, rows[0])
    return said[0]


def check_figures(site, page, said, values):
    """Every figure that was given out stands there; those that differ with both sides."""
    rows = [row for row in page.sections["report-1"] if row[0] in ("differs", "same")]
    site.check("report", len(rows) == values, f"{len(rows)} rows of {values} figures")
    differ = [row for row in rows if row[0] == "differs"]
    moved = said["metrics"] + said["redLines"]
    site.check("report", len(differ) == len(moved), f"{len(differ)} differ, and not {len(moved)}")
    slices = ["new", "existing", "all", None]  # in the order of the page; a red line has none
    for row, figure in zip(differ, sorted(moved, key=lambda one: slices.index(one.get("slice")))):
        for at, side in ((2, "old"), (3, "new")):
            want = number(figure[side]["value"], figure.get("unit", "ratio"))
            site.check(f"report, {figure['name']}", "state" in figure[side] or row[at].startswith(want),
                       f"{row[at]!r} does not say {want}")


def check_ways(site, page, said):
    """From a report to an event that moved it, and to a figure as it was asked then."""
    events = {event for of in said["metrics"] + said["redLines"] for cause in of["causes"]
              for deal in cause["deals"] for event in deal["events"]}
    ways = {link for link in page.links if link.startswith("/event?")}
    site.check("report", len(ways) == len(events) > 0, f"{ways} to {events}")
    for way, reached in zip(sorted(ways), site.pages(*sorted(ways))):
        ids = {row[1] for row in reached.sections["event"] if row[0] == "Id"}
        site.check(way, ids <= {shown(event) for event in events}, ids)
        site.check(way, reached.sections["proof"], "no proof")
        reports = {tuple(row[::2]) for row in reached.sections["reports"][1:]}
        site.check(way, {told for _, told in reports} == {"was recorded after it", "was on record then"}, reports)


def check_given(site):
    """The page that was given out is a file, with the bytes that were written then."""
    path = os.path.join(site.ledger.home, "given.html")
    site.run("report", "issue", "given", "--as-of", site.ledger.as_of, "--html", path)
    report = json.loads(site.run("report", "list", "--json"))["reports"][-1]["report"]
    ways = [link for link in site.pages(("/report", {"id": report}))[0].links if link.startswith("/given?")]
    site.check("given out", len(ways) == 1, ways)
    with open(path, "rb") as file:
        want = file.read()
    for given in site.get(*ways):
        site.check("given out", given.status == 200 and given.body == want and given.kind == "application/octet-stream",
                   f"{given.status}, {given.kind}, {len(given.body)} bytes for {len(want)}")
    refused = site.get("/given", "/given?id=nobody")
    site.check("given out", [answer.status for answer in refused] == [400] * 2, [one.status for one in refused])


def check(site):
    other, first, second = issued(site)
    said = check_audit(other, first, second)
    audit = other.page("/audit")
    ways = [link for link in audit.links if link.startswith("/report?")]
    other.check("audit, reports", len(ways) == 2, ways)
    values = {one["report"]: one["values"] for one in json.loads(other.run("report", "list", "--json"))["reports"]}
    page, same = other.pages(*ways)
    check_figures(other, page, said, values[first])
    check_figures(other, same, {"metrics": [], "redLines": []}, values[second])
    check_ways(other, page, said)
    check_given(other)
    refused = other.get("/report", "/report?id=nobody", "/report?id=--json")
    other.check("no report", [answer.status for answer in refused] == [400] * 3, [one.status for one in refused])
    site.n += other.n - site.n
    shutil.rmtree(other.folder)
