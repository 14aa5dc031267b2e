#include "projections/timelines/stretch.h"

#include "ledger/base/parallel.h"
#include "projections/timelines/filing.h"

#include <assert.h>
#include <stdlib.h>

enum { PARALLEL_FROM = 20000 }; /* events */

/* Consecutive events, gathered by one thread. The first part numbers its words among the
 * stretch's; each other one has its own, until all are read. */
struct part {
    bc_gather *gather;
    bc_words *words;   /* its own; NULL for the first part */
    uint32_t *numbers; /* of its words among the stretch's; NULL where they are the same */
    bc_cursor *cursor; /* while it reads */
};

struct bc_stretch {
    bc_log *log;
    bc_words *words;
    size_t room;
    uint64_t first, n; /* of its events */
    struct part *parts;
    size_t part_n;
    bc_filing *retractions; /* once ended */
};

static void part_open(struct bc_stretch *stretch, size_t i)
{
    struct part *part = &stretch->parts[i];

    part->words = i ? bc_words_new() : NULL;
    part->gather = bc_gather_new(i ? part->words : stretch->words, stretch->room / stretch->part_n,
                                 bc_store_aside(bc_log_store(stretch->log)));
}

bc_stretch *bc_stretch_new(bc_log *log, bc_words *words, size_t room)
{
    bc_stretch *stretch = bc_calloc(1, sizeof(*stretch));

    stretch->log = log;
    stretch->words = words;
    stretch->room = room;
    stretch->part_n = 1;
    stretch->parts = bc_calloc(1, sizeof(*stretch->parts));
    part_open(stretch, 0);
    return stretch;
}

static void part_close(struct part *part)
{
    bc_cursor_free(part->cursor);
    bc_gather_free(part->gather);
    bc_words_free(part->words);
    free(part->numbers);
}

void bc_stretch_free(bc_stretch *stretch)
{
    if (!stretch)
        return;
    for (size_t i = 0; i < stretch->part_n; i++)
        part_close(&stretch->parts[i]);
    free(stretch->parts);
    bc_filing_free(stretch->retractions);
    free(stretch);
}

bc_status bc_stretch_add(bc_stretch *stretch, const struct bc_event *event, uint64_t seq,
                         struct bc_err *err)
{
    if (stretch->n == 0)
        stretch->first = seq;
    assert(seq == stretch->first + stretch->n);
    stretch->n++;
    return bc_gather_add(stretch->parts[0].gather, event, seq, err);
}

/* --- reading --- */

static bc_status read_part(void *payload, size_t i, struct bc_err *err)
{
    struct part *part = &((struct bc_stretch *)payload)->parts[i];
    const struct bc_event *event;
    bc_status rc;

    do {
        rc = bc_cursor_next(part->cursor, &event, NULL, err);
        if (rc == BC_OK)
            rc = bc_gather_add(part->gather, event, event->seq, err);
    } while (rc == BC_OK);
    return rc == BC_DONE ? BC_OK : rc;
}

/* Numbers the words of a part as if it had been read behind those in front of it. */
static void join_words(struct bc_stretch *stretch, struct part *part)
{
    const uint32_t n = bc_words_count(part->words);
    bool same = true;

    part->numbers = bc_reallocarray(NULL, n, sizeof(*part->numbers));
    for (uint32_t word = 0; word < n; word++) {
        part->numbers[word] = bc_words_add(stretch->words, bc_words_text(part->words, word));
        same = same && part->numbers[word] == word;
    }
    if (same) {
        free(part->numbers);
        part->numbers = NULL;
    }
}

bc_status bc_stretch_read(bc_stretch *stretch, uint64_t first, uint64_t last, unsigned threads,
                          struct bc_err *err)
{
    const uint64_t n = last + 1 - first;
    size_t parts;
    bc_status rc = BC_OK;

    assert(stretch->n == 0);
    if (n == 0)
        return BC_OK;
    if (threads == 0)
        threads = n < PARALLEL_FROM ? 1 : bc_log_threads(stretch->log);
    parts = n < threads ? (size_t)n : threads;
    part_close(&stretch->parts[0]);
    stretch->parts = bc_reallocarray(stretch->parts, parts, sizeof(*stretch->parts));
    memset(stretch->parts, 0, parts * sizeof(*stretch->parts));
    stretch->part_n = parts;
    stretch->first = first;
    stretch->n = n;
    for (size_t i = 0; i < parts; i++)
        part_open(stretch, i);
    for (size_t i = 0; rc == BC_OK && i < parts; i++)
        rc = bc_cursor_open(&stretch->parts[i].cursor, stretch->log, first + n * i / parts,
                            first + n * (i + 1) / parts - 1, err);
    if (rc == BC_OK)
        rc = bc_parallel(threads, parts, read_part, stretch, err);
    for (size_t i = 0; i < parts; i++) {
        bc_cursor_free(stretch->parts[i].cursor);
        stretch->parts[i].cursor = NULL;
        if (rc == BC_OK && i)
            join_words(stretch, &stretch->parts[i]);
    }
    return rc;
}

uint64_t bc_stretch_events(const bc_stretch *stretch)
{
    return stretch->n;
}

uint64_t bc_stretch_facts_bytes(const bc_stretch *stretch)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < stretch->part_n; i++)
        bytes += bc_gather_facts_bytes(stretch->parts[i].gather);
    return bytes;
}

bool bc_stretch_is_small(const bc_stretch *stretch)
{
    bool small = true;

    for (size_t i = 0; i < stretch->part_n; i++)
        small = small && bc_gather_is_small(stretch->parts[i].gather);
    return small;
}

/* --- the end --- */

/* Tells the retractions which of the events that they are about are filed under no deal. */
static bc_status mark_about_none(struct bc_stretch *stretch, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < stretch->part_n; i++) {
        bc_gather_walk *walk = NULL;
        struct bc_deal_rows rows;

        rc = bc_gather_walk_open(&walk, stretch->parts[i].gather, (struct bc_str){ 0 }, err);
        if (rc == BC_OK)
            rc = bc_gather_walk_next(walk, &rows, err);
        if (rc == BC_OK && rows.deal.len == 0)
            bc_filing_mark_none(stretch->retractions, rows.seqs);
        bc_gather_walk_free(walk);
        rc = rc < 0 ? rc : BC_OK;
    }
    return rc;
}

bc_status bc_stretch_end(bc_stretch *stretch, struct bc_err *err)
{
    bc_status rc = BC_OK;

    stretch->retractions = bc_filing_new();
    for (size_t i = 0; rc == BC_OK && i < stretch->part_n; i++) {
        const struct bc_fact *found;
        size_t n;

        rc = bc_gather_end(stretch->parts[i].gather, err);
        found = bc_gather_retractions(stretch->parts[i].gather, &n);
        if (rc == BC_OK)
            rc = bc_filing_add(stretch->retractions, stretch->log, stretch->first, found, n, err);
    }
    bc_filing_sort(stretch->retractions);
    return rc < 0 ? rc : mark_about_none(stretch, err);
}

struct bc_str bc_stretch_middle(const bc_stretch *stretch)
{
    return bc_gather_middle(stretch->parts[stretch->part_n - 1].gather);
}

/* --- walking --- */

/* What a part has in front. */
struct front {
    bc_gather_walk *walk;
    struct bc_deal_rows rows;
    bool have;
};

struct bc_stretch_walk {
    const bc_stretch *stretch;
    struct front *fronts; /* by part, whose order is that of seqs */
    struct bc_filing_walk about;
    struct bc_buf deal, seqs, facts;
};

static bc_status advance(struct front *front, struct bc_err *err)
{
    bc_status rc = bc_gather_walk_next(front->walk, &front->rows, err);

    front->have = rc == BC_OK;
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_stretch_walk_open(bc_stretch_walk **out, const bc_stretch *stretch,
                               struct bc_str first, struct bc_err *err)
{
    bc_stretch_walk *walk = bc_calloc(1, sizeof(*walk));
    bc_status rc = BC_OK;

    walk->stretch = stretch;
    walk->fronts = bc_calloc(stretch->part_n, sizeof(*walk->fronts));
    walk->about = bc_filing_walk(stretch->retractions, first);
    for (size_t i = 0; rc == BC_OK && i < stretch->part_n; i++) {
        rc = bc_gather_walk_open(&walk->fronts[i].walk, stretch->parts[i].gather, first, err);
        if (rc == BC_OK)
            rc = advance(&walk->fronts[i], err);
    }
    if (rc < 0) {
        bc_stretch_walk_free(walk);
        return rc;
    }
    *out = walk;
    return BC_OK;
}

/* The first deal that any part, or a retraction of an earlier event, has in front. */
static bool first_deal(const struct bc_stretch_walk *walk, struct bc_str *out)
{
    bool have = bc_filing_walk_deal(&walk->about, out);

    for (size_t i = 0; i < walk->stretch->part_n; i++) {
        const struct front *front = &walk->fronts[i];

        if (front->have && (!have || bc_str_cmp(front->rows.deal, *out) < 0)) {
            *out = front->rows.deal;
            have = true;
        }
    }
    return have;
}

static bc_status take_front(struct bc_stretch_walk *walk, size_t i, struct bc_err *err)
{
    const uint32_t *numbers = walk->stretch->parts[i].numbers;
    const size_t begin = walk->facts.len;

    bc_buf_add_str(&walk->seqs, walk->fronts[i].rows.seqs);
    bc_buf_add_str(&walk->facts, walk->fronts[i].rows.facts);
    if (numbers && walk->facts.len > begin)
        bc_facts_renumber(walk->facts.at + begin, walk->facts.len - begin, numbers);
    return advance(&walk->fronts[i], err);
}

bc_status bc_stretch_walk_next(bc_stretch_walk *walk, struct bc_deal_rows *out, struct bc_err *err)
{
    struct bc_str deal;
    bc_status rc = BC_OK;

    walk->deal.len = walk->seqs.len = walk->facts.len = 0;
    if (!first_deal(walk, &deal))
        return BC_DONE;
    bc_buf_add_str(&walk->deal, deal);
    deal = bc_buf_str(&walk->deal);
    for (size_t i = 0; rc == BC_OK && i < walk->stretch->part_n; i++)
        if (walk->fronts[i].have && bc_str_eq(walk->fronts[i].rows.deal, deal))
            rc = take_front(walk, i, err);
    if (rc < 0)
        return rc;
    bc_filing_put(&walk->about, deal, &walk->seqs, &walk->facts);
    *out = (struct bc_deal_rows){ deal, bc_buf_str(&walk->seqs), bc_buf_str(&walk->facts) };
    if (deal.len == 0)
        out->seqs = (struct bc_str){ 0 }; /* no deal's events are listed */
    return BC_OK;
}

void bc_stretch_walk_free(bc_stretch_walk *walk)
{
    if (!walk)
        return;
    for (size_t i = 0; walk->fronts && i < walk->stretch->part_n; i++)
        bc_gather_walk_free(walk->fronts[i].walk);
    free(walk->fronts);
    bc_filing_walk_release(&walk->about);
    bc_buf_release(&walk->deal);
    bc_buf_release(&walk->seqs);
    bc_buf_release(&walk->facts);
    free(walk);
}
