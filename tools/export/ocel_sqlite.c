#include "tools/export/ocel_sqlite.h"

#include "ledger/base/instant.h"
#include "projections/facts/string_table.h"
#include "tools/export/sqlite_error.h"

#include <assert.h>
#include <stdlib.h>

#include <sqlite3.h>

enum { COLUMN_MOST = 1900 }; /* of one type; a table of SQLite's has at most 2000 */

/* A type with its table. */
struct type {
    struct bc_str name, table; /* "enter discovery", "event_EnterDiscovery" */
    bool of_events;
    struct bc_str *columns; /* attributes, in the order of the log, */
    struct bc_str *names;   /* and what they are called in the table */
    const char **kinds;     /* of each its type */
    size_t column_n, fixed; /* columns before these */
    sqlite3_stmt *insert;
};

enum list { EVENT, OBJECT, EVENT_OBJECT, OBJECT_OBJECT, LIST_N };

struct sqlite_sink {
    struct ocel_sink sink;
    sqlite3 *db;
    const char *path;
    sqlite3_stmt *lists[LIST_N];
    struct type *types;
    size_t type_n, type_cap;
    bc_string_table *tables; /* names in small letters */
    bc_string_table *keys;   /* of `types`, in their order: "e" or "o", and the name */
    bc_arena *arena;
    uint64_t renamed;
    struct bc_buf sql, id;
    struct bc_buf object_id;        /* of the current one, */
    const struct type *object_type; /* and its type */
};

static const char schema[] =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;\n"
    "BEGIN;\n"
    "CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);\n"
    "CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);\n"
    "CREATE TABLE event (ocel_id TEXT PRIMARY KEY,\n"
    "    ocel_type TEXT REFERENCES event_map_type(ocel_type));\n"
    "CREATE TABLE object (ocel_id TEXT PRIMARY KEY,\n"
    "    ocel_type TEXT REFERENCES object_map_type(ocel_type));\n"
    "CREATE TABLE event_object (ocel_event_id TEXT REFERENCES event(ocel_id),\n"
    "    ocel_object_id TEXT REFERENCES object(ocel_id), ocel_qualifier TEXT,\n"
    "    PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));\n"
    "CREATE TABLE object_object (ocel_source_id TEXT REFERENCES object(ocel_id),\n"
    "    ocel_target_id TEXT REFERENCES object(ocel_id), ocel_qualifier TEXT,\n"
    "    PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));\n";

static bc_status failed(const struct sqlite_sink *sink, struct bc_err *err)
{
    return sqlite_error(sink->db, sink->path, err);
}

static bc_status run(struct sqlite_sink *sink, struct bc_err *err)
{
    bc_buf_add_byte(&sink->sql, '\0');
    return sqlite3_exec(sink->db, sink->sql.at, NULL, NULL, NULL) == SQLITE_OK ? BC_OK
                                                                               : failed(sink, err);
}

static bc_status prepare(struct sqlite_sink *sink, sqlite3_stmt **out, struct bc_err *err)
{
    const int rc = sqlite3_prepare_v3(sink->db, sink->sql.at, (int)sink->sql.len,
                                      SQLITE_PREPARE_PERSISTENT, out, NULL);

    return rc == SQLITE_OK ? BC_OK : failed(sink, err);
}

/* --- names --- */

/* Within quotes: a name. */
static void add_quoted(struct bc_buf *sql, struct bc_str name)
{
    bc_buf_add_byte(sql, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '"')
            bc_buf_add_byte(sql, '"');
        bc_buf_add_byte(sql, name.at[i]);
    }
    bc_buf_add_byte(sql, '"');
}

/* As SQLite compares names: ASCII alone. */
static char small_letter(char byte)
{
    static const char small[] = "abcdefghijklmnopqrstuvwxyz";

    if (byte >= 'A' && byte <= 'Z')
        return small[byte - 'A'];
    return byte;
}

static char large_letter(char byte)
{
    static const char large[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    if (byte >= 'a' && byte <= 'z')
        return large[byte - 'a'];
    return byte;
}

/* Takes a name that none of `taken` is, in SQLite's eyes: with a number after it, if need be. */
static struct bc_str free_name(struct sqlite_sink *sink, bc_string_table *taken, struct bc_str name,
                               bool *renamed)
{
    struct bc_buf whole = { 0 };
    struct bc_str kept;
    size_t number = 1;

    for (;;) {
        struct bc_buf small = { 0 };
        uint32_t found;

        whole.len = 0;
        bc_buf_add_str(&whole, name);
        if (number > 1)
            bc_buf_printf(&whole, "_%zu", number);
        for (size_t i = 0; i < whole.len; i++)
            bc_buf_add_byte(&small, small_letter(whole.at[i]));
        found = bc_string_table_find(taken, bc_buf_str(&small));
        if (found == BC_WORD_NONE)
            (void)bc_string_table_add(taken, bc_buf_str(&small));
        bc_buf_release(&small);
        if (found == BC_WORD_NONE)
            break;
        number++;
    }
    *renamed = number > 1;
    kept = bc_arena_copy(sink->arena, bc_buf_str(&whole));
    bc_buf_release(&whole);
    return kept;
}

static bool is_plain(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

/* "enter discovery" is EnterDiscovery; the prefix is of the table. */
static struct bc_str table_name(struct sqlite_sink *sink, const char *prefix, struct bc_str type)
{
    bool begins = true, renamed;

    sink->id.len = 0;
    bc_buf_add_str(&sink->id, bc_str_of(prefix));
    for (size_t i = 0; i < type.len; i++) {
        const char byte = type.at[i];

        if (is_plain(byte) && begins)
            bc_buf_add_byte(&sink->id, large_letter(byte));
        else if (is_plain(byte))
            bc_buf_add_byte(&sink->id, byte);
        begins = !is_plain(byte);
    }
    return free_name(sink, sink->tables, bc_buf_str(&sink->id), &renamed);
}

/* --- tables --- */

static const char *column_type(const char *type)
{
    if (strcmp(type, "time") == 0)
        return "TIMESTAMP";
    return strcmp(type, "boolean") == 0 ? "BOOLEAN" : "TEXT";
}

/* The table's columns, in which attributes may not be called as the standard's own. */
static void add_columns(struct sqlite_sink *sink, struct type *type,
                        const struct ocel_column *columns)
{
    static const char *const own[] = { "ocel_id", "ocel_time", "ocel_changed_field" };
    bc_string_table *taken = bc_string_table_new();

    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        (void)bc_string_table_add(taken, bc_str_of(own[i]));
    for (size_t i = 0; i < type->column_n; i++) {
        bool renamed;
        const struct bc_str name = free_name(sink, taken, columns[i].name, &renamed);

        sink->renamed += renamed;
        type->names[i] = name;
        type->columns[i] = bc_arena_copy(sink->arena, columns[i].name);
        type->kinds[i] = columns[i].type;
        bc_buf_add_str(&sink->sql, BC_STR(", "));
        add_quoted(&sink->sql, name);
        bc_buf_printf(&sink->sql, " %s", column_type(columns[i].type));
    }
    bc_string_table_free(taken);
}

static bc_status add_table(struct sqlite_sink *sink, struct type *type,
                           const struct ocel_column *columns, struct bc_err *err)
{
    const char *of = type->of_events ? "event" : "object";

    sink->sql.len = 0;
    bc_buf_add_str(&sink->sql, BC_STR("CREATE TABLE "));
    add_quoted(&sink->sql, type->table);
    bc_buf_printf(&sink->sql, " (ocel_id TEXT %sREFERENCES %s(ocel_id), ocel_time TIMESTAMP%s",
                  type->of_events ? "PRIMARY KEY " : "", of,
                  type->of_events ? "" : ", ocel_changed_field TEXT");
    add_columns(sink, type, columns);
    bc_buf_add_str(&sink->sql, BC_STR(")"));
    return run(sink, err);
}

static bc_status add_insert(struct sqlite_sink *sink, struct type *type, struct bc_err *err)
{
    sink->sql.len = 0;
    bc_buf_add_str(&sink->sql, BC_STR("INSERT INTO "));
    add_quoted(&sink->sql, type->table);
    bc_buf_add_str(&sink->sql, BC_STR(" VALUES (?"));
    for (size_t i = 1; i < type->fixed + type->column_n; i++)
        bc_buf_add_str(&sink->sql, BC_STR(", ?"));
    bc_buf_add_byte(&sink->sql, ')');
    return prepare(sink, &type->insert, err);
}

static int bind_text(sqlite3_stmt *insert, int at, struct bc_str text)
{
    return sqlite3_bind_text64(insert, at, text.len ? text.at : "", text.len, SQLITE_STATIC,
                               SQLITE_UTF8);
}

/* Does what was bound, and binds nothing more. */
static bc_status step(const struct sqlite_sink *sink, sqlite3_stmt *insert, struct bc_err *err)
{
    const int rc = sqlite3_step(insert);
    bc_status status = rc == SQLITE_DONE ? BC_OK : failed(sink, err);

    (void)sqlite3_reset(insert);
    (void)sqlite3_clear_bindings(insert);
    return status;
}

static bc_status add_map(struct sqlite_sink *sink, const struct type *type, struct bc_err *err)
{
    const size_t prefix = type->of_events ? sizeof("event_") - 1 : sizeof("object_") - 1;
    sqlite3_stmt *insert = NULL;
    bc_status rc;

    sink->sql.len = 0;
    bc_buf_printf(&sink->sql, "INSERT INTO %s_map_type VALUES (?, ?)",
                  type->of_events ? "event" : "object");
    rc = prepare(sink, &insert, err);
    if (rc == BC_OK &&
        (bind_text(insert, 1, type->name) != SQLITE_OK ||
         bind_text(insert, 2, bc_str_part(type->table, prefix, type->table.len)) != SQLITE_OK))
        rc = failed(sink, err);
    if (rc == BC_OK)
        rc = step(sink, insert, err);
    (void)sqlite3_finalize(insert);
    return rc;
}

static struct bc_str key_of(struct sqlite_sink *sink, bool of_events, struct bc_str name)
{
    sink->id.len = 0;
    bc_buf_add_byte(&sink->id, of_events ? 'e' : 'o');
    bc_buf_add_str(&sink->id, name);
    return bc_buf_str(&sink->id);
}

static bc_status add_type(struct sqlite_sink *sink, bool of_events, struct bc_str name,
                          const struct ocel_column *columns, size_t n, struct bc_err *err)
{
    struct type *type;
    bc_status rc;

    if (n > COLUMN_MOST)
        return bc_err_set(err, BC_E_INPUT,
                          "deals have %zu different properties, more than a table of SQLite's has "
                          "room for; the same as JSON has no such limit",
                          n);
    BC_GROW(sink->types, sink->type_n, sink->type_cap);
    type = &sink->types[sink->type_n++];
    *type = (struct type){ .name = bc_arena_copy(sink->arena, name),
                           .table = table_name(sink, of_events ? "event_" : "object_", name),
                           .of_events = of_events,
                           .columns = bc_arena_alloc(sink->arena, n * sizeof(*type->columns)),
                           .names = bc_arena_alloc(sink->arena, n * sizeof(*type->names)),
                           .kinds = bc_arena_alloc(sink->arena, n * sizeof(*type->kinds)),
                           .column_n = n,
                           .fixed = of_events ? 2 : 3 };
    (void)bc_string_table_add(sink->keys, key_of(sink, of_events, name));
    rc = add_table(sink, type, columns, err);
    if (rc == BC_OK)
        rc = add_map(sink, type, err);
    return rc == BC_OK ? add_insert(sink, type, err) : rc;
}

static bc_status on_object_type(struct ocel_sink *self, struct bc_str name,
                                const struct ocel_column *columns, size_t n, struct bc_err *err)
{
    return add_type((struct sqlite_sink *)self, false, name, columns, n, err);
}

static bc_status on_event_type(struct ocel_sink *self, struct bc_str name,
                               const struct ocel_column *columns, size_t n, struct bc_err *err)
{
    return add_type((struct sqlite_sink *)self, true, name, columns, n, err);
}

/* --- rows --- */

static const struct type *type_of(struct sqlite_sink *sink, bool of_events, struct bc_str name)
{
    const uint32_t number = bc_string_table_find(sink->keys, key_of(sink, of_events, name));

    assert(number > 0 && number <= sink->type_n); /* 0 is the empty text */
    return &sink->types[number - 1];
}

static int column_of(const struct type *type, struct bc_str name)
{
    size_t i = 0;

    while (!bc_str_eq(type->columns[i], name)) {
        i++;
        assert(i < type->column_n);
    }
    return (int)i;
}

/* The value of an attribute in the row that is being bound. */
static int bind_value(const struct type *type, struct bc_str name, struct bc_str value)
{
    const int column = column_of(type, name);
    const int at = column + (int)type->fixed + 1;

    return strcmp(type->kinds[column], "boolean") == 0
               ? sqlite3_bind_int(type->insert, at, bc_str_eq(value, BC_STR("true")))
               : bind_text(type->insert, at, value);
}

static int bind_time(sqlite3_stmt *insert, int at, int64_t us)
{
    char text[BC_INSTANT_LEN];

    bc_instant_print(text, us);
    return sqlite3_bind_text(insert, at, text, -1, SQLITE_TRANSIENT);
}

/* A row of one of the tables that all logs have; the third text may be none. */
static bc_status add_row(const struct sqlite_sink *sink, enum list list, struct bc_str first,
                         struct bc_str second, struct bc_str third, struct bc_err *err)
{
    sqlite3_stmt *insert = sink->lists[list];
    int rc = bind_text(insert, 1, first);

    if (rc == SQLITE_OK)
        rc = bind_text(insert, 2, second);
    if (rc == SQLITE_OK && (list == EVENT_OBJECT || list == OBJECT_OBJECT))
        rc = bind_text(insert, 3, third);
    return rc == SQLITE_OK ? step(sink, insert, err) : failed(sink, err);
}

static bc_status on_event(struct ocel_sink *self, const struct ocel_event *event,
                          struct bc_err *err)
{
    struct sqlite_sink *sink = (struct sqlite_sink *)self;
    const struct type *type = type_of(sink, true, event->type);
    const struct ocel_facts *facts = event->facts;
    bc_status rc = add_row(sink, EVENT, event->id, event->type, (struct bc_str){ 0 }, err);
    int bound = bind_text(type->insert, 1, event->id);

    if (bound == SQLITE_OK)
        bound = bind_time(type->insert, 2, event->us);
    for (size_t i = 0; bound == SQLITE_OK && i < facts->value_n; i++)
        bound = bind_value(type, facts->values[i].name, facts->values[i].text);
    if (rc == BC_OK)
        rc = bound == SQLITE_OK ? step(sink, type->insert, err) : failed(sink, err);
    for (size_t i = 0; rc == BC_OK && i < facts->relation_n; i++) {
        ocel_object_id(&sink->id, facts->relations[i].type, facts->relations[i].id);
        rc = add_row(sink, EVENT_OBJECT, event->id, bc_buf_str(&sink->id),
                     bc_str_of(facts->relations[i].qualifier), err);
    }
    return rc;
}

static bc_status on_object(struct ocel_sink *self, struct bc_str id, struct bc_str type,
                           struct bc_err *err)
{
    struct sqlite_sink *sink = (struct sqlite_sink *)self;

    sink->object_type = type_of(sink, false, type);
    sink->object_id.len = 0;
    bc_buf_add_str(&sink->object_id, id);
    return add_row(sink, OBJECT, id, type, (struct bc_str){ 0 }, err);
}

/* What an object always was is a row without a changed field; each change is one that names it. */
static bc_status on_value(struct ocel_sink *self, struct bc_str name, struct bc_str value,
                          int64_t us, struct bc_err *err)
{
    struct sqlite_sink *sink = (struct sqlite_sink *)self;
    const struct type *type = sink->object_type;
    int rc = bind_text(type->insert, 1, bc_buf_str(&sink->object_id));

    if (rc == SQLITE_OK)
        rc = bind_time(type->insert, 2, us);
    if (rc == SQLITE_OK && us > 0)
        rc = bind_text(type->insert, 3, type->names[column_of(type, name)]);
    if (rc == SQLITE_OK)
        rc = bind_value(type, name, value);
    return rc == SQLITE_OK ? step(sink, type->insert, err) : failed(sink, err);
}

static bc_status on_relation(struct ocel_sink *self, struct bc_str object, struct bc_str qualifier,
                             struct bc_err *err)
{
    struct sqlite_sink *sink = (struct sqlite_sink *)self;

    return add_row(sink, OBJECT_OBJECT, bc_buf_str(&sink->object_id), object, qualifier, err);
}

static bc_status on_end(struct ocel_sink *self, struct bc_err *err)
{
    struct sqlite_sink *sink = (struct sqlite_sink *)self;

    sink->sql.len = 0;
    bc_buf_add_str(&sink->sql, BC_STR("CREATE INDEX event_object_by_object ON "
                                      "event_object(ocel_object_id);\nCOMMIT;"));
    return run(sink, err);
}

/* --- the file --- */

static bc_status begin(struct sqlite_sink *sink, const char *name, struct bc_err *err)
{
    static const char *const inserts[LIST_N] = { "event VALUES (?, ?)", "object VALUES (?, ?)",
                                                 "event_object VALUES (?, ?, ?)",
                                                 "object_object VALUES (?, ?, ?)" };
    static const char *const taken[] = { "event",        "object",        "event_map_type",
                                         "event_object", "object_object", "object_map_type" };
    bc_status rc = BC_OK;

    for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
        (void)bc_string_table_add(sink->tables, bc_str_of(taken[i]));
    if (sqlite3_open_v2(name, &sink->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        return failed(sink, err);
    bc_buf_add(&sink->sql, schema, sizeof(schema) - 1);
    rc = run(sink, err);
    for (enum list i = 0; rc == BC_OK && i < LIST_N; i++) {
        sink->sql.len = 0;
        bc_buf_printf(&sink->sql, "INSERT INTO %s", inserts[i]);
        rc = prepare(sink, &sink->lists[i], err);
    }
    return rc;
}

static bc_status end(struct sqlite_sink *sink, bc_status rc, struct bc_err *err)
{
    for (enum list i = 0; i < LIST_N; i++)
        (void)sqlite3_finalize(sink->lists[i]);
    for (size_t i = 0; i < sink->type_n; i++)
        (void)sqlite3_finalize(sink->types[i].insert);
    if (sqlite3_close(sink->db) != SQLITE_OK && rc == BC_OK)
        rc = failed(sink, err);
    free(sink->types);
    bc_string_table_free(sink->tables);
    bc_string_table_free(sink->keys);
    bc_arena_free(sink->arena);
    bc_buf_release(&sink->sql);
    bc_buf_release(&sink->id);
    bc_buf_release(&sink->object_id);
    return rc;
}

bc_status ocel_sqlite_write(const char *name, const char *path, struct ocel_log_out *out,
                            uint64_t *renamed, const struct counted *counted, const bc_rules *rules,
                            struct progress *progress, struct bc_err *err)
{
    struct sqlite_sink sink = { .sink = { .object_type = on_object_type,
                                          .event_type = on_event_type,
                                          .event = on_event,
                                          .object = on_object,
                                          .value = on_value,
                                          .relation = on_relation,
                                          .end = on_end },
                                .path = path,
                                .tables = bc_string_table_new(),
                                .keys = bc_string_table_new(),
                                .arena = bc_arena_new() };
    bc_status rc = begin(&sink, name, err);

    if (rc == BC_OK)
        rc = ocel_log_write(&sink.sink, out, counted, rules, progress, err);
    *renamed = sink.renamed;
    return end(&sink, rc, err);
}
