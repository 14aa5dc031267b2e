/* projections/audit/audit_words.c - words that the rules do not know, and deals that are named and
 * never were. */
#include "projections/audit/auditing.h"
#include "projections/events/deal_events.h"

#include <stdlib.h>

/* The slices that hold every deal, in words. */
void bc_auditing_words_begin(struct bc_auditing *auditing)
{
    const bc_rules *rules = auditing->rules;
    struct bc_buf text = { 0 };

    bc_known_words_init(&auditing->known, rules, auditing->strings);
    bc_buf_printf(&text, "it counts in no slice");
    bc_words_put_whole_slices(&text, rules);
    auditing->no_slice = bc_arena_copy(auditing->audit->arena, bc_buf_str(&text));
    bc_buf_release(&text);
}

static struct bc_finding *add(struct bc_auditing *auditing, const struct bc_deal *deal,
                              enum bc_word_field field, int64_t at_us, uint64_t seq)
{
    struct bc_finding *finding = bc_auditing_add(auditing, BC_UNKNOWN_WORD, deal->id, seq);

    finding->field = bc_word_field_name(field);
    finding->at_us = at_us;
    return finding;
}

static struct bc_str text_of(const struct bc_auditing *auditing, uint32_t word)
{
    return bc_arena_copy(auditing->audit->arena, bc_string_table_text(auditing->strings, word));
}

static bc_status look_at_type(struct bc_auditing *auditing, const struct bc_deal *deal,
                              struct bc_err *err)
{
    const struct bc_setting *type = bc_auditing_value(auditing, BC_P_DEAL_TYPE);
    struct bc_finding *finding;
    bc_status rc;

    if (!type || bc_known_word(&auditing->known, BC_WORD_DEAL_TYPE, type->value))
        return BC_OK;
    rc = bc_auditing_exists(auditing, deal, err);
    if (rc != BC_OK)
        return rc < 0 ? rc : BC_OK;
    finding = add(auditing, deal, BC_WORD_DEAL_TYPE, type->occurred_us, type->seq);
    finding->value = text_of(auditing, type->value);
    finding->costs = auditing->no_slice;
    return BC_OK;
}

/* The meeting as it is at the date. */
static void look_at_meeting(struct bc_auditing *auditing, const struct bc_deal *deal,
                            const struct bc_activity *meeting)
{
    struct bc_finding *finding;

    if (!bc_known_word(&auditing->known, BC_WORD_OUTCOME, meeting->outcome)) {
        finding = add(auditing, deal, BC_WORD_OUTCOME, meeting->occurred_us, meeting->seq);
        finding->value = text_of(auditing, meeting->outcome);
        finding->costs = BC_STR("the meeting is not held");
    }
    if (meeting->starts_us <= auditing->as_of_us &&
        bc_known_words_type_costs(&auditing->known, deal, meeting)) {
        finding = add(auditing, deal, BC_WORD_MEETING_TYPE, meeting->occurred_us, meeting->seq);
        finding->value = text_of(auditing, meeting->type);
        finding->costs = BC_STR("the meeting does not count");
    }
}

static int in_fold_order(const void *a, const void *b)
{
    const struct bc_activity *left = *(const struct bc_activity *const *)a;
    const struct bc_activity *right = *(const struct bc_activity *const *)b;

    return bc_fold_order(left->occurred_us, left->seq, right->occurred_us, right->seq);
}

/* Meetings lie by the hash of their id, an order that says nothing. */
static void look_at_meetings(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    const struct bc_activity **odd;
    size_t n = 0;

    if (deal->meeting_n == 0)
        return;
    odd = bc_calloc(deal->meeting_n, sizeof(*odd));
    for (size_t i = 0; i < deal->meeting_n; i++) {
        const struct bc_activity *meeting = &deal->meetings[i];

        if (meeting->occurred_us <= auditing->as_of_us && meeting->until_us > auditing->as_of_us)
            odd[n++] = meeting;
    }
    qsort(odd, n, sizeof(*odd), in_fold_order);
    for (size_t i = 0; i < n; i++)
        look_at_meeting(auditing, deal, odd[i]);
    free(odd);
}

static void look_at_losses(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    for (size_t i = 0; i < deal->unlisted.n; i++) {
        const struct bc_mark *loss = &deal->unlisted.at[i];

        if (loss->occurred_us <= auditing->as_of_us)
            add(auditing, deal, BC_WORD_LOSS_REASON, loss->occurred_us, loss->seq)->costs =
                BC_STR("the loss counts for no reason");
    }
}

/* The last time by the date that a name was used. */
static bool is_last(const struct bc_auditing *auditing, const struct bc_marks *marks, size_t at)
{
    if (marks->at[at].occurred_us > auditing->as_of_us)
        return false;
    for (size_t i = at + 1; i < marks->n; i++)
        if (marks->at[i].value == marks->at[at].value &&
            marks->at[i].occurred_us <= auditing->as_of_us)
            return false;
    return true;
}

static void look_at_names(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    for (size_t i = 0; i < deal->misnamed.n; i++) {
        const struct bc_mark *set = &deal->misnamed.at[i];
        struct bc_finding *finding;
        struct bc_buf costs = { 0 };

        if (!is_last(auditing, &deal->misnamed, i))
            continue;
        finding = add(auditing, deal, BC_WORD_PROPERTY, set->occurred_us, set->seq);
        finding->value = text_of(auditing, set->value);
        bc_buf_printf(&costs, "it sets no %s", bc_words_property_meant(finding->value));
        finding->costs = bc_arena_copy(auditing->audit->arena, bc_buf_str(&costs));
        bc_buf_release(&costs);
    }
}

bc_status bc_auditing_words(struct bc_auditing *auditing, const struct bc_deal *deal,
                            struct bc_err *err)
{
    bc_status rc;

    if (!(auditing->kinds & BC_FINDING_BIT(BC_UNKNOWN_WORD)))
        return BC_OK;
    rc = look_at_type(auditing, deal, err);
    if (rc < 0)
        return rc;
    look_at_meetings(auditing, deal);
    look_at_losses(auditing, deal);
    look_at_names(auditing, deal);
    return BC_OK;
}

/* --- how it came to be --- */

void bc_auditing_creation(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    const struct bc_mark *done = &deal->activity;

    for (size_t i = 1; i < deal->creations.n; i++) {
        const struct bc_mark *again = &deal->creations.at[i];

        if (again->occurred_us <= auditing->as_of_us)
            bc_auditing_add(auditing, BC_CREATED_TWICE, deal->id, again->seq)->at_us =
                again->occurred_us;
    }
    if (done->seq && done->occurred_us <= auditing->as_of_us)
        bc_auditing_add(auditing, BC_NEVER_CREATED, deal->id, done->seq)->at_us = done->occurred_us;
}

/* --- what it renews --- */

bc_status bc_auditing_renews(struct bc_auditing *auditing, const struct bc_deal *deal,
                             struct bc_err *err)
{
    const struct bc_setting *renews = bc_auditing_value(auditing, BC_P_RENEWS);
    bc_status rc;

    if (!renews || renews->value == BC_VALUE_UNSET ||
        !(auditing->kinds & BC_FINDING_BIT(BC_RENEWS_UNKNOWN)))
        return BC_OK;
    rc = bc_auditing_exists(auditing, deal, err);
    if (rc == BC_OK)
        bc_auditing_add(auditing, BC_RENEWS_UNKNOWN, deal->id, renews->seq)->at_us =
            renews->occurred_us;
    return rc < 0 ? rc : BC_OK;
}

/* BC_NO: no event that counts is about a deal. Most have facts; those that have none, or that only
 * a retraction left without, are read. */
static bc_status find_deal(struct bc_auditing *auditing, struct bc_str id, struct bc_err *err)
{
    struct bc_deal_events events;
    struct bc_buf facts = { 0 };
    const struct bc_deal *deal;
    int64_t begun_us = BC_NEVER;
    bc_status rc = bc_timelines_facts(auditing->timelines, id, &facts, err);

    if (rc == BC_OK)
        rc = bc_fold(auditing->folder, id, bc_buf_str(&facts), &deal, err);
    if (rc == BC_OK)
        begun_us = deal->begun_us;
    bc_buf_release(&facts);
    if (rc < 0 || begun_us != BC_NEVER)
        return rc;
    rc = bc_deal_events_read(&events, auditing->timelines, &auditing->visible, id, err);
    if (rc < 0)
        return rc;
    begun_us = bc_deal_events_begin(&events, id);
    bc_deal_events_release(&events);
    return begun_us == BC_NEVER ? BC_NO : BC_OK;
}

bc_status bc_auditing_renewed(struct bc_auditing *auditing, struct bc_err *err)
{
    struct bc_audit *audit = auditing->audit;
    bc_status rc = BC_OK;
    size_t kept = 0;

    for (size_t i = 0; rc >= 0 && i < audit->n; i++) {
        const struct bc_finding *finding = &audit->findings[i];

        rc = finding->kind == BC_RENEWS_UNKNOWN ? find_deal(auditing, finding->value, err) : BC_NO;
        if (rc == BC_NO)
            audit->findings[kept++] = *finding;
    }
    if (rc < 0)
        return rc;
    audit->n = kept;
    return BC_OK;
}
