/* tools/site/figures/metric_part.h - for insiders: the parts of the page of one metric. */
#ifndef BC_TOOLS_SITE_FIGURES_METRIC_PART_H
#define BC_TOOLS_SITE_FIGURES_METRIC_PART_H

#include "tools/draw/lanes.h"
#include "tools/site/figures/figure_pages.h"

/* A date under one of the rules: the row of the metric, as `series` has it, or an empty one where
 * these rules have no such metric or slice. */
struct metric_point {
    int32_t day;
    struct bc_str rules; /* their version */
    struct row figure;
};

/* What was decided, issued or ruled. */
struct metric_mark {
    struct lanes_mark mark; /* its label is among the texts */
    const char *kind;       /* "Pivot" */
    struct bc_str what, here;
    struct bc_str report, name; /* id and name of a report */
    int64_t said_us;            /* when that was issued */
    enum page_state state;
    bool stated; /* `here` is a state */
};

struct metric_page {
    struct call_page *call;
    const struct bc_metric_rule *rule; /* of the first rules */
    struct bc_str name, slice;
    const char *every;
    char from[BC_DAY_LEN], to[BC_DAY_LEN]; /* the dates of the series */
    int32_t from_day, to_day;
    struct when at, before; /* the date that was chosen, and a week before */
    char at_text[WHEN_LEN], before_text[WHEN_LEN];
    struct metric_point *points; /* [date][rules] */
    size_t date_n, ref_n;
    const struct row *lines; /* `red-lines`, for their pivots */
    bool brief;              /* only what a slider's step shows: the series */
    bool chosen;             /* the date is in the address: it is not the slider's */
    struct metric_mark *marks;
    size_t mark_n, mark_cap;
    const struct row *explained; /* `explain` at the date */
    const struct row *changed;   /* `diff` from the week before */
    const struct row *learnt;    /* `diff` from what was known then; or NULL */
    struct row before_figure;    /* at the week before */
    char known[WHEN_LEN];        /* by when it was known then; "": nothing to compare with */
    struct bc_str known_report;  /* the report that was issued then; may be empty */
};

/* "metric" and "slice" as options of commands. */
const char *metric_option(struct metric_page *page, const char *option);
const char *metric_slice_option(struct metric_page *page);

/* Asking. */
bc_status metric_series_ask(struct metric_page *page, struct bc_err *err);
bc_status metric_marks_ask(struct metric_page *page, struct bc_err *err);
bc_status metric_date_ask(struct metric_page *page, struct bc_err *err);

/* The sections. */
void metric_years_put(struct metric_page *page);
void metric_marks_put(struct metric_page *page);
void metric_date_put(struct metric_page *page);
bc_status metric_counted_put(struct metric_page *page, struct bc_err *err);

/* The point of a day under the first rules; or NULL. */
const struct metric_point *metric_point_of(const struct metric_page *page, int32_t day);
/* "27.6 %", and what it rests on, "16 of 58", into a text. */
void metric_figure_add(struct bc_buf *out, const struct row *figure);
void metric_rests_add(struct bc_buf *out, const struct row *figure);
/* A link to this page with another date chosen; ended by document_link_end. */
bool metric_link(struct metric_page *page, struct bc_str at);
void metric_page_release(struct metric_page *page);

#endif
