#include "tools/discover/discover_rows.h"

#include "tools/discover/discover_stages.h"
#include "tools/discover/discover_words.h"
#include "tools/import/csv/csv_blank.h"
#include "tools/import/csv/csv_line.h"
#include "tools/import/csv/csv_row.h"

/* A reading of the rows. */
struct pass {
    struct discover_guess *guess;
    struct csv_seen deals;
    struct csv_seen changes; /* of a deal's stage: the stage, and when */
    bool rose, fell;         /* the times, from row to row */
    bool before;             /* there was one */
    int64_t before_us;
};

typedef void pass_row(struct pass *pass, const struct csv_row *row);

static bc_status each_row(struct pass *pass, pass_row *see, struct bc_err *err)
{
    const struct discover_survey *survey = pass->guess->survey;
    csv_reader *reader = csv_reader_again(survey->reader);
    struct csv_row row;
    bc_status rc = csv_reader_next(reader, &row, err); /* the header */

    while (rc == BC_OK) {
        rc = discover_survey_next(survey, reader, &row, err);
        if (rc == BC_OK && row.cell_n == survey->column_n)
            see(pass, &row);
        if (rc == BC_E_INPUT && !csv_reader_broken(reader)) {
            *err = (struct bc_err){ 0 };
            rc = BC_OK;
        }
    }
    csv_reader_close(reader);
    csv_seen_release(&pass->deals);
    csv_seen_release(&pass->changes);
    return rc < 0 ? rc : BC_OK;
}

/* The cell of a role, or nothing. */
static struct bc_str cell_of(const struct discover_guess *guess, const struct csv_row *row,
                             enum discover_role role)
{
    const size_t column = guess->of[role];

    return column == DISCOVER_NO_COLUMN ? (struct bc_str){ 0 } : row->cells[column];
}

static void see_created(struct pass *pass, const struct csv_row *row)
{
    const struct csv_digest deal = csv_digest_of(cell_of(pass->guess, row, DISCOVER_DEAL)),
                            says = csv_digest_of(cell_of(pass->guess, row, DISCOVER_CREATED));
    const struct csv_sight *sight = csv_seen_find(&pass->deals, deal);

    if (!sight)
        csv_seen_add(&pass->deals, deal, says, 0);
    else if (!csv_digest_same(sight->said, says))
        pass->guess->counts.created_varies = true;
}

bc_status discover_rows_created(struct discover_guess *guess, struct bc_err *err)
{
    struct pass pass = { .guess = guess };

    if (guess->of[DISCOVER_DEAL] == DISCOVER_NO_COLUMN ||
        guess->of[DISCOVER_CREATED] == DISCOVER_NO_COLUMN)
        return BC_OK;
    return each_row(&pass, see_created, err);
}

/* When a cell says; by its own clock, which is enough for an order. */
static bool moment(const struct discover_choice *choice, int64_t *us, struct bc_str cell)
{
    struct csv_moment m;

    for (size_t i = 0; i < choice->n; i++) {
        if (!csv_format_parse(&m, discover_format(choice->format[i]), cell))
            continue;
        *us = m.us;
        return true;
    }
    return false;
}

/* The stage that a row of a history or a log changes to, or nothing. */
static struct bc_str change_of(const struct discover_guess *guess, const struct csv_row *row)
{
    struct discover_named named;

    if (guess->shape != DISCOVER_LOG)
        return guess->shape == DISCOVER_HISTORY ? cell_of(guess, row, DISCOVER_STAGE)
                                                : (struct bc_str){ 0 };
    named = discover_name(guess->rules, cell_of(guess, row, DISCOVER_FIELD));
    return named.role == DISCOVER_STAGE ? cell_of(guess, row, DISCOVER_VALUE)
                                        : (struct bc_str){ 0 };
}

/* Changes that have no order but that of the rows. */
static void see_at_once(struct pass *pass, const struct csv_row *row, struct csv_digest deal,
                        int64_t us)
{
    struct discover_counts *counts = &pass->guess->counts;
    const struct bc_str stage = change_of(pass->guess, row);
    const struct csv_digest said = csv_digest_of(stage);
    const struct csv_sight *before = csv_seen_find(&pass->changes, deal);

    if (stage.len == 0)
        return;
    if (before && before->number == us && !csv_digest_same(before->said, said) &&
        cell_of(pass->guess, row, DISCOVER_FROM).len == 0 && counts->at_once++ == 0)
        counts->at_once_line = row->begin.line;
    csv_seen_add(&pass->changes, deal, said, us);
}

static void see_order(struct pass *pass, const struct csv_row *row)
{
    struct discover_guess *guess = pass->guess;
    const struct csv_digest deal = csv_digest_of(cell_of(guess, row, DISCOVER_DEAL));
    const struct csv_sight *sight = csv_seen_find(&pass->deals, deal);
    int64_t us = 0;

    if (!moment(&guess->times[guess->time], &us, csv_trimmed(row->cells[guess->time])))
        return;
    pass->rose |= pass->before && us > pass->before_us;
    pass->fell |= pass->before && us < pass->before_us;
    pass->before = true;
    pass->before_us = us;
    guess->counts.rises |= sight && us > sight->number;
    guess->counts.falls |= sight && us < sight->number;
    csv_seen_add(&pass->deals, deal, deal, us);
    see_at_once(pass, row, deal, us);
}

/* Whether the column of a stage's own, or of any stage (BC_NO_STAGE), has a time in this row. */
static bool has_time_of(const struct discover_guess *guess, const struct csv_row *row, int stage)
{
    for (size_t i = 0; i < row->cell_n; i++) {
        const struct discover_named *named = &guess->named[i];

        if (named->role == DISCOVER_ENTERED && named->stage != BC_NO_STAGE &&
            (stage == BC_NO_STAGE || named->stage == stage) && row->cells[i].len > 0)
            return true;
    }
    return false;
}

/* Of a table of deals: whether it tells since when a deal is in its stage. */
static void see_undated(struct discover_guess *guess, const struct csv_row *row)
{
    const size_t closing = discover_closing(guess);
    int stage, now;

    if (closing == DISCOVER_NO_COLUMN) {
        guess->counts.no_dates += guess->of[DISCOVER_CREATED] == DISCOVER_NO_COLUMN &&
                                  !has_time_of(guess, row, BC_NO_STAGE);
        return;
    }
    stage = discover_stage_of(guess, row->cells[closing]);
    now = discover_stage_of(guess, cell_of(guess, row, DISCOVER_STAGE));
    guess->counts.time_missing +=
        discover_is_timed(guess, stage) && !has_time_of(guess, row, stage);
    if (discover_is_closed(guess, stage)) {
        guess->counts.closed_undated += !discover_is_timed(guess, stage) &&
                                        cell_of(guess, row, DISCOVER_SINCE).len == 0 &&
                                        cell_of(guess, row, DISCOVER_CLOSED).len == 0;
        return;
    }
    guess->counts.open_undated += cell_of(guess, row, DISCOVER_STAGE).len > 0 &&
                                  !discover_is_timed(guess, now) &&
                                  cell_of(guess, row, DISCOVER_SINCE).len == 0;
}

/* Of a log: the values that are stages. */
static void see_change(struct discover_guess *guess, const struct csv_row *row)
{
    const struct bc_str value = cell_of(guess, row, DISCOVER_VALUE);
    const struct discover_named named =
        discover_name(guess->rules, cell_of(guess, row, DISCOVER_FIELD));

    if (named.role == DISCOVER_STAGE && value.len > 0)
        discover_words_add(&guess->stage_words, guess->survey->arena, DISCOVER_WORDS_MOST,
                           csv_line(guess->survey->scratch, value));
}

/* As the map has it in `empty_as`. */
static bool is_timeless(struct bc_str cell)
{
    return cell.len == 0 || discover_says_nothing(cell);
}

static void see_row(struct pass *pass, const struct csv_row *row)
{
    struct discover_guess *guess = pass->guess;

    if (guess->of[DISCOVER_DEAL] != DISCOVER_NO_COLUMN &&
        cell_of(guess, row, DISCOVER_DEAL).len == 0) {
        guess->counts.no_deal++;
        return;
    }
    if (guess->shape == DISCOVER_HISTORY && guess->time != DISCOVER_NO_COLUMN &&
        guess->of[DISCOVER_STAGE] != DISCOVER_NO_COLUMN && row->cells[guess->time].len == 0 &&
        cell_of(guess, row, DISCOVER_STAGE).len == 0) {
        guess->counts.blank++;
        return;
    }
    guess->counts.no_stage += cell_of(guess, row, DISCOVER_STAGE).len == 0;
    if (guess->time != DISCOVER_NO_COLUMN) {
        guess->counts.no_time += is_timeless(csv_trimmed(row->cells[guess->time]));
        see_order(pass, row);
    }
    if (guess->shape == DISCOVER_DEALS)
        see_undated(guess, row);
    else if (guess->shape == DISCOVER_LOG)
        see_change(guess, row);
}

bc_status discover_rows_count(struct discover_guess *guess, struct bc_err *err)
{
    struct pass pass = { .guess = guess };
    const bc_status rc = each_row(&pass, see_row, err);

    /* Newest first as a whole, it is read backwards. */
    guess->counts.in_order =
        !guess->counts.falls || (pass.fell && !pass.rose && !guess->counts.rises);
    return rc;
}
