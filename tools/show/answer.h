/* tools/show/answer.h - reports, rows in and characters out. */
#ifndef BC_TOOLS_SHOW_ANSWER_H
#define BC_TOOLS_SHOW_ANSWER_H

#include "projections/report/report.h"
#include "tools/ask/ask.h"

/* Which part of a report is printed. */
struct answer_part {
    size_t *metrics; /* indexes, ascending; NULL: all of them */
    size_t metric_n;
    int slice; /* of the rules, or -1: all of them; slice_n: none */
    bool red_lines;
    bool rules_changed; /* since the date before; JSON says so */
};

/* The part that has the metrics and the slice of these names, as far as the rules have them. No
 * names: every metric, and the red lines. `slice` NULL: all of them. */
void answer_part_init(struct answer_part *out, const bc_rules *rules,
                      const struct opt_list *metrics, const char *slice);
void answer_part_release(struct answer_part *part);

/* "ratio", "days", or what is counted: "deals", "meetings", ... */
const char *answer_unit(const struct bc_metric_rule *rule);

/* One date of a report as one JSON object. */
void answer_json(struct json_out *json, const struct asked *asked, const struct bc_report *report,
                 size_t date, const struct answer_part *part);
/* One figure of it, as it stands there. */
void answer_json_cell(struct json_out *json, const struct bc_metric_rule *rule, const char *slice,
                      const struct bc_cell *cell);
void answer_json_red_line(struct json_out *json, const struct bc_red_line_rule *rule,
                          const struct bc_red_line_cell *cell);
/* One date of a report as CSV rows: date,metric,slice,value,n, and the rules' version if
 * `with_rules`. */
void answer_csv(const struct cmd_env *env, const struct bc_report *report, size_t date,
                const char *date_text, const struct answer_part *part, bool with_rules);
/* One date of a report as tables. */
void answer_print(const struct cmd_env *env, const struct bc_report *report, size_t date,
                  const struct answer_part *part);

/* A value as people read it: `14`, `31.0 %`, `81.5 d`. The cell has one. */
#define ANSWER_VALUE_LEN 48
void answer_value(char out[ANSWER_VALUE_LEN], const struct bc_metric_rule *rule, double value);

/* For a part, the how-many-th metric; and how many there are. */
static inline size_t answer_metric(const struct answer_part *part, size_t i)
{
    return part->metrics ? part->metrics[i] : i;
}
static inline size_t answer_metric_n(const struct answer_part *part, const struct bc_rules *rules)
{
    return part->metrics ? part->metric_n : rules->metric_n;
}

#endif
