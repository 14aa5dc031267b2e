#include "tests/model/law_ways.h"

#include "tests/support/check.h"

#include <stdlib.h>

struct bc_ways law_ways_of(const struct history *history, const bc_rules *rules,
                           const bc_rules *others, size_t turn)
{
    const int64_t *from = &history->asked[turn % history->asked_n];
    const int64_t *to = turn % 3 ? from : &history->asked[turn * 7 % history->asked_n];
    struct bc_ways ways = {
        .from = { .rules = turn % 2 ? rules : others,
                  .as_of_us = from,
                  .date_n = 1,
                  .known_asked = true,
                  .known_us = history->known[turn * 5 % history->known_n],
                  .by_source = turn % 5 == 1 },
        .to = { .rules = rules,
                .as_of_us = to,
                .date_n = 1,
                .known_asked = turn % 4 != 0,
                .known_us = history->known[turn * 3 % history->known_n],
                .by_source = turn % 5 == 1 },
    };

    if (turn % 7 == 0)
        ways.from.last_seq = 1 + turn * 11 % history->logged.n;
    ways.turned = ways.from;
    ways.turned.rules = rules;
    return ways;
}

struct bc_ways law_ways_swapped(const struct bc_ways *ways)
{
    struct bc_ways swapped = { .from = ways->to, .to = ways->from, .turned = ways->to };

    swapped.turned.rules = ways->from.rules;
    return swapped;
}

void law_deals_turn(struct law_deals *set, struct bc_str deal)
{
    for (size_t i = 0; i < set->n; i++) {
        if (!bc_str_eq(set->at[i], deal))
            continue;
        set->at[i] = set->at[--set->n];
        return;
    }
    BC_GROW(set->at, set->n, set->cap);
    set->at[set->n++] = deal;
}

static bool is_moved(const struct bc_sums_deal *deal)
{
    return deal->before.in != deal->after.in ||
           memcmp(deal->before.of, deal->after.of, sizeof(deal->before.of)) != 0;
}

static void check_part(const struct bc_sums_part *part, unsigned n)
{
    bc_int128 by[BC_SUMS_MAX] = { 0 };

    assert_true(part->deal_n > 0);
    for (size_t d = 0; d < part->deal_n; d++) {
        const struct bc_sums_deal *deal = &part->deals[d];

        for (size_t f = 0; f < n; f++)
            by[f] += (bc_int128)deal->after.of[f] - deal->before.of[f];
        assert_true(is_moved(deal));
        assert_true(d == 0 || bc_str_cmp(part->deals[d - 1].is.deal, deal->is.deal) < 0);
        assert_true(part->cause != BC_CAUSE_RULE || deal->is.event_n == 0);
    }
    assert_memory_equal(by, part->by, sizeof(by));
}

void law_sums_add_up(const struct bc_sums_row *row, unsigned n)
{
    bc_int128 by[BC_SUMS_MAX] = { 0 };

    for (size_t i = 0; i < row->part_n; i++) {
        assert_true(i == 0 || row->parts[i].cause > row->parts[i - 1].cause);
        check_part(&row->parts[i], n);
        for (size_t f = 0; f < n; f++)
            by[f] += row->parts[i].by[f];
    }
    for (size_t f = 0; f < n; f++)
        assert_true(row->from[f] + by[f] == row->to[f]);
}

void law_sums_lead(const struct bc_sums_row *row, size_t figure, const struct bc_str *from,
                   size_t from_n, const struct bc_str *to, size_t to_n)
{
    struct law_deals set = { 0 };

    for (size_t i = 0; i < from_n; i++)
        law_deals_turn(&set, from[i]);
    for (size_t i = 0; i < row->part_n; i++)
        for (size_t d = 0; d < row->parts[i].deal_n; d++) {
            const struct bc_sums_deal *deal = &row->parts[i].deals[d];
            const bool in = deal->after.in >> figure & 1;
            const size_t before = set.n;

            if ((deal->before.in >> figure & 1) == in)
                continue;
            law_deals_turn(&set, deal->is.deal);
            if ((set.n > before) != in)
                fail_msg("by %s: %.*s is not where it comes from or goes to",
                         bc_cause_name(row->parts[i].cause), BC_STR_ARG(deal->is.deal));
        }
    for (size_t i = 0; i < to_n; i++)
        law_deals_turn(&set, to[i]);
    if (set.n)
        fail_msg("the steps of figure %zu do not lead from its deals to its deals", figure);
    free(set.at);
}

void law_sums_negated(const struct bc_sums_row *row, const struct bc_sums_row *swapped)
{
    assert_memory_equal(row->from, swapped->to, sizeof(row->from));
    assert_memory_equal(row->to, swapped->from, sizeof(row->to));
    if (row->part_n != 1 || swapped->part_n != 1 || row->parts[0].cause != swapped->parts[0].cause)
        return;
    assert_int_equal(row->parts[0].deal_n, swapped->parts[0].deal_n);
    for (size_t d = 0; d < row->parts[0].deal_n; d++) {
        const struct bc_sums_deal *one = &row->parts[0].deals[d];
        const struct bc_sums_deal *other = &swapped->parts[0].deals[d];

        assert_true(bc_str_eq(one->is.deal, other->is.deal));
        assert_memory_equal(&one->before, &other->after, sizeof(one->before));
        assert_memory_equal(&one->after, &other->before, sizeof(one->after));
    }
}
