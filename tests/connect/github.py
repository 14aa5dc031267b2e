#!/usr/bin/env python3
"""Hand-off issues, out of a GitHub on loopback."""

import copy
import json

import fake
import harness
from harness import event

PAGE = 2  # issues; the service gives up to 100
REPOSITORY = 71


class GitHub(fake.Fake):
    limited = (403, {"message": "You have exceeded a secondary rate limit."}, {"Retry-After": "0"})
    refused = (401, {"message": "Bad credentials"}, {})

    def __init__(self, issues, timelines):
        super().__init__()
        self.issues, self.timelines = issues, timelines
        self.repository = REPOSITORY
        self.date = "Sun, 01 Jun 2025 08:00:00 GMT"
        self.circle = False

    def answer(self, asked):
        assert asked.headers["X-GitHub-Api-Version"] == "2022-11-28"
        assert asked.headers["User-Agent"]
        path = asked.path
        if path == "/repos/old/name":  # renamed: it leads to its number
            return fake.Reply(301, {"message": "Moved Permanently"},
                              {"Location": f"{self.url}/repositories/{REPOSITORY}"})
        if path in ("/repos/o/r", f"/repositories/{REPOSITORY}"):
            return {"id": self.repository, "full_name": "o/r"}
        if path in ("/repos/o/r/issues", f"/repositories/{REPOSITORY}/issues"):
            return self.list(asked)
        if path.startswith("/repos/o/r/issues/") and path.endswith("/timeline"):
            number = int(path.split("/")[5])
            if number not in self.timelines:
                return fake.Reply(404, {"message": "Not Found"})
            return self.timelines[number]
        return fake.Reply(404, {"message": "Not Found"})

    def list(self, asked):
        query = asked.query
        assert query["state"] == "all" and query["sort"] == "updated", query
        found = sorted(self.issues, key=lambda one: one["updated_at"],
                       reverse=query["direction"] == "desc")
        if query["direction"] == "desc":
            etag = f'W/"{hash(json.dumps(self.issues, sort_keys=True)) & 0xffffff}"'
            if asked.headers.get("If-None-Match") == etag:
                return fake.Reply(304, {}, {"ETag": etag})
            return fake.Reply(200, found[:PAGE], {"ETag": etag})
        found = [one for one in found if one["updated_at"] >= query.get("since", "")]
        if "page" in query and "after" not in query:
            return fake.Reply(422, {"message": "Pagination with the page parameter is not supported"})
        at = int(query.get("after", 0))
        links = [f'<{self.url}/repositories/{REPOSITORY}/issues?last=1>; rel="last"']
        if at + PAGE < len(found) or self.circle:
            after = at + PAGE if not self.circle else PAGE
            rest = "&".join(f"{k}={v}" for k, v in query.items() if k not in ("after", "page"))
            links.insert(0, f'<{self.url}/repositories/{REPOSITORY}/issues?{rest}&after={after}'
                            '&page=2>; rel="next"')
        return fake.Reply(200, found[at:at + PAGE], {"Link": ", ".join(links)})


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
        self.assertEqual((notes["otherIssues"], notes["closesWithoutReason"]), (1, 1), notes)
        self.assertEqual([one["object"] for one in found["unlinked"]], ["issue/3006"])
        self.write("links.yaml", 'links: { "o/r#62": "900300" }\n')
        self.assertEqual(self.bring()["unlinked"], [])

    def test_where_nothing_moved_three_requests_are_enough(self):
        self.bring()
        self.fake.forget()
        self.bring()
        self.assertLessEqual(len(self.fake.asked), 3, [one.path for one in self.fake.asked])

    def test_a_repository_of_the_same_name_is_not_taken_for_it(self):
        self.bring()
        self.fake.repository = 72
        notes = {one["note"]: one.get("which") for one in self.bring()["notes"]}
        self.assertEqual(notes["repositoriesReplaced"], ["o/r"])
        self.check_events(HISTORY)

    def test_a_listing_that_goes_in_a_circle_ends(self):
        self.fake.circle = True
        _, said = self.run_program(*self.arguments(), code=8, **self.token())
        self.assertIn("in a circle", said)

    def test_a_repository_that_cannot_be_seen_is_said(self):
        self.write("github.yaml", "repositories: [o/other, o/r]\n" + self.account.split("\n", 1)[1])
        notes = {one["note"]: one.get("which") for one in self.bring()["notes"]}
        self.assertEqual(notes["repositoriesUnread"], ["o/other"])
        self.check_events(HISTORY)

    def test_faults_of_the_account_file_are_said(self):
        for text, says in [("labels: [x]\n", "repositories"), ("repositories: [x]\n", "OWNER/NAME"),
                           ("repositories: [../x]\n", "OWNER/NAME")]:
            self.write("github.yaml", text)
            _, said = self.run_program(*self.arguments(), code=3, **self.token())
            self.assertIn(says, said)


if __name__ == "__main__":
    harness.main()
