/* tools/connect/github.c - hand-offs, out of issues of GitHub: handoffOpened, handoffAccepted,
 * serviceStarted.
 *
 * Source of the form: https://docs.github.com/en/rest/issues (issues, timeline). An issue's own
 * face tells only what is so now; when it became so is in its timeline. What a later entry undoes
 * (a label taken off, an issue opened again) is taken back. Logins, texts and comments are not
 * kept. */
#include "ledger/base/instant.h"
#include "tools/connect/connector.h"
#include "tools/connect/run.h"

#include <inttypes.h>
#include <stdlib.h>

#define OVERLAP_US (INT64_C(60) * 1000000) /* read twice, rather than not at all */

struct account {
    const struct bc_str *repositories, *labels, *titles, *accepted, *started;
    size_t repository_n, label_n, title_n, accepted_n, started_n;
    bool assigned, closed;
};

/* A repository while it is read. */
struct repository {
    struct connect_run *run;
    const struct account *account;
    struct bc_str name; /* "owner/name" */
    json_t *state;      /* of it, in run->state */
    int64_t begun_us;   /* by GitHub's clock */
};

/* An issue, and what stands of it by its timeline. */
struct issue {
    struct repository *of;
    struct bc_str ref, url;
    struct connect_clues clues;
    struct change {
        enum bc_body body;
        struct bc_str id, by; /* by: the label; empty: an assignment or a close */
        int64_t us;
        bool undone;
    } * changes;
    size_t n, cap;
};

static const struct connect_kind unread = {
    "repositoriesUnread", "repository is not there, or the token may not see it: not read",
    "repositories are not there, or the token may not see them: not read"
};
static const struct connect_kind replaced = {
    "repositoriesReplaced", "repository is another one than before, under the same name: not read",
    "repositories are others than before, under the same names: not read"
};
static const struct connect_kind hidden = {
    "timelinesUnread", "issue has no timeline that can be read: only that it was opened is taken",
    "issues have no timelines that can be read: only that they were opened is taken"
};
static const struct connect_kind others = {
    "otherIssues", "issue is no hand-off, by the account file: left out",
    "issues are no hand-offs, by the account file: left out"
};
static const struct connect_kind reasonless = {
    "closesWithoutReason", "issue was closed without a reason: taken as completed",
    "issues were closed without a reason: taken as completed"
};
static const struct connect_kind undated = { "undated", "entry has no time: left out",
                                             "entries have no time: left out" };

/* ---- the account file ---- */

enum { REPOSITORIES, LABELS, TITLES, ACCEPTED, STARTED, ASSIGNED, CLOSED, KEY_N };
static const struct bc_field_key keys[KEY_N] = {
    [REPOSITORIES] = { "repositories", 0, 0 },
    [LABELS] = { "labels", 0, 0 },
    [TITLES] = { "titles", 0, 0 },
    [ACCEPTED] = { "accepted", 0, 0 },
    [STARTED] = { "started", 0, 0 },
    [ASSIGNED] = { "assigned", 0, 0 },
    [CLOSED] = { "closed", 0, 0 },
};

static bool is_repository(struct bc_str name)
{
    const char *slash = name.len ? memchr(name.at, '/', name.len) : NULL;

    return slash && slash > name.at && slash + 1 < name.at + name.len &&
           name.at[strspn(name.at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "0123456789._-/")] == '\0' &&
           !strchr(slash + 1, '/') && !strstr(name.at, "..");
}

static bc_status take_repositories(struct account *account, const struct bc_fields *in,
                                   const struct bc_yaml *value, const struct bc_yaml *file)
{
    bc_status rc;

    if (!value)
        return bc_fields_fault(in, file, "expected `repositories:` and a list of OWNER/NAME");
    rc = bc_fields_texts(in, &account->repositories, &account->repository_n, value, 1);
    for (size_t i = 0; rc == BC_OK && i < account->repository_n; i++)
        if (!is_repository(account->repositories[i]))
            rc = bc_fields_fault(in, value, "expected OWNER/NAME, not \"%.100s\"",
                                 account->repositories[i].at);
    return rc;
}

static bc_status take_account(const void **out, const struct bc_fields *in,
                              const struct bc_yaml *const *values, const struct bc_yaml *file)
{
    struct account *account = bc_arena_alloc(in->arena, sizeof(*account));
    const struct {
        const struct bc_str **texts;
        size_t *n;
        unsigned key;
    } lists[] = { { &account->labels, &account->label_n, LABELS },
                  { &account->titles, &account->title_n, TITLES },
                  { &account->accepted, &account->accepted_n, ACCEPTED },
                  { &account->started, &account->started_n, STARTED } };
    bc_status rc;

    *account = (struct account){ .assigned = true, .closed = true };
    rc = take_repositories(account, in, values[REPOSITORIES], file);
    for (size_t i = 0; rc == BC_OK && i < sizeof(lists) / sizeof(lists[0]); i++)
        if (values[lists[i].key])
            rc = bc_fields_texts(in, lists[i].texts, lists[i].n, values[lists[i].key], 0);
    if (rc == BC_OK && values[ASSIGNED])
        rc = bc_fields_bool(in, &account->assigned, values[ASSIGNED]);
    if (rc == BC_OK && values[CLOSED])
        rc = bc_fields_bool(in, &account->closed, values[CLOSED]);
    *out = account;
    return rc;
}

/* ---- an issue's timeline ---- */

static bool is_among(struct bc_str word, const struct bc_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(words[i], word))
            return true;
    return false;
}

/* A label is an object with its name, or the name alone. */
static struct bc_str label_of(struct connect_run *run, const json_t *label)
{
    if (json_is_string(label))
        return (struct bc_str){ json_string_value(label), json_string_length(label) };
    return connect_text(run, label, "name");
}

static void add_change(struct issue *issue, enum bc_body body, const json_t *entry,
                       struct bc_str kind, struct bc_str by)
{
    struct connect_run *run = issue->of->run;
    struct change change = { .body = body, .by = by };

    if (!connect_instant(&change.us, entry, "created_at")) {
        connect_note(run, &undated, issue->ref);
        return;
    }
    change.id = connect_id(run, "event/%.*s/%.*s", BC_STR_ARG(kind),
                           BC_STR_ARG(connect_text(run, entry, "id")));
    BC_GROW(issue->changes, issue->n, issue->cap);
    issue->changes[issue->n++] = change;
}

/* What came of a label, or of a close, is none any more. */
static void undo(struct issue *issue, enum bc_body body, struct bc_str by)
{
    for (size_t i = 0; i < issue->n; i++)
        if (issue->changes[i].body == body && bc_str_eq(issue->changes[i].by, by))
            issue->changes[i].undone = true;
}

static void take_label(struct issue *issue, const json_t *entry, struct bc_str kind, bool on)
{
    const struct account *account = issue->of->account;
    const struct bc_str label = label_of(issue->of->run, json_object_get(entry, "label"));
    const enum bc_body body = is_among(label, account->started, account->started_n)
                                  ? BC_SERVICE_STARTED
                                  : BC_HANDOFF_ACCEPTED;

    if (body == BC_HANDOFF_ACCEPTED && !is_among(label, account->accepted, account->accepted_n))
        return;
    if (on)
        add_change(issue, body, entry, kind, label);
    else
        undo(issue, body, label);
}

static void take_close(struct issue *issue, const json_t *entry, struct bc_str kind)
{
    struct connect_run *run = issue->of->run;
    const struct bc_str reason = connect_text(run, entry, "state_reason");

    if (!issue->of->account->closed || (reason.len && !bc_str_eq(reason, BC_STR("completed"))))
        return;
    if (reason.len == 0)
        connect_note(run, &reasonless, issue->ref);
    add_change(issue, BC_SERVICE_STARTED, entry, kind, (struct bc_str){ 0 });
}

static void take_entry(struct issue *issue, const json_t *entry)
{
    const struct bc_str kind = connect_text(issue->of->run, entry, "event");

    if (bc_str_eq(kind, BC_STR("labeled")))
        take_label(issue, entry, kind, true);
    else if (bc_str_eq(kind, BC_STR("unlabeled")))
        take_label(issue, entry, kind, false);
    else if (bc_str_eq(kind, BC_STR("assigned")) && issue->of->account->assigned)
        add_change(issue, BC_HANDOFF_ACCEPTED, entry, kind, (struct bc_str){ 0 });
    else if (bc_str_eq(kind, BC_STR("closed")))
        take_close(issue, entry, kind);
    else if (bc_str_eq(kind, BC_STR("reopened")))
        undo(issue, BC_SERVICE_STARTED, (struct bc_str){ 0 });
}

/* One page of a listing, in *answer; *next is the path of the one after it, or empty. */
static bc_status read_page(struct repository *of, struct http_answer *answer, struct bc_buf *next,
                           struct http_pages *pages, bool missing_ok, struct bc_err *err)
{
    static const int gone[] = { 404, 410, 0 };
    const struct http_request how = { .array_ok = true, .allowed = missing_ok ? gone : NULL };
    struct bc_buf path = *next;
    const char *kept = NULL;
    bc_status rc;

    *next = (struct bc_buf){ 0 };
    rc = connect_get(of->run, answer, &path, &how, err);
    if (rc == BC_OK && answer->status < 300 && !json_is_array(answer->root))
        rc = bc_err_set(err, BC_E_REMOTE, "GET /repos/%.*s: the answer is no list",
                        BC_STR_ARG(of->name));
    if (rc != BC_OK || !*answer->next)
        return rc;
    rc = http_pages_follow(pages, &kept, answer->next, json_array_size(answer->root), err);
    if (rc == BC_OK)
        bc_buf_add_str(next, bc_str_of(answer->next));
    return rc < 0 ? rc : BC_OK;
}

static bc_status read_timeline(struct issue *issue, struct bc_str number, struct bc_err *err)
{
    struct repository *of = issue->of;
    struct http_pages pages = { 0 };
    struct bc_buf path = { 0 };
    bc_status rc = BC_OK;

    bc_buf_printf(&path, "/repos/%.*s/issues/%.*s/timeline?per_page=100", BC_STR_ARG(of->name),
                  BC_STR_ARG(number));
    while (rc == BC_OK && path.len) {
        struct http_answer answer;

        rc = read_page(of, &answer, &path, &pages, true, err);
        if (rc == BC_OK && answer.status >= 300)
            connect_note(of->run, &hidden, issue->ref);
        for (size_t i = 0; rc == BC_OK && i < json_array_size(answer.root); i++)
            take_entry(issue, json_array_get(answer.root, i));
        http_answer_release(&answer);
    }
    http_pages_release(&pages);
    bc_buf_release(&path);
    return rc;
}

/* ---- an issue ---- */

static bc_status tell(struct issue *issue, enum bc_body body, struct bc_str id, int64_t us,
                      struct bc_err *err)
{
    struct connect_run *run = issue->of->run;
    struct bc_event event = connect_event(run, body, us, issue->ref);

    event.id = id;
    if (body != BC_SERVICE_STARTED)
        connect_set(&event, "issueUrl", issue->url);
    return connect_tell_tied(run, &event, &issue->clues, NULL, err);
}

/* Of several that say the same the first that stands is it. */
static bc_status tell_changes(struct issue *issue, enum bc_body body, struct bc_err *err)
{
    struct connect_run *run = issue->of->run;
    const struct connect_object *known = connect_known_object(run->known, issue->ref);
    bool there = false;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < issue->n; i++) {
        const struct change *change = &issue->changes[i];

        if (change->body != body)
            continue;
        if (!change->undone && !there)
            rc = tell(issue, body, change->id, change->us, err);
        else
            rc = connect_take_back(run, change->id, known ? known->deal : (struct bc_str){ 0 },
                                   "the issue was opened again, or its label taken off", err);
        there |= !change->undone;
    }
    connect_expect(run, issue->ref, body, there);
    return rc;
}

static bool is_handoff(const struct issue *issue, const json_t *json, struct bc_str title)
{
    const struct account *account = issue->of->account;
    const json_t *labels = json_object_get(json, "labels");
    struct connect_run *run = issue->of->run;
    struct connect_clues named = { 0 };

    if (account->label_n + account->title_n == 0 || connect_known_object(run->known, issue->ref))
        return true;
    for (size_t i = 0; i < json_array_size(labels); i++)
        if (is_among(label_of(run, json_array_get(labels, i)), account->labels, account->label_n))
            return true;
    for (size_t i = 0; i < account->title_n; i++)
        connect_clue_title(&named, title, account->titles[i]);
    return named.n > 0;
}

static void gather_clues(struct issue *issue, const json_t *json, struct bc_str number)
{
    struct connect_run *run = issue->of->run;
    const struct account *account = issue->of->account;

    connect_clue(&issue->clues, CONNECT_OBJECT, issue->ref);
    connect_clue(&issue->clues, CONNECT_OBJECT, issue->url);
    connect_clue(&issue->clues, CONNECT_OBJECT,
                 connect_print(run, "%.*s#%.*s", BC_STR_ARG(issue->of->name), BC_STR_ARG(number)));
    for (size_t i = 0; i < account->title_n; i++)
        connect_clue_title(&issue->clues, connect_text(run, json, "title"), account->titles[i]);
    connect_clue_text(&issue->clues, connect_text(run, json, "body"));
}

static bc_status tell_issue(struct issue *issue, const json_t *json, struct bc_err *err)
{
    struct connect_run *run = issue->of->run;
    const struct bc_str number = connect_text(run, json, "number");
    int64_t us;
    bc_status rc = BC_OK;

    gather_clues(issue, json, number);
    if (connect_instant(&us, json, "created_at")) {
        connect_expect(run, issue->ref, BC_HANDOFF_OPENED, true);
        rc = tell(issue, BC_HANDOFF_OPENED, connect_id(run, "%.*s/opened", BC_STR_ARG(issue->ref)),
                  us, err);
    } else {
        connect_note(run, &undated, issue->ref);
    }
    if (rc == BC_OK)
        rc = read_timeline(issue, number, err);
    if (rc == BC_OK)
        rc = tell_changes(issue, BC_HANDOFF_ACCEPTED, err);
    if (rc == BC_OK)
        rc = tell_changes(issue, BC_SERVICE_STARTED, err);
    return rc;
}

static bc_status take_issue(struct repository *of, const json_t *json, struct bc_err *err)
{
    struct connect_run *run = of->run;
    const struct bc_str id = connect_text(run, json, "id");
    struct issue issue = { .of = of };
    bc_status rc;

    if (id.len == 0 || json_object_get(json, "pull_request"))
        return BC_OK;
    issue.ref = connect_print(run, "issue/%.*s", BC_STR_ARG(id));
    issue.url = connect_text(run, json, "html_url");
    connect_listed(run, issue.ref);
    if (!is_handoff(&issue, json, connect_text(run, json, "title"))) {
        connect_note(run, &others, (struct bc_str){ 0 });
        return BC_OK;
    }
    run->objects++;
    rc = tell_issue(&issue, json, err);
    free(issue.changes);
    return rc == BC_OK ? connect_portion(run, err) : rc;
}

/* ---- a repository ---- */

static void add_since(struct bc_buf *path, int64_t us)
{
    char text[BC_INSTANT_LEN];

    bc_instant_print(text, us / BC_SECOND_US * BC_SECOND_US);
    http_query_add(path, "since", text);
}

static bc_status read_issues(struct repository *of, int64_t since_us, struct bc_err *err)
{
    struct http_pages pages = { 0 };
    struct bc_buf path = { 0 };
    bc_status rc = BC_OK;

    bc_buf_printf(&path, "/repos/%.*s/issues?state=all&sort=updated&direction=asc&per_page=100",
                  BC_STR_ARG(of->name));
    if (since_us > 0) {
        bc_buf_add_byte(&path, '\0');
        path.len--;
        add_since(&path, since_us);
    }
    while (rc == BC_OK && path.len) {
        struct http_answer answer;

        rc = read_page(of, &answer, &path, &pages, false, err);
        for (size_t i = 0; rc == BC_OK && i < json_array_size(answer.root); i++)
            rc = take_issue(of, json_array_get(answer.root, i), err);
        http_answer_release(&answer);
    }
    http_pages_release(&pages);
    bc_buf_release(&path);
    return rc;
}

/* Which repository answers to the name. *there: the one that it was before, and it can be read. */
static bc_status look_at(struct repository *of, bool *there, struct bc_err *err)
{
    const json_t *before = json_object_get(of->state, "id");
    struct http_answer answer;
    struct bc_buf path = { 0 };
    const json_t *id;
    bc_status rc;

    bc_buf_printf(&path, "/repos/%.*s", BC_STR_ARG(of->name));
    rc = connect_get(of->run, &answer, &path, &(struct http_request){ .missing_ok = true }, err);
    id = json_object_get(answer.root, "id");
    *there = rc == BC_OK && answer.status < 300;
    if (rc == BC_OK && !*there)
        connect_note(of->run, &unread, of->name);
    if (*there && before && !json_equal(before, id)) {
        connect_note(of->run, &replaced, of->name);
        *there = false;
    }
    if (*there && id)
        json_object_set(of->state, "id", (json_t *)(uintptr_t)id);
    of->begun_us = answer.date_us > 0 ? answer.date_us : of->run->now_us;
    http_answer_release(&answer);
    return rc;
}

/* Has anything moved since the last run? The newest page says it, by one address that stays. */
static bc_status ask_moved(struct repository *of, bool *moved, struct bc_err *err)
{
    const char *etag = json_string_value(json_object_get(of->state, "etag"));
    const struct http_request how = { .array_ok = true, .if_none_match = etag };
    struct http_answer answer;
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_printf(&path, "/repos/%.*s/issues?state=all&sort=updated&direction=desc&per_page=100",
                  BC_STR_ARG(of->name));
    rc = connect_get(of->run, &answer, &path, &how, err);
    *moved = rc == BC_OK && answer.status != 304;
    if (rc == BC_OK && *answer.etag)
        json_object_set_new(of->state, "etag", json_string(answer.etag));
    http_answer_release(&answer);
    return rc;
}

/* *whole: all of its issues were listed. The state is what holds at the end: it is put into the
 * run's only then. */
static bc_status read_repository(struct repository *of, bool *whole, struct bc_err *err)
{
    const int64_t since_us = json_integer_value(json_object_get(of->state, "since"));
    bool there = false, moved = false;
    bc_status rc = look_at(of, &there, err);

    *whole = false;
    if (rc == BC_OK && there)
        rc = ask_moved(of, &moved, err);
    if (rc < 0 || !moved)
        return rc;
    rc = read_issues(of, since_us, err);
    if (rc == BC_OK) /* one that moved while pages were turned may have slipped by */
        rc = read_issues(of, of->begun_us - OVERLAP_US, err);
    if (rc < 0)
        return rc;
    json_object_set_new(of->state, "since", json_integer(of->begun_us - OVERLAP_US));
    *whole = since_us == 0;
    return BC_OK;
}

static bc_status read(struct connect_run *run, struct bc_err *err)
{
    const struct account *account = run->account->own;
    bool all_whole = true;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < account->repository_n; i++) {
        struct repository of = { run, account, account->repositories[i], NULL, 0 };
        const json_t *before = json_object_get(run->state, of.name.at);
        bool whole = false;

        of.state = before ? json_deep_copy(before) : json_object();
        rc = read_repository(&of, &whole, err);
        all_whole &= whole;
        if (rc == BC_OK)
            json_object_set(run->state, of.name.at, of.state);
        json_decref(of.state);
    }
    if (rc == BC_OK && all_whole)
        connect_listed_all(run, "issue/");
    return rc;
}

/* ---- the service ---- */

/* A limit is a 403 or 429 where nothing is left, or that speaks of a secondary limit. */
static enum http_meaning meaning(const struct http_reply_facts *facts)
{
    static const char *const limits[] = { "secondary rate limit", "abuse detection",
                                          "rate limit exceeded" };

    if (facts->status != 403 && facts->status != 422 && facts->status != 429)
        return HTTP_USUAL;
    if (facts->status != 422 && facts->left == 0)
        return HTTP_IS_LIMIT;
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
        if (facts->body.len &&
            memmem(facts->body.at, facts->body.len, limits[i], strlen(limits[i])))
            return HTTP_IS_LIMIT;
    return HTTP_USUAL;
}

static const struct http_service service = {
    .name = "GitHub",
    .left = "X-RateLimit-Remaining",
    .reset_at = "X-RateLimit-Reset",
    .meaning = meaning,
    .limit_wait_us = INT64_C(60) * 1000000,
};

static const char *const headers[] = { "Accept: application/vnd.github+json",
                                       "X-GitHub-Api-Version: 2022-11-28", NULL };
static const char *const domains[] = { "github.com", NULL };

const struct connector connector_github = {
    .word = "github",
    .system = "github",
    .title = "GitHub",
    .base_url = "https://api.github.com",
    .domains = domains,
    .token_variable = "GITHUB_TOKEN",
    .service = &service,
    .headers = headers,
    .follow = true,
    .in_flight_max = 1, /* as GitHub asks for */
    .limit_n = 80,
    .limit_us = INT64_C(60) * 1000000,
    .keys = keys,
    .key_n = KEY_N,
    .take_account = take_account,
    .read = read,
};
