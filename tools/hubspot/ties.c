/* tools/hubspot/ties.c - what a deal is tied to: HubSpot lists it as it is now, without the time
 * since when. */
#include "tools/hubspot/read.h"
#include "tools/hubspot/value.h"

#define TIES_PAGE 1000 /* deals of one request */

struct ties {
    struct hubspot_run *run;
    const char *to;
    hubspot_tie_fn *take;
    void *payload;
    struct http_pages *pages; /* "AFTER of deal ID" */
};

static bc_status take_ties(void *payload, int status, json_t *root, struct bc_err *err);

static void ask(struct ties *ties, json_t *inputs)
{
    struct http_request request = { .refused_ok = true };
    struct bc_buf path = { 0 };
    json_t *body = json_object();

    hubspot_account_path(ties->run->account, &path, HUBSPOT_ASSOCIATIONS, "deals", ties->to);
    bc_buf_add_byte(&path, '\0');
    json_object_set_new(body, "inputs", inputs);
    request.path = path.at;
    request.body = body;
    http_ask(ties->run->client, &request, take_ties, ties);
    json_decref(body);
    bc_buf_release(&path);
}

static void add_input(json_t *inputs, struct bc_str id, struct bc_str after)
{
    json_t *input = json_object();

    json_object_set_new(input, "id", json_stringn(id.at ? id.at : "", id.len));
    if (after.len)
        json_object_set_new(input, "after", json_stringn(after.at, after.len));
    json_array_append_new(inputs, input);
}

static bool is_primary(const json_t *to)
{
    const json_t *types = json_object_get(to, "associationTypes");

    for (size_t i = 0; i < json_array_size(types); i++) {
        const json_t *type = json_array_get(types, i);

        if (json_integer_value(json_object_get(type, "typeId")) == 5 &&
            bc_str_eq(hubspot_text(type, "category"), BC_STR("HUBSPOT_DEFINED")))
            return true;
    }
    return false;
}

/* One deal's list; requests the rest of it. */
static bc_status take_deal(struct ties *ties, const json_t *one, json_t *more, struct bc_err *err)
{
    bc_arena *arena = ties->run->record;
    struct bc_str deal = hubspot_id(json_object_get(json_object_get(one, "from"), "id"), arena);
    const json_t *all = json_object_get(one, "to");
    const json_t *next = json_object_get(json_object_get(one, "paging"), "next");
    struct bc_str after = hubspot_id(json_object_get(next, "after"), arena);
    bc_status rc = BC_OK;

    if (deal.len == 0 || !json_is_array(all))
        return bc_err_set(err, BC_E_REMOTE, "an association without `from` or `to`");
    for (size_t i = 0; rc == BC_OK && i < json_array_size(all); i++) {
        const json_t *to = json_array_get(all, i);
        struct bc_str object = hubspot_id(json_object_get(to, "toObjectId"), arena);

        if (object.len == 0)
            return bc_err_set(err, BC_E_REMOTE, "an association without `toObjectId`");
        ties->run->notes.ties++;
        rc = ties->take(ties->payload, deal, object, is_primary(to), err);
    }
    if (rc == BC_OK && after.len) {
        struct bc_str page =
            hubspot_print(ties->run, "%.*s of deal %.*s", BC_STR_ARG(after), BC_STR_ARG(deal));
        const char *kept;

        rc = http_pages_follow(ties->pages, &kept, page.at, json_array_size(all), err);
        add_input(more, deal, after);
    }
    return rc;
}

static bc_status take_ties(void *payload, int status, json_t *root, struct bc_err *err)
{
    struct ties *ties = payload;
    const json_t *results = NULL;
    json_t *more;
    bc_status rc;

    if (status >= 300) {
        hubspot_note_refusal(ties->run, ties->to, status, root);
        return BC_OK;
    }
    rc = hubspot_results(&results, root, err);
    if (rc < 0)
        return rc;
    more = json_array();
    for (size_t i = 0; rc == BC_OK && i < json_array_size(results); i++)
        rc = take_deal(ties, json_array_get(results, i), more, err);
    if (rc == BC_OK && json_array_size(more) > 0)
        ask(ties, more);
    else
        json_decref(more);
    return rc;
}

void hubspot_ties(struct hubspot_run *run, const char *to, const bc_string_table *ids,
                  hubspot_tie_fn *take, void *payload)
{
    struct ties *ties = hubspot_keep(run, sizeof(*ties));
    json_t *inputs = json_array();

    *ties = (struct ties){ run, to, take, payload, hubspot_keep_pages(run) };
    for (uint32_t i = 1; i < bc_string_table_count(ids); i++) {
        add_input(inputs, bc_string_table_text(ids, i), (struct bc_str){ 0 });
        if (json_array_size(inputs) == TIES_PAGE) {
            ask(ties, inputs);
            inputs = json_array();
        }
    }
    if (json_array_size(inputs) > 0)
        ask(ties, inputs);
    else
        json_decref(inputs);
}
