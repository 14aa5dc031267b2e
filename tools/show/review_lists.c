/* tools/show/review_lists.c - of a review, the experiments and the renewals. */
#include "tools/print/print_table.h"
#include "tools/show/review_part.h"
#include "tools/show/section.h"

#include <stdlib.h>

/* --- experiments --- */

static void fill_experiment(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;

    experiments_cells(row, &shown->experiments, shown->review->looked_at[i]);
}

void review_part_experiments_cells(struct row *row, const struct review_shown *shown)
{
    row_rows(row, "experiments", rows_of(fill_experiment, shown, shown->review->looked_at_n));
}

void review_part_experiments(const struct cmd_env *env, const struct review_shown *shown)
{
    const struct bc_review *review = shown->review;

    section_format(env, "Experiments", "running, or ended since; at most %d are to run at once",
                   (int)shown->basis->rules->learning.max_running);
    if (review->looked_at_n == 0)
        fputs("none\n", env->out);
    experiments_print_some(env, &shown->experiments, review->looked_at, review->looked_at_n);
}

/* --- renewals --- */

static const struct bc_renewing *renewing_at(const struct review_shown *shown, size_t i)
{
    return &shown->review->renewals->at[i];
}

static void fill_renewal(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;
    const struct bc_renewing *renewing = renewing_at(shown, i);

    row_word(row, "bucket", shown->basis->rules->metrics[renewing->metric].name);
    named_deal(row, &shown->named, renewing->deal);
    row_said(row, "member",
             renewing->member.len ? renewing->member
                                  : bc_names_of(&shown->review->names, renewing->deal));
    named_date(row, "end", renewing->end_day);
    row_said(row, "health", renewing->health);
    row_said(row, "intent", renewing->intent);
    row_said(row, "renewedBy", renewing->renewed_by);
    if (row_for_people(row) || row_for_pages(row))
        row_integer(row, "days",
                    (int64_t)renewing->end_day -
                        bc_zone_day(shown->basis->rules->zone, shown->review->as_of_us));
    if (!row_for_people(row))
        return;
    if (renewing->renewed_by.len)
        named_deal_shown(row, "renewedShown", &shown->named, renewing->renewed_by);
    if (bc_str_eq(renewing->health, BC_STR("red"))) {
        row_text(row, "healthShown", renewing->health);
        row_color(row, "red");
    } else {
        row_said(row, "healthShown", renewing->health);
    }
}

/* For people, and on a page, by bucket, in the order of the rules, and of each those that end
 * first. */
struct by_end {
    const struct review_shown *shown;
    struct ending {
        size_t metric, i;
        int32_t end_day;
    } * at;
};

static int first_ending(const void *a, const void *b)
{
    const struct ending *left = a, *right = b;

    if (left->metric != right->metric)
        return left->metric < right->metric ? -1 : 1;
    if (left->end_day != right->end_day)
        return left->end_day < right->end_day ? -1 : 1;
    return (left->i > right->i) - (left->i < right->i);
}

static void fill_ending(struct row *row, const void *source, size_t i)
{
    const struct by_end *by_end = source;

    fill_renewal(row, by_end->shown, by_end->at[i].i);
}

static struct rows ending_rows(struct row *row, const struct review_shown *shown)
{
    const size_t n = shown->review->renewals->n;
    struct by_end *by_end = row_alloc(row, sizeof(*by_end));

    *by_end = (struct by_end){ shown, row_alloc(row, (n + 1) * sizeof(*by_end->at)) };
    for (size_t i = 0; i < n; i++)
        by_end->at[i] =
            (struct ending){ renewing_at(shown, i)->metric, i, renewing_at(shown, i)->end_day };
    qsort(by_end->at, n, sizeof(*by_end->at), first_ending);
    return rows_of(fill_ending, by_end, n);
}

void review_part_renewals_cells(struct row *row, const struct review_shown *shown)
{
    row_rows(row, "renewals",
             row_for_pages(row) ? ending_rows(row, shown)
                                : rows_of(fill_renewal, shown, shown->review->renewals->n));
}

void review_part_renewals(const struct cmd_env *env, const struct review_shown *shown)
{
    static const struct column columns[] = {
        { .name = "ENDS", .key = "end" },
        { .name = "DAYS", .key = "days", .right = true },
        NAMED_DEAL_COLUMN,
        { .name = "HEALTH", .key = "healthShown", .dash = true },
        { .name = "INTENT", .key = "intent", .dash = true },
        { .name = "RENEWED BY",
          .key = "renewedShown",
          .fit = COLUMN_WRAP,
          .least = 14,
          .dash = true },
    };
    const size_t n = shown->review->renewals->n;
    struct row room = { .readers = ROW_FOR_PEOPLE };
    struct rows rows = ending_rows(&room, shown);

    rows.n = section_rows(n);
    section_format(env, "Renewals", "contracts that ended, or end soon");
    if (n == 0)
        fputs("none\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), rows);
    section_print_more(env, n, "review --json");
    row_release(&room);
}
