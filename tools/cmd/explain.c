/* tools/cmd/explain.c - what one figure rests on, or why it does not count a deal. */
#include "tools/show/explain.h"

#include "tools/cmd/pages.h"
#include "tools/show/explain_not.h"

struct args {
    struct ask ask;
    const char *metric, *as_of, *slice, *without;
    bool json;
};

static bc_status answer_counted(const struct cmd_env *env, const struct asked *asked, size_t metric,
                                size_t slice, bool json, struct bc_err *err)
{
    struct bc_explanation *explanation = NULL;
    bc_status rc = bc_explain(&explanation, asked->timelines, &asked->question, metric, slice, err);

    if (rc == BC_OK && json)
        explain_json(env, asked, explanation);
    else if (rc == BC_OK)
        rc = explain_print(env, asked, explanation, err);
    bc_explanation_free(explanation);
    return rc;
}

static bc_status answer_not(const struct cmd_env *env, const struct asked *asked, size_t metric,
                            size_t slice, const struct args *args, struct bc_err *err)
{
    struct bc_explanation_not *explanation = NULL;
    bc_status rc = bc_explain_not(&explanation, asked->timelines, &asked->question, metric, slice,
                                  bc_str_of(args->without), err);

    if (rc == BC_OK && args->json)
        explain_not_json(env, asked, metric, slice, explanation);
    else if (rc == BC_OK)
        explain_not_print(env, asked, metric, slice, explanation);
    bc_explanation_not_free(explanation);
    return rc;
}

static bc_status answer(const struct cmd_env *env, struct asked *asked, const struct args *args,
                        struct bc_err *err)
{
    size_t metric = 0, slice = 0;
    struct when when;
    int64_t as_of_us;
    bc_status rc = asked_when(&when, asked, env, args->as_of, err);

    if (rc == BC_OK)
        rc = asked_metric(&metric, asked, args->metric, err);
    if (rc < 0)
        return rc;
    slice = asked->rules->metrics[metric].headline;
    if (args->slice)
        rc = asked_slice(&slice, asked, args->slice, err);
    if (rc < 0)
        return rc;
    as_of_us = when_instant(&when, asked->rules->zone);
    asked->question.as_of_us = &as_of_us;
    asked->question.date_n = 1;
    if (args->without)
        return answer_not(env, asked, metric, slice, args, err);
    return answer_counted(env, asked, metric, slice, args->json, err);
}

int cmd_explain(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    const struct opt opts[] = {
        { NULL, "METRIC", .text = &args.metric, .help = "the metric, as metrics names it",
          .required = true },
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "count what had happened by then (default: today)" },
        { "slice", "SLICE", .text = &args.slice,
          .help = "in this slice (default: the metric's headline)" },
        { "not", "DEAL", .text = &args.without,
          .help = "instead: why the figure does not count this deal" },
        ASK_OPTIONS(&args.ask),
        OPT_VERIFIED(&args.ask.verified),
        OPT_THREADS(&args.ask.threads),
        { "json", NULL, .flag = &args.json, .help = "print for programs" },
        { 0 },
    };
    struct asked asked = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast explain"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = asked_open(&asked, env, &args.ask, &err);
    if (rc == BC_OK)
        rc = answer(env, &asked, &args, &err);
    asked_close(&asked);
    return cmd_exit(env, rc, &err);
}
