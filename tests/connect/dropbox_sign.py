#!/usr/bin/env python3
"""Requests for signatures, out of a Dropbox Sign on loopback."""

import copy
import os

import fake
import harness
from harness import event

PAGE = 2  # requests; the service gives up to 100


class DropboxSign(fake.Fake):
    scheme = "Basic"
    limited = (429, {"error": {"error_name": "exceeded_rate", "error_msg": "slow down"}},
               {"Retry-After": "0"})
    refused = (401, {"error": {"error_name": "unauthorized", "error_msg": "Unauthorized api key"}},
               {})

    def __init__(self, requests):
        super().__init__()
        self.requests = requests
        self.deleted = set()
        self.slip = None  # a request that comes while the list is read

    def answer(self, asked):
        if asked.path == "/signature_request/list":
            return self.list(asked.query)
        name = asked.path.removeprefix("/signature_request/")
        for request in self.requests:
            if request["signature_request_id"] == name:
                return {"signature_request": request}
        status, word = (410, "deleted") if name in self.deleted else (404, "not_found")
        return fake.Reply(status, {"error": {"error_name": word, "error_msg": "gone"}})

    def list(self, query):
        page = int(query["page"])
        if page == 2 and self.slip:
            self.requests.insert(0, self.slip)
            self.slip = None
        at = (page - 1) * PAGE
        return {"list_info": {"page": page, "num_pages": -(-len(self.requests) // PAGE),
                              "num_results": len(self.requests), "page_size": PAGE},
                "signature_requests": self.requests[at:at + PAGE]}


def signature(id, status, **more):
    return {"signature_id": id, "signer_email_address": "a@lake.edu", "signer_name": "A",
            "signer_role": None, "order": 0, "status_code": status, "signed_at": None,
            "last_viewed_at": 1738650000, "decline_reason": None, **more}


def request(id, created, signatures, **more):
    return {"signature_request_id": id, "test_mode": False, "title": "GM agreement",
            "created_at": created, "expires_at": None, "is_complete": False, "is_declined": False,
            "has_error": False, "metadata": {}, "requester_email_address": "bd@x.org",
            "signatures": signatures, **more}


REQUESTS = [
    request("r5", 1739000000, [signature("s5", "awaiting_signature")],
            title="Something else altogether"),
    request("r4", 1738900000, [signature("s4", "declined", decline_reason="no budget")],
            title="Agreement with Dune Institute, 2025", is_declined=True),
    request("r3", 1738800000, [signature("s3b", "signed", signed_at=1738860000,
                                         reassigned_from="s3a"),
                               signature("s3c", "awaiting_signature")],
            metadata={"hubspot_deal_id": 900200}),
    request("r2", 1738700000, [signature("s2", "signed", signed_at=1738760000)], test_mode=True,
            metadata={"hubspot_deal_id": "900100"}),
    request("r1", 1738573963, [signature("s1", "signed", signed_at=1738660000)],
            metadata={"hubspot_deal_id": "900100"}, is_complete=True),
    request("r0", 1738500000, [signature("s0", "signed", signed_at=1738550000)],
            requester_email_address="somebody@else.org"),
]


def told(id, at, body, agreement, deal, signer=None, how=None):
    fields = {"agreement": agreement}
    if signer:
        fields["signer"] = signer
    return event(f"dropbox_sign:{id}", at, body, fields, "dropbox_sign", f"request/{agreement}",
                 deal, how)


HISTORY = [
    told("request/r1/sent", "2025-02-03T09:12:43Z", "agreementSent", "r1", "900100"),
    told("signature/s1/signed", "2025-02-04T09:06:40Z", "agreementSigned", "r1", "900100", "s1"),
    told("request/r3/sent", "2025-02-06T00:00:00Z", "agreementSent", "r3", "900200"),
    told("signature/s3b/signed", "2025-02-06T16:40:00Z", "agreementSigned", "r3", "900200", "s3a"),
    told("request/r4/sent", "2025-02-07T03:46:40Z", "agreementSent", "r4", "900300"),
    told("signature/s4/declined", harness.NOW, "agreementDeclined", "r4", "900300", "s4",
         "observed"),
]


class Agreements(harness.Connector):
    word, system, token_variable = "dropbox-sign", "dropbox_sign", "DROPBOX_SIGN_KEY"
    account = "titles: ['Agreement with {name}, 2025']\nsenders: ['@x.org']\n"
    history = HISTORY
    traced = (('"signature_request_id":"r1"', '"status_code":"signed"', '"num_pages":3',
               '"hubspot_deal_id":"<number>"', '"error_name":"unauthorized"'),
              ("lake.edu", '"A"', "agreement", "no budget", "bd@", "900200", "Dune"))
    afterwards = HISTORY + [
        told("signature/s3c/signed", "2025-02-07T06:33:20Z", "agreementSigned", "r3", "900200",
             "s3c"),
    ]

    def make_fake(self):
        return DropboxSign(copy.deepcopy(REQUESTS))

    def later(self, service):
        service.requests[2]["signatures"][1].update(status_code="signed", signed_at=1738910000)

    def vanish(self, service):
        service.requests = [one for one in service.requests if one["signature_request_id"] != "r1"]
        service.deleted.add("r1")
        return "request/r1"

    def undo(self, service):
        service.requests[-2]["signatures"][0].update(status_code="awaiting_signature")

    def redo(self, service):
        service.requests[-2]["signatures"][0].update(status_code="signed")

    def hostile(self, service):
        for i, text in enumerate(harness.HOSTILE):
            service.requests.append(
                request(f"h{i}{text[:400]}", 1738573963 + i,
                        [signature(f"{text[:600]}{i}", "signed", signed_at=1738660000 + i)],
                        title=text, metadata={"hubspot_deal_id": text, text[:40]: text},
                        requester_email_address="bd@x.org"))

    # --- what is this service's own ---

    def test_what_is_left_out_is_said(self):
        notes = {one["note"]: one for one in self.bring()["notes"]}
        self.assertEqual(notes["testRequests"]["which"], ["request/r2"])
        self.assertEqual(notes["requestsOfOthers"]["which"], ["request/r0"])
        self.assertEqual(notes["declinesObserved"]["n"], 1)

    def test_a_request_of_no_known_deal_is_kept_until_a_link_says_whose_it_is(self):
        found = self.bring()
        self.assertEqual([one["object"] for one in found["unlinked"]], ["request/r5"])
        listed = self.ask("deals", "--unlinked")["unlinked"]
        self.assertEqual([(one["source"], one["object"], one["why"]) for one in listed],
                         [("dropbox-sign", "request/r5", "no_clue")])
        self.write("links.yaml", 'links: { "dropbox_sign:request/r5": "900300" }\n')
        self.bring()
        self.check_events(HISTORY + [told("request/r5/sent", "2025-02-08T07:33:20Z",
                                          "agreementSent", "r5", "900300")])
        self.assertEqual(self.ask("deals", "--unlinked")["unlinked"], [])

    def test_a_link_to_a_deal_that_is_not_there_is_said_with_the_deal(self):
        self.write("links.yaml", 'links: { "dropbox_sign:request/r5": "nowhere" }\n')
        self.assertEqual([(one["why"], one["deal"]) for one in self.bring()["unlinked"]],
                         [("not_there", "nowhere")])

    def test_a_link_that_changes_moves_the_events(self):
        self.bring()
        self.write("links.yaml", 'links: { "dropbox_sign:request/r1": "900300" }\n')
        self.assertEqual(self.bring()["corrected"], 2)
        moved = [one for one in self.events("dropbox_sign") if one["deal"] == "900300"]
        self.assertEqual(len(moved), 4)
        self.assertEqual(self.bring()["added"], 0)

    def deals_of(self, agreement):
        return [one["deal"] for one in self.events("dropbox_sign")
                if one["source"]["ref"] == f"request/{agreement}"]

    def test_a_link_may_be_spelt_as_tables_and_commands_have_it(self):
        for spelt in ("dropbox_sign:request/r5", "dropbox-sign:request/r5", "request/r5",
                      "Dropbox-Sign:Request/R5"):
            with self.subTest(spelt):
                self.write("links.yaml", f'links: {{ "{spelt}": "900300" }}\n')
                found = self.bring("--dry-run", "--again")
                self.assertNotIn("request/r5", [one["object"] for one in found["unlinked"]])
                self.assertNotIn("linksUnmet", [one["note"] for one in found["notes"]])
        self.write("links.yaml", 'links: { "dropbox_sign:request/r5": "1", "dropbox-sign:request/r5": "2" }\n')
        _, said = self.run_program(*self.arguments(), code=3, **self.token())
        self.assertIn("the same object as in line 1", said)

    def test_what_is_unlinked_can_be_pasted_into_links_yaml(self):
        out, _ = self.run_program(*self.arguments(), **self.token())
        line = '  "dropbox_sign:request/r5": "DEAL"'
        self.assertIn("\n" + line, out)
        self.assertNotIn("requests, ", out)  # nothing was asked again
        self.assertIn("requests, ", self.run_program(*self.arguments("--trace", "t"), **self.token())[0])
        out, _ = self.run_program("deals", "--unlinked")
        lines = out.splitlines()
        pasted = next(one for one in lines if one.startswith(line))
        self.assertIn("links:", lines)
        self.write("links.yaml", "links:\n" + pasted.replace("DEAL", "900300") + "\n")
        self.assertRegex(self.ask("deals", "--unlinked")["asOf"], "^2025-06-01T08:00:00")
        rows, _ = self.run_program("deals", "--unlinked", "--csv")
        self.assertRegex(rows, r"^source,object,address,since,events,why,deal\r?\ndropbox-sign,request/r5,")
        self.assertEqual(self.bring()["unlinked"], [])

    def test_files_of_which_all_may_be_left_out_may_be_empty(self):
        for text in ("", "# links: {}\n"):
            self.write("links.yaml", text)
            self.write("dropbox-sign.yaml", text)
            self.bring("--dry-run")

    def test_links_and_properties_that_meet_nothing_are_said(self):
        self.write("links.yaml", 'links:\n  "dropbox_sign:request/r55": "900300"\n'
                                 '  "dropbox_sgn:r5": "900300"\n  "github:issue/7": "900100"\n'
                                 '  "https://github.com/o/r/issues/7": "900100"\n'
                                 '  "O/R#57": "900100"\n  "request/r5": "900300"\n'
                                 "properties: { dropbox-sign: agreement_id, github: issue, gh: x }\n")
        notes = {one["note"]: one["which"] for one in self.bring()["notes"] if "which" in one}
        self.assertEqual(notes["linksUnmet"], ["line 2: dropbox_sign:request/r55",
                                               "line 3: dropbox_sgn:r5"])
        self.assertEqual((notes["propertiesUnmet"], notes["propertiesOfNoService"]),
                         (["agreement_id"], ["gh: x"]))

    def test_what_links_yaml_leaves_out_is_taken_back(self):
        self.bring()
        self.write("links.yaml", 'links: { "dropbox_sign:request/r1": ~ }\n')
        found = self.bring()
        notes = {one["note"]: one["n"] for one in found["notes"]}
        self.assertEqual((notes["takenBack"], found["differ"]), (2, 0))
        self.assertEqual(self.deals_of("r1"), [])
        self.assertEqual(self.bring()["added"], 0)
        self.write("links.yaml", "links: {}\n")
        self.bring()
        self.assertEqual(self.deals_of("r1"), ["900100"] * 2)

    def test_a_request_whose_deal_is_not_known_any_more_is_of_none(self):
        for metadata, why in (({"hubspot_deal_id": "nope"}, "not_there"), ({}, "no_clue")):
            self.fake.requests[-2]["metadata"] = {"hubspot_deal_id": "900100"}
            self.bring()
            self.assertEqual(self.deals_of("r1"), ["900100"] * 2)
            self.fake.requests[-2]["metadata"] = metadata
            found = self.bring()
            self.assertIn(("request/r1", 2, why), [(one["object"], one["events"], one["why"])
                                                   for one in found["unlinked"]])
            self.assertEqual(self.deals_of("r1"), [])
            self.assertEqual(self.bring()["added"], 0)

    def test_a_deal_that_is_renamed_keeps_its_request_and_one_of_the_same_name_takes_none(self):
        self.bring()
        self.write("more.jsonl", '{"id": "renamed", "occurredAt": "2025-06-01T07:00:00Z", '
                   '"deal": "900300", "propertyChanged": {"name": "deal_name", "value": "Dune"}}\n')
        self.run_program("import", "jsonl", "more.jsonl")
        self.assertEqual(self.bring()["added"], 0)
        self.write("more.jsonl", '{"id": "back", "occurredAt": "2025-06-01T07:30:00Z", '
                   '"deal": "900300", "propertyChanged": {"name": "deal_name", "value": '
                   '"Dune Institute"}}\n'
                   '{"id": "twin", "occurredAt": "2025-06-01T07:30:00Z", "deal": "900400", '
                   '"dealCreated": {"name": "Dune Institute", "stage": "enrichment"}}\n')
        self.run_program("import", "jsonl", "more.jsonl")
        found = self.bring()
        notes = {one["note"]: one["n"] for one in found["notes"]}
        self.assertEqual((found["added"], notes["stayedOnDeal"]), (0, 2), found)
        self.check_events(HISTORY)

    def test_what_the_account_file_leaves_out_by_now_is_taken_back(self):
        self.bring()
        self.write("dropbox-sign.yaml", self.account.replace("@x.org", "@y.org"))
        self.assertEqual(self.bring()["differ"], 0)
        self.check_events([])
        self.write("dropbox-sign.yaml", self.account)
        self.bring()
        self.assertEqual([one["id"].partition("/as/")[0] for one in self.events("dropbox_sign")],
                         sorted(one["id"] for one in HISTORY))

    def test_a_request_that_comes_while_the_list_is_read_hides_none(self):
        self.fake.slip = request("r9", 1739100000, [signature("s9", "awaiting_signature")],
                                 metadata={"hubspot_deal_id": "900100"})
        self.bring()
        ids = [one["id"] for one in self.events("dropbox_sign")]
        self.assertIn("dropbox_sign:request/r9/sent", ids)
        self.assertIn("dropbox_sign:request/r1/sent", ids)

    def test_a_trace_is_for_its_owner_alone(self):
        self.write("trace", "old")
        (self.folder / "trace").chmod(0o644)
        self.bring("--trace", "trace")
        self.assertEqual((self.folder / "trace").stat().st_mode & 0o777, 0o600)
        self.assertIn('"path":"/signature_request/list', (self.folder / "trace").read_text())

    def test_a_secret_in_a_pipe_is_not_waited_for(self):
        os.mkfifo(self.folder / "pipe", 0o600)
        _, said = self.run_program(*self.arguments("--token-file", "pipe"), code=4)
        self.assertIn("pipe is no file", said)

    def test_a_key_that_no_text_can_hold_blocks_nothing(self):
        listed = self.fake.list
        def with_bad_keys(query):
            page = listed(query)
            page["signature_requests"] = copy.deepcopy(page["signature_requests"])
            for one in page["signature_requests"]:
                one["metadata"].update({"\ud83d": "1", "\ud83e": "2", "a\0b": "3"})
            return page
        self.fake.list = with_bad_keys
        found = self.bring()
        self.check_events(HISTORY)
        self.assertEqual({one["note"]: one["n"] for one in found["notes"]}["textsUnsound"], 3)

    def change_pages(self, change):
        """`change` gets each page of the list, as JSON of its own."""
        listed = self.fake.list

        def changed(query):
            page = copy.deepcopy(listed(query))
            change(int(query["page"]), page, page["list_info"])
            return page
        self.fake.list = changed

    def test_a_list_that_does_not_say_how_it_goes_on_is_refused(self):
        for key, value in (("num_pages", None), ("num_pages", "3"), ("num_results", "6"),
                           ("num_results", [6]), ("num_pages", -1), ("num_pages", 3.0)):
            with self.subTest(key, value=value):
                self.fake = self.make_fake()
                self.addCleanup(self.fake.close)
                self.change_pages(lambda number, page, info: info.update({key: value}))
                _, said = self.run_program(*self.arguments(), code=8, **self.token())
                self.assertIn(f'GET /signature_request/list: "{key}"', said)

    def test_a_list_that_is_shorter_than_it_says_is_said(self):
        def fewer_pages(number, page, info):
            if number == 2:
                info["num_pages"] = 2
        def empty_page(number, page, info):
            if number == 2:
                page["signature_requests"] = []
        for change in (fewer_pages, empty_page):
            with self.subTest(change.__name__):
                self.fake = self.make_fake()
                self.addCleanup(self.fake.close)
                self.change_pages(change)
                notes = {one["note"]: one["n"] for one in self.bring()["notes"]}
                self.assertEqual(notes["listShort"], 2)
                self.assertNotIn("listMoved", notes)

    def test_a_list_without_an_end_is_refused(self):
        def endless_empty(number, page, info):
            info["num_pages"] = 10 ** 12
            page["signature_requests"] = []
        def same_for_ever(number, page, info):
            info["num_pages"] = number + 1
            page["signature_requests"] = copy.deepcopy(REQUESTS[:2])
        for change in (endless_empty, same_for_ever):
            with self.subTest(change.__name__):
                self.fake = self.make_fake()
                self.addCleanup(self.fake.close)
                self.change_pages(change)
                _, said = self.run_program(*self.arguments(), code=8, **self.token())
                self.assertIn("nothing new", said)
                self.assertLess(len(self.fake.asked), 40)

    def test_a_request_that_the_list_gives_twice_is_said(self):
        self.fake.requests.insert(1, copy.deepcopy(REQUESTS[4]))
        self.fake.requests[1]["metadata"] = {"hubspot_deal_id": "900300"}
        notes = {one["note"]: one for one in self.bring()["notes"]}
        self.assertEqual(notes["requestsTwice"]["which"], ["r1"])

    def test_signatures_that_were_reassigned_without_an_end(self):
        chain = [signature(f"c{i}", "signed", signed_at=1738660000, reassigned_from=f"c{i + 1}")
                 for i in range(300)]
        ring = [signature("a", "signed", signed_at=1738660000, reassigned_from="b"),
                signature("b", "signed", signed_at=1738660000, reassigned_from="a")]
        self.fake.requests = [request("chain", 1738573963, chain,
                                      metadata={"hubspot_deal_id": "900100"}),
                              request("ring", 1738573963, ring,
                                      metadata={"hubspot_deal_id": "900100"})]
        found = self.bring()
        notes = {one["note"]: one["n"] for one in found["notes"]}
        self.assertEqual(notes["reassignedOften"], 300 - 100 + 2)
        self.assertEqual(found["added"], 2 + 302)
        signers = {one["id"]: one["agreementSigned"]["signer"] for one in
                   self.events("dropbox_sign") if "agreementSigned" in one}
        self.assertEqual(signers["dropbox_sign:signature/c250/signed"], "c300")

    def test_discover_says_what_carries_a_deal(self):
        self.fake.requests[0]["metadata"] = {"folder": "x", "crm": "900300"}
        self.fake.requests[-1]["metadata"] = {"hubspot_deal_id": "12"}
        for i in range(3):
            self.fake.requests.append(request(f"o{i}", 1738500000 - i, [], title=f"Offer of {i}{i}",
                                              requester_email_address="Somebody@Else.org"))
        (self.folder / "dropbox-sign.yaml").unlink()
        found = self.bring("--discover")
        self.assertIn("of 9 requests (of 9) 4 carry a deal of the ledger in their metadata, and 1 of",
                      found["found"])
        written = (self.folder / "dropbox-sign.yaml").read_text()
        self.check_lines(
            written, "metadata:",
            '  - "hubspot_deal_id"  # 4 requests, 3 of deals of the ledger',
            '  - "crm"  # 1 request, 1 of a deal of the ledger', '#  - "folder"  # 1 request',
            "titles:",
            '  - "Agreement with {name}, 2025"  # 1 request, 1 of a deal of the ledger',
            '#  - "Offer of {name}"  # 3 requests',
            "#senders:", '#  - "@x.org"  # 5 requests', '#  - "@else.org"  # 4 requests',
            "#test_mode: true  # 1 test, which is left out without it")
        self.assertNotIn("omebody", written)
        self.assertNotIn("Dune", written)
        found = self.bring()
        self.assertEqual(found["differ"], 0)
        self.assertEqual(found["agree"], 4)


if __name__ == "__main__":
    harness.main()
