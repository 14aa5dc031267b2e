/* tools/cmd_init.c - makes an empty ledger. */
#include "tools/open.h"
#include "tools/opt.h"
#include "tools/text.h"

int cmd_init(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = { "backcast init --ledger deals",
                                            "BACKCAST_LEDGER=deals backcast init", NULL };
    static const struct opt_page page = { "backcast init",
                                          "Makes an empty ledger in a folder, which must be empty "
                                          "or not there yet.",
                                          examples };
    const char *dir = NULL;
    const struct opt opts[] = { OPT_LEDGER(&dir), { 0 } };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, &page, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_dir(&dir, env, dir, &err);
    if (rc == BC_OK)
        rc = bc_ledger_init(dir, &err);
    if (rc == BC_OK) {
        fputs("made an empty ledger in ", env->out);
        text_put(env->out, bc_str_of(dir));
        fputc('\n', env->out);
    }
    return cmd_exit(env, rc, &err);
}
