/* tools/cmd/diff.c - what differs between the answers to two questions. */
#include "tools/show/diff.h"

#include "tools/cmd/diff_of.h"
#include "tools/cmd/pages.h"
#include "tools/print/print_csv.h"
#include "tools/show/unknown_notes.h"

#include <assert.h>

static void note_unknown(struct diff_pair *pair, const struct bc_diff *diff)
{
    unknown_notes_add(&pair->from.notes, pair->from.rules, diff->reports[0]->unknown, -1, "");
    unknown_notes_add(&pair->to.notes, pair->to.rules, diff->reports[diff->report_n - 1]->unknown,
                      -1, "");
}

/* Each of them is in the rules of one side, at least. */
static bc_status check_names(const struct diff_pair *pair, const char *metric, const char *slice,
                             struct bc_err *err)
{
    struct bc_err ignored;
    size_t found;
    bc_status rc = BC_OK;

    if (metric && basis_metric(&found, &pair->from, metric, &ignored) < 0)
        rc = basis_metric(&found, &pair->to, metric, err);
    if (rc == BC_OK && slice && basis_slice(&found, &pair->from, slice, &ignored) < 0)
        rc = basis_slice(&found, &pair->to, slice, err);
    return rc;
}

static bc_status answer_metrics(const struct cmd_env *env, struct diff_pair *pair,
                                const struct diff_of *of, struct bc_err *err)
{
    const bool json = of->cohort.common.json;
    const struct bc_diff_question question = { .from = pair->ways.from,
                                               .to = pair->ways.to,
                                               .turned = pair->ways.turned,
                                               .events = json,
                                               .metric = of->metric,
                                               .slice = of->cohort.common.slice };
    struct bc_diff *diff = NULL;
    bc_status rc = check_names(pair, question.metric, question.slice, err);

    if (rc == BC_OK)
        rc = bc_diff_make(&diff, pair->from.timelines, &question, err);
    if (rc < 0)
        return rc;
    assert(diff);
    note_unknown(pair, diff);
    (json ? diff_json : diff_print)(env, &(struct diff_shown){ diff_pair_sides(pair), diff });
    bc_diff_free(diff);
    return BC_OK;
}

int cmd_diff(const struct cmd_env *env, int argc, char **argv)
{
    struct diff_typed typed = { 0 };
    struct diff_of of = { .cohort = { .common = LEARNING_ARGS } };
    const struct opt opts[] = {
        { "as-of", "WHEN", .text = &typed.as_of,
          .help = "count what had happened by then (default: today)" },
        { "vs-as-of", "WHEN", .text = &typed.vs_as_of, .help = "... the second way of asking" },
        QUESTION_OPTIONS(&typed.first),
        OPT_VERIFIED(&typed.first.verified),
        OPT_THREADS(&typed.first.threads),
        { "vs-known-at", "WHEN", .text = &typed.vs_known_at,
          .help = "... the second way of asking; with no --vs-... given: everything" },
        { "vs-rules", "REF", .text = &typed.vs_rules, .help = "... the second way of asking" },
        DIFF_OF_OPTIONS(&of),
        OPT_JSON(&of.cohort.common.json),
        { 0 },
    };
    struct diff_pair pair = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast diff"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = diff_of_check(&of, &err);
    typed.first.learning = of.of != NULL;
    if (rc == BC_OK)
        rc = diff_pair_open(&pair, env, &typed, &err);
    if (rc == BC_OK)
        rc = of.of ? diff_of_answer(env, &pair, &of, &err) : answer_metrics(env, &pair, &of, &err);
    diff_pair_close(&pair);
    opt_list_release(&of.cohort.by);
    return cmd_exit(env, rc, &err);
}
