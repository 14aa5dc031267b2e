/* tools/main.c - the program: its commands, and the only reader of clock, terminal and environment.
 */
#include "ledger/base/instant.h"
#include "tools/cli/cmd.h"
#include "tools/cli/version.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static const struct cmd commands[] = {
    { "init", "make an empty ledger", cmd_init },
    { "import", "append events from a file, or from HubSpot", cmd_import },
    { "record", "append one event by hand", cmd_record },
    { "metrics", "every metric and red line, as of a date", cmd_metrics },
    { "series", "the metrics at each of many dates", cmd_series },
    { "explain", "what one figure rests on", cmd_explain },
    { "history", "what happened to one deal", cmd_history },
    { "audit", "what the rules find odd about the deals", cmd_audit },
    { "diff", "what differs between two ways of asking, and why", cmd_diff },
    { "report", "put a report on record as it is given out", cmd_report },
    { "restate", "issued reports that would read differently today", cmd_restate },
    { "rules", "show or check the rules", cmd_rules },
    { "log", "list the events", cmd_log },
    { "export", "write the log as JSONL or protobuf", cmd_export },
    { "head", "print, keep or sign size and root of the log", cmd_head },
    { "verify", "compare the log with its hashes, its indexes, an earlier head", cmd_verify },
    { "rebuild", "compute anew what is kept beside the log", cmd_rebuild },
    { "evidence", "a deal's events with the proofs that they are in the log", cmd_evidence },
    { "backup", "copy the ledger while it is in use", cmd_backup },
    { "restore", "make the ledger anew from a backup", cmd_restore },
    { 0 },
};

static const struct cmd_group program = {
    .name = "backcast",
    .about = "A ledger of deal histories, and any metric as of any date.",
    .commands = commands,
    .notes = "options before the command:\n"
             "  --ledger DIR  the ledger (default: $BACKCAST_LEDGER)\n"
             "  --version     print the version; with --verbose what is inside, too\n"
             "\n"
             "environment:\n"
             "  BACKCAST_LEDGER  the ledger's folder, where --ledger is not given\n"
             "  BACKCAST_NOW     the time to take for now, for rehearsals and tests (RFC 3339)\n"
             "  NO_COLOR         print without colours\n",
};

static int64_t clock_us(clockid_t id)
{
    struct timespec now = { 0 };

    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * BC_SECOND_US + now.tv_nsec / 1000;
}

static int64_t begun_us;

static int64_t elapsed_us(void)
{
    return clock_us(CLOCK_MONOTONIC) - begun_us;
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);

    return value && value[0] != '\0';
}

static bc_status read_clock(struct cmd_env *env, struct bc_err *err)
{
    const char *given = getenv("BACKCAST_NOW");

    begun_us = clock_us(CLOCK_MONOTONIC);
    env->elapsed_us = elapsed_us;
    env->now_us = clock_us(CLOCK_REALTIME);
    if (env->now_us < 0 || env->now_us > BC_INSTANT_MAX)
        return bc_err_set(err, BC_E_IO, "the system's clock stands outside of 1970 to 9999");
    if (!given || given[0] == '\0')
        return BC_OK;
    env->rehearsed = true;
    if (bc_instant_parse(&env->now_us, bc_str_of(given), err) < 0)
        return bc_err_in(err, BC_E_USAGE, "BACKCAST_NOW");
    return BC_OK;
}

static void look_at_terminal(struct cmd_env *env)
{
    const char *term = getenv("TERM");
    struct winsize size = { 0 };

    env->out_tty = isatty(STDOUT_FILENO);
    env->err_tty = isatty(STDERR_FILENO);
    env->color = env->out_tty && !is_set("NO_COLOR") && !(term && strcmp(term, "dumb") == 0);
    if (env->out_tty && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        env->width = size.ws_col;
}

/* Options before the command; returns how many words they took. */
static int read_options(struct cmd_env *env, int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "--ledger") == 0) {
        env->ledger_dir = argv[2];
        return 2;
    }
    if (argc > 1 && strncmp(argv[1], "--ledger=", 9) == 0) {
        env->ledger_dir = argv[1] + 9;
        return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    static char list[] = "--help";
    char *alone[] = { argv[0], list, NULL };
    struct cmd_env env = { .out = stdout, .err = stderr };
    struct bc_err err = { 0 };
    bc_status rc;
    int taken;

    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit on files is an error of the write, like a full disk */
    setlocale(LC_CTYPE, "C.UTF-8");
    env.ledger_dir = getenv("BACKCAST_LEDGER");
    env.hubspot_token = getenv("HUBSPOT_TOKEN");
    look_at_terminal(&env);
    rc = read_clock(&env, &err);
    if (rc < 0)
        return cmd_exit(&env, rc, &err);
    if (argc < 2)
        return cmd_dispatch(&env, &program, 2, alone);
    if (strcmp(argv[1], "--version") == 0)
        return version_answer(&env, "backcast", version_inside, argc, argv);
    taken = read_options(&env, argc, argv);
    return cmd_dispatch(&env, &program, argc - taken, argv + taken);
}
