/* bench_duckdb LIBRARY DATABASE THREADS < SCRIPT - runs SQL with a libduckdb.so that is found when
 * it runs, and prints what its statements answer: columns by tabs, NULL as nothing.
 *
 * It replaces DuckDB's own command line, which its npm package does not hold, and keeps node out of
 * the figures. The package holds no header either: what is used of it is declared here, as duckdb.h
 * (src/include/duckdb.h in DuckDB's sources, 1.5) has it. */
#include "ledger/base/mem.h"

#include <stdio.h>
#include <stdlib.h>

#include <dlfcn.h>

typedef void *duckdb_database;
typedef void *duckdb_connection;
typedef void *duckdb_config;
typedef void *duckdb_extracted_statements;
typedef void *duckdb_prepared_statement;
typedef uint64_t idx_t;
typedef int duckdb_state; /* 0 is success */
typedef struct {
    idx_t column_count, row_count, rows_changed;
    void *columns;
    char *error_message;
    void *internal_data;
} duckdb_result;

static struct {
    duckdb_state (*create_config)(duckdb_config *out);
    duckdb_state (*set_config)(duckdb_config config, const char *name, const char *value);
    void (*destroy_config)(duckdb_config *config);
    duckdb_state (*open_ext)(const char *path, duckdb_database *out, duckdb_config config,
                             char **error);
    void (*close)(duckdb_database *database);
    duckdb_state (*connect)(duckdb_database database, duckdb_connection *out);
    void (*disconnect)(duckdb_connection *connection);
    idx_t (*extract_statements)(duckdb_connection connection, const char *query,
                                duckdb_extracted_statements *out);
    const char *(*extract_statements_error)(duckdb_extracted_statements statements);
    void (*destroy_extracted)(duckdb_extracted_statements *statements);
    duckdb_state (*prepare_extracted_statement)(duckdb_connection connection,
                                                duckdb_extracted_statements statements, idx_t index,
                                                duckdb_prepared_statement *out);
    const char *(*prepare_error)(duckdb_prepared_statement statement);
    void (*destroy_prepare)(duckdb_prepared_statement *statement);
    duckdb_state (*execute_prepared)(duckdb_prepared_statement statement, duckdb_result *out);
    const char *(*result_error)(duckdb_result *result);
    idx_t (*column_count)(duckdb_result *result);
    idx_t (*row_count)(duckdb_result *result);
    char *(*value_varchar)(duckdb_result *result, idx_t column, idx_t row);
    void (*destroy_result)(duckdb_result *result);
    void (*free)(void *bytes);
} duck;

static const struct {
    void *slot;
    const char *name;
} functions[] = {
    { &duck.create_config, "duckdb_create_config" },
    { &duck.set_config, "duckdb_set_config" },
    { &duck.destroy_config, "duckdb_destroy_config" },
    { &duck.open_ext, "duckdb_open_ext" },
    { &duck.close, "duckdb_close" },
    { &duck.connect, "duckdb_connect" },
    { &duck.disconnect, "duckdb_disconnect" },
    { &duck.extract_statements, "duckdb_extract_statements" },
    { &duck.extract_statements_error, "duckdb_extract_statements_error" },
    { &duck.destroy_extracted, "duckdb_destroy_extracted" },
    { &duck.prepare_extracted_statement, "duckdb_prepare_extracted_statement" },
    { &duck.prepare_error, "duckdb_prepare_error" },
    { &duck.destroy_prepare, "duckdb_destroy_prepare" },
    { &duck.execute_prepared, "duckdb_execute_prepared" },
    { &duck.result_error, "duckdb_result_error" },
    { &duck.column_count, "duckdb_column_count" },
    { &duck.row_count, "duckdb_row_count" },
    { &duck.value_varchar, "duckdb_value_varchar" },
    { &duck.destroy_result, "duckdb_destroy_result" },
    { &duck.free, "duckdb_free" },
};

static bool fail(const char *what)
{
    fprintf(stderr, "bench_duckdb: %s\n", what ? what : "no reason given");
    return false;
}

static bool load(const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);

    if (!library)
        return fail(dlerror());
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        void *found = dlsym(library, functions[i].name);

        if (!found)
            return fail(dlerror());
        memcpy(functions[i].slot, &found, sizeof(found));
    }
    return true;
}

/* A double is printed with as few digits as read back as the same. */
static void print(duckdb_result *result)
{
    idx_t columns = duck.column_count(result), rows = duck.row_count(result);

    for (idx_t row = 0; row < rows; row++)
        for (idx_t column = 0; column < columns; column++) {
            char *text = duck.value_varchar(result, column, row);

            printf("%s%c", text ? text : "", column + 1 < columns ? '\t' : '\n');
            duck.free(text);
        }
}

static bool run_one(duckdb_connection connection, duckdb_extracted_statements statements, idx_t i)
{
    duckdb_prepared_statement statement = NULL;
    duckdb_result result = { 0 };
    bool fine = true;

    if (duck.prepare_extracted_statement(connection, statements, i, &statement) != 0) {
        fine = fail(duck.prepare_error(statement));
    } else {
        if (duck.execute_prepared(statement, &result) != 0)
            fine = fail(duck.result_error(&result));
        else
            print(&result);
        duck.destroy_result(&result);
    }
    duck.destroy_prepare(&statement);
    return fine;
}

static bool run(duckdb_connection connection, const char *script)
{
    duckdb_extracted_statements statements = NULL;
    idx_t n = duck.extract_statements(connection, script, &statements);
    bool fine = n > 0;

    if (!fine)
        fail(duck.extract_statements_error(statements));
    for (idx_t i = 0; fine && i < n; i++)
        fine = run_one(connection, statements, i);
    duck.destroy_extracted(&statements);
    return fine;
}

/* Scripts one after the other, form feeds between them: windows of one name in two statements would
 * be refused where both are parsed together. */
static bool run_each(duckdb_connection connection, char *scripts)
{
    bool fine = true;

    for (char *script = strtok(scripts, "\f"); fine && script; script = strtok(NULL, "\f"))
        fine = run(connection, script);
    return fine;
}

static bool open_and_run(const char *path, const char *threads, char *scripts)
{
    duckdb_config config = NULL;
    duckdb_database database = NULL;
    duckdb_connection connection = NULL;
    char *error = NULL;
    bool fine;

    if (duck.create_config(&config) != 0 || duck.set_config(config, "threads", threads) != 0)
        fine = fail("cannot set the number of threads");
    else if (duck.open_ext(path, &database, config, &error) != 0)
        fine = fail(error);
    else if (duck.connect(database, &connection) != 0)
        fine = fail("cannot connect");
    else
        fine = run_each(connection, scripts);
    duck.free(error);
    duck.disconnect(&connection);
    duck.close(&database);
    duck.destroy_config(&config);
    return fine;
}

int main(int argc, char **argv)
{
    struct bc_buf script = { 0 };
    size_t n;
    bool fine;

    if (argc != 4) {
        fprintf(stderr, "usage: bench_duckdb LIBRARY DATABASE THREADS < SCRIPT\n");
        return 2;
    }
    do {
        n = fread(bc_buf_room(&script, 65536), 1, 65536, stdin);
        script.len += n;
    } while (n > 0);
    bc_buf_add_byte(&script, '\0');
    fine = load(argv[1]) && open_and_run(argv[2], argv[3], script.at);
    bc_buf_release(&script);
    if (fflush(stdout) != 0)
        fine = fail("cannot write the answer");
    return fine ? 0 : 1;
}
