#!/usr/bin/env python3
"""HubSpot's deliveries and its import meet: the fake account's history, by both ways into one ledger,
is there once."""

import datetime
import json
import pathlib
import sys
import threading

import harness
from webhook_log import HUBSPOT, hubspot

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "hubspot"))
import fake_hubspot

TOKEN = "token-of-the-fake-hubspot"
ACCOUNT = """stages: { "1001": enrichment, "1002": outreach, "1003": discovery, "1004": renewals,
          "1005": proposal, closedwon: closed_won, closedlost: closed_lost,
          "1008": closed_won_complete }
properties: { deal_type: dealtype, deal_name: dealname, amount: amount, mrr: monthly_fee,
              owner: hubspot_owner_id, contract_start: contract_start_date,
              contract_end: contract_end_date }
loss_reason: closed_lost_reason
"""


def milliseconds(text):
    if text.isdigit():
        return int(text)
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int(moment.timestamp() * 1000)


def entry(deal, ms, kind, **more):
    return {"eventId": 1, "portalId": 33, "occurredAt": ms, "subscriptionType": f"deal.{kind}",
            "attemptNumber": 0, "objectId": int(deal), **more}


MERGED = "2025-02-20T12:00:00.000Z"  # 9003 and 9004 into 9005, a new one
PARTS = {"userId:7001": "9003", "userId:7002": "9004"}  # whose changes the survivor has, by who


def deliveries(deals):
    """What HubSpot delivers of the deals' histories, in the order in which it happens. A change from
    before a merge was of the deal that it was done to."""
    every = []
    for deal in deals:
        how = "MERGE_OBJECTS" if deal["id"] == "9005" else "CRM_UI"
        every.append(entry(deal["id"], milliseconds(deal["createdAt"]), "creation",
                           changeSource=how))
        for name, told in deal.get("history", {}).items():
            for one in reversed(told):
                ms = milliseconds(one["timestamp"])
                before = deal["id"] == "9005" and ms < milliseconds(MERGED)
                every.append(entry(PARTS[one["sourceId"]] if before else deal["id"], ms,
                                   "propertyChange", propertyName=name,
                                   propertyValue=one.get("value") or "",
                                   changeSource=one["sourceType"], sourceId=one.get("sourceId")))
    every.append(entry("9005", milliseconds(MERGED), "merge", primaryObjectId=9003,
                       mergedObjectIds=[9004], newObjectId=9005))
    return sorted(every, key=lambda one: one["occurredAt"])


class Both(harness.Place):
    def setUp(self):
        super().setUp()
        self.server = fake_hubspot.Server(fake_hubspot.options(["--token", TOKEN]))
        thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.write("hubspot.yaml", ACCOUNT)
        deals = json.loads((HERE.parent / "hubspot/account/deals.json").read_text())
        self.deliveries = deliveries(deals)
        self.now = "2025-09-01T08:00:00Z"

    def read(self, ledger):
        host, port = self.server.server_address
        return self.ask("import", "hubspot", "--base-url", f"http://{host}:{port}", "--ledger",
                        ledger, HUBSPOT_TOKEN=TOKEN)

    def log(self, ledger, entries=None):
        lines = [json.dumps(hubspot([one])) for one in entries or self.deliveries]
        self.write("log.jsonl", "\n".join(lines) + "\n")
        return self.ask("import", "webhook-log", "log.jsonl", "--ledger", ledger,
                        HUBSPOT_CLIENT_SECRET=HUBSPOT)

    def begin(self, *ledgers):
        for ledger in ledgers:
            self.run_program("init", "--ledger", ledger)

    def every(self, ledger, merged=False):
        """Of a ledger all events by their ids, of the merged deals or of the others. A delivery has
        milliseconds, the fake account microseconds in a place."""
        found = {}
        for line in self.run_program("export", "jsonl", "--ledger", ledger)[0].splitlines():
            one = json.loads(line)
            del one["seq"], one["recordedAt"]
            for key in ("occurredAt", "sourceRecordedAt"):
                one[key] = one.get(key, "").replace(".123456Z", ".123Z")
            if (one["deal"] in ("9003", "9004", "9005")) == merged:
                found[one["id"]] = one
        return found

    def figures(self, ledger):
        asked = self.ask("metrics", "--as-of", "2025-04-20", "--ledger", ledger)
        return asked["metrics"], asked["redLines"]

    def counts(self, found):
        return {one["note"]: one.get("n") or int(one["text"].split()[0]) for one in found["notes"]}

    def test_a_log_adds_nothing_to_what_was_read(self):
        self.begin("a")
        self.read("a")
        read, figures = self.every("a"), self.figures("a")
        found = self.log("a")
        self.assertEqual(self.every("a"), read)
        self.assertEqual(self.counts(found)["repeats"], 2)
        self.assertEqual(found["duplicates"], 120)
        # What only its deliveries tell of a deal that is in another one by now, and counts nothing.
        merged = [one for one in self.every("a", merged=True).values() if one["deal"] != "9005"
                  and "dealMerged" not in one]
        self.assertEqual(found["added"], len(merged))
        self.assertEqual(self.figures("a"), figures)
        self.assertEqual(self.log("a")["added"], 0)

    def test_what_was_read_after_a_log_is_there_once(self):
        self.begin("a", "b")
        self.read("a")
        logged = self.log("b")
        before = self.every("b")
        read = self.read("b")
        self.assertEqual(self.every("b"), self.every("a"))
        self.assertEqual(len(set(before) - set(self.every("a"))), 0)
        parts = [one for one in self.every("b", merged=True).values()
                 if one["deal"] in ("9003", "9004") and "dealMerged" not in one]
        self.assertEqual(read["duplicates"] + read["toldOtherwise"], logged["added"] - len(parts))
        self.assertEqual(self.log("b")["added"], 0)
        self.assertEqual(self.read("b")["added"], 0)

    def test_a_deal_that_came_out_of_a_merge_begins_with_it(self):
        for how in ("MERGE_OBJECTS", "CRM_UI"):  # as its creation is delivered
            with self.subTest(how):
                self.begin(how)
                self.log(how, [{**one, "changeSource": how}
                               if one["subscriptionType"] == "deal.creation" and
                               one["objectId"] == 9005 else one for one in self.deliveries])
                self.read(how)
                found = self.every(how, merged=True)
                stages = [(one["occurredAt"], one["stageChanged"]) for one in found.values()
                          if one["deal"] == "9005" and "stageChanged" in one]
                self.assertEqual(sorted(stages, key=lambda one: one[0]), [
                    ("2025-02-20T12:00:00Z", {"to": "discovery", "observed": True}),
                    ("2025-03-20T14:00:00Z", {"to": "proposal"})])
                self.assertEqual(found["hubspot:deal/9003/merged/9005"]["dealMerged"],
                                 {"into": "9005"})

    def test_a_value_that_is_delivered_again_is_no_change(self):
        self.begin("a")
        def change(ms, name, value):
            return entry("9100", 1738573963000 + ms, "propertyChange", propertyName=name,
                         propertyValue=value, changeSource="CRM_UI", sourceId="userId:7001")
        found = self.log("a", [
            change(1, "amount", ""), change(2, "amount", "5"), change(3, "amount", "5"),
            change(2, "amount", "5"), change(4, "amount", "6"), change(5, "amount", "5"),
            change(6, "closed_lost_reason", "price"), change(7, "closed_lost_reason", ""),
            change(8, "closed_lost_reason", "price"), change(9, "closed_lost_reason", "price")])
        self.assertEqual(self.counts(found), {"repeats": 3, "hints": 1})
        self.assertEqual((found["added"], found["duplicates"]), (5, 1))
        found = self.log("a", [change(10, "amount", "5"), change(11, "dealstage", "1002")])
        self.assertEqual((found["added"], self.counts(found)), (1, {"repeats": 1}))

    def test_where_pipelines_are_named_a_deal_is_told_that_was_read(self):
        self.write("hubspot.yaml", ACCOUNT + "pipelines: [default]\n")
        self.begin("a", "b")
        found = self.log("a")
        self.assertEqual(set(self.every("a")), set())
        self.read("b")
        read = self.every("b")
        self.log("b")
        self.assertEqual(self.every("b"), read)
        self.assertNotIn("9017", {one["deal"] for one in read.values()})  # of another pipeline
        change = entry("9001", milliseconds("2025-08-01T08:00:00Z"), "propertyChange",
                       propertyName="dealstage", changeSource="CRM_UI", sourceId="userId:1")
        found = self.log("b", [{**change, "propertyValue": "1002"},
                               {**change, "propertyValue": "7702"},  # of which pipeline is not said
                               {**change, "objectId": 9017, "propertyValue": "1002"}])
        self.assertEqual((found["added"], self.counts(found)), (1, {"hints": 2}))
        told = [one for id, one in self.every("b").items() if id not in read]
        self.assertEqual([(one["deal"], one["stageChanged"]) for one in told],
                         [("9001", {"to": "outreach"})])

    def test_where_a_service_is_does_not_matter_to_its_log(self):
        self.write("hubspot.yaml", ACCOUNT + "base_url: http://127.0.0.1:1\n")
        self.begin("a")
        self.assertGreater(self.log("a")["added"], 0)


if __name__ == "__main__":
    harness.main()
