#include "ledger/store/split.h"

enum {
    KEY_MOST = 64, /* bytes of a split key; keys that are equal up to there stay together */
    CLOSE = 8,     /* a split within 1/8 of a part of its target is accepted */
};

/* A split key being found: `before` bytes lie before it, no more than wanted. */
struct split_key {
    bc_store *store;
    enum bc_family family;
    uint64_t want, before;
    char key[KEY_MOST];
    size_t len;
};

/* Adds the largest byte for which no more bytes than wanted lie before the key. */
static bc_status add_byte(struct split_key *at, struct bc_err *err)
{
    unsigned low = 0, high = 255;

    while (low < high) {
        unsigned middle = (low + high + 1) / 2;
        uint64_t before;
        bc_status rc;

        at->key[at->len] = (char)middle;
        rc = bc_store_size_before(at->store, at->family, (struct bc_str){ at->key, at->len + 1 },
                                  &before, err);
        if (rc < 0)
            return rc;
        if (before > at->want) {
            high = middle - 1;
            continue;
        }
        low = middle;
        at->before = before;
    }
    at->key[at->len++] = (char)low;
    return BC_OK;
}

bc_status bc_split_make(struct bc_split *out, bc_store *store, enum bc_family family, size_t parts,
                        struct bc_err *err)
{
    static const char after_all[] = { (char)0xff, (char)0xff, (char)0xff, (char)0xff };
    struct bc_split split = { .arena = bc_arena_new() };
    uint64_t size = 0;
    bc_status rc = BC_OK;

    if (parts > 1)
        rc = bc_store_size_before(store, family, (struct bc_str){ after_all, sizeof(after_all) },
                                  &size, err);
    split.keys = bc_arena_alloc(split.arena, parts * sizeof(*split.keys));
    for (size_t i = 1; rc == BC_OK && size && i < parts; i++) {
        struct split_key at = { .store = store, .family = family, .want = size / parts * i };
        struct bc_str key = { at.key, 0 };

        while (rc == BC_OK && at.len < KEY_MOST && at.want - at.before > size / parts / CLOSE)
            rc = add_byte(&at, err);
        key.len = at.len;
        if (rc == BC_OK && at.before &&
            (split.n == 0 || bc_str_cmp(split.keys[split.n - 1], key) < 0))
            split.keys[split.n++] = bc_arena_copy(split.arena, key);
    }
    if (rc < 0) {
        bc_split_release(&split);
        return rc;
    }
    *out = split;
    return BC_OK;
}

void bc_split_release(struct bc_split *split)
{
    bc_arena_free(split->arena);
    *split = (struct bc_split){ 0 };
}
