#include "tools/show/versions.h"

#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/learning_cells.h"

static const char *const whats[BC_VERSION_N] = {
    [BC_VERSION_RULES] = "rules",
    [BC_VERSION_ICP] = "icp",
    [BC_VERSION_PLAYBOOK] = "playbook",
};

void versions_cells(struct row *row, const void *versions_shown, size_t i)
{
    const struct versions_shown *shown = versions_shown;
    const struct bc_version *version = &shown->versions->at[i];
    char day[BC_DAY_LEN];

    row_word(row, "what", whats[version->what]);
    row_text(row, "version", version->version);
    row_instant(row, "at", version->at_us);
    row_said(row, "actor", version->actor);
    row_said(row, "changelog", version->changelog);
    if (!row_for_people(row))
        return;
    bc_day_print(day, bc_zone_day(shown->basis->rules->zone, version->at_us));
    row_format(row, "day", "%s", day);
}

static struct rows all_rows(const struct versions_shown *shown)
{
    return rows_of(versions_cells, shown, shown->versions->n);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct versions_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    row_word(row, "slice", shown->basis->rules->slices[shown->slice].name);
    learning_cells_since(row, shown->since_us);
    row_rows(row, "versions", all_rows(shown));
    notes_cells(row, &shown->basis->notes);
}

static void show_csv(const struct cmd_env *env, const struct versions_shown *shown)
{
    static const struct column columns[] = {
        { "what", "what", .dash = false },
        { "version", "version", .dash = false },
        { "at", "at", .dash = false },
        { "actor", "actor", .dash = false },
        { "changelog", "changelog", .dash = false },
    };

    print_csv_of(env->out, COLUMNS_OF(columns), all_rows(shown));
}

static void show_table(const struct cmd_env *env, const struct versions_shown *shown)
{
    static const struct column columns[] = {
        { "PUBLISHED", "what", .dash = false },
        { "VERSION", "version", .fit = COLUMN_MIDDLE },
        { "ON", "day", .dash = false },
        { "WHAT IS NEW", "changelog", .fit = COLUMN_WRAP, .dash = true },
        { "BY", "actor", .fit = COLUMN_MIDDLE, .dash = true, .leave = 1, .shows = COLUMN_PERSON },
    };

    print_table_of(env, COLUMNS_OF(columns), all_rows(shown));
    if (shown->versions->n == 0)
        fputs("nothing was published\n", env->out);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}

void versions_show(const struct cmd_env *env, const struct versions_shown *shown, bool json,
                   bool csv)
{
    if (json)
        print_json_of(env, fill, shown);
    else if (csv)
        show_csv(env, shown);
    else
        show_table(env, shown);
}
