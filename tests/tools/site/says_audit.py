"""The page of the audit: findings by kind, actor and source, each a way to fewer of them, then which;
and the reports that were issued, those that read differently first."""
import collections
import urllib.parse

from site_asked import shown


def tables(rows, heads):
    """The rows of tables that stand in one section, by the first cell of their headings."""
    found, at = {head: {} for head in heads}, None
    for row in rows:
        if row[0] in heads and row[1:] == ["Findings"]:
            at = found[row[0]]
        elif at is not None:
            at[row[0]] = int(row[1])
    return found


def check_counts(site, where, page, pairs):
    said = {key: site.json("audit", *pairs, "--by", key)["counts"] for key in ("actor", "source")}
    want = {"Kind": collections.Counter(), "Who": collections.Counter(), "Source": collections.Counter()}
    for count in said["actor"]:
        want["Kind"][count["finding"]] += count["times"]
        want["Who"][shown(count["actor"]) or "nobody named"] += count["times"]
    for count in said["source"]:
        want["Source"][shown(count["source"]) or "none named"] += count["times"]
    got = tables(page.sections["counts"], want)
    for name, counts in want.items():
        site.check(where, got[name] == dict(counts), f"{name}: {got[name]}, and not {dict(counts)}")


def check_findings(site, where, page, pairs):
    said = site.json("audit", *pairs)["findings"]
    rows = page.sections["findings"][1:]
    site.check(where, len(rows) == (len(said) if len(said) <= 200 else 100), f"{len(rows)} rows of {len(said)}")
    for row, finding in zip(rows, said):
        deal = shown(finding.get("deal", "\u2013"))
        site.check(where, row[0].endswith(deal), f"{row[0]} is not of {deal}")
        site.check(where, finding["finding"] in row[1], f"{row[1]} is no {finding['finding']}")
        site.check(where, row[5] == shown(finding.get("event", row[5])), f"{row[5]} is not {finding.get('event')}")
    return said


def check_narrowed(site, page):
    """Each count leads to as many findings."""
    keys, ways = ("kind", "actor", "source", "all"), {}
    for link in page.links:
        asked = dict(urllib.parse.parse_qsl(link.partition("?")[2]))
        for key in asked:
            if link.startswith("/audit?") and key in keys:
                ways.setdefault(key, []).append(link)
    several = [links[0] for links in ways.values()]
    for link, narrowed in zip(several, site.pages(*several)):
        asked = dict(urllib.parse.parse_qsl(link.partition("?")[2]))
        pairs = [f"--{key}={value}" for key, value in asked.items() if key in keys]
        check_findings(site, link, narrowed, pairs)
        check_counts(site, link, narrowed, pairs)
    return ways


def check(site):
    page = site.page("/audit")
    check_counts(site, "audit", page, [])
    said = check_findings(site, "audit", page, [])
    ways = check_narrowed(site, page)
    kinds = {finding["finding"] for finding in said}
    site.check("audit", len(set(ways.get("kind", []))) == len(kinds), f"{ways} to {kinds}")
    site.check("audit", said or "Nothing was found." in page.text, "nothing is not said")
    site.check("audit", "No report was issued." in page.texts["reports"], "no report is not said")
    refused = site.get("/audit?kind=no_such_kind", "/audit?actor=")
    site.check("audit, a kind that is none", refused[0].status == 400, refused[0].status)
    site.check("audit, nobody", refused[1].status == 200, refused[1].status)
