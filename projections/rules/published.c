/* projections/rules/published.c - publications of rules, and the retractions that bear on them.
 *
 * Kept in family meta under "rules", as varints: the position, then for each event of interest, in
 * the log's order, its seq and the seq that it retracts, 0 for a publication. */
#include "projections/rules/published.h"

#include "ledger/codec.h"

#include <inttypes.h>
#include <stdlib.h>

static const struct bc_str key = { "rules", 5 };

struct link {
    uint64_t seq, target; /* target 0: a publication */
};

struct published {
    uint64_t position;
    struct link *links;
    size_t n, cap;
};

static bool take(struct bc_str *rest, uint64_t *out)
{
    size_t len = bc_varint_get(out, *rest);

    rest->at += len;
    rest->len -= len;
    return len > 0;
}

/* False: no such value. */
static bool parse(struct published *published, struct bc_str value)
{
    struct link link = { 0, 0 };
    uint64_t before = 0;

    if (!take(&value, &published->position))
        return false;
    while (value.len > 0) {
        if (!take(&value, &link.seq) || !take(&value, &link.target) || link.seq <= before ||
            link.seq > published->position || link.target >= link.seq)
            return false;
        BC_GROW(published->links, published->n, published->cap);
        published->links[published->n++] = link;
        before = link.seq;
    }
    return true;
}

static void print(struct bc_buf *out, const struct published *published)
{
    bc_varint_add(out, published->position);
    for (size_t i = 0; i < published->n; i++) {
        bc_varint_add(out, published->links[i].seq);
        bc_varint_add(out, published->links[i].target);
    }
}

static void release(struct published *published)
{
    free(published->links);
}

/* A value that cannot be read is as good as none: this is a cache. */
static bc_status load(struct published *published, bc_log *log, struct bc_err *err)
{
    struct bc_buf value = { 0 };
    bc_status rc = bc_store_get(bc_log_store(log), BC_META, key, &value, err);

    if (rc == BC_OK &&
        (!parse(published, bc_buf_str(&value)) || published->position > bc_log_head(log)->size)) {
        published->position = 0;
        published->n = 0;
    }
    bc_buf_release(&value);
    return rc < 0 ? rc : BC_OK;
}

static bool is_publication(const struct published *published, uint64_t seq)
{
    for (size_t i = 0; i < published->n; i++)
        if (published->links[i].seq == seq)
            return published->links[i].target == 0;
    return false;
}

static void add(struct published *published, uint64_t seq, uint64_t target)
{
    BC_GROW(published->links, published->n, published->cap);
    published->links[published->n++] = (struct link){ seq, target };
}

static bc_status look_at(struct published *published, bc_log *log, const struct bc_event *event,
                         struct bc_err *err)
{
    uint64_t target, root;
    bc_status rc;

    if (event->body == BC_RULES_PUBLISHED)
        add(published, event->seq, 0);
    if (event->body != BC_RETRACTED || published->n == 0)
        return BC_OK;
    rc = bc_log_retraction(log, event->seq, &target, &root, err);
    if (rc == BC_OK && is_publication(published, root))
        add(published, event->seq, target);
    return rc < 0 ? rc : BC_OK;
}

static bc_status read_on(struct published *published, bc_log *log, uint64_t last,
                         struct bc_err *err)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc = BC_OK;

    if (published->position >= last)
        return BC_OK;
    rc = bc_cursor_open(&cursor, log, published->position + 1, last, err);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK)
            rc = look_at(published, log, event, err);
    }
    bc_cursor_free(cursor);
    if (rc != BC_DONE)
        return rc;
    published->position = last;
    return BC_OK;
}

static bc_status store(const struct published *published, bc_log *log, struct bc_err *err)
{
    struct bc_batch batch = { 0 };
    struct bc_buf value = { 0 };
    bc_status rc;

    print(&value, published);
    bc_batch_add(&batch, BC_META, BC_PUT, key, bc_buf_str(&value));
    rc = bc_store_write(bc_log_store(log), &batch, false, err);
    bc_batch_release(&batch);
    bc_buf_release(&value);
    return rc;
}

bc_status bc_published_catch_up(bc_log *log, struct bc_err *err)
{
    struct published published = { 0 };
    bc_status rc = load(&published, log, err);

    if (rc == BC_OK && published.position < bc_log_head(log)->size) {
        rc = read_on(&published, log, bc_log_head(log)->size, err);
        if (rc == BC_OK)
            rc = store(&published, log, err);
    }
    release(&published);
    return rc;
}

/* From the last on: a retraction that no later one takes back strikes its target. Marks by seq 0.
 */
static void strike(struct published *published)
{
    struct link *links = published->links;

    for (size_t i = published->n; i-- > 0;)
        for (size_t j = 0; j < i && links[i].seq != 0 && links[i].target != 0; j++)
            if (links[j].seq == links[i].target)
                links[j].seq = 0;
}

bc_status bc_published_latest(uint64_t *out_seq, bc_log *log, uint64_t last_seq, struct bc_err *err)
{
    struct published published = { 0 };
    uint64_t found = 0;
    bc_status rc = load(&published, log, err);

    if (rc == BC_OK)
        rc = read_on(&published, log, last_seq, err);
    while (published.n > 0 && published.links[published.n - 1].seq > last_seq)
        published.n--;
    strike(&published);
    for (size_t i = 0; i < published.n; i++)
        if (published.links[i].seq != 0 && published.links[i].target == 0)
            found = published.links[i].seq;
    release(&published);
    if (rc < 0)
        return rc;
    *out_seq = found;
    return found ? BC_OK : BC_DONE;
}

bc_status bc_published_verify(bc_log *log, struct bc_err *err)
{
    struct published kept = { 0 }, made = { 0 };
    struct bc_buf value = { 0 }, again = { 0 };
    bc_status rc = bc_store_get(bc_log_store(log), BC_META, key, &value, err);

    if (rc == BC_OK &&
        (!parse(&kept, bc_buf_str(&value)) || kept.position > bc_log_head(log)->size))
        rc = bc_err_set(err, BC_E_DAMAGED, "the places of published rules cannot be read");
    if (rc == BC_OK)
        rc = read_on(&made, log, kept.position, err);
    if (rc == BC_OK) {
        print(&again, &made);
        if (!bc_str_eq(bc_buf_str(&again), bc_buf_str(&value)))
            rc = bc_err_set(err, BC_E_DAMAGED,
                            "the places of published rules up to event %" PRIu64
                            " are not those of the log",
                            kept.position);
    }
    release(&kept);
    release(&made);
    bc_buf_release(&value);
    bc_buf_release(&again);
    return rc < 0 ? rc : BC_OK;
}
