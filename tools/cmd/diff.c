/* tools/cmd/diff.c - what differs between the answers to two questions. */
#include "tools/show/diff.h"

#include "tools/ask/basis.h"
#include "tools/ask/verify_all.h"
#include "tools/cmd/pages.h"
#include "tools/show/unknown_notes.h"

struct args {
    struct typed typed;
    const char *as_of, *vs_as_of, *vs_known_at, *vs_rules;
    bool json;
};

/* The two questions, opened. */
struct pair {
    struct basis from, to;
    int64_t as_of_us, turned_us, vs_as_of_us;
    struct bc_diff_question question;
};

/* What the second question leaves out is as in the first; if nothing of it is given, it sees
 * everything. */
static bc_status second_ask(struct typed *out, const struct args *args, struct bc_err *err)
{
    bool any = args->vs_as_of || args->vs_known_at || args->vs_rules;

    *out = args->typed;
    out->verified = false; /* once is enough */
    if (!any && !args->typed.known_at)
        return bc_err_set(err, BC_E_USAGE,
                          "nothing to compare with: give --vs-as-of, --known-at, --vs-known-at, or "
                          "--vs-rules");
    if (args->vs_rules)
        out->rules = args->vs_rules;
    if (args->vs_known_at || !any)
        out->known_at = args->vs_known_at;
    return BC_OK;
}

/* The first question under the rules of the second: its dates are read again in the zone of
 * those. */
static bc_status turn(struct pair *pair, const struct cmd_env *env, const struct args *args,
                      const struct when *as_of, struct bc_err *err)
{
    const bc_rules *rules = pair->to.rules;
    struct bc_question *turned = &pair->question.turned;
    struct when known;
    bc_status rc = BC_OK;

    *turned = pair->question.from;
    turned->rules = rules;
    pair->turned_us = when_instant(as_of, rules->zone);
    turned->as_of_us = &pair->turned_us;
    if (args->typed.known_at) {
        rc = when_parse(&known, args->typed.known_at, env->now_us, rules->zone, err);
        turned->known_us = rc == BC_OK ? when_instant(&known, rules->zone) : 0;
    }
    return rc;
}

static struct bc_question dated(const struct basis *basis, const int64_t *as_of_us)
{
    struct bc_question question = basis->question;

    question.as_of_us = as_of_us;
    question.date_n = 1;
    return question;
}

static bc_status pair_open(struct pair *pair, const struct cmd_env *env, const struct args *args,
                           struct bc_err *err)
{
    struct when as_of, vs_as_of;
    struct typed second;
    bc_status rc = second_ask(&second, args, err);

    if (rc == BC_OK)
        rc = basis_open(&pair->from, env, &args->typed, err);
    if (rc == BC_OK)
        rc = basis_when(&as_of, &pair->from, env, args->as_of, err);
    if (rc == BC_OK)
        rc = basis_open(&pair->to, env, &second, err);
    if (rc == BC_OK)
        rc = basis_when(&vs_as_of, &pair->to, env, args->vs_as_of ? args->vs_as_of : args->as_of,
                        err);
    if (rc < 0)
        return rc;
    if (args->typed.verified)
        verify_note(&pair->to.notes); /* both are answered by the first one's log */
    pair->as_of_us = when_instant(&as_of, pair->from.rules->zone);
    pair->vs_as_of_us = when_instant(&vs_as_of, pair->to.rules->zone);
    pair->question.from = dated(&pair->from, &pair->as_of_us);
    pair->question.to = dated(&pair->to, &pair->vs_as_of_us);
    pair->question.events = args->json;
    return turn(pair, env, args, &as_of, err);
}

static void note_unknown(struct pair *pair, const struct bc_diff *diff)
{
    unknown_notes_add(&pair->from.notes, pair->from.rules, diff->reports[0]->unknown, -1, "");
    unknown_notes_add(&pair->to.notes, pair->to.rules, diff->reports[diff->report_n - 1]->unknown,
                      -1, "");
}

static void pair_close(struct pair *pair)
{
    basis_close(&pair->from);
    basis_close(&pair->to);
}

int cmd_diff(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    const struct opt opts[] = {
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "count what had happened by then (default: today)" },
        { "vs-as-of", "WHEN", .text = &args.vs_as_of, .help = "... the second way of asking" },
        QUESTION_OPTIONS(&args.typed),
        OPT_VERIFIED(&args.typed.verified),
        OPT_THREADS(&args.typed.threads),
        { "vs-known-at", "WHEN", .text = &args.vs_known_at,
          .help = "... the second way of asking; with no --vs-... given: everything" },
        { "vs-rules", "REF", .text = &args.vs_rules, .help = "... the second way of asking" },
        OPT_JSON(&args.json),
        { 0 },
    };
    struct pair pair = { 0 };
    struct bc_diff *diff = NULL;
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast diff"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = pair_open(&pair, env, &args, &err);
    if (rc == BC_OK)
        rc = bc_diff_make(&diff, pair.from.timelines, &pair.question, &err);
    if (rc == BC_OK)
        note_unknown(&pair, diff);
    if (rc == BC_OK)
        (args.json ? diff_json : diff_print)(
            env,
            &(struct diff_shown){ &pair.from, &pair.to, pair.as_of_us, pair.vs_as_of_us, diff });
    bc_diff_free(diff);
    pair_close(&pair);
    return cmd_exit(env, rc, &err);
}
