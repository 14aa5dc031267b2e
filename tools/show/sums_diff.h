/* tools/show/sums_diff.h - for insiders: rows of sums that differ between two ways of asking, with
 * causes and deals, in each form. */
#ifndef BC_TOOLS_SHOW_SUMS_DIFF_H
#define BC_TOOLS_SHOW_SUMS_DIFF_H

#include "projections/diff/sums_diff.h"
#include "tools/print/column.h"
#include "tools/print/row.h"
#include "tools/show/diff_sides.h"

/* What the rows of an answer are sums of. */
struct sums_kind {
    const char *const *figures; /* their names */
    size_t n;
    bool amounts; /* else numbers of deals */
    /* For programs: a deal's stake under a key; null where it is in nothing. */
    void (*stake)(struct row *row, const char *key, const struct bc_sum_stake *stake);
};

/* For programs, of a whole row: "change", an object of the figures, and "causes", each with its
 * change and its deals. */
void sums_diff_cells(struct row *row, const struct sums_kind *kind, const struct bc_sums_row *sums);

/* One figure of a row, for people and for CSV: "figure", "old", "new", "change"; for people
 * "causes" to stand below it, in a CSV a cell named after each cause, which add up to the change.
 */
void sums_diff_figure(struct row *row, const struct sums_kind *kind, const struct bc_sums_row *sums,
                      size_t figure);
/* The same of something that is shown and not split. */
struct sums_beside {
    const char *name;
    enum cell_kind kind; /* CELL_RATE, CELL_AMOUNT */
    bool from_there, to_there;
    double from, to;                  /* a rate */
    bc_int128 from_amount, to_amount; /* an amount */
};
bool sums_beside_differs(const struct sums_beside *beside);
void sums_beside_cells(struct row *row, const struct sums_beside *beside);

/* The columns of such lines, in a table or in a CSV, after those of the caller's own. */
enum { SUMS_OWN_MAX = 2, SUMS_COLUMNS_MAX = SUMS_OWN_MAX + 4 + BC_CAUSE_GIVEN };
struct columns sums_diff_columns(struct column out[SUMS_COLUMNS_MAX], const struct column *own,
                                 size_t n, bool csv);

#endif
