"""The page of all metrics: each figure of `metrics`, under each of several rules, split by a key."""
import json
from figures import figure, interval, rests, slices


def rows_of(page, section):
    return [row for row in page.sections[section] if len(row) > 1 and row[0] != "Slice"]


def check_rows(site, where, rows, metrics, by=None):
    site.check(where, len(rows) == len(metrics), f"{len(rows)} rows of {len(metrics)} figures")
    for row, metric in zip(rows, metrics):
        row = list(row)
        at = f"{where}, {metric['name']} {metric['slice']}"
        site.check(at, row[0].startswith(slices(metric["slice"])), row)
        if by:
            of = row.pop(1)
            site.check(at, metric["of"] == "" or of != "", row)
        site.check(at, row[1] == figure(metric["value"], metric["unit"]), row)
        site.check(at, row[2] == rests(metric), row)
        site.check(at, interval(metric) in row[4], row)


def check(site):
    page = site.page("/metrics")
    answer = site.json("metrics")
    check_rows(site, "metrics", rows_of(page, "figures"), answer["metrics"])
    page = site.page("/metrics", slice="new")
    check_rows(site, "metrics of a slice", rows_of(page, "figures"), site.json("metrics", "--slice", "new")["metrics"])
    page = site.page("/metrics", rules="latest,default")
    for part, line in zip(("figures", "figures-2"),
                          site.ledger.ask("metrics", "--rules", "latest,default", "--json").splitlines()):
        check_rows(site, f"metrics under two rules, {part}", rows_of(page, part), json.loads(line)["metrics"])
    page = site.page("/metrics", by="campaign")
    check_rows(site, "metrics by campaign", rows_of(page, "figures"),
               site.json("metrics", "--by", "campaign")["metrics"], by="campaign")
