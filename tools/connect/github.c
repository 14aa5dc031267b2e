/* tools/connect/github.c - hand-offs, out of issues of GitHub: handoffOpened, handoffAccepted,
 * serviceStarted.
 *
 * Source of the form: https://docs.github.com/en/rest/issues (issues, timeline). Issues are listed
 * in the order in which they changed last, from where the last run began. Logins, texts and
 * comments are not kept.
 *
 * The state has, by a repository's name: its id, the ETag of its newest page and since when its
 * issues are to be read; and what github_moved.c keeps. */
#include "tools/connect/github.h"

#include <stdlib.h>

#define MINUTE_US  (60 * BC_SECOND_US)
#define OVERLAP_US MINUTE_US /* read twice, rather than not at all */

static const struct connect_kind unread = {
    "repositoriesUnread", "repository is not there, or the token may not see it: not read",
    "repositories are not there, or the token may not see them: not read"
};
static const struct connect_kind replaced = {
    "repositoriesReplaced", "repository is another one than before, under the same name: not read",
    "repositories are others than before, under the same names: not read"
};
static const struct connect_kind others = {
    "otherIssues", "issue is no hand-off, by the account file: left out",
    "issues are no hand-offs, by the account file: left out"
};
static const struct connect_kind nameless = { "issuesNameless",
                                              "issue has no id or number: left out",
                                              "issues have no id or number: left out" };

/* ---- the issues of a repository ---- */

struct listing {
    struct github_reading *reading;
    struct github_repository *repository;
};

/* One that is older than the last run, and that no run has met: it was labelled only now, or it was
 * transferred, and is known by another id. */
static bool has_arrived(const struct listing *listing, const struct github_named *named,
                        const json_t *issue)
{
    int64_t us;

    return !named->known && connect_instant(&us, issue, "created_at") &&
           us < listing->repository->since_us &&
           !github_is_left_out(listing->reading, named, issue, listing->repository->name);
}

/* All that changed up to then is told: after a run that is broken off, the next one goes on there.
 */
static void mark(const struct listing *listing, const json_t *issue)
{
    struct github_repository *repository = listing->repository;
    json_t *state = json_object_get(listing->reading->run->state, repository->name.at);
    int64_t us;

    if (!connect_instant(&us, issue, "updated_at"))
        return;
    us = connect_not_ahead(listing->reading->run, us);
    if (us - OVERLAP_US <= repository->since_us)
        return;
    state = state ? json_copy(state) : json_object();
    json_object_del(state, "etag");
    json_object_set(state, "id", json_object_get(repository->state, "id"));
    json_object_set_new(state, "since", json_integer(us - OVERLAP_US));
    json_object_set_new(listing->reading->run->state, repository->name.at, state);
}

static bc_status tell_issue(struct listing *listing, const struct github_named *named,
                            const json_t *issue, struct bc_err *err)
{
    struct connect_run *run = listing->reading->run;
    const struct github_repository *repository = listing->repository;
    const struct bc_str path =
        connect_print(run, "/repos/%.*s/issues/%.*s", BC_STR_ARG(repository->now),
                      BC_STR_ARG(connect_text(run, issue, "number")));
    bc_status rc;

    run->objects++;
    rc = github_tell(listing->reading, named, issue, path, repository->name, err);
    if (rc < 0)
        return rc;
    github_moved_told(run, issue);
    mark(listing, issue);
    return connect_portion(run, err);
}

static bc_status take_issue(void *payload, const json_t *issue, struct bc_err *err)
{
    struct listing *listing = payload;
    struct connect_run *run = listing->reading->run;
    struct github_named named;

    if (json_object_get(issue, "pull_request"))
        return BC_OK;
    if (connect_text(run, issue, "id").len == 0 ||
        !json_is_integer(json_object_get(issue, "number"))) {
        connect_note(run, &nameless, (struct bc_str){ 0 });
        return BC_OK;
    }
    named = github_name(run, issue);
    if (!github_is_handoff(listing->reading, &named, issue)) {
        connect_listed(run, named.ref);
        connect_note(run, &others, (struct bc_str){ 0 });
        return BC_OK;
    }
    if (has_arrived(listing, &named, issue)) {
        const bc_status rc = github_sweep(listing->reading, err);

        if (rc < 0)
            return rc;
        named = github_name(run, issue);
    }
    connect_listed(run, named.ref);
    return tell_issue(listing, &named, issue, err);
}

/* The next page is where its link says, which is after the last issue of this one. (Were it the
 * n-th hundred, one that moves to the end in the meantime would let its neighbour slip by.) */
static bc_status read_issues(struct listing *listing, int64_t since_us, struct bc_err *err)
{
    struct connect_run *run = listing->reading->run;
    char since[BC_INSTANT_LEN];
    struct bc_buf path = { 0 };

    bc_buf_printf(&path, "/repos/%.*s/issues?state=all&sort=updated&direction=asc&per_page=100",
                  BC_STR_ARG(listing->repository->now));
    if (since_us > 0) {
        bc_instant_print(since, since_us / BC_SECOND_US * BC_SECOND_US);
        bc_buf_add_byte(&path, '\0'); /* as http_query_add wants it */
        path.len--;
        http_query_add(&path, "since", since);
    }
    return github_list(run, &path, NULL, take_issue, listing, err);
}

/* ---- a repository ---- */

/* Which repository answers to the name. `there`: the one that it was before, and it can be read. */
static bc_status look_at(struct connect_run *run, struct github_repository *of, struct bc_err *err)
{
    const json_t *before = json_object_get(of->state, "id");
    struct http_answer answer;
    struct bc_buf path = { 0 };
    struct bc_str now;
    json_t *id;
    bc_status rc;

    bc_buf_printf(&path, "/repos/%.*s", BC_STR_ARG(of->name));
    rc = connect_get(run, &answer, &path, &(struct http_request){ .missing_ok = true }, err);
    id = json_object_get(answer.root, "id");
    now = connect_text(run, answer.root, "full_name");
    of->now = github_is_repository(now) ? bc_arena_copy(run->keep, now) : of->name;
    of->there = rc == BC_OK && answer.status < 300;
    if (rc == BC_OK && !of->there)
        connect_missing(run, &unread, of->name);
    if (of->there && before && !json_equal(before, id)) {
        connect_missing(run, &replaced, of->name);
        of->there = false;
    }
    if (of->there && id)
        json_object_set(of->state, "id", id);
    of->begun_us = answer.date_us > 0 ? connect_not_ahead(run, answer.date_us) : run->now_us;
    http_answer_release(&answer);
    return rc;
}

/* Has anything moved since the last run? The newest page says it, by one address that stays. */
static bc_status ask_moved(struct connect_run *run, struct github_repository *of, bool *moved,
                           struct bc_err *err)
{
    const char *etag = json_string_value(json_object_get(of->state, "etag"));
    const struct http_request how = { .array_ok = true, .if_none_match = etag };
    struct http_answer answer;
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_printf(&path, "/repos/%.*s/issues?state=all&sort=updated&direction=desc&per_page=100",
                  BC_STR_ARG(of->now));
    rc = connect_get(run, &answer, &path, &how, err);
    *moved = rc == BC_OK && answer.status != 304;
    if (rc == BC_OK && *answer.etag)
        json_object_set_new(of->state, "etag", json_string(answer.etag));
    http_answer_release(&answer);
    return rc;
}

/* The state is what holds at the end: it is put into the run's only then. */
static bc_status read_repository(struct github_reading *reading, struct github_repository *of,
                                 struct bc_err *err)
{
    struct listing listing = { reading, of };
    bool moved = false;
    bc_status rc = ask_moved(reading->run, of, &moved, err);

    if (rc == BC_OK && moved)
        rc = read_issues(&listing, of->since_us, err);
    if (rc == BC_OK && moved) /* one that moved while pages were turned may have slipped by */
        rc = read_issues(&listing, of->begun_us - OVERLAP_US, err);
    if (rc == BC_OK && moved) {
        json_object_set_new(of->state, "since", json_integer(of->begun_us - OVERLAP_US));
        json_object_set(reading->run->state, of->name.at, of->state);
    }
    return rc;
}

static bc_status look_at_all(struct github_reading *reading, struct bc_err *err)
{
    struct connect_run *run = reading->run;
    bc_status rc = BC_OK;

    for (size_t i = 0; i < reading->account->repository_n; i++) {
        struct github_repository *of = &reading->repositories[i];
        const json_t *before;

        of->name = of->now = reading->account->repositories[i];
        before = json_object_get(run->state, of->name.at);
        of->state = before ? json_deep_copy(before) : json_object();
        of->since_us =
            connect_not_ahead(run, json_integer_value(json_object_get(of->state, "since")));
        if (rc == BC_OK)
            rc = look_at(run, of, err);
    }
    return rc;
}

static bc_status read_all(struct github_reading *reading, struct bc_err *err)
{
    bool all_there = true;
    bc_status rc = look_at_all(reading, err);

    if (rc == BC_OK)
        rc = github_sweep_if_due(reading, err);
    for (size_t i = 0; rc == BC_OK && i < reading->account->repository_n; i++) {
        if (reading->repositories[i].there)
            rc = read_repository(reading, &reading->repositories[i], err);
        all_there &= reading->repositories[i].there;
    }
    if (rc == BC_OK)
        rc = github_read_moved(reading, err);
    if (rc == BC_OK)
        github_swept(reading);
    if (rc == BC_OK && reading->swept && all_there)
        connect_listed_all(reading->run, github_ref(reading->run, (struct bc_str){ 0 }).at);
    return rc;
}

static bc_status read(struct connect_run *run, struct bc_err *err)
{
    struct github_reading reading = { .run = run, .account = run->account->own };
    bc_status rc;

    reading.repositories = bc_calloc(reading.account->repository_n, sizeof(*reading.repositories));
    rc = read_all(&reading, err);
    for (size_t i = 0; i < reading.account->repository_n; i++)
        json_decref(reading.repositories[i].state);
    free(reading.repositories);
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

/* Addresses are none: an owner in one may be a person. */
static const char *const plain_members[] = {
    "active_lock_reason",
    "author_association",
    "code",
    "commit_id",
    "event",
    "field",
    "id",
    "lock_reason",
    "node_id",
    "resource",
    "sha",
    "state",
    "state_reason",
    "status",
    "type",
    "visibility",
    NULL,
};
static const struct http_plain plain = { .members = plain_members };

static const struct http_service service = {
    .name = "GitHub",
    .left = "X-RateLimit-Remaining",
    .reset_at = "X-RateLimit-Reset",
    .meaning = meaning,
    .limit_wait_us = MINUTE_US,
    .plain = &plain,
};

static const char *const headers[] = { "Accept: application/vnd.github+json",
                                       "X-GitHub-Api-Version: 2022-11-28", NULL };
static const char *const forms[] = { "issue/", "/issues/", "#", NULL };
static const char *const domains[] = { "github.com", "ghe.com", NULL };

const struct connector connector_github = {
    .word = "github",
    .system = "github",
    .title = "GitHub",
    .base_url = "https://api.github.com",
    .domains = domains,
    .forms = forms,
    .token_variable = "GITHUB_TOKEN",
    .server_path = "/api/v3",
    .server_token_variable = "GITHUB_ENTERPRISE_TOKEN",
    .service = &service,
    .headers = headers,
    .follow = true,
    .in_flight_max = 1, /* as GitHub asks for */
    .limit_n = 80,
    .limit_us = MINUTE_US,
    .keys = github_keys,
    .key_n = GITHUB_KEY_N,
    .take_account = github_take_account,
    .read = read,
    .discover = github_discover,
};
