#!/usr/bin/env python3
"""What stands of Asana's tasks after run upon run, whatever a task, the account file or a broken
run said in between: the same as after one run."""

import copy
import json

import fake
import harness
from asana import (ACCOUNT, EXPERIMENTS, NO, RECORD, STORIES, TASKS, YES, Asana, changed, field,
                   moved, option, story, task, text)

COURSE = 'projects: { "9": { as: experiments, sections: { Backlog: planned, Running: started, ' \
         'Done: concluded } } }\n'
TWO = 'projects: { "9": { as: experiments, sections: { Running: started, Done: concluded } }, ' \
      '"10": { as: experiments, sections: { Go: started, End: concluded } } }\n'
LINKED = 'projects: { "9": { as: experiments, completed: yes, deals: notes } }\n'


class Standing(harness.Place):
    def begin(self, account, *tasks, **stories):
        self.fake = Asana()
        self.addCleanup(self.fake.close)
        self.fake.tasks = list(tasks)
        self.fake.stories = {gid.lstrip("_"): list(told) for gid, told in stories.items()}
        self.write("asana.yaml", account)

    def arguments(self, *args):
        return ("import", "asana", "--base-url", self.fake.url, *args)

    def bring(self, *args, code=0):
        return self.ask(*self.arguments(*args), code=code, ASANA_TOKEN=fake.TOKEN)

    def change(self, gid, **more):
        self.fake.task(gid).update(more)
        self.fake.happen(gid, action="changed")

    def check(self, *ids):
        """These stand, without what tells apart one that came again; and so they do a run later."""
        for args in ((), ("--again",)):
            self.assertEqual([one["id"].partition("/as/")[0].removeprefix("asana:")
                              for one in self.events("asana")], sorted(ids))
            found = self.bring(*args)
            self.assertEqual((found["added"], found["differ"]), (0, 0), found)

    def test_two_states_that_say_the_same_are_one_start(self):
        self.begin('projects: { "9": { as: experiments, states: { Outcome: { Refuted: started }, '
                   'Phase: { Run: started } } } }\n',
                   task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91",
                        fields=[text("501", NO, "enum"), text("599", option("591", "Run"), "enum")]))
        self.fake.fields[EXPERIMENTS].append(field("599", "Phase", "enum", [option("591", "Run")]))
        self.bring()
        self.check("task/1201/started")

    def test_what_a_field_has_from_the_beginning_and_gets_at_that_moment_comes_later(self):
        at = "2025-03-02T09:00:00.000Z"
        self.begin('projects: { "9": { as: experiments, states: { Outcome: { Refuted: planned, '
                   '"77": started } } } }\n',
                   task("1201", at, EXPERIMENTS, "91", fields=[text("501", YES, "enum")]),
                   _1201=[changed("8001", at, "501", "enum", NO, YES)])
        self.bring()
        self.check("story/8001")

    def test_a_deal_that_a_field_names_again_stands(self):
        self.begin('projects: { "9": { as: experiments, completed: true, deals: Deals } }\n',
                   task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91",
                        fields=[text("504", "900100")]),
                   _1201=[changed("8001", "2025-03-05T10:00:00.000Z", "504", "text", None, "900100"),
                          changed("8002", "2025-03-06T10:00:00.000Z", "504", "text", "900100", None)])
        self.bring()
        self.check("task/1201/found/field/504/900100")

    def test_a_deal_found_in_a_field_and_gone_from_it_without_a_story_is_in_it_no_more(self):
        self.begin('projects: { "9": { as: experiments, completed: true, deals: Deals } }\n',
                   task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91",
                        fields=[text("504", "900100")]),
                   _1201=[changed("8001", "2025-03-05T10:00:00.000Z", "504", "text", None,
                                  "900100")])
        found = "task/1201/found/field/504/900200"
        for also in ((found,), (), (found,)):
            self.fake.set("1201", "504", text_value="900100" + ", 900200" * len(also))
            self.fake.happen("1201", action="changed")
            self.bring()
            self.check("story/8001/900100", *also)

    def test_a_link_that_comes_back_is_dated_when_it_came_back(self):
        self.begin(LINKED, task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91",
                                notes=f"See {RECORD}900100"))
        self.bring()
        self.change("1201", notes="x")
        self.bring()
        self.check()
        self.now = "2025-06-02T10:00:00Z"
        self.change("1201", notes=f"See {RECORD}900100")
        self.bring()
        self.check("task/1201/found/linked/900100")
        self.assertEqual([one["occurredAt"] for one in self.events("asana")], [self.now])

    def test_a_task_in_two_projects_is_of_the_first_after_a_run_that_was_broken_off(self):
        both = task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91")
        both["memberships"].append({"project": {"gid": "10"}, "section": {"gid": "100"}})
        others = [task(f"130{i}", "2025-03-02T09:00:00.000Z", "10", "100") for i in range(4)]
        self.begin(TWO, *others[:3], both, others[3], _1201=[
            story("8001", "2025-03-02T09:00:00.000Z", "added_to_project", project={"gid": "9"}),
            story("8005", "2025-03-04T09:00:00.000Z", "added_to_project", project={"gid": "10"})])
        self.fake.sections["10"] = [{"gid": "100", "name": "Go"}, {"gid": "101", "name": "End"}]
        usual = self.fake.answer
        self.fake.answer = lambda asked: self.fake.error(403, "no") \
            if asked.path == "/tasks/1302/stories" else usual(asked)
        self.run_program(*self.arguments(), code=8, ASANA_TOKEN=fake.TOKEN)
        self.fake.answer = usual
        self.bring()
        self.check("story/8001", *(f"task/130{i}/started" for i in range(4)))

    def test_a_task_in_two_projects_is_of_the_first_while_that_cannot_be_seen(self):
        both = task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91")
        both["memberships"].append({"project": {"gid": "10"}, "section": {"gid": "100"}})
        self.begin(TWO, both, _1201=[
            story("8001", "2025-03-02T09:00:00.000Z", "added_to_project", project={"gid": "9"}),
            story("8005", "2025-03-04T09:00:00.000Z", "added_to_project", project={"gid": "10"})])
        self.fake.sections["10"] = [{"gid": "100", "name": "Go"}, {"gid": "101", "name": "End"}]
        self.bring()
        hidden = self.fake.sections.pop(EXPERIMENTS)
        self.change("1201", name="Calls")
        self.assertEqual(self.bring(code=8)["added"], 0)
        self.fake.sections[EXPERIMENTS] = hidden
        self.bring("--again")
        self.check("story/8001")

    def test_a_task_that_changes_between_two_batches_of_events_is_taken_as_it_is_at_the_end(self):
        self.begin(COURSE, task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "90"))
        self.fake.page = 1
        self.bring()
        self.fake.happen("1201", moved("8001", "2025-06-01T08:10:00.000Z", "90", "91"))
        self.change("1201")
        self.fake.task("1201")["memberships"][0]["section"]["gid"] = "91"
        usual, looks = self.fake.answer, []

        def answer(asked):
            if asked.path == "/tasks/1201":
                looks.append(asked)
                if len(looks) == 2:
                    self.fake.task("1201")["memberships"][0]["section"]["gid"] = "90"
                    self.fake.stories["1201"].append(
                        moved("8002", "2025-06-01T08:11:00.000Z", "91", "90"))
            return usual(asked)
        self.fake.answer = answer
        self.bring()
        self.assertEqual(len(looks), 1)
        self.check("story/8001")

    def test_an_account_file_that_says_otherwise_leaves_nothing_of_before(self):
        self.begin('projects: { "11": { as: learnings, artifact: win_loss } }\n',
                   task("1220", "2025-04-01T09:00:00.000Z", "11", "110", completed=True,
                        notes=f"x {RECORD}900100"),
                   _1220=[story("8001", "2025-04-02T09:00:00.000Z", "marked_complete")])
        self.bring()
        self.check("task/1220/recorded", "task/1220/recorded/artifact")
        self.write("asana.yaml", 'projects: { "11": { as: learnings, completed: true } }\n')
        self.bring()
        self.check("story/8001")
        self.write("asana.yaml", 'projects: { "11": { as: artifacts, artifact: win_loss } }\n')
        self.bring()
        self.check("task/1220/recorded/artifact")

    def test_a_learning_of_no_deal_any_more_is_no_artifact_of_one(self):
        self.begin('projects: { "11": { as: learnings, artifact: win_loss } }\n',
                   task("1220", "2025-04-01T09:00:00.000Z", "11", "110", notes=f"x {RECORD}900100"))
        self.bring()
        self.change("1220", notes="x")
        self.bring()
        self.check("task/1220/recorded")
        self.assertNotIn("deal", self.events("asana")[0])

    def test_a_field_named_wrongly_for_one_run_leaves_nothing(self):
        self.begin(ACCOUNT, *(one for one in copy.deepcopy(TASKS) if one["gid"] == "1230"),
                   _1230=copy.deepcopy(STORIES["1230"]))
        self.bring()
        told = [one["id"].removeprefix("asana:") for one in self.events("asana")]
        self.write("asana.yaml", ACCOUNT.replace("experiment: Experiment", "experiment: Arm"))
        self.bring()
        self.assertIn("asana:task/1230/field/532/long",
                      [one["id"] for one in self.events("asana")])
        self.write("asana.yaml", ACCOUNT)
        self.bring()
        self.check(*told)

    def enrolled(self, value):
        self.begin('projects: { "9": { as: experiments, completed: true, deals: Deals } }\n',
                   task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91",
                        fields=[text("504", value)]))
        found = self.bring()
        return (sorted(one["deal"] for one in self.events("asana")),
                {one["note"]: one["n"] for one in found["notes"]}.get("linksToNoDeal"))

    def test_an_address_in_a_field_of_deals_leads_to_one_or_is_said(self):
        self.assertEqual(self.enrolled("https://configure.example.org/c/77, https://x.org/9, "
                                       f"{RECORD}900100"), (["900100", "900200"], 1))

    def test_a_comma_in_the_name_of_a_deal_parts_nothing(self):
        self.write("more.jsonl", json.dumps(
            {"id": "comma", "occurredAt": "2025-01-09T09:00:00Z", "deal": "900400",
             "dealCreated": {"name": "Sea, Sand and Co", "stage": "enrichment"}}) + "\n")
        self.run_program("import", "jsonl", "more.jsonl")
        self.assertEqual(self.enrolled("Lake Univ, Sea, Sand and Co, Hill College"),
                         (["900100", "900200", "900400"], None))

    def test_a_deal_after_many_addresses_is_found_and_what_is_left_out_is_said(self):
        self.begin('projects: { "11": { as: learnings } }\n',
                   task("1220", "2025-04-01T09:00:00.000Z", "11", "110", notes=" ".join(
                       f"https://x.org/{i}" for i in range(40)) + f" {RECORD}900100"))
        self.assertEqual([one["n"] for one in self.bring()["notes"]
                          if one["note"] == "cluesTooMany"], [1])
        self.assertEqual([one["deal"] for one in self.events("asana")], ["900100"])

    def test_a_deleted_task_of_no_deal_is_listed_no_more(self):
        self.begin('projects: { "11": { as: learnings, deal: Deal } }\n',
                   task("1222", "2025-04-03T09:00:00.000Z", "11", "110",
                        fields=[text("521", "77")]))
        self.assertEqual([one["object"] for one in self.bring()["unlinked"]], ["task/1222"])
        self.fake.happen("1222", action="deleted")
        found = self.bring()
        self.assertEqual([one["which"] for one in found["notes"] if one["note"] == "unlinkedGone"],
                         [["task/1222"]])
        self.assertEqual(self.ask("deals", "--unlinked")["unlinked"], [])

    def test_the_deals_of_a_deleted_experiment_are_said_to_be_gone_with_it(self):
        self.begin('projects: { "9": { as: experiments, completed: true, deals: Deals } }\n',
                   task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91",
                        fields=[text("504", "900100")]),
                   task("1202", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91",
                        fields=[text("504", "900200")]))
        self.bring()
        self.fake.happen("1201", action="deleted")
        for args in ((), ("--again",)):
            self.assertEqual([(one["object"], one["service"])
                              for one in self.bring(*args)["differences"]],
                             [("enrolment/1201/900100", "gone")])

    def test_a_task_of_two_kinds_is_both(self):
        both = task("1201", "2025-03-02T09:00:00.000Z", EXPERIMENTS, "91", notes="what we learnt")
        both["memberships"].append({"project": {"gid": "11"}, "section": {"gid": "110"}})
        self.begin(COURSE.replace("} } }", '} }, "11": { as: learnings } }'), both)
        self.bring()
        self.check("task/1201/started", "task/1201/recorded")


if __name__ == "__main__":
    harness.main()
