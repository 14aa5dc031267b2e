"""The page of what differs between two ways of asking: each figure with its causes and deals."""
import json

from figures import figure, slices
from says_metric import check_moved, helped, points

CAUSES = {"rule": "other rules", "time": "another date", "late_event": "late event",
          "property_filled_in": "property filled in later", "correction": "correction", "retraction": "retraction"}


def side(metric, key):
    if metric[key] is None:
        return "\u2013"
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


def check(site):
    helped(site)
    page = site.page("/diff")
    site.check("diff", "Nothing to compare with" in page.text, page.text)
    if site.name == "sample":
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
