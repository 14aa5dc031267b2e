#include "projections/timelines/segment.h"

#include "ledger/base/parallel.h"
#include "projections/timelines/placed_retractions.h"

#include <assert.h>
#include <stdlib.h>

enum { PARALLEL_FROM = 20000 }; /* events */

/* Consecutive events, collected by one thread. The first part adds its strings to the segment's
 * table; each other one has its own table, until all are read. */
struct part {
    bc_collector *collector;
    bc_string_table *strings; /* its own; NULL for the first part */
    uint32_t *numbers; /* of its strings in the segment's table; NULL where they are the same */
    bc_cursor *cursor; /* while it reads */
};

struct bc_segment {
    bc_log *log;
    bc_string_table *strings;
    size_t room;
    uint64_t first, n; /* of its events */
    struct part *parts;
    size_t part_n;
    bc_placed_retractions *retractions; /* once ended */
};

static void part_open(struct bc_segment *segment, size_t i)
{
    struct part *part = &segment->parts[i];

    part->strings = i ? bc_string_table_new() : NULL;
    part->collector =
        bc_collector_new(i ? part->strings : segment->strings, segment->room / segment->part_n,
                         bc_store_aside(bc_log_store(segment->log)));
}

bc_segment *bc_segment_new(bc_log *log, bc_string_table *strings, size_t room)
{
    bc_segment *segment = bc_calloc(1, sizeof(*segment));

    segment->log = log;
    segment->strings = strings;
    segment->room = room;
    segment->part_n = 1;
    segment->parts = bc_calloc(1, sizeof(*segment->parts));
    part_open(segment, 0);
    return segment;
}

static void part_close(struct part *part)
{
    bc_cursor_free(part->cursor);
    bc_collector_free(part->collector);
    bc_string_table_free(part->strings);
    free(part->numbers);
}

void bc_segment_free(bc_segment *segment)
{
    if (!segment)
        return;
    for (size_t i = 0; i < segment->part_n; i++)
        part_close(&segment->parts[i]);
    free(segment->parts);
    bc_placed_retractions_free(segment->retractions);
    free(segment);
}

bc_status bc_segment_add(bc_segment *segment, const struct bc_event *event, uint64_t seq,
                         struct bc_err *err)
{
    if (segment->n == 0)
        segment->first = seq;
    assert(seq == segment->first + segment->n);
    segment->n++;
    return bc_collector_add(segment->parts[0].collector, event, seq, err);
}

/* --- reading --- */

static bc_status read_part(void *payload, size_t i, struct bc_err *err)
{
    struct part *part = &((struct bc_segment *)payload)->parts[i];
    const struct bc_event *event;
    bc_status rc;

    do {
        rc = bc_cursor_next(part->cursor, &event, NULL, err);
        if (rc == BC_OK)
            rc = bc_collector_add(part->collector, event, event->seq, err);
    } while (rc == BC_OK);
    return rc == BC_DONE ? BC_OK : rc;
}

/* Numbers the strings of a part as if it had been read after the parts before it. */
static void join_strings(struct bc_segment *segment, struct part *part)
{
    const uint32_t n = bc_string_table_count(part->strings);
    bool same = true;

    part->numbers = bc_reallocarray(NULL, n, sizeof(*part->numbers));
    for (uint32_t word = 0; word < n; word++) {
        part->numbers[word] =
            bc_string_table_add(segment->strings, bc_string_table_text(part->strings, word));
        same = same && part->numbers[word] == word;
    }
    if (same) {
        free(part->numbers);
        part->numbers = NULL;
    }
}

bc_status bc_segment_read(bc_segment *segment, uint64_t first, uint64_t last, unsigned threads,
                          struct bc_err *err)
{
    const uint64_t n = last + 1 - first;
    size_t parts;
    bc_status rc = BC_OK;

    assert(segment->n == 0);
    if (n == 0)
        return BC_OK;
    if (threads == 0)
        threads = n < PARALLEL_FROM ? 1 : bc_log_threads(segment->log);
    parts = n < threads ? (size_t)n : threads;
    part_close(&segment->parts[0]);
    segment->parts = bc_reallocarray(segment->parts, parts, sizeof(*segment->parts));
    memset(segment->parts, 0, parts * sizeof(*segment->parts));
    segment->part_n = parts;
    segment->first = first;
    segment->n = n;
    for (size_t i = 0; i < parts; i++)
        part_open(segment, i);
    for (size_t i = 0; rc == BC_OK && i < parts; i++)
        rc = bc_cursor_open(&segment->parts[i].cursor, segment->log, first + n * i / parts,
                            first + n * (i + 1) / parts - 1, err);
    if (rc == BC_OK)
        rc = bc_parallel(threads, parts, read_part, segment, err);
    for (size_t i = 0; i < parts; i++) {
        bc_cursor_free(segment->parts[i].cursor);
        segment->parts[i].cursor = NULL;
        if (rc == BC_OK && i)
            join_strings(segment, &segment->parts[i]);
    }
    return rc;
}

uint64_t bc_segment_events(const bc_segment *segment)
{
    return segment->n;
}

/* --- the end --- */

/* Passes on to the retractions which of their roots belong to no deal. */
static bc_status mark_about_none(struct bc_segment *segment, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < segment->part_n; i++) {
        bc_collector_walk *walk = NULL;
        struct bc_deal_rows rows;

        rc = bc_collector_walk_open(&walk, segment->parts[i].collector, (struct bc_str){ 0 }, err);
        if (rc == BC_OK)
            rc = bc_collector_walk_next(walk, &rows, err);
        if (rc == BC_OK && rows.deal.len == 0)
            bc_placed_retractions_mark_none(segment->retractions, rows.seqs);
        bc_collector_walk_free(walk);
        rc = rc < 0 ? rc : BC_OK;
    }
    return rc;
}

bc_status bc_segment_end(bc_segment *segment, struct bc_err *err)
{
    bc_status rc = BC_OK;

    segment->retractions = bc_placed_retractions_new();
    for (size_t i = 0; rc == BC_OK && i < segment->part_n; i++) {
        const struct bc_fact *found;
        size_t n;

        rc = bc_collector_end(segment->parts[i].collector, err);
        found = bc_collector_retractions(segment->parts[i].collector, &n);
        if (rc == BC_OK)
            rc = bc_placed_retractions_add(segment->retractions, segment->log, segment->first,
                                           found, n, err);
    }
    bc_placed_retractions_sort(segment->retractions);
    return rc < 0 ? rc : mark_about_none(segment, err);
}

struct bc_str bc_segment_middle(const bc_segment *segment)
{
    return bc_collector_middle(segment->parts[segment->part_n - 1].collector);
}

/* --- walking --- */

/* The current deal of a part. */
struct part_walk {
    bc_collector_walk *walk;
    struct bc_deal_rows rows;
    bool have;
};

struct bc_segment_walk {
    const bc_segment *segment;
    struct part_walk *parts; /* by part, whose order is that of seqs */
    struct bc_placed_retractions_walk about;
    struct bc_buf deal, seqs, facts, learning;
};

static bc_status advance(struct part_walk *part, struct bc_err *err)
{
    bc_status rc = bc_collector_walk_next(part->walk, &part->rows, err);

    part->have = rc == BC_OK;
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_segment_walk_open(bc_segment_walk **out, const bc_segment *segment,
                               struct bc_str first, struct bc_err *err)
{
    bc_segment_walk *walk = bc_calloc(1, sizeof(*walk));
    bc_status rc = BC_OK;

    walk->segment = segment;
    walk->parts = bc_calloc(segment->part_n, sizeof(*walk->parts));
    walk->about = bc_placed_retractions_walk(segment->retractions, first);
    for (size_t i = 0; rc == BC_OK && i < segment->part_n; i++) {
        rc = bc_collector_walk_open(&walk->parts[i].walk, segment->parts[i].collector, first, err);
        if (rc == BC_OK)
            rc = advance(&walk->parts[i], err);
    }
    if (rc < 0) {
        bc_segment_walk_free(walk);
        return rc;
    }
    *out = walk;
    return BC_OK;
}

/* The first deal among the current ones of all parts, and of the retractions of earlier events. */
static bool first_deal(const struct bc_segment_walk *walk, struct bc_str *out)
{
    bool have = bc_placed_retractions_walk_deal(&walk->about, out);

    for (size_t i = 0; i < walk->segment->part_n; i++) {
        const struct part_walk *part = &walk->parts[i];

        if (part->have && (!have || bc_str_cmp(part->rows.deal, *out) < 0)) {
            *out = part->rows.deal;
            have = true;
        }
    }
    return have;
}

static bc_status take_part(struct bc_segment_walk *walk, size_t i, struct bc_err *err)
{
    const uint32_t *numbers = walk->segment->parts[i].numbers;
    const size_t begin = walk->facts.len;

    bc_buf_add_str(&walk->seqs, walk->parts[i].rows.seqs);
    bc_buf_add_str(&walk->facts, walk->parts[i].rows.facts);
    bc_buf_add_str(&walk->learning, walk->parts[i].rows.learning);
    if (numbers && walk->facts.len > begin)
        bc_facts_renumber(walk->facts.at + begin, walk->facts.len - begin, numbers);
    return advance(&walk->parts[i], err);
}

bc_status bc_segment_walk_next(bc_segment_walk *walk, struct bc_deal_rows *out, struct bc_err *err)
{
    struct bc_str deal;
    bc_status rc = BC_OK;

    walk->deal.len = walk->seqs.len = walk->facts.len = walk->learning.len = 0;
    if (!first_deal(walk, &deal))
        return BC_DONE;
    bc_buf_add_str(&walk->deal, deal);
    deal = bc_buf_str(&walk->deal);
    for (size_t i = 0; rc == BC_OK && i < walk->segment->part_n; i++)
        if (walk->parts[i].have && bc_str_eq(walk->parts[i].rows.deal, deal))
            rc = take_part(walk, i, err);
    if (rc < 0)
        return rc;
    bc_placed_retractions_put(&walk->about, deal, &walk->seqs, &walk->facts);
    *out = (struct bc_deal_rows){ deal, bc_buf_str(&walk->seqs), bc_buf_str(&walk->facts),
                                  bc_buf_str(&walk->learning) };
    if (deal.len == 0)
        out->seqs = (struct bc_str){ 0 }; /* no deal's events are listed */
    return BC_OK;
}

void bc_segment_walk_free(bc_segment_walk *walk)
{
    if (!walk)
        return;
    for (size_t i = 0; walk->parts && i < walk->segment->part_n; i++)
        bc_collector_walk_free(walk->parts[i].walk);
    free(walk->parts);
    bc_placed_retractions_walk_release(&walk->about);
    bc_buf_release(&walk->deal);
    bc_buf_release(&walk->seqs);
    bc_buf_release(&walk->facts);
    bc_buf_release(&walk->learning);
    free(walk);
}
