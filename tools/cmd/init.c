/* tools/cmd/init.c - makes an empty ledger. */
#include "ledger/ledger.h"
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"

int cmd_init(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL;
    bool shared = false;
    const struct opt opts[] = { OPT_LEDGER(&dir), OPT_SHARED_GROUP(&shared), { 0 } };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast init"), env, argc, argv, &err);

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
