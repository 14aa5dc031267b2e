#!/usr/bin/env python3
"""Recorded deliveries of webhooks, each signed as its service signs, and what they tell.

A file of further deliveries, {"vectors": [{"system", "secret", "method", "url", "headers", "body",
"valid"}]}, can be named by $BACKCAST_WEBHOOK_VECTORS."""

import base64
import gzip
import hashlib
import hmac
import json
import os
import unittest

import dropbox_sign as sign_service
import fake
import harness
import slack as slack_service
from harness import event

HUBSPOT, SIGN, GITHUB, ASANA, SLACK = "hub secret", "sign-key", "It's a Secret", "asana1", "slack1"
SECRETS = {"HUBSPOT_CLIENT_SECRET": HUBSPOT, "DROPBOX_SIGN_KEY": SIGN,
           "GITHUB_WEBHOOK_SECRET": GITHUB, "ASANA_HOOK_SECRET": ASANA,
           "SLACK_SIGNING_SECRET": SLACK}
URL = "https://hooks.example.org/h?to=crm%2Fdeals%40eu&x=a%20b&secret=in-the-query"
SIGNED_URL = "https://hooks.example.org/h?to=crm/deals@eu&x=a%20b&secret=in-the-query"
RECEIVED = "2025-02-03T09:12:46.100Z"


def mac(key, message):
    return hmac.new(key.encode(), message.encode(), hashlib.sha256)


def line(headers, body, **more):
    return {"receivedAt": RECEIVED, "method": "POST", "url": URL, "headers": headers,
            "body": body, **more}


def hubspot(entries, version=3, secret=HUBSPOT, ms="1738573965000", **more):
    body = entries if isinstance(entries, str) else json.dumps(entries, ensure_ascii=False)
    plain = {1: secret + body, 2: f"{secret}POST{URL}{body}"}
    headers = {"x-hubspot-signature-version": f"v{version}"}
    if version == 3:
        message = f"POST{SIGNED_URL}{body}{ms}"
        headers = {"X-HubSpot-Request-Timestamp": ms, "X-HubSpot-Signature-Version": "v1",
                   "X-HubSpot-Signature": "beside it",
                   "X-HubSpot-Signature-V3":
                       base64.b64encode(mac(secret, message).digest()).decode()}
    else:
        headers["X-HUBSPOT-SIGNATURE"] = hashlib.sha256(plain[version].encode()).hexdigest()
    return line(headers, body, **more)


def sign(kind, time, request, signature=None, form="multipart", secret=SIGN):
    content = {"event": {"event_time": time, "event_type": kind,
                         "event_hash": mac(secret, time + kind).hexdigest(),
                         "event_metadata": {"related_signature_id": signature}},
               "account_guid": "g"}
    if request:
        content["signature_request"] = request
    text = json.dumps(content, ensure_ascii=form == "form")
    body = {"multipart": f"--b\r\nContent-Disposition: form-data; name=\"json\"\r\n\r\n{text}"
                         "\r\n--b--\r\n",
            "form": "json=" + text.replace("%", "%25").replace(" ", "+").replace("&", "%26"),
            "split": json.dumps({"json": text})}[form]
    return line([["Content-Type", "x"]], body)


def github(body, secret=GITHUB):
    return line({"X-GitHub-Event": ["issues"],
                 "X-Hub-Signature-256": ["sha256=" + mac(secret, body).hexdigest()]}, body)


def asana(body):
    return line({"X-Hook-Signature": mac(ASANA, body).hexdigest()}, body)


def slack(message, seconds="1738573964", **more):
    body = json.dumps({"token": "t", "team_id": "T01", "type": "event_callback",
                       "event": {"type": "message", "channel": "C01", **message}})
    return line({"X-Slack-Request-Timestamp": seconds, "X-Slack-Signature":
                 "v0=" + mac(SLACK, f"v0:{seconds}:{body}").hexdigest()}, body, **more)


def request(status, **more):
    return {"signature_request_id": "r1", "test_mode": False, "title": "Süd",
            "metadata": {"hubspot_deal_id": "900100"}, "created_at": 1738573963,
            "requester_email_address": "bd@x.org",
            "signatures": [{"signature_id": "s1", "status_code": status, "signed_at": None,
                            "signer_name": "A", **more}]}


def change(ms, name, value, deal=900100, **more):
    return {"eventId": 1, "portalId": 33, "occurredAt": ms, "subscriptionType":
            "deal.propertyChange", "attemptNumber": 0, "objectId": deal, "propertyName": name,
            "propertyValue": value, "changeSource": "CRM_UI", "sourceId": "userId:7001", **more}


def told(id, at, body, fields, ref, deal, how=None, actor=None, recorded=None):
    made = event(id, at, body, fields, id.split(":")[0], ref, deal, how, actor)
    if recorded:
        made["sourceRecordedAt"] = recorded
    return made


STAGE = told("hubspot:deal/900100/dealstage/1738573963991/111", "2025-02-03T09:12:43.991Z",
             "stageChanged", {"to": "outreach"}, "deal/900100", "900100", "CRM_UI", "userId:7001",
             "2025-02-03T09:12:43.991Z")
SENT = told("dropbox_sign:request/r1/sent", "2025-02-03T09:12:43Z", "agreementSent",
            {"agreement": "r1"}, "request/r1", "900100")
SIGNED = told("dropbox_sign:signature/s1/signed", "2025-02-04T09:06:40Z", "agreementSigned",
              {"agreement": "r1", "signer": "s1"}, "request/r1", "900100")
MESSAGE = {"subtype": "bot_message", "workflow_id": "Wf1", "ts": "1738573963.000219",
           "text": "Campaign: spring\nChannel: fair\n"
                   "<https://app.hubspot.com/contacts/1/record/0-3/900100|deal>"}
LEAD = told("slack:T01/C01/1738573963.000219", "2025-02-03T09:12:43.000219Z", "leadCaptured",
            {"campaign": "spring", "channel": "fair"}, "T01/C01/1738573963.000219", "900100")


class WebhookLog(harness.Place):
    def setUp(self):
        super().setUp()
        self.write("hubspot.yaml", "stages: { '111': outreach }\n"
                                   "properties: { deal_name: dealname }\n")
        self.write("dropbox-sign.yaml", "senders: ['@x.org']\n")
        self.write("slack.yaml", "channels: [C01]\n")

    def bring(self, lines, *args, secrets=SECRETS, code=0):
        self.write("log.jsonl", "\n".join(one if isinstance(one, str)
                                          else json.dumps(one, ensure_ascii=False)
                                          for one in lines) + "\n")
        out, err = self.run_program("import", "webhook-log", "log.jsonl", *args, code=code,
                                    **secrets)
        for secret in (*SECRETS.values(), "in-the-query", "sha256="):
            self.assertNotIn(secret, out + err)
        return out, err

    def found(self, lines, *args, **more):
        return json.loads(self.bring(lines, "--json", *args, **more)[0])

    def notes(self, found):
        return {one["note"]: one["text"].split()[0] for one in found.get("notes", [])}

    def every(self):
        return [one for system in ("hubspot", "dropbox_sign", "slack", "github", "asana")
                for one in self.events(system)]

    def check_line(self, good, altered, words):
        with self.subTest(words):
            _, err = self.bring([good, altered], code=3)
            self.assertIn("log.jsonl:2:1: ", err)
            self.assertIn(words, err)
            self.assertEqual(self.every(), [])  # nor what the first line says

    # --- signatures ---

    def test_each_of_seven_signatures_is_checked(self):
        entry = [change(1738573963991, "dealname", "Universität Süd")]
        good = [hubspot(entry, 1), hubspot(entry, 2), hubspot(entry, 3), slack(MESSAGE),
                sign("signature_request_sent", "1738573964", request("awaiting_signature")),
                github('{"action":"labeled","issue":{"title":"Süd"}}'), asana('{"events":[]}')]
        for one in good:
            altered = {**one, "body": one["body"].replace("Süd", "Sud").replace("fair", "Fair")
                       .replace('"events"', '"Events"').replace("1738573964", "1738573965")}
            self.assertNotEqual(altered, one)
            self.check_line(one, altered, "does not fit")
            for header in ("X-HubSpot-Signature-V3", "X-Slack-Signature", "X-Hub-Signature-256"):
                if header in one["headers"]:
                    headers = {name: value for name, value in one["headers"].items()
                               if name not in (header, "X-HubSpot-Signature")}
                    self.check_line(one, {**one, "headers": headers}, "no signature")
        self.bring(good)
        self.check_line_kinds()

    def check_line_kinds(self):
        self.assertEqual([one["id"] for one in self.every()],
                         ["hubspot:deal/900100/dealname/1738573963991/" +
                          self.events("hubspot")[0]["id"].rsplit("/", 1)[1],
                          SENT["id"], LEAD["id"]])

    def test_a_key_that_changed_and_one_that_is_not_at_hand(self):
        entry = [change(1738573963991, "dealstage", "111")]
        lines = [hubspot(entry, secret="former one"), hubspot(entry)]
        self.write("secrets", f"# of the app\nhubspot former one\r\nhubspot {HUBSPOT}\n")
        path = self.folder / "secrets"
        path.chmod(0o644)
        _, err = self.bring(lines, "--secret-file", "secrets", secrets={}, code=4)
        path.chmod(0o600)
        self.bring(lines, "--secret-file", "secrets", secrets={})
        self.assertEqual(self.every(), [STAGE])
        _, err = self.bring(lines, secrets={}, code=3)
        self.assertIn("$HUBSPOT_CLIENT_SECRET", err)
        self.write("secrets", "hubspot\n")
        path.chmod(0o600)
        self.bring(lines, "--secret-file", "secrets", code=3)

    def test_what_is_not_verified_is_taken_only_where_that_is_said(self):
        lines = [sign("signature_request_signed", "1738660001",
                      request("signed", signed_at=1738660000)),
                 hubspot([change(1738573963991, "dealstage", "111")]),
                 line({}, '{"what":1}')]
        found = self.found(lines, "--unverified", secrets={"DROPBOX_SIGN_KEY": SIGN})
        self.assertEqual(self.notes(found),
                         {"unverified": "1", "bodiesUnsigned": "1", "ofUnknown": "1"})
        self.assertEqual(self.every(), [{**STAGE, "source": {**STAGE["source"],
                                                             "how": "unverified"}}, SENT, SIGNED])

    def test_the_time_that_is_signed_is_held_against_when_it_came(self):
        entry = [change(1738573963991, "dealstage", "111")]
        late = hubspot(entry, receivedAt="2025-02-03T09:17:45.001Z")
        just = hubspot(entry, receivedAt="2025-02-03T09:17:45Z")
        unknown = hubspot(entry)
        del unknown["receivedAt"]
        found = self.found([just, late, unknown, slack(MESSAGE, receivedAt=RECEIVED)])
        self.assertEqual(self.notes(found), {"late": "1", "noReceivedAt": "1"})
        self.assertEqual(found["added"], 2)

    # --- what is told ---

    def test_hubspot_tells_what_its_import_tells(self):
        lines = [hubspot([
            change(1738573963991, "dealstage", "111"), change(1738573964000, "dealname", "New"),
            change(1738573965000, "closedate", "1"), change(1, "x", "y", subscriptionType="a.b"),
            {**change(1738573966000, "", ""), "subscriptionType": "deal.creation",
             "objectId": 900400},
            {**change(1738573967000, "", ""), "subscriptionType": "deal.merge", "objectId": 900500,
             "primaryObjectId": 900100, "mergedObjectIds": [900200], "newObjectId": 900500},
            {**change(1738573968000, "dealstage", "112"),
             "subscriptionType": "object.propertyChange", "objectTypeId": "0-3"},
            {**change(1738573968000, "", ""), "subscriptionType": "deal.deletion"}])]
        found = self.found(lines)
        self.assertEqual(self.notes(found)["hints"], "3")
        told_now = {one["id"]: one for one in self.events("hubspot")}
        self.assertEqual(told_now[STAGE["id"]], STAGE)
        self.assertEqual(sorted(id.removeprefix("hubspot:deal/") for id in told_now),
                         ["900100/dealname/1738573964000/New", "900100/dealstage/1738573963991/111",
                          "900100/dealstage/1738573968000/112", "900100/merged/900500",
                          "900200/merged/900500", "900400/created"])

    def test_an_agreement_is_told_whichever_way_its_body_came(self):
        waiting, signed = request("awaiting_signature"), request("signed", signed_at=1738660000)
        found = self.found([
            sign("signature_request_signed", "1738660001", signed, "s1"),  # out of order
            sign("signature_request_sent", "1738573964", waiting, form="form"),
            sign("signature_request_all_signed", "1738660002", signed, form="split"),
            sign("callback_test", "1738660003", None)])
        self.assertEqual(self.every(), [SENT, SIGNED])
        self.assertEqual((found["added"], found["duplicates"], self.notes(found)["hints"]),
                         (2, 3, "1"))

    def test_a_decline_is_dated_by_its_own_delivery(self):
        declined = request("declined")
        self.bring([sign("signature_request_viewed", "1738690000", declined, "s1"),
                    sign("signature_request_declined", "1738670001", declined, "s1")])
        self.assertEqual(self.every()[1]["occurredAt"], "2025-02-04T11:53:21Z")

    def test_what_is_of_no_known_deal_is_kept_and_listed(self):
        lost = request("awaiting_signature")
        lost["metadata"] = {}
        lines = [sign("signature_request_sent", "1738573964", lost)]
        self.assertEqual(self.notes(self.found(lines, "--dry-run"))["unlinked"], "1")
        self.assertEqual(self.ask("deals", "--unlinked")["unlinked"], [])
        self.bring(lines)
        self.assertEqual([one["object"] for one in self.ask("deals", "--unlinked")["unlinked"]],
                         ["request/r1"])
        self.write("links.yaml", 'links: { "dropbox_sign:request/r1": "900100" }\n')
        self.bring(lines)
        self.assertEqual(self.every(), [SENT])
        self.assertEqual(self.ask("deals", "--unlinked")["unlinked"], [])

    def test_what_the_ledger_has_stays(self):
        self.write("other.jsonl", json.dumps({**STAGE, "stageChanged": {"to": "discovery"}}) + "\n")
        self.run_program("import", "jsonl", "other.jsonl")
        found = self.found([hubspot([change(1738573963991, "dealstage", "111")])])
        self.assertEqual(self.notes(found), {"told_otherwise": "1"})
        self.assertEqual(self.every()[0]["stageChanged"], {"to": "discovery"})

    def test_a_log_and_the_imports_of_the_services_meet(self):
        signed, declined = request("signed", signed_at=1738660000), request("declined")
        declined["signature_request_id"] = "r2"
        declined["signatures"][0]["signature_id"] = "s2"
        lines = [slack(MESSAGE), sign("signature_request_signed", "1738660001", signed, "s1"),
                 sign("signature_request_declined", "1738670001", declined, "s2")]
        channel = slack_service.Slack({"C01": [{"type": "message", **MESSAGE}]})
        account = sign_service.DropboxSign([signed, declined])
        self.addCleanup(channel.close)
        self.addCleanup(account.close)
        def read_both():
            token = {"SLACK_TOKEN": fake.TOKEN, "DROPBOX_SIGN_KEY": fake.TOKEN}
            return [self.ask("import", word, "--base-url", service.url, "--again", **token)
                    for word, service in (("slack", channel), ("dropbox-sign", account))]
        self.assertEqual(self.found(lines)["added"], 5)
        logged = self.every()
        for found in read_both():
            self.assertEqual((found["added"], found["differ"]), (0, 0), found)
        self.assertEqual(self.found(lines)["added"], 0)
        self.assertEqual(self.every(), logged)

    def test_a_log_adds_nothing_to_what_an_import_read(self):
        channel = slack_service.Slack({"C01": [{"type": "message", **MESSAGE}]})
        self.addCleanup(channel.close)
        self.ask("import", "slack", "--base-url", channel.url, SLACK_TOKEN=fake.TOKEN)
        found = self.found([slack({**MESSAGE, "text": text}) for text in
                            (MESSAGE["text"], MESSAGE["text"].replace("spring", "x"),
                             "Campaign: and of no deal", "no lead yet")])
        self.assertEqual((found["added"], found["duplicates"]), (0, 1))
        self.assertEqual(self.notes(found), {"told_otherwise": "1", "withoutFields": "1"})
        self.assertEqual(self.every(), [LEAD])

    def forged(self):
        """A delivery that nobody signed, which dates the signature otherwise."""
        return sign("signature_request_signed", "1738660001",
                    request("signed", signed_at=1738000000), "s1", secret="not it")

    def test_what_is_verified_takes_the_place_of_what_is_not(self):
        true = sign("signature_request_signed", "1738660001",
                    request("signed", signed_at=1738660000), "s1")
        standing = {"agreementSent": SENT["occurredAt"], "agreementSigned": SIGNED["occurredAt"]}
        def stand():
            found = [one for one in self.events("dropbox_sign")]
            self.assertEqual(len(found), 2)
            self.assertNotIn("how", str([one["source"] for one in found]))
            self.assertEqual({body: one["occurredAt"] for one in found for body in standing
                              if body in one}, standing)
        self.found([self.forged()], "--unverified", secrets={})
        self.assertEqual(len([1 for one in self.events("dropbox_sign")
                              if one["source"]["how"] == "unverified"]), 2)
        self.assertEqual(self.found([true])["corrected"], 2)
        stand()
        self.assertEqual(self.found([true])["added"], 0)
        self.assertEqual(self.found([self.forged()], "--unverified", secrets={})["added"], 0)
        stand()
        account = sign_service.DropboxSign([request("signed", signed_at=1738660000)])
        self.addCleanup(account.close)
        found = self.ask("import", "dropbox-sign", "--base-url", account.url,
                         DROPBOX_SIGN_KEY=fake.TOKEN)
        self.assertEqual((found["added"], found["differ"]), (0, 0))

    def test_what_is_verified_takes_its_place_within_one_log_too(self):
        unsigned = {**slack({**MESSAGE, "text": MESSAGE["text"].replace("spring", "x")}),
                    "headers": {"X-Slack-Request-Timestamp": "1738573964"}}
        self.assertEqual(self.found([unsigned, slack(MESSAGE)], "--unverified")["corrected"], 1)
        self.assertEqual([one["leadCaptured"] for one in self.events("slack")],
                         [LEAD["leadCaptured"]])

    def test_deliveries_whose_bodies_are_not_signed_are_counted(self):
        found = self.found([sign("signature_request_sent", "1738573964",
                                 request("awaiting_signature")), slack(MESSAGE)])
        self.assertEqual(self.notes(found)["bodiesUnsigned"], "1")

    def test_what_only_hints_is_counted(self):
        self.write("slack.yaml", "channels: [C02]\n")
        found = self.found([
            github('{"action":"labeled"}'), asana('{"events":[{"action":"added"}]}'),
            line({"X-Hook-Secret": ASANA}, ""), slack(MESSAGE),
            slack({"subtype": "message_changed", "channel": "C02", "ts": "1738573963.000300",
                   "message": MESSAGE})])
        self.assertEqual((self.notes(found), found["added"]),
                         ({"handshakes": "1", "hints": "4"}, 0))

    # --- the log ---

    def test_a_log_that_comes_again_adds_nothing(self):
        lines = [slack(MESSAGE), hubspot([change(1738573963991, "dealstage", "111")])] * 3
        self.assertEqual(self.found(lines)["added"], 2)
        again = self.found(lines)
        self.assertEqual((again["added"], again["duplicates"]), (0, 6))

    def test_bad_lines_are_refused_or_put_aside(self):
        good = json.dumps(slack(MESSAGE))
        bad = [good[:90], good + good, "[]", '{"body":7}', json.dumps(line({}, "{}")),
               json.dumps(line("x", "{}")), json.dumps({**line({}, "{}"), "receivedAt": "soon"}),
               json.dumps({"bodyBase64": "*"}), json.dumps(github("not json")),
               json.dumps(github("{}")).replace("{}", "{ }")]
        for one in bad:
            with self.subTest(line=one[:80]):
                self.bring([good, one], code=3)
        self.assertEqual(self.every(), [])
        found = self.found(bad + [good], "--rejects", "bad")
        self.assertEqual((found["rejected"], found["added"]), (len(bad), 1))
        self.assertEqual(len((self.folder / "bad").read_text().splitlines()), len(bad))

    def test_a_mark_line_ends_base64_and_gzip(self):
        one = slack(MESSAGE)
        body = one.pop("body")
        one["bodyBase64"] = base64.b64encode(body.encode()).decode()
        text = "\ufeff" + json.dumps(one) + "\r\n\r\n"
        (self.folder / "log.gz").write_bytes(gzip.compress(text.encode()))
        self.run_program("import", "webhook-log", "log.gz", **SECRETS)
        self.assertEqual(self.every(), [LEAD])

    def test_hostile_texts_break_nothing(self):
        lines = []
        for i, text in enumerate(harness.HOSTILE):
            lines += [hubspot([change(1738573963991 + i, "dealname", text),
                               change(1738573963991 + i, text, text),
                               {text: text, "subscriptionType": text}]),
                      slack({**MESSAGE, "ts": f"17385{i:05}.000100", "text": f"Campaign: {text}"}),
                      sign("signature_request_sent", "1738573964",
                           {**request("signed", signed_at=text), "signature_request_id": f"{i}{text}",
                            "title": text}),
                      line({text: text}, text), line({"X-Hub-Signature-256": text}, text)]
        self.bring(lines, "--rejects", "bad")
        self.run_program("verify")

    @unittest.skipUnless(os.environ.get("BACKCAST_WEBHOOK_VECTORS"), "of a file that is named")
    def test_further_vectors(self):
        with open(os.environ["BACKCAST_WEBHOOK_VECTORS"], encoding="utf-8") as file:
            vectors = json.load(file)["vectors"]
        for one in vectors:
            with self.subTest(one["name"]):
                self.write("secrets", f"{one['system']} another\n{one['system']} {one['secret']}\n")
                (self.folder / "secrets").chmod(0o600)
                made = {key: one[key] for key in ("method", "url", "headers", "body")}
                self.write("log.jsonl", json.dumps(made) + "\n")
                self.run_program("import", "webhook-log", "log.jsonl", "--secret-file", "secrets",
                                 code=0 if one["valid"] else 3)


if __name__ == "__main__":
    harness.main()
