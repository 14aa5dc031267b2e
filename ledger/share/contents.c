#include "ledger/share/contents.h"

#include "ledger/record/codec.h"

enum {
    VARINT_MAX = 10,
    WINDOW = 1 << 20,
    ITEM_MAX = 32 << 20, /* more than any event, and than what an importer stores */
    PART_REST = 34,      /* a hash in a commit */
};

/* --- out --- */

bc_status bc_outgoing_begin(struct bc_outgoing *out, bc_shared_log *to, struct bc_err *err)
{
    *out = (struct bc_outgoing){ .to = to };
    out->part_most = to ? to->ops->message_max(to->self) - BC_COMMIT_REST_MOST : SIZE_MAX;
    return bc_commit_draw_id(out->commit.id, err);
}

static bc_status put_part(struct bc_outgoing *out, size_t len, struct bc_err *err)
{
    const struct bc_str part = { out->bytes.at, len };
    const struct bc_hash hash = bc_hash_bytes(part);
    const size_t number = out->parts.len / BC_HASH_LEN;
    bc_status rc;

    rc = out->to->ops->put_part(out->to->self, out->commit.id, (uint32_t)number, part, err);
    bc_buf_add(&out->parts, hash.at, BC_HASH_LEN);
    out->bytes.len -= len;
    memmove(out->bytes.at, out->bytes.at + len, out->bytes.len);
    return rc;
}

bc_status bc_outgoing_add(struct bc_outgoing *out, struct bc_str item, struct bc_err *err)
{
    const size_t before = out->bytes.len;
    bc_status rc = BC_OK;

    bc_varint_add(&out->bytes, item.len);
    bc_buf_add_str(&out->bytes, item);
    out->commit.length += out->bytes.len - before;
    while (rc == BC_OK && out->bytes.len > out->part_most)
        rc = put_part(out, out->part_most, err);
    return rc;
}

bc_status bc_outgoing_commit(struct bc_outgoing *out, uint64_t expected, uint64_t *position,
                             struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_status rc = BC_OK;

    if (out->parts.len && out->bytes.len)
        rc = put_part(out, out->bytes.len, err);
    if (rc < 0)
        return rc;
    out->commit.n_parts = out->parts.len / BC_HASH_LEN;
    out->commit.parts = (const struct bc_hash *)out->parts.at;
    out->commit.contents = bc_buf_str(&out->bytes);
    if (out->commit.n_parts * PART_REST > out->part_most)
        return bc_err_set(err, BC_E_INPUT,
                          "the append has %llu bytes, a commit of the shared log at most %llu; "
                          "append it in several",
                          (unsigned long long)out->commit.length,
                          (unsigned long long)(out->part_most / PART_REST * out->part_most));
    bc_commit_encode(&bytes, &out->commit);
    rc = out->to->ops->append_if(out->to->self, expected, out->commit.id, bc_buf_str(&bytes),
                                 position, err);
    bc_buf_release(&bytes);
    return rc;
}

void bc_outgoing_release(struct bc_outgoing *out)
{
    bc_buf_release(&out->bytes);
    bc_buf_release(&out->parts);
}

/* --- in --- */

void bc_incoming_open(struct bc_incoming *in, const struct bc_commit *commit,
                      const struct bc_temp *temp)
{
    *in = (struct bc_incoming){ .length = commit->length };
    if (commit->n_parts)
        in->temp = temp;
    else
        in->inside = commit->contents;
}

static struct bc_str waiting(const struct bc_incoming *in)
{
    if (!in->temp)
        return bc_str_part(in->inside, (size_t)in->at, in->inside.len);
    return (struct bc_str){ in->window.at + in->window_at, in->window.len - in->window_at };
}

/* Has at least `len` bytes wait, or all there are. */
static bc_status fill(struct bc_incoming *in, size_t len, struct bc_err *err)
{
    struct bc_buf *window = &in->window;
    uint64_t want;
    bc_status rc;

    if (!in->temp || window->len - in->window_at >= len)
        return BC_OK;
    window->len -= in->window_at;
    if (in->window_at)
        memmove(window->at, window->at + in->window_at, window->len);
    in->window_at = 0;
    want = len > WINDOW ? len : WINDOW;
    if (want > in->length - in->at)
        want = in->length - in->at;
    rc = bc_temp_read(in->temp, in->at, bc_buf_room(window, (size_t)want), (size_t)want, err);
    if (rc < 0)
        return rc;
    window->len += (size_t)want;
    in->at += want;
    return BC_OK;
}

static void skip(struct bc_incoming *in, size_t len)
{
    if (in->temp)
        in->window_at += len;
    else
        in->at += len;
}

static bc_status cut_short(struct bc_err *err)
{
    return bc_err_set(err, BC_E_DAMAGED, "the contents of a commit end within an event");
}

bc_status bc_incoming_next(struct bc_incoming *in, struct bc_str *out, struct bc_err *err)
{
    uint64_t len;
    size_t took;
    bc_status rc = fill(in, VARINT_MAX, err);

    if (rc < 0)
        return rc;
    if (waiting(in).len == 0)
        return BC_DONE;
    took = bc_varint_get(&len, waiting(in));
    if (took == 0 || len > ITEM_MAX)
        return cut_short(err);
    skip(in, took);
    rc = fill(in, (size_t)len, err);
    if (rc < 0)
        return rc;
    if (waiting(in).len < len)
        return cut_short(err);
    *out = bc_str_part(waiting(in), 0, (size_t)len);
    skip(in, (size_t)len);
    return BC_OK;
}

void bc_incoming_release(struct bc_incoming *in)
{
    bc_buf_release(&in->window);
}
