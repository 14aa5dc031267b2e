/* tools/print/row.h - an answer as values: a row of cells, each named by its key.
 *
 * The code that has an answer fills its rows, in the order of its JSON; a printer (print_json.h,
 * print_table.h, print_csv.h) walks them, and depends on no answer:
 *
 *     static void visit_row(struct row *row, const void *source, size_t i)
 *     {
 *         const struct bc_history *history = source;
 *
 *         row_text(row, "stage", history->visits[i].stage);
 *         row_instant(row, "entered", history->visits[i].entered_us);
 *     }
 *
 *     row_rows(answer, "visits", rows_of(visit_row, history, history->visit_n));
 *
 * Inner rows are not stored: the printer has each filled when it comes to it, and drops it when it
 * was printed, so that an answer of any length takes the memory of one row. */
#ifndef BC_TOOLS_PRINT_ROW_H
#define BC_TOOLS_PRINT_ROW_H

#include "ledger/base/amount.h"
#include "ledger/base/err.h"
#include "ledger/base/mem.h"
#include "ledger/record/merkle.h"

struct names; /* tools/cli/names.h */
struct row;
struct times; /* tools/cli/times.h */

/* Fills a row with the i-th of `source`. */
typedef void row_fill_fn(struct row *row, const void *source, size_t i);

/* Where rows that are found one after the other go. */
struct row_taker {
    struct row *row; /* cleared for the next one */
    bc_status (*take)(struct row_taker *taker, struct bc_err *err);
};
/* Finds rows: fills taker->row and calls row_take, for each. A negative status ends the answer
 * where it is. */
typedef bc_status row_find_fn(struct row_taker *taker, void *finder, struct bc_err *err);

/* Rows to come: `n` that can be filled by number, or those that are found. */
struct rows {
    row_fill_fn *fill; /* or NULL: */
    row_find_fn *find;
    const void *source; /* of fill */
    void *finder;       /* of find */
    size_t n;
};

enum cell_kind {
    CELL_NULL,
    CELL_TEXT,
    CELL_TEXTS, /* a list of them */
    CELL_BOOL,
    CELL_COUNT,
    CELL_INTEGER,
    CELL_SEQ,    /* 64 bits; in JSON a string, as proto3 has it */
    CELL_NUMBER, /* for people without decimals */
    CELL_TENTHS, /* a number, for people with one decimal */
    CELL_RATE,   /* a number, for people in percent */
    CELL_POINTS, /* a difference of rates, for people in percentage points, with its sign */
    CELL_DAYS,   /* a number of days */
    CELL_AMOUNT, /* in millionths; exact, in JSON a string; for people with two decimals */
    CELL_INSTANT,
    CELL_HEAD, /* seq and root; for people the root */
    CELL_JSON, /* is JSON already */
    CELL_ROW,  /* one row within, the only one of `rows` */
    CELL_ROWS, /* rows within */
    CELL_REST, /* more cells of this row, known only when those before were printed */
};

struct cell {
    const char *key; /* NULL: in JSON the row is no object but this value; in a table the next of
                        the columns without a key has it */
    enum cell_kind kind;
    const char *color; /* for people: "red", "green", "yellow", "bold"; or NULL */
    union {
        struct bc_str text; /* JSON, too */
        struct {
            const struct bc_str *at;
            size_t n;
        } texts;
        bool yes;
        uint64_t count; /* and seq */
        int64_t integer;
        double number;
        int64_t us;
        const bc_int128 *millionths;
        const struct bc_head *head;
        struct rows rows;
    };
};

/* Whom it is filled for: what only others read can be left out. JSON is for programs, a table for
 * people, CSV for both. A page is for programs and pages: it has what the JSON has, and what only a
 * page says besides. */
enum row_reader { ROW_FOR_PROGRAMS = 1, ROW_FOR_PEOPLE = 2, ROW_FOR_PAGES = 4 };

struct row {
    unsigned readers;
    const struct times *times; /* how people read times in it; NULL: in UTC */
    struct names *names;       /* of deals, for people; or NULL */
    struct cell *cells;
    size_t n, cap;
    struct bc_buf *made; /* the texts made for it, and room for those of the rows to come */
    size_t made_n, made_cap;
    bc_arena *arena; /* what row_alloc gave; NULL before the first */
};

/* `(struct row){ .readers = ... }` is an empty one, perhaps with .times and .names. */
void row_clear(struct row *row);
void row_release(struct row *row);
static inline bool row_for_people(const struct row *row)
{
    return row->readers & ROW_FOR_PEOPLE;
}
static inline bool row_for_programs(const struct row *row)
{
    return row->readers & ROW_FOR_PROGRAMS;
}
static inline bool row_for_pages(const struct row *row)
{
    return row->readers & ROW_FOR_PAGES;
}

/* Each adds a cell. Keys, and texts and whatever else is pointed to, are borrowed until the row was
 * printed. */
void row_null(struct row *row, const char *key);
void row_text(struct row *row, const char *key, struct bc_str text);
void row_said(struct row *row, const char *key, struct bc_str text); /* CELL_NULL for "" */
void row_word(struct row *row, const char *key, const char *text);
void row_texts(struct row *row, const char *key, const struct bc_str *texts, size_t n);
void row_bool(struct row *row, const char *key, bool yes);
void row_count(struct row *row, const char *key, uint64_t count);
void row_integer(struct row *row, const char *key, int64_t integer);
void row_seq(struct row *row, const char *key, uint64_t seq);
/* CELL_NUMBER, CELL_TENTHS, CELL_RATE, CELL_POINTS or CELL_DAYS; CELL_NULL for none. */
void row_figure(struct row *row, const char *key, enum cell_kind kind, double value);
void row_instant(struct row *row, const char *key, int64_t us);
void row_amount(struct row *row, const char *key, bc_int128 millionths); /* keeps it */
void row_head(struct row *row, const char *key, const struct bc_head *head);
void row_json(struct row *row, const char *key, struct bc_str json);
void row_row(struct row *row, const char *key, row_fill_fn *fill, const void *source);
void row_rows(struct row *row, const char *key, struct rows rows);
void row_rest(struct row *row, row_fill_fn *fill, const void *source);

/* A text that is made for this row, and lives as long as its cells: the text (or JSON) of row_made
 * is what was added to the buffer of row_make. */
struct bc_buf *row_make(struct row *row);
void row_made(struct row *row, const char *key);
void row_made_json(struct row *row, const char *key);
/* The same in one step, as printf has it. */
#define row_format(row, key, ...)                                                                  \
    (bc_buf_printf(row_make(row), __VA_ARGS__), row_made((row), (key)))
/* Zeroed memory that lives as long as the row's cells: what rows within are filled from. */
void *row_alloc(struct row *row, size_t size);
/* A list of `n` texts to be filled in. */
struct bc_str *row_make_texts(struct row *row, const char *key, size_t n);

/* Colours the cell added last. */
void row_color(struct row *row, const char *color);

/* The first cell of that key, or NULL. */
const struct cell *row_find(const struct row *row, const char *key);
/* The n-th of the cells without a key, or NULL. */
const struct cell *row_nth(const struct row *row, size_t n);

static inline struct rows rows_of(row_fill_fn *fill, const void *source, size_t n)
{
    return (struct rows){ .fill = fill, .source = source, .n = n };
}
static inline struct rows rows_found(row_find_fn *find, void *finder)
{
    return (struct rows){ .find = find, .finder = finder };
}

/* A finder calls it when taker->row is filled; it is empty again after that. */
bc_status row_take(struct row_taker *taker, struct bc_err *err);
/* A printer calls it: has each row filled, in taker->row, and takes it. */
bc_status rows_each(const struct rows *rows, struct row_taker *taker, struct bc_err *err);

#endif
