#include "tests/support/command.h"

#include "ledger/base/mem.h"
#include "tests/support/check.h"

#include <locale.h>
#include <stdlib.h>

static void give(char **to, char *printed)
{
    if (to)
        *to = printed;
    else
        free(printed);
}

int command_run(const struct cmd_env *with, cmd_fn *run, const char *const argv[], char **out,
                char **err)
{
    char *printed = NULL, *said = NULL, *args[COMMAND_ARGS_MOST + 1] = { 0 };
    size_t printed_len, said_len;
    struct cmd_env env = *with;
    int n = 0, code;

    setlocale(LC_CTYPE, "C.UTF-8"); /* as the program does: in another, tables may never end */
    env.out = open_memstream(&printed, &printed_len);
    env.err = open_memstream(&said, &said_len);
    for (; argv[n]; n++) {
        assert_true(n < COMMAND_ARGS_MOST);
        args[n] = bc_strdup(bc_str_of(argv[n]));
    }
    code = run(&env, n, args);
    fclose(env.out);
    fclose(env.err);
    for (int i = 0; i < n; i++)
        free(args[i]);
    give(out, printed);
    give(err, said);
    return code;
}
