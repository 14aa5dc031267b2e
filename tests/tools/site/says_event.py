"""The page of an event: what the log says of it, and a proof that leads from its bytes to the root of
the ledger, followed here with SHA-256 alone."""
import base64
import hashlib
import json

from says_ledger import same_time
from site_asked import shown


def follow(site, where, page, event):
    """The path of the page, from the record in base64 to the root."""
    text = page.texts["proof"]
    stored = base64.b64decode(event["stored"])
    site.check(where, event["stored"] in text.replace(" ", ""), "not the bytes of the record")
    site.check(where, f"The record has {len(stored)} bytes" in text, "not as long as it is")
    node = hashlib.sha256(b"\0" + stored).digest()
    site.check(where, base64.b64encode(node).decode() in text, "not the leaf")
    for side, text_of_hash, gives in page.sections["proof"][1:]:
        other = base64.b64decode(text_of_hash)
        node = hashlib.sha256(b"\1" + (other + node if side == "left" else node + other)).digest()
        site.check(where, base64.b64decode(gives) == node, f"{gives} is not what the step gives")
    root = site.head["root"]
    site.check(where, base64.b64encode(node).decode() == root, "the path does not lead to the root")
    site.check(where, text.count(root) >= 1, "the root is not said")


def check_fields(site, where, page, body):
    got = {row[0]: row[1] for row in page.sections["fields"][1:]}
    site.check(where, set(got) == set(body), f"fields {sorted(got)}, and not {sorted(body)}")
    for name, value in body.items():
        cell = got.get(name, "")
        if isinstance(value, list):
            holds = all(shown(item) in cell for item in value)
        elif isinstance(value, bool):
            holds = cell == "yes"
        elif name.endswith("At") or name.endswith("From"):
            holds = same_time(cell, value)
        else:
            holds = cell.endswith(shown(value))
        site.check(f"{where}, {name}", holds, f"{cell!r} is not {value!r}")


def check_event(site, event, taken_back, page, again):
    of = event["event"]
    where = f"event {of['seq']}"
    rows = {row[0]: row[1] for row in page.sections["event"]}
    kind = next(key for key in of if isinstance(of[key], dict) and key != "source")
    site.check(where, rows["Id"] == shown(of["id"]), rows["Id"])
    site.check(where, rows["What"].endswith(kind), rows["What"])
    site.check(where, rows.get("Deal", "").endswith(shown(of.get("deal", ""))), rows.get("Deal"))
    site.check(where, rows.get("Who", "") == shown(of.get("actor", "")), rows.get("Who"))
    site.check(where, rows.get("Source", "") == shown(of.get("source", {}).get("system", "")), rows.get("Source"))
    site.check(where, same_time(rows["Happened"], of["occurredAt"]), rows["Happened"])
    site.check(where, same_time(rows["Recorded"], of["recordedAt"]), rows["Recorded"])
    by = taken_back.get(of["id"])
    site.check(where, rows.get("State", "").endswith(by or ""), f"{rows.get('State')}, taken back by {by}")
    site.check(where, ("State" in rows) == bool(by), f"taken back by {by}")
    check_fields(site, where, page, of[kind])
    follow(site, where, page, event)
    site.check(where, again.texts["event"] == page.texts["event"], "by its id it is another")


def chosen(events):
    """One of each kind, what is taken back, the first and the last."""
    kinds, out = set(), []
    for event in events:
        kind = next(key for key in event["event"] if isinstance(event["event"][key], dict) and key != "source")
        if kind not in kinds or event["event"]["seq"] in ("1", str(len(events))):
            out.append(event)
        kinds.add(kind)
    return out


def check(site):
    lines = site.log("--json", "--proof").splitlines()
    events = [json.loads(line) for line in lines]
    site.head = json.loads(site.run("head", "--json"))
    # what retracts it, unless that is retracted itself
    by = {}
    for event in reversed(events):
        if "retracted" in event["event"] and event["event"]["id"] not in by:
            by.setdefault(event["event"]["retracted"]["event"], event["event"]["seq"])
    several = chosen(events) + [event for event in events if event["event"]["id"] in by][:3]
    by_seq = site.pages(*[("/event", {"seq": event["event"]["seq"]}) for event in several])
    by_id = site.pages(*[("/event", {"id": event["event"]["id"]}) for event in several])
    for event, page, again in zip(several, by_seq, by_id, strict=True):
        check_event(site, event, by, page, again)
    refused = site.get("/event", "/event?seq=0", f"/event?seq={len(events) + 1}", "/event?seq=--json",
                       "/event?id=nobody")
    site.check("no event", [answer.status for answer in refused] == [400] * 5, [answer.status for answer in refused])
