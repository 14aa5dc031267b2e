#include "projections/report/unknown.h"

#include "projections/metrics/contribution.h"

#include <stdlib.h>

void bc_unknown_init(struct bc_unknown_tally *tally, const struct bc_known_words *known,
                     size_t date_n)
{
    *tally = (struct bc_unknown_tally){ .known = known,
                                        .typed = bc_words_any_slice(known->rules),
                                        .date_n = date_n };
    for (size_t i = 0; i < BC_UNKNOWN_N; i++)
        tally->at[i] = bc_calloc(date_n + 1, sizeof(*tally->at[i]));
}

void bc_unknown_release(struct bc_unknown_tally *tally)
{
    for (size_t i = 0; i < BC_UNKNOWN_N; i++)
        free(tally->at[i]);
    *tally = (struct bc_unknown_tally){ 0 };
}

static void add_range(struct bc_unknown_tally *tally, enum bc_unknown what, uint32_t first,
                      uint32_t end)
{
    if (first >= end)
        return;
    tally->at[what][first]++;
    tally->at[what][end]--;
}

/* At the dates of a range at which the deal is there. */
static void add_there(struct bc_unknown_tally *tally, const struct bc_view *view,
                      enum bc_unknown what, uint32_t first, uint32_t end)
{
    for (size_t i = 0; i < view->present_n; i++)
        add_range(tally, what, bc_later(first, view->present_ranges[i].first),
                  bc_earlier(end, view->present_ranges[i].end));
}

static void add_deal(struct bc_unknown_tally *tally, const struct bc_view *view)
{
    if (view->deal->visit_n == 0)
        return;
    for (size_t i = 0; i < view->present_n; i++) {
        const struct bc_present_range *there = &view->present_ranges[i];
        uint32_t first = bc_later(there->first, view->visit_first[0]);

        add_range(tally, BC_UNKNOWN_OF, first, there->end);
        if (!tally->typed)
            continue;
        if (there->type == 0)
            add_range(tally, BC_UNKNOWN_NO_TYPE, first, there->end);
        else if (!bc_known_word(tally->known, BC_WORD_DEAL_TYPE, there->type))
            add_range(tally, BC_UNKNOWN_TYPE, first, there->end);
    }
}

static void add_meeting(struct bc_unknown_tally *tally, const struct bc_view *view,
                        const struct bc_activity *meeting)
{
    uint32_t first = bc_dates_from(view->dates, meeting->occurred_us);
    uint32_t end = meeting->until_us == BC_NEVER ? (uint32_t)tally->date_n
                                                 : bc_dates_from(view->dates, meeting->until_us);

    if (!bc_known_word(tally->known, BC_WORD_OUTCOME, meeting->outcome))
        add_there(tally, view, BC_UNKNOWN_OUTCOME, first, end);
    if (bc_known_words_type_costs(tally->known, view->deal, meeting))
        add_there(tally, view, BC_UNKNOWN_MEETING,
                  bc_later(first, bc_dates_from(view->dates, meeting->starts_us)), end);
}

void bc_unknown_add(struct bc_unknown_tally *tally, const struct bc_view *view)
{
    const struct bc_deal *deal = view->deal;

    add_deal(tally, view);
    for (size_t i = 0; i < deal->meeting_n && !tally->leaves_meetings; i++)
        if (!bc_known_word(tally->known, BC_WORD_OUTCOME, deal->meetings[i].outcome) ||
            !bc_known_word(tally->known, BC_WORD_MEETING_TYPE, deal->meetings[i].type))
            add_meeting(tally, view, &deal->meetings[i]);
    for (size_t i = 0; i < deal->unlisted.n; i++)
        add_there(tally, view, BC_UNKNOWN_REASON,
                  bc_dates_from(view->dates, deal->unlisted.at[i].occurred_us),
                  (uint32_t)tally->date_n);
}

void bc_unknown_join(struct bc_unknown_tally *tally, const struct bc_unknown_tally *part)
{
    for (size_t i = 0; i < BC_UNKNOWN_N; i++)
        for (size_t date = 0; date <= tally->date_n; date++)
            tally->at[i][date] += part->at[i][date];
}

void bc_unknown_finish(const struct bc_unknown_tally *tally, struct bc_unknown_counts *out)
{
    for (size_t i = 0; i < BC_UNKNOWN_N; i++) {
        int64_t sum = 0;

        for (size_t date = 0; date < tally->date_n; date++) {
            sum += tally->at[i][date];
            out[date].n[i] = (uint64_t)sum;
        }
    }
}

void bc_unknown_of_deal(struct bc_unknown_counts *out, const struct bc_view *view,
                        const bc_rules *rules, const bc_string_table *strings)
{
    struct bc_known_words known;
    struct bc_unknown_tally tally;

    bc_known_words_init(&known, rules, strings);
    bc_unknown_init(&tally, &known, 1);
    if (view->present_n)
        bc_unknown_add(&tally, view);
    bc_unknown_finish(&tally, out);
    bc_unknown_release(&tally);
    bc_known_words_release(&known);
}
