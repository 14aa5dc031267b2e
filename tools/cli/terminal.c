#include "tools/cli/terminal.h"

#include "ledger/base/mem.h"
#include "tools/cli/names.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- options --- */

static bc_status color_word(struct terminal *out, const char *word, struct bc_err *err)
{
    static const char *const words[] = { "auto", "always", "never" };

    for (size_t i = 0; word && i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(word, words[i]) == 0) {
            out->color = words[i];
            return BC_OK;
        }
    return bc_err_set(err, BC_E_USAGE, "--color is auto, always or never%s%s%s",
                      word ? ", not '" : "", word ? word : "", word ? "'" : "");
}

/* Reads argv[at]; *taken: how many arguments are part of it, 0: it is none of these options. */
static bc_status read_option(struct terminal *out, int argc, char **argv, int at, int *taken,
                             struct bc_err *err)
{
    const char *word = argv[at];

    *taken = 1;
    if (strcmp(word, "--wide") == 0)
        out->wide = true;
    else if (strcmp(word, "--no-pager") == 0)
        out->no_pager = true;
    else if (strcmp(word, "--no-names") == 0)
        out->no_names = true;
    else if (strcmp(word, "--no-config") == 0)
        out->no_config = true;
    else if (strncmp(word, "--color=", 8) == 0)
        return color_word(out, word + 8, err);
    else if (strcmp(word, "--color") == 0) {
        *taken = 2;
        return color_word(out, at + 1 < argc ? argv[at + 1] : NULL, err);
    } else
        *taken = 0;
    return BC_OK;
}

bc_status terminal_options(struct terminal *out, int *argc, char **argv, struct bc_err *err)
{
    int kept = 1, taken = 0;

    for (int at = 1; at < *argc; at += taken ? taken : 1) {
        bc_status rc;

        if (strcmp(argv[at], "--") == 0) {
            while (at < *argc)
                argv[kept++] = argv[at++];
            break;
        }
        rc = read_option(out, *argc, argv, at, &taken, err);
        if (rc < 0)
            return rc;
        if (taken == 0)
            argv[kept++] = argv[at];
    }
    *argc = kept;
    argv[kept] = NULL;
    return BC_OK;
}

/* --- what it is --- */

enum { NAME_WITHIN = 48 }; /* columns of a name within a sentence */

static bool is_dumb(const struct terminal *terminal)
{
    return terminal->term && strcmp(terminal->term, "dumb") == 0;
}

static bool may_color(const struct terminal *terminal)
{
    return !(terminal->no_color && terminal->no_color[0]) && !is_dumb(terminal);
}

void terminal_look(struct cmd_env *env, const struct terminal *terminal)
{
    const char *color = terminal->color ? terminal->color : "auto";
    struct winsize size = { 0 };

    env->in_tty = isatty(STDIN_FILENO);
    env->out_tty = isatty(STDOUT_FILENO);
    env->err_tty = isatty(STDERR_FILENO);
    env->color = strcmp(color, "auto") == 0 ? env->out_tty && may_color(terminal)
                                            : strcmp(color, "always") == 0;
    if (env->out_tty && !terminal->wide && terminal->columns >= 0 &&
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        env->width = size.ws_col;
    if (terminal->columns > 0 && terminal->columns < env->width)
        env->width = terminal->columns;
    if (!env->names)
        return;
    env->names->off = terminal->no_names;
    env->names->most = env->width > 0 ? NAME_WITHIN : 0;
}

/* --- the pager --- */

static pid_t pager; /* 0: there is none */

static bool is_program(const char *folder, size_t folder_len, const char *name, size_t len)
{
    struct bc_buf file = { 0 };
    bool found;

    bc_buf_add(&file, folder, folder_len);
    if (folder_len > 0)
        bc_buf_add_byte(&file, '/');
    bc_buf_add(&file, name, len);
    bc_buf_add_byte(&file, '\0');
    found = access(file.at, X_OK) == 0;
    bc_buf_release(&file);
    return found;
}

/* Is the program there that a command begins with, after what it sets (`LESS=R less`)? */
static bool is_there(const char *command, const char *path)
{
    size_t len = strcspn(command, " \t"), folder;

    while (memchr(command, '=', len)) {
        command += len + strspn(command + len, " \t");
        len = strcspn(command, " \t");
    }
    if (len == 0)
        return false;
    if (memchr(command, '/', len))
        return is_program("", 0, command, len);
    for (; path; path = path[folder] == ':' ? path + folder + 1 : NULL) {
        folder = strcspn(path, ":");
        if (is_program(path, folder, command, len))
            return true;
    }
    return false;
}

/* The command of the pager, or NULL. */
static const char *find_pager(const struct terminal *terminal)
{
    const char *command = terminal->backcast_pager;

    if (!command)
        command = terminal->config_pager;
    if (!command)
        command = terminal->pager;
    if (!command)
        command = "less";
    if (strcmp(command, "cat") == 0 || is_dumb(terminal) || !is_there(command, terminal->path))
        return NULL;
    return command;
}

_Noreturn static void run_pager(const char *command, int in, int out)
{
    static const char shell[] = "/bin/sh";

    (void)dup2(in, STDIN_FILENO);
    (void)close(in);
    (void)close(out);
    (void)setenv("LESS", "FRX", 0);
    (void)setenv("LESSCHARSET", "utf-8", 0);
    (void)signal(SIGPIPE, SIG_DFL);
    (void)signal(SIGXFSZ, SIG_DFL);
    execl(shell, "sh", "-c", command, (char *)NULL);
    _exit(127);
}

/* The pager has the terminal until it is left; an interrupt ends the answer only. */
static void interrupted(int number)
{
    (void)close(STDOUT_FILENO);
    (void)waitpid(pager, NULL, 0);
    _exit(128 + number);
}

void terminal_page(struct cmd_env *env, const struct terminal *terminal)
{
    const char *command = env->out_tty && !terminal->no_pager ? find_pager(terminal) : NULL;
    int ends[2];

    if (!command || fflush(NULL) != 0 || pipe(ends) != 0)
        return;
    pager = fork();
    if (pager == 0)
        run_pager(command, ends[0], ends[1]);
    (void)close(ends[0]);
    if (pager > 0 && dup2(ends[1], STDOUT_FILENO) == STDOUT_FILENO)
        (void)signal(SIGINT, interrupted);
    else
        pager = 0;
    env->paged = pager > 0;
    (void)close(ends[1]);
}

int terminal_end(const struct cmd_env *env, int code)
{
    struct bc_err err;
    bool left;

    if (pager == 0)
        return code;
    left = cmd_written(env, &err) < 0;
    (void)close(STDOUT_FILENO);
    while (waitpid(pager, NULL, 0) < 0 && errno == EINTR)
        ;
    return left && code == 4 ? 0 : code;
}
