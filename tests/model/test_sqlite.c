/* tests/model/test_sqlite.c - the views of an exported database make the figures of a report: every
 * metric, in every slice, on random ledgers, under each of the clocks and other rules in turn. */
#include "projections/report/report.h"
#include "tests/model/law_world.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tools/export/sqlite_file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

enum { WORLDS = 24, TURNS = 3, COLUMNS = 9 };

/* --- asked --- */

/* What a database and a report are asked of a world. */
struct asked {
    const struct law_world *world;
    unsigned n;
    struct basis basis;
    int32_t days[HISTORY_ASKED_MAX];
    size_t day_n;
};

static int by_number(const void *a, const void *b)
{
    const int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;

    return (left > right) - (left < right);
}

/* The days of the world's dates, each once. */
static void take_days(struct asked *asked)
{
    const struct history *history = &asked->world->history;
    int32_t days[HISTORY_ASKED_MAX];

    for (size_t i = 0; i < history->asked_n; i++)
        days[i] = bc_zone_day(asked->world->rules->zone, history->asked[i]);
    qsort(days, history->asked_n, sizeof(*days), by_number);
    for (size_t i = 0; i < history->asked_n; i++)
        if (i == 0 || days[i] != days[i - 1])
            asked->days[asked->day_n++] = days[i];
}

static struct asked ask(const struct law_world *world, unsigned n, unsigned turn)
{
    const struct recount_question question = law_question(world, n + turn);
    struct asked asked = { .world = world, .n = n };

    asked.basis = (struct basis){ .log = world->log,
                                  .timelines = world->timelines,
                                  .rules = world->rules,
                                  .question = law_asked(&question),
                                  .as_of_us = question.as_of_us };
    take_days(&asked);
    return asked;
}

static struct bc_report *report_of(const struct asked *asked)
{
    struct bc_question question = asked->basis.question;
    int64_t as_of_us[HISTORY_ASKED_MAX];
    struct bc_report *report = NULL;
    struct bc_err err = { 0 };

    for (size_t i = 0; i < asked->day_n; i++)
        as_of_us[i] = bc_zone_day_end(asked->world->rules->zone, asked->days[i]);
    question.as_of_us = as_of_us;
    question.date_n = asked->day_n;
    check_ok(bc_report_make(&report, asked->world->timelines, &question,
                            &(struct bc_report_options){ 0 }, &err),
             &err);
    return report;
}

static sqlite3 *database_of(struct asked *asked, const char *path)
{
    const struct cmd_env env = { .out = stdout, .err = stderr };
    const struct tables_ask ask = {
        .basis = &asked->basis, .asked = asked->days, .asked_n = asked->day_n, .wanted = TABLES_ALL
    };
    struct tables_left left = { 0 };
    struct bc_err err = { 0 };
    sqlite3 *db = NULL;

    asked->basis.question.as_of_us = &asked->basis.as_of_us;
    check_ok(sqlite_file_write(path, &ask, &env, &left, &err), &err);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    return db;
}

/* --- compared --- */

static const struct bc_cell *cell_of(const struct asked *asked, const struct bc_report *report,
                                     const char *const *texts)
{
    const bc_rules *rules = asked->world->rules;
    const struct bc_metric_rule *metric = bc_rules_metric(rules, bc_str_of(texts[2]));
    const int slice = bc_rules_slice(rules, bc_str_of(texts[1]));
    size_t date = 0;
    int32_t day;

    assert_true(bc_day_parse(&day, bc_str_of(texts[0])));
    while (date < asked->day_n && asked->days[date] != day)
        date++;
    if (!metric || slice < 0 || date == asked->day_n)
        fail_msg("nobody asked for %s of %s on %s", texts[2], texts[1], texts[0]);
    return bc_report_cell(report, date, (size_t)(metric - rules->metrics), (size_t)slice);
}

static bool same(sqlite3_stmt *row, int column, bool has, double want)
{
    if (!has || sqlite3_column_type(row, column) == SQLITE_NULL)
        return !has && sqlite3_column_type(row, column) == SQLITE_NULL;
    return fabs(sqlite3_column_double(row, column) - want) <= 1e-12 * fmax(1, fabs(want));
}

static void check_row(const struct asked *asked, const struct bc_report *report, sqlite3_stmt *row)
{
    const char *texts[3];
    const struct bc_cell *cell;
    enum bc_measure measure;
    bool rate;

    for (int i = 0; i < 3; i++)
        texts[i] = (const char *)sqlite3_column_text(row, i);
    cell = cell_of(asked, report, texts);
    measure = bc_rules_kind(bc_rules_metric(asked->world->rules, bc_str_of(texts[2])))->measure;
    rate = measure == BC_MEASURE_RATE;
    if (!same(row, 3, cell->has_value, cell->value) || !same(row, 4, true, (double)cell->n) ||
        (rate && !same(row, 5, true, (double)cell->hit)) ||
        !same(row, 6, measure != BC_MEASURE_COUNT, (double)cell->n) ||
        !same(row, 7, rate && cell->has_value, cell->low) ||
        !same(row, 8, rate && cell->has_value, cell->high))
        fail_msg("world %u, %s of %s on %s: %s, n %s, numerator %s, %s to %s; wanted %.17g (%d), n "
                 "%llu, hits %llu, %.17g to %.17g",
                 asked->n, texts[2], texts[1], texts[0], sqlite3_column_text(row, 3),
                 sqlite3_column_text(row, 4), sqlite3_column_text(row, 5),
                 sqlite3_column_text(row, 7), sqlite3_column_text(row, 8), cell->value,
                 cell->has_value, (unsigned long long)cell->n, (unsigned long long)cell->hit,
                 cell->low, cell->high);
}

static size_t check_rows(const struct asked *asked, const struct bc_report *report, sqlite3 *db)
{
    sqlite3_stmt *rows = NULL;
    size_t n = 0;
    int rc;

    rc = sqlite3_prepare_v2(db, "SELECT * FROM metrics", -1, &rows, NULL);
    if (rc != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    assert_int_equal(sqlite3_column_count(rows), COLUMNS);
    for (; (rc = sqlite3_step(rows)) == SQLITE_ROW; n++)
        check_row(asked, report, rows);
    assert_int_equal(rc, SQLITE_DONE);
    (void)sqlite3_finalize(rows);
    return n;
}

static void views_give_the_figures_of_a_report(void **state)
{
    char folder[FOLDER_PATH], path[FOLDER_PATH + 16];
    size_t values = 0;

    (void)state;
    folder_make(folder);
    (void)snprintf(path, sizeof(path), "%s/figures.db", folder);
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (unsigned turn = 0; turn < TURNS; turn++) {
            struct asked asked = ask(&world, n, turn);
            struct bc_report *report = report_of(&asked);
            sqlite3 *db = database_of(&asked, path);
            const size_t all = asked.day_n * world.rules->metric_n * world.rules->slice_n;

            assert_int_equal(check_rows(&asked, report, db), all);
            values += all;
            (void)sqlite3_close(db);
            bc_report_free(report);
        }
        law_world_close(&world);
    }
    folder_remove(folder);
    assert_true(values > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_give_the_figures_of_a_report),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
