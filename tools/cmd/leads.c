/* tools/cmd/leads.c - leads by where they came from: how many qualified, and what each cost. */
#include "tools/cmd/cohort_args.h"
#include "tools/cmd/pages.h"
#include "tools/print/print_csv.h"
#include "tools/show/cohorts.h"

/* What a lead itself says. */
static bc_status check_key(const char *key, struct bc_err *err)
{
    static const char *const keys[] = { "campaign", "channel", "month" };

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (strcmp(key, keys[i]) == 0)
            return BC_OK;
    return bc_err_set(err, BC_E_USAGE, "--by '%s': expected campaign, channel or month", key);
}

static bc_status answer(const struct cmd_env *env, struct basis *basis,
                        const struct cohort_args *args, struct bc_err *err)
{
    struct cohort_asked asked = { 0 };
    struct bc_leads *leads = NULL;
    bc_status rc = cohort_args_read(&asked, args, basis, env, "all", err);

    asked.ask.anchor = BC_ANCHOR_LEAD;
    asked.ask.to = bc_leads_target(basis->rules);
    if (rc == BC_OK)
        rc = bc_leads_make(&leads, basis->timelines, &basis->question, &asked.ask, err);
    if (rc == BC_OK)
        rc = cohort_args_listed(&asked, args, leads->cohorts, err);
    if (rc == BC_OK)
        cohorts_show(env, &(struct cohorts_shown){ basis, &asked.ask, leads->cohorts, leads },
                     args->common.json, args->common.csv);
    bc_leads_free(leads);
    return rc;
}

int cmd_leads(const struct cmd_env *env, int argc, char **argv)
{
    struct cohort_args args = { .common = LEARNING_ARGS };
    const char *by = "campaign";
    const struct opt opts[] = {
        { "by", "KEY", .text = &by, .help = "campaign (the default), channel or month" },
        COHORT_OPTIONS(&args, "all"),
        { 0 },
    };
    struct basis basis = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast leads"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = check_key(by, &err);
    opt_list_add(&args.by, by);
    if (rc == BC_OK)
        rc = basis_open(&basis, env, &args.common.typed, &err);
    if (rc == BC_OK)
        rc = answer(env, &basis, &args, &err);
    basis_close(&basis);
    opt_list_release(&args.by);
    return cmd_exit(env, rc, &err);
}
