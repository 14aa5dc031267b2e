#include "tools/export/parquet/parquet_tables.h"

#include "ledger/base/dir.h"
#include "ledger/base/instant.h"
#include "ledger/base/search.h"
#include "tools/export/parquet/parquet_file.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include <ftw.h>

enum {
    NAME_LEN = 64,
    WAITING_MOST = 64 << 20, /* bytes of all rows that wait for their row groups */
    GROUP_LEAST = 1 << 20,   /* of a row group that is written to make room */
};

/* What engines take a folder of this name for: the rows of no year. */
#define NO_YEAR "__HIVE_DEFAULT_PARTITION__"

#define PART "part-0.parquet"

/* A file. */
struct parquet_part {
    char name[NAME_LEN]; /* in the folder */
    int year;
    struct parquet_file file;
};

const struct table_column *parquet_tables_by(enum table_id id)
{
    static const char *const names[TABLE_N] = {
        [TABLE_DEALS] = "first_event", [TABLE_VISITS] = "entered",  [TABLE_PROPERTIES] = "set_at",
        [TABLE_MEETINGS] = "starts",   [TABLE_EMAILS] = "sent",     [TABLE_ENROLMENTS] = "enrolled",
        [TABLE_ANCHORS] = "anchored",  [TABLE_EVENTS] = "occurred",
    };
    const struct table *table = &tables[id];

    for (size_t i = 0; names[id] && i < table->column_n; i++)
        if (strcmp(table->columns[i].name, names[id]) == 0)
            return &table->columns[i];
    assert(!names[id]);
    return NULL;
}

/* --- the parts of a table --- */

static int year_of(int64_t us)
{
    int64_t day = bc_floor_div(us, BC_DAY_US);
    int year, month, of_month;

    bc_civil_of_day(&year, &month, &of_month, (int32_t)day);
    return year;
}

static struct parquet_part *new_part(struct parquet_table *to, size_t place,
                                     const struct table *table)
{
    struct parquet_part *part = bc_calloc(1, sizeof(*part));

    BC_GROW(to->parts, to->n, to->cap);
    memmove(to->parts + place + 1, to->parts + place, (to->n - place) * sizeof(*to->parts));
    to->parts[place] = part;
    to->n++;
    parquet_file_init(&part->file, table);
    return part;
}

static struct parquet_part *part_of(struct parquet_tables *out, const struct table *table,
                                    const struct table_value *values)
{
    enum table_id id = (enum table_id)(table - tables);
    const struct table_column *by = parquet_tables_by(id);
    struct parquet_table *to = &out->at[id];
    int year = by ? year_of(values[by - table->columns].integer) : 0;
    struct parquet_part *part;
    size_t place;

    BC_LOWER_BOUND(place, 0, to->n, to->parts[place]->year < year);
    if (place < to->n && to->parts[place]->year == year)
        return to->parts[place];
    part = new_part(to, place, table);
    part->year = year;
    if (by)
        (void)snprintf(part->name, sizeof(part->name), "%s/year=%d/" PART, table->name, year);
    else
        (void)snprintf(part->name, sizeof(part->name), "%s/" PART, table->name);
    return part;
}

static void add_empty(struct parquet_tables *out, enum table_id id)
{
    struct parquet_part *part = new_part(&out->at[id], 0, &tables[id]);

    (void)snprintf(part->name, sizeof(part->name), "%s/%s" PART, tables[id].name,
                   parquet_tables_by(id) ? "year=" NO_YEAR "/" : "");
}

/* --- an earlier export --- */

static int is_foreign(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    const char *name = path + place->base;

    (void)info;
    if (kind == FTW_D)
        return 0;
    if (kind != FTW_F)
        return 1;
    if (place->level > 1)
        return strcmp(name, PART) != 0;
    return strcmp(name, PARQUET_FOR_DUCKDB) != 0 && strcmp(name, PARQUET_FOR_CLICKHOUSE) != 0;
}

bool parquet_tables_are_in(const char *path)
{
    char views[PATH_MAX];

    return bc_path_join(views, path, PARQUET_FOR_DUCKDB, NULL) == BC_OK &&
           access(views, F_OK) == 0 && nftw(path, is_foreign, 8, FTW_PHYS) == 0;
}

/* --- rows --- */

static bc_status write_group(struct parquet_tables *out, struct parquet_part *part, bool last,
                             struct bc_err *err)
{
    struct bc_buf bytes = { 0 }, made_by = { 0 };
    bc_status rc;

    out->bytes -= part->file.bytes;
    bc_buf_printf(&made_by, "backcast version %s", cmd_version);
    if (last)
        parquet_file_end(&bytes, &part->file, bc_buf_str(&made_by));
    else
        parquet_file_group(&bytes, &part->file);
    rc = outdir_add(out->dir, part->name, bc_buf_str(&bytes), err);
    bc_buf_release(&bytes);
    bc_buf_release(&made_by);
    return rc;
}

static size_t largest(const struct parquet_tables *out)
{
    size_t most = 0;

    for (size_t id = 0; id < TABLE_N; id++)
        for (size_t i = 0; i < out->at[id].n; i++)
            if (out->at[id].parts[i]->file.bytes > most)
                most = out->at[id].parts[i]->file.bytes;
    return most;
}

/* All that are worth a row group, also of tables to which no row may come any more; else those that
 * take most. */
static bc_status make_room(struct parquet_tables *out, struct bc_err *err)
{
    size_t most = largest(out), least = most < GROUP_LEAST ? most : GROUP_LEAST;
    bc_status rc = BC_OK;

    for (size_t id = 0; id < TABLE_N; id++)
        for (size_t i = 0; rc == BC_OK && i < out->at[id].n; i++)
            if (out->at[id].parts[i]->file.bytes >= least)
                rc = write_group(out, out->at[id].parts[i], false, err);
    return rc;
}

static bc_status add_row(struct table_sink *sink, const struct table *table,
                         const struct table_value *values, struct bc_err *err)
{
    struct parquet_tables *out = (struct parquet_tables *)sink;
    struct parquet_part *part = part_of(out, table, values);
    size_t before = part->file.bytes;

    progress_tick(&out->progress, ++out->rows, 0, "rows");
    parquet_file_add(&part->file, values);
    out->bytes += part->file.bytes - before;
    if (parquet_file_waiting(&part->file) == PARQUET_GROUP_ROWS)
        return write_group(out, part, false, err);
    return out->bytes > WAITING_MOST ? make_room(out, err) : BC_OK;
}

void parquet_tables_init(struct parquet_tables *out, const struct cmd_env *env, struct outdir *dir)
{
    *out = (struct parquet_tables){ .sink = { add_row }, .dir = dir };
    out->progress = progress_begin(env, "exporting");
}

bc_status parquet_tables_end(struct parquet_tables *out, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t id = 0; id < TABLE_N; id++) {
        if (out->at[id].n == 0)
            add_empty(out, (enum table_id)id);
        for (size_t i = 0; rc == BC_OK && i < out->at[id].n; i++)
            rc = write_group(out, out->at[id].parts[i], true, err);
    }
    return rc;
}

void parquet_tables_release(struct parquet_tables *out)
{
    progress_end(&out->progress);
    for (size_t id = 0; id < TABLE_N; id++) {
        for (size_t i = 0; i < out->at[id].n; i++) {
            parquet_file_release(&out->at[id].parts[i]->file);
            free(out->at[id].parts[i]);
        }
        free(out->at[id].parts);
    }
    *out = (struct parquet_tables){ 0 };
}
