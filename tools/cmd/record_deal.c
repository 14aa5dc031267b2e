/* tools/cmd/record_deal.c - a new deal by questions and answers. */
#include "tools/byhand/record_interview.h"
#include "tools/cli/opt.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/record.h"

#include <stdlib.h>

struct deal {
    const char *dir, *actor;
    bool shared, interactive;
    struct record_leave leave;
    struct record_sheet sheet;
};

/* The ledger is only looked at meanwhile: answers may take long, and others write. BC_NO: it is not
 * to be appended. */
static bc_status ask(struct deal *deal, struct record_desk *desk, const struct cmd_env *env,
                     struct bc_err *err)
{
    struct dialogue dialogue = { 0 };
    bc_status rc = record_desk_open(desk, env, deal->dir, RECORD_LOOK, err);

    if (rc == BC_OK)
        rc = dialogue_open(&dialogue, env, desk->reading.arena, err);
    if (rc == BC_OK)
        rc = record_interview(&deal->sheet, &dialogue, desk, deal->actor, deal->leave, err);
    if (rc == BC_OK) {
        free(record_sheet_sort(&deal->sheet));
        record_sheet_show(&deal->sheet, env);
        rc = dialogue_confirm(&dialogue, "append all of it? (yes or no)", err);
    }
    dialogue_close(&dialogue);
    record_desk_leave(desk);
    if (rc != BC_DONE && rc != BC_NO)
        return rc;
    fputs("backcast: nothing was appended\n", env->err);
    return BC_NO;
}

/* Checked again, since the ledger may have taken more. */
static bc_status take(const struct deal *deal, const struct cmd_env *env, struct bc_err *err)
{
    struct record_desk desk = { 0 };
    struct record_fault fault;
    bc_status rc =
        record_desk_open(&desk, env, deal->dir, deal->shared ? RECORD_SHARED : RECORD_APPEND, err);

    if (rc == BC_OK)
        rc = record_sheet_check(&deal->sheet, &desk, env, deal->leave, &fault, err);
    if (rc == BC_OK)
        rc = record_sheet_take(&deal->sheet, &desk, env, (struct record_done){ 0 }, &fault, err);
    record_desk_close(&desk);
    return rc;
}

static bc_status parse(struct deal *deal, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        { "interactive", NULL, .flag = &deal->interactive, .help = "ask, a question a line" },
        { "actor", "WHO", .text = &deal->actor, .help = "who did it (default: it is asked)" },
        { "anyway", NULL, .flag = &deal->leave.anyway,
          .help = "take words that the rules do not know, and values that are no number or date" },
        OPT_LEDGER(&deal->dir),
        OPT_SHARED(&deal->shared),
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast record deal"), env, argc, argv, err);

    if (rc == BC_OK && !deal->interactive)
        return bc_err_set(err, BC_E_USAGE,
                          "--interactive is missing; without questions a deal is recorded from a "
                          "form: `backcast record form`");
    return rc;
}

int record_deal(const struct cmd_env *env, int argc, char **argv)
{
    struct deal deal = { 0 };
    struct record_desk desk = { 0 }; /* owns the texts of the sheet */
    struct bc_err err = { 0 };
    bc_status rc = parse(&deal, env, argc, argv, &err);

    if (rc == BC_OK) {
        rc = ask(&deal, &desk, env, &err);
        if (rc == BC_OK)
            rc = take(&deal, env, &err);
    }
    record_sheet_release(&deal.sheet);
    record_desk_close(&desk);
    return cmd_exit(env, rc, &err);
}
