/* tools/cmd/revenue.c - what contracts and open opportunities are worth, month by month. */
#include "tools/cmd/learning_args.h"
#include "tools/cmd/revenue_args.h"
#include "tools/print/print_csv.h"
#include "tools/show/backtest.h"
#include "tools/show/drawing.h"
#include "tools/show/revenue_drawing.h"

#include <inttypes.h>
#include <stdio.h>

enum { HORIZON_MAX = 1200 };

struct args {
    struct learning_args common;
    const char *from, *to, *backtest, *svg;
};

static bc_status read_asked(struct bc_revenue_ask *ask, const struct args *args,
                            struct basis *basis, const struct cmd_env *env, struct bc_err *err)
{
    struct learning_asked asked = { 0 };
    struct revenue_calendar calendar = { .now_us = env->now_us };
    bc_status rc = learning_args_read(&asked, &args->common, basis, env,
                                      (struct learning_usual){ .slice = "all" }, err);

    if (rc < 0)
        return rc;
    ask->slice = asked.slice;
    calendar.zone = basis->rules->zone;
    rc = revenue_args_months(ask, args->from, args->to,
                             bc_revenue_month(basis->rules, basis->as_of_us) -
                                 (args->backtest ? REVENUE_MONTHS : 0),
                             &calendar, err);
    if (rc == BC_OK && args->common.list)
        rc = revenue_args_list(ask, args->common.list, err);
    return rc;
}

static void show(const struct cmd_env *env, const struct revenue_shown *shown,
                 const struct args *args)
{
    if (args->common.json)
        revenue_show_json(env, shown);
    else if (args->common.csv)
        revenue_show_csv(env, shown);
    else
        revenue_show(env, shown);
}

/* What is won, or has dates, and is in no month all the same. */
static void note_days(struct basis *basis, uint64_t deals)
{
    char text[160];

    if (deals == 0)
        return;
    (void)snprintf(text, sizeof(text),
                   "%" PRIu64 " %s won without first and last day of a contract, or %s an end "
                   "before its beginning: in no month",
                   deals, deals == 1 ? "deal is" : "deals are", deals == 1 ? "has" : "have");
    notes_add_count(&basis->notes, "without_days", text, "deals", deals);
}

/* What is there, and counts as unset all the same. */
static void note_unreadable(struct basis *basis, uint64_t deals)
{
    char text[160];

    if (deals == 0)
        return;
    (void)snprintf(text, sizeof(text),
                   "%" PRIu64 " deal%s an amount or a day that cannot be read, and counts as unset "
                   "(`audit --kind bad_amount` lists amounts)",
                   deals, deals == 1 ? " has" : "s have");
    notes_add_count(&basis->notes, "unreadable", text, "deals", deals);
}

static void note(struct basis *basis, const struct bc_revenue *revenue)
{
    note_days(basis, revenue->without_days);
    note_unreadable(basis, revenue->unreadable);
}

static bc_status answer_backtest(const struct cmd_env *env, struct basis *basis,
                                 const struct args *args, struct bc_err *err)
{
    struct backtest_shown shown = { .of = { .basis = basis } };
    struct bc_revenue_ask ask = { 0 };
    struct bc_backtest *backtest = NULL;
    uint64_t horizon = 0;
    bc_status rc = opt_number(&horizon, "backtest", args->backtest, 1, HORIZON_MAX, err);

    if (rc == BC_OK)
        rc = read_asked(&ask, args, basis, env, err);
    if (rc == BC_OK && ask.list.what == BC_LIST_RENEWAL)
        rc =
            bc_err_set(err, BC_E_USAGE, "--list %s does not go with --backtest", args->common.list);
    ask.rows_only = true;
    if (rc == BC_OK)
        rc = bc_backtest_make(&backtest, basis->timelines, &basis->question, &ask, (int32_t)horizon,
                              err);
    if (rc == BC_OK) {
        shown.of.ask = &ask;
        shown.of.revenue = backtest->outcome;
        shown.backtest = backtest;
        shown.horizon = (int32_t)horizon;
        note(basis, backtest->outcome);
        backtest_show(env, &shown, args->common.json, args->common.csv);
    }
    bc_backtest_free(backtest);
    return rc;
}

/* The drawing, if one is asked for; then the answer, unless the drawing has its place. */
static bc_status draw_and_show(const struct cmd_env *env, const struct revenue_shown *shown,
                               const struct args *args, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (args->svg) {
        rc = drawing_write(env, args->svg, revenue_drawing_add, shown, err);
    }
    if (rc == BC_OK && !drawing_instead(env, args->svg))
        show(env, shown, args);
    return rc;
}

static bc_status answer_months(const struct cmd_env *env, struct basis *basis,
                               const struct args *args, struct bc_err *err)
{
    struct bc_revenue_ask ask = { 0 };
    struct bc_revenue *revenue = NULL;
    struct revenue_shown shown = { basis, &ask, NULL };
    bc_status rc = read_asked(&ask, args, basis, env, err);

    if (rc == BC_OK)
        rc = bc_revenue_make(&revenue, basis->timelines, &basis->question, &ask, err);
    shown.revenue = revenue;
    if (rc == BC_OK)
        note(basis, revenue);
    if (rc == BC_OK)
        rc = draw_and_show(env, &shown, args, err);
    bc_revenue_free(revenue);
    return rc;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;

    if (args->backtest && args->svg)
        return bc_err_set(err, BC_E_USAGE, "--backtest and --svg do not go together");
    return args->backtest ? answer_backtest(env, basis, args, err)
                          : answer_months(env, basis, args, err);
}

int cmd_revenue(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = LEARNING_ARGS };
    const struct opt opts[] = {
        { "from", "MONTH", .text = &args.from, .help = REVENUE_FROM_HELP "(default: today's)" },
        { "to", "MONTH", .text = &args.to, .help = REVENUE_TO_HELP },
        { "backtest", "H", .text = &args.backtest,
          .help = "what was forecast for each of the last twelve months, as known\n"
                  "H months before its end, and what came" },
        OPT_SVG(&args.svg),
        { "list", "PATH", .text = &args.common.list,
          .help = "name the deals behind a figure: 2026-04.cmrr, 2026-04.newMrr,\n"
                  "fmrr6, renewal6.churned, rho.converted, withoutValue, ..." },
        LEARNING_OPTIONS(&args.common, "all"),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast revenue", opts, &args.common.typed, answer, &args });
}
