/* tools/show/report.h - a report at one date: its figures as rows, in each form. */
#ifndef BC_TOOLS_SHOW_REPORT_H
#define BC_TOOLS_SHOW_REPORT_H

#include "projections/report/report.h"
#include "tools/ask/basis.h"
#include "tools/show/report_by.h"

/* Which part of a report is printed. */
struct report_part {
    size_t *metrics; /* indexes, ascending; NULL: all of them */
    size_t metric_n;
    int slice; /* of the rules, or -1: all of them; slice_n: none */
    bool red_lines;
};

/* The part with the metrics and the slice of these names, as far as the rules have them. No names:
 * every metric, and the red lines. `slice` NULL: all of them. */
void report_part_init(struct report_part *out, const bc_rules *rules,
                      const struct opt_list *metrics, const char *slice);
void report_part_release(struct report_part *part);

/* "ratio", "days", or what is counted: "deals", "meetings", ... */
const char *report_unit(const struct bc_metric_rule *rule);
/* The kind of cell that its value is, that of a red line is. */
enum cell_kind report_figure(const struct bc_metric_rule *rule);
enum cell_kind report_line_figure(const struct bc_red_line_rule *rule);
/* A cell with a figure of that kind, or null. */
void report_value(struct row *row, const char *key, enum cell_kind kind, bool there, double value);

/* The cells of one figure, of one red line. */
void report_metric_cells(struct row *row, const struct bc_metric_rule *rule, const char *slice,
                         const struct bc_cell *cell);
void report_line_cells(struct row *row, const struct bc_red_line_rule *rule,
                       const struct bc_red_line_cell *cell);

/* Adds what a figure rests on, in a few words; nothing of a count. */
void report_ground_add(struct bc_buf *out, const struct bc_metric_rule *rule,
                       const struct bc_cell *cell);
/* The state of a red line for people (`stateShown`), in its colour; and how far its guard is. */
void report_state_told(struct row *row, enum bc_red_line_state state);
void report_line_told(struct row *row, const struct bc_red_line_rule *rule,
                      const struct bc_red_line_cell *cell);

/* One date of a report. */
struct report_shown {
    const struct basis *basis; /* under its rules; for JSON */
    const struct bc_report *report;
    size_t date;
    const struct report_part *part;
    bool rules_changed;         /* since the date before; JSON says so */
    const char *day;            /* for CSV: the date as asked */
    const struct report_by *by; /* split by a key: its rows in place of the report's; or NULL */
};
/* Adds what its figures miss since the rules do not know its words; JSON has it by itself. */
void report_note_unknown(struct notes *notes, const struct report_shown *shown, const char *when);
/* With the notes on it, which are the basis's and what the figures miss. */
struct report_noted {
    const struct report_shown *shown;
    struct notes notes;
};
void report_noted_init(struct report_noted *out, const struct report_shown *shown);
void report_noted_release(struct report_noted *noted);
/* All of its JSON as the cells of one row. */
void report_cells(struct row *row, const struct report_noted *noted);
/* One JSON object a line. */
void report_json(const struct cmd_env *env, const struct report_shown *shown);
/* A line a figure: date,metric,slice,value,n, and the rules' version if `with_rules`; if it is
 * split by a key, then key and value. */
void report_csv_head(const struct cmd_env *env, bool with_rules, bool split);
void report_csv(const struct cmd_env *env, const struct report_shown *shown, bool with_rules);
/* The table of a split report: each metric in the slice asked for, or in its headline. */
void report_print_by(const struct cmd_env *env, const struct report_shown *shown);
/* Tables. */
void report_print(const struct cmd_env *env, const struct report_shown *shown);

/* For a part, the how-many-th metric; and how many there are. */
static inline size_t report_metric(const struct report_part *part, size_t i)
{
    return part->metrics ? part->metrics[i] : i;
}
static inline size_t report_metric_n(const struct report_part *part, const struct bc_rules *rules)
{
    return part->metrics ? part->metric_n : rules->metric_n;
}

#endif
