/* tests/model/test_sqlite.c - the views of an exported database make the figures of a report: every
 * metric, in every slice, on random ledgers, under each of the clocks and other rules in turn. */
#include "projections/report/report.h"
#include "tests/model/law_database.h"
#include "tests/support/check.h"

#include <math.h>

enum { WORLDS = 24, TURNS = 2, COLUMNS = 9 };

static struct bc_report *report_of(const struct law_database *database)
{
    struct bc_question question = database->basis.question;
    int64_t as_of_us[HISTORY_ASKED_MAX];
    struct bc_report *report = NULL;
    struct bc_err err = { 0 };

    for (size_t i = 0; i < database->day_n; i++)
        as_of_us[i] = bc_zone_day_end(database->world->rules->zone, database->days[i]);
    question.as_of_us = as_of_us;
    question.date_n = database->day_n;
    check_ok(bc_report_make(&report, database->world->timelines, &question,
                            &(struct bc_report_options){ 0 }, &err),
             &err);
    return report;
}

static const struct bc_cell *cell_of(const struct law_database *database,
                                     const struct bc_report *report, const char *const *texts)
{
    const bc_rules *rules = database->world->rules;
    const struct bc_metric_rule *metric = bc_rules_metric(rules, bc_str_of(texts[2]));
    const int slice = bc_rules_slice(rules, bc_str_of(texts[1]));
    size_t date = 0;
    int32_t day;

    assert_true(bc_day_parse(&day, bc_str_of(texts[0])));
    while (date < database->day_n && database->days[date] != day)
        date++;
    if (!metric || slice < 0 || date == database->day_n)
        fail_msg("nobody asked for %s of %s on %s", texts[2], texts[1], texts[0]);
    return bc_report_cell(report, date, (size_t)(metric - rules->metrics), (size_t)slice);
}

static bool same(sqlite3_stmt *row, int column, bool has, double want)
{
    if (!has || sqlite3_column_type(row, column) == SQLITE_NULL)
        return !has && sqlite3_column_type(row, column) == SQLITE_NULL;
    return fabs(sqlite3_column_double(row, column) - want) <= 1e-12 * fmax(1, fabs(want));
}

static void check_row(const struct law_database *database, const struct bc_report *report,
                      sqlite3_stmt *row)
{
    const char *texts[3];
    const struct bc_cell *cell;
    enum bc_measure measure;
    bool rate;

    for (int i = 0; i < 3; i++)
        texts[i] = (const char *)sqlite3_column_text(row, i);
    cell = cell_of(database, report, texts);
    measure = bc_rules_kind(bc_rules_metric(database->world->rules, bc_str_of(texts[2])))->measure;
    rate = measure == BC_MEASURE_RATE;
    if (!same(row, 3, cell->has_value, cell->value) || !same(row, 4, true, (double)cell->n) ||
        (rate && !same(row, 5, true, (double)cell->hit)) ||
        !same(row, 6, measure != BC_MEASURE_COUNT, (double)cell->n) ||
        !same(row, 7, rate && cell->has_value, cell->low) ||
        !same(row, 8, rate && cell->has_value, cell->high))
        fail_msg("asked in way %zu, %s of %s on %s: %s, n %s, numerator %s, %s to %s; wanted %.17g "
                 "(%d), n "
                 "%llu, hits %llu, %.17g to %.17g",
                 database->way, texts[2], texts[1], texts[0], sqlite3_column_text(row, 3),
                 sqlite3_column_text(row, 4), sqlite3_column_text(row, 5),
                 sqlite3_column_text(row, 7), sqlite3_column_text(row, 8), cell->value,
                 cell->has_value, (unsigned long long)cell->n, (unsigned long long)cell->hit,
                 cell->low, cell->high);
}

static size_t check_rows(const struct law_database *database, const struct bc_report *report)
{
    sqlite3_stmt *rows = law_database_ask(database, "SELECT * FROM metrics", NULL, 0);
    size_t n = 0;
    int rc;

    assert_int_equal(sqlite3_column_count(rows), COLUMNS);
    for (; (rc = sqlite3_step(rows)) == SQLITE_ROW; n++)
        check_row(database, report, rows);
    assert_int_equal(rc, SQLITE_DONE);
    (void)sqlite3_finalize(rows);
    return n;
}

static size_t compare(const struct law_world *world, size_t way)
{
    const size_t figures = world->rules->metric_n * world->rules->slice_n;
    struct law_database database;
    struct bc_report *report;
    size_t values;

    law_database_open(&database, world, way);
    report = report_of(&database);
    values = database.day_n * figures;
    assert_int_equal(check_rows(&database, report), values);
    bc_report_free(report);
    law_database_close(&database);
    return values;
}

static void views_give_the_figures_of_a_report(void **state)
{
    size_t values = 0;

    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (unsigned turn = 0; turn < TURNS; turn++)
            values += compare(&world, n + turn);
        law_world_close(&world);
    }
    assert_true(values > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_give_the_figures_of_a_report),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
