/* tools/show/off_lines.c - of what may be off in a review, what is about no single deal: red lines,
 * experiments, what became known late. */
#include "tools/print/cell_text.h"
#include "tools/show/labels.h"
#include "tools/show/off_kind.h"
#include "tools/show/report.h"
#include "tools/show/rule_labels.h"

/* --- red lines --- */

static size_t red_line_n(const struct review_shown *shown)
{
    return shown->basis->rules->red_line_n;
}

static const struct bc_red_line_cell *line_at(const struct review_shown *shown, size_t i)
{
    return bc_report_red_line(shown->review->figures.report, shown->review->figures.now, i);
}

static enum off_state red_line_state(const struct review_shown *shown, size_t i)
{
    switch (line_at(shown, i)->state) {
    case BC_BREACHED:
        return OFF_STATE_OFF;
    case BC_WOULD_BREACH:
        return OFF_STATE_RISK;
    case BC_LINE_OK:
    case BC_NOT_ENOUGH_DATA:
        break;
    }
    return OFF_STATE_FINE;
}

static void red_line_cells(struct row *row, const struct review_shown *shown, size_t i)
{
    row_word(row, "redLine", shown->basis->rules->red_lines[i].name);
    row_word(row, "line", bc_red_line_state_name(line_at(shown, i)->state));
}

static void tell_red_line(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    const struct bc_red_line_rule *rule = &shown->basis->rules->red_lines[i];

    if (line_at(shown, i)->state == BC_BREACHED)
        bc_buf_printf(out, "red line %s is breached", rule->name);
    else
        bc_buf_printf(out,
                      "red line %s would be breached if the deals open for over %.0f days had "
                      "failed",
                      rule->name, (double)rule->open_counts_after_us / (double)BC_DAY_US);
    if (rule->says)
        bc_buf_printf(out, "; it says: %s", rule->says);
}

static void add_value(struct bc_buf *out, const struct bc_red_line_rule *rule, double value)
{
    cell_text_figure(out, report_line_figure(rule), value);
}

static void say_red_line(struct off_said *said, const struct review_shown *shown, size_t i)
{
    const struct bc_red_line_rule *rule = &shown->basis->rules->red_lines[i];
    const struct bc_red_line_cell *cell = line_at(shown, i);
    const bool breached = cell->state == BC_BREACHED;

    bc_buf_printf(&said->what, "Red line ");
    rule_labels_red_line_add(&said->what, shown->basis->rules, bc_str_of(rule->name));
    add_value(&said->much, rule, breached ? cell->value : cell->worst);
    bc_buf_printf(&said->much, " under ");
    add_value(&said->much, rule, cell->threshold);
    if (!breached) {
        bc_buf_printf(&said->why, "if the deals open for over %.0f days had failed; ",
                      (double)rule->open_counts_after_us / (double)BC_DAY_US);
        add_value(&said->why, rule, cell->value);
        bc_buf_printf(&said->why, " as it stands");
    }
    if (rule->says)
        bc_buf_printf(&said->why, "%s%s", breached ? "" : "; breached, it says: ", rule->says);
}

const struct off_kind off_kind_red_line = { "red_line",     "see Red lines", red_line_n,
                                            red_line_state, red_line_cells,  tell_red_line,
                                            say_red_line,   "red-lines" };

/* --- breaches that nobody answered: each, or the old ones together --- */

static size_t breach_n(const struct review_shown *shown)
{
    return shown->review->breaches.n;
}

static bool is_due(const struct review_shown *shown, size_t i)
{
    return bc_breach_is_due(&shown->review->breaches.at[i], shown->review->since_us);
}

static enum off_state breach_state(const struct review_shown *shown, size_t i)
{
    return is_due(shown, i) ? OFF_STATE_OFF : OFF_STATE_FINE;
}

static void breach_cells(struct row *row, const struct review_shown *shown, size_t i)
{
    const struct bc_breach *breach = &shown->review->breaches.at[i];

    row_word(row, "redLine", shown->basis->rules->red_lines[breach->line].name);
    named_date(row, "date", breach->day);
}

static void add_breach(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    const struct bc_breach *breach = &shown->review->breaches.at[i];
    char day[BC_DAY_LEN];

    bc_day_print(day, breach->day);
    bc_buf_printf(out, "%s %s", shown->basis->rules->red_lines[breach->line].name, day);
}

static void tell_breach(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    bc_buf_printf(out, "breached, and no pivot was decided within %d days: ",
                  (int)shown->basis->rules->learning.answer_breach_days);
    add_breach(out, shown, i);
}

static void say_breach(struct off_said *said, const struct review_shown *shown, size_t i)
{
    const struct bc_breach *breach = &shown->review->breaches.at[i];
    const char *name = shown->basis->rules->red_lines[breach->line].name;
    char day[BC_DAY_LEN];

    bc_day_print(day, breach->day);
    bc_buf_printf(&said->what, "Breach not answered: ");
    rule_labels_red_line_add(&said->what, shown->basis->rules, bc_str_of(name));
    bc_buf_printf(&said->much, "%s", day);
    bc_buf_printf(&said->why, "no pivot was decided within %d days",
                  (int)shown->basis->rules->learning.answer_breach_days);
}

const struct off_kind off_kind_breach = { "breach_unanswered",
                                          "`backcast red-lines` lists them",
                                          breach_n,
                                          breach_state,
                                          breach_cells,
                                          tell_breach,
                                          say_breach,
                                          "red-lines" };

static size_t old_breaches(const struct review_shown *shown)
{
    size_t n = 0;

    for (size_t i = 0; i < shown->review->breaches.n; i++)
        n += !is_due(shown, i);
    return n;
}

size_t off_kind_one(const struct review_shown *shown)
{
    (void)shown;
    return 1;
}

static enum off_state old_state(const struct review_shown *shown, size_t i)
{
    (void)i;
    return old_breaches(shown) ? OFF_STATE_KNOW : OFF_STATE_FINE;
}

static bc_status find_old(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct review_shown *shown = *(const struct review_shown *const *)finder;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < shown->review->breaches.n; i++) {
        if (is_due(shown, i))
            continue;
        breach_cells(taker->row, shown, i);
        rc = row_take(taker, err);
    }
    return rc;
}

static void old_cells(struct row *row, const struct review_shown *shown, size_t i)
{
    const struct review_shown **finder = row_alloc(row, sizeof(*finder));

    (void)i;
    *finder = shown;
    row_count(row, "n", old_breaches(shown));
    row_rows(row, "breaches", rows_found(find_old, finder));
}

static void tell_old(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    const size_t n = old_breaches(shown);
    size_t told = 0;

    (void)i;
    bc_buf_printf(out, "%zu breach%s not answered by a pivot within %d days, %s over", n,
                  n == 1 ? "" : "es", (int)shown->basis->rules->learning.answer_breach_days,
                  n == 1 ? "and" : "all");
    for (size_t at = 0; at < shown->review->breaches.n && told < OFF_TOLD; at++) {
        if (is_due(shown, at))
            continue;
        bc_buf_printf(out, "%s", told++ ? ", " : ": ");
        add_breach(out, shown, at);
    }
    if (n > told)
        bc_buf_printf(out, ", and %zu more; `backcast red-lines` lists them", n - told);
}

static void say_old(struct off_said *said, const struct review_shown *shown, size_t i)
{
    const size_t n = old_breaches(shown);
    size_t told = 0;

    (void)i;
    bc_buf_printf(&said->what, "%zu breach%s not answered by a pivot in time", n,
                  n == 1 ? "" : "es");
    bc_buf_printf(&said->much, "%sover", n == 1 ? "" : "all ");
    for (size_t at = 0; at < shown->review->breaches.n; at++) {
        const struct bc_breach *breach = &shown->review->breaches.at[at];
        const char *name = shown->basis->rules->red_lines[breach->line].name;
        char day[BC_DAY_LEN];

        if (is_due(shown, at))
            continue;
        bc_day_print(day, breach->day);
        bc_buf_printf(&said->why, "%s", told++ ? "; " : "");
        rule_labels_red_line_add(&said->why, shown->basis->rules, bc_str_of(name));
        bc_buf_printf(&said->why, " %s", day);
    }
}

const struct off_kind off_kind_old_breaches = { "breaches_unanswered_before",
                                                NULL,
                                                off_kind_one,
                                                old_state,
                                                old_cells,
                                                tell_old,
                                                say_old,
                                                "red-lines" };

/* --- experiments --- */

static const struct bc_experiment *looked_at(const struct review_shown *shown, size_t i)
{
    return &shown->review->experiments->at[shown->review->looked_at[i]];
}

static size_t running_n(const struct review_shown *shown)
{
    size_t n = 0;

    for (size_t i = 0; i < shown->review->looked_at_n; i++)
        n += !looked_at(shown, i)->words.concluded;
    return n;
}

static enum off_state running_state(const struct review_shown *shown, size_t i)
{
    (void)i;
    return running_n(shown) > (size_t)shown->basis->rules->learning.max_running ? OFF_STATE_RISK
                                                                                : OFF_STATE_FINE;
}

static void running_cells(struct row *row, const struct review_shown *shown, size_t i)
{
    struct bc_str *ids;
    size_t n = 0;

    (void)i;
    row_count(row, "n", running_n(shown));
    ids = row_make_texts(row, "experiments", running_n(shown));
    for (size_t at = 0; at < shown->review->looked_at_n; at++)
        if (!looked_at(shown, at)->words.concluded)
            ids[n++] = looked_at(shown, at)->words.id;
}

static void tell_running(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    const char *between = ": ";

    (void)i;
    bc_buf_printf(out, "%zu experiments run at once, of at most %d", running_n(shown),
                  (int)shown->basis->rules->learning.max_running);
    for (size_t at = 0; at < shown->review->looked_at_n; at++) {
        if (looked_at(shown, at)->words.concluded)
            continue;
        bc_buf_printf(out, "%s%.*s", between, BC_STR_ARG(looked_at(shown, at)->words.id));
        between = ", ";
    }
}

static void say_running(struct off_said *said, const struct review_shown *shown, size_t i)
{
    const char *between = "";

    (void)i;
    bc_buf_printf(&said->what, "%zu experiments run at once", running_n(shown));
    bc_buf_printf(&said->much, "of at most %d", (int)shown->basis->rules->learning.max_running);
    for (size_t at = 0; at < shown->review->looked_at_n; at++) {
        if (looked_at(shown, at)->words.concluded)
            continue;
        bc_buf_printf(&said->why, "%s%.*s", between, BC_STR_ARG(looked_at(shown, at)->words.id));
        between = ", ";
    }
}

const struct off_kind off_kind_running = { "too_many_running", NULL,          off_kind_one,
                                           running_state,      running_cells, tell_running,
                                           say_running,        "experiments" };

/* --- what became known late --- */

static enum off_state late_state(const struct review_shown *shown, size_t i)
{
    (void)i;
    return shown->review->late.n ? OFF_STATE_KNOW : OFF_STATE_FINE;
}

static struct bc_str body_word(enum bc_body body)
{
    return body == BC_NO_BODY ? (struct bc_str){ 0 } : bc_str_of(bc_schema(body)->json_name);
}

static void fill_late(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;
    const struct bc_late_event *event = &shown->review->late.first[i];

    row_text(row, "event", event->event);
    named_deal(row, &shown->named, event->deal);
    row_said(row, "what", body_word(event->body));
    row_instant(row, "at", event->at_us);
    row_instant(row, "recordedAt", event->recorded_us);
}

static void late_cells(struct row *row, const struct review_shown *shown, size_t i)
{
    (void)i;
    row_count(row, "n", shown->review->late.n);
    row_rows(row, "events", rows_of(fill_late, shown, shown->review->late.shown));
}

static void tell_late(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    const struct bc_recorded_late *late = &shown->review->late;

    (void)i;
    bc_buf_printf(out, "%zu event%s from before %s, recorded since", late->n,
                  late->n == 1 ? "" : "s", shown->since);
    for (size_t at = 0; at < late->shown; at++) {
        const struct bc_late_event *event = &late->first[at];

        bc_buf_printf(out, "%s%.*s of ", at ? "; " : ": ", BC_STR_ARG(body_word(event->body)));
        named_day_add(out, &shown->named, event->at_us);
        if (!event->deal.len)
            continue;
        bc_buf_printf(out, ", ");
        named_deal_add(out, &shown->named, event->deal);
    }
    if (late->n > late->shown)
        bc_buf_printf(out, "; and %zu more", late->n - late->shown);
}

static void say_late(struct off_said *said, const struct review_shown *shown, size_t i)
{
    const struct bc_recorded_late *late = &shown->review->late;

    (void)i;
    bc_buf_printf(&said->what, "%zu event%s learnt late", late->n, late->n == 1 ? "" : "s");
    bc_buf_printf(&said->why, "dated before %s, recorded since: ", shown->since);
    for (size_t at = 0; at < late->shown; at++) {
        const struct bc_late_event *event = &late->first[at];

        bc_buf_printf(&said->why, "%s", at ? "; " : "");
        labels_body_add(&said->why, body_word(event->body));
        bc_buf_printf(&said->why, " of ");
        named_day_add(&said->why, &shown->named, event->at_us);
        if (!event->deal.len)
            continue;
        bc_buf_printf(&said->why, ", ");
        named_deal_add(&said->why, &shown->named, event->deal);
    }
    if (late->n > late->shown)
        bc_buf_printf(&said->why, "; and %zu more", late->n - late->shown);
}

const struct off_kind off_kind_late = { "recorded_late", NULL,      off_kind_one, late_state,
                                        late_cells,      tell_late, say_late,     NULL };
