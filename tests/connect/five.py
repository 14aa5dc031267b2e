#!/usr/bin/env python3
"""One history of a small team, out of HubSpot and five other systems at once, by `import all`; and the
same history as events written by hand. What a team asks has the same answers over both."""

import json
import pathlib
import shutil
import sys
import threading

import asana
import dropbox_sign
import fake
import github
import harness
import sheet
import slack

HUBSPOT = pathlib.Path(__file__).resolve().parents[1] / "hubspot"
sys.path.insert(0, str(HUBSPOT))
import fake_hubspot

AS_OF = "2025-03-11"

# ---- what each system has ----

STAGES = {"enrichment": "1001", "outreach": "1002", "discovery": "1003", "proposal": "1005",
          "closed_won": "closedwon", "closed_lost": "closedlost"}
NAMES = {"dealtype": "deal_type", "hubspot_owner_id": "owner", "monthly_fee": "mrr",
         "contract_start_date": "contract_start", "contract_end_date": "contract_end",
         "dealname": "deal_name"}


def newest_first(*changes):
    return [{"value": value, "timestamp": at, "sourceType": "CRM_UI", "sourceId": "userId:7001"}
            for at, value in reversed(changes)]


def deal(id, created, stages, **more):
    history = {"dealstage": [(created, "enrichment"), *stages], "dealtype": [(created, "newbusiness")],
               "hubspot_owner_id": [(created, "41")], "pipeline": [(created, "default")], **more}
    history["dealstage"] = [(at, STAGES[name]) for at, name in history["dealstage"]]
    return {"id": id, "createdAt": created, "updatedAt": "2025-03-10T09:00:00.000Z",
            "archived": False, "properties": {},
            "history": {name: newest_first(*told) for name, told in history.items()}}


DEALS = [
    deal("900100", "2025-01-06T09:00:00.000Z",
         [("2025-01-10T09:00:00.000Z", "outreach"), ("2025-01-24T09:00:00.000Z", "discovery"),
          ("2025-02-10T09:00:00.000Z", "proposal"), ("2025-02-20T15:00:00.000Z", "closed_won")],
         dealname=[("2025-01-06T09:00:00.000Z", "Lake Univ")],
         contract_start_date=[("2025-02-20T15:05:00.000Z", "2025-03-01")],
         contract_end_date=[("2025-02-20T15:05:00.000Z", "2026-02-28")],
         monthly_fee=[("2025-02-20T15:06:00.000Z", "2000")]),
    deal("900200", "2025-01-07T09:00:00.000Z",
         [("2025-01-13T09:00:00.000Z", "outreach"), ("2025-01-31T09:00:00.000Z", "discovery"),
          ("2025-02-14T09:00:00.000Z", "proposal"), ("2025-02-28T10:00:00.000Z", "closed_lost")],
         dealname=[("2025-01-07T09:00:00.000Z", "Hill College")],
         closed_lost_reason=[("2025-02-28T10:05:00.000Z", "Too expensive")]),
    deal("900300", "2025-01-08T09:00:00.000Z",
         [("2025-01-15T09:00:00.000Z", "outreach"), ("2025-02-03T09:00:00.000Z", "discovery"),
          ("2025-02-17T09:00:00.000Z", "proposal"), ("2025-03-03T09:00:00.000Z", "closed_won")],
         dealname=[("2025-01-08T09:00:00.000Z", "Dune Institute")]),
    deal("900400", "2025-01-09T09:00:00.000Z", [("2025-01-16T09:00:00.000Z", "outreach")],
         dealname=[("2025-01-09T09:00:00.000Z", "Cloud Lab")]),
    deal("900500", "2025-01-14T09:00:00.000Z",
         [("2025-01-21T09:00:00.000Z", "outreach"), ("2025-02-07T09:00:00.000Z", "discovery")],
         dealname=[("2025-01-14T09:00:00.000Z", "River School")]),
    deal("900600", "2025-01-15T09:00:00.000Z",
         [("2025-01-22T09:00:00.000Z", "outreach"), ("2025-03-05T09:00:00.000Z", "closed_lost")],
         dealname=[("2025-01-15T09:00:00.000Z", "Stone Academy")]),
]
MEETINGS = [
    {"id": "501", "createdAt": "2025-01-24T10:00:00.000Z", "updatedAt": "2025-01-27T16:00:00.000Z",
     "archived": False, "properties": {"hs_timestamp": "2025-01-27T15:00:00.000Z",
                                       "hs_activity_type": "Discovery call"},
     "history": {"hs_meeting_start_time": newest_first(("2025-01-24T10:00:00.000Z",
                                                        "2025-01-27T15:00:00.000Z")),
                 "hs_meeting_outcome": newest_first(("2025-01-24T10:00:00.000Z", "SCHEDULED"),
                                                    ("2025-01-27T16:00:00.000Z", "COMPLETED"))}},
]
EMAILS = [
    {"id": "601", "createdAt": "2025-01-17T09:00:00.000Z", "updatedAt": "2025-01-18T08:00:00.000Z",
     "archived": False, "properties": {"hs_timestamp": "2025-01-17T09:00:00.000Z",
                                       "hs_email_direction": "EMAIL", "hs_email_status": "SENT",
                                       "hs_template_id": "intro"},
     "history": {"hs_email_open_count": newest_first(("2025-01-18T08:00:00.000Z", "1"))}},
]
TIES = {"deals meetings": [["900100", "501"]], "deals emails": [["900400", "601"]]}

EXPERIMENTS, PLAYBOOK, ICP, LEARNINGS = "9", "10", "11", "12"
YES = asana.option("77", "Yes, it works")
V = asana.V
TASKS = [
    asana.task("1200", "2025-01-08T09:00:00.000Z", EXPERIMENTS, "92", name="Short mails are answered",
               fields=[asana.text("501", YES, "enum"), asana.text("502", "outreach_to_discovery"),
                       asana.text("503", 950.5, "number"),
                       asana.text("504", "900100, 900300, 900500"),
                       asana.text("505", f"{asana.RECORD}900200, 900400, Stone Academy"),
                       asana.text("506", "short-mails"), asana.text("507", "Short is better")]),
    asana.task("1210", "2025-01-02T09:00:00.000Z", PLAYBOOK, "100",
               fields=[asana.text("511", V[2], "enum"), asana.text("512", "second")]),
    asana.task("1215", "2025-01-03T09:00:00.000Z", ICP, "105", notes="Schools with a lab",
               fields=[asana.text("515", V[1], "enum")]),
    asana.task("1220", "2025-03-01T09:00:00.000Z", LEARNINGS, "110", name="Lost: too expensive",
               notes=f"Name the price first. {asana.RECORD}900200", fields=[asana.text("521", None)]),
    asana.task("1222", "2025-03-02T09:00:00.000Z", LEARNINGS, "110", name="Of a deal not there",
               fields=[asana.text("521", "77")]),
]
STORIES = {
    "1200": [asana.moved("8001", "2025-01-09T10:00:00.000Z", "90", "91"),
             asana.changed("8002", "2025-01-09T11:00:00.000Z", "504", "text", "",
                           "900100, 900300, 900500"),
             asana.changed("8003", "2025-01-09T12:00:00.000Z", "505", "text", "",
                           f"{asana.RECORD}900200, 900400, Stone Academy"),
             asana.moved("8004", "2025-03-10T10:00:00.000Z", "91", "92")],
    "1210": [asana.changed("8021", "2025-02-01T10:00:00.000Z", "511", "enum", V[1], V[2]),
             asana.changed("8022", "2025-02-01T10:20:00.000Z", "512", "text", "first", "second")],
}
SECTIONS = {
    EXPERIMENTS: [{"gid": "90", "name": "Backlog"}, {"gid": "91", "name": "Running"},
                  {"gid": "92", "name": "Done"}],
    PLAYBOOK: [{"gid": "100", "name": "All"}], ICP: [{"gid": "105", "name": "All"}],
    LEARNINGS: [{"gid": "110", "name": "Inbox"}],
}
FIELDS = {
    EXPERIMENTS: [asana.field("501", "Outcome", "enum", [YES]), asana.field("502", "Metric"),
                  asana.field("503", "Cost", "number"), asana.field("504", "Short mails"),
                  asana.field("505", "Control"), asana.field("506", "Id"),
                  asana.field("507", "Learning")],
    PLAYBOOK: [asana.field("511", "Version", "enum"), asana.field("512", "Changes")],
    ICP: [asana.field("515", "Version", "enum")],
    LEARNINGS: [asana.field("521", "Deal")],
}

REQUESTS = [
    dropbox_sign.request("r3", 1740906000, [dropbox_sign.signature("s3", "awaiting_signature")],
                         title="Whose is this"),
    dropbox_sign.request("r2", 1740819600, [dropbox_sign.signature("s2", "awaiting_signature")]),
    dropbox_sign.request("r1", 1740045600, [dropbox_sign.signature("s1", "signed",
                                                                   signed_at=1740063600)],
                         metadata={"hubspot_deal_id": "900100"}, is_complete=True),
]

ISSUES = [
    github.issue(3001, 57, "2025-02-21T09:00:00Z", f"{github.RECORD}900100", state="closed"),
    github.issue(3002, 58, "2025-03-04T09:00:00Z", "the second hub"),
    github.issue(3003, 59, "2025-03-05T09:00:00Z", "for whom"),
]
TIMELINES = {
    57: [github.entry(71, "assigned", "2025-02-24T09:00:00Z", assignee={"login": "a"}),
         github.entry(72, "closed", "2025-03-06T09:00:00Z", state_reason="completed")],
    58: [], 59: [],
}

LEADS = "C01LEADS"
AT = {"900100": "1736150400.000100", "900400": "1736409600.000100", "900500": "1736841600.000100",
      "900600": "1736928000.000100", None: "1736940000.000100"}
MESSAGES = [
    slack.posted(AT["900100"], "Campaign: spring\nChannel: fair\nDeal: 900100"),
    slack.posted(AT["900400"], "Campaign: spring\nChannel: web\n"
                               "<https://app.hubspot.com/contacts/1/record/0-3/900400|deal>"),
    slack.posted(AT["900500"], "Campaign: autumn\nChannel: web\nDeal: 900500"),
    slack.posted(AT["900600"], "Campaign: autumn\nChannel: fair"),
    slack.posted(AT[None], "Campaign: winter\nChannel: web"),
]

ATTEMPTS = [
    ["a-1", "900200", sheet.DAY(2025, 1, 14), "Email", "spring", "bd-1"],
    ["a-2", "900400", sheet.TIME(2025, 1, 17, 10, 30), "Phone", "", "bd-2"],
    ["a-3", "900600", sheet.DAY(2025, 1, 23), "LinkedIn", "", "bd-1"],
]

LINKS = f"""links:
  "dropbox_sign:request/r2": "900300"
  "o/r#58": "900300"
  "{slack.SITE}archives/{LEADS}/p{AT['900600'].replace('.', '')}": "900600"
"""
UNTIED = {("asana", "task/1222"), ("dropbox-sign", "request/r3"), ("github", "issue/3003"),
          ("slack", f"{slack.TEAM}/{LEADS}/{AT[None]}")}

ACCOUNTS = {
    "hubspot": """stages: { "1001": enrichment, "1002": outreach, "1003": discovery,
          "1005": proposal, closedwon: closed_won, closedlost: closed_lost }
properties: { deal_name: dealname, deal_type: dealtype, mrr: monthly_fee, owner: hubspot_owner_id,
              contract_start: contract_start_date, contract_end: contract_end_date }
meeting_types: { Discovery call: discovery }
loss_reason: closed_lost_reason
loss_reasons: { Too expensive: price }
email_campaign: hs_template_id
timezone: UTC
""",
    "asana": """projects:
  "9":
    as: experiments
    id: Id
    sections: { Running: started, Done: concluded }
    outcome: Outcome
    learning: Learning
    metric: Metric
    cost: Cost
    deals: { short: Short mails, control: Control }
    options: { "77": validated }
  "10": { as: playbook, version: Version, changelog: Changes }
  "11": { as: icp, version: Version, text: notes, changelog: name }
  "12": { as: learnings, deal: Deal, artifact: win_loss_analysis }
""",
    "dropbox-sign": "metadata: [hubspot_deal_id]\n",
    "github": "repositories: [o/r]\n",
    "slack": f"channels: [{LEADS}]\nfrom: [Wf01]\n"
             "fields: { campaign: [Campaign], channel: [Channel], deal: [Deal] }\n",
}
TOKENS = ("HUBSPOT_TOKEN", "ASANA_TOKEN", "DROPBOX_SIGN_KEY", "GITHUB_TOKEN", "SLACK_TOKEN")

# ---- the same, by hand ----


def by_hand():
    """The facts, without a word of where they come from."""
    def of(at, body, deal=None, actor=None, **fields):
        facts.append({"id": f"hand/{len(facts)}", "occurredAt": at, body: fields,
                      **({"deal": deal} if deal else {}), **({"actor": actor} if actor else {})})

    def begun(deal, at, name):
        of(at, "dealCreated", deal)
        for word, value in (("deal_name", name), ("deal_type", "newbusiness"), ("owner", "41")):
            of(at, "propertyChanged", deal, "userId:7001", name=word, value=value)
        of(at, "stageChanged", deal, "userId:7001", to="enrichment")

    def moved(deal, *moves):
        for at, stage in moves:
            of(at, "stageChanged", deal, "userId:7001", to=stage)

    facts = []
    begun("900100", "2025-01-06T09:00:00Z", "Lake Univ")
    begun("900200", "2025-01-07T09:00:00Z", "Hill College")
    begun("900300", "2025-01-08T09:00:00Z", "Dune Institute")
    begun("900400", "2025-01-09T09:00:00Z", "Cloud Lab")
    begun("900500", "2025-01-14T09:00:00Z", "River School")
    begun("900600", "2025-01-15T09:00:00Z", "Stone Academy")
    moved("900100", ("2025-01-10T09:00:00Z", "outreach"), ("2025-01-24T09:00:00Z", "discovery"),
          ("2025-02-10T09:00:00Z", "proposal"), ("2025-02-20T15:00:00Z", "closed_won"))
    moved("900200", ("2025-01-13T09:00:00Z", "outreach"), ("2025-01-31T09:00:00Z", "discovery"),
          ("2025-02-14T09:00:00Z", "proposal"), ("2025-02-28T10:00:00Z", "closed_lost"))
    moved("900300", ("2025-01-15T09:00:00Z", "outreach"), ("2025-02-03T09:00:00Z", "discovery"),
          ("2025-02-17T09:00:00Z", "proposal"), ("2025-03-03T09:00:00Z", "closed_won"))
    moved("900400", ("2025-01-16T09:00:00Z", "outreach"))
    moved("900500", ("2025-01-21T09:00:00Z", "outreach"), ("2025-02-07T09:00:00Z", "discovery"))
    moved("900600", ("2025-01-22T09:00:00Z", "outreach"), ("2025-03-05T09:00:00Z", "closed_lost"))
    for at, name, value in (("2025-02-20T15:05:00Z", "contract_start", "2025-03-01"),
                            ("2025-02-20T15:05:00Z", "contract_end", "2026-02-28"),
                            ("2025-02-20T15:06:00Z", "mrr", "2000")):
        of(at, "propertyChanged", "900100", "userId:7001", name=name, value=value)
    of("2025-02-28T10:05:00Z", "lossRecorded", "900200", "userId:7001", reason="price",
       note="Too expensive")
    for at, outcome in (("2025-01-24T10:00:00Z", "scheduled"), ("2025-01-27T16:00:00Z", "completed")):
        of(at, "meetingLogged", "900100", "userId:7001", meeting="501", type="discovery",
           startsAt="2025-01-27T15:00:00Z", outcome=outcome)
    of("2025-01-17T09:00:00Z", "emailSent", "900400", email="601", campaign="intro")
    of("2025-01-18T08:00:00Z", "emailOpened", "900400", email="601", counted=True)

    of("2025-01-09T10:00:00Z", "experimentStarted", None, "6", experiment="short-mails",
       hypothesis="Short mails are answered", metric="outreach_to_discovery", cost="950.5")
    for arm, at, deals in (("short", "2025-01-09T11:00:00Z", ("900100", "900300", "900500")),
                           ("control", "2025-01-09T12:00:00Z", ("900200", "900400", "900600"))):
        for deal in deals:
            of(at, "dealEnrolled", deal, "6", experiment="short-mails", arm=arm)
    of("2025-03-10T10:00:00Z", "experimentConcluded", None, "6", experiment="short-mails",
       outcome="validated", learning="Short is better")
    of("2025-01-02T09:00:00Z", "playbookPublished", None, "5", version="v1", changelog="first")
    of("2025-02-01T10:00:00Z", "playbookPublished", None, "6", version="v2", changelog="second")
    of("2025-01-03T09:00:00Z", "icpPublished", None, "5", version="v1", changelog="A task",
       text="Schools with a lab")
    of("2025-03-01T09:00:00Z", "learningRecorded", "900200", "5",
       text=f"Name the price first. {asana.RECORD}900200")
    of("2025-03-01T09:00:00Z", "artifactLinked", "900200", "5", kind="win_loss_analysis",
       url="https://app.asana.com/0/0/1220")

    of("2025-02-20T10:00:00Z", "agreementSent", "900100", agreement="r1")
    of("2025-02-20T15:00:00Z", "agreementSigned", "900100", agreement="r1", signer="s1")
    of("2025-03-01T09:00:00Z", "agreementSent", "900300", agreement="r2")

    hubs = "https://github.com/o/r/issues/"
    of("2025-02-21T09:00:00Z", "handoffOpened", "900100", issueUrl=f"{hubs}57")
    of("2025-02-24T09:00:00Z", "handoffAccepted", "900100", issueUrl=f"{hubs}57")
    of("2025-03-06T09:00:00Z", "serviceStarted", "900100")
    of("2025-03-04T09:00:00Z", "handoffOpened", "900300", issueUrl=f"{hubs}58")

    of("2025-01-06T08:00:00.0001Z", "leadCaptured", "900100", campaign="spring", channel="fair")
    of("2025-01-09T08:00:00.0001Z", "leadCaptured", "900400", campaign="spring", channel="web")
    of("2025-01-14T08:00:00.0001Z", "leadCaptured", "900500", campaign="autumn", channel="web")
    of("2025-01-15T08:00:00.0001Z", "leadCaptured", "900600", campaign="autumn", channel="fair")

    of("2025-01-14T17:00:00Z", "outreachAttempted", "900200", "bd-1", channel="email")
    of("2025-01-14T17:00:00Z", "emailSent", "900200", "bd-1", email="a-1", campaign="spring")
    of("2025-01-17T15:30:00Z", "outreachAttempted", "900400", "bd-2", channel="phone")
    of("2025-01-23T17:00:00Z", "outreachAttempted", "900600", "bd-1", channel="linkedin")
    return facts


QUESTIONS = [
    ("review",), ("review", "--monthly"), ("cohorts", "--at", "outreach", "--by", "channel"),
    ("cohorts", "--at", "outreach", "--by", "arm:short-mails", "--by", "playbook"),
    ("experiments",), ("leads",), ("leads", "--by", "channel"), ("handoff",), ("learnings",),
    ("metrics",), ("losses",),
]


class Team(harness.Place):
    def setUp(self):
        super().setUp()
        shutil.rmtree(self.folder / "ledger")
        self.run_program("init")
        self.fakes = {"asana": asana.Asana(), "dropbox-sign": dropbox_sign.DropboxSign(REQUESTS),
                      "github": github.GitHub(ISSUES, TIMELINES),
                      "slack": slack.Slack({LEADS: MESSAGES}), "sheet": sheet.Sheet(ATTEMPTS)}
        self.fakes["asana"].tasks, self.fakes["asana"].stories = TASKS, STORIES
        self.fakes["asana"].sections, self.fakes["asana"].fields = SECTIONS, FIELDS
        self.fakes["asana"].events = {project: [] for project in SECTIONS}
        self.fakes["sheet"].scheme = None
        for one in self.fakes.values():
            self.addCleanup(one.close)
        self.addresses = {word: one.url for word, one in self.fakes.items()}
        self.addresses["hubspot"] = self.start_hubspot()
        for word, text in ACCOUNTS.items():
            self.write(f"{word}.yaml", text)
        self.write("links.yaml", LINKS)
        shutil.copy(sheet.MAP, self.folder / "map.yaml")
        self.write("sources.yaml", self.sources())

    def start_hubspot(self):
        account = self.folder / "account"
        account.mkdir()
        for name in ("pipelines", "owners", "details", "properties"):
            shutil.copy(HUBSPOT / "account" / f"{name}.json", account)
        for name, held in (("deals", DEALS), ("meetings", MEETINGS), ("emails", EMAILS),
                           ("associations", TIES)):
            (account / f"{name}.json").write_text(json.dumps(held))
        server = fake_hubspot.Server(fake_hubspot.options(["--account", str(account), "--token",
                                                           fake.TOKEN]))
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_address[1]}"

    def sources(self, words=("hubspot", "asana", "dropbox-sign", "github", "slack", "sheet")):
        lines = ["sources:"]
        for word in words:
            lines += [f"  - import: {word}", "    every: 1h", f"    base-url: {self.addresses[word]}"]
        lines += [f"    address: https://docs.google.com/spreadsheets/d/{sheet.ID}/edit#gid=0",
                  "    map: map.yaml"]
        return "\n".join(lines) + "\n"

    def bring(self, *args):
        """Imports all; what each says, by its source."""
        found = self.ask("import", "all", *args, **{name: fake.TOKEN for name in TOKENS})
        self.assertEqual({one["result"] for one in found["imports"]}, {"done"})
        return {one["source"]: one for one in found["imports"]}

    def by_hand(self):
        self.write("hand.jsonl", "".join(json.dumps(fact) + "\n" for fact in by_hand()))
        self.run_program("init", "--ledger", "hand")
        self.run_program("import", "jsonl", "hand.jsonl", "--ledger", "hand")

    def facts(self, ledger):
        """The ledger's events, without what says where they come from, when they came, and when
        HubSpot learnt of them."""
        found = []
        for line in self.run_program("export", "jsonl", "--ledger", ledger)[0].splitlines():
            one = json.loads(line)
            for key in ("id", "seq", "recordedAt", "source", "sourceRecordedAt"):
                one.pop(key, None)
            found.append(json.dumps(one, sort_keys=True))
        return sorted(found)

    def answers(self, ledger):
        """To all questions, without what must differ: the ledger's size and root. No answer has an
        event's id or source, so both are compared nowhere."""
        found = {}
        for question in QUESTIONS:
            answer = self.ask(*question, "--as-of", AS_OF, "--ledger", ledger)
            self.assertEqual(set(answer.pop("ledger")), {"seq", "root"})
            found[" ".join(question)] = answer
        return found

    def check_answers(self):
        self.maxDiff = None
        imported, hand = self.answers("ledger"), self.answers("hand")
        for question, answer in imported.items():
            with self.subTest(question):
                self.assertEqual(answer, hand[question])
        return imported

    def untied(self):
        found = self.ask("deals", "--unlinked")
        self.assertEqual(found["asOf"][:10], self.now[:10])
        return {(one["source"], one["object"]) for one in found["unlinked"]}

    def test_the_answers_are_those_of_the_history_by_hand(self):
        self.bring()
        self.by_hand()
        self.assertEqual(self.facts("ledger"), self.facts("hand"))
        found = self.check_answers()
        # It is about something.
        arms = found["experiments"]["experiments"][0]["arms"]
        self.assertEqual({one["arm"]: (one["n"], one["converted"]) for one in arms},
                         {"short": (3, 3), "control": (3, 1)})
        self.assertEqual({one["deal"]: one["waiting"] for one in found["handoff"]["deals"]},
                         {"900100": "health", "900300": "signed"})
        self.assertEqual({row["values"][0]: row["n"] for row in found["leads"]["rows"]},
                         {"spring": 2, "autumn": 2})
        self.assertEqual([one["stage"] for one in found["learnings"]["learnings"]],
                         ["closed_lost", None])
        self.assertEqual(len(found["learnings"]["missing"]), 3)
        review, monthly = found["review"], found["review --monthly"]
        for part in (review["off"], review["figures"], review["flow"], review["closed"],
                     review["experiments"], review["handoff"], review["stalled"],
                     monthly["closed"], monthly["losses"], monthly["learnings"],
                     monthly["versions"]):
            self.assertTrue(part)

    def test_a_second_run_adds_nothing(self):
        self.bring()
        before = self.run_program("export", "jsonl")[0]
        for args in (("--now",), ("--now",)):
            for source, found in self.bring(*args).items():
                with self.subTest(source):
                    self.assertEqual(found["added"], 0)
                    self.assertFalse(found["corrected"] or found["differ"])
        self.assertEqual(self.run_program("export", "jsonl")[0], before)

    def test_what_nothing_ties_to_a_deal_is_listed_and_nothing_else(self):
        self.bring()
        self.assertEqual(self.untied(), UNTIED)

    def test_deals_may_come_after_what_is_theirs(self):
        self.write("sources.yaml", self.sources(["slack", "github", "dropbox-sign", "asana",
                                                 "hubspot", "sheet"]))
        self.bring()
        self.assertGreater(len(self.untied()), len(UNTIED))
        self.now = "2025-06-01T09:00:00Z"
        found = self.bring()
        self.assertEqual(found["asana"]["answer"]["tiedLater"], 8)
        self.assertEqual({one["differ"] or 0 for one in found.values()}, {0})
        self.assertEqual(self.untied(), UNTIED)
        self.by_hand()
        self.assertEqual(self.facts("ledger"), self.facts("hand"))


if __name__ == "__main__":
    harness.main()
