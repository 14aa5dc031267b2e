#include "tools/ask.h"

#include "tools/open.h"
#include "tools/rules_ref.h"
#include "tools/text.h"

#include <inttypes.h>

static bc_status parse_clock(bool *by_source, const char *clock, struct bc_err *err)
{
    *by_source = clock && strcmp(clock, "source") == 0;
    if (clock && !*by_source && strcmp(clock, "ledger") != 0)
        return bc_err_set(err, BC_E_USAGE, "--clock '%s', expected ledger or source", clock);
    return BC_OK;
}

/* The rules decide in which zone a date is read, and known-at decides which rules there are. So the
 * date is read by the newest rules to choose the rules, and then by the chosen ones. */
static bc_status choose_rules(struct asked *asked, const struct cmd_env *env, const struct ask *ask,
                              struct bc_err *err)
{
    uint64_t last = bc_log_head(asked->log)->size;
    bc_rules *newest = NULL;
    struct when known;
    bc_status rc = BC_OK;

    if (ask->known_at) {
        rc = rules_ref_read(&newest, NULL, asked->log, last, err);
        if (rc == BC_OK)
            rc = when_parse(&known, ask->known_at, env->now_us, newest->zone, err);
        if (rc == BC_OK)
            rc = bc_log_seq_recorded_by(asked->log, when_instant(&known, newest->zone), &last, err);
    }
    if (rc == BC_OK)
        rc = rules_ref_read(&asked->rules, ask->rules, asked->log, last, err);
    if (rc == BC_OK && ask->known_at) {
        asked->question.known_asked = true;
        asked->question.known_us = when_instant(&known, asked->rules->zone);
    }
    bc_rules_free(newest);
    return rc;
}

bc_status asked_open(struct asked *asked, const struct cmd_env *env, const struct ask *ask,
                     struct bc_err *err)
{
    bc_status rc = parse_clock(&asked->question.by_source, ask->clock, err);

    if (rc == BC_OK)
        rc = open_ledger(&asked->log, env, ask->dir, false, err);
    if (rc == BC_OK)
        rc = choose_rules(asked, env, ask, err);
    if (rc == BC_OK)
        rc = bc_timelines_open(&asked->timelines, asked->log, BC_FROM_CACHE, err);
    asked->question.rules = asked->rules;
    return rc;
}

void asked_close(struct asked *asked)
{
    bc_timelines_free(asked->timelines);
    bc_rules_free(asked->rules);
    bc_log_close(asked->log);
    *asked = (struct asked){ 0 };
}

bc_status asked_when(struct when *out, const struct asked *asked, const struct cmd_env *env,
                     const char *text, struct bc_err *err)
{
    return when_parse(out, text ? text : "today", env->now_us, asked->rules->zone, err);
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

void asked_json(struct json_out *json, const struct asked *asked, int64_t as_of_us)
{
    json_out_instant(json, "asOf", as_of_us);
    if (asked->question.known_asked)
        json_out_instant(json, "knownAt", asked->question.known_us);
    else
        json_out_null(json, "knownAt");
    json_out_text(json, "clock", asked->question.by_source ? "source" : "ledger");
    json_out_text(json, "rules", asked->rules->version);
    json_out_head(json, "ledger", bc_log_head(asked->log));
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
    fputs("rules     ", env->out);
    text_put(env->out, bc_str_of(asked->rules->version));
    bc_hash_print(root, &head->root);
    fprintf(env->out, ", times in %s\nledger    %" PRIu64 " events, root %s\n",
            asked->rules->timezone, head->size, root);
}
