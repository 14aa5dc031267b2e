"""The page of what differs between two ways of asking: each figure with its causes and deals."""
import json
import os
import shutil

from figures import figure, slices
from says_metric import check_moved, helped, points

CAUSES = {"rule": "other rules", "time": "another date", "late_event": "late event",
          "property_filled_in": "property filled in later", "correction": "correction", "retraction": "retraction"}


def side(metric, key):
    if metric[key] is None:
        return "not there"
    said = figure(metric[key]["value"], metric["unit"])
    return said if metric["unit"] not in ("ratio", "days") else f"{said} of {metric[key]['n']}"


def check_figures(site, where, page, metrics):
    rows = [row for row in page.sections["figures"] if len(row) == 5 and row[0] != "Slice"]
    site.check(where, len(rows) == len(metrics), f"{len(rows)} rows of {len(metrics)} figures")
    for row, metric in zip(rows, metrics):
        want = [slices(metric["slice"]), side(metric, "old"), side(metric, "new"),
                points(metric["change"], metric["unit"])]
        site.check(where, row[:4] == want, f"{row}, expected {want}")
        for cause in metric["causes"]:
            site.check(where, CAUSES[cause["cause"]] in row[4], row)


def check_lines(site, where, page, lines):
    rows = [row for row in page.sections["red-lines"] if len(row) == 5 and row[0] != "Red line"]
    site.check(where, len(rows) == len(lines), f"{len(rows)} rows of {len(lines)} red lines")
    for row, line in zip(rows, lines):
        unit = "ratio" if "worst" in (line["new"] or line["old"]) or line["new"]["value"] is None or \
            line["new"]["value"] < 1 else "deals"
        site.check(where, figure(line["new"]["value"], unit) in row[2], row)


def check_pair(site, pairs, words):
    where = f"diff {pairs}"
    page = site.page("/diff", **pairs)
    day = pairs.get("as-of", site.ledger.as_of)
    answer = json.loads(site.command("diff", "--as-of", day, *words, "--json"))
    check_figures(site, where, page, answer["metrics"])
    if "metric" not in pairs:
        check_lines(site, where, page, answer["redLines"])
    if answer["metrics"]:
        check_moved(site, where, page.texts["deals"], page.sections["deals"], answer["metrics"])
    for key in ("old", "new"):
        site.check(where, any(answer[key]["rules"] in row and any(answer[key]["asOf"] in cell for cell in row)
                              for row in page.sections["ways"]), page.sections["ways"])


def check_not_there(site):
    """A slice that only one side's rules have: no figure there is no 0, and nothing is by how much it differs."""
    other = site.copy("sliced")
    rules = os.path.join(site.ledger.home, "sliced.yaml")
    with open(rules, "w", encoding="utf-8") as file:
        file.write(other.run("rules", "show", "default").replace("version: default", "version: sliced").replace(
            "slices:\n", "slices:\n  odd:\n    deal_type: existingbusiness\n"))
    other.run("rules", "publish", rules, "--effective", "2026-03-01")
    ways = ("--as-of", "2026-03-29", "--rules", "default", "--vs-rules", "sliced", "--metric", "sqd")
    metric, = json.loads(other.run("diff", *ways, "--json"))["metrics"]
    said = [metric[key] for key in ("old", "change", "nChange")] + [
        cause[key] for cause in metric["causes"] for key in ("change", "nChange")]
    other.check("diff, not there", said == [None] * 5 and metric["new"]["value"] > 0, metric)
    row = other.run("diff", *ways).splitlines()[1].split()
    other.check("diff, not there", row[:6] == ["sqd", "odd", "not", "there", str(metric["new"]["value"]), "\u2013"], row)
    page = other.page("/diff", as_of="2026-03-29", rules="default", vs_rules="sliced", metric="sqd")
    rows = [row for row in page.sections["figures"] if row[0] == "odd"]
    other.check("diff, not there", [row[1:4] for row in rows] == [["not there", str(metric["new"]["value"]), "\u2013"]],
                rows)
    site.n += other.n - site.n
    shutil.rmtree(other.folder)


def check(site):
    helped(site)
    page = site.page("/diff")
    site.check("diff", "Nothing to compare with" in page.text, page.text)
    if site.name == "sample":
        check_not_there(site)
        later = site.page("/diff", as_of="2026-03-29", vs_as_of="2026-03-22").sections["ways"]
        site.check("diff, back", [row[0] for row in later] == ["Way", "From", "To"] and "2026-03-29" in later[1][1] and
                   "2026-03-22" in later[2][1], later)
        check_pair(site, {"as-of": "2026-03-22", "vs-as-of": "2026-03-29"}, ["--vs-as-of", "2026-03-29"])
        check_pair(site, {"as-of": "2025-06-30", "known-at": "2025-07-02", "metric": "outreach_to_discovery"},
                   ["--known-at", "2025-07-02", "--metric", "outreach_to_discovery"])
        check_pair(site, {"as-of": "2025-06-30", "known-at": "2025-07-02", "slice": "new"},
                   ["--known-at", "2025-07-02", "--slice", "new"])
    check_pair(site, {"vs-rules": "default"}, ["--vs-rules", "default"])
    for way in ("/etc/passwd", "./x.yaml", "none-such", "--json"):
        answer = site.get(("/diff", {"vs-rules": way}))[0]
        site.check("diff, rules", answer.status == 400 and "fault" in answer.text and "root:" not in answer.text,
                   f"{way}: {answer.status}")
