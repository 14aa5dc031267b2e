/* tools/connect/asana.c - experiments, published versions of playbook and ICP, and learnings, out
 * of projects of Asana.
 *
 * A task shows only what is so now; when it became so is in its stories, which can only be read
 * whole. So a project is read once, and then what its events name; a token of events lives a day,
 * and after that what was modified since is read, and all gids, to see what is there no more. The
 * next token is taken before anything is read, and kept with what was told: so nothing falls
 * between. Comments and the stories' own texts are not asked for. */
#include "tools/connect/asana.h"

#include "tools/connect/paging.h"

#include <inttypes.h>

#define OVERLAP_US (INT64_C(60) * BC_SECOND_US)
#define SWEEP_US   BC_DAY_US /* events may be missing now and then */

static const struct connect_kind no_events = {
    "eventsUnread", "project shows no events to this token: it is read by what was modified",
    "projects show no events to this token: they are read by what was modified"
};
static const struct connect_kind repeated = {
    "eventsRepeated", "project's events say the same again and again: it is read as a whole",
    "projects' events say the same again and again: they are read as a whole"
};
static const struct connect_kind unread = {
    "projectsUnread", "project is not there, or the token may not see it: not read",
    "projects are not there, or the token may not see them: not read"
};

/* A run over all projects. */
struct sweep {
    struct connect_run *run;
    json_t *taken;  /* of the present project, the tasks of which events were read to their end */
    bool look_gone; /* an event, or a missing task, says that something is gone */
    bool unread;    /* a project is: what is gone cannot be said */
    bool *listed;   /* of each project: all its tasks */
};

/* ---- a project as a whole ---- */

/* All tasks, or those modified since, are listed before stories are read: the token of the next
 * page does not live as long as that would take. */
static bc_status read_tasks(struct sweep *sweep, struct asana_reading *reading, int64_t since_us,
                            struct bc_err *err)
{
    json_t *tasks = json_array();
    struct bc_buf path = { 0 };
    char text[BC_INSTANT_LEN];
    bc_status rc;

    bc_buf_printf(&path, "/tasks?project=%.*s&limit=100", BC_STR_ARG(reading->project->gid));
    if (since_us > 0) {
        bc_instant_print_short(text, since_us / BC_SECOND_US * BC_SECOND_US);
        bc_buf_printf(&path, "&modified_since=%s", text);
    }
    bc_buf_add_str(&path, BC_STR("&opt_fields="));
    asana_add_fields(&path, reading->project);
    rc = asana_list(reading->run, tasks, &path, err);
    if (rc == BC_OK)
        rc = asana_check_tasks(reading, tasks, err);
    for (size_t i = 0; rc == BC_OK && i < json_array_size(tasks); i++)
        if (!json_object_get(sweep->taken, asana_gid(json_array_get(tasks, i)).at))
            rc = asana_take_task(reading, json_array_get(tasks, i), err);
    json_decref(tasks);
    return rc;
}

/* ---- events ---- */

enum ended { AT_END, NOT_AT_END, TOO_OLD, REFUSED };

/* What follows a token, which is kept in the state, or where it is none any more a new one. *answer
 * is the caller's to release. */
static bc_status ask_events(struct asana_reading *reading, struct http_answer *answer,
                            enum ended *ended, struct bc_err *err)
{
    static const int answers[] = { 412, 0 };
    const struct http_request how = { .allowed = answers, .missing_ok = true, .refused_ok = true };
    const char *sync = json_string_value(json_object_get(reading->state, "sync"));
    struct bc_buf path = { 0 };
    bool more = false;
    json_t *next;
    bc_status rc;

    bc_buf_printf(&path, "/events?resource=%.*s%c", BC_STR_ARG(reading->project->gid), '\0');
    path.len--;
    if (sync)
        http_query_add(&path, "sync", sync);
    rc = connect_get(reading->run, answer, &path, &how, err);
    if (rc == BC_OK)
        rc = connect_paging_flag(&more, answer->root, "has_more", "GET /events", err);
    if (rc < 0)
        return rc;
    reading->asked_us = answer->date_us > 0 ? connect_not_ahead(reading->run, answer->date_us)
                                            : reading->run->now_us;
    next = json_object_get(answer->root, "sync");
    *ended = more ? NOT_AT_END : AT_END;
    if (answer->status == 412 || (answer->status < 300 && !json_is_string(next)))
        *ended = TOO_OLD;
    else if (answer->status >= 300)
        *ended = REFUSED;
    if (json_is_string(next))
        json_object_set(reading->state, "sync", next);
    else
        json_object_del(reading->state, "sync");
    return BC_OK;
}

/* The task that an event is about: it, or that of a story of it. */
static struct bc_str task_of(struct connect_run *run, const json_t *event)
{
    const json_t *resource = json_object_get(event, "resource");
    const struct bc_str kind = connect_text(run, resource, "resource_type");

    if (bc_str_eq(kind, BC_STR("task")))
        return asana_gid(resource);
    if (bc_str_eq(kind, BC_STR("story")))
        return asana_gid_of(event, "parent");
    return (struct bc_str){ 0 };
}

/* An event only says: look at it. */
static bc_status look_at(struct sweep *sweep, struct asana_reading *reading, const char *gid,
                         struct bc_err *err)
{
    struct connect_run *run = reading->run;
    struct bc_buf path = { 0 };
    struct http_answer answer;
    const json_t *task;
    bc_status rc;

    bc_buf_printf(&path, "/tasks/%s?opt_fields=", gid);
    asana_add_fields(&path, reading->project);
    rc = connect_get(run, &answer, &path, &(struct http_request){ .missing_ok = true }, err);
    task = json_object_get(answer.root, "data");
    if (rc == BC_OK && answer.status < 300 && asana_is_in_project(task, reading->project->gid)) {
        json_t *one = json_pack("[O]", task);

        rc = asana_check_tasks(reading, one, err);
        json_decref(one);
        if (rc == BC_OK)
            rc = asana_take_task(reading, task, err);
    } else if (rc == BC_OK && asana_is_known(run, bc_str_of(gid))) {
        sweep->look_gone = true; /* a subtask is of no project, and was never known */
    }
    http_answer_release(&answer);
    return rc;
}

static void gather_events(struct sweep *sweep, struct asana_reading *reading, const json_t *data)
{
    for (size_t i = 0; i < json_array_size(data); i++) {
        const json_t *event = json_array_get(data, i);
        const struct bc_str task = task_of(reading->run, event);
        const struct bc_str action = connect_text(reading->run, event, "action");

        if (!asana_is_gid(task))
            continue;
        if (bc_str_eq(action, BC_STR("deleted")) || bc_str_eq(action, BC_STR("removed")))
            sweep->look_gone = true;
        else
            json_object_set_new(sweep->taken, task.at, json_true());
    }
}

static void keep(struct asana_reading *reading)
{
    json_t *projects = json_object_get(reading->run->state, "projects");
    json_t *copy = json_deep_copy(reading->state);

    if (!projects) {
        projects = json_object();
        json_object_set_new(reading->run->state, "projects", projects);
    }
    json_object_set_new(projects, reading->project->gid.at, copy);
}

/* What follows a batch. Where many in a row are of nothing new, all is read instead. */
static bc_status follow_events(struct asana_reading *reading, struct http_pages *pages,
                               unsigned *stale, const json_t *events, enum ended *ended,
                               struct bc_err *err)
{
    const char *sync = json_string_value(json_object_get(reading->state, "sync")), *kept = NULL;

    *stale = asana_new_things(pages, events) ? 0 : *stale + 1;
    if (*stale == HTTP_PAGES_EMPTY && json_array_size(events)) {
        connect_note(reading->run, &repeated, reading->project->gid);
        *ended = TOO_OLD;
        return BC_OK;
    }
    return http_pages_follow(pages, &kept, sync, json_array_size(events), err);
}

/* All batches, before any of their tasks is looked at: each only once, as it is then. */
static bc_status list_events(struct sweep *sweep, struct asana_reading *reading, enum ended *ended,
                             struct bc_err *err)
{
    struct http_pages pages = { 0 };
    unsigned stale = 0;
    bc_status rc = BC_OK;

    *ended = json_object_get(reading->state, "sync") ? NOT_AT_END : TOO_OLD;
    while (rc == BC_OK && *ended == NOT_AT_END) {
        struct http_answer answer;

        rc = ask_events(reading, &answer, ended, err);
        if (rc == BC_OK && *ended == NOT_AT_END)
            rc = follow_events(reading, &pages, &stale, json_object_get(answer.root, "data"), ended,
                               err);
        if (rc == BC_OK && *ended <= NOT_AT_END)
            gather_events(sweep, reading, json_object_get(answer.root, "data"));
        http_answer_release(&answer);
    }
    http_pages_release(&pages);
    return rc;
}

/* What changes later has an event after the last token, which is kept then. Without such a
 * token the project is read as a whole. */
static bc_status read_events(struct sweep *sweep, struct asana_reading *reading, enum ended *ended,
                             struct bc_err *err)
{
    const char *gid;
    json_t *one;
    bc_status rc = list_events(sweep, reading, ended, err);

    if (rc == BC_OK && *ended != AT_END)
        json_object_clear(sweep->taken);
    json_object_foreach(sweep->taken, gid, one)
    {
        rc = rc == BC_OK ? look_at(sweep, reading, gid, err) : rc;
    }
    if (rc != BC_OK || *ended != AT_END)
        return rc;
    keep(reading);
    return connect_portion(reading->run, err);
}

/* ---- a project ---- */

/* A first token, where the last answer gave none. */
static bc_status begin(struct asana_reading *reading, enum ended ended, struct bc_err *err)
{
    struct http_answer answer = { 0 };
    bc_status rc = BC_OK;

    if (ended != REFUSED && !json_object_get(reading->state, "sync"))
        rc = ask_events(reading, &answer, &ended, err);
    http_answer_release(&answer);
    if (rc == BC_OK && ended == REFUSED)
        connect_note(reading->run, &no_events, reading->project->gid);
    return rc;
}

static bc_status read_whole(struct sweep *sweep, struct asana_reading *reading, enum ended ended,
                            bool *listed, struct bc_err *err)
{
    const int64_t since_us = connect_not_ahead(
        reading->run, json_integer_value(json_object_get(reading->state, "since")));
    bc_status rc = begin(reading, ended, err);

    if (rc == BC_OK)
        rc = read_tasks(sweep, reading, since_us, err);
    if (rc == BC_OK && since_us > 0)
        rc = asana_list_gids(reading->run, reading->project->gid, err);
    if (rc != BC_OK)
        return rc;
    *listed = true;
    json_object_set_new(reading->state, "since", json_integer(reading->asked_us - OVERLAP_US));
    keep(reading);
    return connect_portion(reading->run, err);
}

/* Is the last whole reading so long ago that events may have been missed? By our clock. */
static bool is_due(const struct asana_reading *reading)
{
    const int64_t since_us = json_integer_value(json_object_get(reading->state, "since"));

    return since_us > reading->run->now_us || reading->run->now_us - since_us > SWEEP_US;
}

static bc_status read_project(struct sweep *sweep, const struct asana_project *project,
                              bool *listed, struct bc_err *err)
{
    struct connect_run *run = sweep->run;
    const json_t *before =
        json_object_get(json_object_get(run->state, "projects"), project->gid.at);
    struct asana_reading reading = { .run = run, .project = project };
    enum ended ended = TOO_OLD;
    bc_status rc;

    json_object_clear(sweep->taken);
    reading.state = before ? json_deep_copy(before) : json_object();
    rc = asana_bind(&reading, err);
    if (rc == BC_OK)
        rc = read_events(sweep, &reading, &ended, err);
    if (rc == BC_OK && (ended != AT_END || is_due(&reading)))
        rc = read_whole(sweep, &reading, ended, listed, err);
    if (rc == BC_DONE) {
        connect_missing(run, &unread, project->gid);
        sweep->unread = true;
        rc = BC_OK;
    }
    asana_reading_release(&reading);
    json_decref(reading.state);
    return rc;
}

static bc_status look_for_gone(const struct sweep *sweep, struct bc_err *err)
{
    const struct asana_account *account = sweep->run->account->own;
    bool all = true;

    for (size_t i = 0; i < account->n; i++)
        all &= sweep->listed[i];
    if (sweep->unread || (!all && !sweep->look_gone))
        return BC_OK;
    return asana_say_gone(sweep->run, sweep->listed, err);
}

static bc_status read(struct connect_run *run, struct bc_err *err)
{
    const struct asana_account *account = run->account->own;
    struct sweep sweep = { .run = run, .taken = json_object() };
    bc_status rc = BC_OK;

    sweep.listed = bc_arena_alloc(run->keep, account->n * sizeof(*sweep.listed));
    for (size_t i = 0; rc == BC_OK && i < account->n; i++)
        rc = read_project(&sweep, &account->projects[i], &sweep.listed[i], err);
    if (rc == BC_OK)
        rc = look_for_gone(&sweep, err);
    json_decref(sweep.taken);
    return rc;
}

static const char *const headers[] = { "Accept: application/json", NULL };
static const char *const forms[] = { "task/", NULL };
static const char *const domains[] = { "asana.com", NULL };

const struct connector connector_asana = {
    .word = "asana",
    .system = "asana",
    .title = "Asana",
    .base_url = "https://app.asana.com/api/1.0",
    .domains = domains,
    .forms = forms,
    .token_variable = "ASANA_TOKEN",
    .service = &asana_service,
    .headers = headers,
    .in_flight_max = 1,
    .limit_n = 150, /* of a free plan; others have ten times that */
    .limit_us = INT64_C(60) * BC_SECOND_US,
    .keys = asana_keys,
    .key_n = ASANA_KEY_N,
    .take_account = asana_take_account,
    .read = read,
    .discover = asana_discover,
};
