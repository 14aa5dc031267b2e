/* Events are in a table for each type, so the order in which they came is made first, in temporary
 * tables of SQLite's own: of each event its number, its type's number, and its row there; and of
 * each number the objects. */
#include "tools/import/ocel/ocel_database.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <sqlite3.h>

enum { VALUE_MAX = 16 << 20 }; /* bytes of a cell */

/* A type of events or objects, with its table. */
struct type {
    char *name, *table;
    sqlite3_stmt *rows;
};

struct ocel_database {
    sqlite3 *db;
    const char *path;
    struct type *of_events, *of_objects;
    size_t event_n, event_cap, object_n, object_cap;
    struct ocel_left left;
    struct ocel_entry entry;
    struct bc_buf sql;
};

bool ocel_database_is(const char *path)
{
    static const char magic[] = "SQLite format 3"; /* with its NUL */
    char begin[sizeof(magic)];
    struct stat status;
    FILE *file;
    bool is;

    /* What was read of a pipe is gone. */
    if (strcmp(path, "-") == 0 || stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    file = fopen(path, "rb");
    if (!file)
        return false;
    is = fread(begin, 1, sizeof(begin), file) == sizeof(begin) &&
         memcmp(begin, magic, sizeof(magic)) == 0;
    (void)fclose(file);
    return is;
}

/* At once after the call that failed. */
static bc_status failed(const ocel_database *self, struct bc_err *err)
{
    const int code = self->db ? sqlite3_errcode(self->db) & 0xff : SQLITE_NOMEM;

    if (code == SQLITE_IOERR || code == SQLITE_FULL || code == SQLITE_CANTOPEN ||
        code == SQLITE_PERM || code == SQLITE_NOMEM || code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return bc_err_set(err, BC_E_IO, "cannot read %s: %s", self->path,
                          self->db ? sqlite3_errmsg(self->db) : sqlite3_errstr(code));
    bc_err_set(err, BC_E_INPUT, "no OCEL log that SQLite can read: %s", sqlite3_errmsg(self->db));
    return bc_err_in(err, BC_E_INPUT, "%s:1:1", self->path);
}

static bc_status fault(const ocel_database *self, struct bc_err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bc_status fault(const ocel_database *self, struct bc_err *err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)bc_err_vset(err, BC_E_INPUT, format, args);
    va_end(args);
    return bc_err_in(err, BC_E_INPUT, "%s:%" PRIu64 ":1", self->path, self->entry.at.line);
}

static bc_status run(const ocel_database *self, const char *sql, struct bc_err *err)
{
    return sqlite3_exec(self->db, sql, NULL, NULL, NULL) == SQLITE_OK ? BC_OK : failed(self, err);
}

static bc_status prepare(const ocel_database *self, sqlite3_stmt **out, const char *sql,
                         struct bc_err *err)
{
    return sqlite3_prepare_v2(self->db, sql, -1, out, NULL) == SQLITE_OK ? BC_OK
                                                                         : failed(self, err);
}

/* BC_OK: a row. BC_DONE: there is none more. */
static bc_status step(const ocel_database *self, sqlite3_stmt *rows, struct bc_err *err)
{
    const int rc = sqlite3_step(rows);

    return rc == SQLITE_ROW ? BC_OK : rc == SQLITE_DONE ? BC_DONE : failed(self, err);
}

/* --- what is there --- */

/* A table, and not something that computes its rows. */
static bc_status check_table(const ocel_database *self, const char *table, struct bc_err *err)
{
    sqlite3_stmt *rows = NULL;
    bc_status rc = prepare(self, &rows,
                           "SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND rootpage > 0 "
                           "AND name = ?1 COLLATE NOCASE",
                           err);

    if (rc == BC_OK && sqlite3_bind_text(rows, 1, table, -1, SQLITE_STATIC) != SQLITE_OK)
        rc = failed(self, err);
    if (rc == BC_OK)
        rc = step(self, rows, err);
    (void)sqlite3_finalize(rows);
    return rc == BC_DONE
               ? fault(self, err, "no table \"%.100s\", which a log of OCEL 2.0 has", table)
               : rc;
}

static bc_status add_type(ocel_database *self, bool of_events, const char *name, const char *map,
                          struct bc_err *err)
{
    struct bc_buf table = { 0 };
    struct type type = { 0 };
    bc_status rc;

    bc_buf_printf(&table, "%s_%s", of_events ? "event" : "object", map);
    bc_buf_add_byte(&table, '\0');
    rc = check_table(self, table.at, err);
    if (rc == BC_OK) {
        type = (struct type){ .name = bc_strdup(bc_str_of(name)), .table = table.at };
        if (of_events) {
            BC_GROW(self->of_events, self->event_n, self->event_cap);
            self->of_events[self->event_n++] = type;
        } else {
            BC_GROW(self->of_objects, self->object_n, self->object_cap);
            self->of_objects[self->object_n++] = type;
        }
    } else {
        bc_buf_release(&table);
    }
    return rc;
}

static bc_status read_types(ocel_database *self, bool of_events, struct bc_err *err)
{
    sqlite3_stmt *rows = NULL;
    bc_status rc = prepare(self, &rows,
                           of_events ? "SELECT ocel_type, ocel_type_map FROM main.event_map_type"
                                     : "SELECT ocel_type, ocel_type_map FROM main.object_map_type",
                           err);

    while (rc == BC_OK) {
        const char *name, *map;

        rc = step(self, rows, err);
        if (rc != BC_OK)
            break;
        name = (const char *)sqlite3_column_text(rows, 0);
        map = (const char *)sqlite3_column_text(rows, 1);
        rc = name && map ? add_type(self, of_events, name, map, err)
                         : fault(self, err, "a type without a name, or without a table");
    }
    (void)sqlite3_finalize(rows);
    return rc < 0 ? rc : BC_OK;
}

/* --- the order --- */

static void add_quoted(struct bc_buf *sql, const char *name)
{
    bc_buf_add_byte(sql, '"');
    for (; *name; name++) {
        if (*name == '"')
            bc_buf_add_byte(sql, '"');
        bc_buf_add_byte(sql, *name);
    }
    bc_buf_add_byte(sql, '"');
}

/* Of the type by its name, too: an id may have rows in the tables of others. */
static bc_status order_type(ocel_database *self, size_t number, struct bc_err *err)
{
    const struct type *type = &self->of_events[number];
    sqlite3_stmt *rows = NULL;
    bc_status rc;

    self->sql.len = 0;
    bc_buf_printf(&self->sql,
                  "INSERT OR IGNORE INTO temp.came SELECT e.rowid, %zu, t.rowid FROM main.event e "
                  "JOIN main.",
                  number);
    add_quoted(&self->sql, type->table);
    bc_buf_add_str(&self->sql, BC_STR(" t ON t.ocel_id = e.ocel_id WHERE e.ocel_type = ?1"));
    bc_buf_add_byte(&self->sql, '\0');
    rc = prepare(self, &rows, self->sql.at, err);
    if (rc == BC_OK && sqlite3_bind_text(rows, 1, type->name, -1, SQLITE_STATIC) != SQLITE_OK)
        rc = failed(self, err);
    if (rc == BC_OK)
        rc = step(self, rows, err);
    (void)sqlite3_finalize(rows);
    return rc < 0 ? rc : BC_OK;
}

static bc_status prepare_type(ocel_database *self, struct type *type, bool of_events,
                              struct bc_err *err)
{
    self->sql.len = 0;
    if (of_events)
        bc_buf_add_str(&self->sql, BC_STR("SELECT * FROM main."));
    else
        bc_buf_add_str(&self->sql,
                       BC_STR("SELECT o.ocel_id, t.* FROM main.object o LEFT JOIN main."));
    add_quoted(&self->sql, type->table);
    bc_buf_add_str(&self->sql, of_events
                                   ? BC_STR(" WHERE rowid = ?1")
                                   : BC_STR(" t ON t.ocel_id = o.ocel_id WHERE o.ocel_type = ?1 "
                                            "ORDER BY o.rowid, t.rowid"));
    bc_buf_add_byte(&self->sql, '\0');
    return prepare(self, &type->rows, self->sql.at, err);
}

static bc_status count(const ocel_database *self, uint64_t *out, const char *sql,
                       struct bc_err *err)
{
    sqlite3_stmt *rows = NULL;
    bc_status rc = prepare(self, &rows, sql, err);

    if (rc == BC_OK)
        rc = step(self, rows, err);
    if (rc == BC_OK)
        *out = (uint64_t)sqlite3_column_int64(rows, 0);
    (void)sqlite3_finalize(rows);
    return rc;
}

static bc_status count_left(ocel_database *self, struct bc_err *err)
{
    bc_status rc = count(self, &self->left.events,
                         "SELECT (SELECT count(*) FROM main.event) - (SELECT count(*) FROM "
                         "temp.came)",
                         err);

    return rc == BC_OK ? count(self, &self->left.objects,
                               "SELECT count(*) FROM main.object WHERE ocel_type IS NULL OR "
                               "ocel_type NOT IN (SELECT ocel_type FROM main.object_map_type)",
                               err)
                       : rc;
}

static bc_status make_order(ocel_database *self, struct bc_err *err)
{
    bc_status rc =
        run(self,
            "CREATE TEMP TABLE came (n INTEGER PRIMARY KEY, type INTEGER, place INTEGER);"
            "CREATE TEMP TABLE of_event AS SELECT e.rowid AS n, o.ocel_object_id AS object, "
            "o.ocel_qualifier AS qualifier FROM main.event_object o "
            "JOIN main.event e ON e.ocel_id = o.ocel_event_id;"
            "CREATE INDEX temp.of_event_n ON of_event(n);",
            err);

    for (size_t i = 0; rc == BC_OK && i < self->event_n; i++)
        rc = order_type(self, i, err);
    for (size_t i = 0; rc == BC_OK && i < self->event_n; i++)
        rc = prepare_type(self, &self->of_events[i], true, err);
    for (size_t i = 0; rc == BC_OK && i < self->object_n; i++)
        rc = prepare_type(self, &self->of_objects[i], false, err);
    return rc == BC_OK ? count_left(self, err) : rc;
}

static bc_status open_tables(ocel_database *self, struct bc_err *err)
{
    static const char *const needed[] = { "event",         "object",         "event_object",
                                          "object_object", "event_map_type", "object_map_type" };
    bc_status rc = run(self,
                       "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; "
                       "PRAGMA mmap_size = 0;",
                       err);

    for (size_t i = 0; rc == BC_OK && i < sizeof(needed) / sizeof(needed[0]); i++)
        rc = check_table(self, needed[i], err);
    if (rc == BC_OK)
        rc = read_types(self, true, err);
    if (rc == BC_OK)
        rc = read_types(self, false, err);
    return rc == BC_OK ? make_order(self, err) : rc;
}

bc_status ocel_database_open(ocel_database **out, const char *path, struct bc_err *err)
{
    ocel_database *self = bc_calloc(1, sizeof(*self));
    bc_status rc = BC_OK;

    self->path = path;
    ocel_entry_init(&self->entry);
    self->entry.at = (struct csv_place){ 1, 1 };
    if (sqlite3_open_v2(path, &self->db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        rc = failed(self, err);
    else
        (void)sqlite3_limit(self->db, SQLITE_LIMIT_LENGTH, VALUE_MAX);
    if (rc == BC_OK)
        rc = open_tables(self, err);
    if (rc < 0) {
        ocel_database_close(self);
        return rc;
    }
    *out = self;
    return BC_OK;
}

static void free_types(struct type *types, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        (void)sqlite3_finalize(types[i].rows);
        free(types[i].name);
        free(types[i].table);
    }
    free(types);
}

void ocel_database_close(ocel_database *self)
{
    if (!self)
        return;
    free_types(self->of_events, self->event_n);
    free_types(self->of_objects, self->object_n);
    (void)sqlite3_close(self->db);
    ocel_entry_release(&self->entry);
    bc_buf_release(&self->sql);
    free(self);
}

struct ocel_left ocel_database_left(const ocel_database *self)
{
    return self->left;
}

/* --- entries --- */

static bc_status too_large(const ocel_database *self, struct bc_err *err)
{
    return fault(self, err, OCEL_ENTRY_TOO_LARGE);
}

static void begin_entry(ocel_database *self, uint64_t number)
{
    ocel_entry_begin(&self->entry, (struct csv_place){ number, 1 });
}

static bc_status keep_text(ocel_database *self, struct bc_str *out, struct bc_str text,
                           struct bc_err *err)
{
    return ocel_entry_keep(&self->entry, out, text) ? BC_OK : too_large(self, err);
}

/* A cell as a text; NULL is empty. */
static bc_status keep(ocel_database *self, struct bc_str *out, sqlite3_stmt *rows, int column,
                      struct bc_err *err)
{
    const char *at = (const char *)sqlite3_column_text(rows, column);
    const struct bc_str text = { at, (size_t)sqlite3_column_bytes(rows, column) };

    if (text.len > 0 && (bc_str_utf8_fault(text) != text.len || memchr(at, '\0', text.len)))
        return fault(self, err, "a text that is not UTF-8, or has a NUL in it");
    return keep_text(self, out, text, err);
}

static bool is_named(sqlite3_stmt *rows, int column, const char *name)
{
    return sqlite3_stricmp(sqlite3_column_name(rows, column), name) == 0;
}

static int find_column(sqlite3_stmt *rows, const char *name, int from)
{
    for (int i = from; i < sqlite3_column_count(rows); i++)
        if (is_named(rows, i, name))
            return i;
    return -1;
}

static bc_status add_attribute(ocel_database *self, sqlite3_stmt *rows, int column,
                               struct bc_str time, struct bc_err *err)
{
    struct ocel_attribute attribute = { .time = time,
                                        .at = self->entry.at,
                                        .time_at = self->entry.at };
    bc_status rc = keep(self, &attribute.value, rows, column, err);

    if (rc == BC_OK)
        rc = keep_text(self, &attribute.name, bc_str_of(sqlite3_column_name(rows, column)), err);
    if (rc == BC_OK && !ocel_entry_attribute(&self->entry, &attribute))
        rc = too_large(self, err);
    return rc;
}

/* The attributes of a row: those that have a value, or the one that changed. */
static bc_status add_attributes(ocel_database *self, sqlite3_stmt *rows, int from,
                                struct bc_str time, struct bc_err *err)
{
    const int changed = find_column(rows, "ocel_changed_field", from);
    const char *field = changed < 0 ? NULL : (const char *)sqlite3_column_text(rows, changed);
    bc_status rc = BC_OK;

    for (int i = from; rc == BC_OK && i < sqlite3_column_count(rows); i++) {
        if (is_named(rows, i, "ocel_id") || is_named(rows, i, "ocel_time") || i == changed)
            continue;
        if (field ? is_named(rows, i, field) : sqlite3_column_type(rows, i) != SQLITE_NULL)
            rc = add_attribute(self, rows, i, time, err);
    }
    return rc;
}

static bc_status hand_over(ocel_database *self, ocel_take *take, void *to, struct bc_err *err)
{
    struct csv_place at = self->entry.at;
    const bc_status rc = take(to, &self->entry, &at, err);

    return rc == BC_E_INPUT
               ? bc_err_in(err, rc, "%s:%" PRIu64 ":%zu", self->path, at.line, at.column)
               : rc;
}

/* A row of the object that is being read, or the first of the next one. */
static bc_status see_object(ocel_database *self, const struct type *type, uint64_t *number,
                            const struct ocel_takers *takers, struct bc_err *err)
{
    const char *id = (const char *)sqlite3_column_text(type->rows, 0);
    const int time_at = find_column(type->rows, "ocel_time", 1);
    struct bc_str time = { 0 };
    bc_status rc = BC_OK;

    if (!id)
        return fault(self, err, "an object without an id");
    if (!self->entry.id.at || !bc_str_eq(self->entry.id, bc_str_of(id))) {
        if (self->entry.id.at)
            rc = hand_over(self, takers->object, takers->to, err);
        begin_entry(self, ++*number);
        self->entry.type = bc_str_of(type->name);
        if (rc == BC_OK)
            rc = keep(self, &self->entry.id, type->rows, 0, err);
    }
    if (rc == BC_OK && time_at >= 0 && sqlite3_column_type(type->rows, time_at) != SQLITE_NULL)
        rc = keep(self, &time, type->rows, time_at, err);
    return rc == BC_OK ? add_attributes(self, type->rows, 1, time, err) : rc;
}

static bc_status read_objects(ocel_database *self, const struct ocel_takers *takers,
                              struct bc_err *err)
{
    uint64_t number = 0;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc >= 0 && i < self->object_n; i++) {
        const struct type *type = &self->of_objects[i];

        begin_entry(self, number);
        rc = sqlite3_bind_text(type->rows, 1, type->name, -1, SQLITE_STATIC) == SQLITE_OK
                 ? BC_OK
                 : failed(self, err);
        while (rc == BC_OK) {
            rc = step(self, type->rows, err);
            if (rc == BC_OK)
                rc = see_object(self, type, &number, takers, err);
        }
        if (rc == BC_DONE && self->entry.id.at)
            rc = hand_over(self, takers->object, takers->to, err);
        (void)sqlite3_reset(type->rows);
    }
    return rc < 0 ? rc : BC_OK;
}

static bc_status add_links(ocel_database *self, sqlite3_stmt *links, sqlite3_int64 n,
                           struct bc_err *err)
{
    bc_status rc = sqlite3_bind_int64(links, 1, n) == SQLITE_OK ? BC_OK : failed(self, err);

    while (rc == BC_OK) {
        struct ocel_link link = { .at = self->entry.at };

        rc = step(self, links, err);
        if (rc == BC_OK)
            rc = keep(self, &link.object, links, 0, err);
        if (rc == BC_OK)
            rc = keep(self, &link.qualifier, links, 1, err);
        if (rc == BC_OK && !ocel_entry_link(&self->entry, &link))
            rc = too_large(self, err);
    }
    (void)sqlite3_reset(links);
    return rc < 0 ? rc : BC_OK;
}

static bc_status see_event(ocel_database *self, sqlite3_stmt *came, sqlite3_stmt *links,
                           uint64_t number, const struct ocel_takers *takers, struct bc_err *err)
{
    const struct type *type = &self->of_events[sqlite3_column_int64(came, 1)];
    int id_at, time_at;
    bc_status rc;

    begin_entry(self, number);
    rc = sqlite3_bind_int64(type->rows, 1, sqlite3_column_int64(came, 2)) == SQLITE_OK
             ? step(self, type->rows, err)
             : failed(self, err);
    if (rc != BC_OK)
        return rc < 0 ? rc : fault(self, err, "an event that went as it was read");
    id_at = find_column(type->rows, "ocel_id", 0);
    time_at = find_column(type->rows, "ocel_time", 0);
    self->entry.type = bc_str_of(type->name);
    rc = id_at < 0 || time_at < 0
             ? fault(self, err, "a table of events without ocel_id, or without ocel_time")
             : keep(self, &self->entry.id, type->rows, id_at, err);
    if (rc == BC_OK)
        rc = keep(self, &self->entry.time, type->rows, time_at, err);
    if (rc == BC_OK)
        rc = add_attributes(self, type->rows, 0, (struct bc_str){ 0 }, err);
    (void)sqlite3_reset(type->rows);
    if (rc == BC_OK)
        rc = add_links(self, links, sqlite3_column_int64(came, 0), err);
    return rc == BC_OK ? hand_over(self, takers->event, takers->to, err) : rc;
}

static bc_status read_events(ocel_database *self, const struct ocel_takers *takers, uint64_t *bytes,
                             struct bc_err *err)
{
    sqlite3_stmt *came = NULL, *links = NULL;
    uint64_t number = 0;
    bc_status rc = prepare(self, &came, "SELECT n, type, place FROM temp.came ORDER BY n", err);

    if (rc == BC_OK)
        rc =
            prepare(self, &links,
                    "SELECT object, qualifier FROM temp.of_event WHERE n = ?1 ORDER BY rowid", err);
    while (rc == BC_OK) {
        rc = step(self, came, err);
        if (rc == BC_OK)
            rc = see_event(self, came, links, ++number, takers, err);
        *bytes += self->entry.len;
    }
    (void)sqlite3_finalize(came);
    (void)sqlite3_finalize(links);
    return rc < 0 ? rc : BC_OK;
}

bc_status ocel_database_read(ocel_database *self, const struct ocel_takers *takers, uint64_t *bytes,
                             struct bc_err *err)
{
    bc_status rc = BC_OK;

    *bytes = 0;
    if (takers->object)
        rc = read_objects(self, takers, err);
    if (rc == BC_OK && takers->object) {
        takers->between->line = 1;
        rc = count(self, &takers->between->n, "SELECT count(*) FROM main.object_object", err);
    }
    return rc == BC_OK ? read_events(self, takers, bytes, err) : rc;
}
