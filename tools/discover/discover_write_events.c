#include "tools/discover/discover_stages.h"
#include "tools/discover/discover_write.h"

#include <inttypes.h>

static const struct discover_column *column_at(const struct discover_draft *draft, size_t column)
{
    return &draft->guess->survey->columns[column];
}

static size_t of(const struct discover_draft *draft, enum discover_role role)
{
    return draft->guess->of[role];
}

static bool has(const struct discover_draft *draft, enum discover_role role)
{
    return of(draft, role) != DISCOVER_NO_COLUMN;
}

/* "  - stageChanged: { to: { column: Stage, crosswalk: stages }": the rest is the caller's. */
static void add_to(struct discover_draft *draft, size_t column)
{
    discover_add(draft, "  - stageChanged: { to: { column: ");
    discover_add_column(draft, column);
    discover_add(draft, ", crosswalk: stages }");
}

static void write_id(struct discover_draft *draft, const char *id)
{
    discover_add(draft, "    id: %s", id);
    discover_end_plain(draft);
}

static void add_filled(struct discover_draft *draft, size_t column)
{
    discover_add_column(draft, column);
    discover_add(draft, ": { empty: false }");
}

static void write_when_filled(struct discover_draft *draft, size_t column)
{
    if (column_at(draft, column)->filled == draft->guess->survey->rows)
        return;
    discover_add(draft, "    when: { ");
    add_filled(draft, column);
    discover_add(draft, " }");
    discover_end_plain(draft);
}

static void write_created(struct discover_draft *draft, bool once)
{
    const size_t column = of(draft, DISCOVER_CREATED);

    if (column == DISCOVER_NO_COLUMN)
        return;
    discover_add(draft, "  - dealCreated: {}");
    discover_end(draft, DISCOVER_SAY, "%.*s, by its name",
                 BC_STR_ARG(column_at(draft, column)->name));
    discover_write_time_of(draft, column);
    if (column != draft->guess->time)
        write_when_filled(draft, column);
    if (once) {
        discover_add(draft, "    once: true");
        discover_end(draft, DISCOVER_SAY, "each row of a deal says the same");
    }
}

/* Why the deal was lost: of a row that is so, at `time`. */
static void write_reason(struct discover_draft *draft, size_t time)
{
    const size_t reason = of(draft, DISCOVER_REASON), closing = discover_closing(draft->guess);

    if (reason == DISCOVER_NO_COLUMN || time == DISCOVER_NO_COLUMN ||
        column_at(draft, reason)->filled == 0 ||
        !discover_column_is_words(column_at(draft, reason)))
        return;
    discover_add(draft, "  - lossRecorded: { reason: { column: ");
    discover_add_column(draft, reason);
    discover_add(draft, ", crosswalk: loss_reasons } }");
    discover_end(draft, DISCOVER_SAY, "by its name");
    discover_write_time_of(draft, time);
    discover_add(draft, "    when: { ");
    add_filled(draft, reason);
    if (closing != DISCOVER_NO_COLUMN &&
        discover_count_words(draft, closing, DISCOVER_PICK_LOST) > 0) {
        discover_add(draft, ", ");
        discover_add_column(draft, closing);
        discover_add(draft, ": ");
        (void)discover_add_words(draft, closing, DISCOVER_PICK_LOST);
    }
    if (column_at(draft, time)->filled < draft->guess->survey->rows) {
        discover_add(draft, ", ");
        add_filled(draft, time);
    }
    discover_add(draft, " }");
    discover_end_plain(draft);
}

/* --- a row a change --- */

static const char *why_stage(const struct discover_guess *guess)
{
    return guess->why[DISCOVER_STAGE] == DISCOVER_BY_WORDS
               ? "most of its words are stages of the rules"
               : "by its name";
}

static void write_history(struct discover_draft *draft)
{
    const size_t stage = of(draft, DISCOVER_STAGE);
    const uint64_t no_stage = draft->guess->counts.no_stage;

    write_created(draft, true);
    add_to(draft, stage);
    if (has(draft, DISCOVER_FROM)) {
        discover_add(draft, ", from: { column: ");
        discover_add_column(draft, of(draft, DISCOVER_FROM));
        discover_add(draft, ", crosswalk: stages }");
    }
    discover_add(draft, " }");
    if (no_stage > 0)
        discover_end(draft, (struct discover_note){ DISCOVER_CHECK, stage, no_stage },
                     "rows without a stage change none");
    else
        discover_end(draft, DISCOVER_SAY, "%s", why_stage(draft->guess));
    if (no_stage > 0)
        write_when_filled(draft, stage);
    write_reason(draft, discover_lost_time(draft->guess));
}

/* --- a row a deal --- */

/* A column of times of the n-th stage; of several of one stage each has an id of its own. */
static void write_entered_one(struct discover_draft *draft, size_t column)
{
    const struct discover_guess *guess = draft->guess;
    const int stage = guess->named[column].stage;
    size_t before = 0;

    if (stage == BC_NO_STAGE) {
        discover_add(draft, "  # - stageChanged: { to: STAGE }");
        discover_end(
            draft,
            (struct discover_note){ DISCOVER_DECIDE, column, column_at(draft, column)->filled },
            "which stage of the rules does it name? Or it belongs in ignore_columns");
        draft->used[column] = true; /* not left out: the import names it */
        return;
    }
    for (size_t i = 0; i < column; i++)
        before += guess->named[i].role == DISCOVER_ENTERED && guess->named[i].stage == stage;
    discover_add(draft, "  - stageChanged: { to: %s }", guess->rules->stages[stage].id);
    if (guess->named[column].like)
        discover_end(
            draft,
            (struct discover_note){ DISCOVER_CHECK, column, column_at(draft, column)->filled },
            "the rules have no such stage; taken for %s", guess->rules->stages[stage].id);
    else
        discover_end(draft, DISCOVER_SAY, "by the column's name; %" PRIu64 " of %" PRIu64 " rows",
                     column_at(draft, column)->filled, guess->survey->rows);
    discover_add(draft, "    id: %s", guess->rules->stages[stage].id);
    if (before)
        discover_add(draft, "-%zu", before + 1);
    discover_end_plain(draft);
    discover_write_time_of(draft, column);
    write_when_filled(draft, column);
}

static void write_entered(struct discover_draft *draft)
{
    for (size_t i = 0; i < draft->guess->survey->column_n; i++)
        if (draft->guess->named[i].role == DISCOVER_ENTERED)
            write_entered_one(draft, i);
}

/* The stage of now, and since when. */
static void write_since(struct discover_draft *draft)
{
    const size_t stage = of(draft, DISCOVER_STAGE), since = of(draft, DISCOVER_SINCE);

    if (stage == DISCOVER_NO_COLUMN || since == DISCOVER_NO_COLUMN ||
        discover_count_words(draft, stage, DISCOVER_PICK_ANY) == 0)
        return;
    add_to(draft, stage);
    discover_add(draft, " }");
    discover_end(draft, DISCOVER_SAY, "%s, and since %.*s", why_stage(draft->guess),
                 BC_STR_ARG(column_at(draft, since)->name));
    write_id(draft, "now");
    discover_write_time_of(draft, since);
    discover_add(draft, "    when: { ");
    add_filled(draft, since);
    discover_add(draft, ", ");
    discover_add_column(draft, stage);
    discover_add(draft, ": ");
    if (!draft->guess->stages_with_times)
        discover_add(draft, "{ empty: false }");
    else
        (void)discover_add_words(draft, stage, DISCOVER_PICK_ANY);
    discover_add(draft, " }");
    discover_end_plain(draft);
}

/* Won or lost, when it was closed. */
static void write_closed(struct discover_draft *draft)
{
    const size_t closing = discover_closing(draft->guess), closed = of(draft, DISCOVER_CLOSED);

    if (closing == DISCOVER_NO_COLUMN || closed == DISCOVER_NO_COLUMN ||
        (has(draft, DISCOVER_SINCE) && !has(draft, DISCOVER_STATUS)) ||
        discover_count_words(draft, closing, DISCOVER_PICK_CLOSED) == 0)
        return;
    add_to(draft, closing);
    discover_add(draft, " }");
    discover_end(draft, DISCOVER_SAY, "won or lost on %.*s, by its name",
                 BC_STR_ARG(column_at(draft, closed)->name));
    write_id(draft, "closed");
    discover_write_time_of(draft, closed);
    discover_add(draft, "    when: { ");
    add_filled(draft, closed);
    discover_add(draft, ", ");
    discover_add_column(draft, closing);
    discover_add(draft, ": ");
    (void)discover_add_words(draft, closing, DISCOVER_PICK_CLOSED);
    discover_add(draft, " }");
    discover_end_plain(draft);
}

/* An event whose time the reader has to fill in. */
static void write_undated(struct discover_draft *draft, size_t column, enum discover_pick pick,
                          uint64_t rows, const char *id)
{
    const bool open = pick == DISCOVER_PICK_OPEN;
    const size_t dated = of(draft, open ? DISCOVER_SINCE : DISCOVER_CLOSED),
                 status = of(draft, DISCOVER_STATUS);

    if (rows == 0)
        return;
    add_to(draft, column);
    discover_add(draft, ", observed: true }");
    discover_end_plain(draft);
    write_id(draft, id);
    discover_add(draft, "    time: { fixed: }");
    discover_end(draft, (struct discover_note){ DISCOVER_DECIDE, column, rows },
                 "since when are these %s? The table does not say; found so on the day of the "
                 "export: `fixed: 2025-01-31T00:00:00Z`; or leave this event out",
                 open ? "deals in their stage" : "deals won or lost");
    discover_add(draft, "    when: { ");
    discover_add_column(draft, column);
    discover_add(draft, ": ");
    (void)discover_add_words(draft, column, pick);
    if (dated != DISCOVER_NO_COLUMN) {
        discover_add(draft, ", ");
        discover_add_column(draft, dated);
        discover_add(draft, ": { empty: true }");
    }
    if (open && status != DISCOVER_NO_COLUMN) {
        discover_add(draft, ", ");
        discover_add_column(draft, status);
        discover_add(draft, ": ");
        (void)discover_add_words(draft, status, DISCOVER_PICK_OPEN);
    }
    discover_add(draft, " }");
    discover_end_plain(draft);
}

static void write_deals(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;

    write_created(draft, false);
    write_entered(draft);
    write_since(draft);
    write_closed(draft);
    if (has(draft, DISCOVER_STAGE)) {
        write_undated(draft, of(draft, DISCOVER_STAGE), DISCOVER_PICK_OPEN,
                      guess->counts.open_undated, "found");
        write_undated(draft, discover_closing(guess), DISCOVER_PICK_CLOSED,
                      guess->counts.closed_undated, "found-closed");
    }
    write_reason(draft, discover_lost_time(guess));
    if (guess->counts.time_missing > 0)
        discover_remark(draft,
                        (struct discover_note){ DISCOVER_DECIDE, discover_closing(guess),
                                                guess->counts.time_missing },
                        "rows in a stage whose column of times is empty: nothing puts them there; "
                        "fill it in, or leave them so");
}

static void write_none(struct discover_draft *draft)
{
    discover_add(draft, "# events:");
    discover_end(
        draft,
        (struct discover_note){ DISCOVER_DECIDE, DISCOVER_NO_COLUMN, draft->guess->survey->rows },
        "which column says the stage? None by its name or its words; `events: [stageChanged: "
        "{ to: \"{NAME}\" }]`");
}

void discover_write_events(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;
    const bool stages =
        has(draft, DISCOVER_STAGE) || guess->stages_with_times || guess->shape == DISCOVER_LOG;

    discover_end_plain(draft);
    if (!stages) {
        write_none(draft);
        return;
    }
    discover_add(draft, "events:");
    discover_end(draft, DISCOVER_SAY, "%s",
                 guess->shape == DISCOVER_LOG       ? "a row is a change of anything"
                 : guess->shape == DISCOVER_HISTORY ? "a row is a change of a deal's stage"
                                                    : "a row is a deal");
    switch (guess->shape) {
    case DISCOVER_HISTORY:
        write_history(draft);
        break;
    case DISCOVER_DEALS:
        write_deals(draft);
        break;
    case DISCOVER_LOG:
        discover_write_log(draft);
        break;
    }
}
