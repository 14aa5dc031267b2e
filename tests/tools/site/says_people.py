"""Paths, hand-offs, people, versions: every row, and the deals that their counts link to."""
from says_cohorts import days
from says_deals import seen
from says_losses import STAGES, check_listed


def check_paths(site, **pairs):
    page = site.page("/paths", **pairs)
    answer = site.json("paths", *(f"--{key}={value}" for key, value in pairs.items()))
    rows = page.sections["paths"][1:]
    rows = [row for row in rows if row[0] != "Path"]
    site.check("paths", f"{answer['n']} deals, {answer['paths']} paths" in page.text, page.text[:300])
    site.check("paths", len(rows) == len(answer["rows"]), f"{len(rows)} rows of {len(answer['rows'])}")
    for row, one in zip(rows, answer["rows"]):
        want = [str(one["n"]), "", str(one["won"]), days(one["medianDays"])]
        path = " \u2192 ".join(STAGES.get(stage, stage) for stage in one["path"])
        site.check("paths", row[1:] == want and (path == row[0] or path != seen(path) or "_" in path),
                   f"{row}, expected {path} {want}")
    check_listed(site, page, "paths")


def check_handoff(site, **pairs):
    page = site.page("/handoff", **pairs)
    answer = site.json("handoff", *(f"--{key}" for key in pairs))
    where = f"handoff {pairs}"
    site.check(where, f"{answer['n']} won" in page.texts["steps"], page.texts["steps"])
    rows = page.sections["steps"][1:]
    site.check(where, len(rows) == len(answer["steps"]), f"{len(rows)} steps")
    for row, one in zip(rows, answer["steps"]):
        want = [str(one["done"]), str(one["skipped"]), str(one["pending"]), days(one["medianDays"]),
                days(one["p90Days"])]
        site.check(where, row[1:] == want, f"{row}, expected {want}")
    rows = [row for row in page.sections["deals"] if row[0] != "Deal"]
    site.check(where, len(rows) == len(answer["deals"]), f"{len(rows)} rows of {len(answer['deals'])}")
    for row, one in zip(rows, answer["deals"]):
        site.check(where, seen(one["deal"])[:40] in row[0] and row[3] == days(one["waitingDays"]) and
                   (row[2] == "\u2013") == (one["waiting"] is None), f"{row}, expected {one}")


def check_people(site, by):
    page = site.page("/people", by=by)
    answer = site.json("people", f"--by={by}")
    rows = [row for row in page.sections["people"] if row[0] not in ("Who", "Source")]
    where = f"people by {by}"
    site.check(where, len(rows) == len(answer["rows"]), f"{len(rows)} rows of {len(answer['rows'])}")
    for row, one in zip(rows, answer["rows"]):
        want = [str(one[key]) for key in ("n", "deals", "forward", "backward", "lost", "reopened")]
        site.check(where, seen(one[by] or "none")[:20] in row[0] and row[1:7] == want, f"{row}, expected {want}")
        for kind in one["events"][:3]:
            site.check(where, f" {kind['n']}" in row[7], f"{row}, expected {kind}")
        if by == "actor":
            site.check(where, row[8] == ", ".join(one["roles"]) or seen(row[8]) != row[8], row)
    check_listed(site, page, "people")


def check_versions(site):
    page, answer = site.page("/versions"), site.json("versions")["versions"]
    rows = page.sections["versions"][1:]
    site.check("versions", len(rows) == len(answer), f"{len(rows)} rows of {len(answer)}")
    for row, one in zip(rows, answer):
        site.check("versions", seen(one["version"])[:20] in row[0] and one["what"] in row[0] and
                   row[1] == one["at"][:10], f"{row}, expected {one}")


def check(site):
    check_paths(site)
    check_paths(site, top="3")
    check_handoff(site)
    check_handoff(site, pending="1")
    check_people(site, "actor")
    check_people(site, "source")
    check_versions(site)
