/* The log is not replayed deal by deal: each fact, with the deal that it is placed under, is
 * digested as the log is walked, in parts and in any order; so is each fact of the cache; and the
 * sums of the digests are compared; the digests are seeded with a random number, so that nobody can
 * have altered the cache to fit them. Only if they differ is the log replayed into memory, to name
 * the deal.
 *
 *   log, part 0   e e e e ...   sum of (deal, facts of e), sum of (deal, seq of e) --+
 *   log, part 1   e e e e ...   the same --------------------------------------------+
 *   ...                                                                              |
 *   retractions                 where each is placed --------------------------------+-- the same?
 *                                                                                    |
 *   timelines   deal -> facts of e, facts of e, ...   sum of (deal, facts of e) -----+
 *   deals       deal -> seq, seq, ...                 sum of (deal, seq) ------------+
 *   learning    deal -> facts of e, ...               as timelines ------------------+
 *
 * A retraction is placed under the deal of the event that its chain ends in, which another part may
 * hold; what is known of both is kept until all parts are done. */
#include "ledger/base/digest.h"
#include "ledger/base/parallel.h"
#include "ledger/log/retractions.h"
#include "projections/facts/learning.h"
#include "projections/timelines/collector.h"
#include "projections/timelines/timelines.h"
#include "projections/timelines/timelines_impl.h"

#include <stdlib.h>

/* Of the facts, of the lists of seqs, and of the facts of the learning half. */
struct sums {
    struct bc_sum facts, seqs, learning;
};

enum { FACTS, SEQS, LEARNING, FAMILY_N };

/* A part of the log. */
struct part {
    bc_string_table *strings; /* in the order of their use in it; NULL: nothing seen yet */
    uint32_t *numbers;        /* and their numbers in the cache */
    size_t number_n, number_cap;
    struct sums sums;
    struct bc_buf facts, learning; /* of the current event */
    size_t next_root;
};

/* A retraction: what it says, and where the event is that its chain ends in. */
struct moved {
    struct bc_digest fact, deal;            /* its own deal */
    struct bc_digest root_owner, root_deal; /* of that event */
    bool root_has_deal;
};

struct checking {
    bc_log *log;
    struct bc_digest seed; /* a new one each time: whoever made the cache cannot have known it */
    struct bc_position position;
    bc_string_table *strings; /* of the cache */
    struct bc_retractions retractions;
    struct bc_retracted *roots;
    struct moved *moved; /* as the retractions */
    struct part parts[BC_VERIFY_PARTS];
    struct sums found;                               /* in the cache */
    struct bc_timelines_sum values[FAMILY_N], texts; /* of the families, of the strings */
    struct bc_timelines_sum none;                    /* of the facts about no deal */
    bool odd[FAMILY_N];                              /* of each family: no log can make it */
};

static struct bc_digest digest_of(const struct checking *checking, struct bc_str text)
{
    return bc_digest_of(checking->seed, text);
}

/* What is added to a sum: some facts, or a seq, with their deal. */
static struct bc_digest placed(struct bc_digest deal, struct bc_digest what)
{
    return bc_digest_of(deal, (struct bc_str){ (const char *)&what, sizeof(what) });
}

static struct bc_digest seq_of(uint64_t seq)
{
    return (struct bc_digest){ { seq, 0 } };
}

/* --- the log --- */

/* Gives the strings of the current event their numbers in the cache. */
static void renumber(const struct checking *checking, struct part *part)
{
    while (part->number_n < bc_string_table_count(part->strings)) {
        struct bc_str text = bc_string_table_text(part->strings, (uint32_t)part->number_n);

        BC_GROW(part->numbers, part->number_n, part->number_cap);
        part->numbers[part->number_n++] = bc_string_table_find(checking->strings, text);
    }
    bc_facts_renumber(part->facts.at, part->facts.len, part->numbers);
}

static void see_retraction(struct checking *checking, struct part *part,
                           const struct bc_event *event, struct bc_digest deal)
{
    const struct bc_retraction *entry = bc_retractions_find(&checking->retractions, event->seq);
    struct moved *moved = &checking->moved[entry - checking->retractions.at];
    const struct bc_fact fact = { .occurred_us = event->occurred_us,
                                  .seq = event->seq,
                                  .has_source_recorded = event->has_source_recorded,
                                  .source_recorded_us = event->source_recorded_us,
                                  .target_seq = entry->target };

    bc_facts_add_retraction(&part->facts, &fact);
    moved->fact = digest_of(checking, bc_buf_str(&part->facts));
    moved->deal = deal;
}

static void see_event(void *payload, size_t index, const struct bc_event *event)
{
    struct checking *checking = payload;
    struct part *part = &checking->parts[index];
    const struct bc_str owner = bc_fact_owner(event);
    const struct bc_digest deal = digest_of(checking, event->deal);
    const struct bc_digest owned = owner.len == event->deal.len ? deal : digest_of(checking, owner);

    if (event->seq > checking->position.seq)
        return;
    if (!part->strings) {
        part->strings = bc_string_table_new();
        part->next_root = bc_retracted_from(checking->roots, checking->retractions.n, event->seq);
    }
    for (; checking->roots[part->next_root].seq == event->seq; part->next_root++) {
        struct moved *moved = &checking->moved[checking->roots[part->next_root].by];

        moved->root_owner = owned;
        moved->root_deal = deal;
        moved->root_has_deal = event->deal.len > 0;
    }
    if (event->deal.len)
        bc_sum_add(&part->sums.seqs, placed(deal, seq_of(event->seq)));
    part->facts.len = 0;
    if (event->body == BC_RETRACTED) {
        see_retraction(checking, part, event, deal);
        return;
    }
    part->learning.len = 0;
    bc_learning_add(&part->learning, event, event->seq);
    if (part->learning.len)
        bc_sum_add(&part->sums.learning,
                   placed(owned, digest_of(checking, bc_buf_str(&part->learning))));
    bc_facts_add(&part->facts, event, event->seq, part->strings);
    if (!part->facts.len)
        return;
    renumber(checking, part);
    bc_sum_add(&part->sums.facts, placed(owned, digest_of(checking, bc_buf_str(&part->facts))));
}

/* The sum of all parts and the retractions. */
static struct sums of_log(const struct checking *checking)
{
    struct sums sums = { 0 };

    for (size_t i = 0; i < BC_VERIFY_PARTS; i++) {
        bc_sum_join(&sums.facts, &checking->parts[i].sums.facts);
        bc_sum_join(&sums.seqs, &checking->parts[i].sums.seqs);
        bc_sum_join(&sums.learning, &checking->parts[i].sums.learning);
    }
    for (size_t i = 0; i < checking->retractions.n; i++) {
        const struct moved *moved = &checking->moved[i];
        uint64_t seq = checking->retractions.at[i].seq;

        if (seq > checking->position.seq)
            break;
        bc_sum_add(&sums.facts, placed(moved->root_owner, moved->fact));
        if (moved->root_has_deal && !bc_digest_eq(moved->root_deal, moved->deal))
            bc_sum_add(&sums.seqs, placed(moved->root_deal, seq_of(seq)));
    }
    return sums;
}

/* Strings are numbered in the order of their first use in the log, and there are no others. */
static bool strings_are_right(const struct checking *checking)
{
    uint32_t next = 1; /* that was not used so far: all below were */

    for (size_t i = 0; i < BC_VERIFY_PARTS; i++) {
        const struct part *part = &checking->parts[i];

        for (uint32_t word = 1; part->strings && word < bc_string_table_count(part->strings);
             word++) {
            uint32_t number =
                bc_string_table_find(checking->strings, bc_string_table_text(part->strings, word));

            if (number > next)
                return false;
            next += number == next;
        }
    }
    return next == bc_string_table_count(checking->strings);
}

/* --- the cache --- */

/* The facts of one event after the other. False: no log makes these of a deal. */
static bool read_facts(const struct checking *checking, struct bc_sum *found, struct bc_str key,
                       struct bc_str value)
{
    const struct bc_digest owner = digest_of(checking, key);
    struct bc_str left = value, begin = value;
    uint64_t seq = 0;
    struct bc_fact fact;

    while (left.len) {
        const char *at = left.at;

        if (!bc_fact_take(&fact, &left) || fact.seq < seq)
            return false;
        if (seq && fact.seq != seq) {
            struct bc_str facts = { begin.at, (size_t)(at - begin.at) };

            bc_sum_add(found, placed(owner, digest_of(checking, facts)));
            begin.at = at;
        }
        seq = fact.seq;
    }
    begin.len = (size_t)(left.at - begin.at);
    bc_sum_add(found, placed(owner, digest_of(checking, begin)));
    return value.len > 0;
}

static bool read_seqs(struct checking *checking, struct bc_str key, struct bc_str value)
{
    const struct bc_digest deal = digest_of(checking, key);
    uint64_t last = 0;

    for (size_t i = 0; i + BC_SEQ_BYTES <= value.len; i += BC_SEQ_BYTES) {
        uint64_t seq = bc_seq_get(value.at + i);

        if (seq <= last)
            return false;
        last = seq;
        bc_sum_add(&checking->found.seqs, placed(deal, seq_of(seq)));
    }
    return value.len > 0 && value.len % BC_SEQ_BYTES == 0;
}

/* One entry of a family into the sums. False: no log makes it. */
static bool read_entry(struct checking *checking, size_t which, struct bc_str key,
                       struct bc_str value)
{
    if (which == SEQS)
        return bc_timelines_sum_seqs(&checking->values[which], key, value) &&
               read_seqs(checking, key, value);
    if (which == FACTS && key.len == 0)
        (void)bc_timelines_sum_facts(&checking->none, key, value);
    return bc_timelines_sum_facts(&checking->values[which], key, value) &&
           read_facts(checking, which == FACTS ? &checking->found.facts : &checking->found.learning,
                      key, value);
}

static bc_status read_family(void *payload, size_t which, struct bc_err *err)
{
    static const enum bc_family families[FAMILY_N] = { BC_TIMELINES, BC_DEALS, BC_LEARNING };
    struct checking *checking = payload;
    struct bc_str key, value;
    bc_iter *iter = NULL;
    bc_status rc = bc_iter_open(&iter, bc_log_store(checking->log), families[which],
                                (struct bc_str){ 0 }, err);

    while (rc == BC_OK && (rc = bc_iter_next(iter, &key, &value, err)) == BC_OK) {
        if (!read_entry(checking, which, key, value)) {
            checking->odd[which] = true;
            break;
        }
    }
    bc_iter_free(iter);
    return rc < 0 ? rc : BC_OK;
}

/* Whether it matches its checksum, and is what the log makes. */
static bool cache_is_right(const struct checking *checking)
{
    const struct sums log = of_log(checking);

    return !checking->odd[FACTS] && !checking->odd[SEQS] && !checking->odd[LEARNING] &&
           bc_sum_eq(&log.facts, &checking->found.facts) &&
           bc_sum_eq(&log.seqs, &checking->found.seqs) &&
           bc_sum_eq(&log.learning, &checking->found.learning) && strings_are_right(checking);
}

/* --- the whole --- */

/* What the cache says of itself. BC_NO: there is none to check. */
static bc_status begin(struct checking *checking, struct bc_err *err)
{
    struct bc_position *position = &checking->position;
    bc_status rc = bc_position_read(checking->log, position, err);

    if (rc == BC_OK)
        rc = bc_digest_seed(&checking->seed, err);
    if (rc == BC_OK && (position->version != BC_TIMELINES_VERSION || position->seq == 0))
        return BC_NO; /* it will be rebuilt, not read */
    if (rc == BC_OK && position->seq > bc_log_head(checking->log)->size)
        rc = bc_timelines_damaged(err, "the timelines are ahead of the log");
    if (rc == BC_OK)
        rc = bc_timelines_strings_read(checking->log, position->strings, checking->strings,
                                       &checking->texts, err);
    if (rc == BC_OK)
        rc = bc_retractions_read(&checking->retractions, checking->log, err);
    if (rc < 0)
        return rc;
    checking->roots = bc_retractions_roots(&checking->retractions);
    checking->moved = bc_calloc(checking->retractions.n, sizeof(*checking->moved));
    return BC_OK;
}

static void end(struct checking *checking)
{
    for (size_t i = 0; i < BC_VERIFY_PARTS; i++) {
        bc_string_table_free(checking->parts[i].strings);
        free(checking->parts[i].numbers);
        bc_buf_release(&checking->parts[i].facts);
        bc_buf_release(&checking->parts[i].learning);
    }
    free(checking->moved);
    free(checking->roots);
    bc_retractions_release(&checking->retractions);
    bc_string_table_free(checking->strings);
    free(checking);
}

static bc_status check_cache(struct checking *checking, unsigned threads, struct bc_err *err)
{
    const struct bc_position *position = &checking->position;
    bc_status rc =
        bc_parallel(threads ? threads : bc_threads_default(), FAMILY_N, read_family, checking, err);

    if (rc < 0)
        return rc;
    if (!cache_is_right(checking))
        return bc_timelines_name_damage(checking->log, position, err);
    if (!bc_timelines_sum_eq(&checking->values[FACTS], &position->facts) ||
        !bc_timelines_sum_eq(&checking->values[SEQS], &position->seqs) ||
        !bc_timelines_sum_eq(&checking->values[LEARNING], &position->learning) ||
        !bc_timelines_sum_eq(&checking->none, &position->none) ||
        !bc_timelines_sum_eq(&checking->texts, &position->texts))
        return bc_timelines_damaged(err, "the checksum of the timelines was altered");
    return BC_OK;
}

bc_status bc_timelines_verify(bc_log *log, const struct bc_verify_options *options,
                              struct bc_err *err)
{
    struct bc_verify_options with = options ? *options : (struct bc_verify_options){ 0 };
    struct checking *checking = bc_calloc(1, sizeof(*checking));
    struct bc_err of_cache = { 0 };
    bc_status rc, cache_rc;

    checking->log = log;
    checking->strings = bc_string_table_new();
    cache_rc = begin(checking, &of_cache);
    with.see = cache_rc == BC_OK ? see_event : NULL;
    with.see_payload = checking;
    rc = bc_log_verify(log, &with, err); /* first the log, then what is computed from it */
    if (rc == BC_OK && cache_rc < 0 && err)
        *err = of_cache;
    if (rc == BC_OK)
        rc = cache_rc == BC_OK ? check_cache(checking, with.threads, err)
             : cache_rc < 0    ? cache_rc
                               : BC_OK;
    end(checking);
    return rc;
}
