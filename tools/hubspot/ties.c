/* tools/hubspot/ties.c - what a deal is tied to: HubSpot lists it as it is now, without the time
 * since when. */
#include "tools/hubspot/partial.h"
#include "tools/hubspot/read.h"
#include "tools/hubspot/value.h"

#define TIES_PAGE 1000 /* deals of one request */

struct ties {
    struct hubspot_run *run;
    const char *to;
    hubspot_tie_fn *take;
    void *payload;
    bc_string_table *unread;
    struct http_pages *pages; /* "AFTER of deal ID" */
};

/* One request. */
struct portion {
    struct ties *ties;
    struct hubspot_input *inputs;
    size_t n;
    unsigned tries;
};

static bc_status take_ties(void *payload, const struct http_answer *answer, struct bc_err *err);

static struct portion *portion_of(struct ties *ties, size_t n)
{
    struct portion *portion = hubspot_keep(ties->run, sizeof(*portion));

    *portion = (struct portion){ .ties = ties };
    portion->inputs = hubspot_keep(ties->run, n * sizeof(*portion->inputs));
    return portion;
}

static void ask(struct portion *portion)
{
    struct ties *ties = portion->ties;
    struct http_request request = { .refused_ok = true, .again = portion->tries };
    struct bc_buf path = { 0 };
    json_t *body = json_object();

    portion->tries++;
    hubspot_account_path(ties->run->account, &path, HUBSPOT_ASSOCIATIONS, "deals", ties->to);
    bc_buf_add_byte(&path, '\0');
    json_object_set_new(body, "inputs", hubspot_partial_body(portion->inputs, portion->n));
    request.path = path.at;
    request.body = body;
    http_ask(ties->run->client, &request, take_ties, portion);
    json_decref(body);
    bc_buf_release(&path);
}

bool hubspot_tie_is_primary(const json_t *types)
{
    for (size_t i = 0; i < json_array_size(types); i++) {
        const json_t *type = json_array_get(types, i);

        if (json_integer_value(json_object_get(type, "typeId")) == 5 &&
            bc_str_eq(hubspot_text(type, "category"), BC_STR("HUBSPOT_DEFINED")))
            return true;
    }
    return false;
}

/* One deal's list; `more` gets the rest of it. */
static bc_status take_deal(struct ties *ties, const json_t *one, struct portion *more,
                           struct bc_err *err)
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
        rc = ties->take(ties->payload, deal, object, json_object_get(to, "associationTypes"), err);
    }
    if (rc == BC_OK && after.len) {
        struct bc_str page =
            hubspot_print(ties->run, "%.*s of deal %.*s", BC_STR_ARG(after), BC_STR_ARG(deal));
        const char *kept;

        rc = http_pages_follow(ties->pages, &kept, page.at, json_array_size(all), err);
        more->inputs[more->n++] = (struct hubspot_input){ bc_arena_copy(ties->run->keep, deal),
                                                          bc_arena_copy(ties->run->keep, after) };
    }
    return rc;
}

static void leave_unread(struct ties *ties, const struct hubspot_input *inputs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bc_string_table_add(ties->unread, inputs[i].id);
}

/* What HubSpot failed to list: once more, or never. */
static void ask_rest(const struct portion *portion, const json_t *root)
{
    struct ties *ties = portion->ties;
    struct portion *again = portion_of(ties, portion->n);

    again->n = hubspot_partial_rest(again->inputs, portion->inputs, portion->n, root);
    again->tries = portion->tries;
    if (again->n > 0 && again->tries < HUBSPOT_PART_TRIES) {
        ask(again);
        return;
    }
    leave_unread(ties, again->inputs, again->n);
    for (size_t i = 0; i < again->n; i++)
        hubspot_named_add(ties->run, &ties->run->notes.unread,
                          hubspot_print(ties->run, "%s of deal", ties->to).at, again->inputs[i].id);
}

static bc_status take_ties(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    const struct portion *portion = payload;
    struct ties *ties = portion->ties;
    const json_t *results = NULL;
    struct portion *more;
    bc_status rc;

    if (answer->status >= 300) {
        hubspot_note_refusal(ties->run, ties->to, answer->status, answer->root);
        leave_unread(ties, portion->inputs, portion->n);
        return BC_OK;
    }
    rc = hubspot_results(&results, answer->root, err);
    if (rc < 0)
        return rc;
    ask_rest(portion, answer->root);
    more = portion_of(ties, json_array_size(results));
    for (size_t i = 0; rc == BC_OK && i < json_array_size(results); i++)
        rc = take_deal(ties, json_array_get(results, i), more, err);
    if (rc == BC_OK && more->n > 0)
        ask(more);
    return rc;
}

void hubspot_ties(struct hubspot_run *run, const char *to, const bc_string_table *ids,
                  hubspot_tie_fn *take, void *payload, bc_string_table *unread)
{
    struct ties *ties = hubspot_keep(run, sizeof(*ties));
    const uint32_t end = bc_string_table_count(ids);

    *ties = (struct ties){ run, to, take, payload, unread, hubspot_keep_pages(run) };
    for (uint32_t first = 1; first < end; first += TIES_PAGE) {
        uint32_t n = end - first < TIES_PAGE ? end - first : TIES_PAGE;
        struct portion *portion = portion_of(ties, n);

        for (; portion->n < n; portion->n++)
            portion->inputs[portion->n] =
                (struct hubspot_input){ bc_string_table_text(ids, first + (uint32_t)portion->n),
                                        { 0 } };
        ask(portion);
    }
}
