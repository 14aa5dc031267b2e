/* Two ways of writing what a segment of the log adds, and what a kill leaves at each moment, which
 * the position alone shows:
 *
 *   little   one batch: rows appended to those there, strings, position. All or nothing
 *   much     new files made   | position: none | families emptied | files in | strings, position
 *                             ^ from here on there is no cache, until ^ here it is whole again
 *
 * What is too large for one batch, but little, is written in several, with no position
 * meanwhile. */
#include "projections/timelines/updater.h"

#include "projections/timelines/bulk_merge.h"
#include "projections/timelines/segment.h"
#include "projections/timelines/timelines.h"
#include "projections/timelines/timelines_impl.h"

#include <stdlib.h>

enum {
    ROOM = 64 << 20,       /* bytes of rows in memory */
    BATCH_MOST = 16 << 20, /* bytes of one batch */
    MUCH_FROM = 20000,     /* events from which the cache is rewritten into files, ... */
    MUCH_PART = 8,         /* ... if they are at least 1/8 of those in the cache */
};

struct bc_updater {
    bc_log *log;
    struct bc_position position;
    bc_string_table *strings;
    bc_segment *segment; /* from the position on */
};

/* What was written of a segment, and the position after it. */
struct write {
    bc_store *store;
    struct bc_batch batch;
    struct bc_position position;
};

static bc_status write_position(bc_log *log, const struct bc_position *position, struct bc_err *err)
{
    struct bc_batch batch = { 0 };
    bc_status rc;

    bc_position_put(&batch, position);
    rc = bc_store_write(bc_log_store(log), &batch, true, err);
    bc_batch_release(&batch);
    return rc;
}

static bc_status clear_families(bc_log *log, struct bc_err *err)
{
    bc_status rc = bc_store_clear(bc_log_store(log), BC_TIMELINES, err);

    if (rc == BC_OK)
        rc = bc_store_clear(bc_log_store(log), BC_DEALS, err);
    return rc < 0 ? rc : bc_store_clear(bc_log_store(log), BC_LEARNING, err);
}

bc_status bc_timelines_drop(bc_log *log, struct bc_err *err)
{
    /* The position goes first: a cache that is half removed must not count as one. */
    bc_status rc = write_position(log, &BC_POSITION_NONE, err);

    return rc < 0 ? rc : clear_families(log, err);
}

/* --- much --- */

static bc_status write_much(bc_updater *updater, struct bc_position *position, struct bc_err *err)
{
    bc_bulk_merge *merge = NULL;
    bc_status rc = bc_bulk_merge_make(&merge, updater->log, updater->segment, position, err);

    if (rc == BC_OK)
        rc = bc_timelines_drop(updater->log, err);
    if (rc == BC_OK)
        rc = bc_bulk_merge_ingest(merge, err);
    bc_bulk_merge_free(merge);
    return rc;
}

/* --- little --- */

static void add_rows(struct write *write, const struct bc_deal_rows *rows)
{
    if (rows->facts.len)
        bc_batch_add(&write->batch, BC_TIMELINES, BC_APPEND, rows->deal, rows->facts);
    if (rows->seqs.len)
        bc_batch_add(&write->batch, BC_DEALS, BC_APPEND, rows->deal, rows->seqs);
    if (rows->learning.len)
        bc_batch_add(&write->batch, BC_LEARNING, BC_APPEND, rows->deal, rows->learning);
    (void)bc_timelines_sum_facts(&write->position.learning, rows->deal, rows->learning);
    (void)bc_timelines_sum_facts(&write->position.facts, rows->deal, rows->facts);
    if (rows->deal.len == 0)
        (void)bc_timelines_sum_facts(&write->position.none, rows->deal, rows->facts);
    (void)bc_timelines_sum_seqs(&write->position.seqs, rows->deal, rows->seqs);
}

/* Leaves the last rows in the batch, to be written with the position. */
static bc_status write_little(bc_updater *updater, struct write *write, struct bc_err *err)
{
    bc_segment_walk *walk = NULL;
    struct bc_deal_rows rows;
    bool dropped = false;
    bc_status rc = bc_segment_walk_open(&walk, updater->segment, (struct bc_str){ 0 }, err);

    if (rc == BC_OK && write->position.seq == 0) /* a killed merge may have left rows */
        rc = clear_families(updater->log, err);
    while (rc == BC_OK) {
        rc = bc_segment_walk_next(walk, &rows, err);
        if (rc != BC_OK)
            break;
        add_rows(write, &rows);
        if (write->batch.bytes.len < BATCH_MOST)
            continue;
        if (!dropped)
            rc = write_position(updater->log, &BC_POSITION_NONE, err);
        dropped = true;
        if (rc == BC_OK)
            rc = bc_store_write(write->store, &write->batch, false, err);
        bc_batch_clear(&write->batch);
    }
    bc_segment_walk_free(walk);
    return rc < 0 ? rc : BC_OK;
}

/* --- both --- */

static void add_strings(struct write *write, const bc_string_table *strings)
{
    struct bc_position *position = &write->position;

    for (; position->strings < bc_string_table_count(strings); position->strings++)
        bc_timelines_word_put(&write->batch, (uint32_t)position->strings,
                              bc_string_table_text(strings, (uint32_t)position->strings),
                              &position->texts);
}

static bc_status write_segment(bc_updater *updater, struct bc_err *err)
{
    const uint64_t n = bc_segment_events(updater->segment);
    const bool much = n >= MUCH_FROM && n >= updater->position.seq / MUCH_PART;
    struct write write = { .store = bc_log_store(updater->log), .position = updater->position };
    bc_status rc = bc_segment_end(updater->segment, err);

    if (rc == BC_OK)
        rc = much ? write_much(updater, &write.position, err) : write_little(updater, &write, err);
    if (rc == BC_OK) {
        add_strings(&write, updater->strings);
        write.position.seq += n;
        bc_position_put(&write.batch, &write.position);
        rc = bc_store_write(write.store, &write.batch, much, err);
        if (rc == BC_OK && n >= MUCH_FROM)
            rc = bc_store_settle(write.store, err);
    }
    bc_batch_release(&write.batch);
    if (rc == BC_OK)
        updater->position = write.position;
    return rc;
}

bc_status bc_updater_add(bc_updater *updater, const struct bc_event *event, uint64_t seq,
                         struct bc_err *err)
{
    return bc_segment_add(updater->segment, event, seq, err);
}

bc_status bc_updater_write(bc_updater *updater, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (bc_segment_events(updater->segment) == 0)
        return BC_OK;
    rc = write_segment(updater, err);
    bc_segment_free(updater->segment);
    updater->segment = bc_segment_new(updater->log, updater->strings, ROOM);
    return rc;
}

/* Reads what the log has after the cache's position, and writes it. */
static bc_status catch_up(bc_updater *updater, struct bc_err *err)
{
    const uint64_t size = bc_log_head(updater->log)->size;
    struct bc_position *position = &updater->position;
    bc_status rc = bc_position_read(updater->log, position, err);

    if (rc == BC_OK && (position->version != BC_TIMELINES_VERSION || position->seq > size)) {
        rc = bc_timelines_drop(updater->log, err);
        *position = BC_POSITION_NONE;
    }
    if (rc == BC_OK && position->seq)
        rc = bc_timelines_strings_take(updater->log, position, updater->strings, err);
    if (rc == BC_OK)
        rc = bc_segment_read(updater->segment, position->seq + 1, size, 0, err);
    return rc < 0 ? rc : bc_updater_write(updater, err);
}

bc_status bc_updater_open(bc_updater **out, bc_log *log, struct bc_err *err)
{
    bc_updater *updater = bc_calloc(1, sizeof(*updater));
    bc_status rc;

    updater->log = log;
    updater->strings = bc_string_table_new();
    updater->segment = bc_segment_new(log, updater->strings, ROOM);
    rc = catch_up(updater, err);
    if (rc < 0) {
        bc_updater_free(updater);
        return rc;
    }
    *out = updater;
    return BC_OK;
}

void bc_updater_free(bc_updater *updater)
{
    if (!updater)
        return;
    bc_segment_free(updater->segment);
    bc_string_table_free(updater->strings);
    free(updater);
}

bc_status bc_timelines_update(bc_log *log, struct bc_err *err)
{
    bc_updater *updater = NULL;
    bc_status rc = bc_updater_open(&updater, log, err);

    bc_updater_free(updater);
    return rc;
}
