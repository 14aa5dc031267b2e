#include "tools/ask/ask.h"

#include "ledger/log/prove.h"
#include "tools/ask/open.h"
#include "tools/ask/verify_all.h"
#include "tools/cli/text.h"

#include <inttypes.h>
#include <stdlib.h>

static bc_status parse_clock(bool *by_source, const char *clock, struct bc_err *err)
{
    *by_source = clock && strcmp(clock, "source") == 0;
    if (clock && !*by_source && strcmp(clock, "ledger") != 0)
        return bc_err_set(err, BC_E_USAGE, "--clock '%s', expected ledger or source", clock);
    return BC_OK;
}

/* Known-at decides which rules there are, and the rules decide in which zone a date is read: so the
 * date is first read under the newest rules, to choose the rules, and then (asked_use) under the
 * chosen ones. */
static bc_status open_shelf(struct asked *asked, const struct cmd_env *env, const struct ask *ask,
                            struct bc_err *err)
{
    uint64_t last = bc_log_head(asked->log)->size;
    const bc_rules *newest;
    bc_status rc = rules_shelf_open(&asked->shelf, asked->timelines, last, err);

    if (rc < 0 || !ask->known_at)
        return rc;
    rc = rules_shelf_get(&newest, asked->shelf, NULL, NULL, err);
    if (rc == BC_OK)
        rc = when_parse(&asked->known, ask->known_at, env->now_us, newest->zone, err);
    if (rc == BC_OK)
        rc = bc_log_known_by(asked->log, when_instant(&asked->known, newest->zone), &last, err);
    if (rc < 0)
        return rc;
    asked->question.known_asked = true;
    rules_shelf_free(asked->shelf);
    asked->shelf = NULL;
    return rules_shelf_open(&asked->shelf, asked->timelines, last, err);
}

static bc_status split_refs(struct asked *asked, const struct ask *ask, struct bc_err *err)
{
    size_t cap = 0;

    asked->refs_text = bc_strdup(bc_str_of(ask->rules ? ask->rules : "latest"));
    for (char *next = asked->refs_text; next;) {
        char *at = next;

        next = strchr(at, ',');
        if (next)
            *next++ = '\0';
        if (*at == '\0')
            return bc_err_set(err, BC_E_USAGE, "--rules '%s' has an empty name", ask->rules);
        BC_GROW(asked->refs, asked->ref_n, cap);
        asked->refs[asked->ref_n++] = at;
    }
    asked->chosen = bc_calloc(asked->ref_n, sizeof(*asked->chosen));
    if (asked->ref_n > 1 && !ask->several)
        return bc_err_set(err, BC_E_USAGE, "--rules '%s', expected one set of rules here",
                          ask->rules);
    return BC_OK;
}

bc_status asked_use(struct asked *asked, size_t ref, const struct when *when, struct bc_err *err)
{
    const char *text = asked->refs[ref];
    bc_status rc = rules_shelf_get(&asked->rules, asked->shelf,
                                   !when && rules_ref_as_then(text) ? NULL : text, when, err);

    if (rc < 0)
        return rc;
    asked->ref = ref;
    asked->chosen[ref] = asked->rules;
    asked->question.rules = asked->rules;
    if (asked->question.known_asked)
        asked->question.known_us = when_instant(&asked->known, asked->rules->zone);
    return BC_OK;
}

bc_status asked_open(struct asked *asked, const struct cmd_env *env, const struct ask *ask,
                     struct bc_err *err)
{
    bc_status rc = parse_clock(&asked->question.by_source, ask->clock, err);

    if (rc == BC_OK)
        rc = opt_threads(&asked->question.threads, env, ask->threads, err);
    if (rc == BC_OK)
        rc = split_refs(asked, ask, err);
    if (rc == BC_OK)
        rc = open_ledger(&asked->log, env, ask->dir, false, err);
    if (rc == BC_OK && ask->verified)
        rc = verify_noted(&asked->notes, asked->log, env, asked->question.threads, err);
    if (rc == BC_OK)
        rc = bc_timelines_open(&asked->timelines, asked->log, BC_FROM_CACHE, err);
    if (rc == BC_OK)
        rc = open_shelf(asked, env, ask, err);
    return rc == BC_OK ? asked_use(asked, 0, NULL, err) : rc;
}

void asked_close(struct asked *asked)
{
    rules_shelf_free(asked->shelf);
    bc_timelines_free(asked->timelines);
    bc_log_close(asked->log);
    free(asked->refs);
    free(asked->chosen);
    free(asked->refs_text);
    notes_release(&asked->notes);
    *asked = (struct asked){ 0 };
}

bc_status asked_when(struct when *out, struct asked *asked, const struct cmd_env *env,
                     const char *text, struct bc_err *err)
{
    const bc_rules *newest = NULL;
    struct when when;
    bc_status rc = BC_OK;

    if (!text)
        text = "today";
    if (rules_ref_as_then(asked->refs[asked->ref])) {
        rc = rules_shelf_get(&newest, asked->shelf, NULL, NULL, err);
        if (rc == BC_OK)
            rc = when_parse(&when, text, env->now_us, newest->zone, err);
        if (rc == BC_OK)
            rc = asked_use(asked, asked->ref, &when, err);
    }
    return rc == BC_OK ? when_parse(out, text, env->now_us, asked->rules->zone, err) : rc;
}

bc_status asked_metric(size_t *out, const struct asked *asked, const char *name, struct bc_err *err)
{
    const struct bc_metric_rule *metric = bc_rules_metric(asked->rules, bc_str_of(name));
    struct bc_buf names = { 0 };
    bc_status rc;

    if (metric) {
        *out = (size_t)(metric - asked->rules->metrics);
        return BC_OK;
    }
    for (size_t i = 0; i < asked->rules->metric_n; i++)
        bc_buf_printf(&names, "%s%s", i ? ", " : "", asked->rules->metrics[i].name);
    rc = bc_err_set(err, BC_E_USAGE, "no metric '%s' in these rules, expected one of: %.*s", name,
                    BC_STR_ARG(bc_buf_str(&names)));
    bc_buf_release(&names);
    return rc;
}

bc_status asked_slice(size_t *out, const struct asked *asked, const char *name, struct bc_err *err)
{
    int slice = bc_rules_slice(asked->rules, bc_str_of(name));
    struct bc_buf names = { 0 };
    bc_status rc;

    if (slice >= 0) {
        *out = (size_t)slice;
        return BC_OK;
    }
    for (size_t i = 0; i < asked->rules->slice_n; i++)
        bc_buf_printf(&names, "%s%s", i ? ", " : "", asked->rules->slices[i].name);
    rc = bc_err_set(err, BC_E_USAGE, "no slice '%s' in these rules, expected one of: %.*s", name,
                    BC_STR_ARG(bc_buf_str(&names)));
    bc_buf_release(&names);
    return rc;
}

void asked_cells(struct row *row, const struct asked *asked, int64_t as_of_us)
{
    row_instant(row, "asOf", as_of_us);
    if (asked->question.known_asked)
        row_instant(row, "knownAt", asked->question.known_us);
    else
        row_null(row, "knownAt");
    row_word(row, "clock", asked->question.by_source ? "source" : "ledger");
    row_word(row, "rules", asked->rules->version);
    row_head(row, "ledger", bc_log_head(asked->log));
}

struct basis {
    struct asked asked;
    int64_t as_of_us;
};

static void fill_basis(struct row *row, const void *source, size_t i)
{
    const struct basis *basis = source;

    (void)i;
    asked_cells(row, &basis->asked, basis->as_of_us);
}

void asked_row(struct row *row, const char *key, const struct asked *asked, int64_t as_of_us)
{
    struct basis *basis = row_alloc(row, sizeof(*basis));

    *basis = (struct basis){ *asked, as_of_us };
    row_row(row, key, fill_basis, basis);
}

const char *asked_label(const struct asked *asked, size_t ref)
{
    const char *version = asked->chosen[ref]->version;

    if (rules_ref_as_then(asked->refs[ref]))
        return asked->refs[ref];
    for (size_t i = 0; i < asked->ref_n; i++)
        if (i != ref && !rules_ref_as_then(asked->refs[i]) &&
            strcmp(asked->chosen[i]->version, version) == 0)
            return asked->refs[ref];
    return version;
}

static void print_rules(const struct cmd_env *env, const struct asked *asked, size_t ref,
                        const int64_t *as_of_us)
{
    const bc_rules *rules = asked->chosen[ref];
    bool varying = rules_ref_as_then(asked->refs[ref]) && !as_of_us;
    char time[BC_INSTANT_LEN];

    fputs("rules     ", env->out);
    if (varying) {
        fputs("as-then: those in force at each date\n", env->out);
        return;
    }
    text_put(env->out, bc_str_of(rules->version));
    fprintf(env->out, ", times in %s", rules->timezone);
    if (as_of_us && as_of_us[ref] != as_of_us[0]) {
        bc_instant_print(time, as_of_us[ref]);
        fprintf(env->out, ", as of %s", time);
    }
    fputc('\n', env->out);
}

void asked_print(const struct cmd_env *env, const struct asked *asked, const int64_t *as_of_us)
{
    const struct bc_head *head = bc_log_head(asked->log);
    char time[BC_INSTANT_LEN], root[BC_HASH_TEXT_LEN];

    fputc('\n', env->out);
    if (as_of_us) {
        bc_instant_print(time, *as_of_us);
        fprintf(env->out, "as of     %s\n", time);
    }
    if (asked->question.known_asked) {
        bc_instant_print(time, asked->question.known_us);
        fprintf(env->out, "known at  %s, by the %s's clock\n", time,
                asked->question.by_source ? "source" : "ledger");
    } else {
        fprintf(env->out, "known at  now: everything that was recorded\n");
    }
    for (size_t ref = 0; ref < asked->ref_n; ref++)
        print_rules(env, asked, ref, as_of_us);
    bc_hash_print(root, &head->root);
    fprintf(env->out, "ledger    %" PRIu64 " events, root %s\n", head->size, root);
    notes_print(env, &asked->notes);
}
