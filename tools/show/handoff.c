#include "tools/show/handoff.h"

#include "tools/print/paragraph.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/labels.h"
#include "tools/show/learning_cells.h"

#include <inttypes.h>

const char *const handoff_tables[HANDOFF_TABLE_N] = { "steps", "deals" };

const char *const handoff_steps[BC_STEP_N] = {
    [BC_STEP_WON] = "won",           [BC_STEP_SIGNED] = "signed",
    [BC_STEP_DATA] = "dataComplete", [BC_STEP_ORDERING] = "ordering",
    [BC_STEP_ORDERED] = "ordered",   [BC_STEP_OPENED] = "issueOpened",
    [BC_STEP_ACCEPTED] = "accepted", [BC_STEP_SERVING] = "serving",
    [BC_STEP_HEALTH] = "health",
};
static const char *const states[BC_STEP_STATE_N] = {
    [BC_STEP_DONE] = "done",
    [BC_STEP_SKIPPED] = "skipped",
    [BC_STEP_PENDING] = "pending",
};

static void fill_step(struct row *row, const void *source, size_t i)
{
    const struct handoff_shown *shown = source;
    const struct bc_handoff_count *count = &shown->handoff->steps[i];
    const enum cell_kind days = count->n[BC_STEP_DONE] ? CELL_DAYS : CELL_NULL;

    row_word(row, "step", handoff_steps[i]);
    if (row_for_people(row))
        row_text(row, "stepShown", labels_step(bc_str_of(handoff_steps[i])));
    for (size_t state = 0; state < BC_STEP_STATE_N; state++)
        row_count(row, states[state], count->n[state]);
    row_figure(row, "medianDays", days, count->median_days);
    row_figure(row, "p90Days", days, count->p90_days);
}

static void fill_step_of(struct row *row, const void *source, size_t i)
{
    const struct bc_handoff_deal *deal = source;

    row_word(row, "step", handoff_steps[i]);
    row_word(row, "state", states[deal->state[i]]);
    if (deal->state[i] == BC_STEP_DONE)
        row_instant(row, "at", deal->at_us[i]);
    else
        row_null(row, "at");
}

/* For programs a list; in a CSV a cell a step: its instant, or its state. */
static void step_cells(struct row *row, const struct bc_handoff_deal *deal)
{
    if (!row_for_people(row)) {
        row_rows(row, "steps", rows_of(fill_step_of, deal, BC_STEP_N));
        return;
    }
    for (size_t i = BC_STEP_WON + 1; i < BC_STEP_N; i++) {
        if (deal->state[i] == BC_STEP_DONE)
            row_instant(row, handoff_steps[i], deal->at_us[i]);
        else
            row_word(row, handoff_steps[i], states[deal->state[i]]);
    }
}

/* For people, the day of the win and the steps to come. */
static void short_cells(struct row *row, const struct handoff_shown *shown,
                        const struct bc_handoff_deal *deal)
{
    char day[BC_DAY_LEN];
    struct bc_buf *text;
    size_t n = 0;

    if (!row_for_people(row))
        return;
    bc_day_print(day, bc_zone_day(shown->basis->rules->zone, deal->at_us[BC_STEP_WON]));
    row_format(row, "day", "%s", day);
    text = row_make(row);
    for (size_t i = 0; i < BC_STEP_N; i++)
        if (deal->state[i] == BC_STEP_PENDING && i != deal->waiting)
            bc_buf_printf(text, "%s%.*s", n++ ? ", " : "",
                          BC_STR_ARG(labels_step(bc_str_of(handoff_steps[i]))));
    row_made(row, "then");
    if (deal->waiting != BC_STEP_N)
        row_text(row, "waitingShown", labels_step(bc_str_of(handoff_steps[deal->waiting])));
}

static void fill_deal(struct row *row, const void *source, size_t i)
{
    const struct handoff_shown *shown = source;
    const struct bc_handoff_deal *deal = &shown->handoff->deals[i];
    const bool waits = deal->waiting != BC_STEP_N;

    row_text(row, "deal", deal->deal);
    if (shown->names)
        row_said(row, "name", bc_names_of(shown->names, deal->deal));
    row_instant(row, "wonAt", deal->at_us[BC_STEP_WON]);
    step_cells(row, deal);
    if (waits)
        row_word(row, "waiting", handoff_steps[deal->waiting]);
    else
        row_null(row, "waiting");
    row_figure(row, "waitingDays", waits ? CELL_DAYS : CELL_NULL,
               (double)deal->waiting_us / (double)BC_DAY_US);
    short_cells(row, shown, deal);
}

static struct rows rows_in(const struct handoff_shown *shown, enum handoff_table table)
{
    return table == HANDOFF_STEPS ? rows_of(fill_step, shown, BC_STEP_N)
                                  : rows_of(fill_deal, shown, shown->handoff->deal_n);
}

struct rows handoff_deals(const struct handoff_shown *shown)
{
    return rows_in(shown, HANDOFF_DEALS);
}

void handoff_cells(struct row *row, const struct handoff_shown *shown)
{
    row_word(row, "slice", shown->basis->rules->slices[shown->ask->slice].name);
    learning_cells_since(row, shown->ask->since_us);
    row_bool(row, "pending", shown->ask->pending_only);
    row_count(row, "n", shown->handoff->n);
    for (size_t table = 0; table < HANDOFF_TABLE_N; table++)
        row_rows(row, handoff_tables[table], rows_in(shown, (enum handoff_table)table));
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct handoff_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    handoff_cells(row, shown);
    notes_cells(row, &shown->basis->notes);
}

void handoff_show_json(const struct cmd_env *env, const struct handoff_shown *shown)
{
    print_json_of(env, fill, shown);
}

void handoff_show_csv(const struct cmd_env *env, const struct handoff_shown *shown,
                      enum handoff_table table)
{
    static const struct column counts[] = {
        { "step", "step", .dash = false },
        { "done", "done", .right = true },
        { "skipped", "skipped", .right = true },
        { "pending", "pending", .right = true },
        { "medianDays", "medianDays", .right = true },
        { "p90Days", "p90Days", .right = true },
    };
    static const struct column deals[] = {
        { "deal", "deal", .dash = false },
        { "wonAt", "wonAt", .dash = false },
        { "signed", "signed", .dash = false },
        { "dataComplete", "dataComplete", .dash = false },
        { "ordering", "ordering", .dash = false },
        { "ordered", "ordered", .dash = false },
        { "issueOpened", "issueOpened", .dash = false },
        { "accepted", "accepted", .dash = false },
        { "serving", "serving", .dash = false },
        { "health", "health", .dash = false },
        { "waiting", "waiting", .dash = false },
        { "waitingDays", "waitingDays", .right = true },
    };
    const struct columns columns = table == HANDOFF_STEPS ? COLUMNS_OF(counts) : COLUMNS_OF(deals);

    print_csv_of(env->out, columns, rows_in(shown, table));
}

void handoff_show(const struct cmd_env *env, const struct handoff_shown *shown)
{
    static const struct column counts[] = {
        { "STEP", "stepShown", .dash = false },    { "DONE", "done", .right = true },
        { "SKIPPED", "skipped", .right = true },   { "PENDING", "pending", .right = true },
        { "MEDIAN", "medianDays", .right = true }, { "P90", "p90Days", .right = true },
    };
    static const struct column deals[] = {
        { "DEAL", "deal", .fit = COLUMN_MIDDLE },
        COLUMN_NAME_OF("deal"),
        { "WAITS FOR", "waitingShown", .dash = true },
        { "DAYS", "waitingDays", .right = true, .dash = true },
        { "WON", "day", .dash = false },
        { "THEN", "then", .fit = COLUMN_WRAP, .dash = true },
    };
    const struct bc_handoff *handoff = shown->handoff;

    fprintf(env->out, "won: %" PRIu64 ", slice %s\n", handoff->n,
            shown->basis->rules->slices[shown->ask->slice].name);
    if (handoff->n) {
        fputc('\n', env->out);
        print_table_of(env, COLUMNS_OF(counts), rows_in(shown, HANDOFF_STEPS));
        fputc('\n', env->out);
        paragraph_legend(env, "MEDIAN and P90: days from the win, where it is done.");
    }
    if (handoff->deal_n) {
        fputc('\n', env->out);
        print_table_of(env, COLUMNS_OF(deals), rows_in(shown, HANDOFF_DEALS));
    } else if (handoff->n) {
        fputs("\nno deal waits for a step\n", env->out);
    }
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
