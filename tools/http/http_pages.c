/* tools/http/http_pages.c - a listing's way from page to page. */
#include "ledger/base/search.h"
#include "tools/http/http.h"

#include <inttypes.h>
#include <stdlib.h>

/* Where `after` is, or belongs. */
static size_t place_of(const struct http_pages *pages, const char *after, bool *there)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, pages->n, strcmp(pages->seen[at], after) < 0);
    *there = at < pages->n && strcmp(pages->seen[at], after) == 0;
    return at;
}

bc_status http_pages_follow(struct http_pages *pages, const char **kept, const char *after,
                            size_t held, struct bc_err *err)
{
    bool there;
    size_t at = place_of(pages, after, &there);

    pages->empty = held ? 0 : pages->empty + 1;
    if (pages->empty == HTTP_PAGES_EMPTY)
        return bc_err_set(err, BC_E_REMOTE,
                          "%d pages in a row hold nothing new, and each says that another follows",
                          HTTP_PAGES_EMPTY);
    if (there)
        return bc_err_set(err, BC_E_REMOTE,
                          "the pages go in a circle: \"after\" was '%.100s' before", after);
    if (pages->n == HTTP_PAGES_MAX)
        return bc_err_set(err, BC_E_REMOTE, "there are more than %d pages", HTTP_PAGES_MAX);
    BC_GROW(pages->seen, pages->n, pages->cap);
    memmove(pages->seen + at + 1, pages->seen + at, (pages->n - at) * sizeof(*pages->seen));
    pages->seen[at] = bc_strdup(bc_str_of(after));
    pages->n++;
    *kept = pages->seen[at];
    return BC_OK;
}

bc_status http_pages_next(struct http_pages *pages, const char **after, const json_t *root,
                          struct bc_err *err)
{
    const json_t *paging = json_object_get(root, "paging");
    const json_t *next = json_object_get(paging, "next");
    const json_t *token = json_object_get(next, "after");
    const json_t *results = json_object_get(root, "results");
    size_t held = json_is_array(results) ? json_array_size(results) : 1;
    char number[24];

    if (!paging || json_is_null(paging) || (json_is_object(paging) && !next) || json_is_null(next))
        return BC_DONE;
    if (json_is_integer(token)) {
        snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT, json_integer_value(token));
        return http_pages_follow(pages, after, number, held, err);
    }
    if (!json_is_string(token) || json_string_length(token) == 0)
        return bc_err_set(err, BC_E_REMOTE, "\"paging\" does not say what comes after the page");
    return http_pages_follow(pages, after, json_string_value(token), held, err);
}

/* What tells a record from others: its member, or all of it. The caller's to free. */
static char *name_of(const json_t *record, const char *key)
{
    const json_t *value = json_object_get(record, key);

    return json_dumps(value ? value : record, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
}

size_t http_pages_new(struct http_pages *pages, const json_t *records, const char *key)
{
    size_t n = 0;

    if (!pages->records)
        pages->records = json_object();
    for (size_t i = 0; i < json_array_size(records); i++) {
        char *name = name_of(json_array_get(records, i), key);

        if (!json_object_get(pages->records, name)) {
            json_object_set_new(pages->records, name, json_true());
            n++;
        }
        free(name);
    }
    return n;
}

void http_pages_release(struct http_pages *pages)
{
    for (size_t i = 0; i < pages->n; i++)
        free(pages->seen[i]);
    free(pages->seen);
    json_decref(pages->records);
    *pages = (struct http_pages){ 0 };
}
