/* tools/cmd/share.c - a ledger that several machines append to: the commands about it. */
#include "tools/cmd/pages.h"
#include "tools/cmd/share_commands.h"

int cmd_share(const struct cmd_env *env, int argc, char **argv)
{
    static const struct cmd commands[] = {
        { "init", share_init },     { "join", share_join },
        { "status", share_status }, { "catch-up", share_catch_up_once },
        { "follow", share_follow }, { "repair", share_repair },
        { "leave", share_leave },   { 0 },
    };
    static const struct cmd_group group = { "backcast share", commands, cmd_pages };

    return cmd_dispatch(env, &group, argc, argv);
}
