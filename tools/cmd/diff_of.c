#include "tools/cmd/diff_of.h"

#include "tools/cmd/revenue_args.h"
#include "tools/show/cohorts_diff.h"
#include "tools/show/revenue_diff.h"

#include <assert.h>

enum { OF_METRICS = 1, OF_COHORTS = 2, OF_REVENUE = 4 };

static unsigned what_of(const struct diff_of *args)
{
    if (!args->of)
        return OF_METRICS;
    return strcmp(args->of, "cohorts") == 0   ? OF_COHORTS
           : strcmp(args->of, "revenue") == 0 ? OF_REVENUE
                                              : 0;
}

bc_status diff_of_check(const struct diff_of *args, struct bc_err *err)
{
    const struct learning_args *common = &args->cohort.common;
    const struct {
        const char *name;
        bool given;
        unsigned goes_with;
        const char *with;
    } rows[] = {
        { "at", args->at, OF_COHORTS, "cohorts" },
        { "by", args->cohort.by.n > 0, OF_COHORTS, "cohorts" },
        { "late-values", args->late_values, OF_COHORTS, "cohorts" },
        { "mature", args->cohort.mature, OF_COHORTS, "cohorts" },
        { "days", common->days, OF_COHORTS, "cohorts" },
        { "since", common->since, OF_COHORTS, "cohorts" },
        { "from", args->from, OF_REVENUE, "revenue" },
        { "to", args->to, OF_COHORTS | OF_REVENUE, "cohorts or revenue" },
        { "csv", common->csv, OF_COHORTS | OF_REVENUE, "cohorts or revenue" },
    };
    const unsigned what = what_of(args);

    if (!what)
        return bc_err_set(err, BC_E_USAGE, "--of '%s': expected cohorts or revenue", args->of);
    if (args->metric && what != OF_METRICS)
        return bc_err_set(err, BC_E_USAGE, "--metric and --of do not go together");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rows[i].given && !(rows[i].goes_with & what))
            return bc_err_set(err, BC_E_USAGE, "--%s goes with --of %s", rows[i].name,
                              rows[i].with);
    if (what == OF_COHORTS && !args->at)
        return bc_err_set(err, BC_E_USAGE,
                          "--of cohorts: --at is missing, the stages that deals "
                          "entered");
    return BC_OK;
}

/* What each of the ways is asked by: its basis, with the rules, and its date. The last one leaves
 * the second's basis with its own date. */
struct way {
    struct basis *basis;
    const struct when *as_of;
};

static struct way way_of(struct diff_pair *pair, enum bc_way way)
{
    return (struct way){ way == BC_WAY_FROM ? &pair->from : &pair->to,
                         way == BC_WAY_TO ? &pair->vs_as_of : &pair->as_of };
}

/* --- cohorts --- */

static bc_status read_cohorts(struct bc_cohorts_diff_ask *ask, struct cohort_asked *asked,
                              struct diff_pair *pair, const struct cmd_env *env,
                              const struct diff_of *args, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (int i = 0; rc == BC_OK && i <= BC_WAY_TO; i++) {
        const struct way way = way_of(pair, (enum bc_way)i);

        asked[i] = (struct cohort_asked){ 0 };
        rc = cohort_args_read_at(&asked[i], &args->cohort, way.basis, env, way.as_of, "new", err);
        if (rc == BC_OK)
            rc = cohort_args_stages(&asked[i].ask, way.basis->rules, args->at, args->to, err);
        asked[i].ask.late_values = args->late_values;
        ask->of[i] = asked[i].ask;
    }
    return rc;
}

static bc_status answer_cohorts(const struct cmd_env *env, struct diff_pair *pair,
                                const struct diff_of *args, struct bc_err *err)
{
    const struct learning_args *common = &args->cohort.common;
    struct bc_cohorts_diff_ask ask = { .events = common->json };
    struct cohort_asked asked[BC_WAY_TO + 1];
    struct bc_cohorts_diff *diff = NULL;
    bc_status rc = read_cohorts(&ask, asked, pair, env, args, err);

    if (rc == BC_OK)
        rc = bc_cohorts_diff_make(&diff, pair->from.timelines, &pair->ways, &ask, err);
    if (rc < 0)
        return rc;
    assert(diff);
    cohort_args_note_values(&pair->from, &ask.of[BC_WAY_FROM], diff->from);
    cohort_args_note_values(&pair->to, &ask.of[BC_WAY_TO], diff->to);
    cohorts_diff_show(env, &(struct cohorts_diff_shown){ diff_pair_sides(pair), &ask, diff },
                      common->json, common->csv);
    bc_cohorts_diff_free(diff);
    return BC_OK;
}

/* --- revenue --- */

/* All ways are asked of the same months: twelve from that of the earlier date on, where nothing is
 * said. */
static bc_status read_revenue(struct bc_revenue_diff_ask *ask, struct diff_pair *pair,
                              const struct cmd_env *env, const struct diff_of *args,
                              struct bc_err *err)
{
    int32_t first = INT32_MAX;
    bc_status rc = BC_OK;

    for (int i = 0; rc == BC_OK && i <= BC_WAY_TO; i++) {
        const struct way way = way_of(pair, (enum bc_way)i);
        struct learning_asked asked = { 0 };
        int32_t month;

        rc = learning_args_read_at(&asked, &args->cohort.common, way.basis, env, way.as_of,
                                   (struct learning_usual){ .slice = "all" }, err);
        month = bc_revenue_month(way.basis->rules, way.basis->as_of_us);
        first = month < first ? month : first;
        ask->of[i].slice = asked.slice;
    }
    for (int i = 0; rc == BC_OK && i <= BC_WAY_TO; i++) {
        const struct revenue_calendar calendar = {
            env->now_us, way_of(pair, (enum bc_way)i).basis->rules->zone
        };

        rc = revenue_args_months(&ask->of[i], args->from, args->to, first, &calendar, err);
    }
    return rc;
}

static bc_status check_currencies(const struct diff_pair *pair, struct bc_err *err)
{
    const char *from = pair->from.rules->revenue.currency, *to = pair->to.rules->revenue.currency;

    return strcmp(from, to) == 0
               ? BC_OK
               : bc_err_set(err, BC_E_USAGE,
                            "--of revenue: the rules count in %s and in %s, which are never "
                            "compared",
                            from, to);
}

static bc_status answer_revenue(const struct cmd_env *env, struct diff_pair *pair,
                                const struct diff_of *args, struct bc_err *err)
{
    const struct learning_args *common = &args->cohort.common;
    struct bc_revenue_diff_ask ask = { .events = common->json };
    struct bc_revenue_diff *diff = NULL;
    bc_status rc = check_currencies(pair, err);

    if (rc == BC_OK)
        rc = read_revenue(&ask, pair, env, args, err);
    if (rc == BC_OK)
        rc = bc_revenue_diff_make(&diff, pair->from.timelines, &pair->ways, &ask, err);
    if (rc < 0)
        return rc;
    revenue_diff_show(env, &(struct revenue_diff_shown){ diff_pair_sides(pair), &ask, diff },
                      common->json, common->csv);
    bc_revenue_diff_free(diff);
    return BC_OK;
}

bc_status diff_of_answer(const struct cmd_env *env, struct diff_pair *pair,
                         const struct diff_of *args, struct bc_err *err)
{
    return (what_of(args) == OF_COHORTS ? answer_cohorts : answer_revenue)(env, pair, args, err);
}
