/* tools/cmd/review.c - the weekly review on one page. */
#include "tools/show/review.h"

#include "tools/cmd/learning_args.h"
#include "tools/show/unknown_notes.h"

struct args {
    struct learning_args common;
};

static bc_status read_asked(struct bc_review_ask *ask, const struct args *args, struct basis *basis,
                            const struct cmd_env *env, struct bc_err *err)
{
    struct learning_asked asked = { 0 };
    bc_status rc = learning_args_read(&asked, &args->common, basis, env,
                                      (struct learning_usual){ .slice = "all" }, err);

    ask->slice = args->common.slice ? (int)asked.slice : BC_SLICE_OF_ITS_OWN;
    ask->since_asked = args->common.since != NULL;
    ask->since_us = asked.since_us;
    return rc;
}

/* Of the figures, as `metrics` says it. */
static void note_unknown(struct basis *basis, const struct bc_review_ask *ask,
                         const struct bc_review *review)
{
    const struct bc_review_figures *figures = &review->figures;

    unknown_notes_add(&basis->notes, basis->rules, &figures->report->unknown[figures->now],
                      ask->slice, "");
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    struct bc_review_ask ask = { 0 };
    struct bc_review *review = NULL;
    struct review_shown shown;
    bc_status rc = read_asked(&ask, args, basis, env, err);

    if (rc == BC_OK)
        rc = bc_review_make(&review, basis->timelines, &basis->question, &ask, err);
    if (rc < 0 || !review)
        return rc;
    note_unknown(basis, &ask, review);
    review_shown_init(&shown, basis, &ask, review);
    (args->common.json ? review_show_json : review_show)(env, &shown);
    bc_review_free(review);
    return BC_OK;
}

int cmd_review(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = LEARNING_ARGS };
    const struct opt opts[] = {
        { "since", "WHEN", .text = &args.common.since,
          .help = "what became different after this (default: the last review, or\n"
                  "seven days before)" },
        { "slice", "SLICE", .text = &args.common.slice,
          .help = "all parts in this slice (default: each in its own)" },
        { "as-of", "WHEN", .text = &args.common.as_of,
          .help = "count what had happened by then (default: today)" },
        QUESTION_OPTIONS(&args.common.typed),
        OPT_VERIFIED(&args.common.typed.verified),
        OPT_THREADS(&args.common.typed.threads),
        OPT_JSON(&args.common.json),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast review", opts, &args.common.typed, answer, &args });
}
