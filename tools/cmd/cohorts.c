/* tools/cmd/cohorts.c - what became of the deals that entered a stage, by what was known of them.
 */
#include "tools/show/cohorts.h"

#include "tools/cmd/cohort_args.h"
#include "tools/cmd/legend.h"
#include "tools/print/print_csv.h"

struct args {
    struct cohort_args cohort;
    const char *at, *to;
    bool late_values;
};

/* --- the command --- */

static bc_status read_asked(struct cohort_asked *asked, const struct args *args,
                            struct basis *basis, const struct cmd_env *env, struct bc_err *err)
{
    bc_status rc = cohort_args_read(asked, &args->cohort, basis, env, "new", err);

    if (rc == BC_OK)
        rc = cohort_args_list(asked, &args->cohort, err);
    if (rc == BC_OK)
        rc = cohort_args_stages(&asked->ask, basis->rules, args->at, args->to, err);
    asked->ask.late_values = args->late_values;
    return rc;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    struct bc_cohorts *cohorts = NULL;
    struct cohort_asked asked = { 0 };
    bc_status rc = read_asked(&asked, args, basis, env, err);

    if (rc == BC_OK)
        rc = bc_cohorts_make(&cohorts, basis->timelines, &basis->question, &asked.ask, err);
    if (rc == BC_OK)
        rc = cohort_args_listed(&asked, &args->cohort, cohorts, err);
    if (rc == BC_OK)
        cohort_args_note_values(basis, &asked.ask, cohorts);
    if (rc == BC_OK)
        cohorts_show(env, &(struct cohorts_shown){ basis, &asked.ask, cohorts, NULL },
                     args->cohort.common.json, args->cohort.common.csv);
    if (rc == BC_OK && args->cohort.common.explain)
        legend_print(env, LEGEND_COHORTS);
    bc_cohorts_free(cohorts);
    return rc;
}

int cmd_cohorts(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .cohort = { .common = LEARNING_ARGS } };
    const struct opt opts[] = {
        { "at", "STAGE,...", .text = &args.at, .required = true,
          .help = "the deals that entered one of these stages, from their first entry on" },
        { "to", "STAGE,...", .text = &args.to, .help = COHORT_TO_HELP },
        { "by", "KEY", .list = &args.cohort.by,
          .help = "a row for each value that it had at the entry: any property,\n"
                  "need, budget, icp_fit, icp_version, icp, playbook, campaign,\n"
                  "channel, arm:EXPERIMENT, month, quarter, year, meetings,\n"
                  "opened, replied" },
        { "late-values", NULL, .flag = &args.late_values,
          .help = "read properties as the rules do, so what was set after the\n"
                  "entry may tell, too" },
        OPT_EXPLAIN(&args.cohort.common.explain),
        COHORT_OPTIONS(&args.cohort, "new"),
        { 0 },
    };
    const int code = learning_command_run(env, argc, argv,
                                          &(struct learning_command){ "backcast cohorts", opts,
                                                                      &args.cohort.common.typed,
                                                                      answer, &args });

    opt_list_release(&args.cohort.by);
    return code;
}
