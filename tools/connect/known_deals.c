#include "tools/connect/known_deals.h"

#include <stdlib.h>

void known_deals_init(struct known_deals *out, bc_arena *arena, const struct bc_str *properties,
                      size_t property_n)
{
    *out = (struct known_deals){ .properties = properties,
                                 .property_n = property_n,
                                 .all = bc_string_table_new(),
                                 .former.texts = bc_string_table_new(),
                                 .held_keys = bc_string_table_new(),
                                 .arena = arena };
    for (size_t i = 0; i < CONNECT_BY_N; i++)
        out->by[i].texts = bc_string_table_new();
    out->had = bc_arena_alloc(arena, property_n * sizeof(*out->had) + 1);
    memset(out->had, 0, property_n * sizeof(*out->had));
}

static void meanings_release(struct known_meanings *by)
{
    for (size_t i = 0; i < by->n; i++)
        free(by->at[i].deals);
    bc_string_table_free(by->texts);
    free(by->at);
}

void known_deals_release(struct known_deals *deals)
{
    for (size_t i = 0; i < CONNECT_BY_N; i++)
        meanings_release(&deals->by[i]);
    meanings_release(&deals->former);
    bc_string_table_free(deals->all);
    bc_string_table_free(deals->held_keys);
    free(deals->held);
}

static void means_drop(struct known_meanings *by, struct bc_str text, struct bc_str deal)
{
    const uint32_t word = connect_number(by->texts, text);
    struct known_meant *meant = word ? &by->at[word - 1] : NULL;
    size_t kept = 0;

    for (size_t i = 0; meant && i < meant->n; i++)
        if (!bc_str_eq(meant->deals[i], deal))
            meant->deals[kept++] = meant->deals[i];
    if (meant)
        meant->n = kept;
}

static void means_add(struct known_meanings *by, struct bc_str text, struct bc_str deal)
{
    const uint32_t word = bc_string_table_add(by->texts, text);
    struct known_meant *meant;

    if (word > by->n) {
        BC_GROW(by->at, by->n, by->cap);
        by->at[by->n++] = (struct known_meant){ 0 };
    }
    means_drop(by, text, deal); /* each once */
    meant = &by->at[word - 1];
    BC_GROW(meant->deals, meant->n, meant->cap);
    meant->deals[meant->n++] = deal;
}

/* A deal has another value than before. */
static void hold(struct known_deals *deals, enum connect_by by, struct bc_str deal,
                 struct bc_str property, struct bc_str value)
{
    struct bc_buf key = { 0 };
    uint32_t word;

    bc_buf_add_str(&key, deal);
    bc_buf_add_byte(&key, '\0');
    bc_buf_add_str(&key, property);
    word = bc_string_table_add(deals->held_keys, bc_buf_str(&key));
    bc_buf_release(&key);
    if (word > deals->held_n) {
        BC_GROW(deals->held, deals->held_n, deals->held_cap);
        deals->held[deals->held_n++] = (struct bc_str){ 0 };
    } else {
        means_drop(&deals->by[by], deals->held[word - 1], deal);
        if (by == CONNECT_BY_NAME && deals->held[word - 1].len)
            means_add(&deals->former, deals->held[word - 1], deal);
    }
    value = bc_arena_copy(deals->arena, value);
    deals->held[word - 1] = value;
    if (value.len)
        means_add(&deals->by[by], value, deal);
}

/* A deal has it. */
static bool is_asked_for(const struct known_deals *deals, struct bc_str property)
{
    for (size_t i = 0; i < deals->property_n; i++)
        if (bc_str_eq(deals->properties[i], property))
            return deals->had[i] = true;
    return false;
}

static void see_property(struct known_deals *deals, struct bc_str deal,
                         const struct bc_event *event)
{
    const struct bc_str name = event->value[BC_PROPERTY_CHANGED_NAME].text;
    const struct bc_str value = event->value[BC_PROPERTY_CHANGED_VALUE].text;

    if (bc_str_eq(name, BC_STR("deal_name")))
        hold(deals, CONNECT_BY_NAME, deal, BC_STR("deal_name"), value);
    if (is_asked_for(deals, name))
        hold(deals, CONNECT_BY_PROPERTY, deal, name, value);
}

void connect_url_digest(char out[CONNECT_URL_DIGEST_LEN], struct bc_str url)
{
    const struct bc_hash hash = bc_hash_bytes(url);
    const size_t len = strlen("sha256:");

    memcpy(out, "sha256:", len);
    bc_hash_print(out + len, &hash);
}

static void see_url(struct known_deals *deals, struct bc_str deal, struct bc_str url)
{
    char digest[CONNECT_URL_DIGEST_LEN];

    if (url.len == 0)
        return;
    connect_url_digest(digest, url);
    means_add(&deals->by[CONNECT_BY_URL], url, deal);
    means_add(&deals->by[CONNECT_BY_URL], bc_str_of(digest), deal);
}

void known_deals_see(struct known_deals *deals, const struct bc_event *event)
{
    uint32_t word;
    struct bc_str deal;

    if (event->deal.len == 0)
        return;
    word = bc_string_table_add(deals->all, event->deal);
    deal = bc_string_table_text(deals->all, word);
    if (event->body == BC_DEAL_CREATED)
        hold(deals, CONNECT_BY_NAME, deal, BC_STR("deal_name"),
             event->value[BC_DEAL_CREATED_NAME].text);
    else if (event->body == BC_PROPERTY_CHANGED)
        see_property(deals, deal, event);
    else if (event->body == BC_ORDER_PLACED)
        see_url(deals, deal, event->value[BC_ORDER_PLACED_CONFIGURATOR_URL].text);
}

static size_t deals_of(const struct known_meanings *by, struct bc_str text,
                       const struct bc_str **out)
{
    const uint32_t word = connect_number(by->texts, text);

    *out = word ? by->at[word - 1].deals : NULL;
    return word ? by->at[word - 1].n : 0;
}

size_t known_deals_by(const struct known_deals *deals, enum connect_by by, struct bc_str text,
                      const struct bc_str **out)
{
    const size_t n = deals_of(&deals->by[by], text, out);

    return n == 0 && by == CONNECT_BY_NAME ? deals_of(&deals->former, text, out) : n;
}
