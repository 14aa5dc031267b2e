#include "tools/import/ocel/ocel_database.h"

#include "tools/import/ocel/ocel_order.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

struct ocel_database {
    struct ocel_sql sql;
    struct ocel_types events, objects;
    struct ocel_left left;
    struct ocel_entry entry;
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

static bc_status open_tables(ocel_database *self, struct bc_err *err)
{
    struct ocel_sql *sql = &self->sql;
    bc_status rc = ocel_types_check(sql, err);

    if (rc == BC_OK)
        rc = ocel_types_read(&self->events, sql, true, err);
    if (rc == BC_OK)
        rc = ocel_types_read(&self->objects, sql, false, err);
    if (rc == BC_OK)
        rc = ocel_order_make(sql, &self->events, &self->left.events, err);
    if (rc == BC_OK)
        rc = ocel_sql_count(sql, &self->left.objects,
                            "SELECT count(*) FROM main.object WHERE ocel_type IS NULL OR "
                            "ocel_type NOT IN (SELECT ocel_type FROM main.object_map_type)",
                            err);
    if (rc == BC_OK)
        rc = ocel_types_prepare(&self->events, sql, true, err);
    return rc == BC_OK ? ocel_types_prepare(&self->objects, sql, false, err) : rc;
}

bc_status ocel_database_open(ocel_database **out, const char *path, struct bc_err *err)
{
    ocel_database *self = bc_calloc(1, sizeof(*self));
    bc_status rc = ocel_sql_open(&self->sql, path, err);

    ocel_entry_init(&self->entry);
    if (rc == BC_OK)
        rc = open_tables(self, err);
    if (rc < 0) {
        ocel_database_close(self);
        return rc;
    }
    *out = self;
    return BC_OK;
}

void ocel_database_close(ocel_database *self)
{
    if (!self)
        return;
    ocel_types_release(&self->events);
    ocel_types_release(&self->objects);
    ocel_entry_release(&self->entry);
    ocel_sql_close(&self->sql);
    free(self);
}

struct ocel_left ocel_database_left(const ocel_database *self)
{
    return self->left;
}

/* --- entries --- */

static bc_status too_large(const ocel_database *self, struct bc_err *err)
{
    return ocel_sql_fault(&self->sql, err, OCEL_ENTRY_TOO_LARGE);
}

static void begin_entry(ocel_database *self, uint64_t number)
{
    self->sql.line = number;
    ocel_entry_begin(&self->entry, (struct csv_place){ number, 1 });
}

/* A cell as a text; NULL is empty. */
static bc_status keep(ocel_database *self, struct bc_str *out, sqlite3_stmt *rows, int column,
                      struct bc_err *err)
{
    const char *at = (const char *)sqlite3_column_text(rows, column);
    const struct bc_str text = { at, (size_t)sqlite3_column_bytes(rows, column) };

    if (text.len > 0 && (bc_str_utf8_fault(text) != text.len || memchr(at, '\0', text.len)))
        return ocel_sql_fault(&self->sql, err, "a text that is not UTF-8, or has a NUL in it");
    return ocel_entry_keep(&self->entry, out, text) ? BC_OK : too_large(self, err);
}

static bc_status add_attribute(ocel_database *self, const struct ocel_type *type, size_t column,
                               struct bc_str time, struct bc_err *err)
{
    struct ocel_attribute attribute = { .name = bc_str_of(type->columns[column].name),
                                        .time = time,
                                        .at = self->entry.at,
                                        .time_at = self->entry.at };
    bc_status rc = keep(self, &attribute.value, type->rows, type->columns[column].at, err);

    return rc == BC_OK && !ocel_entry_attribute(&self->entry, &attribute) ? too_large(self, err)
                                                                          : rc;
}

/* The attributes of a row: those that have a value, or the one that changed. */
static bc_status add_attributes(ocel_database *self, const struct ocel_type *type,
                                struct bc_str time, struct bc_err *err)
{
    const char *changed =
        type->changed < 0 ? NULL : (const char *)sqlite3_column_text(type->rows, type->changed);
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < type->n; i++)
        if (changed ? sqlite3_stricmp(type->columns[i].name, changed) == 0
                    : sqlite3_column_type(type->rows, type->columns[i].at) != SQLITE_NULL)
            rc = add_attribute(self, type, i, time, err);
    return rc;
}

static bc_status hand_over(ocel_database *self, ocel_take *take, void *to, struct bc_err *err)
{
    struct csv_place at = self->entry.at;
    const bc_status rc = take(to, &self->entry, &at, err);

    return rc == BC_E_INPUT
               ? bc_err_in(err, rc, "%s:%" PRIu64 ":%zu", self->sql.path, at.line, at.column)
               : rc;
}

/* A row of the object that is being read, or the first of the next one. */
static bc_status see_object(ocel_database *self, const struct ocel_type *type, uint64_t *number,
                            const struct ocel_takers *takers, struct bc_err *err)
{
    const char *id = (const char *)sqlite3_column_text(type->rows, type->id);
    struct bc_str time = { 0 };
    bc_status rc = BC_OK;

    if (!id)
        return ocel_sql_fault(&self->sql, err, "an object without an id");
    if (!self->entry.id.at || !bc_str_eq(self->entry.id, bc_str_of(id))) {
        if (self->entry.id.at)
            rc = hand_over(self, takers->object, takers->to, err);
        begin_entry(self, ++*number);
        self->entry.type = bc_str_of(type->name);
        if (rc == BC_OK)
            rc = keep(self, &self->entry.id, type->rows, type->id, err);
    }
    if (rc == BC_OK && type->time >= 0 &&
        sqlite3_column_type(type->rows, type->time) != SQLITE_NULL)
        rc = keep(self, &time, type->rows, type->time, err);
    return rc == BC_OK ? add_attributes(self, type, time, err) : rc;
}

static bc_status read_objects(ocel_database *self, const struct ocel_takers *takers,
                              struct bc_err *err)
{
    uint64_t number = 0;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc >= 0 && i < self->objects.n; i++) {
        const struct ocel_type *type = &self->objects.at[i];

        begin_entry(self, number);
        rc = ocel_sql_with(&self->sql, type->rows, type->name, err);
        while (rc == BC_OK) {
            rc = ocel_sql_step(&self->sql, type->rows, err);
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
    bc_status rc =
        sqlite3_bind_int64(links, 1, n) == SQLITE_OK ? BC_OK : ocel_sql_failed(&self->sql, err);

    while (rc == BC_OK) {
        struct ocel_link link = { .at = self->entry.at };

        rc = ocel_sql_step(&self->sql, links, err);
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

static bc_status see_event(ocel_database *self, const struct ocel_came *came, sqlite3_stmt *links,
                           const struct ocel_takers *takers, struct bc_err *err)
{
    const struct ocel_type *type = &self->events.at[came->type];
    bc_status rc = sqlite3_bind_int64(type->rows, 1, came->row) == SQLITE_OK
                       ? ocel_sql_step(&self->sql, type->rows, err)
                       : ocel_sql_failed(&self->sql, err);

    if (rc != BC_OK)
        return rc < 0 ? rc : ocel_sql_fault(&self->sql, err, "an event that went as it was read");
    self->entry.type = bc_str_of(type->name);
    rc = type->id < 0 || type->time < 0
             ? ocel_sql_fault(&self->sql, err,
                              "a table of events without ocel_id, or without ocel_time")
             : keep(self, &self->entry.id, type->rows, type->id, err);
    if (rc == BC_OK)
        rc = keep(self, &self->entry.time, type->rows, type->time, err);
    if (rc == BC_OK)
        rc = add_attributes(self, type, (struct bc_str){ 0 }, err);
    (void)sqlite3_reset(type->rows);
    if (rc == BC_OK)
        rc = add_links(self, links, came->number, err);
    return rc == BC_OK ? hand_over(self, takers->event, takers->to, err) : rc;
}

static bc_status read_events(ocel_database *self, const struct ocel_takers *takers, uint64_t *bytes,
                             struct bc_err *err)
{
    struct ocel_order order;
    struct ocel_came came;
    uint64_t number = 0;
    bc_status rc = ocel_order_begin(&order, &self->sql, err);

    while (rc == BC_OK) {
        rc = ocel_order_next(&order, &came, &self->sql, err);
        if (rc != BC_OK)
            break;
        begin_entry(self, ++number);
        rc = see_event(self, &came, order.links, takers, err);
        *bytes += self->entry.len;
    }
    ocel_order_end(&order);
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
        rc = ocel_sql_count(&self->sql, &takers->between->n,
                            "SELECT count(*) FROM main.object_object", err);
    }
    return rc == BC_OK ? read_events(self, takers, bytes, err) : rc;
}
