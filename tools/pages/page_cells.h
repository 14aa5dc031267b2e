/* tools/pages/page_cells.h - cells of pages that say more than their text: a deal with its id, a
 * state with its shape, a stage by its label. Those of struct column come by their names. */
#ifndef BC_TOOLS_PAGES_PAGE_CELLS_H
#define BC_TOOLS_PAGES_PAGE_CELLS_H

#include "projections/rules/rules.h"
#include "tools/print/column.h"
#include "tools/print/html_out.h"

struct behind; /* tools/pages/behind.h */

/* What cells know beside their row: html_out->about. */
struct page_about {
    const bc_rules *rules;
    const struct row *around; /* the row that has the rows of the table, where cells look there */
    const struct behind *behind; /* where the deals behind figures are listed; NULL: nowhere */
};
static inline const struct page_about *page_about(const struct html_out *out)
{
    return out->about;
}

/* The text of a cell; empty where it has none. */
struct bc_str page_cells_text(const struct row *row, const char *key);

/* --- states --- */

enum page_state { PAGE_OFF, PAGE_RISK, PAGE_FINE, PAGE_KNOW };
void page_cells_state(struct html_out *out, enum page_state state, struct bc_str word);

/* --- whole cells --- */

column_draw_fn page_cells_deal;         /* "name", with "deal" in grey */
column_draw_fn page_cells_stage;        /* the label of "stage" */
column_draw_fn page_cells_day;          /* the day of "at" */
column_draw_fn page_cells_last_done;    /* "lastActivity": what, and its day */
column_draw_fn page_cells_next_meeting; /* the day of "nextMeeting" */
column_draw_fn page_cells_metric;       /* the label of "metric" */
column_draw_fn page_cells_metric_named; /* the label of "name" */
column_draw_fn page_cells_slice_group;  /* the label of "slice" */
column_draw_fn page_cells_converted;    /* "converted" of "n" */
column_draw_fn page_cells_interval;     /* "low" to "high" */

/* --- parts of cells --- */

/* The label of a metric. */
void page_cells_put_metric(struct html_out *out, struct bc_str name);
/* A deal as page_cells_deal, of these cells. */
void page_cells_put_deal(struct html_out *out, struct bc_str deal, struct bc_str name);
void page_cells_put_day(struct html_out *out, const struct cell *instant);
/* "40.8 to 77.8 %": two figures of the same unit; nothing where one is not there. */
void page_cells_put_range(struct html_out *out, const struct row *row, const char *low,
                          const char *high);
/* A cell as a figure, or as text; nothing where the row has none. */
void page_cells_put(struct html_out *out, const struct row *row, const char *key);
/* The same as plain text, for what a drawing says. */
void page_cells_add(struct bc_buf *text, const struct row *row, const char *key);
/* A key of ours in words: "closedMean" as "closed mean". */
void page_cells_add_words(struct bc_buf *text, const char *key);
/* A number of a cell, as a drawing wants it; false: null. */
bool page_cells_number(double *value, const struct row *row, const char *key);
/* What a rate rests on: "14 of 23", with the count of `hit`. */
void page_cells_put_of(struct html_out *out, const struct row *row, const char *hit);
/* The same with the interval, "14 of 23, 40.8 to 77.8 %", below the name on a narrow page, where
 * the columns of both have left. */
void page_cells_put_rests_on(struct html_out *out, const struct row *row);
/* An amount that is a text, as a number with two decimals, as all amounts are read. */
void page_cells_put_amount(struct html_out *out, const struct row *row, const char *key);

#endif
