/* tools/cmd/explain.c - what one figure rests on, or why it does not count a deal. */
#include "tools/show/explain.h"

#include "tools/cmd/pages.h"
#include "tools/show/explain_not.h"
#include "tools/show/report_by.h"
#include "tools/show/unknown_notes.h"

struct args {
    struct typed typed;
    const char *metric, *as_of, *slice, *without, *by;
    bool json;
    struct bc_by key; /* of `by` */
};

static bc_status answer_counted(const struct cmd_env *env, struct basis *basis, size_t metric,
                                size_t slice, bool json, struct bc_err *err)
{
    struct bc_explanation *explanation = NULL;
    bc_status rc = bc_explain(&explanation, basis->timelines, &basis->question, metric, slice, err);

    if (rc == BC_OK)
        unknown_notes_add(&basis->notes, basis->rules, &explanation->unknown, (int)slice, "");
    if (rc == BC_OK && json)
        explain_json(env, basis, explanation, NULL);
    else if (rc == BC_OK)
        rc = explain_print(env, basis, explanation, NULL, err);
    bc_explanation_free(explanation);
    return rc;
}

static bc_status answer_value(const struct cmd_env *env, struct basis *basis,
                              const struct report_by *by, size_t value, size_t metric, size_t slice,
                              bool json, struct bc_err *err)
{
    const struct explain_of of = { by->by.text, by->split->values[value] };
    struct bc_explanation *explanation = NULL;
    bc_status rc = bc_explain_kept(&explanation, basis->timelines, &basis->question,
                                   by->split->reports[value], metric, slice, err);

    if (rc == BC_OK && json)
        explain_json(env, basis, explanation, &of);
    else if (rc == BC_OK)
        rc = explain_print(env, basis, explanation, &of, err);
    bc_explanation_free(explanation);
    return rc;
}

/* An answer for each value that a deal of the slice has. */
static bc_status answer_by(const struct cmd_env *env, struct basis *basis, size_t metric,
                           size_t slice, const struct args *args, struct bc_err *err)
{
    const struct bc_report_options options = bc_explain_options(metric, slice);
    struct report_by by;
    bc_status rc =
        report_by_make(&by, &args->key, basis->timelines, &basis->question, &options, err);

    if (rc == BC_OK) {
        basis_note_values(basis, args->key.text, by.split->values, by.split->n);
        unknown_notes_add(&basis->notes, basis->rules, by.split->whole->unknown, (int)slice, "");
    }
    for (size_t i = 0; rc == BC_OK && i < by.split->n; i++)
        if (bc_report_split_slices(by.split, 0, i) >> slice & 1) {
            rc = answer_value(env, basis, &by, i, metric, slice, args->json, err);
            if (rc == BC_OK && !args->json)
                fputc('\n', env->out);
        }
    report_by_release(&by);
    return rc;
}

static bc_status answer_not(const struct cmd_env *env, struct basis *basis, size_t metric,
                            size_t slice, const struct args *args, struct bc_err *err)
{
    struct bc_explanation_not *explanation = NULL;
    bc_status rc;

    if (args->without[0] == '\0')
        return bc_err_set(err, BC_E_USAGE, "--not is empty, expected a deal's id");
    rc = bc_explain_not(&explanation, basis->timelines, &basis->question, metric, slice,
                        bc_str_of(args->without), err);
    if (rc == BC_DONE)
        return basis_no_deal(args->without, err);
    if (rc == BC_OK)
        unknown_notes_add_deal(&basis->notes, basis->rules, &explanation->unknown, (int)slice);
    if (rc == BC_OK && args->json)
        explain_not_json(env, basis, metric, slice, explanation);
    else if (rc == BC_OK)
        explain_not_print(env, basis, metric, slice, explanation);
    bc_explanation_not_free(explanation);
    return rc;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, const struct args *args,
                        struct bc_err *err)
{
    size_t metric = 0, slice = 0;
    struct when when;
    bc_status rc = basis_when(&when, basis, env, args->as_of, err);

    if (rc == BC_OK)
        rc = basis_metric(&metric, basis, args->metric, err);
    if (rc < 0)
        return rc;
    slice = basis->rules->metrics[metric].headline;
    if (args->slice)
        rc = basis_slice(&slice, basis, args->slice, err);
    if (rc < 0)
        return rc;
    basis_set_date(basis, &when);
    if (args->by)
        return answer_by(env, basis, metric, slice, args, err);
    if (args->without)
        return answer_not(env, basis, metric, slice, args, err);
    return answer_counted(env, basis, metric, slice, args->json, err);
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
        { "by", "KEY", .text = &args.by,
          .help = "an answer for each value, as read at the date: any property,\n"
                  "need, budget, icp_fit, icp_version, campaign, channel,\n"
                  "meetings, opened, replied, arm:EXPERIMENT" },
        QUESTION_OPTIONS(&args.typed),
        OPT_VERIFIED(&args.typed.verified),
        OPT_THREADS(&args.typed.threads),
        OPT_JSON(&args.json),
        { 0 },
    };
    struct basis basis = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast explain"), env, argc, argv, &err);

    args.typed.learning = args.by != NULL;
    if (rc == BC_OK && args.by && args.without)
        rc = bc_err_set(&err, BC_E_USAGE, "--by and --not do not go together");
    if (rc == BC_OK && args.by)
        rc = report_by_key(&args.key, args.by, &err);
    if (rc == BC_OK)
        rc = basis_open(&basis, env, &args.typed, &err);
    if (rc == BC_OK)
        rc = answer(env, &basis, &args, &err);
    basis_close(&basis);
    return cmd_exit(env, rc, &err);
}
