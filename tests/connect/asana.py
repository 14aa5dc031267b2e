#!/usr/bin/env python3
"""Experiments, versions and learnings, out of an Asana on loopback."""

import copy

import fake
import harness
from harness import event

EXPERIMENTS, PLAYBOOK, LEARNINGS, DEALS = "9", "10", "11", "12"


def part(value, paths):
    """Of a resource its gid and what is named; of other objects all."""
    if isinstance(value, list):
        return [part(one, paths) for one in value]
    if not isinstance(value, dict) or "gid" not in value:
        return value
    found = {"gid": value["gid"]}
    for path in paths:
        name, _, rest = path.partition(".")
        if name in value:
            below = [one[len(name) + 1:] for one in paths if one.startswith(name + ".")]
            found[name] = part(value[name], below)
    return found


class Asana(fake.Fake):
    limited = (429, {"errors": [{"message": "You have made too many requests recently."}]},
               {"Retry-After": "0"})
    refused = (401, {"errors": [{"message": "Not Authorized"}]}, {})

    def __init__(self):
        super().__init__()
        self.date = "Sun, 01 Jun 2025 08:00:00 GMT"
        self.tasks, self.stories = copy.deepcopy(TASKS), copy.deepcopy(STORIES)
        self.sections, self.fields = copy.deepcopy(SECTIONS), copy.deepcopy(FIELDS)
        self.events = {project: [] for project in self.sections}
        self.tokens_from = 0       # tokens of an earlier time have expired
        self.time = 0
        self.page = 2              # records; the service gives up to 100
        self.expire_page = 0       # so many offsets are refused as expired
        self.hidden = set()        # fields that the token may not see
        self.no_events = None      # events are answered with this status
        self.circle = False        # events come again and again
        self.slip = None           # a task that is deleted once it is listed

    def answer(self, asked):
        names = asked.path.strip("/").split("/")
        if names == ["events"]:
            return self.answer_events(asked.query)
        if names == ["users", "me"]:
            return {"data": {"gid": "5", "workspaces": [{"gid": "1", "name": "Team"}]}}
        if names == ["tasks"]:
            return self.list(asked, [one for one in self.tasks if self.is_in(one, asked.query)])
        if names == ["projects"]:
            return self.list(asked, [{"gid": gid, "name": name} for gid, name in
                                     ((EXPERIMENTS, "GM experiments"), (PLAYBOOK, "The Playbook"),
                                      (LEARNINGS, "Something else"))])
        if names[0] == "tasks":
            task = [one for one in self.tasks if one["gid"] == names[1]]
            if not task:
                return self.error(404, f"task: Unknown object: {names[1]}")
            if len(names) == 2:
                return {"data": self.shown(task[0], asked.query)}
            if names[1] == self.slip:
                return self.error(404, "task: Not a recognized ID")
            return self.list(asked, self.stories.get(names[1], []))
        if names[0] == "projects" and names[1] in self.sections:
            if names[2] == "sections":
                return self.list(asked, self.sections[names[1]])
            return self.list(asked, [{"gid": f"s{one['gid']}", "custom_field": one}
                                     for one in self.fields[names[1]]])
        return self.error(404, "Not Found")

    def error(self, status, message, **more):
        return fake.Reply(status, {"errors": [{"message": message, "help": "..."}], **more})

    def is_in(self, task, query):
        return (any(one["project"]["gid"] == query["project"] for one in task["memberships"])
                and task["modified_at"] >= query.get("modified_since", ""))

    def shown(self, record, query):
        paths = [one for one in query.get("opt_fields", "name").split(",")
                 if one.split(".")[0] not in self.hidden]
        return part(record, paths)

    def list(self, asked, records):
        query = asked.query
        if not 1 <= int(query.get("limit", 0)) <= 100:
            return self.error(400, "The result is too large. You should use pagination")
        offset = query.get("offset")
        if offset and self.expire_page:
            self.expire_page -= 1
            return self.error(400, "offset: Your pagination token has expired.")
        at = int(offset.removeprefix("eyJ")) if offset else 0
        more = at + self.page < len(records)
        return {"data": [self.shown(one, query) for one in records[at:at + self.page]],
                "next_page": {"offset": f"eyJ{at + self.page}", "path": "/x", "uri": "https://x"}
                if more else None}

    def answer_events(self, query):
        """A token is a time and a place: `time:place`."""
        if self.no_events:
            return self.error(self.no_events, "Forbidden")
        project = query["resource"]
        every = self.events[project]
        token = query.get("sync")
        if not token or int(token.split(":")[0]) < self.tokens_from:
            return self.error(412, "Sync token invalid or too old.",
                              sync=f"{self.time}:{len(every)}")
        if self.circle:
            return {"data": [], "sync": "0:0", "has_more": True}
        at = int(token.split(":")[1])
        found = every[at:at + self.page]
        return {"data": found, "sync": f"{self.time}:{at + len(found)}",
                "has_more": at + len(found) < len(every)}

    # --- what happens ---

    def task(self, gid):
        return next(one for one in self.tasks if one["gid"] == gid)

    def happen(self, gid, story=None, action="added"):
        task = self.task(gid)
        for one in task["memberships"]:
            self.events[one["project"]["gid"]].append(
                {"action": action, "created_at": "2025-06-02T08:00:00.000Z", "user": None,
                 "resource": {"gid": story["gid"] if story else gid,
                              "resource_type": "story" if story else "task"},
                 "parent": {"gid": gid, "resource_type": "task"} if story else None})
        if story:
            self.stories.setdefault(gid, []).append(story)
            task["modified_at"] = story["created_at"]
        elif action == "deleted":
            self.tasks.remove(task)

    def set(self, gid, field, **value):
        next(one for one in self.task(gid)["custom_fields"] if one["gid"] == field).update(value)


def option(gid, name):
    return {"gid": gid, "name": name, "enabled": True, "resource_type": "enum_option"}


def text(gid, value, kind="text", **more):
    key = {"text": "text_value", "number": "number_value", "enum": "enum_value",
           "multi_enum": "multi_enum_values"}[kind]
    return {"gid": gid, "name": f"field {gid}", "resource_subtype": kind, "display_value": "...",
            key: value, **more}


def task(gid, created, project, section, fields=(), name="A task", notes="", **more):
    return {"gid": gid, "name": name, "notes": notes, "created_at": created,
            "created_by": {"gid": "5", "name": "J C"}, "modified_at": created, "completed": False,
            "permalink_url": f"https://app.asana.com/1/1/project/{project}/task/{gid}",
            "memberships": [{"project": {"gid": project, "name": "P"},
                             "section": {"gid": section, "name": "S"}}],
            "custom_fields": list(fields), **more}


def story(gid, at, kind, **more):
    return {"gid": gid, "created_at": at, "created_by": {"gid": "6", "name": "K D"},
            "type": "system", "resource_subtype": kind, "text": "in the language of the reader",
            **more}


def moved(gid, at, old, new):
    return story(gid, at, "section_changed", new_section={"gid": new, "name": "x"},
                 old_section={"gid": old, "name": "y"} if old else None)


def changed(gid, at, field, kind, old, new):
    key = {"multi_enum": "multi_enum_values"}.get(kind, f"{kind}_value")
    return story(gid, at, f"{kind}_custom_field_changed", custom_field={"gid": field, "name": "f"},
                 **{f"old_{key}": old, f"new_{key}": new})


SECTIONS = {
    EXPERIMENTS: [{"gid": "90", "name": "Backlog"}, {"gid": "91", "name": "Running"},
                  {"gid": "92", "name": "Done"}, {"gid": "93", "name": "Archive"}],
    PLAYBOOK: [{"gid": "100", "name": "All"}],
    LEARNINGS: [{"gid": "110", "name": "Inbox"}],
    DEALS: [{"gid": "120", "name": "Discovery"}],
}
YES, NO = option("77", "Yes, it works"), option("78", "Refuted")
SHORT, LONG = option("81", "Short mails"), option("82", "Long calls")


def field(gid, name, kind="text", options=()):
    return {"gid": gid, "name": name, "resource_subtype": kind, "enum_options": list(options)}


FIELDS = {
    EXPERIMENTS: [field("501", "Outcome", "enum", [YES, NO]), field("502", "Metric"),
                  field("503", "Cost", "number"), field("504", "Deals"), field("505", "Control")],
    PLAYBOOK: [field("511", "Version", "enum"), field("512", "Changes")],
    LEARNINGS: [field("521", "Deal")],
    DEALS: [field("531", "Experiment", "multi_enum", [SHORT, LONG]), field("532", "Arm")],
}
RECORD = "https://app.hubspot.com/contacts/24/record/0-3/"
V = {n: option(f"6{n}", f"v{n}") for n in (1, 2, 3, 4)}

TASKS = [
    task("1200", "2025-03-01T09:00:00.123Z", EXPERIMENTS, "93", name="Short mails are answered",
         fields=[text("501", YES, "enum"), text("502", "reply_rate"),
                 text("503", 950.5, "number"),
                 text("504", f"900100, {RECORD}900200"), text("505", "Dune Institute")]),
    task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91", name="Calls",
         fields=[text("501", None, "enum"), text("502", None), text("503", 5, "number"),
                 text("504", "900100"), text("505", None)]),
    task("1202", "2025-03-03T09:00:00.000Z", EXPERIMENTS, "90", name="An idea",
         fields=[text("501", None, "enum"), text("502", None), text("503", None, "number"),
                 text("504", None), text("505", None)]),
    task("1210", "2025-01-02T09:00:00.000Z", PLAYBOOK, "100", notes="All that is new in v3",
         fields=[text("511", V[3], "enum"), text("512", "third")]),
    task("1220", "2025-04-01T09:00:00.000Z", LEARNINGS, "110", name="Lost: no budget",
         notes=f"They had no budget. {RECORD}900100", fields=[text("521", None)]),
    task("1221", "2025-04-02T09:00:00.000Z", LEARNINGS, "110", name="Ask for the budget first",
         fields=[text("521", None)]),
    task("1222", "2025-04-03T09:00:00.000Z", LEARNINGS, "110", name="Of a deal that is not there",
         fields=[text("521", "77")]),
    task("1230", "2025-02-01T09:00:00.000Z", DEALS, "120", name="Hill College - GM",
         fields=[text("531", [SHORT, LONG], "multi_enum"), text("532", "long")]),
]
STORIES = {
    "1200": [
        # not in their order
        moved("8004", "2025-03-20T10:00:00.000Z", "92", "93"),
        moved("8001", "2025-03-05T10:00:00.000Z", "90", "91"),
        moved("8003", "2025-03-19T10:00:00.000Z", "91", "92"),
        moved("8002", "2025-03-18T10:00:00.000Z", "30", "31"),  # in another project
        story("8005", "2025-03-18T10:00:00.000Z", "comment_added", type="comment"),
        changed("8006", "2025-03-06T10:00:00.000Z", "504", "text", "",
                f"900100, {RECORD}900300"),
        changed("8007", "2025-03-07T10:00:00.000Z", "504", "text", f"900100, {RECORD}900300",
                f"900100, {RECORD}900200"),
        story("8008", "2025-03-18T10:00:00.000Z", "hatched"),
    ],
    "1201": [moved("8011", "2025-03-10T10:00:00.000Z", "91", "92"),
             moved("8012", "2025-03-11T10:00:00.000Z", "92", "91"),
             changed("8013", "2025-03-12T10:00:00.000Z", "504", "text", None, "900100")],
    "1210": [changed("8021", "2025-02-01T10:00:00.000Z", "511", "enum", V[1], V[2]),
             changed("8022", "2025-02-01T10:20:00.000Z", "512", "text", "first", "second"),
             changed("8023", "2025-03-01T10:00:00.000Z", "511", "enum", V[2], V[3]),
             changed("8024", "2025-03-01T10:10:00.000Z", "512", "text", "second", "third")],
    "1230": [changed("8031", "2025-03-05T11:00:00.000Z", "531", "multi_enum", [], [LONG]),
             changed("8032", "2025-03-06T11:00:00.000Z", "531", "multi_enum", [LONG],
                     [SHORT, LONG])],
}


def told(id, at, body, fields, ref, deal=None, actor="6", how=None):
    return event(f"asana:{id}", at, body, fields, "asana", ref, deal, how, actor)


def of(gid):
    return f"asana:task/{gid}"


HISTORY = [
    told("story/8001", "2025-03-05T10:00:00Z", "experimentStarted",
         {"experiment": of("1200"), "hypothesis": "Short mails are answered",
          "metric": "reply_rate", "cost": "950.5"}, "task/1200"),
    told("story/8003", "2025-03-19T10:00:00Z", "experimentConcluded",
         {"experiment": of("1200"), "outcome": "validated"}, "task/1200"),
    told("story/8006/900100", "2025-03-06T10:00:00Z", "dealEnrolled",
         {"experiment": of("1200"), "arm": "short"}, "enrolment/1200/900100", "900100"),
    told("story/8007/900200", "2025-03-07T10:00:00Z", "dealEnrolled",
         {"experiment": of("1200"), "arm": "short"}, "enrolment/1200/900200", "900200"),
    told("task/1200/field/505/Dune Institute", "2025-03-01T09:00:00.123Z", "dealEnrolled",
         {"experiment": of("1200"), "arm": "control"}, "enrolment/1200/Dune Institute", "900300",
         actor="5"),
    told("task/1201/started", "2025-03-02T09:00:00Z", "experimentStarted",
         {"experiment": of("1201"), "hypothesis": "Calls", "cost": "5"}, "task/1201", actor="5"),
    told("story/8013/900100", "2025-03-12T10:00:00Z", "dealEnrolled",
         {"experiment": of("1201"), "arm": "short"}, "enrolment/1201/900100", "900100"),
    told("task/1210/published", "2025-01-02T09:00:00Z", "playbookPublished",
         {"version": "v1", "changelog": "first"}, "task/1210", actor="5"),
    told("story/8021", "2025-02-01T10:00:00Z", "playbookPublished",
         {"version": "v2", "changelog": "second"}, "task/1210"),
    told("story/8023", "2025-03-01T10:00:00Z", "playbookPublished",
         {"version": "v3", "changelog": "third", "text": "All that is new in v3"}, "task/1210"),
    told("task/1220/recorded", "2025-04-01T09:00:00Z", "learningRecorded",
         {"text": f"They had no budget. {RECORD}900100"}, "task/1220", "900100", actor="5"),
    told("task/1220/recorded/artifact", "2025-04-01T09:00:00Z", "artifactLinked",
         {"kind": "win_loss", "url": "https://app.asana.com/0/0/1220"}, "task/1220", "900100",
         actor="5"),
    told("task/1221/recorded", "2025-04-02T09:00:00Z", "learningRecorded",
         {"text": "Ask for the budget first"}, "task/1221", actor="5"),
    told("story/8031/82", "2025-03-05T11:00:00Z", "dealEnrolled",
         {"experiment": "Long calls", "arm": "long"}, "task/1230", "900200"),
    told("story/8032/81", "2025-03-06T11:00:00Z", "dealEnrolled",
         {"experiment": of("1200"), "arm": "long"}, "task/1230", "900200"),
]
CONCLUDED = told("story/8041", "2025-06-02T08:00:00Z", "experimentConcluded",
                 {"experiment": of("1201"), "outcome": "refuted"}, "task/1201")
ACCOUNT = """projects:
  "9":
    as: experiments
    sections: { Backlog: planned, Running: started, "92": concluded }
    outcome: Outcome
    metric: Metric
    cost: "503"
    deals: { short: Deals, control: Control }
    options: { "77": validated }
  "10": { as: playbook, version: Version, changelog: Changes, text: notes }
  "11": { as: learnings, deal: Deal, artifact: win_loss }
  "12":
    as: deals
    experiment: Experiment
    arm: Arm
    titles: ["{name} - GM"]
    options: { Short mails: "asana:task/1200" }
"""


class Tasks(harness.Connector):
    word, system, token_variable = "asana", "asana", "ASANA_TOKEN"
    account = ACCOUNT
    history = HISTORY
    afterwards = [one for one in HISTORY if one["id"] != "asana:story/8006/900100"] + [
        CONCLUDED,
        told("story/8042", "2025-06-02T09:00:00Z", "experimentStarted",
             {"experiment": of("1202"), "hypothesis": "An idea"}, "task/1202"),
    ]
    hang_points = (3, 12, 24)
    traced = (('"gid":"1200"', '"resource_subtype":"section_changed"', '"offset":"eyJ2"',
               '"number_value":"<number>"', '"created_at":"2025-03-01T09:00:00.123Z"'),
              ("Short mails", "Dune", "J C", "K D", "budget", "950.5", "in the language", "GM"))

    def make_fake(self):
        return Asana()

    def later(self, service):
        """One is concluded, one is started, and a deal is taken out of one."""
        service.set("1201", "501", enum_value=NO)
        service.happen("1201", moved("8041", "2025-06-02T08:00:00.000Z", "91", "92"))
        service.happen("1202", moved("8042", "2025-06-02T09:00:00.000Z", "90", "91"))
        service.set("1200", "504", text_value="900200")
        service.happen("1200", changed("8043", "2025-06-02T10:00:00.000Z", "504", "text",
                                       f"900100, {RECORD}900200", "900200"))

    def vanish(self, service):
        service.tasks.remove(service.task("1220"))
        return "task/1220"

    def undo(self, service):
        """Without a story."""
        service.set("1201", "504", text_value=None)
        service.happen("1201", action="changed")

    def redo(self, service):
        service.set("1201", "504", text_value="900100")
        service.happen("1201", action="changed")

    def hostile(self, service):
        service.page = 100
        for i, bad in enumerate(harness.HOSTILE):
            gid = f"7{i}"
            for project, section in ((EXPERIMENTS, "91"), (PLAYBOOK, "100"), (LEARNINGS, "110"),
                                     (DEALS, "120")):
                one = task(f"{project}{gid}", f"2025-04-01T12:00:{i:02}.000Z", project, section,
                           name=bad, notes=bad,
                           fields=[text("501", option(bad, bad), "enum"), text("502", bad),
                                   text("503", bad, "number"), text("504", f"{bad}, 900100"),
                                   text("505", bad), text("511", bad), text("512", 7, "enum"),
                                   text("521", bad), text("531", [bad, 7, None], "multi_enum"),
                                   text("532", bad), 7, None])
                service.tasks.append(one)
                service.stories[one["gid"]] = [
                    story(bad, "2025-04-02T12:00:00.000Z", bad),
                    story(f"{project}5{i}", bad, "section_changed", new_section=bad),
                    changed(f"{project}6{i}", "2025-04-02T12:00:00.000Z", "504", "text", bad, bad),
                    changed(f"{project}7{i}", "2025-04-02T12:00:00.000Z", "511", "text", bad,
                            f"{bad}2"),
                    changed(f"{project}8{i}", "2025-04-02T12:00:00.000Z", "531", "multi_enum", bad,
                            [option(bad, bad)]), 7, None]

    def notes_of(self, found):
        return {one["note"]: one for one in found["notes"]}

    def paths(self):
        return [one.path for one in self.fake.asked]

    # --- what is this service's own ---

    def test_what_is_left_out_is_said(self):
        found = self.bring()
        notes = self.notes_of(found)
        self.assertEqual(notes["storiesUnknown"]["which"], ["hatched"])
        self.assertEqual(notes["learningsAlone"]["n"], 1)
        self.assertEqual([(one["object"], one["why"]) for one in found["unlinked"]],
                         [("task/1222", "not_there")])
        self.write("links.yaml", 'links: { "asana:task/1222": "900300" }\n')
        self.assertEqual(self.bring()["unlinked"], [])

    def test_an_enrolment_whose_deal_comes_later_is_told_then(self):
        self.fake.set("1202", "504", text_value="900400")
        self.fake.task("1202")["memberships"][0]["section"]["gid"] = "91"
        self.fake.stories["1202"] = [moved("8091", "2025-03-05T10:00:00.000Z", "90", "91")]
        self.assertEqual([one["object"] for one in self.bring()["unlinked"]],
                         ["enrolment/1202/900400", "task/1222"])
        self.write("late.jsonl", '{"id":"late","occurredAt":"2025-01-08T09:00:00Z","deal":"900400",'
                   '"dealCreated":{"name":"Cloud Lab"}}\n')
        self.run_program("import", "jsonl", "late.jsonl")
        found = self.bring()
        self.assertEqual([one["object"] for one in found["unlinked"]], ["task/1222"])
        self.assertEqual((found["tiedLater"], found["added"], found["differ"]), (1, 1, 0))
        self.assertEqual([one["deal"] for one in self.events("asana")
                          if one["source"]["ref"] == "enrolment/1202/900400"], ["900400"])

    def test_a_run_after_which_nothing_moved_reads_no_task(self):
        self.bring()
        self.fake.forget()
        self.bring()
        self.assertEqual([one for one in self.paths() if "task" in one.split("/")[1]], [])
        self.assertEqual(self.paths().count("/events"), 4)

    def test_events_say_what_is_looked_at(self):
        self.bring()
        self.fake.forget()
        self.later(self.fake)
        found = self.bring()
        self.check_events(self.afterwards)
        self.assertEqual(sorted(one for one in self.paths() if one.startswith("/tasks")),
                         sorted(f"/tasks/{gid}{rest}" for gid in ("1200", "1201", "1202")
                                for rest in ("", *["/stories"] * (5 if gid == "1200" else 2 if
                                                                  gid == "1201" else 1))))
        self.assertEqual(found["differ"], 0)

    def test_a_token_of_events_that_is_too_old_leads_to_what_was_modified(self):
        self.bring()
        self.fake.forget()
        self.fake.time = self.fake.tokens_from = 1
        self.later(self.fake)
        self.bring()
        self.check_events(self.afterwards)
        since = [one.query["modified_since"] for one in self.fake.asked
                 if "modified_since" in one.query]
        self.assertEqual(set(since), {"2025-06-01T07:59:00Z"})
        self.assertEqual([one.path for one in self.fake.asked if "tasks/1221" in one.path], [])
        self.assertEqual(self.bring()["added"], 0)

    def test_where_events_are_refused_what_was_modified_is_read(self):
        self.fake.no_events = 403
        self.assertEqual(self.notes_of(self.bring())["eventsUnread"]["n"], 4)
        self.later(self.fake)
        self.bring()
        self.check_events(self.afterwards)

    def test_a_task_that_is_deleted_is_said_by_its_event(self):
        self.bring()
        self.fake.happen("1220", action="deleted")
        found = self.bring()
        self.assertEqual([(one["object"], one["service"]) for one in found["differences"]],
                         [("task/1220", "gone")])
        self.check_events(HISTORY)

    def test_what_is_undone_is_taken_back(self):
        self.bring()
        self.fake.happen("1200", moved("8051", "2025-06-02T08:00:00.000Z", "93", "90"))
        self.bring()
        self.assertEqual([], [one for one in self.events("asana")
                              if one["source"]["ref"] == "task/1200"])
        self.assertEqual(self.bring("--again")["added"], 0)

    def test_the_text_of_a_version_stays_with_it(self):
        self.bring()
        self.fake.task("1210")["notes"] = "All that is new in v4"
        self.fake.set("1210", "511", enum_value=V[4])
        self.fake.happen("1210", changed("8061", "2025-06-02T08:00:00.000Z", "511", "enum",
                                         V[3], V[4]))
        self.bring()
        texts = {one["playbookPublished"]["version"]: one["playbookPublished"].get("text")
                 for one in self.events("asana") if "playbookPublished" in one}
        self.assertEqual(texts, {"v1": None, "v2": None, "v3": "All that is new in v3",
                                 "v4": "All that is new in v4"})
        self.assertEqual(self.bring("--again")["added"], 0)

    def test_what_has_no_story_is_dated_when_it_was_found(self):
        self.fake.task("1202")["memberships"][0]["section"]["gid"] = "92"
        self.fake.stories["1202"] = [moved("8071", "2025-03-05T10:00:00.000Z", "93", "90")]
        self.fake.set("1210", "511", enum_value=V[4])
        self.fake.set("1230", "531", multi_enum_values=[LONG])
        self.fake.set("1201", "504", text_value="900100,900200")
        self.assertEqual(self.notes_of(self.bring())["foundNow"]["n"], 3)
        found = {one["id"]: one for one in self.events("asana")
                 if one["source"].get("how") == "observed"}
        self.assertEqual(set(found), {"asana:task/1202/found/concluded",
                                      "asana:task/1210/found/published",
                                      "asana:task/1201/found/field/504/900200"})
        self.assertEqual({one["occurredAt"] for one in found.values()}, {harness.NOW})
        self.now = "2025-06-02T08:00:00Z"
        self.assertEqual(self.bring("--again")["added"], 0)
        self.fake.happen("1202", moved("8072", "2025-06-01T10:00:00.000Z", "90", "92"))
        self.bring()
        self.assertIn("asana:story/8072", [one["id"] for one in self.events("asana")])
        self.assertNotIn("asana:task/1202/found/concluded",
                         [one["id"] for one in self.events("asana")])

    def test_a_later_run_that_is_killed_is_gone_on_with(self):
        self.bring()
        self.later(self.fake)
        for gid in ("1200", "1202"):  # so that there are batches after the first one
            self.fake.happen(gid, story(f"{gid}9", "2025-06-02T11:00:00.000Z", "comment_added"))
        for point in (5, 8, 12):
            self.fake.forget()
            self.fake.hang_at = point
            process = self.start(*self.arguments(), **self.token())
            self.assertTrue(self.fake.hung.wait(60))
            process.kill()
            process.communicate()
            self.fake.released.set()
            self.fake.forget()
            self.fake.released.clear()
        self.bring()
        self.check_events(self.afterwards)
        self.assertEqual(self.bring()["added"], 0)

    def test_a_time_to_come_hides_no_change(self):
        self.fake.no_events = 403
        self.fake.date = "Fri, 01 Jan 2100 00:00:00 GMT"
        self.check_time_to_come()

    def test_events_that_say_the_same_again_and_again_end(self):
        self.bring()
        answer, at = self.fake.answer_events, [0]

        def repeat(query):
            if query["resource"] != EXPERIMENTS:
                return answer(query)
            at[0] += 1
            return {**answer(query), "has_more": True, "sync": f"{10 ** 6 + at[0]}:0",
                    "data": [{"action": "changed", "resource": {"gid": "999999",
                                                                "resource_type": "task"}}]}
        self.fake.answer_events = repeat
        found = self.bring()
        self.assertIn("eventsRepeated", {one["note"] for one in found["notes"]})
        self.assertEqual(found["added"], 0)

    def test_a_listing_that_does_not_say_how_it_goes_on_is_refused(self):
        listed = self.fake.list
        repeated = lambda page: {**page, "next_page": {"offset": f"o{len(self.fake.asked)}"}}
        for change, says in (
                (lambda page: {**page, "next_page": "more"}, "next_page"),
                (lambda page: {**page, "next_page": {"offset": 7}}, "offset"),
                (repeated, "nothing new")):
            with self.subTest(says):
                self.fake.list = lambda asked, records: change(
                    listed(asked._replace(query={**asked.query, "offset": None}), records))
                _, said = self.run_program(*self.arguments(), code=8, **self.token())
                self.assertIn(says, said)

    def test_events_that_go_in_a_circle_end(self):
        self.bring()
        self.fake.circle = True
        _, said = self.run_program(*self.arguments(), code=8, **self.token())
        self.assertIn("in a circle", said)

    def test_a_project_that_cannot_be_seen_is_said_and_nothing_is_gone(self):
        self.bring()
        del self.fake.sections[PLAYBOOK]
        self.fake.tasks = [one for one in self.fake.tasks if one["gid"] != "1210"]
        found = self.bring("--again", code=8)
        self.assertEqual(self.notes_of(found)["projectsUnread"]["which"], [PLAYBOOK])
        self.assertEqual(found["differ"], 0)
        self.check_events(HISTORY)

    def test_a_task_that_is_deleted_while_it_is_read_ends_no_run(self):
        self.fake.slip = "1220"
        self.assertEqual(self.notes_of(self.bring())["goneMeanwhile"]["n"], 1)
        self.check_events([one for one in HISTORY if one["source"]["ref"] != "task/1220"])

    def test_a_task_in_two_projects_is_taken_once(self):
        self.write("asana.yaml", ACCOUNT.replace('"11": {', '"12": { as: learnings }\n  "11": {')
                   .replace('"12":\n    as: deals', '"13":\n    as: deals'))
        self.fake.sections["13"] = self.fake.sections["12"]
        self.fake.fields["13"], self.fake.events["13"] = self.fake.fields["12"], []
        self.fake.task("1220")["memberships"].append({"project": {"gid": "12"},
                                                      "section": {"gid": "120"}})
        self.assertEqual(self.notes_of(self.bring())["tasksTwice"]["n"], 1)

    def test_names_of_people_and_comments_are_not_asked_for(self):
        self.bring()
        for asked in self.fake.asked:
            names = asked.query.get("opt_fields", "").split(",")
            for name in ("text", "html_text", "assignee", "created_by.name", "followers"):
                self.assertNotIn(name, names)
        exported = self.run_program("export", "jsonl")[0]
        for name in ("J C", "K D", "in the language of the reader"):
            self.assertNotIn(name, exported)

    def test_a_field_that_is_renamed_is_read_by_its_gid(self):
        self.bring()
        self.fake.fields[EXPERIMENTS][0]["name"] = "Result"
        self.fake.sections[EXPERIMENTS][1]["name"] = "In progress"
        self.assertEqual(sorted(self.notes_of(self.bring())["renamed"]["which"]),
                         ["Outcome", "Running"])
        _, said = self.run_program(*self.arguments("--again"), code=3, **self.token())
        self.assertIn('no custom field "Outcome"', said)
        self.assertIn('"Result"', said)

    def test_a_field_that_the_token_may_not_see_is_no_empty_one(self):
        for hidden, says in (("custom_fields", "custom_fields"), ("memberships", "memberships"),
                             ("custom_field", 'has "custom_field"'), ("notes", "notes"),
                             ("new_section", "new_section")):
            with self.subTest(hidden):
                if hidden == "custom_field":  # it is the word for the list of fields, too
                    self.fake.hidden = set()
                    for stories in self.fake.stories.values():
                        for one in stories:
                            one.pop("custom_field", None)
                else:
                    self.fake.hidden = {hidden}
                _, said = self.run_program(*self.arguments(), code=8, **self.token())
                self.assertIn(says, said)
                self.fake.stories = copy.deepcopy(STORIES)
        self.fake.hidden = set()
        self.bring()
        self.check_events(HISTORY)

    def test_a_token_of_a_page_that_has_expired_begins_the_list_anew(self):
        self.fake.expire_page = 2
        self.bring()
        self.check_events(HISTORY)
        self.fake.expire_page = 1000
        _, said = self.run_program(*self.arguments("--again"), code=8, **self.token())
        self.assertIn("expired", said)

    def test_states_ticks_and_links_in_descriptions(self):
        self.write("asana.yaml", 'projects: { "9": { as: experiments, completed: true, id: Metric, '
                   'states: { Outcome: { Refuted: started } }, deals: notes } }\n')
        one = self.fake.task("1201")
        one.update(completed=True, notes=f"See {RECORD}900100 and {RECORD}900300.")
        self.fake.set("1201", "501", enum_value=NO)
        self.fake.set("1201", "502", text_value="calls")
        self.fake.stories["1201"] = [
            changed("8081", "2025-03-10T10:00:00.000Z", "501", "enum", None, NO),
            story("8082", "2025-03-11T10:00:00.000Z", "marked_complete"),
            story("8083", "2025-03-12T10:00:00.000Z", "marked_incomplete"),
            story("8084", "2025-03-13T10:00:00.000Z", "marked_complete")]
        self.bring()
        ids = ["story/8081", "story/8084", "task/1201/found/linked/900100",
               "task/1201/found/linked/900300"]
        self.assertEqual([one["id"] for one in self.events("asana")],
                         [f"asana:{id}" for id in ids])
        self.assertEqual(self.events("asana")[0]["experimentStarted"]["experiment"], "calls")
        one["notes"] = f"See {RECORD}900300."
        self.fake.happen("1201", action="changed")
        self.bring()
        self.assertEqual([one["id"] for one in self.events("asana")],
                         [f"asana:{id}" for id in ids if not id.endswith("900100")])

    def test_discover_writes_a_first_account_file(self):
        self.check_lines(self.discover(), *('  "9":   # GM experiments', "    as: experiments", '      "91": started  # Running',
                     '    outcome: "501"  # Outcome', '    version: "511"  # Version',
                     '#  "11":   # Something else'))
        found = self.bring()
        self.assertGreater(found["added"], 5)
        self.assertEqual(found["differ"], 0)

    def test_faults_of_the_account_file_are_said(self):
        self.fake.fields[EXPERIMENTS] += [field("600", "Owner", "people"),
                                          field("601", "Sum", "formula")]
        self.check_faults(
            ("name: x\n", "projects"), ("projects: { abc: { as: icp } }\n", "gid"),
            ('projects: { "9": { as: icps } }\n', 'did you mean "icp"'),
            ('projects: { "9": { as: icp } }\n', 'no "version"'),
            ('projects: { "9": { as: icp, version: notes } }\n', "custom field"),
            ('projects: { "9": { as: icp, version: V, deals: D } }\n', "means nothing"),
            ('projects: { "9": { as: experiments } }\n', "sections:"),
            ('projects: { "9": { as: experiments, completed: true, deals: name } }\n',
             "custom field, or notes"),
            ('projects: { "11": { as: learnings, titles: ["Lost: name"] } }\n', "{name}"),
            ('projects: { "9": { as: experiments, completed: true, metric: Owner } }\n',
             "kind people"),
            ('projects: { "9": { as: experiments, completed: true, deals: Sum } }\n',
             "kind formula"),
            ('projects: { "9": { as: experiments, sections: { Done: begun } } }\n', "state"),
            ('projects: { "9": { as: experiments, sections: { Dun: started } } }\n',
             'no section "Dun"'))


if __name__ == "__main__":
    harness.main()
