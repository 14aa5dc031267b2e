"""Losses and learnings, and the deals that a figure links to."""
import json
import os
import subprocess
from urllib.parse import parse_qs, urlsplit

from says_deals import seen  # first: it says where the others are

from parsed import Page

STAGES = {"outreach": "Outreach", "discovery": "Discovery", "enrichment": "Enrichment", "proposal": "Proposal",
          "renewals": "Renewals", "closed_lost": "Closed Lost", "closed_won": "Closed Won"}


def listed(page, command):
    """What a page's links ask the list of deals for: the pairs of each, as one value a key."""
    asked = [dict((key, values[0]) for key, values in parse_qs(urlsplit(link).query).items())
             for link in page.links if link.startswith("/list?")]
    return [pairs for pairs in asked if pairs["of"] == command]


def check_list(site, where, pairs, said):
    """The deals of a link are those that the command names."""
    pairs = {key: value for key, value in pairs.items() if key != "as-of"}
    page = site.page("/list", **pairs)
    rows = page.sections["deals"][1:]
    site.check(where, len(rows) == len(said) <= 200, f"{len(rows)} rows of {len(said)}")
    for row, deal in zip(rows, said):
        site.check(where, seen(deal) in row[0], f"{row}, expected {deal}")


def check_listed(site, page, command, most=2):
    """Of a page's links to lists so many, from the first to the last: each shows what the command names."""
    links = listed(page, command)
    for pairs in links[::max(1, (len(links) - 1) // max(1, most - 1))]:
        options = [f"--{key}={value}" for key, value in pairs.items() if key not in ("of", "as-of", "list")]
        said = site.json(command, *options, f"--list={pairs['list']}")["deals"]
        check_list(site, f"list of {command}, {pairs['list']}", pairs, said)
    return links


def check_reasons(site, where, rows, answer):
    """The reasons of each stage add up to what the answer has by stage, and by reason."""
    stages, reasons, stage = [], {}, None
    for row in rows[1:]:
        if len(row) == 1:
            stage = row[0].rsplit(": ", 1)
            stages.append([stage[0], int(stage[1]), 0])
        else:
            stages[-1][2] += int(row[1])
            reasons[row[0]] = reasons.get(row[0], 0) + int(row[1])
    said = [[STAGES.get(one["value"], one["value"]) or "none", one["n"], one["n"]] for one in answer["byStage"]]
    site.check(where, stages == said or any(seen(one[0]) != one[0] for one in said), f"{stages}, expected {said}")
    said = sorted(one["n"] for one in answer["byReason"])
    site.check(where, sorted(reasons.values()) == said, f"{reasons}, expected {said}")


def check_losses(site, **pairs):
    page = site.page("/losses", **pairs)
    answer = site.json("losses", *(f"--{key}={value}" for key, value in pairs.items()))
    where = f"losses {pairs}"
    site.check(where, f"{answer['n']} lost" in page.texts["losses"], page.texts["losses"])
    rows = [row[:2] for row in page.sections["losses"]]
    for key in ("byStage", "byReason", "byIcp"):
        for said in answer[key]:
            value = STAGES.get(said["value"], said["value"]) if key == "byStage" else said["value"]
            site.check(where, any(seen(value) in row[0] and row[1] == str(said["n"]) for row in rows)
                       if value else ["none", str(said["n"])] in rows, f"{rows}, expected {said}")
    check_reasons(site, where, page.sections["reasons"], answer)
    again = page.sections["again"][1:]
    again = [row for row in again if row[0] != "Deal"]
    site.check(where, len(again) == len(answer["reengage"]), f"{len(again)} to ask again")
    for row, said in zip(again, answer["reengage"]):
        site.check(where, seen(said["deal"]) in row[0] and row[1:] == [said["date"], "due" if said["due"] else
                                                                       "not yet"], f"{row}, expected {said}")
    check_listed(site, page, "losses")


def check_learnings(site):
    page, answer = site.page("/learnings"), site.json("learnings")
    said = sorted(reversed(answer["learnings"]), key=lambda one: (not one["topic"], (one["topic"] or "").encode()))
    rows = [row for row in page.sections["learnings"] if len(row) == 5][1:]
    site.check("learnings", len(rows) == len(said), f"{len(rows)} rows of {len(said)}")
    for row, one in zip(rows, said):
        site.check("learnings", seen(one["text"]) in row[0] and row[1] == one["at"][:10] and
                   seen(one["deal"] or one["experiment"]) in row[2], f"{row}, expected {one}")
    heads = [row[0] for row in page.sections["learnings"] if len(row) == 1]
    for topic in {one["topic"] for one in said}:
        head = f"{topic or 'of no topic'}: {sum(one['topic'] == topic for one in said)}"
        site.check("learnings", head in heads, f"{heads}, expected {head}")
    missing = [row for row in page.sections["missing"] if row[0] != "Deal"]
    site.check("learnings", len(missing) == len(answer["missing"]), f"{len(missing)} closed without one")
    for row, one in zip(missing, answer["missing"]):
        site.check("learnings", seen(one["deal"]) in row[0] and row[2] == one["at"][:10], f"{row}, expected {one}")
    if said and said[0]["topic"]:
        topic = said[0]["topic"]
        alone = site.page("/learnings", topic=topic).sections["learnings"]
        there, want = sum(len(row) == 5 for row in alone) - 1, sum(one["topic"] == topic for one in said)
        site.check("learnings of a topic", there == want, f"{there} rows, expected {want}")


def check_actions(site):
    page, said = site.page("/learnings"), site.json("review")["actions"]
    said = sorted(said, key=lambda one: not one["late"])
    rows = page.sections["actions"][1:]
    site.check("actions", len(rows) == len(said), f"{len(rows)} rows of {len(said)}")
    for row, one in zip(rows, said):
        site.check("actions", seen(one["text"])[:40] in row[1] and row[0].startswith(one["due"] or "\u2013") and
                   row[0].endswith("late") == one["late"], f"{row}, expected {one}")


def check_pages(site):
    """Of 250 learnings each is on one page, the newest first, and the pages lead to each other."""
    ledger, env = site.ledger, site.ledger.env
    ledger.env = dict(env, BACKCAST_LEDGER=os.path.join(ledger.home, "many-learnings"))
    events = "".join(json.dumps({"id": f"l{i}", "occurredAt": f"2025-01-01T00:{i // 60:02}:{i % 60:02}Z",
                                 "learningRecorded": {"text": f"lesson {i:03}", "topic": "price"}}) + "\n"
                     for i in range(250))
    for words, text in ((("init",), ""), (("import", "jsonl", "-"), events)):
        subprocess.run(["backcast", *words], env=ledger.env, input=text.encode(), capture_output=True, check=True)
    said, address = [], "/learnings?topic=price"
    for size in (100, 100, 50):
        page = Page(site.get(address)[0].text, alone=False)
        rows = [row[0] for row in page.sections["learnings"] if len(row) == 5][1:]
        site.check("learnings, pages", len(rows) == size, f"{address}: {len(rows)} rows")
        site.check("learnings, pages", f"{len(said) + 1} to {len(said) + size} of 250" in page.text, address)
        said += rows
        number = f"page={len(said) // 100 + 1}"
        address = next((link for link in page.links if number in link), address)
    site.check("learnings, pages", said == [f"lesson {249 - i:03}" for i in range(250)], said)
    ledger.env = env


def check_refused(site):
    """A list of nothing, of a command that has none, and of a path that there is not."""
    for query in ("of=losses", "of=learnings&list=n", "of=verify&list=n", "of=losses&list=byReason.no-such-reason"):
        answer = site.get(f"/list?{query}")[0]
        site.check(f"/list?{query}", answer.status == 400, f"status {answer.status}")


def check(site):
    check_losses(site)
    check_losses(site, days="90")
    check_learnings(site)
    check_actions(site)
    check_refused(site)
    if site.name == "nothing":
        check_pages(site)
