/* tools/hubspot/search.c - searches for what changed since an instant. */
#include "tools/hubspot/read.h"
#include "tools/hubspot/record.h"
#include "tools/hubspot/value.h"

#include <inttypes.h>
#include <stdio.h>

#define SEARCH_PAGE 200
#define SEARCH_MOST 10000 /* results of one query; HubSpot refuses the next page */

/* A search that starts a new query where one can give no more. In a millisecond with more results
 * than a query gives, it goes on by id instead of by time. */
struct search {
    struct hubspot_run *run;
    const char *type;
    bc_string_table *ids;
    int64_t *seen_us;
    int64_t from_ms;
    bool one_ms;       /* only within from_ms, after last_id */
    uint64_t last_id;  /* 0: none yet */
    uint64_t begun_id; /* after which this query began */
    int64_t last_ms;   /* of the last result */
    uint64_t after;    /* of this query */
    struct http_pages *pages;
    uint64_t most; /* results that a query gives */
    bool *refused; /* NULL: then the run ends */
};

static void ask(struct search *search);

static json_t *filter(const char *property, const char *operator, uint64_t value)
{
    json_t *filter = json_object();
    char text[24];

    snprintf(text, sizeof(text), "%" PRIu64, value);
    json_object_set_new(filter, "propertyName", json_string(property));
    json_object_set_new(filter, "operator", json_string(operator));
    json_object_set_new(filter, "value", json_string(text));
    return filter;
}

static json_t *body_of(const struct search *search)
{
    static const char changed[] = "hs_lastmodifieddate";
    json_t *body = json_object(), *group = json_object(), *filters = json_array();
    json_t *sort = json_object();
    char after[24];

    snprintf(after, sizeof(after), "%" PRIu64, search->after);
    json_array_append_new(
        filters, filter(changed, search->one_ms ? "EQ" : "GTE", (uint64_t)search->from_ms));
    if (search->one_ms)
        json_array_append_new(filters, filter("hs_object_id", "GT", search->last_id));
    json_object_set_new(group, "filters", filters);
    json_object_set_new(body, "filterGroups", json_array());
    json_array_append_new(json_object_get(body, "filterGroups"), group);
    json_object_set_new(sort, "propertyName",
                        json_string(search->one_ms ? "hs_object_id" : changed));
    json_object_set_new(sort, "direction", json_string("ASCENDING"));
    json_object_set_new(body, "sorts", json_array());
    json_array_append_new(json_object_get(body, "sorts"), sort);
    json_object_set_new(body, "properties", json_array());
    json_array_append_new(json_object_get(body, "properties"), json_string(changed));
    json_object_set_new(body, "limit", json_integer(SEARCH_PAGE));
    json_object_set_new(body, "after", json_string(after));
    return body;
}

static bc_status take_result(struct search *search, const json_t *record, struct bc_err *err)
{
    int64_t us = hubspot_modified(record);
    struct bc_str id = { 0 };
    bc_status rc = hubspot_record_id(&id, record, err);

    if (rc < 0)
        return rc;
    if (us == 0)
        return bc_err_set(err, BC_E_REMOTE,
                          "%s %.*s: found by the time of its change, but gives none", search->type,
                          BC_STR_ARG(id));
    if (us / 1000 < search->from_ms)
        return BC_OK; /* from outside the window: it happens */
    search->last_ms = us / 1000;
    search->last_id = hubspot_count(id);
    bc_string_table_add(search->ids, id);
    if (us > *search->seen_us)
        *search->seen_us = us;
    return BC_OK;
}

static bc_status circle(const struct search *search, struct bc_err *err)
{
    return bc_err_set(err, BC_E_REMOTE, "the search of %s goes in a circle", search->type);
}

/* Its pages are counted anew, as are those without a result: none is in every query. */
static void begin_query(struct search *search)
{
    http_pages_release(search->pages);
    search->after = 0;
    ask(search);
}

/* The query is used up. BC_E_REMOTE: its results do not lead further. */
static bc_status begin_anew(struct search *search, struct bc_err *err)
{
    bool forward =
        search->one_ms ? search->last_id > search->begun_id : search->last_ms >= search->from_ms;

    if (!forward)
        return circle(search, err);
    if (!search->one_ms && search->last_ms == search->from_ms) {
        search->one_ms = true;
        search->last_id = 0;
    } else if (!search->one_ms) {
        search->from_ms = search->last_ms; /* read again in full: ties */
    }
    search->begun_id = search->last_id;
    begin_query(search);
    return BC_OK;
}

/* BC_OK: another page follows. BC_DONE: none. */
static bc_status next_page(struct search *search, const json_t *root, struct bc_err *err)
{
    const char *next = NULL;
    bc_status rc = http_pages_next(search->pages, &next, root, err);
    uint64_t after;

    if (rc != BC_OK)
        return rc;
    after = hubspot_count(bc_str_of(next));
    if (after <= search->after)
        return circle(search, err);
    search->after = after;
    return BC_OK;
}

static bc_status take(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct search *search = payload;
    const json_t *results = NULL;
    bc_status rc;

    if (answer->status >= 300) {
        hubspot_note_refusal(search->run, search->type, answer->status, answer->root);
        *search->refused = true;
        return BC_OK;
    }
    rc = hubspot_results(&results, answer->root, err);
    for (size_t i = 0; rc == BC_OK && i < json_array_size(results); i++)
        rc = take_result(search, json_array_get(results, i), err);
    if (rc == BC_OK)
        rc = next_page(search, answer->root, err);
    if (rc < 0)
        return rc;
    if (rc == BC_OK) {
        if (search->after >= search->most)
            return begin_anew(search, err);
        ask(search);
    } else if (search->one_ms) { /* the millisecond is done; go on after it */
        search->one_ms = false;
        search->from_ms++;
        begin_query(search);
    }
    return BC_OK;
}

static void ask(struct search *search)
{
    struct http_request request = { .lane = HTTP_SEARCH, .refused_ok = search->refused != NULL };
    struct bc_buf path = { 0 };
    json_t *body = body_of(search);

    hubspot_account_path(search->run->account, &path, HUBSPOT_OBJECTS, search->type, NULL);
    bc_buf_add_str(&path, BC_STR("/search"));
    bc_buf_add_byte(&path, '\0');
    request.path = path.at;
    request.body = body;
    http_ask(search->run->client, &request, take, search);
    json_decref(body);
    bc_buf_release(&path);
}

void hubspot_search(struct hubspot_run *run, const char *type, int64_t from_us,
                    bc_string_table *ids, int64_t *seen_us, bool *refused)
{
    struct search *search = hubspot_keep(run, sizeof(*search));

    *search = (struct search){
        .run = run,
        .type = type,
        .ids = ids,
        .seen_us = seen_us,
        .most = run->search_most ? run->search_most : SEARCH_MOST,
        .from_ms = from_us / 1000,
        .pages = hubspot_keep_pages(run),
        .refused = refused,
    };
    ask(search);
}
