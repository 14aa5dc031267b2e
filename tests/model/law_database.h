/* tests/model/law_database.h - a random ledger as the database that `export sqlite` makes of it. */
#ifndef BC_TESTS_MODEL_LAW_DATABASE_H
#define BC_TESTS_MODEL_LAW_DATABASE_H

#include "tests/model/law_world.h"
#include "tests/support/folder.h"
#include "tools/ask/basis.h"

#include <sqlite3.h>

struct law_database {
    const struct law_world *world; /* borrowed */
    size_t way;                    /* of asking, for messages */
    struct recount_question question;
    struct basis basis;
    int32_t days[HISTORY_ASKED_MAX]; /* those of the world's dates, each once */
    size_t day_n;
    char folder[FOLDER_PATH];
    sqlite3 *db;
};

/* By the i-th way of asking about the world. */
void law_database_open(struct law_database *out, const struct law_world *world, size_t i);
void law_database_close(struct law_database *database);

/* A statement with these texts bound, which the caller finalizes; fails the test where it is none.
 */
sqlite3_stmt *law_database_ask(const struct law_database *database, const char *sql,
                               const struct bc_str *texts, size_t n);

#endif
