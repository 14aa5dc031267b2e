/* tools/hubspot/read.c - listings and batches of records. */
#include "tools/hubspot/read.h"

#include "tools/hubspot/partial.h"
#include "tools/hubspot/value.h"

#include <stdio.h>

bc_status hubspot_results(const json_t **out, const json_t *root, struct bc_err *err)
{
    const json_t *results = json_object_get(root, "results");

    if (!json_is_array(results))
        return bc_err_set(err, BC_E_REMOTE, "an answer without `results`");
    *out = results;
    return BC_OK;
}

static bc_status take_record(struct hubspot_run *run, const struct hubspot_want *want,
                             const json_t *record, struct bc_err *err)
{
    if (json_object_get(record, HTTP_UNSOUND))
        hubspot_named_add(run, &run->notes.unsound, want->type, hubspot_text(record, "id"));
    return want->take(want->payload, record, err);
}

static bc_status take_records(struct hubspot_run *run, const struct hubspot_want *want,
                              const json_t *root, struct bc_err *err)
{
    const json_t *results = NULL;
    bc_status rc = hubspot_results(&results, root, err);

    for (size_t i = 0; rc == BC_OK && i < json_array_size(results); i++)
        rc = take_record(run, want, json_array_get(results, i), err);
    return rc == BC_OK ? hubspot_portion(run, err) : rc;
}

struct listing {
    struct hubspot_run *run;
    struct hubspot_want want;
    struct http_pages *pages;
};

static void ask_page(struct listing *listing, const char *after);

static bc_status take_page(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct listing *listing = payload;
    const char *after = NULL;
    bc_status rc = take_records(listing->run, &listing->want, answer->root, err);

    if (rc == BC_OK)
        rc = http_pages_next(listing->pages, &after, answer->root, err);
    if (rc == BC_OK) {
        ask_page(listing, after);
        return BC_OK;
    }
    return rc == BC_DONE ? BC_OK : rc;
}

static void ask_page(struct listing *listing, const char *after)
{
    const struct hubspot_want *want = &listing->want;
    struct bc_buf path = { 0 };
    struct http_request request = { 0 };
    char limit[16];

    snprintf(limit, sizeof(limit), "%d", want->history ? HUBSPOT_PAGE_HISTORY : HUBSPOT_PAGE);
    hubspot_account_path(listing->run->account, &path, HUBSPOT_OBJECTS, want->type, NULL);
    bc_buf_add_byte(&path, '\0');
    path.len--;
    http_query_add(&path, "limit", limit);
    http_query_add(&path, "archived", want->archived ? "true" : "false");
    http_query_add(&path, "properties", want->properties);
    if (want->history)
        http_query_add(&path, "propertiesWithHistory", want->history);
    if (after)
        http_query_add(&path, "after", after);
    bc_buf_add_byte(&path, '\0');
    request.path = path.at;
    http_ask(listing->run->client, &request, take_page, listing);
    bc_buf_release(&path);
}

void hubspot_list(struct hubspot_run *run, const struct hubspot_want *want)
{
    struct listing *listing = hubspot_keep(run, sizeof(*listing));

    listing->run = run;
    listing->want = *want;
    listing->pages = hubspot_keep_pages(run);
    ask_page(listing, NULL);
}

static json_t *name_list(const char *names)
{
    json_t *list = json_array();

    while (names && *names) {
        size_t len = strcspn(names, ",");

        json_array_append_new(list, json_stringn(names, len));
        names += len + (names[len] == ',');
    }
    return list;
}

struct batch {
    struct hubspot_run *run;
    struct hubspot_want want;
};

/* One request of it. */
struct portion {
    const struct batch *batch;
    struct hubspot_input *inputs;
    size_t n;
    unsigned tries;
};

static void ask_portion(struct portion *portion);

/* What HubSpot failed to read: once more, or never. */
static void ask_rest(const struct portion *portion, const json_t *root)
{
    const struct batch *batch = portion->batch;
    struct portion *again = hubspot_keep(batch->run, sizeof(*again));

    *again = *portion;
    again->inputs = hubspot_keep(batch->run, portion->n * sizeof(*again->inputs));
    again->n = hubspot_partial_rest(again->inputs, portion->inputs, portion->n, root);
    if (again->n > 0 && again->tries < HUBSPOT_PART_TRIES) {
        ask_portion(again);
        return;
    }
    for (size_t i = 0; i < again->n; i++) {
        hubspot_named_add(batch->run, &batch->run->notes.unread, batch->want.type,
                          again->inputs[i].id);
        batch->want.unread(batch->want.payload, again->inputs[i].id);
    }
}

static bc_status take_portion(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    const struct portion *portion = payload;
    const struct batch *batch = portion->batch;

    if (answer->status >= 300) {
        hubspot_note_refusal(batch->run, batch->want.type, answer->status, answer->root);
        for (size_t i = 0; i < portion->n; i++)
            batch->want.unread(batch->want.payload, portion->inputs[i].id);
        return BC_OK;
    }
    ask_rest(portion, answer->root); /* before a portion ends, whose mark must know of it */
    return take_records(batch->run, &batch->want, answer->root, err);
}

static void ask_portion(struct portion *portion)
{
    const struct batch *batch = portion->batch;
    const struct hubspot_want *want = &batch->want;
    struct http_request request = { .refused_ok = strcmp(want->type, "deals") != 0,
                                    .again = portion->tries };
    struct bc_buf path = { 0 };
    json_t *body = json_object();

    portion->tries++;
    hubspot_account_path(batch->run->account, &path, HUBSPOT_OBJECTS, want->type, NULL);
    bc_buf_add_str(&path, BC_STR("/batch/read"));
    if (want->archived)
        bc_buf_add_str(&path, BC_STR("?archived=true"));
    bc_buf_add_byte(&path, '\0');
    json_object_set_new(body, "inputs", hubspot_partial_body(portion->inputs, portion->n));
    json_object_set_new(body, "properties", name_list(want->properties));
    json_object_set_new(body, "propertiesWithHistory", name_list(want->history));
    request.path = path.at;
    request.body = body;
    http_ask(batch->run->client, &request, take_portion, portion);
    json_decref(body);
    bc_buf_release(&path);
}

void hubspot_batch(struct hubspot_run *run, const struct hubspot_want *want,
                   const bc_string_table *ids)
{
    const uint32_t most = want->history ? HUBSPOT_PAGE_HISTORY : HUBSPOT_PAGE;
    const uint32_t end = bc_string_table_count(ids);
    struct batch *batch = hubspot_keep(run, sizeof(*batch));

    *batch = (struct batch){ run, *want };
    for (uint32_t first = 1; first < end; first += most) {
        struct portion *portion = hubspot_keep(run, sizeof(*portion));

        *portion = (struct portion){ .batch = batch, .n = end - first < most ? end - first : most };
        portion->inputs = hubspot_keep(run, portion->n * sizeof(*portion->inputs));
        for (uint32_t i = 0; i < portion->n; i++)
            portion->inputs[i] =
                (struct hubspot_input){ bc_string_table_text(ids, first + i), { 0 } };
        ask_portion(portion);
    }
}
