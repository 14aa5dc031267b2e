/* tools/cmd_head.c - size and root of the log: the name of its state. */
#include "tools/json_out.h"
#include "tools/open.h"
#include "tools/opt.h"

#include <inttypes.h>

static void print(const struct cmd_env *env, const struct bc_head *head, bool count, bool as_json)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->root);
    if (as_json) {
        struct json_out json = json_out_begin(env->out);
        json_out_head(&json, NULL, head);
        json_out_line(&json);
        json_out_release(&json);
    } else if (count) {
        fprintf(env->out, "%" PRIu64 "\n", head->size);
    } else {
        fprintf(env->out, "events  %" PRIu64 "\nroot    %s\n", head->size, root);
    }
}

int cmd_head(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = { "backcast head", "backcast head --count", NULL };
    static const struct opt_page page = { "backcast head",
                                          "Prints how many events the log holds, and the root of "
                                          "its hash tree. Two ledgers with\nthe same head hold the "
                                          "same events.",
                                          examples };
    const char *dir = NULL;
    bool count = false, json = false;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        { "count", NULL, .flag = &count, .help = "print the number of events alone" },
        { "json", NULL, .flag = &json, .help = "print for programs" },
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = opt_parse(opts, &page, env, argc, argv, &err);

    if (rc == BC_OK && count && json)
        rc = bc_err_set(&err, BC_E_USAGE, "--count and --json do not go together");
    if (rc == BC_OK)
        rc = open_ledger(&log, env, dir, false, &err);
    if (rc == BC_OK)
        print(env, bc_log_head(log), count, json);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}
