/* tools/cmd/log.c - the log, as people read it or as JSONL. */
#include "tools/show/log.h"

#include "tools/ask/ledger_names.h"
#include "tools/ask/ledger_times.h"
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/byhand/record_words.h"
#include "tools/cli/opt.h"
#include "tools/cmd/pages.h"
#include "tools/show/log_by.h"

#include <inttypes.h>

struct args {
    const char *dir, *from, *to, *limit, *id, *by;
    const char *deal, *actor, *source, *grep, *since, *until;
    struct opt_list kinds;
    bool reverse, json, proof;
};

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        OPT_LEDGER(&args->dir),
        { "deal", "DEAL", .text = &args->deal, .help = "only events about this deal" },
        { "kind", "KIND", .list = &args->kinds,
          .help = "only events of this kind, such as stageChanged" },
        { "actor", "WHO", .text = &args->actor, .help = "only what this one did, an id" },
        { "source", "SYSTEM", .text = &args->source, .help = "only what came from this system" },
        { "since", "WHEN", .text = &args->since,
          .help = "only what happened then or after; of a day or period from its\n"
                  "beginning on" },
        { "until", "WHEN", .text = &args->until, .help = "only what happened up to then" },
        { "grep", "TEXT", .text = &args->grep,
          .help = "only events with TEXT in any of their texts, A to Z as a to z" },
        { "id", "ID", .text = &args->id, .help = "only the event of this id" },
        { "from-seq", "N", .text = &args->from, .help = "from event N on" },
        { "to-seq", "N", .text = &args->to, .help = "up to event N" },
        { "limit", "N", .text = &args->limit, .brief = 'n', .help = "N events at most" },
        { "reverse", NULL, .flag = &args->reverse, .help = "the last ones first" },
        { "by", "source|actor|kind", .text = &args->by,
          .help = "count them by it: how many, and the newest of each" },
        { "json", NULL, .flag = &args->json, .help = "print for programs: JSON, one event a line" },
        { "proof", NULL, .flag = &args->proof,
          .help = "with --json: each with its bytes, and the proof that it is in the\nlog" },
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast log"), env, argc, argv, err);

    if (rc == BC_OK && args->proof && !args->json)
        return bc_err_set(err, BC_E_USAGE, "--proof goes with --json");
    if (rc == BC_OK && args->by && (args->proof || args->limit || args->reverse))
        return bc_err_set(err, BC_E_USAGE,
                          "--by counts all: it goes without --limit, --reverse and --proof");
    return rc;
}

/* --- the range --- */

static bc_status choose(struct log_range *out, const struct args *args, uint64_t size,
                        struct bc_err *err)
{
    bc_status rc = BC_OK;

    out->first = 1;
    out->last = size;
    out->most = UINT64_MAX;
    out->down = args->reverse;
    if (args->from)
        rc = opt_number(&out->first, "from-seq", args->from, 1, UINT64_MAX, err);
    if (rc == BC_OK && args->to)
        rc = opt_number(&out->last, "to-seq", args->to, 1, UINT64_MAX, err);
    if (rc == BC_OK && args->limit)
        rc = opt_number(&out->most, "limit", args->limit, 1, UINT64_MAX, err);
    if (rc < 0)
        return rc;
    if (args->from && args->to && out->first > out->last)
        return bc_err_set(err, BC_E_USAGE, "--from-seq %" PRIu64 " is after --to-seq %" PRIu64,
                          out->first, out->last);
    out->last = out->last < size ? out->last : size;
    return BC_OK;
}

/* Of one id, which is looked up. */
static bc_status choose_id(struct log_range *range, bc_log *log, const char *id, struct bc_err *err)
{
    uint64_t seq;
    bc_status rc;

    if (id[0] == '\0')
        return bc_err_set(err, BC_E_USAGE, "--id is empty");
    rc = bc_log_find(log, bc_str_of(id), &seq, err);
    if (rc == BC_DONE)
        return bc_err_set(err, BC_E_USAGE, "no event has the id '%s'", id);
    if (rc == BC_OK && seq > range->first)
        range->first = seq;
    if (rc == BC_OK && seq < range->last)
        range->last = seq;
    return rc;
}

/* --- the filter --- */

static bc_status unknown_kind(const char *name, struct bc_err *err)
{
    struct bc_buf names = { 0 };
    bc_status rc;

    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        bc_buf_printf(&names, "%s%s", names.len ? ", " : "",
                      bc_schema((enum bc_body)body)->json_name);
    rc = bc_err_set(err, BC_E_USAGE, "--kind '%s' is no kind of event, expected one of: %.*s", name,
                    BC_STR_ARG(bc_buf_str(&names)));
    bc_buf_release(&names);
    return rc;
}

static bc_status read_kinds(struct log_filter *out, const struct args *args, struct bc_err *err)
{
    for (size_t i = 0; i < args->kinds.n; i++) {
        const enum bc_body body = record_body_of(args->kinds.items[i], NULL);

        if (body == BC_NO_BODY)
            return unknown_kind(args->kinds.items[i], err);
        out->kinds |= LOG_FILTER_KIND(body);
    }
    return BC_OK;
}

static bc_status read_text(struct bc_str *out, const char *option, const char *text,
                           struct bc_err *err)
{
    if (text && text[0] == '\0')
        return bc_err_set(err, BC_E_USAGE, "--%s is empty", option);
    *out = bc_str_of(text ? text : "");
    return BC_OK;
}

static bc_status read_texts(struct log_filter *out, const struct args *args, struct bc_err *err)
{
    bc_status rc = read_text(&out->deal, "deal", args->deal, err);

    if (rc == BC_OK)
        rc = read_text(&out->actor, "actor", args->actor, err);
    if (rc == BC_OK)
        rc = read_text(&out->source, "source", args->source, err);
    if (rc == BC_OK)
        rc = read_text(&out->grep, "grep", args->grep, err);
    return rc;
}

/* A day is one where the latest rules are. */
static bc_status read_times(struct log_filter *out, const struct args *args,
                            const struct cmd_env *env, bc_log *log, struct bc_err *err)
{
    bc_rules *rules = NULL;
    struct when when;
    bc_status rc = BC_OK;

    if (args->since || args->until)
        rc = rules_ref_latest(&rules, log, err);
    if (rc == BC_OK && args->since) {
        rc = when_parse(&when, args->since, env->now_us, rules->zone, err);
        out->since_us = rc < 0        ? 0
                        : when.is_day ? bc_zone_day_end(rules->zone, when_first_day(&when) - 1) + 1
                                      : when.us;
    }
    if (rc == BC_OK && args->until) {
        rc = when_parse(&when, args->until, env->now_us, rules->zone, err);
        out->until_us = rc < 0 ? 0 : when_instant(&when, rules->zone);
    }
    bc_rules_free(rules);
    if (rc == BC_OK && out->since_us > out->until_us)
        return bc_err_set(err, BC_E_USAGE, "--since is after --until");
    return rc;
}

static bc_status read_by(struct log_range *out, const struct args *args, struct bc_err *err)
{
    if (!args->by)
        return BC_OK;
    for (enum log_by by = LOG_BY_SOURCE; by <= LOG_BY_KIND; by++)
        if (strcmp(args->by, log_by_words[by]) == 0) {
            out->by = by;
            return BC_OK;
        }
    return bc_err_set(err, BC_E_USAGE, "--by '%s', expected source, actor or kind", args->by);
}

static bc_status read_filter(struct log_filter *out, const struct args *args,
                             const struct cmd_env *env, bc_log *log, struct bc_err *err)
{
    bc_status rc = read_texts(out, args, err);

    if (rc == BC_OK)
        rc = read_kinds(out, args, err);
    return rc == BC_OK ? read_times(out, args, env, log, err) : rc;
}

int cmd_log(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    struct bc_err err = { 0 };
    struct log_range range = { .filter = LOG_FILTER_ALL };
    struct ledger_times times = { 0 };
    struct ledger_names names = { 0 };
    bc_log *log = NULL;
    bc_status rc = parse(&args, env, argc, argv, &err);

    range.proof = args.proof;
    if (rc == BC_OK)
        rc = open_ledger(&log, env, args.dir, OPEN_READ, &err);
    if (rc == BC_OK)
        rc = choose(&range, &args, bc_log_head(log)->size, &err);
    if (rc == BC_OK && args.id)
        rc = choose_id(&range, log, args.id, &err);
    if (rc == BC_OK)
        rc = read_by(&range, &args, &err);
    if (rc == BC_OK)
        rc = read_filter(&range.filter, &args, env, log, &err);
    if (rc == BC_OK && !args.json)
        ledger_times_open(&times, env, log);
    if (rc == BC_OK && !args.json)
        ledger_names_open(&names, env, log, times.rules);
    if (rc == BC_OK)
        rc = (range.by ? log_by_show : log_show)(env, log, &range, args.json, &err);
    ledger_names_close(&names);
    ledger_times_close(&times);
    opt_list_release(&args.kinds);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}
