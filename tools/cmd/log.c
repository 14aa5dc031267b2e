/* tools/cmd/log.c - the log, as people read it or as JSONL. */
#include "tools/show/log.h"

#include "tools/ask/ledger_times.h"
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cmd/pages.h"

#include <inttypes.h>

struct args {
    const char *dir, *from, *to, *limit;
    bool reverse, json;
};

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        OPT_LEDGER(&args->dir),
        { "from-seq", "N", .text = &args->from, .help = "from event N on" },
        { "to-seq", "N", .text = &args->to, .help = "up to event N" },
        { "limit", "N", .text = &args->limit, .help = "N events at most" },
        { "reverse", NULL, .flag = &args->reverse, .help = "the last ones first" },
        { "json", NULL, .flag = &args->json, .help = "print for programs: JSON, one event a line" },
        { 0 },
    };

    return opt_parse(opts, cmd_page("backcast log"), env, argc, argv, err);
}

static bc_status choose(struct log_range *out, const struct args *args, uint64_t size,
                        struct bc_err *err)
{
    uint64_t from = 1, to = size, limit = UINT64_MAX;
    bc_status rc = BC_OK;

    if (args->from)
        rc = opt_number(&from, "from-seq", args->from, 1, UINT64_MAX, err);
    if (rc == BC_OK && args->to)
        rc = opt_number(&to, "to-seq", args->to, 1, UINT64_MAX, err);
    if (rc == BC_OK && args->limit)
        rc = opt_number(&limit, "limit", args->limit, 1, UINT64_MAX, err);
    if (rc < 0)
        return rc;
    if (args->from && args->to && from > to)
        return bc_err_set(err, BC_E_USAGE, "--from-seq %" PRIu64 " is after --to-seq %" PRIu64,
                          from, to);
    to = to < size ? to : size;
    out->down = args->reverse;
    out->count = from <= to ? to - from + 1 : 0;
    out->count = out->count < limit ? out->count : limit;
    out->next = out->down ? to : from;
    return BC_OK;
}

int cmd_log(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    struct bc_err err = { 0 };
    struct log_range range = { 0 };
    struct ledger_times times = { 0 };
    bc_log *log = NULL;
    bc_status rc = parse(&args, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_ledger(&log, env, args.dir, OPEN_READ, &err);
    if (rc == BC_OK)
        rc = choose(&range, &args, bc_log_head(log)->size, &err);
    if (rc == BC_OK && !args.json)
        ledger_times_open(&times, env, log);
    if (rc == BC_OK)
        rc = log_show(env, log, &range, args.json, &err);
    ledger_times_close(&times);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}
