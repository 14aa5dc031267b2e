/* tools/cmd_metrics.c - every metric and red line, at one date. */
#include "tools/answer.h"

static bc_status answer(const struct cmd_env *env, struct asked *asked, int64_t as_of_us,
                        const struct answer_part *part, bool as_json, struct bc_err *err)
{
    const struct bc_report_options options = { .lists = true };
    struct bc_report *report = NULL;
    bc_status rc;

    asked->question.as_of_us = &as_of_us;
    asked->question.date_n = 1;
    rc = bc_report_make(&report, asked->timelines, &asked->question, &options, err);
    if (rc < 0)
        return rc;
    if (as_json) {
        struct json_out json = json_out_begin(env->out);

        answer_json(&json, asked, report, 0, part);
        json_out_release(&json);
    } else {
        answer_print(env, report, 0, part);
        asked_print(env, asked, &as_of_us);
    }
    bc_report_free(report);
    return BC_OK;
}

int cmd_metrics(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = { "backcast metrics --as-of 2025-03-31",
                                            "backcast metrics --as-of 2025-03-31 "
                                            "--known-at 2025-04-02 --slice new",
                                            NULL };
    static const struct opt_page page = { "backcast metrics",
                                          "Prints every metric and red line as of a date.",
                                          examples };
    const char *as_of = NULL, *slice = NULL;
    struct ask ask = { 0 };
    bool json = false;
    const struct opt opts[] = {
        { "as-of", "WHEN", .text = &as_of,
          .help = "count what had happened by then (default: today)" },
        ASK_OPTIONS(&ask),
        { "slice", "SLICE", .text = &slice, .help = "only the metrics of this slice" },
        { "json", NULL, .flag = &json, .help = "print for programs" },
        { 0 },
    };
    struct answer_part part = { .slice = -1, .red_lines = true };
    struct bc_err err = { 0 };
    struct asked asked = { 0 };
    struct when when;
    size_t index = 0;
    bc_status rc = opt_parse(opts, &page, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = asked_open(&asked, env, &ask, &err);
    if (rc == BC_OK)
        rc = asked_when(&when, &asked, env, as_of, &err);
    if (rc == BC_OK && slice) {
        rc = asked_slice(&index, &asked, slice, &err);
        part.slice = (int)index;
    }
    if (rc == BC_OK)
        rc = answer(env, &asked, when_instant(&when, asked.rules->zone), &part, json, &err);
    asked_close(&asked);
    return cmd_exit(env, rc, &err);
}
