#include "tools/show/learnings.h"

#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/learning_cells.h"
#include "tools/show/section.h"

#include <inttypes.h>

const char *const learnings_tables[LEARNINGS_TABLE_N] = { "learnings", "missing" };

/* For people, the day. */
static void day_cell(struct row *row, const struct learnings_shown *shown, int64_t us)
{
    char day[BC_DAY_LEN];

    if (!row_for_people(row))
        return;
    bc_day_print(day, bc_zone_day(shown->basis->rules->zone, us));
    row_format(row, "day", "%s", day);
}

/* What it is about, and where that is a deal, the deal once more, for its name. */
static void people_cells(struct row *row, const struct bc_lesson *lesson)
{
    const bool tried = lesson->experiment.len > 0;

    row_said(row, "about", tried ? lesson->experiment : lesson->deal);
    if (!tried)
        row_said(row, "named", lesson->deal);
}

static void fill_lesson(struct row *row, const void *source, size_t i)
{
    const struct learnings_shown *shown = source;
    const struct bc_lesson *lesson = &shown->learnings->lessons[i];

    row_instant(row, "at", lesson->at_us);
    row_text(row, "text", lesson->text);
    row_said(row, "topic", lesson->topic);
    row_said(row, "experiment", lesson->experiment);
    row_said(row, "deal", lesson->deal);
    if (shown->names)
        row_said(row, "name", bc_names_of(shown->names, lesson->deal));
    row_said(row, "stage", lesson->stage);
    row_said(row, "actor", lesson->actor);
    day_cell(row, shown, lesson->at_us);
    if (row_for_people(row))
        people_cells(row, lesson);
}

static void fill_missing(struct row *row, const void *source, size_t i)
{
    const struct learnings_shown *shown = source;
    const struct bc_unlearned *missing = &shown->learnings->missing[i];

    row_text(row, "deal", missing->deal);
    if (shown->names)
        row_said(row, "name", bc_names_of(shown->names, missing->deal));
    row_text(row, "stage", missing->stage);
    row_instant(row, "at", missing->at_us);
    day_cell(row, shown, missing->at_us);
}

static struct rows rows_in(const struct learnings_shown *shown, enum learnings_table table)
{
    return table == LEARNINGS_LEARNED ? rows_of(fill_lesson, shown, shown->learnings->lesson_n)
                                      : rows_of(fill_missing, shown, shown->learnings->missing_n);
}

void learnings_cells(struct row *row, const struct learnings_shown *shown)
{
    row_word(row, "slice", shown->basis->rules->slices[shown->ask->slice].name);
    learning_cells_since(row, shown->ask->since_us);
    if (shown->ask->by_topic)
        row_text(row, "topic", shown->ask->topic);
    else
        row_null(row, "topic");
    for (size_t table = 0; table < LEARNINGS_TABLE_N; table++)
        row_rows(row, learnings_tables[table], rows_in(shown, (enum learnings_table)table));
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct learnings_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    learnings_cells(row, shown);
    notes_cells(row, &shown->basis->notes);
}

void learnings_show_json(const struct cmd_env *env, const struct learnings_shown *shown)
{
    print_json_of(env, fill, shown);
}

void learnings_show_csv(const struct cmd_env *env, const struct learnings_shown *shown,
                        enum learnings_table table)
{
    static const struct column learned[] = {
        { "at", "at", .dash = false },       { "text", "text", .dash = false },
        { "topic", "topic", .dash = false }, { "experiment", "experiment", .dash = false },
        { "deal", "deal", .dash = false },   { "stage", "stage", .dash = false },
        { "actor", "actor", .dash = false },
    };
    static const struct column missing[] = { { "deal", "deal", .dash = false },
                                             { "stage", "stage", .dash = false },
                                             { "at", "at", .dash = false } };
    const struct columns columns =
        table == LEARNINGS_LEARNED ? COLUMNS_OF(learned) : COLUMNS_OF(missing);

    print_csv_of(env->out, columns, rows_in(shown, table));
}

static void print_rows(const struct cmd_env *env, struct columns columns, struct rows rows,
                       bool in_section)
{
    const size_t n = rows.n;

    fputc('\n', env->out);
    if (in_section)
        rows.n = section_rows(n);
    print_table_of(env, columns, rows);
    if (in_section)
        section_print_more(env, n, "learnings");
}

void learnings_print(const struct cmd_env *env, const struct learnings_shown *shown,
                     bool in_section)
{
    static const struct column learned[] = {
        { "LEARNED", "text", .fit = COLUMN_WRAP, .least = 24 },
        { "ON", "day", .dash = false },
        { "TOPIC", "topic", .fit = COLUMN_WRAP, .dash = true },
        { "FROM", "about", .fit = COLUMN_MIDDLE, .dash = true },
        COLUMN_NAME_OF("named"),
        { "STAGE", "stage", .dash = true, .leave = 2 },
        { "BY", "actor", .fit = COLUMN_MIDDLE, .dash = true, .leave = 1, .shows = COLUMN_PERSON },
    };
    static const struct column missing[] = { { "CLOSED WITHOUT", "deal", .fit = COLUMN_MIDDLE },
                                             COLUMN_NAME_OF("deal"),
                                             { "STAGE", "stage", .dash = false },
                                             { "ON", "day", .dash = false } };
    const struct bc_learnings *learnings = shown->learnings;

    fprintf(env->out, "learnings: %zu, in every slice\n", learnings->lesson_n);
    if (learnings->lesson_n)
        print_rows(env, COLUMNS_OF(learned), rows_in(shown, LEARNINGS_LEARNED), in_section);
    fprintf(env->out, "\nclosed without one: %zu, slice %s\n", learnings->missing_n,
            shown->basis->rules->slices[shown->ask->slice].name);
    if (learnings->missing_n)
        print_rows(env, COLUMNS_OF(missing), rows_in(shown, LEARNINGS_MISSING), in_section);
}

void learnings_show(const struct cmd_env *env, const struct learnings_shown *shown)
{
    learnings_print(env, shown, false);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
