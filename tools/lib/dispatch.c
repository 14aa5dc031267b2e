#include "tools/lib/dispatch.h"

#include "tools/cmd/pages.h"
#include "tools/cmd/topics.h"

#include <string.h>

#define COMMAND(name)          { #name, cmd_##name },
#define COMMAND_AS(name, word) { word, cmd_##name },
static const struct cmd commands[] = { COMMANDS(COMMAND){ 0 } };
#undef COMMAND
#undef COMMAND_AS

const struct cmd_group dispatch_commands = { "backcast", commands, cmd_pages };
const struct cmd *const dispatch_topics = topics;

int dispatch(const struct cmd_env *env, int argc, char **argv)
{
    return cmd_dispatch(env, &dispatch_commands, argc, argv);
}

bool dispatch_answers(const char *command)
{
    static const char *const others[] = { "init",    "import",  "record",   "export",
                                          "verify",  "rebuild", "evidence", "backup",
                                          "restore", "share",   "complete", "serve" };

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (strcmp(command, others[i]) == 0)
            return false;
    return true;
}
