#!/usr/bin/env python3
"""Hand-off issues, out of a GitHub on loopback."""

import copy
import json

import fake
import harness
from harness import event

PAGE = 2  # issues, or thrice as many entries of a timeline; the service gives up to 100
REPOSITORY, SECOND = 71, 72


class Repository:
    def __init__(self, id, name, issues=(), timelines=None):
        self.id, self.name = id, name
        self.issues, self.timelines = list(issues), dict(timelines or {})
        self.moved = {}       # numbers of transferred issues: where they are now
        self.deleted = set()  # numbers

    def find(self, number):
        return next((one for one in self.issues if one["number"] == number), None)


class GitHub(fake.Fake):
    limited = (403, {"message": "You have exceeded a secondary rate limit."}, {"Retry-After": "0"})
    refused = (401, {"message": "Bad credentials"}, {})

    def __init__(self, issues, timelines):
        super().__init__()
        self.main = Repository(REPOSITORY, "o/r", issues, timelines)
        self.second = Repository(SECOND, "o/b")
        self.former = {}  # former names of repositories
        self.date = "Sun, 01 Jun 2025 08:00:00 GMT"
        self.circle = self.hollow = False
        self.odd = {}     # replies to requests, by path
        self.prefix = ""  # of every path

    @property
    def issues(self):
        return self.main.issues

    @property
    def timelines(self):
        return self.main.timelines

    def transfer(self, number, to, id, at, entries):
        """An issue goes to another repository, where it has another id, number and timeline."""
        one = self.main.find(number)
        self.main.issues.remove(one)
        del self.main.timelines[number]
        there = len(to.issues) + 1
        to.issues.append({**one, "id": id, "number": there, "updated_at": at,
                          "html_url": f"https://github.com/{to.name}/issues/{there}"})
        to.timelines[there] = entries
        self.main.moved[number] = f"/repositories/{to.id}/issues/{there}"

    def answer(self, asked):
        assert asked.headers["X-GitHub-Api-Version"] == "2022-11-28"
        assert asked.headers["User-Agent"]
        assert asked.path.startswith(self.prefix), asked.path
        asked = asked._replace(path=asked.path.removeprefix(self.prefix))
        if asked.path in self.odd:
            odd = self.odd[asked.path]
            return odd.pop(0) if isinstance(odd, list) and odd else odd or self.usual(asked)
        return self.usual(asked)

    def usual(self, asked):
        parts = asked.path.split("/")[1:]
        if asked.path == "/user/repos":
            return [{"id": one.id, "full_name": one.name} for one in (self.main, self.second)]
        if parts[0] == "repos":
            name, rest = "/".join(parts[1:3]), parts[3:]
            if name in self.former:
                return self.lead("/".join([f"/repositories/{self.former[name]}", *rest]))
            found = [one for one in (self.main, self.second) if one.name == name]
        else:
            rest = parts[2:]
            found = [one for one in (self.main, self.second) if str(one.id) == parts[1]]
        if not found:
            return fake.Reply(404, {"message": "Not Found"})
        if not rest:
            return {"id": found[0].id, "full_name": found[0].name}
        if len(rest) == 1:
            return self.list(asked, found[0])
        return self.one(asked, found[0], int(rest[1]), rest[2:])

    def lead(self, path):
        return fake.Reply(301, {"message": "Moved Permanently"}, {"Location": self.url + self.prefix + path})

    def one(self, asked, repository, number, rest):
        if number in repository.moved and not rest:
            return self.lead(repository.moved[number])
        if number in repository.deleted:
            return fake.Reply(410, {"message": "This issue was deleted"})
        found = repository.timelines.get(number) if rest else repository.find(number)
        if found is None:
            return fake.Reply(404, {"message": "Not Found"})
        return self.page(asked, repository, found, 3 * PAGE) if rest else found

    def page(self, asked, repository, found, size):
        """A page by its cursor, and a Link to the next one by the repository's number."""
        query = asked.query
        if int(query.get("page", 1)) > 1 and "after" not in query:
            return fake.Reply(422, {"message": "Pagination with the page parameter is not supported"})
        at = int(query.get("after", 0))
        here = "/".join(asked.path.split("/")[-1 if asked.path.endswith("issues") else -3:])
        here = f"{self.url}{self.prefix}/repositories/{repository.id}/{here}"
        links = [f'<{here}?last=1>; rel="last"', f'<{here}?first=1>; rel="first"']
        page, after = found[at:at + size], f"{at + size}"
        more = at + size < len(found)
        if self.circle:
            after, more = f"{size}", True
        if self.hollow and "hollow" not in query:
            page, after, more = [], "0&hollow=1", True
        if more:
            rest = "&".join(f"{k}={v}" for k, v in query.items() if k not in ("after", "page"))
            links.insert(1, f'<{here}?{rest}&after={after}&page=2>; rel="next"')
        return fake.Reply(200, page, {"Link": ", ".join(links)})

    def list(self, asked, repository):
        query = asked.query
        by = {"updated": "updated_at", "created": "created_at"}[query["sort"]]
        found = sorted(repository.issues, key=lambda one: one[by],
                       reverse=query["direction"] == "desc")
        if query.get("state") != "all":
            found = [one for one in found if one["state"] == "open"]
        if query["direction"] == "desc" and query["sort"] == "updated":
            etag = f'W/"{hash(json.dumps(repository.issues, sort_keys=True)) & 0xffffff}"'
            if asked.headers.get("If-None-Match") == etag:
                return fake.Reply(304, {}, {"ETag": etag})
            return fake.Reply(200, found[:PAGE], {"ETag": etag})
        found = [one for one in found if one["updated_at"] >= query.get("since", "")]
        return self.page(asked, repository, found, PAGE)


def issue(id, number, created, body="", **more):
    return {"id": id, "node_id": f"I_{id}", "number": number, "title": f"New hub {number}",
            "state": "open", "state_reason": None, "user": {"login": "bot"}, "assignees": [],
            "labels": [{"id": 9, "name": "hub-request"}], "created_at": created,
            "updated_at": created, "closed_at": None, "body": body,
            "html_url": f"https://github.com/o/r/issues/{number}", **more}


def entry(id, kind, at, **more):
    return {"id": id, "event": kind, "actor": None, "created_at": at, **more}


RECORD = "https://app.hubspot.com/contacts/24/record/0-3/"
ISSUES = [
    issue(3001, 57, "2025-03-01T12:00:00Z", f"Deal: {RECORD}900100 please", state="closed"),
    issue(3002, 58, "2025-03-02T12:00:00Z", "See https://configure.example.org/c/77."),
    issue(3003, 59, "2025-03-03T12:00:00Z", None, title="Hub for Dune Institute", labels=[]),
    issue(3004, 60, "2025-03-04T12:00:00Z", pull_request={"url": "x"}),
    issue(3005, 61, "2025-03-05T12:00:00Z", labels=["question"]),
    issue(3006, 62, "2025-03-06T12:00:00Z", "of nobody", labels=["hub-request"]),
]
TIMELINES = {
    57: [entry(71, "labeled", "2025-03-01T12:00:01Z", label={"name": "hub-request"}),
         {"event": "cross-referenced", "actor": {"login": "b"}, "created_at": "2025-03-03T09:00:00Z"},
         entry(72, "assigned", "2025-03-02T09:00:00Z", assignee={"login": "a"}),
         entry(73, "assigned", "2025-03-02T10:00:00Z", assignee={"login": "b"}),
         entry(90, "commented", "2025-03-02T11:00:00Z", user={"login": "a"}, body="..."),
         entry(72, "commented", "2025-03-02T12:00:00Z", user={"login": "a"}, body="..."),
         entry(74, "closed", "2025-03-09T08:00:00Z", state_reason="completed"),
         entry(75, "reopened", "2025-03-10T08:00:00Z"),
         entry(76, "closed", "2025-03-12T08:00:00Z", state_reason=None)],
    58: [entry(81, "labeled", "2025-03-04T12:00:00Z", label={"name": "accepted"}),
         entry(82, "labeled", "2025-03-05T12:00:00Z", label={"name": "in-service"}),
         entry(83, "unlabeled", "2025-03-05T13:00:00Z", label={"name": "in-service"}),
         entry(84, "hatched", "2025-03-05T13:00:00Z")],
    59: [entry(85, "closed", "2025-03-08T08:00:00Z", state_reason="not_planned")],
    62: [],
}


def told(id, at, body, issue_id, number, deal):
    fields = {} if body == "serviceStarted" else {
        "issueUrl": f"https://github.com/o/r/issues/{number}"}
    return event(f"github:{id}", at, body, fields, "github", f"issue/{issue_id}", deal)


HISTORY = [
    told("issue/3001/opened", "2025-03-01T12:00:00Z", "handoffOpened", 3001, 57, "900100"),
    told("event/assigned/72", "2025-03-02T09:00:00Z", "handoffAccepted", 3001, 57, "900100"),
    told("event/closed/76", "2025-03-12T08:00:00Z", "serviceStarted", 3001, 57, "900100"),
    told("issue/3002/opened", "2025-03-02T12:00:00Z", "handoffOpened", 3002, 58, "900200"),
    told("event/labeled/81", "2025-03-04T12:00:00Z", "handoffAccepted", 3002, 58, "900200"),
    told("issue/3003/opened", "2025-03-03T12:00:00Z", "handoffOpened", 3003, 59, "900300"),
]


class Handoffs(harness.Connector):
    word, system, token_variable = "github", "github", "GITHUB_TOKEN"
    account = ("repositories: [o/r]\nlabels: [hub-request]\ntitles: ['Hub for {name}']\n"
               "accepted: [accepted]\nstarted: [in-service]\n")
    history = HISTORY
    traced = (('"event":"labeled"', '"state_reason":"completed"', '"node_id":"I_3001"',
               '"number":57', '"path":"/repos/o/r'),
              ("New hub", "bot", "please", "hub-request", "900100", "Dune", "github.com/o"))
    afterwards = [one for one in HISTORY if one["id"] != "github:event/closed/76"] + [
        told("event/labeled/86", "2025-06-02T08:00:00Z", "serviceStarted", 3002, 58, "900200"),
    ]

    def make_fake(self):
        return GitHub(copy.deepcopy(ISSUES), copy.deepcopy(TIMELINES))

    def later(self, service):
        """One is opened again, another one gets into service."""
        service.timelines[57].append(entry(77, "reopened", "2025-06-02T09:00:00Z"))
        service.timelines[58].append(entry(86, "labeled", "2025-06-02T08:00:00Z",
                                           label={"name": "in-service"}))
        for one, at in ((service.issues[0], "09"), (service.issues[1], "08")):
            one["updated_at"] = f"2025-06-02T{at}:00:00Z"

    def vanish(self, service):
        del service.issues[0], service.timelines[57]
        return "issue/3001"

    def undo(self, service):
        service.timelines[58].append(entry(88, "unlabeled", "2025-05-05T13:00:00Z",
                                           label={"name": "accepted"}))
        self.touch(service.issues[1])

    def redo(self, service):
        service.timelines[58].pop()
        self.touch(service.issues[1])

    def a_day_later(self):
        self.fake.date, self.now = "Mon, 02 Jun 2025 09:00:00 GMT", "2025-06-02T09:00:00Z"

    def touch(self, one):
        self.touched = getattr(self, "touched", 0) + 1
        one["updated_at"] = f"2025-06-01T08:00:{self.touched:02}Z"

    def hostile(self, service):
        for i, text in enumerate(harness.HOSTILE):
            service.issues.append(issue(4000 + i, 100 + i, f"2025-04-01T12:00:{i:02}Z", text,
                                        title=text, html_url=f"https://github.com/{text}",
                                        labels=[text, "hub-request"]))
            service.timelines[100 + i] = [entry(500 + i, text, "2025-04-02T12:00:00Z"),
                                          entry(600 + i, "labeled", text, label={"name": text}),
                                          entry(text, "assigned", "2025-04-02T12:00:00Z"), 7, None]

    # --- what is this service's own ---

    def test_what_is_left_out_is_said(self):
        found = self.bring()
        notes = {one["note"]: one["n"] for one in found["notes"]}
        self.assertEqual((notes["otherIssues"], notes["closesWithoutReason"],
                          notes["closesNotCompleted"], notes["kindsUnknown"]), (1, 1, 1, 1), notes)
        self.assertEqual([one["object"] for one in found["unlinked"]], ["issue/3006"])
        self.write("links.yaml", 'links: { "O/R#62": "900300" }\n')
        self.assertEqual(self.bring()["unlinked"], [])

    def test_of_an_address_in_a_text_nothing_is_kept_but_what_ties_it(self):
        secret = "https://me:pass-word@files.example.org/x?key=hidden-key"
        url = "https://configure.example.org/c/99?key=hidden-key"
        next(one for one in self.fake.issues if one["number"] == 62)["body"] = f"{secret} {url}"
        found = self.bring()
        self.assertEqual([one["object"] for one in found["unlinked"]], ["issue/3006"])
        self.run_program("backup", "copy")
        for path in [one for one in (self.folder / "copy").rglob("*") if one.is_file()] + [
                one for one in (self.folder / "ledger").rglob("*") if one.is_file()]:
            for text in (b"pass-word", b"hidden-key", b"files.example.org"):
                self.assertNotIn(text, path.read_bytes(), path)
        self.write("order.jsonl", json.dumps(
            {"id": "order-3", "occurredAt": "2025-02-02T09:00:00Z", "deal": "900300",
             "orderPlaced": {"order": "o-3", "configuratorUrl": url}}) + "\n")
        self.run_program("import", "jsonl", "order.jsonl")
        self.assertEqual(self.bring()["unlinked"], [])

    def test_a_timeline_in_another_order_says_the_same(self):
        for entries in self.fake.timelines.values():
            entries.reverse()
        self.bring()
        self.check_events(HISTORY)

    def test_where_nothing_moved_three_requests_are_enough(self):
        self.bring()
        self.fake.forget()
        self.bring()
        self.assertLessEqual(len(self.fake.asked), 3, [one.path for one in self.fake.asked])

    def test_a_repository_of_the_same_name_is_not_taken_for_it(self):
        self.bring()
        self.fake.main.id = 99
        notes = {one["note"]: one.get("which") for one in self.bring(code=8)["notes"]}
        self.assertEqual(notes["repositoriesReplaced"], ["o/r"])
        self.check_events(HISTORY)

    def test_a_time_to_come_hides_no_change(self):
        self.fake.date = "Fri, 01 Jan 2100 00:00:00 GMT"
        self.fake.issues[0]["updated_at"] = "2100-01-01T00:00:00Z"
        self.check_time_to_come()

    def test_a_listing_that_repeats_itself_under_new_links_ends(self):
        paged = self.fake.page

        def repeat(asked, repository, found, size):
            reply = paged(asked._replace(query={}), repository, found, size)
            link = f'<{self.fake.url}{asked.path}?n={len(self.fake.asked)}>; rel="next"'
            return fake.Reply(200, reply.body, {"Link": link})
        self.fake.page = repeat
        self.fake.list = lambda asked, repository: repeat(asked, repository, repository.issues, 2)
        _, said = self.run_program(*self.arguments(), code=8, **self.token())
        self.assertIn("nothing new", said)

    def test_a_listing_that_goes_in_a_circle_ends(self):
        self.fake.circle = True
        _, said = self.run_program(*self.arguments(), code=8, **self.token())
        self.assertIn("in a circle", said)

    def test_a_repository_that_cannot_be_seen_is_a_failure_and_the_others_are_read(self):
        self.write("github.yaml", "repositories: [o/other, o/r]\n" + self.account.split("\n", 1)[1])
        notes = {one["note"]: one.get("which") for one in self.bring(code=8)["notes"]}
        self.assertEqual(notes["repositoriesUnread"], ["o/other"])
        self.check_events(HISTORY)
        self.assertIn("o/other", self.last_run()["error"])
        self.write("sources.yaml", f"sources:\n  - import: github\n    base-url: {self.fake.url}\n")
        printed, _ = self.run_program("import", "all", code=8, **self.token())
        self.assertIn("o/other", printed)
        self.assertTrue(self.last_run()["failed"])
        self.assertIsNone(self.ask("sources")["sources"][0].get("readAt"))
        self.run_program(*self.arguments("--dry-run"), code=8, **self.token())
        self.write("github.yaml", self.account)
        self.bring()
        self.assertFalse(self.last_run()["failed"])

    def test_an_account_file_with_nothing_in_it_wants_what_it_must_have(self):
        self.write("github.yaml", "# repositories: [o/r]\n")
        _, said = self.run_program(*self.arguments(), code=3, **self.token())
        self.assertIn("expected `repositories:`", said)

    def last_run(self):
        return next(one["lastRun"] for one in self.ask("sources")["sources"]
                    if one["source"] == "github")

    def test_a_reason_that_the_close_lacks_is_the_issues(self):
        self.fake.issues[0].update(closed_at="2025-03-12T08:00:00Z", state_reason="duplicate")
        found = self.bring()
        self.assertNotIn("closesWithoutReason", [one["note"] for one in found["notes"]])
        self.check_events([one for one in HISTORY if one["id"] != "github:event/closed/76"])

    def test_a_label_is_taken_off_on_another_page_of_the_timeline(self):
        noise = [entry(900 + i, "subscribed", "2025-03-04T12:30:00Z") for i in range(20)]
        self.fake.timelines[58][1:1] = noise
        self.fake.timelines[58].append(entry(87, "unlabeled", "2025-03-06T12:00:00Z",
                                             label={"name": "accepted"}))
        self.bring()
        self.check_events([one for one in HISTORY if one["id"] != "github:event/labeled/81"])

    def test_assignments_that_count_no_more_are_taken_back(self):
        self.bring()
        without = [one for one in HISTORY if one["id"] != "github:event/assigned/72"]
        for counts in (False, True):
            self.write("github.yaml", self.account + f"assigned: {str(counts).lower()}\n")
            self.bring()
            self.assertEqual(sorted(one["id"].partition("/as/")[0]
                                    for one in self.events("github")),
                             sorted(one["id"] for one in (HISTORY if counts else without)))
            self.assertEqual(self.bring("--again")["added"], 0)

    def test_a_timeline_of_which_a_page_is_missing_is_not_taken_as_whole(self):
        usual = self.fake.usual
        self.fake.usual = lambda asked: fake.Reply(404, {"message": "Not Found"}) \
            if asked.path.endswith("/57/timeline") and "after" in asked.query else usual(asked)
        self.assertIn("timelinesUnread", [one["note"] for one in self.bring()["notes"]])
        self.check_events([one for one in HISTORY if "issue/3001/opened" in one["id"]
                           or one["source"]["ref"] != "issue/3001"])

    def test_a_timeline_that_cannot_be_read_for_a_time_takes_nothing_back(self):
        self.bring()
        self.fake.odd["/repos/o/r/issues/57/timeline"] = fake.Reply(404, {"message": "Not Found"})
        self.touch(self.fake.issues[0])
        self.assertEqual(self.bring()["differ"], 0)
        self.check_events(HISTORY)

    def test_what_is_closed_again_as_not_planned_is_no_service(self):
        self.fake.timelines[57].append(entry(78, "closed", "2025-03-13T08:00:00Z",
                                             state_reason="not_planned"))
        self.bring()
        self.check_events([one for one in HISTORY if one["id"] != "github:event/closed/76"])

    def test_what_links_yaml_leaves_out_is_swept_for_no_more(self):
        self.write("links.yaml", 'links: { "github:issue/3001": ~ }\n')
        self.bring()
        self.touch(self.fake.issues[0])
        self.fake.forget()
        self.bring()
        self.assertEqual([], [one for one in self.fake.asked
                              if one.query.get("sort") == "created"])

    def test_a_page_may_be_empty_and_have_a_next(self):
        self.fake.hollow = True
        self.bring()
        self.check_events(HISTORY)

    def test_a_run_that_is_killed_late_does_not_begin_anew(self):
        self.fake.hang_at = 8
        process = self.start(*self.arguments(), **self.token())
        self.assertTrue(self.fake.hung.wait(60))
        process.kill()
        process.communicate()
        self.fake.released.set()
        self.fake.forget()
        self.bring()
        self.check_events(HISTORY)
        self.assertNotIn("/repos/o/r/issues/57/timeline", [one.path for one in self.fake.asked])

    def test_a_renamed_repository_is_the_same_one(self):
        self.bring()
        self.fake.former["o/r"], self.fake.main.name = REPOSITORY, "o/renamed"
        for one in self.fake.issues:
            one["html_url"] = one["html_url"].replace("o/r/", "o/renamed/")
        self.assertEqual(self.bring("--again")["added"], 0)
        self.write("links.yaml", 'links: { "o/renamed#62": "900300" }\n')
        self.assertEqual(self.bring()["added"], 1)

    # --- transferred and gone ---

    def check_transferred(self, which):
        found = self.bring()
        notes = {one["note"]: one.get("which") for one in found["notes"]}
        self.assertEqual(notes["issuesTransferred"], which)
        self.assertEqual((found["added"], found["differ"]), (0, 0), found)
        return found

    def test_a_transferred_issue_stays_the_handoff_that_it_was(self):
        self.bring()
        closed = entry(174, "closed", "2025-03-12T08:00:00Z", state_reason="completed")
        self.fake.transfer(57, self.fake.second, 4001, "2025-06-02T07:00:00Z",
                           [entry(172, "assigned", "2025-03-02T10:00:00Z"), closed])
        self.a_day_later()  # it is looked for once a day
        self.check_transferred(["issue/3001"])
        one = self.fake.second.issues[0]
        one["updated_at"] = "2025-06-02T10:00:00Z"
        self.fake.second.timelines[1].append(entry(177, "reopened", "2025-06-02T10:00:00Z"))
        self.assertEqual(self.bring()["differ"], 0)
        without = [one for one in HISTORY if one["id"] != "github:event/closed/76"]
        self.check_events(without)
        self.assertEqual(self.bring("--again")["added"], 0)
        self.check_events(without)

    def test_a_transferred_issue_stays_it_when_the_old_repository_is_left_behind(self):
        self.write("github.yaml", self.account.replace("[o/r]", "[o/b, o/r]"))
        self.bring()
        closed = entry(174, "closed", "2025-03-12T08:00:00Z", state_reason="completed")
        assigned = entry(172, "assigned", "2025-03-02T09:00:00Z")
        self.fake.transfer(57, self.fake.second, 4001, "2025-06-01T08:30:00Z", [assigned, closed])
        self.check_transferred(["issue/3001"])
        self.fake.main.name, self.fake.main.id = "gone/gone", 1
        self.write("github.yaml", self.account.replace("[o/r]", "[o/b]"))
        for args in ((), ("--again",)):
            self.bring(*args)
            self.check_events(HISTORY)

    def test_a_transfer_to_a_repository_that_is_read_is_seen_at_once(self):
        self.write("github.yaml", self.account.replace("[o/r]", "[o/b, o/r]"))
        self.bring()
        self.fake.transfer(58, self.fake.second, 4002, "2025-06-01T08:30:00Z",
                           [entry(281, "labeled", "2025-03-04T12:00:00Z",
                                  label={"name": "accepted"})])
        self.fake.transfer(62, self.fake.second, 4006, "2025-06-01T08:30:00Z", [])
        found = self.check_transferred(["issue/3002", "issue/3006"])
        self.assertEqual([one["object"] for one in found["unlinked"]], ["issue/3006"])
        self.assertEqual(self.bring("--again")["added"], 0)
        self.check_events(HISTORY)
        self.assertEqual([one["object"] for one in self.ask("deals", "--unlinked")["unlinked"]],
                         ["issue/3006"])

    def test_a_deleted_issue_is_told_from_one_that_cannot_be_seen(self):
        self.bring()
        self.fake.main.deleted.add(57)
        del self.fake.issues[:2], self.fake.timelines[58]
        self.a_day_later()
        found = self.bring()
        notes = {one["note"]: one.get("which") for one in found["notes"]}
        self.assertEqual((notes["issuesDeleted"], notes["issuesUnseen"]),
                         (["issue/3001"], ["issue/3002"]))
        self.assertEqual(found["differ"], 2)
        self.check_events(HISTORY)

    # --- answers ---

    def test_what_is_a_limit_and_what_is_a_refusal(self):
        left = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1748764800"}  # the Date's
        fast = {"Retry-After": "0", "X-RateLimit-Remaining": "12"}
        odd = [
            fake.Reply(403, {"message": "API rate limit exceeded for user."}, left),
            fake.Reply(422, {"message": "API rate limit exceeded for 1.2.3.4"}, fast),
            fake.Reply(502, b"<html>Unicorn!</html>", {"Retry-After": "0"}, type="text/html")]
        for path, reply in zip(["", "/issues", "/issues/57/timeline"], odd):  # each once
            self.fake.odd[f"/repos/o/r{path}"] = [reply]
        self.assertEqual(self.bring()["retries"], 3)
        self.check_events(HISTORY)
        self.fake.odd["/repos/o/r"] = fake.Reply(
            403, {"message": "Resource not accessible by personal access token"},
            {"X-RateLimit-Remaining": "4000"})
        self.fake.forget()
        _, said = self.run_program(*self.arguments(), code=8, **self.token())
        self.assertIn("not accessible", said)
        self.assertEqual(len(self.fake.asked), 1)

    def test_a_redirect_to_another_host_is_not_followed(self):
        self.fake.odd["/repos/o/r"] = fake.Reply(
            301, {}, {"Location": "https://api.github.example/repositories/71"})
        _, said = self.run_program(*self.arguments(), code=8, **self.token())
        self.assertIn("not followed", said)

    def test_a_redirect_that_says_no_address_loses_only_what_it_was_asked_for(self):
        nowhere = fake.Reply(301, {"message": "Moved Permanently"})
        self.fake.odd["/repos/o/r/issues/58/timeline"] = nowhere
        self.write("github.yaml", self.account.replace("[o/r]", "[o/b, o/r]"))
        self.fake.odd["/repos/o/b"] = nowhere
        notes = {one["note"]: one.get("which") for one in self.bring(code=8)["notes"]}
        self.assertEqual((notes["repositoriesUnread"], notes["timelinesUnread"]),
                         (["o/b"], ["issue/3002"]))
        self.check_events([one for one in HISTORY if one["id"] != "github:event/labeled/81"])
        self.fake.odd.clear()
        self.bring("--again")
        self.check_events(HISTORY)
        self.fake.odd["/repos/o/r/issues"] = nowhere
        _, said = self.run_program(*self.arguments("--again"), code=8, **self.token())
        self.assertIn("does not say where", said)
        self.check_events(HISTORY)

    def test_a_moved_issue_whose_place_is_not_said_stands(self):
        self.bring()
        del self.fake.issues[0]
        self.fake.odd["/repos/o/r/issues/57"] = fake.Reply(301, {"message": "Moved Permanently"})
        self.a_day_later()
        notes = {one["note"]: one.get("which") for one in self.bring()["notes"]}
        self.assertEqual(notes["issuesUnseen"], ["issue/3001"])
        self.check_events(HISTORY)

    def test_who_did_it_may_be_gone(self):
        """Of an account that was deleted the service says null, or nothing at all."""
        for one in self.fake.issues:
            one["user"] = one["assignee"] = None
        for timeline in self.fake.timelines.values():
            for one in timeline:
                one["actor"] = None
                for key in ("assignee", "assigner", "user"):
                    if key in one:
                        one[key] = None
        found = self.bring()
        self.check_events(HISTORY)
        self.assertEqual(found["differ"], 0)
        for timeline in self.fake.timelines.values():
            for one in timeline:
                for key in ("actor", "assignee", "assigner", "user"):
                    one.pop(key, None)
        self.assertEqual(self.bring("--again")["added"], 0)

    # --- a first account file ---

    def test_discover_offers_repositories_labels_and_titles(self):
        for number in (70, 71, 72):
            self.fake.issues.append(issue(3100 + number, number, f"2025-04-01T12:00:{number - 60}Z",
                                          title=f"Fix the page {number} of docs", labels=[]))
            self.fake.timelines[number] = []
        self.fake.issues[1]["labels"] = [{"name": "hub-request"}, {"name": "accepted"}]
        self.fake.second.issues.append(issue(3201, 1, "2025-04-01T12:00:00Z", labels=["\x1b[2J"]))
        self.check_lines(
            self.discover(), "repositories:", "  - o/r  # 4 hand-offs", "#  - o/b  # 0 hand-offs",
            "labels:", '  - "hub-request"  # 3 issues', '#  - "question"  # 1 issue',
            "# and 1 that cannot be written here",
            "titles:", '  - "Hub for {name}"  # 1 issue, 1 of a deal of the ledger',
            '#  - "Fix the page {name} of docs"  # 3 issues', "accepted:",
            '  - "accepted"  # 1 issue', "#started:")
        found = self.bring()
        self.assertEqual((found["added"], found["differ"]), (6, 0))

    def test_discover_takes_nothing_that_it_does_not_know(self):
        for one in self.fake.issues:
            one.update(labels=["bug"], title="x")
        self.check_lines(self.discover(), "#repositories:", "#labels:", '#  - "bug"  # 5 issues')
        _, said = self.run_program(*self.arguments(), code=3, **self.token())
        self.assertIn("`repositories:`", said)
        _, said = self.run_program(*self.arguments("--discover"), code=3, **self.token())
        self.assertIn("is there already", said)

    def test_discover_needs_no_ledger(self):
        (self.folder / "github.yaml").unlink()
        more = {**self.token(), "BACKCAST_LEDGER": ""}
        self.run_program(*self.arguments("--discover"), **more)
        self.check_lines((self.folder / "github.yaml").read_text(), "#titles:",
                         '  - "hub-request"  # 3 issues')

    # --- a server of one's own ---

    def own_server(self, account="server: github.lake.edu\n"):
        self.fake.prefix = "/api/v3"
        self.write("github.yaml", self.account + account)

    def on_own_server(self, *args, code=0, **token):
        return self.run_program("import", "github", "--base-url", self.fake.url + "/api/v3", *args,
                                code=code, **token)

    def test_a_server_of_ones_own_is_another_place_with_another_token(self):
        self.own_server()
        _, said = self.on_own_server(code=2, **self.token())
        self.assertIn("GITHUB_ENTERPRISE_TOKEN", said)
        self.assertEqual(self.fake.asked, [])
        found = json.loads(self.on_own_server("--json", GITHUB_ENTERPRISE_TOKEN=fake.TOKEN)[0])
        self.assertEqual((found["added"], found["differ"]), (6, 0))
        self.assertEqual([one["object"] for one in found["unlinked"]],
                         ["github.lake.edu/issue/3006"])
        here = json.dumps(HISTORY).replace("github:", "github:github.lake.edu/").replace(
            '"issue/', '"github.lake.edu/issue/')
        self.check_events(json.loads(here))
        again = self.on_own_server("--json", "--again", GITHUB_ENTERPRISE_TOKEN=fake.TOKEN)[0]
        self.assertEqual(json.loads(again)["added"], 0)
        self.fake.prefix = ""
        self.write("github.yaml", self.account)  # GitHub's own issues of the same numbers
        self.assertEqual(self.bring()["added"], 6)

    def test_a_transfer_on_a_server_of_ones_own(self):
        self.own_server()
        self.on_own_server(GITHUB_ENTERPRISE_TOKEN=fake.TOKEN)
        self.fake.transfer(58, self.fake.second, 4002, "2025-06-02T07:00:00Z", [])
        self.a_day_later()
        found = json.loads(self.on_own_server("--json", GITHUB_ENTERPRISE_TOKEN=fake.TOKEN)[0])
        notes = {one["note"]: one.get("which") for one in found["notes"]}
        self.assertEqual(notes["issuesTransferred"], ["github.lake.edu/issue/3002"])
        self.assertEqual((found["added"], found["differ"]), (0, 0), found)

    def test_no_file_sends_another_token_to_a_server_of_ones_own(self):
        self.own_server()
        self.write("token", fake.TOKEN + "\n")
        (self.folder / "token").chmod(0o600)
        for given in (("--token-file", "token"), ("--token-command", "cat token")):
            _, said = self.run_program("import", "github", *given, code=2)
            self.assertIn("--base-url", said)
        self.on_own_server("--token-file", "token")

    def test_a_page_leads_nowhere_but_to_the_server(self):
        self.own_server()
        for place in ("https://api.github.com", "https://github.lake.edu.evil.example",
                      self.fake.url):  # the last: the server, but not its API
            self.fake.odd["/repos/o/r/issues"] = fake.Reply(
                200, [], {"Link": f'<{place}/repositories/71/issues?page=2>; rel="next"'})
            _, said = self.on_own_server("--again", code=8, GITHUB_ENTERPRISE_TOKEN=fake.TOKEN)
            self.assertIn("leads out of the base URL", said)

    def test_faults_of_the_account_file_are_said(self):
        self.check_faults(
            ("labels: [x]\n", "repositories"), ("repositories: [x]\n", "OWNER/NAME"),
            ("repositories: [../x]\n", "OWNER/NAME"),
            ("repositories: [o/r]\ntitles: [New hub]\n", "{name}"),
            ("repositories: [o/r]\nserver: https://x.org\n", "name of a host"),
            ("repositories: [o/r]\nserver: x.org@evil.org\n", "name of a host"),
            ("repositories: [o/r]\nserver: x.org:8443\n", "name of a host"),
            ("repositories: [o/r]\nserver: x.org\nbase_url: https://github.com\n",
             "`base_url` or `server`"))


if __name__ == "__main__":
    harness.main()
