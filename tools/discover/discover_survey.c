#include "tools/discover/discover_survey.h"

#include "tools/import/csv/csv_blank.h"
#include "tools/import/csv/csv_delimiter.h"
#include "tools/import/csv/csv_line.h"
#include "tools/import/csv/csv_number.h"
#include "tools/import/csv/csv_row.h"
#include "tools/import/csv/csv_sheet.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
    HOPELESS = 200,      /* filled cells without a time: the column has none */
    TRIED_ROWS = 100,    /* by which the delimiter is found */
    DIFFERENT = 2 << 20, /* different words of all columns that are remembered */
};

/* --- encoding and delimiter --- */

static bool is_utf8(csv_reader *reader)
{
    csv_reader *again = csv_reader_again(reader);
    struct csv_row row;
    bool good = true;
    bc_status rc = BC_OK;

    while (good && (rc == BC_OK || (rc == BC_E_INPUT && !csv_reader_broken(again)))) {
        rc = csv_reader_next(again, &row, NULL);
        if (rc == BC_OK || rc == BC_E_INPUT)
            good = bc_str_utf8_fault(row.raw) == row.raw.len;
    }
    csv_reader_close(again);
    return good;
}

/* Cells of the first row, times the rows that have as many. */
static uint64_t score(csv_reader *reader, char delimiter)
{
    csv_reader *again = csv_reader_again(reader);
    struct csv_row row;
    uint64_t cells = 0, same = 0;

    csv_reader_delimit(again, delimiter);
    for (unsigned i = 0; i < TRIED_ROWS && csv_reader_next(again, &row, NULL) == BC_OK; i++) {
        cells = i ? cells : row.cell_n;
        same += row.cell_n == cells;
    }
    csv_reader_close(again);
    return cells > 1 ? cells * same : 0;
}

static void choose_delimiter(csv_reader *reader)
{
    static const char tried[] = ",;\t|";
    char best = ',';
    uint64_t most = 0;

    for (const char *p = tried; *p; p++) {
        const uint64_t n = score(reader, *p);

        if (n > most) {
            best = *p;
            most = n;
        }
    }
    if (csv_reader_sep(reader))
        best = csv_reader_sep(reader);
    csv_reader_delimit(reader, best);
}

static bc_status open_sheet(csv_reader **out, const struct discover_table *table,
                            struct bc_err *err)
{
    const int fd = csv_sheet_file(*table->sheet, table->path, err);

    return fd < 0 ? (bc_status)fd : csv_reader_take(out, table->path, fd, CSV_FOUND, err);
}

static bc_status open_reader(struct discover_survey *survey, const struct discover_table *table,
                             struct bc_err *err)
{
    bc_status rc = table->sheet ? open_sheet(&survey->reader, table, err)
                                : csv_reader_open(&survey->reader, survey->path, CSV_FOUND, err);

    if (rc == BC_OK && !table->sheet && !is_utf8(survey->reader)) {
        csv_reader_close(survey->reader);
        survey->reader = NULL;
        survey->encoding = CSV_WINDOWS_1252;
        rc = csv_reader_open(&survey->reader, survey->path, CSV_WINDOWS_1252, err);
    }
    if (rc == BC_OK)
        choose_delimiter(survey->reader);
    return rc;
}

/* --- the header --- */

static void name_columns(struct discover_survey *survey, const struct csv_row *header)
{
    struct csv_seen all = { 0 }, before = { 0 };

    for (size_t i = 0; i < header->cell_n; i++)
        csv_seen_add(&all, csv_digest_of(header->cells[i]), (struct csv_digest){ 0 }, 0);
    survey->column_n = header->cell_n;
    survey->columns = bc_calloc(header->cell_n + 1, sizeof(*survey->columns));
    for (size_t i = 0; i < header->cell_n; i++) {
        struct discover_column *column = &survey->columns[i];
        const struct csv_digest of = csv_digest_of(header->cells[i]);
        struct bc_buf name = { 0 };

        csv_seen_add(&before, of, of, 0);
        bc_buf_add_str(&name, header->cells[i]);
        if (name.len > 0 && csv_seen_find(&all, of)->times > 1)
            bc_buf_printf(&name, "#%" PRIu64, csv_seen_find(&before, of)->times);
        column->name = bc_arena_copy(survey->arena, bc_buf_str(&name));
        column->nameable =
            name.len > 0 && !memchr(name.at, '{', name.len) && !memchr(name.at, '}', name.len);
        bc_buf_release(&name);
    }
    csv_seen_release(&all);
    csv_seen_release(&before);
}

/* --- the cells --- */

void discover_words_add(struct discover_words *words, bc_arena *arena, size_t most,
                        struct bc_str word)
{
    const struct csv_digest of = csv_digest_of(word);
    const struct csv_sight *sight = csv_seen_find(&words->seen, of);

    if (sight) {
        words->repeats = true;
        if (sight->number >= 0)
            words->at[sight->number].n++;
    } else if (words->seen.n >= most) {
        words->more = true;
    } else if (words->n == DISCOVER_WORDS_MOST) {
        csv_seen_add(&words->seen, of, of, -1);
    } else {
        csv_seen_add(&words->seen, of, of, (int64_t)words->n);
        BC_GROW(words->at, words->n, words->cap);
        words->at[words->n++] = (struct discover_word){ bc_arena_copy(arena, word), 1 };
    }
}

int64_t discover_words_find(const struct discover_words *words, struct bc_str word)
{
    const struct csv_sight *sight = csv_seen_find(&words->seen, csv_digest_of(word));

    return sight ? sight->number : -1;
}

void discover_words_release(struct discover_words *words)
{
    csv_seen_release(&words->seen);
    free(words->at);
    *words = (struct discover_words){ 0 };
}

static void see_odd(struct discover_survey *survey, struct discover_column *column,
                    struct bc_str cell)
{
    column->odd_rows++;
    for (size_t i = 0; i < column->odd_n; i++) {
        if (bc_str_eq(column->odd[i].text, cell)) {
            column->odd[i].n++;
            return;
        }
    }
    if (column->odd_n < sizeof(column->odd) / sizeof(column->odd[0]))
        column->odd[column->odd_n++] =
            (struct discover_word){ bc_arena_copy(survey->arena, cell), 1 };
}

static void see_time(struct discover_survey *survey, struct discover_column *column,
                     struct bc_str cell)
{
    discover_formats set = discover_formats_of(cell);
    size_t i = 0;

    if (!set) {
        see_odd(survey, column, cell);
        return;
    }
    if (set & ~discover_formats_numbers())
        column->times++;
    else
        column->counts++;
    while (i < column->fit_n && column->fits[i].set != set)
        i++;
    if (i == column->fit_n && i < DISCOVER_FITS_MOST)
        column->fits[column->fit_n++] =
            (struct discover_fit){ set, 0, bc_arena_copy(survey->arena, cell) };
    if (i < DISCOVER_FITS_MOST)
        column->fits[i].n++;
}

/* What a cell says of the decimal sign; 12 says nothing, and 1.234 may be either. */
static void see_number(struct discover_column *column, struct bc_str cell)
{
    char plain[CSV_NUMBER_LEN];
    const bool comma = csv_number_parse(plain, cell, ',');
    const bool point = csv_number_parse(plain, cell, '.');

    if (!comma && !point)
        return;
    column->either += csv_number_is_either(cell);
    column->with_comma += !point;
    column->with_point += !comma;
    column->spelled += !csv_number_is_plain(cell);
}

static void see_row(struct discover_survey *survey, const struct csv_row *row)
{
    bc_arena_reset(survey->scratch);
    survey->rows++;
    for (size_t i = 0; i < row->cell_n; i++) {
        struct discover_column *column = &survey->columns[i];
        const struct bc_str cell = csv_line(survey->scratch, row->cells[i]),
                            inner = csv_trimmed(cell);

        if (cell.len == 0)
            continue;
        column->filled++;
        discover_words_add(&column->words, survey->arena, DIFFERENT / survey->column_n, cell);
        see_number(column, inner);
        if (column->fit_n > 0 || column->filled <= HOPELESS)
            see_time(survey, column, inner);
    }
}

static void see_misfit(struct discover_survey *survey, const struct csv_row *row)
{
    if (survey->misfits++ > 0)
        return;
    survey->misfit_line = row->begin.line;
    survey->misfit_cells = row->cell_n;
}

static void see_fault(struct discover_survey *survey, const struct csv_row *row,
                      const struct bc_err *err)
{
    if (survey->faults++ > 0)
        return;
    survey->fault_line = row->begin.line;
    survey->fault = bc_arena_copy(survey->arena, bc_str_of(err->message));
}

/* A table of names alone tells nothing of what stands below them. */
static bc_status check_rows(const struct discover_survey *survey, struct bc_err *err)
{
    if (survey->rows + survey->misfits + survey->faults > 0)
        return BC_OK;
    bc_err_set(err, BC_E_INPUT,
               "the names of %zu column%s, and no row below them, from which a map could be made",
               survey->column_n, survey->column_n == 1 ? "" : "s");
    return bc_err_in(err, BC_E_INPUT, "%s:1:1", survey->path);
}

bc_status discover_survey_next(const struct discover_survey *survey, csv_reader *reader,
                               struct csv_row *row, struct bc_err *err)
{
    bc_status rc;

    do
        rc = csv_reader_next(reader, row, err);
    while (rc == BC_OK && survey->sheet && csv_sheet_is_blank(row));
    return rc;
}

static bc_status read_rows(struct discover_survey *survey, struct bc_err *err)
{
    csv_reader *reader = csv_reader_again(survey->reader);
    struct csv_row row;
    bc_status rc = csv_reader_next(reader, &row, err);

    if (rc == BC_DONE) {
        bc_err_set(err, BC_E_INPUT, "empty, expected a row with the names of the columns");
        rc = bc_err_in(err, BC_E_INPUT, "%s:1:1", survey->path);
    }
    if (rc == BC_OK && survey->sheet)
        rc = csv_sheet_names(reader, &row, survey->path, err);
    if (rc == BC_OK)
        name_columns(survey, &row);
    while (rc == BC_OK) {
        rc = discover_survey_next(survey, reader, &row, err);
        if (rc == BC_OK && row.cell_n == survey->column_n)
            see_row(survey, &row);
        else if (rc == BC_OK)
            see_misfit(survey, &row);
        if (rc == BC_E_INPUT && !csv_reader_broken(reader)) {
            see_fault(survey, &row, err);
            *err = (struct bc_err){ 0 };
            rc = BC_OK;
        }
    }
    csv_reader_close(reader);
    return rc < 0 ? rc : check_rows(survey, err);
}

bc_status discover_survey_open(struct discover_survey *out, const struct discover_table *table,
                               struct bc_err *err)
{
    bc_status rc;

    *out = (struct discover_survey){ .path = table->path,
                                     .sheet = table->sheet,
                                     .arena = bc_arena_new(),
                                     .scratch = bc_arena_new() };
    rc = open_reader(out, table, err);
    if (rc == BC_OK)
        rc = read_rows(out, err);
    if (rc < 0)
        discover_survey_release(out);
    return rc;
}

void discover_survey_release(struct discover_survey *survey)
{
    for (size_t i = 0; i < survey->column_n; i++)
        discover_words_release(&survey->columns[i].words);
    free(survey->columns);
    csv_reader_close(survey->reader);
    bc_arena_free(survey->arena);
    bc_arena_free(survey->scratch);
    *survey = (struct discover_survey){ 0 };
}

bool discover_column_is_time(const struct discover_column *column)
{
    return column->times > 0 && column->times * 10 > column->filled * 9;
}

bool discover_column_is_words(const struct discover_column *column)
{
    return column->words.n > 0 && column->words.seen.n == column->words.n && !column->words.more;
}
