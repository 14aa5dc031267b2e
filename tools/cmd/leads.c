/* tools/cmd/leads.c - leads by where they came from: how many qualified, and what each cost. */
#include "tools/cmd/cohort_args.h"
#include "tools/print/print_csv.h"
#include "tools/show/cohorts.h"

struct args {
    struct cohort_args cohort;
    const char *by;
};

/* What a lead itself says. */
static bc_status check_key(const char *key, struct bc_err *err)
{
    static const char *const keys[] = { "campaign", "channel", "month" };

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (strcmp(key, keys[i]) == 0)
            return BC_OK;
    return bc_err_set(err, BC_E_USAGE, "--by '%s': expected campaign, channel or month", key);
}

static bc_status read_asked(struct cohort_asked *asked, const struct cohort_args *args,
                            struct basis *basis, const struct cmd_env *env, struct bc_err *err)
{
    bc_status rc = cohort_args_read(asked, args, basis, env, "all", err);

    asked->ask.anchor = BC_ANCHOR_LEAD;
    asked->ask.to = bc_rules_qualified(basis->rules);
    return rc < 0 ? rc : cohort_args_list(asked, args, err);
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    struct args *args = of;
    struct cohort_asked asked = { 0 };
    struct bc_leads *leads = NULL;
    bc_status rc = check_key(args->by, err);

    opt_list_add(&args->cohort.by, args->by);
    if (rc == BC_OK)
        rc = read_asked(&asked, &args->cohort, basis, env, err);
    if (rc == BC_OK)
        rc = bc_leads_make(&leads, basis->timelines, &basis->question, &asked.ask, err);
    if (rc == BC_OK)
        rc = cohort_args_listed(&asked, &args->cohort, leads->cohorts, err);
    if (rc == BC_OK)
        cohorts_show(env, &(struct cohorts_shown){ basis, &asked.ask, leads->cohorts, leads },
                     args->cohort.common.json, args->cohort.common.csv);
    bc_leads_free(leads);
    opt_list_release(&args->cohort.by);
    return rc;
}

int cmd_leads(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .cohort = { .common = LEARNING_ARGS }, .by = "campaign" };
    const struct opt opts[] = {
        { "by", "campaign|channel|month", .text = &args.by,
          .help = "a row for each (default: campaign)" },
        COHORT_OPTIONS(&args.cohort, "all"),
        { 0 },
    };

    return learning_command_run(env, argc, argv,
                                &(struct learning_command){ "backcast leads", opts,
                                                            &args.cohort.common.typed, answer,
                                                            &args });
}
