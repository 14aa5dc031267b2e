#include "tools/site/frame/address.h"

#include <string.h>

const char *const address_question[] = { "as-of", "known-at", "clock", "rules", "slice", NULL };

struct bc_str address_value(const struct site_request *request, const char *key)
{
    for (size_t i = request->pair_n; i > 0; i--)
        if (bc_str_eq(request->pairs[i - 1].key, bc_str_of(key)))
            return request->pairs[i - 1].value;
    return (struct bc_str){ 0 };
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           memchr("-._~:,/", c, 7);
}

static void add_coded(struct bc_buf *out, struct bc_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_plain(text.at[i]))
            bc_buf_add_byte(out, text.at[i]);
        else
            bc_buf_printf(out, "%%%02X", (unsigned char)text.at[i]);
    }
}

/* Nothing where the value is empty. */
static void add_pair(struct bc_buf *out, char *before, struct bc_str key, struct bc_str value)
{
    if (value.len == 0)
        return;
    bc_buf_add_byte(out, *before);
    *before = '&';
    add_coded(out, key);
    bc_buf_add_byte(out, '=');
    add_coded(out, value);
}

static bool has_key(const struct document_pair *pairs, size_t n, struct bc_str key)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(bc_str_of(pairs[i].key), key))
            return true;
    return false;
}

static void add_pairs(struct bc_buf *out, char *before, const struct document_pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_pair(out, before, bc_str_of(pairs[i].key), pairs[i].value);
}

bool address_stays(struct bc_str key)
{
    return !bc_str_eq(key, BC_STR("head")) && !bc_str_eq(key, BC_STR("brief"));
}

void address_add(struct bc_buf *out, const struct site_request *request, const char *page,
                 const struct document_pair *pairs, size_t n)
{
    char before = '?';

    bc_buf_add_byte(out, '/');
    bc_buf_add_str(out, bc_str_of(page));
    add_pairs(out, &before, pairs, n);
    for (const char *const *key = address_question; *key; key++)
        if (!has_key(pairs, n, bc_str_of(*key)))
            add_pair(out, &before, bc_str_of(*key), address_value(request, *key));
}

void address_add_same(struct bc_buf *out, const struct site_request *request, const char *page,
                      const struct document_pair *pairs, size_t n)
{
    char before = '?';

    bc_buf_printf(out, "/%s", page);
    add_pairs(out, &before, pairs, n);
    for (size_t i = 0; i < request->pair_n; i++) {
        const struct site_pair *pair = &request->pairs[i];

        if (!has_key(pairs, n, pair->key) && address_stays(pair->key))
            add_pair(out, &before, pair->key, pair->value);
    }
}
