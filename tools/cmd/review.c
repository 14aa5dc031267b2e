/* tools/cmd/review.c - the reviews on one page: weekly, and monthly. */
#include "tools/show/review.h"

#include "tools/ask/open.h"
#include "tools/cmd/html_file.h"
#include "tools/cmd/learning_args.h"
#include "tools/cmd/review_differing.h"
#include "tools/cmd/review_record.h"
#include "tools/pages/monthly_page.h"
#include "tools/pages/review_page.h"
#include "tools/show/monthly.h"
#include "tools/show/unknown_notes.h"

#include <stdlib.h>

struct args {
    struct learning_args common;
    bool record, shared, monthly;
    const char *html;
};

/* What was asked, as numbers and as it was typed. */
struct asked {
    const struct args *args;
    struct bc_review_ask ask;
    struct review_typed typed;
};

static bc_status read_asked(struct asked *out, const struct args *args, struct basis *basis,
                            const struct cmd_env *env, struct bc_err *err)
{
    const struct learning_args *common = &args->common;
    struct learning_asked asked = { 0 };
    bc_status rc = learning_args_read(&asked, common, basis, env,
                                      (struct learning_usual){ .slice = "all" }, err);

    out->args = args;
    out->ask =
        (struct bc_review_ask){ .slice = common->slice ? (int)asked.slice : BC_SLICE_OF_ITS_OWN,
                                .since_asked = common->since != NULL,
                                .since_us = asked.since_us };
    out->typed = (struct review_typed){ .dir = common->typed.dir,
                                        .shared = args->shared,
                                        .which = args->monthly ? "monthly" : "weekly",
                                        .slice = common->slice };
    if (rc == BC_OK)
        rc = basis_when(&out->typed.as_of, basis, env, common->as_of, err);
    return rc;
}

/* --- weekly --- */

/* Of the figures, as `metrics` says it. */
static void note_unknown(struct basis *basis, const struct bc_review_ask *ask,
                         const struct bc_review *review)
{
    const struct bc_review_figures *figures = &review->figures;

    unknown_notes_add(&basis->notes, basis->rules, &figures->report->unknown[figures->now],
                      ask->slice, "");
}

static bc_status record_weekly(const struct review_recorded *named, const struct cmd_env *env,
                               const struct asked *asked, const struct review_shown *shown,
                               struct bc_str page, struct bc_err *err)
{
    const struct bc_review *review = shown->review;
    struct bc_str *experiments = bc_calloc(review->looked_at_n + 1, sizeof(*experiments));
    struct bc_buf text = { 0 };
    bc_status rc;

    for (size_t i = 0; i < review->looked_at_n; i++)
        experiments[i] = review->experiments->at[review->looked_at[i]].words.id;
    review_text_add(&text, shown);
    rc = review_record(
        named, env, shown->basis, &asked->typed,
        &(struct review_answer){ bc_buf_str(&text), true, experiments, review->looked_at_n, page },
        err);
    bc_buf_release(&text);
    free(experiments);
    return rc;
}

static bc_status show_weekly(const struct cmd_env *env, const struct asked *asked,
                             const struct review_shown *shown, struct bc_err *err)
{
    const struct args *args = asked->args;
    struct review_recorded recorded = { 0 };
    const struct review_recorded *on_record = args->record ? &recorded : NULL;
    struct html_file html;
    bc_status rc = html_file_open(&html, args->html, err);

    if (rc == BC_OK && args->record)
        review_record_name(&recorded, shown->basis, &asked->typed, true);
    if (rc == BC_OK && html.path)
        review_page_add(&html.page, env, shown, on_record);
    if (rc == BC_OK && args->record)
        rc = record_weekly(&recorded, env, asked, shown, bc_buf_str(&html.page), err);
    if (rc == BC_OK)
        rc = html_file_write_recorded(&html, env, on_record ? &recorded.report : NULL, err);
    if (rc == BC_OK && !html_file_instead(&html))
        (args->common.json ? review_show_json : review_show)(env, shown, on_record);
    html_file_release(&html);
    review_recorded_release(&recorded);
    return rc;
}

static bc_status answer_weekly(const struct cmd_env *env, struct basis *basis,
                               const struct asked *asked, struct bc_err *err)
{
    struct review_differing_list differing = { 0 };
    struct bc_review *review = NULL;
    struct review_shown shown;
    bc_status rc = bc_review_make(&review, basis->timelines, &basis->question, &asked->ask, err);

    if (rc < 0 || !review)
        return rc;
    rc = review_differing_read(&differing, basis, err);
    if (rc == BC_OK) {
        note_unknown(basis, &asked->ask, review);
        review_shown_init(&shown, basis, &asked->ask, review);
        shown.differing = differing.at;
        shown.differing_n = differing.n;
        rc = show_weekly(env, asked, &shown, err);
    }
    review_differing_release(&differing);
    bc_review_free(review);
    return rc;
}

/* --- monthly --- */

static bc_status record_monthly(const struct review_recorded *named, const struct cmd_env *env,
                                const struct asked *asked, const struct monthly_shown *shown,
                                struct bc_str page, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc;

    monthly_text_add(&text, shown);
    rc = review_record(named, env, shown->basis, &asked->typed,
                       &(struct review_answer){ .text = bc_buf_str(&text), .page = page }, err);
    bc_buf_release(&text);
    return rc;
}

static bc_status show_monthly(const struct cmd_env *env, const struct asked *asked,
                              const struct monthly_shown *shown, struct bc_err *err)
{
    const struct args *args = asked->args;
    struct review_recorded recorded = { 0 };
    const struct review_recorded *on_record = args->record ? &recorded : NULL;
    struct html_file html;
    bc_status rc = html_file_open(&html, args->html, err);

    if (rc == BC_OK && args->record)
        review_record_name(&recorded, shown->basis, &asked->typed, false);
    if (rc == BC_OK && html.path)
        monthly_page_add(&html.page, env, shown, on_record);
    if (rc == BC_OK && args->record)
        rc = record_monthly(&recorded, env, asked, shown, bc_buf_str(&html.page), err);
    if (rc == BC_OK)
        rc = html_file_write_recorded(&html, env, on_record ? &recorded.report : NULL, err);
    if (rc == BC_OK && !html_file_instead(&html))
        (args->common.json ? monthly_show_json : monthly_show)(env, shown, on_record);
    html_file_release(&html);
    review_recorded_release(&recorded);
    return rc;
}

static bc_status answer_monthly(const struct cmd_env *env, struct basis *basis,
                                const struct asked *asked, struct bc_err *err)
{
    struct bc_monthly *monthly = NULL;
    struct monthly_shown shown;
    bc_status rc = bc_monthly_make(&monthly, basis->timelines, &basis->question, &asked->ask, err);

    if (rc < 0 || !monthly)
        return rc;
    monthly_shown_init(&shown, basis, &asked->ask, monthly);
    rc = show_monthly(env, asked, &shown, err);
    bc_monthly_free(monthly);
    return rc;
}

/* --- both --- */

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    struct asked asked;
    bc_status rc = read_asked(&asked, args, basis, env, err);

    return rc < 0 ? rc : (args->monthly ? answer_monthly : answer_weekly)(env, basis, &asked, err);
}

static bc_status before(const struct cmd_env *env, const void *of, struct bc_err *err)
{
    const struct args *args = of;

    return args->record ? open_before_answer(env, args->common.typed.dir, args->shared, err)
                        : BC_OK;
}

int cmd_review(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = LEARNING_ARGS };
    const struct opt opts[] = {
        { "monthly", NULL, .flag = &args.monthly,
          .help = "the monthly one: what the deals that closed tell about the playbook" },
        { "record", NULL, .flag = &args.record,
          .help = "put on record that it was held, and what it showed" },
        { "since", "WHEN", .text = &args.common.since,
          .help = "what became different after this (default: the last review, or\n"
                  "seven days before; monthly: the last playbook, or 31 days)" },
        { "slice", "SLICE", .text = &args.common.slice,
          .help = "all parts in this slice (default: each in its own)" },
        { "as-of", "WHEN", .text = &args.common.as_of,
          .help = "count what had happened by then (default: today)" },
        OPT_SHARED(&args.shared),
        QUESTION_OPTIONS(&args.common.typed),
        OPT_VERIFIED(&args.common.typed.verified),
        OPT_THREADS(&args.common.typed.threads),
        OPT_HTML(&args.html),
        OPT_JSON(&args.common.json),
        { 0 },
    };

    return learning_command_run_after(
        env, argc, argv,
        &(struct learning_command){ "backcast review", opts, &args.common.typed, answer, &args },
        before);
}
