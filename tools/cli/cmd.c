/* tools/cli/cmd.c - choosing a command by name, and ending one. */
#include "tools/cli/cmd.h"

#include "ledger/base/mem.h"
#include "ledger/base/spelling.h"
#include "tools/cli/complete.h"
#include "tools/cli/names.h"
#include "tools/cli/page.h"
#include "tools/cli/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <poll.h>

#define ERROR_MAX 4096 /* bytes of an error on standard error */

const char cmd_version[] = BC_VERSION;

static int exit_code(bc_status rc)
{
    switch (rc) {
    case BC_OK:
    case BC_DONE:
        return 0;
    case BC_NO:
        return 1;
    case BC_E_USAGE:
        return 2;
    case BC_E_INPUT:
    case BC_E_CONFLICT:
        return 3;
    case BC_E_IO:
        return 4;
    case BC_E_DAMAGED:
        return 5;
    case BC_E_BUSY:
        return 6;
    case BC_E_NEWER:
        return 7;
    case BC_E_REMOTE:
        return 8;
    }
    return 4;
}

/* "deals.jsonl:12:7: what is wrong" */
static void error_text(struct bc_buf *out, const struct bc_err *err)
{
    if (err->context[0] != '\0') {
        text_escape(out, bc_str_of(err->context));
        bc_buf_add_str(out, BC_STR(": "));
    }
    text_escape(out, bc_str_of(err->message));
}

static void print_error(const struct cmd_env *env, const struct bc_err *err)
{
    struct bc_buf line = { 0 };

    if (env->error) {
        env->error->len = 0;
        error_text(env->error, err);
        return;
    }
    bc_buf_printf(&line, "%s: ", env->program ? env->program : "backcast");
    error_text(&line, err);
    line.len = text_cut(bc_buf_str(&line), ERROR_MAX - 1);
    bc_buf_add_byte(&line, '\n');
    fwrite(line.at, 1, line.len, env->err);
    fflush(env->err);
    bc_buf_release(&line);
}

/* Has the reader of a pipe gone away? */
static bool reader_gone(FILE *out)
{
    struct pollfd pipe = { .fd = fileno(out), .events = POLLOUT };

    return pipe.fd >= 0 && poll(&pipe, 1, 0) == 1 && (pipe.revents & POLLERR);
}

bc_status cmd_written(const struct cmd_env *env, struct bc_err *err)
{
    errno = 0;
    if (fflush(env->out) == 0 && !ferror(env->out))
        return BC_OK;
    if (errno == EPIPE || reader_gone(env->out))
        return bc_err_set(err, BC_E_IO, "%s", "");
    if (errno != 0)
        return bc_err_errno(err, "write the answer");
    return bc_err_set(err, BC_E_IO, "cannot write the answer: an earlier write failed");
}

/* The place of the setting that an error of use is about, or NULL. */
static const char *setting_of(const struct cmd_env *env, const struct bc_err *err)
{
    const char *const settings[][2] = { { env->rules.value, env->rules.from },
                                        { env->slice.value, env->slice.from } };
    const char *place = NULL;

    for (size_t i = 0; i < 2 && !place; i++) {
        struct bc_buf quoted = { 0 };

        if (!settings[i][0])
            continue;
        bc_buf_printf(&quoted, "'%s'%c", settings[i][0], '\0');
        if (strstr(err->message, quoted.at))
            place = settings[i][1];
        bc_buf_release(&quoted);
    }
    return place;
}

static void print_error_at(const struct cmd_env *env, bc_status rc, const struct bc_err *err)
{
    const char *place = rc == BC_E_USAGE && err->context[0] == '\0' ? setting_of(env, err) : NULL;
    struct bc_err placed;

    if (!place) {
        print_error(env, err);
        return;
    }
    placed = *err;
    (void)bc_err_in(&placed, rc, "%s", place);
    print_error(env, &placed);
}

int cmd_exit(const struct cmd_env *env, bc_status rc, const struct bc_err *err)
{
    struct bc_err output = { 0 };

    if (env->complete)
        return exit_code(rc);
    if (rc >= 0 && env->names && env->names->failed < 0) {
        rc = env->names->failed;
        err = &env->names->err;
    }
    if (rc >= 0) {
        bc_status written = cmd_written(env, &output);
        bool left = written < 0 && output.message[0] == '\0';

        if (written < 0 && !(left && env->paged)) {
            rc = written;
            err = &output;
        }
    }
    if (rc < 0 && err->message[0] != '\0')
        print_error_at(env, rc, err);
    return exit_code(rc);
}

int64_t cmd_now_us(const struct cmd_env *env)
{
    return env->now_us + (env->elapsed_us && !env->rehearsed ? env->elapsed_us() : 0);
}

static struct bc_str summary(const struct cmd_group *group, const struct cmd *cmd)
{
    char command[64];

    snprintf(command, sizeof(command), "%s %s", group->name, cmd->name);
    return page_summary(page_find(group->pages, command));
}

static void print_usage(const struct cmd_env *env, const struct cmd_group *group)
{
    fprintf(env->out, "%s COMMAND [options]\n", group->name);
}

/* What only `help` knows, in the program's own group; else nothing. */
static const struct cmd *topics_of(const struct cmd_env *env, const struct cmd_group *group)
{
    static const struct cmd none[] = { { 0 } };

    return env->topics && group == env->commands ? env->topics : none;
}

static void print_commands(const struct cmd_env *env, const struct cmd_group *group,
                           const struct cmd *commands)
{
    size_t longest = 0;

    for (const struct cmd *cmd = commands; cmd->name; cmd++)
        if (strlen(cmd->name) > longest)
            longest = strlen(cmd->name);
    for (const struct cmd *cmd = commands; cmd->name; cmd++)
        fprintf(env->out, "  %-*s  %.*s\n", (int)longest, cmd->name,
                BC_STR_ARG(summary(group, cmd)));
}

static void print_list(const struct cmd_env *env, const struct cmd_group *group)
{
    const struct page *page = page_find(group->pages, group->name);

    fputs("usage: ", env->out);
    print_usage(env, group);
    fputc('\n', env->out);
    page_print_description(env->out, page);
    fputs("\ncommands:\n", env->out);
    print_commands(env, group, group->commands);
    fprintf(env->out, "\n`%s COMMAND --help` says more about each.\n", group->name);
    if (topics_of(env, group)->name) {
        fprintf(env->out, "\n`%s help TOPIC` says more about:\n", group->name);
        print_commands(env, group, topics_of(env, group));
    }
    page_print_rest(env->out, page);
}

static void print_man(const struct cmd_env *env, const struct cmd_group *group)
{
    const struct page_parts parts = page_parts(page_find(group->pages, group->name));

    page_print_man(env->out, parts.front);
    fputs("# SYNOPSIS\n\n```\n", env->out);
    print_usage(env, group);
    fputs("```\n\n", env->out);
    page_print_man(env->out, parts.description);
    fputs("\n# COMMANDS\n\n```\n", env->out);
    print_commands(env, group, group->commands);
    fputs("```\n\n", env->out);
    if (topics_of(env, group)->name) {
        fputs("# TOPICS\n\n```\n", env->out);
        print_commands(env, group, topics_of(env, group));
        fputs("```\n\n", env->out);
    }
    page_print_man(env->out, parts.rest);
}

static const struct cmd *find(const struct cmd *commands, const char *name)
{
    const struct cmd *cmd = commands;

    while (cmd->name && strcmp(cmd->name, name) != 0)
        cmd++;
    return cmd->name ? cmd : NULL;
}

static int unknown(const struct cmd_env *env, const struct cmd_group *group, const char *name)
{
    struct bc_spelling spelling = { .word = bc_str_of(name) };
    struct bc_err err = { 0 };
    bc_status rc;

    if (name[0] == '-') {
        rc = bc_err_set(&err, BC_E_USAGE,
                        "no option '%s' before the command; `%s --help` lists them", name,
                        group->name);
        return cmd_exit(env, rc, &err);
    }
    for (const struct cmd *cmd = group->commands; cmd->name; cmd++)
        bc_spelling_try(&spelling, bc_str_of(cmd->name));
    if (spelling.best.len > 0)
        rc = bc_err_set(&err, BC_E_USAGE, "no command '%s'; did you mean '%s'?", name,
                        spelling.best.at);
    else
        rc = bc_err_set(&err, BC_E_USAGE, "no command '%s'; `%s --help` lists them", name,
                        group->name);
    return cmd_exit(env, rc, &err);
}

/* `help import jsonl` is `import jsonl --help`. */
static int help(const struct cmd_env *env, const struct cmd_group *group, int argc, char **argv)
{
    const struct cmd *topic = argc > 1 ? find(topics_of(env, group), argv[1]) : NULL;
    char flag[] = "--help";
    char **asked;
    int code;

    if (env->complete) {
        env->complete->help_only = true;
        for (const struct cmd *one = topics_of(env, group); one->name && argc == 2; one++)
            complete_add(env->complete, bc_str_of(one->name), summary(group, one));
        return cmd_dispatch(env, group, argc, argv);
    }
    if (topic)
        return topic->run(env, argc - 1, argv + 1);
    if (argc < 2) {
        print_list(env, group);
        return cmd_exit(env, BC_OK, NULL);
    }
    asked = bc_calloc((size_t)argc + 2, sizeof(*asked));
    memcpy(asked, argv, (size_t)argc * sizeof(*asked));
    asked[argc] = flag;
    code = cmd_dispatch(env, group, argc + 1, asked);
    free(asked);
    return code;
}

void cmd_candidates(struct complete *complete, const struct cmd_group *group)
{
    for (const struct cmd *cmd = group->commands; cmd->name; cmd++)
        complete_add(complete, bc_str_of(cmd->name), summary(group, cmd));
}

int cmd_dispatch(const struct cmd_env *env, const struct cmd_group *group, int argc, char **argv)
{
    const struct cmd *cmd;

    if (env->complete && argc == 2) {
        cmd_candidates(env->complete, group);
        if (!env->complete->help_only)
            complete_add(env->complete, BC_STR("help"), BC_STR("say more about a command"));
        return 0;
    }
    if (argc < 2) {
        struct bc_err err = { 0 };
        bc_err_set(&err, BC_E_USAGE, "a command is missing; `%s --help` lists them", group->name);
        return cmd_exit(env, BC_E_USAGE, &err);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_list(env, group);
        return cmd_exit(env, BC_OK, NULL);
    }
    if (strcmp(argv[1], "--help=man") == 0) {
        print_man(env, group);
        return cmd_exit(env, BC_OK, NULL);
    }
    if (strcmp(argv[1], "help") == 0)
        return help(env, group, argc - 1, argv + 1);
    cmd = find(group->commands, argv[1]);
    return cmd ? cmd->run(env, argc - 1, argv + 1) : unknown(env, group, argv[1]);
}
