"""The page of the ledger, of its log, of two versions of its rules, and the one that verifies it."""
import datetime
import json
import os
import shutil
import urllib.parse

from site_asked import shown


def same_time(cell, said):
    def read(text):
        return datetime.datetime.fromisoformat(text.replace(" ", "T").replace("Z", "+00:00")).replace(tzinfo=None)
    try:
        return abs((read(cell) - read(said)).total_seconds()) < 1
    except ValueError:
        return False


def check_rows(site, where, rows, events):
    """A table of events, newest first."""
    site.check(where, [row[0] for row in rows] == [event["seq"] for event in events],
               f"{[row[0] for row in rows][:3]} ... are not {[event['seq'] for event in events][:3]} ...")
    for row, event in zip(rows, events):
        kind = next(key for key in event if isinstance(event[key], dict) and key != "source")
        words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind)
        site.check(where, row[4].startswith(words), f"{row[4][:40]} is not {words}")
        site.check(where, same_time(row[1], event["occurredAt"]), row[1])
        site.check(where, same_time(row[2], event["recordedAt"]), row[2])
        site.check(where, row[3].endswith(shown(event.get("deal", ""))), row[3])
        site.check(where, row[5] == shown(event.get("actor", "")), row[5])
        site.check(where, row[6] == shown(event.get("source", {}).get("system", "")), row[6])


def check_ledger(site):
    page = site.page("/ledger")
    head = json.loads(site.run("head", "--json"))
    site.check("head", page.texts["head"].startswith("Head") and head["root"] in page.texts["head"], "not the root")
    site.check("head", f" {head['seq']} event" in page.texts["head"], "not so many events")
    sources = json.loads(site.log("--by", "source", "--json"))["rows"]
    rows = page.sections["sources"][1:]
    site.check("sources", len(rows) == len(sources), f"{len(rows)} of {len(sources)}")
    for row, source in zip(rows, sources):
        site.check("sources", row[0] == (shown(source["source"]) or "none named") and row[1] == str(source["n"]), row)
        site.check("sources", row[2].startswith(source["newest"]) and same_time(row[4], source["recordedAt"]), row)
    runs = [one for one in json.loads(site.run("sources", "--json"))["sources"] if one["lastRun"]]
    rows = page.sections["imports"][1:]
    site.check("imports", [row[0] for row in rows] == [shown(one["source"]) for one in runs], rows)
    if not runs:
        site.check("imports", "No import from a service is on record" in page.texts["imports"], page.texts["imports"])
    rules = json.loads(site.run("rules", "list", "--json"))["rules"]
    rows = page.sections["in-force"][1:]
    site.check("rules", [row[0] for row in rows] == [shown(one["version"]) for one in rules], rows)
    newest = [json.loads(line) for line in site.log("--json", "--reverse", "--limit", "20").splitlines()]
    check_rows(site, "newest", page.sections["log"][1:], newest)


def check_log(site):
    every = [json.loads(line) for line in site.log("--json", "--reverse").splitlines()]
    page = site.page("/log")
    check_rows(site, "log", page.sections["log"][1:], every[:100])
    older = [link for link in page.links if "to-seq=" in link]
    site.check("log", len(older) == (len(every) > 100), older)
    for link in older:
        check_rows(site, link, site.page(*link.split("?")[:1], to_seq=link.split("to-seq=")[1].split("&")[0])
                   .sections["log"][1:], every[100:200])
    for event in every[:1] + every[-1:]:
        for key, value in (("actor", event.get("actor")), ("source", event.get("source", {}).get("system")),
                           ("deal", event.get("deal"))):
            if value:
                want = [json.loads(line) for line in
                        site.log("--json", "--reverse", "--limit", "100", f"--{key}", value).splitlines()]
                check_rows(site, f"log of {key} {value}", site.page("/log", **{key: value}).sections["log"][1:], want)
    none = site.page("/log", grep="no text of any event is like this one")
    site.check("log", "No event is like that." in none.text, "nothing is not said")
    refused = site.get("/log?since=soon", "/log?kind=nothing", "/log?limit=3&json=no&reverse=no")
    site.check("log", [answer.status for answer in refused] == [400, 400, 200], [one.status for one in refused])


def check_verified(site):
    page = site.page("/verify")
    head = json.loads(site.run("head", "--json"))
    site.check("verify", "no fault found" in page.text and head["root"] in page.texts["verify"], page.texts["verify"])


def check_damaged(site):
    """A copy of which one byte of the records is another."""
    other = site.copy("damaged")
    folder = os.path.join(other.folder, "db")
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith((".sst", ".log")) and os.path.getsize(path) > 2000:
            with open(path, "r+b") as file:
                file.seek(os.path.getsize(path) // 2)
                byte = file.read(1)
                file.seek(-1, os.SEEK_CUR)
                file.write(bytes([byte[0] ^ 0x55]))
    answer = other.get("/verify")[0]
    site.check("verify, damaged", answer.status == 200 and "damaged" in answer.text, answer.status)
    shutil.rmtree(other.folder)


def check_rules(site):
    """Two versions, in a copy."""
    other = site.copy("ruled")
    text = other.run("rules", "show", "default")
    for version, more in (("R1", text), ("R2", text.replace("stalled_after: 30", "stalled_after: 21"))):
        path = os.path.join(other.folder, f"{version}.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(more.replace("version: default", f"version: {version}"))
        other.run("rules", "publish", path, "--effective", "2025-01-01")
    said = json.loads(other.run("rules", "diff", "R1", "R2", "--json"))["changes"]
    rows = other.page("/rules", **{"from": "R1", "to": "R2"}).sections["changes"][1:]
    site.check("rules", rows == [[one["path"], one["old"] or "\u2013", one["new"] or "\u2013"] for one in said], rows)
    site.check("rules", len(said) > 1, said)
    page = other.page("/ledger")
    versions = [row[0] for row in page.sections["in-force"][1:]]
    site.check("rules", versions[-2:] == ["R1", "R2"], versions)
    for pair in zip(["default", *versions], versions):
        between = "/rules?" + urllib.parse.urlencode(dict(zip(("from", "to"), pair)))
        site.check("rules", any(link.startswith(between) for link in page.links), f"no way to {between}: {page.links}")
    refused = other.get("/rules", "/rules?from=R1", f"/rules?from=R1&to={other.folder}/R2.yaml", "/rules?from=R1&to=--json")
    site.check("rules", [answer.status for answer in refused] == [400] * 4, [answer.status for answer in refused])
    shutil.rmtree(other.folder)


def check(site):
    check_ledger(site)
    check_log(site)
    check_verified(site)
    if site.name == "sample":
        check_damaged(site)
        check_rules(site)
