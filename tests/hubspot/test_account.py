#!/usr/bin/env python3
"""The fake account: its answers are by the schemas, and it has in it what it is there for."""

import json
import pathlib
import sys
import threading
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import account
import fake_hubspot
import misbehave
import schema

HERE = pathlib.Path(__file__).resolve().parent
HISTORY = "dealstage,pipeline,dealtype,amount,monthly_fee"


class Held(unittest.TestCase):
    arguments = ["--association-page", "2"]

    def setUp(self):
        self.server = fake_hubspot.Server(fake_hubspot.options(self.arguments))
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def ask(self, path, body=None, token="fake-token"):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.server.server_address[1]}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token}"})
        try:
            with urllib.request.urlopen(request) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as fault:
            with fault:
                return fault.code, json.load(fault)

    def good(self, path, body=None, status=200):
        got, value = self.ask(path, body)
        self.assertEqual(got, status, (path, value))
        return value

    def batch(self, *ids, status=200, history=()):
        return self.good("/crm/v3/objects/deals/batch/read",
                         {"inputs": [{"id": i} for i in ids], "properties": ["dealname"],
                          "propertiesWithHistory": list(history)}, status)


class Answers(Held):
    def test_every_address_answers_by_its_schema_in_both_forms_of_address(self):
        for path in ["/account-info/v3/details", "/crm/v3/owners?limit=500",
                     "/crm/owners/2026-03?archived=true", "/crm/v3/pipelines/deals",
                     "/crm/pipelines/2026-03/deals", "/crm/v3/pipelines/deals/default/audit",
                     "/crm/v3/pipelines/deals/default/stages/closedwon/audit",
                     "/crm/v3/properties/deals", "/crm/v3/properties/meetings",
                     "/crm/v4/associations/deals/deals/labels",
                     "/crm/associations/2026-03/deals/deals/labels"]:
            self.good(path)
        for kind in account.TYPES:
            found = self.good(f"/crm/v3/objects/{kind}?limit=100")["results"]
            self.assertTrue(found, kind)
            self.good(f"/crm/objects/2026-03/{kind}/search",
                      {"filterGroups": [], "sorts": [], "properties": [], "limit": 200,
                       "after": "0"})

    def test_a_listing_has_pages_and_fifty_is_the_most_with_history(self):
        first = self.good(f"/crm/v3/objects/deals?limit=10&propertiesWithHistory={HISTORY}")
        after = first["paging"]["next"]["after"]
        rest = self.good(f"/crm/v3/objects/deals?limit=10&after={after}")
        self.assertNotIn("paging", rest)
        ids = [deal["id"] for deal in first["results"] + rest["results"]]
        self.assertEqual(ids, sorted(set(ids), key=int))
        self.assertEqual(self.ask("/crm/v3/objects/deals?limit=51&propertiesWithHistory=amount")[0],
                         400)
        self.assertEqual(self.ask("/crm/v3/objects/deals?limit=101")[0], 400)

    def test_archived_and_merged_deals_are_where_they_are(self):
        live = {d["id"] for d in self.good("/crm/v3/objects/deals?limit=100")["results"]}
        gone = {d["id"] for d in
                self.good("/crm/v3/objects/deals?limit=100&archived=true")["results"]}
        self.assertEqual(gone, {"9008"})
        self.assertFalse(live & {"9003", "9004", "9008"})
        self.assertEqual(self.good("/crm/v3/objects/deals/9003")["id"], "9005")
        self.assertEqual(self.batch("9003", "9001", "9008", status=207)["errors"][0]["context"],
                         {"ids": ["9003", "9008"]})

    def test_the_account_holds_what_a_reader_trips_over(self):
        deals = self.batch(*"9001 9002 9005 9006 9007 9009 9013 9015 9016".split(),
                           history=HISTORY.split(","))["results"]
        of = {d["id"]: d["propertiesWithHistory"] for d in deals}
        stages = {i: [entry["value"] for entry in h["dealstage"]] for i, h in of.items()}
        times = {i: [entry["timestamp"] for entry in h["dealstage"]] for i, h in of.items()}

        self.assertLess(len(set(times["9002"])), len(times["9002"]), "two at one millisecond")
        self.assertEqual(of["9006"]["dealstage"][-1]["sourceType"], "IMPORT")
        self.assertEqual(of["9007"]["dealstage"][-1]["sourceType"], "MIGRATION")
        known = {stage["id"] for pipeline in self.good("/crm/v3/pipelines/deals")["results"]
                 for stage in pipeline["stages"]}
        self.assertEqual(set(stages["9007"]) - known, {"1099"}, "a stage that was deleted")
        self.assertNotEqual(times["9009"], sorted(times["9009"], reverse=True), "unsorted")
        self.assertEqual(of["9009"]["dealtype"][0]["value"], "", "cleared")
        self.assertTrue(times["9013"][0].isdigit(), "milliseconds")
        self.assertEqual(len(times["9015"]), 20, "as many as are kept")
        present = {d["id"]: d["properties"]["dealstage"] for d in deals}
        self.assertNotEqual(present["9016"], stages["9016"][0], "moved between two reads")

    def test_associations_have_pages_and_tell_of_those_that_have_none(self):
        body = {"inputs": [{"id": "9014"}, {"id": "9006"}]}
        value = self.good("/crm/v4/associations/deals/meetings/batch/read", body, 207)
        self.assertEqual([to["toObjectId"] for to in value["results"][0]["to"]], [504, 505])
        after = value["results"][0]["paging"]["next"]["after"]
        rest = self.good("/crm/associations/2026-03/deals/meetings/batch/read",
                         {"inputs": [{"id": "9014", "after": after}]})
        self.assertEqual([to["toObjectId"] for to in rest["results"][0]["to"]], ["506"])

    def test_search_finds_what_changed_and_ends_at_its_limit(self):
        def ask(limit, after):
            return self.ask("/crm/v3/objects/deals/search", {
                "filterGroups": [{"filters": [{"propertyName": "hs_lastmodifieddate",
                                               "operator": "BETWEEN", "value": "1741564800000",
                                               "highValue": "1742000000000"}]}],
                "sorts": [{"propertyName": "hs_lastmodifieddate", "direction": "ASCENDING"}],
                "properties": ["hs_lastmodifieddate"], "limit": limit, "after": after})
        status, value = ask(200, "0")
        self.assertEqual((status, [d["id"] for d in value["results"]]), (200, ["9002", "9007"]))
        self.assertEqual(ask(201, "0")[0], 400)
        self.assertEqual(ask(200, "9900")[0], 400)

    def test_a_wrong_token_a_long_address_and_an_unknown_one_are_refused(self):
        self.assertEqual(self.ask("/crm/v3/owners", token="other")[0], 401)
        self.assertEqual(self.ask("/crm/v3/owners?x=" + "x" * 8000)[0], 414)
        self.assertEqual(self.ask("/crm/v3/nowhere")[0], 404)

    def test_later_it_is_as_the_overlay_says(self):
        self.good("/_later", {})
        live = {d["id"] for d in self.good("/crm/v3/objects/deals?limit=100")["results"]}
        self.assertTrue({"9008", "9012", "9018"} <= live)
        self.assertFalse({"9010", "9011", "9014", "9017"} & live)
        self.good(f"/crm/v3/objects/deals?limit=50&propertiesWithHistory={HISTORY}")
        self.good("/crm/v3/objects/deals?limit=50&archived=true")


class Larger(Held):
    arguments = ["--many", "60", "--lag", "1", "--search-cap", "50", "--limit", "5/60000"]

    def search(self, after, limit):
        return self.ask("/crm/v3/objects/deals/search", {
            "filterGroups": [{"filters": [{"propertyName": "hs_object_id", "operator": "EQ",
                                           "value": "9018"}]}] if limit == 1 else [],
            "sorts": [], "properties": [], "limit": limit, "after": after})

    def test_made_up_deals_have_twenty_changes_each(self):
        page = self.good(f"/crm/v3/objects/deals?limit=50&after=100000"
                         f"&propertiesWithHistory={HISTORY},dealname")["results"]
        self.assertEqual(len(page), 50)
        for deal in page:
            self.assertEqual(sum(map(len, deal["propertiesWithHistory"].values())), 20)

    def test_a_search_has_an_end_and_an_index_that_lags(self):
        self.assertEqual([self.search("0", 50)[0], self.search("1", 50)[0]], [200, 400])
        self.good("/_later", {})
        self.assertEqual([self.search("0", 1)[1]["total"] for _ in range(2)], [0, 1])

    def test_a_limit_is_kept_if_there_is_one(self):
        self.assertEqual([self.ask("/crm/v3/owners")[0] for _ in range(6)], [200] * 5 + [429])


class Schemas(unittest.TestCase):
    def test_what_is_not_by_the_schema_is_found(self):
        schemas = schema.load()
        for value, fault in [
                ({"results": []}, None),
                ({"results": "none"}, "$.results: str, expected array"),
                ({}, "$: no results"),
                ({"results": [{"id": 1, "type": "PERSON", "archived": False, "createdAt": "",
                               "updatedAt": ""}]}, "$.results[0].id: int, expected string"),
                ({"results": [{"id": "1", "type": "ROBOT", "archived": False, "createdAt": "",
                               "updatedAt": ""}]},
                 "$.results[0].type: 'ROBOT' is none of ['PERSON', 'QUEUE']")]:
            found = schema.faults(value, {"ref": "Owners"}, schemas)
            self.assertEqual(found, [fault] if fault else [])


class Misbehaviour(Held):
    def test_a_rule_holds_as_often_as_it_says_where_it_says(self):
        self.server.rules.add("locked*2@owners")
        self.assertEqual(self.ask("/crm/v3/pipelines/deals")[0], 200)
        self.assertEqual([self.ask("/crm/v3/owners")[0] for _ in range(3)], [423, 423, 200])

    def test_a_rule_may_begin_later(self):
        self.server.rules.add("locked+2*1@owners")
        self.assertEqual([self.ask("/crm/v3/owners")[0] for _ in range(4)], [200, 200, 423, 200])

    def test_there_is_no_misbehaviour_by_a_wrong_name(self):
        with self.assertRaises(ValueError):
            misbehave.Rules(["politely"])


if __name__ == "__main__":
    unittest.main()
