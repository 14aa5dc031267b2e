/* tools/hubspot/merge.c */
#include "tools/hubspot/merge.h"

#include "tools/hubspot/history.h"
#include "tools/hubspot/record.h"
#include "tools/hubspot/value.h"

static const char property[] = "hs_merged_object_ids";

/* Takes the first of "A;B;C" off. */
static bool next_id(struct bc_str *id, struct bc_str *rest)
{
    const char *end;

    while (rest->len > 0 && (rest->at[0] == ';' || rest->at[0] == ' ')) {
        rest->at++;
        rest->len--;
    }
    if (rest->len == 0)
        return false;
    end = memchr(rest->at, ';', rest->len);
    *id = (struct bc_str){ rest->at, end ? (size_t)(end - rest->at) : rest->len };
    rest->at += id->len;
    rest->len -= id->len;
    return true;
}

static bool lists(struct bc_str ids, struct bc_str wanted)
{
    struct bc_str id;

    while (next_id(&id, &ids))
        if (bc_str_eq(id, wanted))
            return true;
    return false;
}

/* When the list first held the part; if unknown, when the survivor was last changed. */
static int64_t merged_us(const struct hubspot_history *history, struct bc_str part,
                         const json_t *record)
{
    for (size_t i = 0; i < history->n; i++)
        if (lists(history->changes[i].value, part))
            return history->changes[i].us;
    return hubspot_modified(record);
}

static bool is_own(const struct hubspot_run *run, struct bc_str id)
{
    const struct hubspot_index_deal *deal = hubspot_index_deal(run->known, id);

    return deal && deal->own;
}

/* A new deal results from two or more, whose own events are known; a survivor that was one of them
 * is not among the ids merged into it, or had changed before. */
static bool began_with_merge(const struct hubspot_merge *merge, const struct hubspot_run *run,
                             struct bc_str deal, size_t own_n)
{
    const struct hubspot_index_deal *known = hubspot_index_deal(run->known, deal);

    if (known && known->carried)
        return true;
    return !(known && known->changed_us < merge->us) && merge->n >= 2 && own_n == merge->n;
}

bc_status hubspot_merge_read(struct hubspot_merge *out, struct hubspot_run *run,
                             const json_t *record, struct bc_str deal, struct bc_err *err)
{
    struct bc_str rest = hubspot_property(record, property), id;
    struct hubspot_history history;
    size_t own_n = 0;
    bc_status rc = hubspot_history_read(&history, record, property, run->record, err);

    *out = (struct hubspot_merge){ 0 };
    if (rc < 0 || rest.len == 0)
        return rc;
    out->parts = bc_arena_alloc(run->record, (rest.len + 1) / 2 * sizeof(*out->parts));
    while (next_id(&id, &rest)) {
        struct hubspot_merge_part part = { id, merged_us(&history, id, record) };

        if (bc_str_eq(id, deal))
            continue;
        own_n += is_own(run, id);
        out->parts[out->n++] = part;
        out->us = part.us > out->us ? part.us : out->us;
    }
    out->known = is_own(run, deal);
    out->is_new = out->n > 0 && began_with_merge(out, run, deal, own_n);
    run->notes.merged_blind += out->n > 0 && own_n == 0;
    return BC_OK;
}

bc_status hubspot_merge_events(const struct hubspot_merge *merge, struct hubspot_run *run,
                               struct bc_str deal, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < merge->n; i++) {
        const struct hubspot_merge_part *part = &merge->parts[i];
        struct bc_event event =
            hubspot_event(BC_DEAL_MERGED, part->id, part->us,
                          hubspot_print(run, "deal/%.*s", BC_STR_ARG(part->id)));

        event.id = hubspot_print(run, "hubspot:deal/%.*s/merged/%.*s", BC_STR_ARG(part->id),
                                 BC_STR_ARG(deal));
        event.value[BC_DEAL_MERGED_INTO].text = deal;
        rc = hubspot_emit(run, &event, err);
    }
    return rc;
}

/* Was the same change recorded under a part's id? */
static bool is_taken(const struct hubspot_merge *merge, const struct hubspot_run *run,
                     struct bc_str deal, struct bc_str event_id)
{
    size_t head = strlen("hubspot:deal/");
    struct bc_str tail = { event_id.at + head + deal.len, event_id.len - head - deal.len };
    struct bc_buf id = { 0 };
    bool taken = false;

    for (size_t i = 0; !taken && i < merge->n; i++) {
        id.len = 0;
        bc_buf_printf(&id, "hubspot:deal/%.*s%.*s", BC_STR_ARG(merge->parts[i].id),
                      BC_STR_ARG(tail));
        taken = hubspot_index_change(run->known, bc_buf_str(&id));
    }
    bc_buf_release(&id);
    return taken;
}

bool hubspot_merge_is_copy(const struct hubspot_merge *merge, const struct hubspot_run *run,
                           struct bc_str deal, struct bc_str event_id, int64_t us)
{
    if (merge->n == 0 || us > merge->us)
        return false;
    if (merge->is_new)
        return true;
    if (hubspot_index_change(run->known, event_id))
        return false; /* its own: recorded before the merge */
    if (us <= run->read_us && merge->known)
        return true; /* its own were all recorded by then */
    return is_taken(merge, run, deal, event_id);
}
