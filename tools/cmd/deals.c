/* tools/cmd/deals.c - the deals that are there, a row each. */
#include "tools/show/deals.h"

#include "tools/cmd/deal_owner.h"
#include "tools/cmd/deals_listed.h"
#include "tools/cmd/learning_args.h"
#include "tools/print/print_csv.h"
#include "tools/show/deals_drawing.h"
#include "tools/show/unlinked.h"

struct args {
    struct learning_args common;
    const char *stage, *owner, *deal, *svg;
    struct deals_listed listed;
    const char *within;
    bool open, stalled, unlinked;
};

static bc_status read_ask(struct bc_deal_list_ask *ask, const struct args *args,
                          const bc_rules *rules, struct bc_err *err)
{
    int32_t within = 0;
    bc_status rc =
        args->within ? learning_args_days(&within, "open-within", args->within, 1, err) : BC_OK;

    if (rc < 0)
        return rc;
    ask->open_within_us = within * BC_DAY_US;
    ask->open = args->open;
    ask->only = args->stalled ? BC_DEALS_STALLED : 0;
    ask->deal = bc_str_of(args->deal ? args->deal : "");
    ask->properties = args->deal ? deals_properties : NULL;
    ask->findings = deals_listed_by_findings(&args->listed) ? bc_findings_of_deals() : 0;
    deal_owner_ask(ask, args->owner);
    return args->stage ? learning_args_stages(&ask->stages, rules, "stage", args->stage, err)
                       : BC_OK;
}

/* Findings are looked for of those alone that are listed, unless the order is theirs. */
static bc_status settle(struct deals_shown *shown, struct bc_deal_list *deals, struct basis *basis,
                        const struct args *args, struct bc_err *err)
{
    bc_status rc;

    (void)deal_owner_note(basis, shown->ask, deals);
    bc_deal_list_by_stage(deals);
    rc = deals_listed_keep(&shown->n, &shown->skipped, deals, &args->listed, err);
    if (rc == BC_OK && !shown->ask->findings)
        rc = bc_deal_list_find(deals, basis->timelines, &basis->question, bc_findings_of_deals(),
                               err);
    shown->deals = deals;
    return rc;
}

/* The drawing, if one is asked for; then the answer, unless the drawing has its place. */
static bc_status show(const struct cmd_env *env, const struct deals_shown *shown,
                      const struct args *args, struct bc_err *err)
{
    struct deals_drawing drawing = { 0 };
    bc_status rc = BC_OK;

    if (args->svg) {
        rc = deals_drawing_read(&drawing, shown, env->names, err);
        if (rc == BC_OK)
            rc = drawing_write(env, args->svg, deals_drawing_add, &drawing, err);
        deals_drawing_release(&drawing);
    }
    if (rc < 0 || drawing_instead(env, args->svg))
        return rc;
    (args->common.json  ? deals_show_json
     : args->common.csv ? deals_show_csv
                        : deals_show)(env, shown);
    return BC_OK;
}

/* It is another answer, with nothing of a list of deals. */
static bool is_alone(const struct args *args)
{
    return !args->stage && !args->owner && !args->deal && !args->svg && !args->within &&
           !args->open && !args->stalled && !args->listed.find && !args->listed.sort &&
           !args->listed.limit && !args->listed.skip;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    struct learning_asked asked = { 0 };
    struct bc_deal_list_ask ask = { 0 };
    struct bc_deal_list *deals = NULL;
    struct deals_shown shown = { basis, &ask, NULL, 0, 0 };

    if (args->unlinked && !is_alone(args))
        return bc_err_set(err, BC_E_USAGE,
                          "--unlinked lists no deals, so what says which, and how, does not go "
                          "with it");
    bc_status rc = learning_args_read(&asked, &args->common, basis, env,
                                      (struct learning_usual){ .slice = "all" }, err);

    if (rc == BC_OK && args->unlinked)
        return unlinked_show(env, basis,
                             args->common.json  ? UNLINKED_JSON
                             : args->common.csv ? UNLINKED_CSV
                                                : UNLINKED_TABLE,
                             err);
    ask.slice = asked.slice;
    if (rc == BC_OK)
        rc = read_ask(&ask, args, basis->rules, err);
    if (rc == BC_OK)
        rc = bc_deal_list_make(&deals, basis->timelines, &basis->question, &ask, err);
    if (rc == BC_OK)
        rc = settle(&shown, deals, basis, args, err);
    if (rc == BC_OK)
        rc = show(env, &shown, args, err);
    bc_deal_list_free(deals);
    return rc;
}

int cmd_deals(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = LEARNING_ARGS };
    const struct opt opts[] = {
        { "stage", "STAGE,...", .text = &args.stage,
          .help = "only deals in this stage, or in one of these" },
        { "open", NULL, .flag = &args.open, .help = "only deals in a stage of kind open" },
        { "open-within", "N", .text = &args.within,
          .help = "only deals that are open, or in another stage for N days at most" },
        { "owner", "OWNER", .text = &args.owner, .help = DEAL_OWNER_HELP("only deals") },
        { "stalled", NULL, .flag = &args.stalled, .help = "only deals that stall" },
        { "unlinked", NULL, .flag = &args.unlinked,
          .help = "no deals, but objects of other services whose deal nothing says" },
        OPT_SVG(&args.svg),
        { "deal", "DEAL", .text = &args.deal, .help = "only this one" },
        { "find", "TEXT", .text = &args.listed.find,
          .help = "only deals with this in their id or name; letters alone count, large or small,\n"
                  "with or without accents" },
        { "sort", "COLUMN", .text = &args.listed.sort,
          .help = "by one of: " DEALS_LISTED_COLUMNS ";\ndownwards as -COLUMN (default: stage)" },
        { "limit", "N", .text = &args.listed.limit, .brief = 'n', .help = "N deals at most" },
        { "skip", "N", .text = &args.listed.skip, .help = "but not the first N" },
        LEARNING_OPTIONS(&args.common, "all"),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast deals", opts, &args.common.typed, answer, &args });
}
