#!/usr/bin/env python3
"""The fake account's history as contract JSONL, made from its files alone.

    as_jsonl.py [FOLDER] [NOW]

Another reading of the same account than the importer's, for tests to compare figures with. It knows
the account: what each stage is called, that 9003 and 9004 went into 9005. NOW dates what is only
counted.
"""

import datetime
import json
import pathlib
import sys

STAGES = {"1001": "enrichment", "1002": "outreach", "1003": "discovery", "1004": "renewals",
          "1005": "proposal", "closedwon": "closed_won", "closedlost": "closed_lost",
          "1008": "closed_won_complete"}
TYPES = {"Discovery call": "discovery", "Proposal review": "proposal", "Renewal talk": "renewal"}
PROPERTIES = {"dealtype": "deal_type", "contract_start_date": "contract_start",
              "contract_end_date": "contract_end", "monthly_fee": "mrr"}


def moment(text):
    if text.isdigit():
        return datetime.datetime.fromtimestamp(int(text) / 1000, datetime.timezone.utc)
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def instant(text):
    return moment(text).isoformat().replace("+00:00", "Z")


def day(text):
    return moment(text).date().isoformat() if text.isdigit() or "T" in text else text


def changes(record, name):
    """(time, value, source type), oldest first, without repetitions."""
    told = record.get("history", {}).get(name, [])
    order = sorted(range(len(told)), key=lambda i: (moment(told[i]["timestamp"]), -i))
    last = ""
    for i in order:
        value = told[i].get("value") or ""
        if value != last:
            yield instant(told[i]["timestamp"]), value, told[i]["sourceType"]
        last = value


def value_at(record, name, time, otherwise):
    value = otherwise
    for at, told, _ in changes(record, name):
        if moment(at) <= moment(time):
            value = told
    return value


def deal_events(deal):
    yield deal["createdAt"], "dealCreated", {}
    if "mergedInto" in deal:
        yield deal["updatedAt"], "dealMerged", {"into": deal["mergedInto"]}
        return
    for i, (at, value, how) in enumerate(changes(deal, "dealstage")):
        found = i == 0 and how in ("IMPORT", "MIGRATION")
        yield at, "stageChanged", {"to": STAGES.get(value, value), "observed": found}
    for theirs, ours in PROPERTIES.items():
        for at, value, _ in changes(deal, theirs):
            told = day(value) if ours.startswith("contract") else value
            yield at, "propertyChanged", {"name": ours, "value": told}
    for at, value, _ in changes(deal, "closed_lost_reason"):
        if value:
            yield at, "lossRecorded", {"reason": "other", "note": value}
    if "archivedAt" in deal:
        yield deal["archivedAt"], "dealDeleted", {}


def meeting_events(meeting):
    starts = list(changes(meeting, "hs_meeting_start_time"))
    first = starts[0][1] if starts else meeting["properties"]["hs_timestamp"]
    times = {at for name in ("hs_meeting_start_time", "hs_meeting_outcome")
             for at, _, _ in changes(meeting, name)}
    label = meeting["properties"].get("hs_activity_type", "")
    for at in sorted(times or {meeting["createdAt"]}):
        yield at, "meetingLogged", {
            "meeting": meeting["id"], "type": TYPES.get(label, label),
            "startsAt": instant(value_at(meeting, "hs_meeting_start_time", at, first)),
            "outcome": value_at(meeting, "hs_meeting_outcome", at, "").lower()}


def email_events(email, now):
    told = email["properties"]
    if told["hs_email_direction"] != "EMAIL":
        return
    yield told["hs_timestamp"], "emailSent", {"email": email["id"]}
    opens = [at for at, value, _ in changes(email, "hs_email_open_count") if int(value) > 0]
    if opens or int(told.get("hs_email_open_count") or 0) > 0:
        yield (opens + [now])[0], "emailOpened", {"email": email["id"], "counted": True}


def main(folder, now):
    def load(name):
        return json.loads((folder / f"{name}.json").read_text())

    told = [(deal["id"], event) for deal in load("deals") for event in deal_events(deal)]
    ties = load("associations")
    meetings = {meeting["id"]: meeting for meeting in load("meetings")}
    emails = {email["id"]: email for email in load("emails")}
    archived = {deal["id"] for deal in load("deals") if deal.get("archived")}
    for deal, id in ties["deals meetings"]:
        told += [(deal, event) for event in meeting_events(meetings[id]) if deal not in archived]
    for deal, id in ties["deals emails"]:
        told += [(deal, event) for event in email_events(emails[id], now) if deal not in archived]
    for n, (deal, (at, body, fields)) in enumerate(told):
        print(json.dumps({"id": f"told/{n}", "occurredAt": at, "deal": deal, body: fields}))


if __name__ == "__main__":
    given = sys.argv[1:]
    main(pathlib.Path(given[0] if given else pathlib.Path(__file__).parent / "account"),
         given[1] if len(given) > 1 else "2025-04-20T00:00:00Z")
