/* tools/hubspot/read.c - listings and batches of records. */
#include "tools/hubspot/read.h"

#include <stdio.h>

bc_status hubspot_results(const json_t **out, const json_t *root, struct bc_err *err)
{
    const json_t *results = json_object_get(root, "results");

    if (!json_is_array(results))
        return bc_err_set(err, BC_E_REMOTE, "an answer without `results`");
    *out = results;
    return BC_OK;
}

static bc_status take_records(struct hubspot_run *run, const struct hubspot_want *want,
                              const json_t *root, struct bc_err *err)
{
    const json_t *results = NULL;
    bc_status rc = hubspot_results(&results, root, err);

    for (size_t i = 0; rc == BC_OK && i < json_array_size(results); i++)
        rc = want->take(want->payload, json_array_get(results, i), err);
    return rc == BC_OK ? hubspot_portion(run, err) : rc;
}

struct listing {
    struct hubspot_run *run;
    struct hubspot_want want;
    struct http_pages *pages;
};

static void ask_page(struct listing *listing, const char *after);

static bc_status take_page(void *payload, int status, json_t *root, struct bc_err *err)
{
    struct listing *listing = payload;
    const char *after = NULL;
    bc_status rc = take_records(listing->run, &listing->want, root, err);

    (void)status;
    if (rc == BC_OK)
        rc = http_pages_next(listing->pages, &after, root, err);
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

static bc_status take_batch(void *payload, int status, json_t *root, struct bc_err *err)
{
    const struct batch *batch = payload;

    if (status >= 300) {
        hubspot_note_refusal(batch->run, batch->want.type, status, root);
        return BC_OK;
    }
    /* 207: the archived ones are listed apart */
    return take_records(batch->run, &batch->want, root, err);
}

static void ask_batch(struct batch *batch, json_t *inputs)
{
    const struct hubspot_want *want = &batch->want;
    struct http_request request = { .refused_ok = strcmp(want->type, "deals") != 0 };
    struct bc_buf path = { 0 };
    json_t *body = json_object();

    hubspot_account_path(batch->run->account, &path, HUBSPOT_OBJECTS, want->type, NULL);
    bc_buf_add_str(&path, BC_STR("/batch/read"));
    if (want->archived)
        bc_buf_add_str(&path, BC_STR("?archived=true"));
    bc_buf_add_byte(&path, '\0');
    json_object_set_new(body, "inputs", inputs);
    json_object_set_new(body, "properties", name_list(want->properties));
    json_object_set_new(body, "propertiesWithHistory", name_list(want->history));
    request.path = path.at;
    request.body = body;
    http_ask(batch->run->client, &request, take_batch, batch);
    json_decref(body);
    bc_buf_release(&path);
}

void hubspot_batch(struct hubspot_run *run, const struct hubspot_want *want,
                   const bc_string_table *ids)
{
    size_t most = want->history ? HUBSPOT_PAGE_HISTORY : HUBSPOT_PAGE;
    struct batch *batch = hubspot_keep(run, sizeof(*batch));
    json_t *inputs = json_array();

    *batch = (struct batch){ run, *want };
    for (uint32_t i = 1; i < bc_string_table_count(ids); i++) {
        struct bc_str id = bc_string_table_text(ids, i);
        json_t *input = json_object();

        json_object_set_new(input, "id", json_stringn(id.at, id.len));
        json_array_append_new(inputs, input);
        if (json_array_size(inputs) == most) {
            ask_batch(batch, inputs);
            inputs = json_array();
        }
    }
    if (json_array_size(inputs) > 0)
        ask_batch(batch, inputs);
    else
        json_decref(inputs);
}
