/* tools/cmd/metrics.c - every metric and red line, at one date. */
#include "tools/cmd/html_file.h"
#include "tools/cmd/legend.h"
#include "tools/cmd/pages.h"
#include "tools/pages/metrics_page.h"
#include "tools/show/called.h"
#include "tools/show/report.h"
#include "tools/show/side_by_side.h"

#include <stdlib.h>

struct args {
    struct typed typed;
    const char *as_of, *slice, *by, *html;
    bool json, explain;
    struct bc_by key; /* of `by` */
};

/* The answers, one for each of the rules given. */
struct answers {
    struct basis basis;
    int64_t *as_of_us;
    struct bc_report **reports; /* if they are split, those of all deals, without figures */
    struct report_part *parts;
    struct report_by *by; /* if they are split */
};

/* Some of the rules must have the slice; else the message lists what the last of them have. */
static bc_status check_slice(const struct answers *answers, const char *slice, struct bc_err *err)
{
    const struct basis *basis = &answers->basis;
    size_t index;

    for (size_t ref = 0; ref < basis->ref_n; ref++)
        if (bc_rules_slice(basis->chosen[ref], bc_str_of(slice)) >= 0)
            return BC_OK;
    return basis_slice(&index, basis, slice, err);
}

static bc_status answer_by(struct answers *answers, size_t ref, const struct args *args,
                           const struct bc_report_options *options, struct bc_err *err)
{
    struct basis *basis = &answers->basis;
    struct report_by *by = &answers->by[ref];
    bc_status rc = report_by_make(by, &args->key, basis->timelines, &basis->question, options, err);

    if (rc < 0)
        return rc;
    answers->reports[ref] = by->split->whole;
    basis_note_values(basis, args->key.text, by->split->values, by->split->n);
    return BC_OK;
}

static bc_status answer(struct answers *answers, size_t ref, const struct cmd_env *env,
                        const struct args *args, struct bc_err *err)
{
    const struct bc_report_options options = { .lists = true };
    struct basis *basis = &answers->basis;
    struct when when;
    bc_status rc = basis_use(basis, ref, NULL, err);

    if (rc == BC_OK)
        rc = basis_when(&when, basis, env, args->as_of, err);
    if (rc < 0)
        return rc;
    answers->as_of_us[ref] = when_instant(&when, basis->rules->zone);
    report_part_init(&answers->parts[ref], basis->rules, NULL, args->slice);
    basis->question.as_of_us = &answers->as_of_us[ref];
    basis->question.date_n = 1;
    if (args->by)
        return answer_by(answers, ref, args, &options, err);
    return bc_report_make(&answers->reports[ref], basis->timelines, &basis->question, &options,
                          err);
}

static struct report_shown shown_of(const struct answers *answers, size_t ref,
                                    const struct args *args)
{
    return (struct report_shown){ .basis = &answers->basis,
                                  .report = answers->reports[ref],
                                  .part = &answers->parts[ref],
                                  .by = args->by ? &answers->by[ref] : NULL };
}

/* As JSON, or where there is one into a page. */
static void put_answer(struct metrics_page *page, const struct cmd_env *env,
                       const struct answers *answers, size_t ref, const struct args *args)
{
    const struct report_shown shown = shown_of(answers, ref, args);

    if (page)
        metrics_page_add(page, env, &shown, basis_label(&answers->basis, ref));
    else
        report_json(env, &shown);
}

/* Rules that depend on a date are put into use again by it: the date itself is known. */
static bc_status put_answers(struct metrics_page *page, struct answers *answers,
                             const struct cmd_env *env, const struct args *args, struct bc_err *err)
{
    struct basis *basis = &answers->basis;
    bc_status rc = BC_OK;

    for (size_t ref = 0; rc == BC_OK && ref < basis->ref_n; ref++) {
        struct when when;

        rc = basis_use(basis, ref, NULL, err);
        if (rc == BC_OK)
            rc = basis_when(&when, basis, env, args->as_of, err);
        if (rc == BC_OK)
            put_answer(page, env, answers, ref, args);
    }
    return rc;
}

static bc_status write_page(struct answers *answers, const struct cmd_env *env,
                            const struct args *args, struct html_file *html, struct bc_err *err)
{
    struct metrics_page page = { .n = answers->basis.ref_n };
    bc_status rc = put_answers(&page, answers, env, args, err);

    html->page = page.out.text;
    return rc < 0 ? rc : html_file_write(html, env, err);
}

/* Of several rules each note says which it is under. */
static void note_unknown(struct answers *answers, size_t ref)
{
    struct basis *basis = &answers->basis;
    struct bc_buf when = { 0 };

    if (basis->ref_n > 1)
        bc_buf_printf(&when, "under %s ", basis_label(basis, ref));
    bc_buf_add_byte(&when, '\0');
    report_note_unknown(
        &basis->notes,
        &(struct report_shown){ .report = answers->reports[ref], .part = &answers->parts[ref] },
        when.at);
    bc_buf_release(&when);
}

static bc_status make(struct answers *answers, const struct cmd_env *env, const struct args *args,
                      struct bc_err *err)
{
    struct basis *basis = &answers->basis;
    bc_status rc = legend_check(args->explain, args->json, false, err);

    if (rc == BC_OK)
        rc = legend_check_instead(args->explain, "html", args->html, err);
    if (rc == BC_OK)
        rc = basis_open(basis, env, &args->typed, err);
    if (rc < 0)
        return rc;
    answers->as_of_us = bc_calloc(basis->ref_n, sizeof(*answers->as_of_us));
    answers->reports = bc_calloc(basis->ref_n, sizeof(struct bc_report *));
    answers->parts = bc_calloc(basis->ref_n, sizeof(*answers->parts));
    answers->by = bc_calloc(basis->ref_n, sizeof(*answers->by));
    for (size_t ref = 0; rc == BC_OK && ref < basis->ref_n; ref++)
        rc = answer(answers, ref, env, args, err);
    if (rc == BC_OK && args->slice)
        rc = check_slice(answers, args->slice, err);
    return rc;
}

static void print_answers(struct answers *answers, const struct cmd_env *env,
                          const struct args *args)
{
    struct basis *basis = &answers->basis;

    if (basis->ref_n == 1) {
        const struct report_shown shown = shown_of(answers, 0, args);

        (args->by ? report_print_by : report_print)(env, &shown);
    } else {
        side_by_side_print(env, &(struct sides){ basis, answers->reports, answers->parts,
                                                 args->by ? answers->by : NULL });
    }
    for (size_t ref = 0; ref < basis->ref_n; ref++)
        note_unknown(answers, ref);
    basis_print(env, basis, answers->as_of_us);
    if (args->explain) {
        called_print(env, basis->rules);
        legend_print(env, LEGEND_FIGURES);
        legend_print(env, LEGEND_RED_LINES);
    }
}

static bc_status run(struct answers *answers, const struct cmd_env *env, const struct args *args,
                     struct bc_err *err)
{
    struct html_file html = { 0 };
    bc_status rc = make(answers, env, args, err);

    if (rc == BC_OK)
        rc = html_file_open(&html, args->html, err);
    if (rc == BC_OK && args->html)
        rc = write_page(answers, env, args, &html, err);
    if (rc == BC_OK && !html_file_instead(&html)) {
        if (args->json)
            rc = put_answers(NULL, answers, env, args, err);
        else
            print_answers(answers, env, args);
    }
    html_file_release(&html);
    return rc;
}

static void answers_release(struct answers *answers)
{
    for (size_t ref = 0; answers->reports && ref < answers->basis.ref_n; ref++) {
        if (!answers->by[ref].split)
            bc_report_free(answers->reports[ref]);
        report_part_release(&answers->parts[ref]);
        report_by_release(&answers->by[ref]);
    }
    free(answers->by);
    free(answers->reports);
    free(answers->parts);
    free(answers->as_of_us);
    basis_close(&answers->basis);
}

int cmd_metrics(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .typed = { .several = true } };
    const struct opt opts[] = {
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "count what had happened by then (default: today)" },
        QUESTION_OPTIONS_SEVERAL(&args.typed),
        OPT_VERIFIED(&args.typed.verified),
        OPT_THREADS(&args.typed.threads),
        { "slice", "SLICE", .text = &args.slice, .help = "only the metrics of this slice" },
        { "by", "KEY", .text = &args.by, .help = REPORT_BY_HELP },
        OPT_EXPLAIN(&args.explain),
        OPT_HTML(&args.html),
        OPT_JSON(&args.json),
        { 0 },
    };
    struct answers answers = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast metrics"), env, argc, argv, &err);

    args.typed.learning = args.by != NULL;
    if (rc == BC_OK && args.by)
        rc = report_by_key(&args.key, args.by, &err);
    if (rc == BC_OK)
        rc = run(&answers, env, &args, &err);
    answers_release(&answers);
    return cmd_exit(env, rc, &err);
}
