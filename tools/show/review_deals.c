/* tools/show/review_deals.c - of a review, the deals that stall, those that closed, and the actions
 * that are open. */
#include "tools/print/print_table.h"
#include "tools/show/closed.h"
#include "tools/show/learning_cells.h"
#include "tools/show/review_part.h"
#include "tools/show/section.h"

/* --- stalled and parked --- */

static void activity_cells(struct row *row, const struct review_shown *shown,
                           const struct bc_deal_row *deal)
{
    const struct bc_last_activity *last = &deal->last;
    struct bc_buf *text;

    if (!row_for_people(row) || !last->what) {
        learning_cells_last(row, last);
        return;
    }
    text = row_make(row);
    learning_cells_done(text, last->what);
    bc_buf_add_byte(text, ' ');
    named_day_add(text, &shown->named, last->at_us);
    row_made(row, "lastActivity");
}

static void meeting_cell(struct row *row, const struct review_shown *shown, int64_t us)
{
    if (us == BC_NEVER)
        row_null(row, "nextMeeting");
    else if (row_for_people(row))
        named_day(row, "nextMeeting", &shown->named, us);
    else
        row_instant(row, "nextMeeting", us);
}

/* --- actions --- */

static void action_cells(struct row *row, const struct review_shown *shown,
                         const struct bc_action *action)
{
    row_text(row, "action", action->action);
    named_deal(row, &shown->named, action->deal);
    row_said(row, "owner", action->owner);
    row_said(row, "due", action->due);
    row_said(row, "text", action->text);
    row_bool(row, "late", action->late);
    if (!row_for_people(row))
        return;
    row_format(row, "dueShown", "%.*s%s", BC_STR_ARG(action->due), action->late ? " late" : "");
    if (action->late)
        row_color(row, "red");
}

void review_part_action(struct row *row, const struct review_shown *shown, size_t i)
{
    action_cells(row, shown, &shown->review->deals->actions.at[i]);
}

static void fill_action(struct row *row, const void *source, size_t i)
{
    review_part_action(row, source, i);
}

struct action_of {
    const struct review_shown *shown;
    const struct bc_action *action;
};

static void fill_action_of(struct row *row, const void *source, size_t i)
{
    const struct action_of *of = source;

    (void)i;
    action_cells(row, of->shown, of->action);
}

static void action_cell(struct row *row, const struct review_shown *shown, struct bc_str deal)
{
    const struct bc_action *action = bc_actions_of(&shown->review->deals->actions, deal);
    struct action_of *of;

    if (!action) {
        row_null(row, "action");
    } else if (row_for_people(row)) {
        row_text(row, "action", action->text);
    } else {
        of = row_alloc(row, sizeof(*of));
        *of = (struct action_of){ shown, action };
        row_row(row, "action", fill_action_of, of);
    }
}

/* For people, and on a page, the late ones come first. */
struct ranked {
    const struct review_shown *shown;
    size_t *at; /* numbers of all of them */
};

static void fill_ranked(struct row *row, const void *source, size_t i)
{
    const struct ranked *ranked = source;

    review_part_action(row, ranked->shown, ranked->at[i]);
}

static struct rows late_first(struct row *row, const struct review_shown *shown)
{
    const struct bc_actions *actions = &shown->review->deals->actions;
    struct ranked *ranked = row_alloc(row, sizeof(*ranked));
    size_t n = 0;

    *ranked = (struct ranked){ shown, row_alloc(row, (actions->n + 1) * sizeof(*ranked->at)) };
    for (size_t i = 0; i < actions->n; i++)
        if (actions->at[i].late)
            ranked->at[n++] = i;
    for (size_t i = 0; i < actions->n; i++)
        if (!actions->at[i].late)
            ranked->at[n++] = i;
    return rows_of(fill_ranked, ranked, n);
}

void review_part_actions_cells(struct row *row, const struct review_shown *shown)
{
    row_rows(row, "actions",
             row_for_pages(row) ? late_first(row, shown)
                                : rows_of(fill_action, shown, shown->review->deals->actions.n));
}

void review_part_actions(const struct cmd_env *env, const struct review_shown *shown)
{
    static const struct column columns[] = {
        { .name = "DUE", .key = "dueShown", .dash = true },
        { .name = "OWNER",
          .key = "owner",
          .fit = COLUMN_MIDDLE,
          .dash = true,
          .shows = COLUMN_PERSON },
        { .name = "WHAT", .key = "text", .fit = COLUMN_WRAP, .dash = true },
        NAMED_DEAL_COLUMN,
        { .name = "ACTION", .key = "action", .fit = COLUMN_MIDDLE },
    };
    const size_t n = shown->review->deals->actions.n;
    struct row room = { .readers = ROW_FOR_PEOPLE };
    struct rows rows = late_first(&room, shown);

    rows.n = section_rows(n);
    section_format(env, "Actions", "decided and not closed");
    if (n == 0)
        fputs("no action is open; `backcast record action` decides one\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), rows);
    section_print_more(env, n, "review --json");
    row_release(&room);
}

/* --- stalled, again --- */

static void fill_deal(struct row *row, const struct review_shown *shown, size_t at)
{
    const struct bc_deal_row *deal = &shown->review->deals->at[at];

    named_deal(row, &shown->named, deal->deal);
    row_said(row, "owner", deal->owner);
    row_text(row, "stage", deal->stage);
    row_figure(row, "days", CELL_DAYS, (double)deal->in_stage_us / (double)BC_DAY_US);
    if (row_for_people(row))
        row_format(row, "stageShown", "%.*s %.1f d", BC_STR_ARG(deal->stage),
                   (double)deal->in_stage_us / (double)BC_DAY_US);
    activity_cells(row, shown, deal);
    meeting_cell(row, shown, deal->next_meeting_us);
    action_cell(row, shown, deal->deal);
}

static void fill_stalled(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;

    fill_deal(row, shown, shown->review->stalled.at[i]);
}

static void fill_parked(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;
    const size_t at = shown->review->parked.at[i];

    fill_deal(row, shown, at);
    named_date(row, "until", shown->review->deals->at[at].parked_until);
}

void review_part_stalled_cells(struct row *row, const struct review_shown *shown)
{
    row_rows(row, "stalled", rows_of(fill_stalled, shown, shown->review->stalled.n));
    row_rows(row, "parked", rows_of(fill_parked, shown, shown->review->parked.n));
}

void review_part_stalled(const struct cmd_env *env, const struct review_shown *shown)
{
    static const struct column columns[] = {
        NAMED_DEAL_COLUMN,
        { .name = "STAGE", .key = "stageShown", .fit = COLUMN_WRAP, .least = 10 },
        { .name = "LAST DONE",
          .key = "lastActivity",
          .fit = COLUMN_WRAP,
          .least = 14,
          .dash = true },
        { .name = "MEETING", .key = "nextMeeting", .dash = true },
        { .name = "ACTION", .key = "action", .fit = COLUMN_WRAP, .least = 12, .dash = true },
        { .name = "OWNER",
          .key = "owner",
          .fit = COLUMN_MIDDLE,
          .dash = true,
          .shows = COLUMN_PERSON },
    };
    static const struct column parked[] = {
        NAMED_DEAL_COLUMN,
        { .name = "STAGE", .key = "stageShown", .fit = COLUMN_WRAP, .least = 10 },
        { .name = "PARKED TO", .key = "until" },
        { .name = "LAST DONE",
          .key = "lastActivity",
          .fit = COLUMN_WRAP,
          .least = 14,
          .dash = true },
        { .name = "MEETING", .key = "nextMeeting", .dash = true },
        { .name = "OWNER",
          .key = "owner",
          .fit = COLUMN_MIDDLE,
          .dash = true,
          .shows = COLUMN_PERSON },
    };
    const struct bc_review *review = shown->review;

    section_format(env, "Stalled", "in an open stage for over %.0f days, and not parked",
                   (double)shown->basis->rules->learning.stalled_after_us / (double)BC_DAY_US);
    if (review->stalled.n == 0)
        fputs("none\n", env->out);
    print_table_of(env, COLUMNS_OF(columns),
                   rows_of(fill_stalled, shown, section_rows(review->stalled.n)));
    section_print_more(env, review->stalled.n, "deals --stalled");
    if (review->parked.n == 0)
        return;
    fprintf(env->out, "\nleft out only because %s parked:\n\n",
            review->parked.n == 1 ? "it is" : "they are");
    print_table_of(env, COLUMNS_OF(parked),
                   rows_of(fill_parked, shown, section_rows(review->parked.n)));
    section_print_more(env, review->parked.n, "review --json");
}

/* --- closed --- */

static struct closed_shown closed_of(const struct review_shown *shown)
{
    return (struct closed_shown){ shown->review->closed, &shown->named };
}

void review_part_closed_cells(struct row *row, const struct review_shown *shown)
{
    const struct closed_shown closed = closed_of(shown);

    closed_cells(row, "closed", &closed);
}

void review_part_closed(const struct cmd_env *env, const struct review_shown *shown)
{
    const struct closed_shown closed = closed_of(shown);

    section_format(env, "Closed", "since %s; days from the first stage on", shown->since);
    closed_print(env, &closed);
}
