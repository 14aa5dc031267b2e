/* tools/cmd/init.c - makes an empty ledger. */
#include "ledger/ledger.h"
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"

int cmd_init(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = { "backcast init --ledger deals",
                                            "BACKCAST_LEDGER=deals backcast init", NULL };
    static const struct opt_page page = {
        "backcast init",
        "Makes an empty ledger in a folder, which must not be there yet, or be empty and your own. "
        "Whatever\nthe umask, nobody else may read it: folders have mode 0700, files 0600, also "
        "those made later. With\n--shared-group the folder's group may: chgrp -R GROUP DIR gives "
        "it "
        "to a team. What a killed init left\nthere is removed.",
        examples
    };
    const char *dir = NULL;
    bool shared = false;
    const struct opt opts[] = { OPT_LEDGER(&dir), OPT_SHARED_GROUP(&shared), { 0 } };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, &page, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_dir(&dir, env, dir, &err);
    if (rc == BC_OK)
        rc = bc_ledger_init(dir, shared, &err);
    if (rc == BC_OK) {
        fputs("made an empty ledger in ", env->out);
        text_put(env->out, bc_str_of(dir));
        fputc('\n', env->out);
    }
    return cmd_exit(env, rc, &err);
}
