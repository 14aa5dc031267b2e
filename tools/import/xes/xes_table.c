/* The columns are not known before the last event, so the log is read twice: for its columns, and
 * for its rows. */
#include "tools/import/xes/xes_table.h"

#include "ledger/base/mem.h"
#include "tools/cli/text.h"
#include "tools/import/csv/csv_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

/* A row repeats the attributes of its case, so a log could be made whose table fills a disk. */
enum { TIMES_LARGER = 100, SMALL = 64 << 20 };

struct column {
    struct bc_str name;
    struct bc_str cell; /* of the row at hand */
    bool set;
};

struct making {
    struct xes_table *table;
    struct column *columns; /* in byte order of their names */
    size_t n, cap;
    bc_arena *arena;
    FILE *file;
    struct bc_buf name, row;
    uint64_t read, written; /* bytes */
};

/* The steps of the standard's model. */
static const char *const steps[] = { "schedule",   "assign",   "withdraw", "reassign",  "start",
                                     "suspend",    "resume",   "pi_abort", "ate_abort", "complete",
                                     "manualskip", "autoskip", "unknown" };

static const char *step_of(struct bc_str text)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (strlen(steps[i]) == text.len && strncasecmp(steps[i], text.at, text.len) == 0)
            return steps[i];
    return NULL;
}

static struct bc_str find(const struct xes_attributes *of, const char *key)
{
    for (size_t i = 0; i < of->n; i++)
        if (bc_str_eq(of->at[i].key, bc_str_of(key)))
            return of->at[i].value;
    return (struct bc_str){ 0 };
}

static enum xes_lack lack_of(const struct xes_event *event)
{
    struct bc_str step = find(&event->own, "lifecycle:transition");

    if (find(&event->of_trace, "concept:name").len == 0)
        return XES_NO_CASE;
    if (find(&event->own, "concept:name").len == 0)
        return XES_NO_NAME;
    if (find(&event->own, "time:timestamp").len == 0)
        return XES_NO_TIME;
    return step.len > 0 && !step_of(step) ? XES_NO_STEP : XES_LACK_N;
}

/* Where a column is, or would be. */
static size_t place_of(const struct making *making, struct bc_str name)
{
    size_t low = 0, high = making->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (bc_str_cmp(making->columns[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct bc_str name_of(struct making *making, struct bc_str key, bool of_trace)
{
    if (!of_trace)
        return key;
    making->name.len = 0;
    bc_buf_add_str(&making->name, BC_STR("case:"));
    bc_buf_add_str(&making->name, key);
    return bc_buf_str(&making->name);
}

static bc_status add_columns(struct making *making, const struct xes_attributes *of, bool of_trace,
                             struct bc_err *err)
{
    for (size_t i = 0; i < of->n; i++) {
        struct bc_str name = name_of(making, of->at[i].key, of_trace);
        size_t at = place_of(making, name);

        if (at < making->n && bc_str_eq(making->columns[at].name, name))
            continue;
        if (making->n == CSV_COLUMN_MAX)
            return bc_err_set(err, BC_E_INPUT, "more than %d attributes of different keys",
                              CSV_COLUMN_MAX);
        BC_GROW(making->columns, making->n, making->cap);
        memmove(&making->columns[at + 1], &making->columns[at],
                (making->n - at) * sizeof(*making->columns));
        making->columns[at] = (struct column){ .name = bc_arena_copy(making->arena, name) };
        making->n++;
    }
    return BC_OK;
}

static bc_status take_columns(void *to, const struct xes_event *event, struct bc_err *err)
{
    bc_status rc;

    if (lack_of(event) != XES_LACK_N)
        return BC_OK;
    rc = add_columns(to, &event->of_trace, true, err);
    return rc == BC_OK ? add_columns(to, &event->own, false, err) : rc;
}

static bc_status set_cells(struct making *making, const struct xes_attributes *of, bool of_trace,
                           struct bc_err *err)
{
    for (size_t i = 0; i < of->n; i++) {
        struct bc_str name = name_of(making, of->at[i].key, of_trace);
        struct column *column = &making->columns[place_of(making, name)];

        if (column->set)
            return bc_err_set(err, BC_E_INPUT, "the attribute \"%.*s\" twice",
                              (int)text_cut(name, 200), name.at);
        column->set = true;
        column->cell = of->at[i].value;
        if (!of_trace && bc_str_eq(name, BC_STR("lifecycle:transition")) && column->cell.len > 0)
            column->cell = bc_str_of(step_of(column->cell));
    }
    return BC_OK;
}

static void add_cell(struct bc_buf *row, struct bc_str text)
{
    if (text.len == 0)
        return;
    bc_buf_add_byte(row, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            bc_buf_add_byte(row, '"');
        bc_buf_add_byte(row, text.at[i]);
    }
    bc_buf_add_byte(row, '"');
}

/* Their names, or their cells, which are then empty again. */
static bc_status write_row(struct making *making, uint64_t line, bool names, struct bc_err *err)
{
    struct xes_table *table = making->table;

    making->row.len = 0;
    for (size_t i = 0; i < making->n; i++) {
        struct column *column = &making->columns[i];

        if (i > 0)
            bc_buf_add_byte(&making->row, ',');
        add_cell(&making->row, names ? column->name : column->cell);
        column->cell.len = 0;
        column->set = false;
    }
    bc_buf_add_byte(&making->row, '\n');
    making->written += making->row.len;
    if (making->written > SMALL && making->written / TIMES_LARGER > making->read)
        return bc_err_set(err, BC_E_INPUT,
                          "the attributes of the cases, repeated with each event, make a table %d "
                          "times as large as the log",
                          TIMES_LARGER);
    if (fwrite(making->row.at, 1, making->row.len, making->file) != making->row.len)
        return bc_err_errno(err, "put the log aside");
    BC_GROW(table->lines, table->row_n, table->row_cap);
    table->lines[table->row_n++] = line;
    return BC_OK;
}

static bc_status take_row(void *to, const struct xes_event *event, struct bc_err *err)
{
    struct making *making = to;
    struct xes_table *table = making->table;
    const enum xes_lack lack = lack_of(event);
    bc_status rc;

    if (lack == XES_NO_STEP && table->lacks[lack].n == 0) {
        const struct bc_str step = find(&event->own, "lifecycle:transition");

        (void)snprintf(table->step, sizeof(table->step), "%.*s",
                       (int)text_cut(step, sizeof(table->step) - 1), step.at);
    }
    if (lack != XES_LACK_N) {
        csv_times_add(&table->lacks[lack], event->line);
        return BC_OK;
    }
    rc = set_cells(making, &event->of_trace, true, err);
    if (rc == BC_OK)
        rc = set_cells(making, &event->own, false, err);
    return rc == BC_OK ? write_row(making, event->line, false, err) : rc;
}

static bc_status keep_file(struct making *making, const char *name, struct bc_err *err)
{
    if (fflush(making->file) != 0 || lseek(fileno(making->file), 0, SEEK_SET) != 0 ||
        (making->table->fd = dup(fileno(making->file))) < 0)
        return bc_err_errno(err, "put %s aside", name);
    return BC_OK;
}

static bc_status no_event(const char *name, struct bc_err *err)
{
    bc_err_set(err, BC_E_INPUT,
               "no event with a case, a concept:name, a time:timestamp and a known step of its "
               "lifecycle");
    return bc_err_in(err, BC_E_INPUT, "%s:1:1", name);
}

bc_status xes_table_make(struct xes_table *out, int fd, const char *name, struct bc_err *err)
{
    struct making making = { .table = out, .arena = bc_arena_new(), .file = tmpfile() };
    bc_status rc = making.file ? BC_OK : bc_err_errno(err, "put %s aside", name);

    *out = (struct xes_table){ .fd = -1 };
    if (rc == BC_OK)
        rc = xes_read(fd, name, take_columns, &making, &out->passed, &making.read, err);
    if (rc == BC_OK && making.n == 0)
        rc = no_event(name, err);
    if (rc == BC_OK)
        rc = write_row(&making, 1, true, err);
    if (rc == BC_OK)
        rc = xes_read(fd, name, take_row, &making, &out->passed, &making.read, err);
    if (rc == BC_OK)
        rc = keep_file(&making, name, err);
    if (rc < 0)
        xes_table_release(out);
    if (making.file)
        (void)fclose(making.file);
    bc_arena_free(making.arena);
    bc_buf_release(&making.name);
    bc_buf_release(&making.row);
    free(making.columns);
    return rc;
}

void xes_table_release(struct xes_table *table)
{
    if (table->fd >= 0)
        (void)close(table->fd);
    free(table->lines);
    *table = (struct xes_table){ .fd = -1 };
}
