#include "projections/timelines/segment.h"
#include "projections/timelines/timelines_impl.h"

enum { ROOM = 64 << 20 };

/* A family of the cache, beside what a replay of the log makes. */
struct kept {
    bc_iter *iter;
    struct bc_str key, value; /* while `have` */
    bool have;
};

static bc_status next_kept(struct kept *kept, struct bc_err *err)
{
    bc_status rc = bc_iter_next(kept->iter, &kept->key, &kept->value, err);

    kept->have = rc == BC_OK;
    return rc < 0 ? rc : BC_OK;
}

static bc_status differs(struct bc_str deal, struct bc_err *err)
{
    return bc_err_damaged(err,
                          "the cache of deal \"%.*s\" is not what the log "
                          "makes of it",
                          BC_STR_ARG(deal));
}

/* A deal without rows in a family has no entry there. */
static bc_status compare(struct kept *kept, struct bc_str deal, struct bc_str want,
                         struct bc_err *err)
{
    if (want.len == 0)
        return BC_OK;
    if (kept->have && bc_str_eq(kept->key, deal) && bc_str_eq(kept->value, want))
        return next_kept(kept, err);
    return differs(kept->have && bc_str_cmp(kept->key, deal) < 0 ? kept->key : deal, err);
}

enum { FACTS, SEQS, LEARNING, FAMILY_N };

static const enum bc_family families[FAMILY_N] = { BC_TIMELINES, BC_DEALS, BC_LEARNING };

static bc_status compare_deal(struct kept kept[FAMILY_N], const struct bc_deal_rows *rows,
                              struct bc_err *err)
{
    const struct bc_str want[FAMILY_N] = { rows->facts, rows->seqs, rows->learning };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < FAMILY_N; i++)
        rc = compare(&kept[i], rows->deal, want[i], err);
    return rc;
}

static bc_status compare_all(const bc_segment *segment, struct kept kept[FAMILY_N],
                             struct bc_err *err)
{
    bc_segment_walk *walk = NULL;
    struct bc_deal_rows rows;
    bc_status rc = bc_segment_walk_open(&walk, segment, (struct bc_str){ 0 }, err);

    for (size_t i = 0; rc == BC_OK && i < FAMILY_N; i++)
        rc = next_kept(&kept[i], err);
    while (rc == BC_OK) {
        rc = bc_segment_walk_next(walk, &rows, err);
        if (rc == BC_OK)
            rc = compare_deal(kept, &rows, err);
    }
    rc = rc == BC_DONE ? BC_OK : rc;
    for (size_t i = 0; rc == BC_OK && i < FAMILY_N; i++)
        if (kept[i].have)
            rc = differs(kept[i].key, err);
    bc_segment_walk_free(walk);
    return rc;
}

static bc_status compare_families(bc_log *log, const bc_segment *segment, struct bc_err *err)
{
    struct kept kept[FAMILY_N] = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < FAMILY_N; i++)
        rc = bc_iter_open(&kept[i].iter, bc_log_store(log), families[i], (struct bc_str){ 0 }, err);
    if (rc == BC_OK)
        rc = compare_all(segment, kept, err);
    for (size_t i = 0; i < FAMILY_N; i++)
        bc_iter_free(kept[i].iter);
    return rc;
}

bc_status bc_timelines_name_damage(bc_log *log, const struct bc_position *position,
                                   struct bc_err *err)
{
    bc_string_table *strings = bc_string_table_new();
    bc_segment *segment = bc_segment_new(log, strings, ROOM);
    bc_status rc = bc_segment_read(segment, 1, position->seq, 0, err);

    if (rc == BC_OK)
        rc = bc_segment_end(segment, err);
    if (rc == BC_OK)
        rc = compare_families(log, segment, err);
    if (rc == BC_OK)
        rc = bc_timelines_damaged(err, "the strings of the timelines are not the log's");
    bc_segment_free(segment);
    bc_string_table_free(strings);
    return rc;
}
