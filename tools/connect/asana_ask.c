/* tools/connect/asana_ask.c - listings page by page, and what Asana's errors mean. */
#include "tools/connect/asana.h"
#include "tools/connect/paging.h"
#include "tools/http/http_body.h"

#define EXPIRED "expired"
enum { RESTARTS_MAX = 3 };

struct bc_str asana_gid(const json_t *object)
{
    const json_t *gid = json_object_get(object, "gid");

    return (struct bc_str){ json_string_value(gid), json_string_length(gid) };
}

struct bc_str asana_gid_of(const json_t *object, const char *key)
{
    return asana_gid(json_object_get(object, key));
}

/* ---- errors ---- */

/* The first that is there: a failure of the service may have a phrase alone. */
static const char *message_of(const json_t *root)
{
    const json_t *first = json_array_get(json_object_get(root, "errors"), 0);
    const char *message = http_body_text(first, "message");

    return *message ? message : http_body_text(first, "phrase");
}

static void said(struct bc_buf *out, const json_t *root)
{
    bc_buf_printf(out, "%.300s", message_of(root));
}

static const struct http_own_status statuses[] = {
    { 402, HTTP_IS_REFUSAL, "is for paying plans alone", 0 },
    { 412, HTTP_IS_WRONG, "the sync token is not valid", 0 },
    { 0, HTTP_USUAL, NULL, 0 },
};

/* What a custom field holds is the account's own, a number too. */
static const char *const plain_members[] = {
    "action",           "color",         "field", "gid",  "offset", "phrase",
    "resource_subtype", "resource_type", "sync",  "type", NULL,
};
static const char *const plain_own[] = { "number_value", "old_number_value", "new_number_value",
                                         NULL };
static const struct http_plain plain = { .members = plain_members, .own = plain_own };

const struct http_service asana_service = {
    .name = "Asana",
    .statuses = statuses,
    .said = said,
    .limit_wait_us = 30 * BC_SECOND_US,
    .plain = &plain,
};

/* ---- listings ---- */

struct listing {
    struct connect_run *run;
    const char *path; /* without offset */
    struct http_pages pages;
    const char *offset; /* of the next page; NULL: the first */
    bool more;
    unsigned restarts;
    json_t *seen; /* gids */
};

static void take_records(const struct listing *listing, json_t *out, const json_t *data)
{
    for (size_t i = 0; i < json_array_size(data); i++) {
        json_t *record = json_array_get(data, i);
        const char *gid = json_string_value(json_object_get(record, "gid"));

        if (!gid || json_object_get(listing->seen, gid))
            continue;
        json_object_set_new(listing->seen, gid, json_true());
        json_array_append(out, record);
    }
}

static void add_path(struct bc_buf *out, const struct listing *listing)
{
    bc_buf_add_str(out, bc_str_of(listing->path));
    if (listing->offset) {
        bc_buf_add_byte(out, '\0');
        out->len--;
        http_query_add(out, "offset", listing->offset);
    }
}

/* A token of a page lives as long as it lives. */
static bc_status restart(struct listing *listing, const struct http_answer *answer,
                         struct bc_err *err)
{
    if (!listing->offset || !strcasestr(message_of(answer->root), EXPIRED) ||
        listing->restarts++ == RESTARTS_MAX)
        return bc_err_set(err, BC_E_REMOTE, "GET %.*s: refused with status %d: %.300s",
                          (int)strcspn(listing->path, "?"), listing->path, answer->status,
                          message_of(answer->root));
    http_pages_release(&listing->pages);
    listing->pages = (struct http_pages){ 0 };
    listing->offset = NULL;
    return BC_OK;
}

static bc_status take_page(struct listing *listing, json_t *out, const json_t *root,
                           struct bc_err *err)
{
    const json_t *data = json_object_get(root, "data"), *next = NULL;
    const char *offset = NULL;
    struct bc_buf asked = { 0 };
    bc_status rc = BC_OK;

    bc_buf_printf(&asked, "GET %.*s%c", (int)strcspn(listing->path, "?"), listing->path, '\0');
    if (!json_is_array(data))
        rc = bc_err_set(err, BC_E_REMOTE, "%s: the answer has no \"data\"", asked.at);
    if (rc == BC_OK)
        rc = connect_paging_object(&next, root, "next_page", asked.at, err);
    if (rc == BC_OK)
        rc = connect_paging_text(&offset, next, "offset", asked.at, err);
    bc_buf_release(&asked);
    if (rc < 0)
        return rc;
    take_records(listing, out, data);
    listing->more = offset && *offset;
    if (!listing->more)
        return BC_OK;
    return http_pages_follow(&listing->pages, &listing->offset, offset,
                             http_pages_new(&listing->pages, data, "gid"), err);
}

static bc_status read_page(struct listing *listing, json_t *out, struct bc_err *err)
{
    static const int refused[] = { 400, 404, 0 };
    const struct http_request how = { .allowed = refused };
    struct bc_buf path = { 0 };
    struct http_answer answer;
    bc_status rc;

    add_path(&path, listing);
    rc = connect_get(listing->run, &answer, &path, &how, err);
    if (rc == BC_OK && answer.status == 404)
        rc = BC_DONE;
    else if (rc == BC_OK && answer.status == 400)
        rc = restart(listing, &answer, err);
    else if (rc == BC_OK)
        rc = take_page(listing, out, answer.root, err);
    http_answer_release(&answer);
    return rc;
}

bc_status asana_list(struct connect_run *run, json_t *out, struct bc_buf *path, struct bc_err *err)
{
    struct listing listing = { .run = run, .more = true, .seen = json_object() };
    bc_status rc = BC_OK;

    bc_buf_add_byte(path, '\0');
    listing.path = path->at;
    while (rc == BC_OK && listing.more)
        rc = read_page(&listing, out, err);
    http_pages_release(&listing.pages);
    json_decref(listing.seen);
    bc_buf_release(path);
    return rc;
}

size_t asana_new_things(struct http_pages *seen, const json_t *events)
{
    json_t *things = json_array();
    size_t n;

    for (size_t i = 0; i < json_array_size(events); i++) {
        json_t *thing = json_object_get(json_array_get(events, i), "resource");

        json_array_append(things, thing);
    }
    n = http_pages_new(seen, things, "gid");
    json_decref(things);
    return n;
}

/* ---- tasks ---- */

void asana_add_fields(struct bc_buf *path, const struct asana_project *project)
{
    bc_buf_add_str(
        path,
        BC_STR("name,created_at,created_by,completed,permalink_url,memberships.project,"
               "memberships.section,custom_fields.resource_subtype,"
               "custom_fields.representation_type,custom_fields.display_value,"
               "custom_fields.text_value,custom_fields.number_value,custom_fields.enum_value.name,"
               "custom_fields.multi_enum_values.name,custom_fields.date_value"));
    if (asana_wants_notes(project))
        bc_buf_add_str(path, BC_STR(",notes"));
}

/* ---- what was asked for, and is not given ---- */

static bool has_section(const json_t *task)
{
    const json_t *memberships = json_object_get(task, "memberships");

    for (size_t i = 0; i < json_array_size(memberships); i++)
        if (json_object_get(json_array_get(memberships, i), "section"))
            return true;
    return false;
}

/* What no task has was not given to this token: it must not look as if it were empty. */
bc_status asana_check_tasks(const struct asana_reading *reading, const json_t *tasks,
                            struct bc_err *err)
{
    const struct asana_project *project = reading->project;
    const struct {
        const char *key;
        bool wanted;
    } named[] = { { "created_at", true },
                  { "name", true },
                  { "memberships", true },
                  { "custom_fields", json_array_size(reading->fields) > 0 },
                  { "notes", asana_wants_notes(project) } };
    bool section = project->sections.n == 0;

    for (size_t k = 0; k < sizeof(named) / sizeof(named[0]); k++) {
        bool there = !named[k].wanted || json_array_size(tasks) == 0;

        for (size_t i = 0; !there && i < json_array_size(tasks); i++)
            there = json_object_get(json_array_get(tasks, i), named[k].key) != NULL;
        if (!there)
            return bc_err_set(err, BC_E_REMOTE,
                              "GET /tasks: none of the tasks of project %.*s has \"%s\", which was "
                              "asked for: the token may not see it",
                              BC_STR_ARG(project->gid), named[k].key);
    }
    for (size_t i = 0; !section && i < json_array_size(tasks); i++)
        section = has_section(json_array_get(tasks, i));
    if (!section && json_array_size(tasks))
        return bc_err_set(err, BC_E_REMOTE,
                          "GET /tasks: no task of project %.*s says in which section it is: the "
                          "token may not see it (scope project_sections:read)",
                          BC_STR_ARG(project->gid));
    return BC_OK;
}
