#include "projections/timelines/deal_check.h"

#include "ledger/base/search.h"

#include <assert.h>
#include <stdlib.h>

struct bc_deal_check {
    bc_timelines *timelines;
    struct bc_str deal;
    const uint64_t *seqs;
    size_t n, at;             /* of the list; how many were seen */
    bool *owns;               /* for each that was seen: its facts are under this deal */
    bc_string_table *strings; /* in the order of their use here */
    struct bc_buf want;       /* the facts that the events make */
};

bc_deal_check *bc_deal_check_new(bc_timelines *timelines, struct bc_str deal, const uint64_t *seqs,
                                 size_t n)
{
    bc_deal_check *check = bc_calloc(1, sizeof(*check));

    *check = (struct bc_deal_check){ .timelines = timelines,
                                     .deal = deal,
                                     .seqs = seqs,
                                     .n = n,
                                     .owns = bc_calloc(n, sizeof(bool)),
                                     .strings = bc_string_table_new() };
    return check;
}

void bc_deal_check_free(bc_deal_check *check)
{
    if (!check)
        return;
    free(check->owns);
    bc_string_table_free(check->strings);
    bc_buf_release(&check->want);
    free(check);
}

static bc_status differs(const bc_deal_check *check, struct bc_err *err)
{
    return bc_err_damaged(err,
                          "the cache of deal \"%.*s\" is not what the log makes "
                          "of it; the log may be sound: run backcast verify",
                          BC_STR_ARG(check->deal));
}

/* The place of a seq before the current event; check->at: it is not listed. */
static size_t place_of(const bc_deal_check *check, uint64_t seq)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, check->at, check->seqs[at] < seq);
    return at < check->at && check->seqs[at] == seq ? at : check->at;
}

/* It is listed under its own deal, and under that of the event that its chain ends in; only the
 * latter has its fact. */
static bc_status see_retraction(bc_deal_check *check, const struct bc_event *event,
                                struct bc_err *err)
{
    struct bc_fact fact = { .occurred_us = event->occurred_us,
                            .seq = event->seq,
                            .has_source_recorded = event->has_source_recorded,
                            .source_recorded_us = event->source_recorded_us };
    uint64_t root;
    size_t place;
    bc_status rc = bc_log_retraction(bc_timelines_log(check->timelines), event->seq,
                                     &fact.target_seq, &root, err);

    if (rc < 0)
        return rc;
    place = rc == BC_OK ? place_of(check, root) : check->at;
    if (place == check->at && !bc_str_eq(event->deal, check->deal))
        return differs(check, err);
    if (place < check->at && check->owns[place])
        bc_facts_add_retraction(&check->want, &fact);
    return BC_OK;
}

bc_status bc_deal_check_see(bc_deal_check *check, const struct bc_event *event, struct bc_err *err)
{
    bc_status rc = BC_OK;

    assert(check->at < check->n);
    if (event->body == BC_RETRACTED) {
        rc = see_retraction(check, event, err);
    } else if (!bc_str_eq(event->deal, check->deal)) {
        rc = differs(check, err);
    } else if (bc_fact_owner(event).len) {
        check->owns[check->at] = true;
        bc_facts_add(&check->want, event, event->seq, check->strings);
    }
    check->at++;
    return rc;
}

/* Gives the strings their numbers in the timelines. */
static void renumber(bc_deal_check *check)
{
    const bc_string_table *strings = bc_timelines_strings(check->timelines);
    const uint32_t n = bc_string_table_count(check->strings);
    uint32_t *numbers = bc_reallocarray(NULL, n, sizeof(*numbers));

    for (uint32_t word = 0; word < n; word++)
        numbers[word] = bc_string_table_find(strings, bc_string_table_text(check->strings, word));
    if (check->want.len)
        bc_facts_renumber(check->want.at, check->want.len, numbers);
    free(numbers);
}

bc_status bc_deal_check_end(bc_deal_check *check, struct bc_err *err)
{
    struct bc_buf facts = { 0 };
    bc_status rc = bc_timelines_facts(check->timelines, check->deal, &facts, err);

    assert(check->at == check->n);
    renumber(check);
    if (rc == BC_OK && !bc_str_eq(bc_buf_str(&check->want), bc_buf_str(&facts)))
        rc = differs(check, err);
    bc_buf_release(&facts);
    return rc;
}
