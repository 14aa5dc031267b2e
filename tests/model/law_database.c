#include "tests/model/law_database.h"

#include "tests/support/check.h"
#include "tools/export/sqlite_file.h"

#include <stdio.h>

static int by_number(const void *a, const void *b)
{
    const int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;

    return (left > right) - (left < right);
}

static void take_days(struct law_database *database)
{
    const struct history *history = &database->world->history;
    int32_t days[HISTORY_ASKED_MAX];

    for (size_t i = 0; i < history->asked_n; i++)
        days[i] = bc_zone_day(database->world->rules->zone, history->asked[i]);
    qsort(days, history->asked_n, sizeof(*days), by_number);
    for (size_t i = 0; i < history->asked_n; i++)
        if (i == 0 || days[i] != days[i - 1])
            database->days[database->day_n++] = days[i];
}

static void write(struct law_database *database, const char *path)
{
    const struct cmd_env env = { .out = stdout, .err = stderr };
    const struct tables_ask ask = { .basis = &database->basis,
                                    .asked = database->days,
                                    .asked_n = database->day_n,
                                    .wanted = TABLES_ALL };
    struct tables_left left = { 0 };
    struct bc_err err = { 0 };

    check_ok(sqlite_file_write(path, &ask, &env, &left, &err), &err);
}

void law_database_open(struct law_database *out, const struct law_world *world, size_t i)
{
    char path[FOLDER_PATH + 16];

    *out = (struct law_database){ .world = world, .way = i, .question = law_question(world, i) };
    out->basis = (struct basis){ .log = world->log,
                                 .timelines = world->timelines,
                                 .rules = world->rules,
                                 .question = law_asked(&out->question),
                                 .as_of_us = out->question.as_of_us };
    take_days(out);
    folder_make(out->folder);
    (void)snprintf(path, sizeof(path), "%s/ledger.db", out->folder);
    write(out, path);
    assert_int_equal(sqlite3_open_v2(path, &out->db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
}

void law_database_close(struct law_database *database)
{
    assert_int_equal(sqlite3_close(database->db), SQLITE_OK);
    folder_remove(database->folder);
}

sqlite3_stmt *law_database_ask(const struct law_database *database, const char *sql,
                               const struct bc_str *texts, size_t n)
{
    sqlite3_stmt *asked = NULL;

    if (sqlite3_prepare_v2(database->db, sql, -1, &asked, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(database->db));
    for (size_t i = 0; i < n; i++)
        assert_int_equal(sqlite3_bind_text(asked, (int)i + 1, texts[i].len ? texts[i].at : "",
                                           (int)texts[i].len, SQLITE_TRANSIENT),
                         SQLITE_OK);
    return asked;
}
