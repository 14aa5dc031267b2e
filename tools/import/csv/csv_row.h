/* tools/import/csv/csv_row.h - a row, read by a map, as events. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_ROW_H
#define BC_TOOLS_IMPORT_CSV_CSV_ROW_H

#include "tools/import/csv/csv_map.h"
#include "tools/import/csv/csv_read.h"
#include "tools/import/csv/csv_seen.h"
#include "tools/import/csv/csv_summary.h"

#define CSV_NO_CELL SIZE_MAX /* of an optional column that the table lacks */

struct csv_made {
    struct bc_event event;
    const struct csv_rule *rule;
    struct csv_digest said; /* where the map has no key (csv_id.h), and */
    struct bc_str old_id;   /* the id of scheme 1 */
};

/* What a row says about the rows to come; kept once the whole row was found good. */
struct csv_note {
    struct csv_digest of, said;
    int64_t us;
    bool here; /* by the row at hand */
};

/* The state of one reading. Start with `{ .map, .file }` and csv_rows_bind. */
struct csv_rows {
    const csv_map *map;
    const char *file;
    size_t *cell_of; /* of a column of the map, its cell in each row, or CSV_NO_CELL */
    size_t *by_name; /* the columns that are read, in byte order */
    size_t by_name_n;
    size_t cell_n;   /* of a row */
    bool unnamed_ok; /* columns without names, and without cells, mean nothing */
    const struct csv_row *row;
    struct bc_str deal, each; /* that an event is made of, where a cell has several */
    bc_arena *scratch;        /* until the next row */
    struct csv_made *made;
    size_t made_n, made_cap;
    struct csv_note *notes;
    size_t note_n, note_cap;
    struct csv_seen noted;  /* where they are many: the last of each, its number */
    struct csv_seen rows;   /* how often each row occurred, where rows have no key */
    struct csv_seen said;   /* there, too: how many events said the same, as `number` */
    struct csv_seen values; /* what a deal's last event said, for changes_only */
    struct csv_summary summary;
    bool named;  /* the row last taken is one that the map names */
    bool missed; /* the row was refused because of a crosswalk */
};

/* Finds the map's columns in the header. BC_E_INPUT lists those that only one of them has. */
bc_status csv_rows_bind(struct csv_rows *rows, const struct csv_row *header, struct bc_err *err);
void csv_rows_release(struct csv_rows *rows);

/* Makes the events of a row, whole and checked: made[0..made_n), until the next call. BC_E_INPUT:
 * none, and *err says why and where. */
bc_status csv_rows_take(struct csv_rows *rows, const struct csv_row *row, struct bc_err *err);

/* When the row happened by the map's time; false where that is not given. */
bool csv_rows_when(struct csv_rows *rows, int64_t *out_us, const struct csv_row *row);

/* The place of a part of an event of the last row. */
struct csv_place csv_rows_place(const struct csv_rows *rows, const struct csv_made *made,
                                struct bc_where where);

/* csv_note.c: what was said last of out->of, by this row or one before. */
bool csv_rows_noted(const struct csv_rows *rows, struct csv_note *out);
void csv_rows_note(struct csv_rows *rows, const struct csv_note *note);
/* For another row. */
void csv_rows_unnote(struct csv_rows *rows);

/* csv_stage.c: the stage before a deal's first change (`initial`). BC_DONE: this is not the deal's
 * first row, or it names none. BC_E_INPUT: the deal's rows are not in order of time. */
bc_status csv_rows_initial(struct csv_rows *rows, const struct csv_rule *rule, struct bc_err *err);
/* Counts a change that does not come from where the deal's row before led, and one that only its
 * row puts after another. */
void csv_rows_stage(struct csv_rows *rows, const struct csv_made *made);

/* csv_each.c: makes the events of a rule, one or, where a cell is a list, one for each by `make`.
 * BC_OK also where some of them are left out. */
typedef bc_status csv_make(struct csv_rows *rows, const struct csv_rule *rule,
                           struct bc_str row_key, struct bc_err *err);
bc_status csv_rows_each(struct csv_rows *rows, const struct csv_rule *rule, struct bc_str row_key,
                        csv_make *make, struct bc_err *err);
/* csv_split.c: the texts of a list, without the blanks around them; empty ones are left out. In
 * `scratch`; NULL where there is none. */
size_t csv_rows_split(const struct csv_rows *rows, struct bc_str **out, struct bc_str text,
                      char by);
/* The deal of the event being made. */
bc_status csv_rows_deal(struct csv_rows *rows, struct bc_str *out, const struct csv_about *about,
                        struct bc_err *err);

/* csv_cell.c: cells as texts, ids and numbers. */
/* Empty where the table lacks the column. */
struct bc_str csv_rows_cell(const struct csv_rows *rows, size_t column);
/* Its place, or that of the row. */
struct csv_place csv_rows_place_of(const struct csv_rows *rows, size_t column);
struct bc_str csv_rows_text(const struct csv_rows *rows, const struct csv_text *text);
/* BC_E_INPUT: an id or a number in exponent form, of which the last digits are lost. `column` is
 * its place. */
bc_status csv_rows_in_full(const struct csv_rows *rows, struct bc_str text, size_t column,
                           struct bc_err *err);
/* The same of an id, and cuts the blanks around it, and counts that. */
bc_status csv_rows_id(struct csv_rows *rows, struct bc_str *id, size_t column, struct bc_err *err);
/* Writes a number with this decimal sign as 1234.56. BC_E_INPUT: it is none. */
bc_status csv_rows_number(const struct csv_rows *rows, struct bc_str *text, char decimal,
                          size_t column, struct bc_err *err);
/* Of an amount: BC_E_INPUT where it is a number in another spelling than 1234.56; what is none at
 * all is counted. */
bc_status csv_rows_plain(struct csv_rows *rows, struct bc_str text, size_t column,
                         struct bc_err *err);
/* BC_E_INPUT about a column's cell (CSV_NO_COLUMN: the row). */
bc_status csv_rows_fault(const struct csv_rows *rows, size_t column, struct bc_err *err,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));

/* csv_value.c: cells as values. BC_DONE: the map leaves this event out. */
/* *given is false where the cell is empty. */
bc_status csv_rows_time(const struct csv_rows *rows, int64_t *out_us, bool *given,
                        const struct csv_time *time, struct bc_err *err);
/* The words of a value as a crosswalk has them, before they are put into ours; in `scratch`. */
size_t csv_rows_words(const struct csv_rows *rows, struct bc_str **out,
                      const struct csv_value *value);
/* Such a word for a message. */
struct bc_str csv_rows_shown(bc_arena *arena, struct bc_str word);
bc_status csv_rows_value(struct csv_rows *rows, struct bc_value *out, enum bc_type type,
                         const struct csv_value *value, struct bc_err *err);
/* YYYY-MM-DD, a day that exists, of the years 0001 to 9999. */
bool csv_is_date(struct bc_str text);
/* The same, though there may be no such day. */
bool csv_is_like_date(struct bc_str text);
bool csv_rows_hold(const struct csv_rows *rows, const struct csv_conditions *conditions);

#endif
