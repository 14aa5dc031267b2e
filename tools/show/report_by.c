#include "tools/show/report_by.h"

#include <stdlib.h>

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

bc_status report_by_make(struct report_by *out, const struct bc_by *by, bc_timelines *timelines,
                         const struct bc_question *question,
                         const struct bc_report_options *options, struct bc_err *err)
{
    bc_status rc;

    *out = (struct report_by){ .by = *by };
    rc = bc_by_values_find(&out->values, timelines, question, &out->by, err);
    if (rc == BC_OK && out->values->n > REPORT_BY_MAX)
        rc = bc_err_set(err, BC_E_USAGE,
                        "--by '%.*s' has %zu values, expected at most %d: each is a report of its "
                        "own",
                        BC_STR_ARG(by->text), out->values->n, REPORT_BY_MAX);
    if (rc < 0)
        return rc;
    out->reports = bc_calloc(out->values->n + 1, sizeof(struct bc_report *));
    for (size_t i = 0; rc == BC_OK && i < out->values->n; i++) {
        struct bc_question asked = *question;
        struct bc_by_only only;

        bc_by_only_init(&only, out->values, i);
        asked.only = &only.only;
        rc = bc_report_make(&out->reports[i], timelines, &asked, options, err);
    }
    return rc;
}

void report_by_show(const struct report_by *by, size_t date)
{
    for (size_t i = 0; i < by->values->n; i++)
        if (by->reports[i]->lists)
            bc_report_show(by->reports[i], date);
}

void report_by_release(struct report_by *by)
{
    for (size_t i = 0; by->reports && i < by->values->n; i++)
        bc_report_free(by->reports[i]);
    free(by->reports);
    bc_by_values_free(by->values);
    *by = (struct report_by){ 0 };
}
