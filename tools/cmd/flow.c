/* tools/cmd/flow.c - what came into a set of stages between two dates, and what went out. */
#include "tools/cmd/learning_args.h"
#include "tools/print/print_csv.h"
#include "tools/show/drawing.h"
#include "tools/show/flow_drawing.h"

struct args {
    struct learning_args common;
    const char *from, *to, *stages, *svg;
    int64_t dates_us[2]; /* of the question */
};

/* --from and --to are the window and the date of other commands. */
static bc_status read_dates(struct learning_args *common, const struct args *args,
                            const struct basis *basis, const struct cmd_env *env,
                            struct bc_err *err)
{
    const int begins = (args->from != NULL) + (common->since != NULL) + (common->days != NULL);

    if (begins == 0)
        return bc_err_set(err, BC_E_USAGE, "--from is missing, expected the first date");
    if (begins > 1)
        return bc_err_set(err, BC_E_USAGE, "give one of --from, --since and --days");
    if (args->to && common->as_of)
        return bc_err_set(err, BC_E_USAGE, "give one of --to and --as-of");
    if (args->from)
        common->since = args->from;
    if (args->to)
        common->as_of = args->to;
    if (!common->as_of)
        common->as_of = basis_until(basis, env, common->since);
    return BC_OK;
}

static unsigned bits_of(enum bc_flow_group group)
{
    unsigned bits = 0;

    for (unsigned kind = bc_flow_groups[group].first; kind < bc_flow_groups[group].end; kind++)
        bits |= BC_FLOW_BIT(kind);
    return bits;
}

/* Of a group and perhaps one of its kinds; 0: no such. */
static unsigned listed_kinds(const char *typed)
{
    struct bc_str word;
    const struct bc_str group = learning_args_group(&word, typed);
    const bool whole = group.len == strlen(typed);

    if (whole && bc_str_eq(group, BC_STR("before")))
        return bits_of(BC_FLOW_OUT) | bits_of(BC_FLOW_STAYED);
    if (whole && bc_str_eq(group, BC_STR("after")))
        return bits_of(BC_FLOW_IN) | bits_of(BC_FLOW_STAYED);
    for (unsigned i = 0; i < BC_FLOW_GROUP_N; i++) {
        if (!bc_str_eq(group, bc_str_of(bc_flow_groups[i].word)))
            continue;
        if (whole)
            return bits_of((enum bc_flow_group)i);
        for (unsigned kind = bc_flow_groups[i].first; kind < bc_flow_groups[i].end; kind++)
            if (bc_str_eq(word, bc_str_of(bc_flow_kind_word((enum bc_flow_kind)kind))))
                return BC_FLOW_BIT(kind);
    }
    return 0;
}

static bc_status read_list(struct bc_flow_ask *ask, const char *typed, struct bc_err *err)
{
    ask->list = listed_kinds(typed);
    return ask->list ? BC_OK
                     : bc_err_set(err, BC_E_USAGE,
                                  "--list '%s': expected before, after, in, out or stayed, or one "
                                  "kind of these as in.returned, out.reclassified, stayed.same",
                                  typed);
}

static bc_status read_asked(struct bc_flow_ask *ask, struct args *args, struct basis *basis,
                            const struct cmd_env *env, struct bc_err *err)
{
    struct learning_args common = args->common;
    struct learning_asked asked = { 0 };
    bc_status rc = read_dates(&common, args, basis, env, err);

    if (rc == BC_OK)
        rc = learning_args_read(&asked, &common, basis, env,
                                (struct learning_usual){ .slice = "new" }, err);
    if (rc == BC_OK && args->stages)
        rc = learning_args_stages(&ask->stages, basis->rules, "stages", args->stages, err);
    if (rc == BC_OK && common.list)
        rc = read_list(ask, common.list, err);
    if (rc < 0)
        return rc;
    if (!args->stages)
        ask->stages = bc_rules_qualified(basis->rules);
    ask->slice = asked.slice;
    args->dates_us[0] = asked.since_us;
    args->dates_us[1] = basis->as_of_us;
    if (args->dates_us[0] > args->dates_us[1])
        return bc_err_set(err, BC_E_USAGE, "--from is after --to");
    basis->question.as_of_us = args->dates_us;
    basis->question.date_n = 2;
    return BC_OK;
}

/* The drawing, if one is asked for; then the answer, unless the drawing has its place. */
static bc_status show(const struct cmd_env *env, const struct flow_shown *shown,
                      const struct args *args, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (args->svg) {
        rc = drawing_write(env, args->svg, flow_drawing_add, shown, err);
    }
    if (rc < 0 || drawing_instead(env, args->svg))
        return rc;
    (args->common.json ? flow_show_json : args->common.csv ? flow_show_csv : flow_show)(env, shown);
    return BC_OK;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    struct args *args = of;
    struct bc_flow_ask ask = { 0 };
    struct bc_flow *flow = NULL;
    struct flow_shown shown = { .basis = basis, .ask = &ask };
    bc_status rc = read_asked(&ask, args, basis, env, err);

    if (rc == BC_OK)
        rc = bc_flow_make(&flow, basis->timelines, &basis->question, &ask, err);
    shown.flow = flow;
    if (rc == BC_OK)
        rc = show(env, &shown, args, err);
    bc_flow_free(flow);
    return rc;
}

int cmd_flow(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = LEARNING_ARGS };
    const struct opt opts[] = {
        { "from", "WHEN", .text = &args.from,
          .help = "the first date; of a period (2025-q1) all of it is counted" },
        { "to", "WHEN", .text = &args.to, .help = BASIS_TO_HELP("the second date") },
        { "stages", "STAGE,...", .text = &args.stages,
          .help = "into and out of these stages (default: those of sqd)" },
        { "list", "PATH", .text = &args.common.list,
          .help = "name the deals: before, after, in, out, stayed, or of one\n"
                  "kind: in.returned, out.reclassified, stayed.same" },
        OPT_SVG(&args.svg),
        { "days", "N", .text = &args.common.days, .help = "instead of --from: N days before" },
        { "since", "WHEN", .text = &args.common.since, .help = "the same as --from" },
        LEARNING_OPTIONS(&args.common, "new"),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast flow", opts, &args.common.typed, answer, &args });
}
