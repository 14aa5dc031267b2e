/* tools/cmd/metrics.c - every metric and red line, at one date. */
#include "tools/cmd/pages.h"
#include "tools/show/report.h"
#include "tools/show/side_by_side.h"

#include <stdlib.h>

struct args {
    struct ask ask;
    const char *as_of, *slice;
    bool json;
};

/* The answers, one for each of the rules given. */
struct answers {
    struct asked asked;
    int64_t *as_of_us;
    struct bc_report **reports;
    struct report_part *parts;
};

/* Some of the rules must have the slice; else the message lists what the last of them have. */
static bc_status check_slice(const struct answers *answers, const char *slice, struct bc_err *err)
{
    const struct asked *asked = &answers->asked;
    size_t index;

    for (size_t ref = 0; ref < asked->ref_n; ref++)
        if (bc_rules_slice(asked->chosen[ref], bc_str_of(slice)) >= 0)
            return BC_OK;
    return asked_slice(&index, asked, slice, err);
}

static bc_status answer(struct answers *answers, size_t ref, const struct cmd_env *env,
                        const struct args *args, struct bc_err *err)
{
    const struct bc_report_options options = { .lists = true };
    struct asked *asked = &answers->asked;
    struct when when;
    bc_status rc = asked_use(asked, ref, NULL, err);

    if (rc == BC_OK)
        rc = asked_when(&when, asked, env, args->as_of, err);
    if (rc < 0)
        return rc;
    answers->as_of_us[ref] = when_instant(&when, asked->rules->zone);
    report_part_init(&answers->parts[ref], asked->rules, NULL, args->slice);
    asked->question.as_of_us = &answers->as_of_us[ref];
    asked->question.date_n = 1;
    return bc_report_make(&answers->reports[ref], asked->timelines, &asked->question, &options,
                          err);
}

static bc_status print_json(struct answers *answers, const struct cmd_env *env,
                            const struct args *args, struct bc_err *err)
{
    struct asked *asked = &answers->asked;
    bc_status rc = BC_OK;

    for (size_t ref = 0; rc == BC_OK && ref < asked->ref_n; ref++) {
        struct when when;

        rc = asked_use(asked, ref, NULL, err);
        if (rc == BC_OK)
            rc = asked_when(&when, asked, env, args->as_of, err);
        if (rc == BC_OK)
            report_json(env, &(struct report_shown){ .asked = asked,
                                                     .report = answers->reports[ref],
                                                     .part = &answers->parts[ref] });
    }
    return rc;
}

static bc_status run(struct answers *answers, const struct cmd_env *env, const struct args *args,
                     struct bc_err *err)
{
    struct asked *asked = &answers->asked;
    bc_status rc = asked_open(asked, env, &args->ask, err);

    if (rc < 0)
        return rc;
    answers->as_of_us = bc_calloc(asked->ref_n, sizeof(*answers->as_of_us));
    answers->reports = bc_calloc(asked->ref_n, sizeof(struct bc_report *));
    answers->parts = bc_calloc(asked->ref_n, sizeof(*answers->parts));
    for (size_t ref = 0; rc == BC_OK && ref < asked->ref_n; ref++)
        rc = answer(answers, ref, env, args, err);
    if (rc == BC_OK && args->slice)
        rc = check_slice(answers, args->slice, err);
    if (rc < 0)
        return rc;
    if (args->json)
        return print_json(answers, env, args, err);
    if (asked->ref_n == 1)
        report_print(env, &(struct report_shown){ .report = answers->reports[0],
                                                  .part = &answers->parts[0] });
    else
        side_by_side_print(env, asked, answers->reports, answers->parts);
    asked_print(env, asked, answers->as_of_us);
    return BC_OK;
}

static void answers_release(struct answers *answers)
{
    for (size_t ref = 0; answers->reports && ref < answers->asked.ref_n; ref++) {
        bc_report_free(answers->reports[ref]);
        report_part_release(&answers->parts[ref]);
    }
    free(answers->reports);
    free(answers->parts);
    free(answers->as_of_us);
    asked_close(&answers->asked);
}

int cmd_metrics(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .ask = { .several = true } };
    const struct opt opts[] = {
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "count what had happened by then (default: today)" },
        ASK_OPTIONS_SEVERAL(&args.ask),
        OPT_VERIFIED(&args.ask.verified),
        OPT_THREADS(&args.ask.threads),
        { "slice", "SLICE", .text = &args.slice, .help = "only the metrics of this slice" },
        { "json", NULL, .flag = &args.json, .help = "print for programs" },
        { 0 },
    };
    struct answers answers = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast metrics"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = run(&answers, env, &args, &err);
    answers_release(&answers);
    return cmd_exit(env, rc, &err);
}
