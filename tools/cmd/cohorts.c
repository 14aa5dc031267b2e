/* tools/cmd/cohorts.c - what became of the deals that entered a stage, by what was known of them. */
#include "tools/show/cohorts.h"

#include "tools/cmd/pages.h"
#include "tools/print/print_csv.h"

#include <stdlib.h>

enum { BY_MAX = 8, DAYS_MAX = 100000 };

struct args {
    struct typed typed;
    const char *as_of, *slice, *at, *to, *list, *mature, *days, *since;
    struct opt_list by;
    bool json, csv, late_values;
};

/* What is asked, and what it points into. */
struct asked {
    struct bc_cohort_ask ask;
    struct bc_by by[BY_MAX];
    struct bc_str list[BY_MAX];
};

/* --- stages --- */

static bc_status unknown_stage(const bc_rules *rules, const char *option, struct bc_str word,
                               struct bc_err *err)
{
    struct bc_buf names = { 0 };
    bc_status rc;

    for (size_t i = 0; i < rules->stage_n; i++)
        bc_buf_printf(&names, "%s%s", i ? ", " : "", rules->stages[i].id);
    rc = bc_err_set(err, BC_E_USAGE, "--%s: no stage '%.*s' in these rules, expected one of: %.*s",
                    option, BC_STR_ARG(word), BC_STR_ARG(bc_buf_str(&names)));
    bc_buf_release(&names);
    return rc;
}

static bc_status read_stages(bc_stage_set *out, const bc_rules *rules, const char *option,
                             const char *text, struct bc_err *err)
{
    *out = 0;
    for (const char *at = text;; at++) {
        const struct bc_str word = { at, strcspn(at, ",") };
        const int stage = bc_rules_stage(rules, word);

        if (stage == BC_NO_STAGE)
            return unknown_stage(rules, option, word, err);
        *out |= UINT64_C(1) << stage;
        at += word.len;
        if (*at == '\0')
            return BC_OK;
    }
}

/* Where the rules have a conversion from just these stages, its target. */
static bc_stage_set usual_target(const bc_rules *rules, bc_stage_set at)
{
    for (size_t i = 0; i < rules->metric_n; i++)
        if (rules->metrics[i].kind == BC_CONVERSION && rules->metrics[i].from == at)
            return rules->metrics[i].to;
    return 0;
}

/* --- the rest --- */

static bc_status read_keys(struct asked *asked, const struct opt_list *by, struct bc_err *err)
{
    if (by->n > BY_MAX)
        return bc_err_set(err, BC_E_USAGE, "--by is given %zu times, expected at most %d", by->n,
                          BY_MAX);
    for (size_t i = 0; i < by->n; i++)
        if (!bc_by_parse(&asked->by[i], bc_str_of(by->items[i])))
            return bc_err_set(err, BC_E_USAGE,
                              "--by '%s' is no key, expected a property's name, arm:EXPERIMENT, "
                              "month, campaign or the like",
                              by->items[i]);
    asked->ask.by = asked->by;
    asked->ask.by_n = by->n;
    return BC_OK;
}

/* The values of one row, with commas between. */
static bc_status read_list(struct asked *asked, const char *text, struct bc_err *err)
{
    size_t n = 0;

    if (asked->ask.by_n == 0)
        return bc_err_set(err, BC_E_USAGE, "--list names the row of a value: it goes with --by");
    for (const char *at = text; n < BY_MAX; at++) {
        const struct bc_str value = { at, n + 1 < asked->ask.by_n ? strcspn(at, ",") : strlen(at) };

        asked->list[n++] = bc_str_eq(value, BC_STR("none")) ? (struct bc_str){ 0 } : value;
        at += value.len;
        if (*at == '\0')
            break;
    }
    asked->ask.list = asked->list;
    return n == asked->ask.by_n
               ? BC_OK
               : bc_err_set(err, BC_E_USAGE,
                            "--list has %zu values, expected %zu with commas between, as --by", n,
                            asked->ask.by_n);
}

static bc_status read_days(int32_t *out, const char *option, const char *text, uint64_t min,
                           struct bc_err *err)
{
    uint64_t days = 0;
    bc_status rc = opt_number(&days, option, text, min, DAYS_MAX, err);

    if (rc == BC_OK)
        *out = (int32_t)days;
    return rc;
}

static bc_status read_window(struct asked *asked, const struct args *args,
                             const struct basis *basis, const struct cmd_env *env,
                             struct bc_err *err)
{
    struct when since;
    int32_t days = 0;
    bc_status rc = BC_OK;

    asked->ask.since_us = INT64_MIN;
    asked->ask.mature = BC_NOT_MATURE;
    if (args->days && args->since)
        return bc_err_set(err, BC_E_USAGE, "--days and --since do not go together");
    if (args->days) {
        rc = read_days(&days, "days", args->days, 1, err);
        if (rc == BC_OK)
            asked->ask.since_us = bc_zone_window_begin(basis->rules->zone, basis->as_of_us, days);
    }
    if (args->since) {
        rc = when_parse(&since, args->since, env->now_us, basis->rules->zone, err);
        if (rc == BC_OK)
            asked->ask.since_us = when_instant(&since, basis->rules->zone);
    }
    if (rc == BC_OK && args->mature)
        rc = read_days(&asked->ask.mature, "mature", args->mature, 0, err);
    return rc;
}

/* `new` where the rules have it, else the first. */
static size_t usual_slice(const bc_rules *rules)
{
    const int slice = bc_rules_slice(rules, BC_STR("new"));

    return slice < 0 ? 0 : (size_t)slice;
}

static bc_status read_asked(struct asked *asked, const struct args *args, const struct basis *basis,
                            const struct cmd_env *env, struct bc_err *err)
{
    size_t slice = usual_slice(basis->rules);
    bc_status rc = read_stages(&asked->ask.at, basis->rules, "at", args->at, err);

    if (rc == BC_OK && args->to)
        rc = read_stages(&asked->ask.to, basis->rules, "to", args->to, err);
    if (rc == BC_OK && !args->to)
        asked->ask.to = usual_target(basis->rules, asked->ask.at);
    if (rc == BC_OK && args->slice)
        rc = basis_slice(&slice, basis, args->slice, err);
    if (rc == BC_OK)
        rc = read_keys(asked, &args->by, err);
    if (rc == BC_OK && args->list)
        rc = read_list(asked, args->list, err);
    if (rc == BC_OK)
        rc = read_window(asked, args, basis, env, err);
    asked->ask.slice = (unsigned)slice;
    asked->ask.late_values = args->late_values;
    return rc;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, const struct args *args,
                        struct bc_err *err)
{
    struct bc_cohorts *cohorts = NULL;
    struct asked asked = { 0 };
    struct when when;
    bc_status rc = basis_when(&when, basis, env, args->as_of, err);

    if (rc < 0)
        return rc;
    basis_set_date(basis, &when);
    rc = read_asked(&asked, args, basis, env, err);
    if (rc == BC_OK)
        rc = bc_cohorts_make(&cohorts, basis->timelines, &basis->question, &asked.ask, err);
    if (rc == BC_OK && args->list && !cohorts->listed)
        rc = bc_err_set(err, BC_E_USAGE, "no row has the values '%s'", args->list);
    if (rc == BC_OK) {
        const struct cohorts_shown shown = { basis, &asked.ask, cohorts };

        (args->json ? cohorts_json : args->csv ? cohorts_csv : cohorts_print)(env, &shown);
        if (!args->json && !args->csv)
            basis_print(env, basis, &basis->as_of_us);
    }
    bc_cohorts_free(cohorts);
    return rc;
}

int cmd_cohorts(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .typed = { .learning = true } };
    const struct opt opts[] = {
        { "at", "STAGE,...", .text = &args.at, .required = true,
          .help = "the deals that entered one of these stages, from their first entry on" },
        { "to", "STAGE,...", .text = &args.to,
          .help = "converted where they got there, or were won (default: the\n"
                  "target of the conversion from these stages, else won)" },
        { "by", "KEY", .list = &args.by,
          .help = "a row for each value that it had at the entry: any property,\n"
                  "need, budget, icp_fit, icp_version, icp, playbook, campaign,\n"
                  "channel, arm:EXPERIMENT, month, quarter, year, meetings,\n"
                  "opened, replied; may be repeated" },
        { "list", "VALUE,...", .text = &args.list, .help = "name the deals of this row's n" },
        { "mature", "DAYS", .text = &args.mature,
          .help = "only deals that have had so many days, and what became of\n"
                  "them within these" },
        { "days", "N", .text = &args.days, .help = "entries of the last N days" },
        { "since", "WHEN", .text = &args.since, .help = "entries after this (default: all)" },
        { "late-values", NULL, .flag = &args.late_values,
          .help = "read properties as the rules do, so what was set after the\n"
                  "entry may tell, too" },
        { "slice", "SLICE", .text = &args.slice, .help = "in this slice (default: new)" },
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "count what had happened by then (default: today)" },
        QUESTION_OPTIONS(&args.typed),
        OPT_VERIFIED(&args.typed.verified),
        OPT_THREADS(&args.typed.threads),
        OPT_JSON(&args.json),
        { "csv", NULL, .flag = &args.csv, .help = "print for spreadsheets: " PRINT_CSV_HELP },
        { 0 },
    };
    struct basis basis = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast cohorts"), env, argc, argv, &err);

    if (rc == BC_OK && args.json && args.csv)
        rc = bc_err_set(&err, BC_E_USAGE, "--json and --csv do not go together");
    if (rc == BC_OK)
        rc = basis_open(&basis, env, &args.typed, &err);
    if (rc == BC_OK)
        rc = answer(env, &basis, &args, &err);
    basis_close(&basis);
    opt_list_release(&args.by);
    return cmd_exit(env, rc, &err);
}
