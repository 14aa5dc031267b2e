#!/usr/bin/env python3
"""Leads in channels, out of a Slack on loopback."""

import copy

import fake
import harness
from harness import event

TEAM, LEADS, EVENTS = "T01", "C01LEADS", "C02EVENTS"
SITE = "https://lake.slack.com/"


class Slack(fake.Fake):
    limited = (429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "0"})
    refused = (200, {"ok": False, "error": "invalid_auth"}, {})
    page = 3             # messages; the service gives up to 999
    mute_cursor = False  # there is more, and no cursor says so
    hides = None         # what is older is hidden by the plan
    stale_at = None      # the cursor of that many requests is not known any more

    def __init__(self, channels):
        super().__init__()
        self.channels = channels
        self.cursors = {}
        self.errors = {}  # by channel
        self.unseen = ()  # types of channels that the token may not list
        self.listed = [{"id": LEADS, "name": "new-leads", "is_member": True, "num_members": 4},
                       {"id": EVENTS, "name": "events", "is_member": True, "num_members": 1},
                       {"id": "C03LEADS", "name": "old-leads", "is_member": False}]

    def answer(self, asked):
        if asked.path == "/auth.test":
            return {"ok": True, "url": SITE, "team": "Lake", "team_id": TEAM, "user": "b",
                    "user_id": "U0BOT", "bot_id": "B0BOT", "is_enterprise_install": False}
        if asked.path == "/conversations.list":
            return self.list(asked.query)
        if asked.path != "/conversations.history":
            return {"ok": False, "error": "unknown_method"}
        return self.history(asked.query)

    def list(self, query):
        if query["types"] in self.unseen:
            return {"ok": False, "error": "missing_scope", "needed": "groups:read"}
        there = self.listed if query["types"] == "public_channel" else []
        at = int(query.get("cursor") or 0)
        return {"ok": True, "channels": there[at:at + 1],
                "response_metadata": {"next_cursor": str(at + 1) if at + 1 < len(there) else ""}}

    def history(self, query):
        channel = query["channel"]
        if channel in self.errors:
            return {"ok": False, **self.errors[channel]}
        if channel not in self.channels:
            return {"ok": False, "error": "channel_not_found"}
        for bound in ("oldest", "latest"):
            assert len(query.get(bound, "1.000000").split(".")[1]) == 6, query
        there = sorted((one for one in self.channels[channel] if self.shows(one, query)),
                       key=lambda one: one["ts"], reverse=True)
        at = 0
        if "cursor" in query:
            if len(self.asked) == self.stale_at or query["cursor"] not in self.cursors:
                return {"ok": False, "error": "invalid_cursor"}
            at = self.cursors.pop(query["cursor"])
        part = there[at:at + min(self.page, int(query["limit"]))]
        more = at + len(part) < len(there)
        answer = {"ok": True, "messages": part, "has_more": more, "pin_count": 0}
        if self.hides:
            answer["is_limited"] = True
        if not self.mute_cursor:
            cursor = f"bmV4dF90czo={len(self.asked)}" if more else ""
            if more:
                self.cursors[cursor] = at + len(part)
            answer["response_metadata"] = {"next_cursor": cursor}
        return answer

    def shows(self, message, query):
        ts = message["ts"]
        return (query.get("oldest", "") < ts and ts < query.get("latest", "9") and
                (not self.hides or ts >= self.hides))


def posted(ts, text="", **more):
    """By the workflow, whose bot's id is another one each time."""
    return {"type": "message", "subtype": "bot_message", "ts": ts, "text": text,
            "username": "Lead form", "bot_id": f"B{ts[-4:]}", "workflow_id": "Wf01", **more}


def said(ts, text, user="U01", **more):
    return {"type": "message", "ts": ts, "text": text, "user": user, "client_msg_id": "c-1",
            **more}


def bold(text):
    return {"type": "text", "text": text, "style": {"bold": True}}


def rich(*elements):
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section",
                                                "elements": list(elements)}]}]


DEAL = "https://app.hubspot.com/contacts/1/record/0-3/900100"

CHANNELS = {
    LEADS: [
        said("1738400000.000100", "welcome!"),
        posted("1738573963.000219", "*Name*\nA B\n*Campaign*\nspring &amp; summer\n*Channel*\n"
               f"LinkedIn\n*Mail*\n<mailto:a@b.edu|a@b.edu>\n<{DEAL}|in HubSpot>",
               thread_ts="1738573963.000219", reply_count=1),
        # the same second, and no text but in blocks
        posted("1738573963.000220", blocks=rich(
            bold("Name"), {"type": "text", "text": "\nC D\n"}, bold("Campaign"),
            {"type": "text", "text": "\nautumn "}, {"type": "emoji", "name": "leaf"},
            {"type": "text", "text": "\n"}, bold("Channel\n"), {"type": "text", "text": "\n"},
            {"type": "link", "url": "https://app-eu1.hubspot.com/contacts/1/deal/900200",
             "text": "deal"}, {"type": "text", "text": " "}, {"type": "user", "user_id": "U01"})),
        posted("1738600000.000100", blocks=[{"type": "section", "fields": [
            {"type": "mrkdwn", "text": "*Campaign:*\n"},
            {"type": "mrkdwn", "text": "*Source:*\n<#C09|ads>"},
            {"type": "mrkdwn", "text": "*Deal:* 900300"}]}]),
        posted("1738600001.000100", "Something else that the workflow says"),
        said("1738600002.000100", "Campaign: I quote only"),
        said("1738600003.000100", "• Campaign: by hand\n• Channel: phone\n" + DEAL, user="U07"),
        posted("1738600004.000100", "Campaign: in a thread", thread_ts="1738573963.000219"),
        posted("1738600005.000100", f"*Campaign:* broadcast\n{DEAL}", subtype="thread_broadcast",
               thread_ts="1738573963.000219", root={"ts": "1738573963.000219"}),
        posted("1738700000.000100", "Campaign: of no deal yet\nChannel: fair"),
    ],
    EVENTS: [
        {"type": "message", "ts": "1738800000.000100", "bot_id": "B9", "app_id": "A01", "text": "",
         "user": "U0APP", "metadata": {"event_type": "lead", "event_payload": {
             "campaign": "webinar", "deal": 900200}}},
        {"type": "message", "subtype": "channel_join", "ts": "1738800001.000100", "user": "U07",
         "text": "<@U07> has joined: Campaign: none"},
    ],
}


def lead(place, ts, at, deal=None, actor=None, **fields):
    ref = f"{TEAM}/{place}/{ts}"
    return event(f"slack:{ref}", at, "leadCaptured", fields, "slack", ref, deal, actor=actor)


HISTORY = [
    lead(LEADS, "1738573963.000219", "2025-02-03T09:12:43.000219Z", "900100",
         campaign="spring & summer", channel="LinkedIn"),
    lead(LEADS, "1738573963.000220", "2025-02-03T09:12:43.000220Z", "900200",
         campaign="autumn :leaf:"),
    lead(LEADS, "1738600000.000100", "2025-02-03T16:26:40.000100Z", "900300", channel="C09"),
    lead(LEADS, "1738600003.000100", "2025-02-03T16:26:43.000100Z", "900100", actor="U07",
         campaign="by hand", channel="phone"),
    lead(LEADS, "1738600005.000100", "2025-02-03T16:26:45.000100Z", "900100",
         campaign="broadcast"),
    lead(EVENTS, "1738800000.000100", "2025-02-06T00:00:00.000100Z", "900200",
         campaign="webinar"),
]
LOOSE = lead(LEADS, "1738700000.000100", "2025-02-04T20:13:20.000100Z", campaign="of no deal yet",
             channel="fair")
ACCOUNT = """channels: [C01LEADS, C02EVENTS]
from: [Wf01, A01, U07]
fields: { campaign: [Campaign], channel: [Channel, Source], deal: [Deal] }
"""


class Leads(harness.Connector):
    word, system, token_variable = "slack", "slack", "SLACK_TOKEN"
    account = ACCOUNT
    history = HISTORY
    traced = (('"ts":"1738573963.000219"', '"workflow_id":"Wf01"', '"type":"rich_text"',
               '"deal":"<number>"', '"error":"invalid_auth"'),
              ("A B", "C D", "a@b.edu", "spring", "autumn", "webinar", "Lake", '"U07"', "I quote"))
    afterwards = HISTORY + [
        lead(EVENTS, "1738900000.000100", "2025-02-07T03:46:40.000100Z", "900300",
             campaign="later"),
    ]
    hang_points = (1, 3, 4)

    def make_fake(self):
        return Slack(copy.deepcopy(CHANNELS))

    def later(self, service):
        service.channels[EVENTS].append(posted("1738900000.000100", "Campaign: later\nDeal: 900300"))

    def vanish(self, service):
        return self.remove(service, "1738573963.000219")

    def remove(self, service, ts):
        service.channels[LEADS] = [one for one in service.channels[LEADS] if one["ts"] != ts]
        return f"{TEAM}/{LEADS}/{ts}"

    def undo(self, service):
        service.channels[LEADS][6]["text"] = "oops"

    def redo(self, service):
        service.channels[LEADS][6]["text"] = CHANNELS[LEADS][6]["text"]

    def hostile(self, service):
        for i, text in enumerate(harness.HOSTILE):
            service.channels[LEADS] += [
                posted(f"17386{i:05}.000300", f"Campaign: {text}\nDeal: {text}", user=text,
                       thread_ts="", blocks=[{"type": text, "text": text}]),
                said(f"17386{i:05}.000400", text, user="U07", blocks=rich(
                    bold("Campaign"), {"type": "text", "text": "\n" + text[:100]},
                    {"type": "link", "url": text}), attachments=[{"fields": [{"title": text}]}])]
        service.channels[LEADS] += [
            posted("not a time", "Campaign: x"), posted("1738573963.\x1b[2J1", "Campaign: x"),
            {"ts": "1738573999.000100", "workflow_id": "Wf01", "text": ["Campaign"],
             "blocks": "none", "attachments": {}, "metadata": 7, "bot_profile": []}]

    # --- what is this service's own ---

    def notes(self, found):
        return {one["note"]: one for one in found["notes"]}

    def test_what_is_left_out_is_said(self):
        found = self.bring()
        notes = self.notes(found)
        self.assertEqual(notes["messagesOfOthers"]["n"], 2)
        self.assertEqual(notes["replies"]["n"], 1)
        self.assertEqual(notes["withoutFields"]["which"],
                         [f"{TEAM}/{LEADS}/1738600001.000100", f"{TEAM}/{EVENTS}/1738800001.000100"])
        self.assertEqual([one["object"] for one in found["unlinked"]], [LOOSE["source"]["ref"]])

    def test_the_address_of_a_message_links_it(self):
        self.bring()
        self.write("links.yaml",
                   f'links: {{ "{SITE}archives/{LEADS}/p1738700000000100": "900200" }}\n')
        self.bring()
        self.check_events(HISTORY + [{**LOOSE, "deal": "900200"}])

    def test_a_lead_without_a_deal_can_be_told_at_once_and_gets_it_later(self):
        self.write("slack.yaml", ACCOUNT + "without_deal: record\n")
        found = self.bring()
        self.check_events(HISTORY + [LOOSE])
        self.assertEqual(self.notes(found)["toldWithoutDeal"]["n"], 1)
        self.assertEqual(self.bring("--again")["added"], 0)
        self.assertEqual(len(self.ask("deals", "--unlinked")["unlinked"]), 1)
        self.write("links.yaml", f'links: {{ "{LOOSE["id"]}": "900200" }}\n')
        self.assertEqual(self.bring()["corrected"], 1)
        told = {one["source"]["ref"]: one for one in self.events("slack")}
        self.assertEqual(told[LOOSE["source"]["ref"]]["deal"], "900200")
        self.assertEqual(self.ask("deals", "--unlinked")["unlinked"], [])
        self.assertEqual(self.bring("--again")["added"], 0)

    def test_an_edited_message_is_corrected_and_one_that_is_no_lead_any_more_taken_back(self):
        self.bring()
        edited, emptied = self.fake.channels[LEADS][8], self.fake.channels[LEADS][6]
        edited.update(text=f"*Campaign:* rebroadcast\n{DEAL}",
                      edited={"user": "U07", "ts": "1738600009.000000"})
        emptied["text"] = "never mind"
        found = self.bring()
        self.assertEqual(found["corrected"], 1)
        self.assertEqual(found["differ"], 0)
        told = {one["source"]["ref"]: one["leadCaptured"] for one in self.events("slack")}
        self.assertEqual(told[f"{TEAM}/{LEADS}/{edited['ts']}"], {"campaign": "rebroadcast"})
        self.assertNotIn(f"{TEAM}/{LEADS}/{emptied['ts']}", told)
        self.assertEqual(self.bring()["added"], 0)

    def test_a_run_asks_for_the_last_days_alone(self):
        self.write("slack.yaml", ACCOUNT + "look_back: 1\n")
        self.bring()
        self.fake.forget()
        self.bring()
        asked = {one.query["channel"]: one.query["oldest"] for one in self.fake.asked[1:]}
        self.assertEqual(asked[LEADS], "1738613600.000100")  # a day before the newest
        self.assertEqual(asked[EVENTS], "1738713601.000100")

    def test_a_tombstone_is_gone_and_what_slack_shows_no_more_is_not(self):
        self.bring()
        self.fake.channels[LEADS][6] = {
            "type": "message", "subtype": "tombstone", "user": "USLACKBOT", "hidden": True,
            "ts": "1738600003.000100", "text": "This message was deleted."}
        self.fake.hides = "1738600000.000100"
        found = self.bring("--again")
        self.check_events(HISTORY)
        self.assertEqual([(one["object"], one["service"]) for one in found["differences"]],
                         [(f"{TEAM}/{LEADS}/1738600003.000100", "gone")])
        notes = self.notes(found)
        self.assertEqual(notes["beyondHorizon"]["n"], 2)
        self.assertEqual(notes["olderHidden"]["which"], [LEADS, EVENTS])
        self.assertEqual(notes["deletedWithReplies"]["n"], 1)

    def test_pages_without_a_cursor_or_with_one_that_is_not_known_are_gone_on_with(self):
        self.fake.stale_at = 3
        self.bring()
        self.check_events(HISTORY)
        self.fake.mute_cursor = True
        self.assertEqual(self.bring("--again")["added"], 0)
        self.assertEqual(len({one.query["latest"] for one in self.fake.asked
                              if "latest" in one.query}), 3)

    def test_a_long_walk_that_is_killed_is_gone_on_with_below(self):
        days = [posted(f"{1730000000 + 86400 * day}.000100", f"Campaign: {day}")
                for day in range(75)]  # of no known deal, every one
        self.fake.channels = {LEADS: days, EVENTS: []}
        self.fake.hang_at = 24
        process = self.start(*self.arguments(), **self.token())
        self.assertTrue(self.fake.hung.wait(60))
        process.kill()
        process.communicate()
        self.fake.released.set()
        self.fake.forget()
        self.bring()
        self.assertEqual(len(self.ask("deals", "--unlinked")["unlinked"]), 75)
        self.assertLess(len(self.fake.asked), 15)
        self.assertIn("latest", self.fake.asked[1].query)

    def test_errors_that_come_with_200_are_said(self):
        for error, words in (({"error": "not_in_channel"}, "invite it there"),
                             ({"error": "missing_scope", "needed": "groups:history",
                               "provided": "x"}, "groups:history"),
                             ({"error": "something_new"}, "something_new")):
            with self.subTest(error=error):
                self.fake.errors = {EVENTS: error}
                _, text = self.run_program(*self.arguments(), code=8, **self.token())
                self.assertIn(words, text)
                self.assertIn(EVENTS, text)
        self.assertEqual(len(self.events("slack")), 5)  # the channel before it is kept

    def test_a_limit_that_comes_with_200_is_waited_for(self):
        limits = iter([fake.Reply(200, {"ok": False, "error": "ratelimited"}, {"Retry-After": "0"})])
        answer = self.fake.answer
        self.fake.answer = lambda asked: next(limits, None) or answer(asked)
        self.assertEqual(self.bring()["retries"], 1)
        self.check_events(HISTORY)

    def test_a_channel_is_named_by_its_id(self):
        self.write("slack.yaml", "channels: ['#leads']\n")
        _, text = self.run_program(*self.arguments(), code=3, **self.token())
        self.assertIn("slack.yaml:1:11: ", text)
    # --- a first account file ---

    def test_discover_offers_channels_and_the_labels_of_a_form(self):
        written = self.discover()
        self.check_lines(
            written, "channels:", f'  - "{LEADS}"  # new-leads, 4 members',
            f'#  - "{EVENTS}"  # events, 1 member',
            '#  - "C03LEADS"  # old-leads (the app is not in it), 0 members',
            "#from:", '#  - "Wf01"  # a workflow, 6 messages', "#  - Lead form  # a name, 6 messages",
            "fields:", "  campaign:", '    - "Campaign"  # 5 messages', "  channel:",
            '    - "Channel"  # 3 messages', '    - "Source"  # 1 message', "  deal:",
            '    - "Deal"  # 1 message', "#  KEY:", '#    - "Name"  # 2 messages',
            "# and 1 that stand in one message each")
        for answer in ("A B", "spring", "LinkedIn", "900100", "Mail"):
            self.assertNotIn(answer, written)
        found = self.bring()
        self.assertEqual((found["added"], found["differ"]), (4, 0), found)

    def test_discover_looks_where_it_is_said(self):
        self.check_lines(self.discover("--channel", EVENTS), f'  - "{EVENTS}"  # events, 1 member',
                         '    - "campaign"  # 1 message', '    - "deal"  # 1 message')
        self.write("slack.yaml", f"channels: [{EVENTS}]\n")
        found = self.bring("--discover")
        self.assertEqual(found["file"], "slack.draft.yaml")
        self.check_lines((self.folder / "slack.draft.yaml").read_text(),
                         f'  - "{EVENTS}"  # events, 1 member', '    - "campaign"  # 1 message')
        _, said = self.run_program(*self.arguments("--discover"), code=3, **self.token())
        self.assertIn("slack.draft.yaml is there already", said)

    def test_discover_says_what_the_token_may_not_list(self):
        self.fake.unseen = ("public_channel", "private_channel")
        self.check_lines(self.discover(), "#channels:")
        self.assertIn("needed is groups:read", (self.folder / "slack.yaml").read_text())
        _, said = self.run_program(*self.arguments(), code=3, **self.token())
        self.assertIn("channels", said)
        self.check_lines(self.discover("--channel", LEADS), f'  - "{LEADS}"  # 0 members')
        self.bring()

    def test_the_channel_that_is_looked_at_is_an_id_and_for_a_draft(self):
        for args in (("--discover", "--channel", "#leads"), ("--channel", LEADS)):
            if args[0] == "--discover":
                (self.folder / "slack.yaml").unlink()
            _, said = self.run_program(*self.arguments(*args), code=2, **self.token())
            self.assertIn("--channel", said)

    def test_a_time_to_come_hides_no_message(self):
        self.fake.channels[LEADS].append(said("4102444800.000100", "from the year 2100"))
        self.check_time_to_come()

    def test_a_listing_that_does_not_say_how_it_goes_on_is_refused(self):
        history = self.fake.history
        for change, says in (
                ({"has_more": "true"}, "has_more"),
                ({"response_metadata": ["c"]}, "response_metadata"),
                ({"response_metadata": {"next_cursor": 7}}, "next_cursor"),
                ({"response_metadata": {}, "has_more": True,
                  "messages": [said("no time", "x")]}, "does not say where")):
            with self.subTest(says):
                self.fake.history = lambda query: {**history(query), **change}
                _, message = self.run_program(*self.arguments(), code=8, **self.token())
                self.assertIn(says, message)

    def test_a_listing_that_repeats_itself_under_new_cursors_ends(self):
        history = self.fake.history

        def repeat(query):
            query.pop("cursor", None)
            cursor = f"c{len(self.fake.asked)}"
            return {**history(query), "response_metadata": {"next_cursor": cursor}}
        self.fake.history = repeat
        _, message = self.run_program(*self.arguments(), code=8, **self.token())
        self.assertIn("nothing new", message)


if __name__ == "__main__":
    harness.main()
