/* tools/show/off_deals.c - of what may be off in a review, what is about deals. */
#include "tools/show/labels.h"
#include "tools/show/off_kind.h"
#include "tools/show/review_part.h"

#include <inttypes.h>

/* --- renewals --- */

static size_t renewal_n(const struct review_shown *shown)
{
    return shown->review->renewals->n;
}

static enum off_state renewal_state(const struct review_shown *shown, size_t i)
{
    const struct bc_renewing *renewing = &shown->review->renewals->at[i];

    return shown->basis->rules->metrics[renewing->metric].contract == BC_CONTRACT_OVERDUE
               ? OFF_STATE_OFF
               : OFF_STATE_FINE;
}

static int64_t days_over(const struct review_shown *shown, size_t i)
{
    return (int64_t)bc_zone_day(shown->basis->rules->zone, shown->review->as_of_us) -
           shown->review->renewals->at[i].end_day;
}

static void renewal_cells(struct row *row, const struct review_shown *shown, size_t i)
{
    named_deal(row, &shown->named, shown->review->renewals->at[i].deal);
    named_date(row, "end", shown->review->renewals->at[i].end_day);
    row_integer(row, "days", days_over(shown, i));
}

static void tell_renewal(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    const struct bc_renewing *renewing = &shown->review->renewals->at[i];
    char day[BC_DAY_LEN];

    bc_day_print(day, renewing->end_day);
    bc_buf_printf(out, "renewal overdue for %" PRId64 " days: ", days_over(shown, i));
    named_deal_add(out, &shown->named, renewing->deal);
    bc_buf_printf(out, ", whose contract ended on %s", day);
}

static void say_renewal(struct off_said *said, const struct review_shown *shown, size_t i)
{
    char day[BC_DAY_LEN];

    bc_day_print(day, shown->review->renewals->at[i].end_day);
    bc_buf_printf(&said->what, "Renewal overdue");
    bc_buf_printf(&said->much, "%" PRId64 " days", days_over(shown, i));
    bc_buf_printf(&said->why, "contract ended %s", day);
}

const struct off_kind off_kind_renewal = { "overdue_renewal", "see Renewals", renewal_n,
                                           renewal_state,     renewal_cells,  tell_renewal,
                                           say_renewal,       "renewals" };

/* --- actions --- */

static size_t action_n(const struct review_shown *shown)
{
    return shown->review->deals->actions.n;
}

static enum off_state action_state(const struct review_shown *shown, size_t i)
{
    return shown->review->deals->actions.at[i].late ? OFF_STATE_OFF : OFF_STATE_FINE;
}

static void tell_action(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    const struct bc_action *action = &shown->review->deals->actions.at[i];

    bc_buf_printf(out, "action late, due %.*s: %.*s", BC_STR_ARG(action->due),
                  BC_STR_ARG(action->text));
    if (action->owner.len)
        bc_buf_printf(out, ", %.*s", BC_STR_ARG(action->owner));
    if (!action->deal.len)
        return;
    bc_buf_printf(out, ", ");
    named_deal_add(out, &shown->named, action->deal);
}

static void say_action(struct off_said *said, const struct review_shown *shown, size_t i)
{
    const struct bc_action *action = &shown->review->deals->actions.at[i];

    bc_buf_printf(&said->what, "Action late");
    bc_buf_printf(&said->much, "due %.*s", BC_STR_ARG(action->due));
    bc_buf_printf(&said->why, "%.*s", BC_STR_ARG(action->text));
    if (action->owner.len)
        bc_buf_printf(&said->why, ", %.*s", BC_STR_ARG(action->owner));
}

const struct off_kind off_kind_action = { "action_late", "see Actions",      action_n,
                                          action_state,  review_part_action, tell_action,
                                          say_action,    "actions" };

/* --- stalled deals, together --- */

static enum off_state stalled_state(const struct review_shown *shown, size_t i)
{
    (void)i;
    return shown->review->stalled.n ? OFF_STATE_RISK : OFF_STATE_FINE;
}

static void stalled_cells(struct row *row, const struct review_shown *shown, size_t i)
{
    const struct bc_review *review = shown->review;
    struct bc_str *deals;

    (void)i;
    row_count(row, "n", review->stalled.n);
    deals = row_make_texts(row, "deals", review->stalled.n);
    for (size_t at = 0; at < review->stalled.n; at++)
        deals[at] = review->deals->at[review->stalled.at[at]].deal;
}

static double longest_days(const struct bc_review *review)
{
    int64_t longest_us = 0;

    for (size_t at = 0; at < review->stalled.n; at++) {
        const int64_t us = review->deals->at[review->stalled.at[at]].in_stage_us;

        longest_us = us > longest_us ? us : longest_us;
    }
    return (double)longest_us / (double)BC_DAY_US;
}

static void tell_stalled(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    const size_t n = shown->review->stalled.n;

    (void)i;
    bc_buf_printf(out, "%zu deal%s stalled, for up to %.1f days; see Stalled", n, n == 1 ? "" : "s",
                  longest_days(shown->review));
}

static void say_stalled(struct off_said *said, const struct review_shown *shown, size_t i)
{
    const size_t n = shown->review->stalled.n;

    (void)i;
    bc_buf_printf(&said->what, "%zu deal%s stalled", n, n == 1 ? "" : "s");
    bc_buf_printf(&said->much, "%s%.1f days", n == 1 ? "" : "up to ", longest_days(shown->review));
    bc_buf_printf(&said->why, "in an open stage for over %.0f days, and not parked",
                  (double)shown->basis->rules->learning.stalled_after_us / (double)BC_DAY_US);
}

const struct off_kind off_kind_stalled = { "stalled",     NULL,         off_kind_one, stalled_state,
                                           stalled_cells, tell_stalled, say_stalled,  "stalled" };

/* --- closed without a word --- */

static size_t closed_n(const struct review_shown *shown)
{
    return shown->review->closed->n;
}

static bool lacks_reason(const struct bc_closed_deal *closed)
{
    return closed->lost && closed->reason.len == 0;
}

static enum off_state closed_state(const struct review_shown *shown, size_t i)
{
    const struct bc_closed_deal *closed = &shown->review->closed->at[i];

    return lacks_reason(closed) || !closed->written ? OFF_STATE_RISK : OFF_STATE_FINE;
}

static void closed_cells(struct row *row, const struct review_shown *shown, size_t i)
{
    const struct bc_closed_deal *closed = &shown->review->closed->at[i];
    struct bc_str *lacks;
    size_t n = 0;

    named_deal(row, &shown->named, closed->deal);
    lacks = row_make_texts(row, "lacks", (size_t)lacks_reason(closed) + !closed->written);
    if (lacks_reason(closed))
        lacks[n++] = BC_STR("reason");
    if (!closed->written)
        lacks[n] = BC_STR("learning");
}

static const char *lacking(const struct bc_closed_deal *closed)
{
    if (!lacks_reason(closed))
        return "learning";
    return closed->written ? "reason" : "reason and a learning";
}

static void tell_closed(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    const struct bc_closed_deal *closed = &shown->review->closed->at[i];

    bc_buf_printf(out, "closed without a %s: ", lacking(closed));
    named_deal_add(out, &shown->named, closed->deal);
}

static void say_closed(struct off_said *said, const struct review_shown *shown, size_t i)
{
    const struct bc_closed_deal *closed = &shown->review->closed->at[i];

    bc_buf_printf(&said->what, "Closed without a %s", lacking(closed));
    named_day_add(&said->much, &shown->named, closed->at_us);
    bc_buf_add_str(&said->why, labels_stage(shown->basis->rules, closed->stage));
}

const struct off_kind off_kind_closed = { "closed_without", "see Closed", closed_n,   closed_state,
                                          closed_cells,     tell_closed,  say_closed, "closed" };

/* --- hand-offs --- */

static size_t handoff_n(const struct review_shown *shown)
{
    return shown->review->handoff->deal_n;
}

static enum off_state handoff_state(const struct review_shown *shown, size_t i)
{
    const int64_t most_us = shown->basis->rules->learning.handoff_days * BC_DAY_US;

    return shown->review->handoff->deals[i].waiting_us > most_us ? OFF_STATE_RISK : OFF_STATE_FINE;
}

static double waiting_days(const struct review_shown *shown, size_t i)
{
    return (double)shown->review->handoff->deals[i].waiting_us / (double)BC_DAY_US;
}

static const char *waiting_for(const struct review_shown *shown, size_t i)
{
    return handoff_steps[shown->review->handoff->deals[i].waiting];
}

static void handoff_cells_of(struct row *row, const struct review_shown *shown, size_t i)
{
    named_deal(row, &shown->named, shown->review->handoff->deals[i].deal);
    row_word(row, "step", waiting_for(shown, i));
    row_figure(row, "days", CELL_DAYS, waiting_days(shown, i));
}

static void tell_handoff(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    bc_buf_printf(out, "hand-off waits for %.*s, for %.1f days: ",
                  BC_STR_ARG(labels_step(bc_str_of(waiting_for(shown, i)))),
                  waiting_days(shown, i));
    named_deal_add(out, &shown->named, shown->review->handoff->deals[i].deal);
}

static void say_handoff(struct off_said *said, const struct review_shown *shown, size_t i)
{
    bc_buf_printf(&said->what, "Hand-off waits for %.*s",
                  BC_STR_ARG(labels_step(bc_str_of(waiting_for(shown, i)))));
    bc_buf_printf(&said->much, "%.1f days", waiting_days(shown, i));
    bc_buf_printf(&said->why, "no step is to wait for over %d days",
                  (int)shown->basis->rules->learning.handoff_days);
}

const struct off_kind off_kind_handoff = { "handoff_waiting", "see Hand-offs",  handoff_n,
                                           handoff_state,     handoff_cells_of, tell_handoff,
                                           say_handoff,       "handoff" };
