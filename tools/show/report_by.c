#include "tools/show/report_by.h"

bc_status report_by_key(struct bc_by *out, const char *text, struct bc_err *err)
{
    if (!bc_by_parse(out, bc_str_of(text)))
        return bc_err_set(err, BC_E_USAGE,
                          "--by '%s' is no key, expected a property's name, arm:EXPERIMENT, "
                          "campaign or the like",
                          text);
    if (bc_by_is_civil(out) || out->kind == BC_BY_ICP || out->kind == BC_BY_PLAYBOOK)
        return bc_err_set(err, BC_E_USAGE,
                          "--by '%s': it is the same for all deals at a date; "
                          "`backcast cohorts` has it as it was at their entry",
                          text);
    return BC_OK;
}

/* How many values may have a report, so that they take 48 MiB at most. */
static size_t value_most(size_t date_n)
{
    enum { VALUES_TIMES_DATES = 8192 };
    const size_t fit = VALUES_TIMES_DATES / date_n;

    return fit < REPORT_BY_MAX ? fit : REPORT_BY_MAX;
}

bc_status report_by_make(struct report_by *out, const struct bc_by *by, bc_timelines *timelines,
                         const struct bc_question *question,
                         const struct bc_report_options *options, struct bc_err *err)
{
    const size_t most = value_most(question->date_n);
    struct bc_by_values values;
    bc_status rc;

    *out = (struct report_by){ .by = *by };
    bc_by_values_init(&values, by, question->rules, bc_timelines_strings(timelines));
    rc = bc_report_make_split(&out->split, timelines, question, &values.splitter, most, options,
                              err);
    if (rc == BC_DONE && most == REPORT_BY_MAX)
        rc = bc_err_set(err, BC_E_USAGE, "--by '%.*s' has over %d values, expected at most %d",
                        BC_STR_ARG(by->text), REPORT_BY_MAX, REPORT_BY_MAX);
    return rc;
}

void report_by_show(const struct report_by *by, size_t date)
{
    for (size_t i = 0; i < by->split->n; i++)
        if (by->split->reports[i]->lists)
            bc_report_show(by->split->reports[i], date);
}

void report_by_release(struct report_by *by)
{
    bc_report_split_free(by->split);
    *by = (struct report_by){ 0 };
}
