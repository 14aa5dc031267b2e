/* tools/check/check_main.c - the program backcast-check: small, so that whoever has to trust it can
 * read it. */
#include "tools/check/check.h"
#include "tools/cli/version.h"

#include <locale.h>
#include <signal.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct cmd_env env = { .program = "backcast-check", .out = stdout, .err = stderr };

    signal(SIGPIPE, SIG_IGN);
    setlocale(LC_CTYPE, "C.UTF-8");
    if (argc >= 2 && strcmp(argv[1], "--version") == 0)
        return version_answer(&env, "backcast-check", NULL, argc, argv);
    return check_evidence(&env, argc, argv);
}
