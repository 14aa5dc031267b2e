/* tools/discover/discover_survey.h - a table read through: what stands in each of its columns.
 *
 * Of a column the first different words are kept, with how many rows have each; and of its times,
 * in which formats they are. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_SURVEY_H
#define BC_TOOLS_DISCOVER_DISCOVER_SURVEY_H

#include "ledger/base/mem.h"
#include "tools/discover/discover_formats.h"
#include "tools/import/csv/csv_read.h"
#include "tools/import/csv/csv_seen.h"

#define DISCOVER_WORDS_MOST 200
#define DISCOVER_FITS_MOST  32

struct discover_word {
    struct bc_str text;
    uint64_t n;
};

/* `{ 0 }` is empty. */
struct discover_words {
    struct discover_word *at; /* the first different ones */
    size_t n, cap;
    struct csv_seen seen; /* every different one, up to a limit; `number` is its place, or -1 */
    bool more;            /* there are more than that */
    bool repeats;         /* one stands in two rows */
};
/* Remembers `most` different words at most. */
void discover_words_add(struct discover_words *words, bc_arena *arena, size_t most,
                        struct bc_str word);
/* Its place in `at`, or -1. */
int64_t discover_words_find(const struct discover_words *words, struct bc_str word);
void discover_words_release(struct discover_words *words);

struct discover_column {
    struct bc_str name; /* as a map calls it: of two of one name "Owner#2" */
    bool nameable;      /* a map can name it */
    uint64_t filled;    /* rows */
    struct discover_words words;
    struct discover_fit fits[DISCOVER_FITS_MOST];
    size_t fit_n;
    uint64_t times;              /* cells that are times in a format that is no number's, */
    uint64_t counts;             /* and in those of numbers alone */
    struct discover_word odd[8]; /* cells that are no times, the first different ones */
    size_t odd_n;
    uint64_t odd_rows; /* all of them */
    /* Cells that are numbers: with a comma, with a point for the decimal sign, with what may be
     * either (1.234); and those not written 1234.56. */
    uint64_t with_comma, with_point, either, spelled;
};

/* What is read: a file, or the text of a spreadsheet that people work in. */
struct discover_table {
    const char *path;           /* for messages, and in the map's head */
    const struct bc_str *sheet; /* the text; NULL: the file at `path` ("-": standard input) */
    const char *named_after;    /* the map: a path */
    const char *word;           /* of the import: "csv" */
};

struct discover_survey {
    const char *path;
    bool sheet;                 /* whose rows without any text are passed over */
    csv_reader *reader;         /* of which nothing more is read; others begin from it again */
    enum csv_encoding encoding; /* CSV_FOUND where a map need not say it */
    struct discover_column *columns;
    size_t column_n;
    uint64_t rows;                 /* with as many cells as the header */
    uint64_t misfits, misfit_line; /* others, and the first of them */
    size_t misfit_cells;
    uint64_t faults, fault_line; /* those that cannot be read, and the first of them */
    struct bc_str fault;         /* why */
    bc_arena *arena;             /* of all texts */
    bc_arena *scratch;           /* until the next row */
};

/* BC_E_INPUT: no table. BC_E_IO: it cannot be read. Borrows the table's path. */
bc_status discover_survey_open(struct discover_survey *out, const struct discover_table *table,
                               struct bc_err *err);
/* The next row of a reader of the survey's table. */
bc_status discover_survey_next(const struct discover_survey *survey, csv_reader *reader,
                               struct csv_row *row, struct bc_err *err);
void discover_survey_release(struct discover_survey *survey); /* a zeroed one is fine */

/* More than nine of ten filled cells are times. */
bool discover_column_is_time(const struct discover_column *column);
/* At most DISCOVER_WORDS_MOST different words. */
bool discover_column_is_words(const struct discover_column *column);

#endif
