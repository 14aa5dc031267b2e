#include "tools/import/csv/csv_making.h"

#include "ledger/base/search.h"
#include "tools/import/csv/csv_map.h"

#include <stdlib.h>
#include <unistd.h>

/* A row repeats what belongs to its case, so a source could be made whose table fills a disk. */
enum { TIMES_LARGER = 100, SMALL = 64 << 20 };

struct csv_making_column {
    struct bc_str name;
    struct csv_place at; /* where it is first */
    struct bc_str cell;  /* of the row at hand */
    bool set;
};

bc_status csv_making_open(struct csv_making *out, const char *name, struct bc_err *err)
{
    *out = (struct csv_making){ .file = tmpfile(), .arena = bc_arena_new() };
    return out->file ? BC_OK : bc_err_errno(err, "put %s aside", name);
}

void csv_making_release(struct csv_making *making)
{
    if (making->file)
        (void)fclose(making->file);
    free(making->columns);
    free(making->rows);
    free(making->names);
    bc_buf_release(&making->row);
    bc_arena_free(making->arena);
    *making = (struct csv_making){ 0 };
}

/* Where a column is, or would be. */
static size_t place_of(const struct csv_making *making, struct bc_str name)
{
    size_t at;

    BC_LOWER_BOUND(at, (size_t)0, making->n, bc_str_cmp(making->columns[at].name, name) < 0);
    return at;
}

bc_status csv_making_column(struct csv_making *making, struct bc_str name, struct csv_place at,
                            struct bc_err *err)
{
    const size_t i = place_of(making, name);

    if (i < making->n && bc_str_eq(making->columns[i].name, name))
        return BC_OK;
    if (making->n == CSV_COLUMN_MAX)
        return bc_err_set(err, BC_E_INPUT, "more than %d attributes of different keys",
                          CSV_COLUMN_MAX);
    BC_GROW(making->columns, making->n, making->cap);
    memmove(&making->columns[i + 1], &making->columns[i],
            (making->n - i) * sizeof(*making->columns));
    making->columns[i] =
        (struct csv_making_column){ .name = bc_arena_copy(making->arena, name), .at = at };
    making->n++;
    return BC_OK;
}

bool csv_making_cell(struct csv_making *making, struct bc_str name, struct bc_str text)
{
    struct csv_making_column *column = &making->columns[place_of(making, name)];

    if (column->set)
        return false;
    column->set = true;
    column->cell = text;
    return true;
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
static bc_status write_row(struct csv_making *making, struct csv_place at, bool names,
                           struct bc_err *err)
{
    making->row.len = 0;
    for (size_t i = 0; i < making->n; i++) {
        struct csv_making_column *column = &making->columns[i];

        if (i > 0)
            bc_buf_add_byte(&making->row, ',');
        add_cell(&making->row, names ? column->name : column->cell);
        column->cell.len = 0;
        column->set = false;
    }
    bc_buf_add_byte(&making->row, '\n');
    making->written += making->row.len;
    if (fwrite(making->row.at, 1, making->row.len, making->file) != making->row.len)
        return bc_err_errno(err, "put the log aside");
    BC_GROW(making->rows, making->row_n, making->row_cap);
    making->rows[making->row_n++] = at;
    return BC_OK;
}

bc_status csv_making_names(struct csv_making *making, struct bc_err *err)
{
    struct csv_place *names = bc_calloc(making->n, sizeof(*names));

    for (size_t i = 0; i < making->n; i++)
        names[i] = making->columns[i].at;
    making->names = names;
    return write_row(making, names[0], true, err);
}

bc_status csv_making_row(struct csv_making *making, struct csv_place at, uint64_t read,
                         struct bc_err *err)
{
    bc_status rc = write_row(making, at, false, err);

    if (rc == BC_OK && making->written > SMALL && making->written / TIMES_LARGER > read)
        return bc_err_set(err, BC_E_INPUT,
                          "the attributes of the cases, repeated with each event, make a table %d "
                          "times as large as the log",
                          TIMES_LARGER);
    return rc;
}

bc_status csv_making_file(const struct csv_making *making, int *fd, const char *name,
                          struct bc_err *err)
{
    const int file = fileno(making->file);

    if (fflush(making->file) != 0 || lseek(file, 0, SEEK_SET) != 0)
        return bc_err_errno(err, "put %s aside", name);
    *fd = dup(file);
    return *fd < 0 ? bc_err_errno(err, "put %s aside", name) : BC_OK;
}
