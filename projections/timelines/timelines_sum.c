#include "projections/timelines/timelines_sum.h"

#include "ledger/base/digest.h"
#include "projections/facts/facts.h"
#include "projections/timelines/collector.h"

static const uint64_t salt = UINT64_C(0x9e3779b97f4a7c15); /* of no meaning */

static struct bc_digest seed_of(struct bc_str key)
{
    return bc_digest_of((struct bc_digest){ { 0 } }, key);
}

static void add(struct bc_timelines_sum *sum, struct bc_digest seed, struct bc_str bytes)
{
    const struct bc_digest member = bc_digest_of(seed, bytes);

    sum->low += member.half[0];
    sum->high += member.half[1] + (sum->low < member.half[0]);
}

void bc_timelines_sum_entry(struct bc_timelines_sum *sum, struct bc_str key, struct bc_str value)
{
    add(sum, seed_of(key), value);
}

/* The seed of the digests of a deal's facts. */
struct keys {
    uint64_t left[2], right[2];
};

static struct keys keys_of(struct bc_str deal)
{
    const struct bc_digest seed = seed_of(deal);

    return (struct keys){ { seed.half[0], bc_mix(seed.half[1], salt) },
                          { seed.half[1], bc_mix(seed.half[0], salt) } };
}

/* Facts are short and many, and every question adds all of them up: so they have a digest of their
 * own, two chains of multiplications without a setup and a final step. `nth`: the index among the
 * event's facts. */
static void add_fact(struct bc_timelines_sum *sum, const struct keys *keys, const char *at,
                     size_t words, uint64_t nth)
{
    const uint64_t first = bc_fact_word(at, 0) ^ nth * salt;
    const uint64_t second = bc_fact_word(at, 1);
    uint64_t left = bc_mix(first ^ keys->left[0], second ^ keys->left[1]);
    uint64_t right = bc_mix(first ^ keys->right[0], second ^ keys->right[1]);

    for (size_t i = 2; i < words; i++) {
        left = bc_mix(left ^ bc_fact_word(at, i), keys->left[1]);
        right = bc_mix(right ^ bc_fact_word(at, i), keys->right[1]);
    }
    sum->low += left;
    sum->high += right + (sum->low < left);
}

bool bc_timelines_sum_facts(struct bc_timelines_sum *sum, struct bc_str deal, struct bc_str facts)
{
    const struct keys keys = keys_of(deal);
    struct bc_timelines_sum added = { 0 };
    struct bc_str left = facts;
    uint64_t seq = 0, nth = 0;
    struct bc_fact_at fact;

    while (left.len) {
        const char *at = left.at;

        if (!bc_fact_step(&fact, &left) || fact.seq < seq)
            return false;
        nth = fact.seq == seq ? nth + 1 : 0;
        seq = fact.seq;
        add_fact(&added, &keys, at, (size_t)(left.at - at) / sizeof(uint64_t), nth);
    }
    bc_timelines_sum_join(sum, &added);
    return true;
}

bool bc_timelines_sum_seqs(struct bc_timelines_sum *sum, struct bc_str deal, struct bc_str seqs)
{
    const struct bc_digest seed = seed_of(deal);
    uint64_t last = 0;

    for (size_t i = 0; i + BC_SEQ_BYTES <= seqs.len; i += BC_SEQ_BYTES) {
        const uint64_t seq = bc_seq_get(seqs.at + i);

        if (seq <= last)
            return false;
        last = seq;
        add(sum, seed, (struct bc_str){ seqs.at + i, BC_SEQ_BYTES });
    }
    return seqs.len % BC_SEQ_BYTES == 0;
}

void bc_timelines_sum_join(struct bc_timelines_sum *sum, const struct bc_timelines_sum *other)
{
    sum->low += other->low;
    sum->high += other->high + (sum->low < other->low);
}
