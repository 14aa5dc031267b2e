/* tools/main.c - the program: reads the environment, and asks through the library. */
#include "ledger/base/instant.h"
#include "ledger/base/mem.h"
#include "tools/cli/cmd.h"
#include "tools/cli/names.h"
#include "tools/cli/serving.h"
#include "tools/cli/terminal.h"
#include "tools/cli/times.h"
#include "tools/cli/version.h"
#include "tools/config/config.h"
#include "tools/lib/dispatch.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t clock_us(clockid_t id)
{
    struct timespec now = { 0 };

    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * BC_SECOND_US + now.tv_nsec / 1000;
}

static int64_t begun_us;

static int64_t elapsed_us(void)
{
    return clock_us(CLOCK_BOOTTIME) - begun_us; /* which goes on while the machine sleeps */
}

/* As the C library has it. */
static void find_zones(void)
{
    const char *folder = getenv("TZDIR");

    if (folder && folder[0] != '\0')
        bc_zone_folder(folder);
}

static const char *variable(const char *name)
{
    return getenv(name);
}

static bc_status read_clock(struct cmd_env *env, struct bc_err *err)
{
    const char *given = getenv("BACKCAST_NOW");

    begun_us = clock_us(CLOCK_BOOTTIME);
    env->elapsed_us = elapsed_us;
    env->now_us = clock_us(CLOCK_REALTIME);
    if (env->now_us < 0 || env->now_us > BC_INSTANT_MAX)
        return bc_err_set(err, BC_E_IO, "the system's clock is outside 1970 to 9999");
    if (!given || given[0] == '\0')
        return BC_OK;
    env->rehearsed = true;
    if (bc_instant_parse(&env->now_us, bc_str_of(given), err) < 0)
        return bc_err_in(err, BC_E_USAGE, "BACKCAST_NOW");
    return BC_OK;
}

/* Options before the command; *taken: how many arguments they are. */
static bc_status read_options(int *taken, struct cmd_env *env, int argc, char **argv,
                              struct bc_err *err)
{
    *taken = 0;
    if (strcmp(argv[1], "--ledger") == 0) {
        if (argc < 3 || strncmp(argv[2], "--", 2) == 0)
            return bc_err_set(err, BC_E_USAGE, "--ledger needs a value: --ledger DIR");
        env->ledger_dir = argv[2];
        *taken = 2;
    } else if (strncmp(argv[1], "--ledger=", 9) == 0) {
        env->ledger_dir = argv[1] + 9;
        *taken = 1;
    }
    return BC_OK;
}

/* The value of --ledger, wherever it stands, or NULL. */
static const char *ledger_option(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--ledger=", 9) == 0)
            return argv[i] + 9;
        if (strcmp(argv[i], "--ledger") == 0)
            return argv[i + 1];
    }
    return NULL;
}

/* Is only help asked for, or the version? It comes whatever the settings say. */
static bool asks_help(int argc, char **argv)
{
    static const char *const words[] = { "--help", "-h", "--help=man", "--version" };

    if (argc < 2 || strcmp(argv[1], "help") == 0)
        return true;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++)
            if (strcmp(argv[i], words[w]) == 0)
                return true;
    return false;
}

/* Does it go on whatever is wrong with the settings? Who is typing is told nothing, and `config
 * check` says it itself. */
static bool bears_faults(int argc, char **argv)
{
    int at = 1; /* of the command */

    if (argc > 1 && strcmp(argv[1], "--ledger") == 0)
        at = 3;
    else if (argc > 1 && strncmp(argv[1], "--ledger=", 9) == 0)
        at = 2;
    return (argc > at && strcmp(argv[at], "complete") == 0) ||
           (argc > at + 1 && strcmp(argv[at], "config") == 0 && strcmp(argv[at + 1], "check") == 0);
}

/* Settings, where options and the environment say nothing. */
static bc_status read_settings(struct config *config, struct cmd_env *env,
                               struct terminal *terminal, int argc, char **argv, struct bc_err *err)
{
    const struct config_given given = { .ledger_option = ledger_option(argc, argv),
                                        .ledger_env = env->ledger_dir,
                                        .pager_env = terminal->backcast_pager,
                                        .shared_env = getenv("BACKCAST_SHARED"),
                                        .xdg_config_home = getenv("XDG_CONFIG_HOME"),
                                        .home = getenv("HOME"),
                                        .no_files = terminal->no_config };
    bc_status rc;

    if (asks_help(argc, argv))
        return BC_OK;
    rc = config_read(config, &given, err);
    env->config = config;
    env->ledger_dir = config->settings[CONFIG_LEDGER].value;
    env->rules.value = config->settings[CONFIG_RULES].value;
    env->rules.from = config->settings[CONFIG_RULES].from;
    env->rules.of_ledger = config->settings[CONFIG_RULES].of_ledger;
    env->slice.value = config->settings[CONFIG_SLICE].value;
    env->slice.from = config->settings[CONFIG_SLICE].from;
    env->shared.yes = config->shared;
    env->shared.from = config->settings[CONFIG_SHARED].from;
    env->names->people = config->people;
    env->names->people_n = config->people_n;
    env->times->own = config->zone;
    terminal->config_pager = config->settings[CONFIG_PAGER].value;
    terminal->columns = config->columns;
    return bears_faults(argc, argv) ? BC_OK : rc;
}

static int run(struct cmd_env *env, const struct terminal *terminal, int argc, char **argv)
{
    static char list[] = "--help";
    char *alone[] = { argv[0], list, NULL };
    struct bc_err err = { 0 };
    bc_status rc;
    int taken;

    if (argc < 2)
        return dispatch(env, 2, alone);
    if (strcmp(argv[1], "--version") == 0)
        return version_answer(env, "backcast", version_inside, argc, argv);
    rc = read_options(&taken, env, argc, argv, &err);
    if (rc < 0)
        return cmd_exit(env, rc, &err);
    if (argc > taken + 1 && dispatch_answers(argv[taken + 1]))
        terminal_page(env, terminal);
    return terminal_end(env, dispatch(env, argc - taken, argv + taken));
}

int main(int argc, char **argv)
{
    struct times times = { 0 };
    struct names names = { 0 };
    struct config config = { 0 };
    struct cmd_env env = { .out = stdout,
                           .err = stderr,
                           .times = &times,
                           .names = &names,
                           .commands = &dispatch_commands,
                           .topics = dispatch_topics,
                           .serving = &serving_of_process };
    struct terminal terminal = { .term = getenv("TERM"),
                                 .no_color = getenv("NO_COLOR"),
                                 .backcast_pager = getenv("BACKCAST_PAGER"),
                                 .pager = getenv("PAGER"),
                                 .path = getenv("PATH") };
    struct bc_err err = { 0 };
    bc_status rc;
    int code;

    bc_mem_give_large_back();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit on files is an error of the write, like a full disk */
    setlocale(LC_CTYPE, "C.UTF-8");
    find_zones();
    env.ledger_dir = getenv("BACKCAST_LEDGER");
    env.secret = variable;
    rc = terminal_options(&terminal, &argc, argv, &err);
    if (rc == BC_OK)
        rc = read_settings(&config, &env, &terminal, argc, argv, &err);
    terminal_look(&env, &terminal);
    if (rc == BC_OK)
        rc = read_clock(&env, &err);
    code = rc < 0 ? cmd_exit(&env, rc, &err) : run(&env, &terminal, argc, argv);
    config_release(&config);
    return code;
}
