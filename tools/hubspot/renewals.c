#include "tools/hubspot/renewals.h"

#include "ledger/base/search.h"
#include "tools/hubspot/labels.h"
#include "tools/hubspot/read.h"
#include "tools/hubspot/value.h"
#include "tools/hubspot/version.h"

#include <inttypes.h>
#include <stdlib.h>

/* One deal renews another. */
struct renewal {
    struct bc_str deal, renewed;
};

struct renewals {
    struct hubspot_run *run;
    struct renewal *at; /* sorted once all are there */
    size_t n, cap;
    bc_string_table *unread; /* deals whose associations are not known */
};

static bc_status take_tie(void *payload, struct bc_str deal, struct bc_str other,
                          const json_t *types, struct bc_err *err)
{
    struct renewals *renewals = payload;
    bc_arena *keep = renewals->run->keep;

    (void)err;
    if (!hubspot_labels_renews(renewals->run->account, types))
        return BC_OK;
    BC_GROW(renewals->at, renewals->n, renewals->cap);
    renewals->at[renewals->n++] =
        (struct renewal){ bc_arena_copy(keep, deal), bc_arena_copy(keep, other) };
    return BC_OK;
}

/* Ids are numbers: the longer one is the larger. */
static int id_cmp(struct bc_str a, struct bc_str b)
{
    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    return bc_str_cmp(a, b);
}

static int renewal_cmp(const void *a, const void *b)
{
    const struct renewal *left = a, *right = b;
    int order = id_cmp(left->deal, right->deal);

    return order ? order : id_cmp(left->renewed, right->renewed);
}

static size_t first_of(const struct renewals *renewals, const struct renewal *wanted)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, renewals->n, renewal_cmp(&renewals->at[at], wanted) < 0);
    return at;
}

/* A label that is the same at both ends does not say which of the two renews the other. */
static bool is_mutual(const struct renewals *renewals, const struct renewal *one)
{
    struct renewal back = { one->renewed, one->deal };
    size_t at = first_of(renewals, &back);

    return at < renewals->n && renewal_cmp(&renewals->at[at], &back) == 0;
}

/* Told twice, or left out. */
static bool is_none(const struct renewals *renewals, size_t i)
{
    return (i > 0 && renewal_cmp(&renewals->at[i - 1], &renewals->at[i]) == 0) ||
           is_mutual(renewals, &renewals->at[i]);
}

/* What the deal renews: of several what it had, else the first; none where it renews none. */
static struct bc_str choose(const struct renewals *renewals, size_t first, size_t end,
                            struct bc_str had)
{
    struct bc_str chosen = { 0 };

    for (size_t i = first; i < end; i++)
        if (!is_none(renewals, i) && (chosen.len == 0 || bc_str_eq(renewals->at[i].renewed, had)))
            chosen = renewals->at[i].renewed;
    return chosen;
}

/* Names those of a deal that are left out; of a mutual pair, once. */
static void note_left(const struct renewals *renewals, size_t first, size_t end,
                      struct bc_str chosen)
{
    struct hubspot_run *run = renewals->run;

    for (size_t i = first; i < end; i++) {
        const struct renewal *one = &renewals->at[i];

        if (is_mutual(renewals, one) && id_cmp(one->deal, one->renewed) <= 0)
            hubspot_named_add(run, &run->notes.renews_mutual,
                              hubspot_print(run, "%.*s and", BC_STR_ARG(one->deal)).at,
                              one->renewed);
        else if (!is_none(renewals, i) && !bc_str_eq(one->renewed, chosen))
            hubspot_named_add(run, &run->notes.renews_several,
                              hubspot_print(run, "%.*s renews", BC_STR_ARG(one->deal)).at,
                              one->renewed);
    }
}

static bc_status emit(struct hubspot_run *run, struct bc_str deal, struct bc_str renewed,
                      struct bc_err *err)
{
    struct bc_event event = hubspot_event(BC_PROPERTY_CHANGED, deal, run->now_us,
                                          hubspot_print(run, "deal/%.*s", BC_STR_ARG(deal)));
    struct bc_buf id = { 0 };

    bc_buf_printf(&id, "hubspot:deal/%.*s/tied/renews/%" PRId64 "/", BC_STR_ARG(deal),
                  run->now_us / 1000);
    hubspot_id_add(&id, renewed);
    event.id = bc_arena_copy(run->record, bc_buf_str(&id));
    bc_buf_release(&id);
    event.source_how = BC_STR("ASSOCIATION");
    event.value[BC_PROPERTY_CHANGED_NAME].text = BC_STR("renews");
    event.value[BC_PROPERTY_CHANGED_VALUE].text = renewed;
    return hubspot_emit(run, &event, err);
}

/* What the ledger has of a deal by an association, until it is retracted; or NULL. */
static const struct hubspot_index_version *known_of(struct hubspot_run *run, struct bc_str deal)
{
    const struct hubspot_index_version *was = hubspot_index_version(
        run->known, hubspot_print(run, "hubspot:deal/%.*s/tied/renews", BC_STR_ARG(deal)));

    return was && !was->retracted ? was : NULL;
}

static bc_status follow(const struct renewals *renewals, struct hubspot_present *present,
                        struct bc_err *err)
{
    struct hubspot_run *run = renewals->run;
    const struct hubspot_index_version *was = known_of(run, present->id);
    struct bc_str had = { 0 };
    size_t first = first_of(renewals, &(struct renewal){ .deal = present->id }), end = first;
    bc_status rc = BC_OK;

    while (end < renewals->n && bc_str_eq(renewals->at[end].deal, present->id))
        end++;
    if (was)
        had = bc_arena_copy(run->record, was->value);
    present->renews = choose(renewals, first, end, had);
    present->renews_told = true;
    note_left(renewals, first, end, present->renews);
    if (bc_str_eq(present->renews, had))
        return BC_OK;
    if (was) {
        rc = hubspot_version_retract(run, present->id, bc_arena_copy(run->record, was->id),
                                     "HubSpot associates the deals so no more", err);
        run->notes.renews_withdrawn++;
    }
    return rc == BC_OK && present->renews.len ? emit(run, present->id, present->renews, err) : rc;
}

static bc_status follow_all(const struct renewals *renewals, struct bc_err *err)
{
    struct hubspot_run *run = renewals->run;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < run->present_n; i++) {
        const struct hubspot_index_deal *known = hubspot_index_deal(run->known, run->present[i].id);

        bc_arena_reset(run->record);
        if (known && known->own && !run->present[i].archived &&
            bc_string_table_find(renewals->unread, run->present[i].id) == BC_WORD_NONE)
            rc = follow(renewals, &run->present[i], err);
    }
    return rc == BC_OK ? hubspot_portion(run, err) : rc;
}

/* The account file names no label any more. */
static bc_status withdraw_all(struct hubspot_run *run, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < hubspot_index_deals(run->known); i++) {
        struct bc_str deal = hubspot_index_deal_at(run->known, i)->id;
        const struct hubspot_index_version *was;

        bc_arena_reset(run->record);
        was = known_of(run, deal);
        if (!was)
            continue;
        rc = hubspot_version_retract(run, deal, bc_arena_copy(run->record, was->id),
                                     "the account file names no label of renewals", err);
        run->notes.renews_withdrawn++;
    }
    return rc;
}

bc_status hubspot_renewals(struct hubspot_run *run, struct bc_err *err)
{
    struct renewals renewals = { .run = run, .unread = NULL };
    bc_string_table *deals;
    bc_status rc;

    if (!run->account->renews_label)
        return withdraw_all(run, err);
    renewals.unread = bc_string_table_new();
    deals = bc_string_table_new();
    for (size_t i = 0; i < run->present_n; i++)
        if (!run->present[i].archived)
            bc_string_table_add(deals, run->present[i].id);
    hubspot_ties(run, "deals", deals, take_tie, &renewals, renewals.unread);
    rc = http_run(run->client, err);
    if (rc == BC_OK) {
        if (renewals.n > 1)
            qsort(renewals.at, renewals.n, sizeof(*renewals.at), renewal_cmp);
        rc = follow_all(&renewals, err);
    }
    bc_string_table_free(deals);
    bc_string_table_free(renewals.unread);
    free(renewals.at);
    return rc;
}
