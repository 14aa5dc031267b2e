#include "tools/cmd/cohort_args.h"

#include <stdlib.h>

static bc_status read_keys(struct cohort_asked *asked, const struct opt_list *by,
                           struct bc_err *err)
{
    if (by->n > BC_COHORT_BY_MAX)
        return bc_err_set(err, BC_E_USAGE, "--by is given %zu times, expected at most %d", by->n,
                          BC_COHORT_BY_MAX);
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

/* Takes the count off the end of `VALUE.converted`; left out, it is n. */
static unsigned take_count(struct bc_str *text)
{
    static const struct {
        struct bc_str word;
        unsigned outcomes;
    } counts[] = {
        { { ".n", 2 }, BC_COHORT_N },
        { { ".converted", 10 }, BC_COHORT_BIT(BC_COHORT_CONVERTED) },
        { { ".failed", 7 }, BC_COHORT_BIT(BC_COHORT_FAILED) },
        { { ".open", 5 }, BC_COHORT_BIT(BC_COHORT_OPEN) },
        { { ".already", 8 }, BC_COHORT_BIT(BC_COHORT_ALREADY) },
    };

    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        const struct bc_str word = counts[i].word;

        if (text->len < word.len ||
            !bc_str_eq(bc_str_part(*text, text->len - word.len, text->len), word))
            continue;
        text->len -= word.len;
        return counts[i].outcomes;
    }
    return BC_COHORT_N;
}

size_t cohort_args_path(struct bc_str *values, size_t most, unsigned *outcomes, const char *typed)
{
    struct bc_str text = bc_str_of(typed);
    size_t n = 0, at = 0;

    *outcomes = take_count(&text);
    while (n < most) {
        size_t end = at;

        while (end < text.len && (text.at[end] != ',' || n + 1 == most))
            end++;
        values[n] = bc_str_part(text, at, end);
        if (bc_str_eq(values[n], BC_STR("none")))
            values[n] = (struct bc_str){ 0 };
        n++;
        if (end == text.len)
            break;
        at = end + 1;
    }
    return n;
}

bc_status cohort_args_list(struct cohort_asked *out, const struct cohort_args *args,
                           struct bc_err *err)
{
    const char *typed = args->common.list;
    const size_t keys = out->ask.by_n;
    size_t n;

    if (!typed)
        return BC_OK;
    out->ask.list = out->list;
    n = cohort_args_path(out->list, keys ? keys : 1, &out->ask.list_outcomes, typed);
    if (keys == 0 && !bc_str_eq(out->list[0], BC_STR("all")))
        return bc_err_set(err, BC_E_USAGE, "--list '%s': without --by there is only \"all\"",
                          typed);
    if (keys && n != keys)
        return bc_err_set(err, BC_E_USAGE,
                          "--list has %zu values, expected %zu with commas between, as --by", n,
                          keys);
    return BC_OK;
}

bc_status cohort_args_read_at(struct cohort_asked *out, const struct cohort_args *args,
                              struct basis *basis, const struct cmd_env *env,
                              const struct when *as_of, const char *slice, struct bc_err *err)
{
    struct learning_asked asked = { 0 };
    bc_status rc = learning_args_read_at(&asked, &args->common, basis, env, as_of,
                                         (struct learning_usual){ .slice = slice }, err);

    out->ask.slice = asked.slice;
    out->ask.since_us = asked.since_us;
    out->ask.mature = BC_NOT_MATURE;
    if (rc == BC_OK)
        rc = read_keys(out, &args->by, err);
    if (rc == BC_OK && args->mature)
        rc = learning_args_days(&out->ask.mature, "mature", args->mature, 0, err);
    return rc;
}

bc_status cohort_args_read(struct cohort_asked *out, const struct cohort_args *args,
                           struct basis *basis, const struct cmd_env *env, const char *slice,
                           struct bc_err *err)
{
    struct when when;
    bc_status rc = basis_when(&when, basis, env, args->common.as_of, err);

    return rc < 0 ? rc : cohort_args_read_at(out, args, basis, env, &when, slice, err);
}

bc_status cohort_args_listed(const struct cohort_asked *asked, const struct cohort_args *args,
                             const struct bc_cohorts *cohorts, struct bc_err *err)
{
    for (size_t i = 0; args->common.list && i < cohorts->row_n; i++) {
        size_t same = 0;

        while (same < asked->ask.by_n &&
               bc_str_eq(cohorts->rows[i].values[same], asked->list[same]))
            same++;
        if (same == asked->ask.by_n)
            return BC_OK;
    }
    return args->common.list
               ? bc_err_set(err, BC_E_USAGE, "no row has the values '%s'", args->common.list)
               : BC_OK;
}

bc_status cohort_args_stages(struct bc_cohort_ask *out, const bc_rules *rules, const char *at,
                             const char *to, struct bc_err *err)
{
    bc_status rc = learning_args_stages(&out->at, rules, "at", at, err);

    if (rc < 0 || to)
        return rc < 0 ? rc : learning_args_stages(&out->to, rules, "to", to, err);
    out->to = bc_rules_target(rules, out->at);
    return BC_OK;
}

void cohort_args_note_values(struct basis *basis, const struct bc_cohort_ask *ask,
                             const struct bc_cohorts *cohorts)
{
    struct bc_str *values = bc_calloc(cohorts->row_n + 1, sizeof(*values));

    for (size_t i = 0; i < ask->by_n; i++) {
        for (size_t row = 0; row < cohorts->row_n; row++)
            values[row] = cohorts->rows[row].values[i];
        basis_note_values(basis, ask->by[i].text, values, cohorts->row_n);
    }
    free(values);
}
