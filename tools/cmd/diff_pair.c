#include "tools/cmd/diff_pair.h"

#include "tools/ask/verify_all.h"

/* What the second question leaves out is as in the first; if nothing of it is given, it sees
 * everything. */
static bc_status second_ask(struct typed *out, const struct diff_typed *typed, struct bc_err *err)
{
    bool any = typed->vs_as_of || typed->vs_known_at || typed->vs_rules;

    *out = typed->first;
    out->verified = false; /* once is enough */
    if (!any && !typed->first.known_at)
        return bc_err_set(err, BC_E_USAGE,
                          "nothing to compare with: give --vs-as-of, --known-at, --vs-known-at, or "
                          "--vs-rules");
    if (typed->vs_rules)
        out->rules = typed->vs_rules;
    if (typed->vs_known_at || !any)
        out->known_at = typed->vs_known_at;
    return BC_OK;
}

/* The first question under the rules of the second: its dates are read again in the zone of
 * those. */
static bc_status turn(struct diff_pair *pair, const struct cmd_env *env,
                      const struct diff_typed *typed, struct bc_err *err)
{
    const bc_rules *rules = pair->to.rules;
    struct bc_question *turned = &pair->ways.turned;
    struct when known;
    bc_status rc = BC_OK;

    *turned = pair->ways.from;
    turned->rules = rules;
    pair->turned_us = when_instant(&pair->as_of, rules->zone);
    turned->as_of_us = &pair->turned_us;
    if (typed->first.known_at) {
        rc = when_parse(&known, typed->first.known_at, env->now_us, rules->zone, err);
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

bc_status diff_pair_open(struct diff_pair *pair, const struct cmd_env *env,
                         const struct diff_typed *typed, struct bc_err *err)
{
    struct typed second;
    bc_status rc = second_ask(&second, typed, err);

    if (rc == BC_OK)
        rc = basis_open(&pair->from, env, &typed->first, err);
    if (rc == BC_OK)
        rc = basis_when(&pair->as_of, &pair->from, env, typed->as_of, err);
    if (rc == BC_OK)
        rc = basis_open(&pair->to, env, &second, err);
    if (rc == BC_OK)
        rc = basis_when(&pair->vs_as_of, &pair->to, env,
                        typed->vs_as_of ? typed->vs_as_of : typed->as_of, err);
    if (rc < 0)
        return rc;
    if (typed->first.verified)
        verify_note(&pair->to.notes); /* both are answered by the first one's log */
    pair->as_of_us = when_instant(&pair->as_of, pair->from.rules->zone);
    pair->vs_as_of_us = when_instant(&pair->vs_as_of, pair->to.rules->zone);
    pair->ways.from = dated(&pair->from, &pair->as_of_us);
    pair->ways.to = dated(&pair->to, &pair->vs_as_of_us);
    basis_set_date(&pair->to, &pair->vs_as_of); /* names are those of the second way of asking */
    return turn(pair, env, typed, err);
}

void diff_pair_close(struct diff_pair *pair)
{
    basis_close(&pair->from);
    basis_close(&pair->to);
}

struct diff_sides diff_pair_sides(const struct diff_pair *pair)
{
    return (struct diff_sides){ &pair->from, &pair->to, pair->as_of_us, pair->vs_as_of_us };
}
