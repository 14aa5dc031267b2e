#include "projections/events/published.h"

#include <stdlib.h>

/* A retraction among the facts about no deal, of any event placed there. */
struct strike {
    uint64_t seq, target;
    bool undone;
};

struct strikes {
    struct strike *at;
    size_t n, cap;
};

static bc_status read_facts(struct bc_published *out, struct strikes *strikes,
                            const bc_string_table *strings, struct bc_str facts, uint64_t last_seq,
                            struct bc_err *err)
{
    struct bc_fact fact;

    while (facts.len) {
        if (!bc_fact_take(&fact, &facts) ||
            (fact.kind == BC_FACT_RULES && fact.value >= bc_string_table_count(strings)))
            return bc_err_damaged(err, "the facts of no deal cannot be read");
        if (fact.seq > last_seq)
            continue;
        if (fact.kind == BC_FACT_RULES) {
            BC_GROW(out->at, out->n, out->cap);
            out->at[out->n++] =
                (struct bc_publication){ .seq = fact.seq,
                                         .version = bc_string_table_text(strings, fact.value),
                                         .effective_us = fact.effective_us };
        } else if (fact.kind == BC_FACT_RETRACTED) {
            BC_GROW(strikes->at, strikes->n, strikes->cap);
            strikes->at[strikes->n++] = (struct strike){ fact.seq, fact.target_seq, false };
        }
    }
    return BC_OK;
}

/* Both structs begin with their seq. */
static int by_seq(const void *key, const void *member)
{
    uint64_t left, right;

    memcpy(&left, key, sizeof(left));
    memcpy(&right, member, sizeof(right));
    return (left > right) - (left < right);
}

/* A retraction names an earlier event, so going from the last to the first, whether a retraction is
 * itself retracted is known when its turn comes. */
static void strike(struct bc_published *published, struct strikes *strikes)
{
    for (size_t i = strikes->n; published->n && i-- > 0;) {
        const struct strike *by = &strikes->at[i];
        struct bc_publication *publication;
        struct strike *undone;

        if (by->undone)
            continue;
        undone = bsearch(&by->target, strikes->at, strikes->n, sizeof(*strikes->at), by_seq);
        if (undone)
            undone->undone = true;
        publication =
            bsearch(&by->target, published->at, published->n, sizeof(*published->at), by_seq);
        if (publication)
            publication->retracted_by = by->seq;
    }
}

bc_status bc_published_read(struct bc_published *out, bc_timelines *timelines, uint64_t last_seq,
                            struct bc_err *err)
{
    struct bc_published published = { 0 };
    struct strikes strikes = { 0 };
    struct bc_buf facts = { 0 };
    bc_status rc = bc_timelines_facts(timelines, (struct bc_str){ 0 }, &facts, err);

    if (rc == BC_OK)
        rc = read_facts(&published, &strikes, bc_timelines_strings(timelines), bc_buf_str(&facts),
                        last_seq, err);
    if (rc == BC_OK) {
        strike(&published, &strikes);
        *out = published;
    } else {
        bc_published_release(&published);
    }
    free(strikes.at);
    bc_buf_release(&facts);
    return rc;
}

void bc_published_release(struct bc_published *published)
{
    free(published->at);
    *published = (struct bc_published){ 0 };
}

const struct bc_publication *bc_published_latest(const struct bc_published *published)
{
    const struct bc_publication *found = NULL;

    for (size_t i = 0; i < published->n; i++)
        if (!published->at[i].retracted_by)
            found = &published->at[i];
    return found;
}

const struct bc_publication *bc_published_in_force(const struct bc_published *published, int64_t us)
{
    const struct bc_publication *found = NULL;

    for (size_t i = 0; i < published->n; i++) {
        const struct bc_publication *one = &published->at[i];

        if (!one->retracted_by && one->effective_us <= us &&
            (!found || one->effective_us >= found->effective_us))
            found = one;
    }
    return found;
}

const struct bc_publication *bc_published_version(const struct bc_published *published,
                                                  struct bc_str version)
{
    const struct bc_publication *found = NULL;

    for (size_t i = 0; i < published->n; i++)
        if (!published->at[i].retracted_by && bc_str_eq(published->at[i].version, version))
            found = &published->at[i];
    return found;
}
