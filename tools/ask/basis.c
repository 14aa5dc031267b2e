#include "tools/ask/basis.h"

#include "ledger/log/prove.h"
#include "tools/ask/basis_names.h"
#include "tools/ask/open.h"
#include "tools/ask/verify_all.h"
#include "tools/cli/times.h"
#include "tools/print/paragraph.h"

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
 * date is first read under the newest rules, to choose the rules, and then (basis_use) under the
 * chosen ones. */
static bc_status open_shelf(struct basis *basis, const struct cmd_env *env,
                            const struct typed *typed, struct bc_err *err)
{
    uint64_t last = bc_log_head(basis->log)->size;
    const bc_rules *newest;
    bc_status rc = rules_shelf_open(&basis->shelf, basis->timelines, last, err);

    if (rc < 0 || !typed->known_at)
        return rc;
    rc = rules_shelf_get(&newest, basis->shelf, NULL, NULL, err);
    if (rc == BC_OK)
        rc = when_parse(&basis->known, typed->known_at, env->now_us, newest->zone, err);
    if (rc == BC_OK)
        rc = bc_log_known_by(basis->log, when_instant(&basis->known, newest->zone), &last, err);
    if (rc < 0)
        return rc;
    basis->question.known_asked = true;
    rules_shelf_free(basis->shelf);
    basis->shelf = NULL;
    return rules_shelf_open(&basis->shelf, basis->timelines, last, err);
}

enum { RULES_MOST = 32 }; /* side by side: each is an answer of its own */

static bc_status split_refs(struct basis *basis, const struct typed *typed, struct bc_err *err)
{
    size_t cap = 0;

    basis->refs_text = bc_strdup(bc_str_of(typed->rules ? typed->rules : "latest"));
    for (char *next = basis->refs_text; next;) {
        char *at = next;

        next = strchr(at, ',');
        if (next)
            *next++ = '\0';
        if (*at == '\0')
            return bc_err_set(err, BC_E_USAGE, "--rules '%s' has an empty name", typed->rules);
        if (basis->ref_n == RULES_MOST)
            return bc_err_set(err, BC_E_USAGE, "--rules has more than %d names", (int)RULES_MOST);
        BC_GROW(basis->refs, basis->ref_n, cap);
        basis->refs[basis->ref_n++] = at;
    }
    basis->chosen = bc_calloc(basis->ref_n, sizeof(*basis->chosen));
    if (basis->ref_n > 1 && !typed->several)
        return bc_err_set(err, BC_E_USAGE, "--rules '%s', expected one set of rules here",
                          typed->rules);
    return BC_OK;
}

bc_status basis_use(struct basis *basis, size_t ref, const struct when *when, struct bc_err *err)
{
    const char *text = basis->refs[ref];
    bc_status rc = rules_shelf_get(&basis->rules, basis->shelf,
                                   !when && rules_ref_as_then(text) ? NULL : text, when, err);

    if (rc < 0)
        return rc;
    basis->ref = ref;
    basis->chosen[ref] = basis->rules;
    if (ref == 0 && basis->times)
        basis->times->zone = basis->rules->zone;
    basis->question.rules = basis->rules;
    if (basis->question.known_asked)
        basis->question.known_us = when_instant(&basis->known, basis->rules->zone);
    return BC_OK;
}

/* With both clocks given an answer never changes, unless one of them has not come. */
static void note_clocks(struct basis *basis, const struct cmd_env *env)
{
    if (basis->question.known_asked && basis->question.known_us > env->now_us)
        notes_add(&basis->notes, "known_at_future",
                  "it is not yet: this is what is recorded so far, and the answer may change");
    notes_add_recorded(&basis->notes, basis->log, env);
}

/* Today is not over either, but is what is asked as of where nothing is said. */
static void note_as_of(struct basis *basis, const struct when *when, const struct cmd_env *env)
{
    if (when->is_day ? when->day > bc_zone_day(basis->rules->zone, env->now_us)
                     : when->us > env->now_us)
        notes_add(&basis->notes, "as_of_future",
                  "it is not yet: what will have happened by then is not recorded so far");
}

bc_status basis_open(struct basis *basis, const struct cmd_env *env, const struct typed *typed,
                     struct bc_err *err)
{
    bc_status rc = parse_clock(&basis->question.by_source, typed->clock, err);

    if (env->times && !env->times->zone)
        basis->times = env->times;
    if (rc == BC_OK)
        rc = opt_threads(&basis->question.threads, env, typed->threads, err);
    if (rc == BC_OK)
        rc = split_refs(basis, typed, err);
    if (rc == BC_OK)
        rc = open_ledger(&basis->log, env, typed->dir,
                         typed->verified || typed->learning ? OPEN_READ_ALL : OPEN_READ, err);
    if (rc == BC_OK && typed->verified)
        rc = verify_noted(&basis->notes, basis->log, env, basis->question.threads, err);
    if (rc == BC_OK)
        rc = open_timelines(&basis->timelines, env, basis->log, err);
    if (rc == BC_OK)
        rc = open_shelf(basis, env, typed, err);
    if (rc == BC_OK &&
        (env->named_rules || (env->rules.of_ledger && typed->rules == env->rules.value)))
        rules_shelf_open_no_file(basis->shelf);
    if (rc == BC_OK)
        rc = basis_use(basis, 0, NULL, err);
    if (rc < 0)
        return rc;
    note_clocks(basis, env);
    basis->names = basis_names_open(env->names, basis->timelines, &basis->question);
    return BC_OK;
}

void basis_close(struct basis *basis)
{
    if (basis->times)
        basis->times->zone = NULL;
    basis_names_close(basis->names);
    rules_shelf_free(basis->shelf);
    bc_timelines_free(basis->timelines);
    bc_log_close(basis->log);
    free(basis->refs);
    free(basis->chosen);
    free(basis->refs_text);
    notes_release(&basis->notes);
    *basis = (struct basis){ 0 };
}

bc_status basis_when(struct when *out, struct basis *basis, const struct cmd_env *env,
                     const char *text, struct bc_err *err)
{
    const bc_rules *newest = NULL;
    struct when when;
    bc_status rc = BC_OK;

    if (!text)
        text = "today";
    if (rules_ref_as_then(basis->refs[basis->ref])) {
        rc = rules_shelf_get(&newest, basis->shelf, NULL, NULL, err);
        if (rc == BC_OK)
            rc = when_parse(&when, text, env->now_us, newest->zone, err);
        if (rc == BC_OK)
            rc = basis_use(basis, basis->ref, &when, err);
    }
    if (rc == BC_OK)
        rc = when_parse(out, text, env->now_us, basis->rules->zone, err);
    if (rc == BC_OK)
        note_as_of(basis, out, env);
    return rc;
}

static bc_status no_instant(struct when *out, struct basis *basis, const struct cmd_env *env,
                            const char *option, const char *text, struct bc_err *err)
{
    bc_status rc = basis_when(out, basis, env, text, err);

    if (rc == BC_OK && !out->is_day)
        rc = bc_err_set(err, BC_E_USAGE, "--%s '%s' is no date, expected such as 2025-03-31",
                        option, text);
    return rc;
}

bc_status basis_day(int32_t *out, struct basis *basis, const struct cmd_env *env,
                    const char *option, const char *text, struct bc_err *err)
{
    struct when when = { 0 };
    bc_status rc = no_instant(&when, basis, env, option, text, err);

    if (rc == BC_OK)
        *out = when.day;
    return rc;
}

bc_status basis_first_day(int32_t *out, struct basis *basis, const struct cmd_env *env,
                          const char *option, const char *text, struct bc_err *err)
{
    struct when when = { 0 };
    bc_status rc = no_instant(&when, basis, env, option, text, err);

    if (rc == BC_OK)
        *out = when_first_day(&when);
    return rc;
}

const char *basis_until(const struct basis *basis, const struct cmd_env *env, const char *from)
{
    const bc_zone *zone = basis->rules->zone;
    const int32_t today = bc_zone_day(zone, env->now_us);
    struct bc_err unused = { 0 };
    struct when when;

    if (!from || when_parse(&when, from, env->now_us, zone, &unused) < 0 || !when.is_period)
        return NULL;
    return when.first <= today && when.day > today ? NULL : from;
}

void basis_set_date(struct basis *basis, const struct when *when)
{
    basis->as_of_us = when_instant(when, basis->rules->zone);
    basis->question.as_of_us = &basis->as_of_us;
    basis->question.date_n = 1;
}

bc_status basis_no_deal(const char *deal, struct bc_err *err)
{
    return bc_err_set(err, BC_E_USAGE, "the ledger has no event about the deal '%s'", deal);
}

/* The metric of the conversion that a red line watches, or NULL. */
static const struct bc_metric_rule *metric_beside(const bc_rules *rules,
                                                  const struct bc_red_line_rule *line)
{
    for (size_t i = 0; line->conversion && i < rules->metric_n; i++) {
        const struct bc_metric_rule *metric = &rules->metrics[i];

        if (metric->kind == BC_CONVERSION && metric->from == line->from && metric->to == line->to)
            return metric;
    }
    return NULL;
}

static bc_status no_metric_but_line(const bc_rules *rules, const struct bc_red_line_rule *line,
                                    struct bc_err *err)
{
    const struct bc_metric_rule *beside = metric_beside(rules, line);

    return bc_err_set(err, BC_E_USAGE,
                      "no metric '%s' in these rules: it is a red line, which `backcast metrics` "
                      "and `backcast red-lines` show%s%s",
                      line->name, beside ? "; the metric of the same stages is " : "",
                      beside ? beside->name : "");
}

bc_status basis_metric(size_t *out, const struct basis *basis, const char *name, struct bc_err *err)
{
    const struct bc_metric_rule *metric = bc_rules_metric(basis->rules, bc_str_of(name));
    const int line = bc_rules_red_line(basis->rules, bc_str_of(name));
    struct bc_buf names = { 0 };
    bc_status rc;

    if (metric) {
        *out = (size_t)(metric - basis->rules->metrics);
        return BC_OK;
    }
    if (line >= 0)
        return no_metric_but_line(basis->rules, &basis->rules->red_lines[line], err);
    for (size_t i = 0; i < basis->rules->metric_n; i++)
        bc_buf_printf(&names, "%s%s", i ? ", " : "", basis->rules->metrics[i].name);
    rc = bc_err_set(err, BC_E_USAGE, "no metric '%s' in these rules, expected one of: %.*s", name,
                    BC_STR_ARG(bc_buf_str(&names)));
    bc_buf_release(&names);
    return rc;
}

bc_status basis_slice(size_t *out, const struct basis *basis, const char *name, struct bc_err *err)
{
    int slice = bc_rules_slice(basis->rules, bc_str_of(name));
    struct bc_buf names = { 0 };
    bc_status rc;

    if (slice >= 0) {
        *out = (size_t)slice;
        return BC_OK;
    }
    for (size_t i = 0; i < basis->rules->slice_n; i++)
        bc_buf_printf(&names, "%s%s", i ? ", " : "", basis->rules->slices[i].name);
    rc = bc_err_set(err, BC_E_USAGE, "no slice '%s' in these rules, expected one of: %.*s", name,
                    BC_STR_ARG(bc_buf_str(&names)));
    bc_buf_release(&names);
    return rc;
}

void basis_cells(struct row *row, const struct basis *basis, int64_t as_of_us)
{
    row_instant(row, "asOf", as_of_us);
    if (basis->question.known_asked)
        row_instant(row, "knownAt", basis->question.known_us);
    else
        row_null(row, "knownAt");
    row_word(row, "clock", basis->question.by_source ? "source" : "ledger");
    row_word(row, "rules", basis->rules->version);
    row_head(row, "ledger", bc_log_head(basis->log));
}

struct basis_at {
    struct basis basis;
    int64_t as_of_us;
};

static void fill_basis(struct row *row, const void *source, size_t i)
{
    const struct basis_at *at = source;

    (void)i;
    basis_cells(row, &at->basis, at->as_of_us);
}

void basis_row(struct row *row, const char *key, const struct basis *basis, int64_t as_of_us)
{
    struct basis_at *at = row_alloc(row, sizeof(*at));

    *at = (struct basis_at){ *basis, as_of_us };
    row_row(row, key, fill_basis, at);
}

const char *basis_label(const struct basis *basis, size_t ref)
{
    const char *version = basis->chosen[ref]->version;

    if (rules_ref_as_then(basis->refs[ref]))
        return basis->refs[ref];
    for (size_t i = 0; i < basis->ref_n; i++)
        if (i != ref && !rules_ref_as_then(basis->refs[i]) &&
            strcmp(basis->chosen[i]->version, version) == 0)
            return basis->refs[ref];
    return version;
}

/* The zone in which days are counted, where times are shown in another one; the first says which
 * one that is. */
static void add_zone(struct bc_buf *out, const struct times *shown_in, const bc_rules *rules,
                     bool first)
{
    const char *shown = times_zone_name(shown_in);

    if (strcmp(rules->timezone, shown) != 0)
        bc_buf_printf(out, ", days in %s", rules->timezone);
    if (first)
        bc_buf_printf(out, ", times in %s", shown);
}

static void add_rules(struct bc_buf *out, const struct cmd_env *env, const struct basis *basis,
                      size_t ref, const int64_t *as_of_us)
{
    const bc_rules *rules = basis->chosen[ref];
    bool varying = rules_ref_as_then(basis->refs[ref]) && !as_of_us;
    char time[TIMES_LEN];

    bc_buf_printf(out, "%s", varying ? "as-then: those in force at each date" : rules->version);
    add_zone(out, env->times, rules, ref == 0);
    if (as_of_us && as_of_us[ref] != as_of_us[0]) {
        times_print_exact(time, env->times, as_of_us[ref]);
        bc_buf_printf(out, ", as of %s", time);
    }
}

static void add_known(struct bc_buf *out, const struct cmd_env *env, const struct basis *basis)
{
    char time[TIMES_LEN];

    if (!basis->question.known_asked) {
        bc_buf_add_str(out, BC_STR("now: everything that was recorded"));
        return;
    }
    times_print_exact(time, env->times, basis->question.known_us);
    bc_buf_printf(out, "%s, by the %s's clock", time,
                  basis->question.by_source ? "source" : "ledger");
}

/* Ends the line, and empties the text. */
static void print_line(const struct cmd_env *env, const char *heading, struct bc_buf *text)
{
    enum { HEADING = 10 };

    fprintf(env->out, "%-*s", (int)HEADING, heading);
    paragraph_print(env, HEADING, bc_buf_str(text));
    text->len = 0;
}

void basis_print(const struct cmd_env *env, const struct basis *basis, const int64_t *as_of_us)
{
    const struct bc_head *head = bc_log_head(basis->log);
    char time[TIMES_LEN], root[BC_HASH_TEXT_LEN];
    struct bc_buf text = { 0 };

    fputc('\n', env->out);
    if (as_of_us) {
        times_print_exact(time, env->times, *as_of_us);
        fprintf(env->out, "as of     %s\n", time);
    }
    add_known(&text, env, basis);
    print_line(env, "known at", &text);
    for (size_t ref = 0; ref < basis->ref_n; ref++) {
        add_rules(&text, env, basis, ref, as_of_us);
        print_line(env, "rules", &text);
    }
    bc_hash_print(root, &head->root);
    fprintf(env->out, "ledger    %" PRIu64 " events, root %s\n", head->size, root);
    bc_buf_release(&text);
    notes_print(env, &basis->notes);
}

void basis_note_values(struct basis *basis, struct bc_str key, const struct bc_str *values,
                       size_t n)
{
    struct bc_buf text = { 0 };

    for (size_t i = 0; i < n; i++)
        if (values[i].len)
            return;
    if (n == 0)
        return;
    bc_buf_printf(&text, "none of these deals has a value of '%.*s'", BC_STR_ARG(key));
    bc_buf_add_byte(&text, '\0');
    notes_add(&basis->notes, "no_value", text.at);
    bc_buf_release(&text);
}
