#include "ledger/record/merkle.h"
#include "tools/connect/dropbox_sign.h"
#include "tools/connect/paging.h"

#include <inttypes.h>
#include <stdlib.h>

enum { LISTS_MAX = 3 }; /* tries at a list that stays the same while it is read */

static const struct connect_kind moving = {
    "listMoved", "list changed each time it was read: a request may be missing until the next run",
    "lists changed each time they were read: a request may be missing until the next run"
};
static const struct connect_kind missing = {
    "listShort",
    "request that the list counts is not in it, each time it was read: missing until a run finds "
    "it",
    "requests that the list counts are not in it, each time it was read: missing until a run finds "
    "them"
};
static const struct connect_kind listed_twice = {
    "requestsTwice",
    "request is in the list twice, and otherwise the second time: the first one is taken",
    "requests are in the list twice, and otherwise the second time: the first ones are taken"
};
/* ---- a page ---- */

static bc_status read_info(struct dropbox_sign_page *out, const json_t *root, const char *asked,
                           struct bc_err *err)
{
    const json_t *info = json_object_get(root, "list_info");
    bc_status rc = BC_OK;

    out->requests = json_object_get(root, "signature_requests");
    if (!json_is_object(info) || !json_is_array(out->requests))
        return bc_err_set(err, BC_E_REMOTE,
                          "%s: the answer has no \"list_info\" or no \"signature_requests\"",
                          asked);
    rc = connect_paging_count(&out->pages, info, "num_pages", asked, err);
    return rc == BC_OK ? connect_paging_count(&out->results, info, "num_results", asked, err) : rc;
}

bc_status dropbox_sign_page(struct connect_run *run, struct dropbox_sign_page *out, int64_t number,
                            bool team, struct bc_err *err)
{
    struct bc_buf path = { 0 };
    bc_status rc;

    *out = (struct dropbox_sign_page){ 0 };
    bc_buf_printf(&path, "/signature_request/list?page=%lld&page_size=100%s", (long long)number,
                  team ? "&account_id=all" : "");
    rc = connect_get(run, &out->answer, &path, NULL, err);
    return rc == BC_OK ? read_info(out, out->answer.root, "GET /signature_request/list", err) : rc;
}

/* ---- the list ---- */

/* A list of the account's requests. */
struct list {
    struct connect_run *run;
    bool team;
    dropbox_sign_take_fn *take;
    int64_t pages, results, first_results; /* as it says */
    json_t *seen;                          /* by id: a digest of what the list gave first */
    struct http_pages way;
};

/* What the list has of a request, shortly. */
static json_t *digest_of(const json_t *request)
{
    char *text = json_dumps(request, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
    const struct bc_hash hash = bc_hash_bytes(bc_str_of(text ? text : ""));
    char printed[BC_HASH_TEXT_LEN];

    free(text);
    bc_hash_print(printed, &hash);
    return json_string(printed);
}

/* Whether it is new to the list. */
static bool see_request(struct list *list, const json_t *request)
{
    const char *id = json_string_value(json_object_get(request, "signature_request_id"));
    const json_t *before = id ? json_object_get(list->seen, id) : NULL;
    json_t *digest;

    if (!id)
        return true; /* and counted when it is told */
    digest = digest_of(request);
    if (before && !json_equal(before, digest))
        connect_note(list->run, &listed_twice, bc_str_of(id));
    if (before)
        json_decref(digest);
    else
        json_object_set_new(list->seen, id, digest);
    return !before;
}

static bc_status follow(struct list *list, int64_t number, size_t held, struct bc_err *err)
{
    const char *kept = NULL;
    char next[24];
    bc_status rc;

    (void)snprintf(next, sizeof(next), "%" PRId64, number + 1);
    rc = http_pages_follow(&list->way, &kept, next, held, err);
    return rc < 0 ? bc_err_in(err, rc, "GET /signature_request/list") : rc;
}

static bc_status read_page(struct list *list, int64_t number, size_t *read, struct bc_err *err)
{
    struct dropbox_sign_page page;
    size_t held = 0;
    bc_status rc = dropbox_sign_page(list->run, &page, number, list->team, err);

    list->pages = page.pages;
    list->results = page.results;
    if (number == 1)
        list->first_results = list->results;
    for (size_t i = 0; rc == BC_OK && i < json_array_size(page.requests); i++) {
        const json_t *request = json_array_get(page.requests, i);

        held += see_request(list, request);
        rc = list->take(list->run, request, err);
    }
    http_answer_release(&page.answer);
    *read += held;
    return rc == BC_OK && number < list->pages ? follow(list, number, held, err) : rc;
}

/* *same: it had as many requests at its end as at its beginning; else one may have slipped by.
 * *read: how many of them it gave. */
static bc_status read_list(struct list *list, bool *same, size_t *read, struct bc_err *err)
{
    bc_status rc;

    *read = 0;
    list->seen = json_object();
    rc = read_page(list, 1, read, err);
    for (int64_t number = 2; rc == BC_OK && number <= list->pages; number++)
        rc = read_page(list, number, read, err);
    *same = list->results == list->first_results;
    http_pages_release(&list->way);
    json_decref(list->seen);
    return rc;
}

bc_status dropbox_sign_list(struct connect_run *run, bool team, dropbox_sign_take_fn *take,
                            struct bc_err *err)
{
    struct list list = { .run = run, .team = team, .take = take };
    bc_status rc = BC_OK;
    bool same = false;
    size_t read = 0;

    for (unsigned i = 0; rc == BC_OK && !(same && read >= (uint64_t)list.results) && i < LISTS_MAX;
         i++)
        rc = read_list(&list, &same, &read, err);
    if (rc == BC_OK && !same)
        connect_note(run, &moving, (struct bc_str){ 0 });
    else if (rc == BC_OK && read < (uint64_t)list.results)
        connect_note_n(run, &missing, (uint64_t)list.results - read);
    return rc;
}
