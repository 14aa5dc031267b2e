/* tools/connect/github_issue.c - an issue's face tells only what is so now; when it became so is in
 * its timeline. What a later entry undoes (a label taken off, an issue opened again) is taken back.
 *
 * The timeline of an issue that was transferred has ids of its own, and may lack entries: what was
 * told before stands first, and an entry of the same kind and time is the same one. */
#include "tools/connect/github.h"

#include <stdlib.h>

#define TIMELINE_BODIES                                                                            \
    (connect_body_bit(BC_HANDOFF_ACCEPTED) | connect_body_bit(BC_SERVICE_STARTED))

struct issue {
    struct connect_run *run;
    const struct github_account *account;
    const struct github_named *named;
    const json_t *json;
    struct bc_str url;
    struct connect_clues clues;
    struct change {
        enum bc_body body;
        struct bc_str id, by; /* by: the label; empty: an assignment or a close */
        int64_t us;
        bool undone;
        bool recorded;  /* of the ledger, and not found in the timeline so far */
        bool any_label; /* of a label whose name is not known */
    } * changes;
    size_t n, cap;
};

static const struct connect_kind hidden = {
    "timelinesUnread", "issue has no timeline that can be read: only that it was opened is taken",
    "issues have no timelines that can be read: only that they were opened is taken"
};
static const struct connect_kind reasonless = {
    "closesWithoutReason", "issue was closed without a reason: taken as completed",
    "issues were closed without a reason: taken as completed"
};
static const struct connect_kind not_done = {
    "closesNotCompleted", "issue was closed as not planned or as a duplicate: no service by that",
    "issues were closed as not planned or as duplicates: no service by that"
};
static const struct connect_kind undated = { "undated", "entry has no time: left out",
                                             "entries have no time: left out" };
static const struct connect_kind nameless = { "nameless", "entry has no id: left out",
                                              "entries have no id: left out" };
static const struct connect_kind unknown = { "kindsUnknown",
                                             "entry is of a kind that is not known: left out",
                                             "entries are of kinds that are not known: left out" };

/* ---- what becomes of it ---- */

static bool is_among(struct bc_str word, const struct bc_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(words[i], word))
            return true;
    return false;
}

static void add(struct issue *issue, struct change change)
{
    BC_GROW(issue->changes, issue->n, issue->cap);
    issue->changes[issue->n++] = change;
}

static bool is_of_kind(const struct issue *issue, struct bc_str id, struct bc_str kind)
{
    return bc_str_begins(id, connect_print(issue->run, "%s:%.*sevent/%.*s/", issue->run->is->system,
                                           BC_STR_ARG(github_place(issue->run)), BC_STR_ARG(kind)));
}

/* What earlier runs have of a transferred issue. */
static void add_recorded(struct issue *issue)
{
    const struct connect_object *object =
        connect_known_object(issue->run->known, issue->named->ref);
    struct connect_stood stood;
    size_t at = 0;

    if (!issue->named->moved || !object)
        return;
    while (connect_known_next(issue->run->known, object, &at, &stood))
        if (stood.body == BC_HANDOFF_ACCEPTED || stood.body == BC_SERVICE_STARTED)
            add(issue,
                (struct change){ .body = stood.body,
                                 .id = stood.id,
                                 .us = stood.occurred_us,
                                 .recorded = true,
                                 .any_label = is_of_kind(issue, stood.id, BC_STR("labeled")) });
}

/* The one of them that is of the same entry; NULL: none is. */
static struct change *found_before(struct issue *issue, const struct change *change,
                                   struct bc_str kind)
{
    for (size_t i = 0; i < issue->n; i++) {
        struct change *before = &issue->changes[i];

        if (before->recorded && before->body == change->body && before->us == change->us &&
            is_of_kind(issue, before->id, kind))
            return before;
    }
    return NULL;
}

/* The id under which the same entry is kept without a deal; or empty. */
static struct bc_str kept_id(struct issue *issue, int64_t us, struct bc_str kind)
{
    const struct connect_untied *untied = &issue->run->untied;
    const char *key;
    json_t *one;

    json_object_foreach(untied->events, key, one)
    {
        const struct bc_str id = bc_str_of(key);
        int64_t kept_us;

        if (bc_str_eq(connect_text(issue->run, one, "ref"), issue->named->ref) &&
            is_of_kind(issue, id, kind) && connect_untied_when(untied, id, &kept_us) &&
            kept_us == us)
            return connect_print(issue->run, "%s", key);
    }
    return (struct bc_str){ 0 };
}

static void add_change(struct issue *issue, enum bc_body body, const json_t *entry,
                       struct bc_str kind, struct bc_str by)
{
    struct connect_run *run = issue->run;
    const struct bc_str id = connect_text(run, entry, "id");
    struct change change = { .body = body }, *before;

    if (id.len == 0 || !connect_instant(&change.us, entry, "created_at")) {
        connect_note(run, id.len ? &undated : &nameless, issue->named->ref);
        return;
    }
    change.by = connect_print(run, "%.*s", BC_STR_ARG(by)); /* longer than its page */
    before = found_before(issue, &change, kind);
    if (before) {
        change.id = before->id;
        *before = change;
        return;
    }
    if (issue->named->moved)
        change.id = kept_id(issue, change.us, kind);
    if (change.id.len == 0)
        change.id = connect_id(run, "%.*sevent/%.*s/%.*s", BC_STR_ARG(github_place(run)),
                               BC_STR_ARG(kind), BC_STR_ARG(id));
    add(issue, change);
}

/* What came before of a label, or of a close, is none any more. */
static void undo(struct issue *issue, enum bc_body body, const json_t *entry, struct bc_str by)
{
    int64_t us = BC_INSTANT_MAX;

    (void)connect_instant(&us, entry, "created_at");
    for (size_t i = 0; i < issue->n; i++) {
        struct change *change = &issue->changes[i];

        if (change->body == body && change->us <= us &&
            (change->any_label ? by.len > 0 : bc_str_eq(change->by, by)))
            change->undone = true;
    }
}

/* ---- a timeline ---- */

static void take_label(struct issue *issue, const json_t *entry, struct bc_str kind)
{
    const struct github_account *account = issue->account;
    const struct bc_str label = github_label(issue->run, json_object_get(entry, "label"));
    const enum bc_body body = is_among(label, account->started, account->started_n)
                                  ? BC_SERVICE_STARTED
                                  : BC_HANDOFF_ACCEPTED;

    if (body == BC_HANDOFF_ACCEPTED && !is_among(label, account->accepted, account->accepted_n))
        return;
    if (bc_str_eq(kind, BC_STR("labeled")))
        add_change(issue, body, entry, kind, label);
    else
        undo(issue, body, entry, label);
}

static void take_assignment(struct issue *issue, const json_t *entry, struct bc_str kind)
{
    if (issue->account->assigned)
        add_change(issue, BC_HANDOFF_ACCEPTED, entry, kind, (struct bc_str){ 0 });
}

/* Of a close that gives none the issue itself may, if it is the last one. */
static struct bc_str reason_of(struct issue *issue, const json_t *entry)
{
    const struct bc_str reason = connect_text(issue->run, entry, "state_reason");
    const struct bc_str at = connect_text(issue->run, entry, "created_at");

    if (reason.len || at.len == 0 ||
        !bc_str_eq(connect_text(issue->run, issue->json, "closed_at"), at))
        return reason;
    return connect_text(issue->run, issue->json, "state_reason");
}

static void take_close(struct issue *issue, const json_t *entry, struct bc_str kind)
{
    const struct bc_str reason = reason_of(issue, entry);

    if (!issue->account->closed)
        return;
    if (reason.len && !bc_str_eq(reason, BC_STR("completed"))) {
        connect_note(issue->run, &not_done, issue->named->ref);
        undo(issue, BC_SERVICE_STARTED, entry, (struct bc_str){ 0 }); /* closed otherwise now */
        return;
    }
    if (reason.len == 0)
        connect_note(issue->run, &reasonless, issue->named->ref);
    add_change(issue, BC_SERVICE_STARTED, entry, kind, (struct bc_str){ 0 });
}

static void take_reopening(struct issue *issue, const json_t *entry, struct bc_str kind)
{
    (void)kind;
    undo(issue, BC_SERVICE_STARTED, entry, (struct bc_str){ 0 });
}

/* Kinds that say nothing of a hand-off. The list is open. */
static bool says_nothing(struct bc_str kind)
{
    static const char *const kinds[] = { "added_to_",
                                         "blocked_by_",
                                         "blocking_",
                                         "comment_deleted",
                                         "commented",
                                         "committed",
                                         "connected",
                                         "converted_",
                                         "cross-referenced",
                                         "demilestoned",
                                         "disconnected",
                                         "issue_type_",
                                         "locked",
                                         "marked_as_duplicate",
                                         "mentioned",
                                         "milestoned",
                                         "moved_columns_in_project",
                                         "parent_issue_",
                                         "pinned",
                                         "project_v2_",
                                         "referenced",
                                         "removed_from_",
                                         "renamed",
                                         "sub_issue_",
                                         "subscribed",
                                         "transferred",
                                         "unassigned",
                                         "unlocked",
                                         "unmarked_as_duplicate",
                                         "unpinned",
                                         "unsubscribed" };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (bc_str_begins(kind, bc_str_of(kinds[i])))
            return true;
    return false;
}

static bc_status take_entry(void *payload, const json_t *entry, struct bc_err *err)
{
    static const struct {
        const char *kind;
        void (*take)(struct issue *issue, const json_t *entry, struct bc_str kind);
    } kinds[] = { { "labeled", take_label },
                  { "unlabeled", take_label },
                  { "assigned", take_assignment },
                  { "closed", take_close },
                  { "reopened", take_reopening } };
    struct issue *issue = payload;
    const struct bc_str kind = connect_text(issue->run, entry, "event");

    (void)err;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (bc_str_eq(kind, bc_str_of(kinds[i].kind))) {
            kinds[i].take(issue, entry, kind);
            return BC_OK;
        }
    }
    if (!says_nothing(kind))
        connect_note(issue->run, &unknown, kind);
    return BC_OK;
}

static bc_status read_timeline(struct issue *issue, struct bc_str path, bool *whole,
                               struct bc_err *err)
{
    struct bc_buf timeline = { 0 };
    int status;
    bc_status rc;

    bc_buf_printf(&timeline, "%.*s/timeline?per_page=100", BC_STR_ARG(path));
    rc = github_list_by_time(issue->run, &timeline, &status, take_entry, issue, err);
    *whole = rc == BC_OK && status < 300;
    if (rc == BC_OK && !*whole)
        connect_note(issue->run, &hidden, issue->named->ref);
    return rc;
}

/* ---- an issue ---- */

bool github_is_handoff(struct github_reading *reading, const struct github_named *named,
                       const json_t *issue)
{
    const struct github_account *account = reading->account;
    const json_t *labels = json_object_get(issue, "labels");
    struct connect_run *run = reading->run;
    struct connect_clues clues = { 0 };

    if (account->label_n + account->title_n == 0 || named->known)
        return true;
    for (size_t i = 0; i < json_array_size(labels); i++)
        if (is_among(github_label(run, json_array_get(labels, i)), account->labels,
                     account->label_n))
            return true;
    for (size_t i = 0; i < account->title_n; i++)
        connect_clue_title(&clues, connect_text(run, issue, "title"), account->titles[i]);
    return clues.n > 0;
}

static bc_status tell(struct issue *issue, enum bc_body body, struct bc_str id, int64_t us,
                      struct bc_err *err)
{
    struct bc_event event = connect_event(issue->run, body, us, issue->named->ref);

    event.id = id;
    if (body != BC_SERVICE_STARTED)
        connect_set(&event, "issueUrl", issue->url);
    return connect_tell_tied(issue->run, &event, &issue->clues, NULL, err);
}

static bc_status tell_opened(struct issue *issue, struct bc_err *err)
{
    struct connect_run *run = issue->run;
    const struct bc_str ref = issue->named->ref;
    const struct bc_str id = connect_id(run, "%.*s/opened", BC_STR_ARG(ref));
    int64_t us;

    if (!connect_instant(&us, issue->json, "created_at")) {
        connect_note(run, &undated, ref);
        return BC_OK;
    }
    if (issue->named->moved && !connect_known_when(run->known, id, &us))
        (void)connect_untied_when(&run->untied, id, &us);
    connect_expect(run, ref, BC_HANDOFF_OPENED, true);
    return tell(issue, BC_HANDOFF_OPENED, id, us, err);
}

/* Of several that say the same the first that stands is it. */
static bc_status tell_changes(struct issue *issue, enum bc_body body, struct bc_err *err)
{
    const struct change *first = NULL;

    for (size_t i = 0; !first && i < issue->n; i++)
        if (issue->changes[i].body == body && !issue->changes[i].undone)
            first = &issue->changes[i];
    connect_expect(issue->run, issue->named->ref, body, first != NULL);
    return first ? tell(issue, body, first->id, first->us, err) : BC_OK;
}

/* Where its timeline cannot be read, what came of it before stands. */
static bc_status tell_all_changes(struct issue *issue, struct bc_str path, struct bc_err *err)
{
    bool whole = false;
    bc_status rc = read_timeline(issue, path, &whole, err);

    if (rc < 0 || !whole)
        return rc;
    rc = tell_changes(issue, BC_HANDOFF_ACCEPTED, err);
    if (rc == BC_OK)
        rc = tell_changes(issue, BC_SERVICE_STARTED, err);
    return rc == BC_OK ? connect_told_all(issue->run, issue->named->ref, TIMELINE_BODIES,
                                          "by what the issue's timeline and the account file say "
                                          "now it is none",
                                          err)
                       : rc;
}

bc_status github_tell(struct github_reading *reading, const struct github_named *named,
                      const json_t *json, struct bc_str path, struct bc_str repository,
                      struct bc_err *err)
{
    struct issue issue = { .run = reading->run,
                           .account = reading->account,
                           .named = named,
                           .json = json,
                           .url = named->address };
    bc_status rc;

    if (issue.url.len == 0)
        issue.url = connect_text(issue.run, json, "html_url");
    github_gather_clues(&issue.clues, reading, named, json, repository);
    add_recorded(&issue);
    rc = tell_opened(&issue, err);
    if (rc == BC_OK)
        rc = tell_all_changes(&issue, path, err);
    free(issue.changes);
    return rc;
}
