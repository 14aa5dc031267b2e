/* tools/export/tables_rules.c - what an export rests on: basis, dates, days, and the rules as
 * tables. */
#include "tools/export/tables_impl.h"

/* --- the basis --- */

static void add_hex(struct bc_buf *out, const struct bc_hash *hash)
{
    for (size_t i = 0; i < BC_HASH_LEN; i++)
        bc_buf_printf(out, "%02x", hash->at[i]);
}

static bc_status write_basis(const struct tables_out *out, struct bc_err *err)
{
    const struct basis *basis = out->ask->basis;
    const struct bc_head *head = bc_log_head(basis->log);
    struct tables_row row = tables_row_of(TABLE_BASIS);
    struct bc_buf rules = { 0 }, digest = { 0 };
    char root[BC_HASH_TEXT_LEN];
    struct bc_hash hash;
    bc_status rc;

    bc_rules_print(&rules, out->rules);
    hash = bc_hash_bytes(bc_buf_str(&rules));
    add_hex(&digest, &hash);
    bc_hash_print(root, &head->root);
    tables_instant(&row, "as_of", basis->as_of_us);
    if (basis->question.known_asked)
        tables_instant(&row, "known_at", basis->question.known_us);
    else
        tables_null(&row, "known_at");
    tables_text(&row, "clock", basis->question.by_source ? BC_STR("source") : BC_STR("ledger"));
    tables_text(&row, "rules", bc_str_of(out->rules->version));
    tables_text(&row, "timezone", bc_str_of(out->rules->timezone));
    tables_text(&row, "rules_sha256", bc_buf_str(&digest));
    tables_text(&row, "rules_text", bc_buf_str(&rules));
    tables_integer(&row, "events", (int64_t)head->size);
    tables_text(&row, "root", bc_str_of(root));
    tables_text(&row, "program", bc_str_of(cmd_version));
    rc = tables_row_end(&row, out, err);
    bc_buf_release(&rules);
    bc_buf_release(&digest);
    return rc;
}

static bc_status write_asked(const struct tables_out *out, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < out->ask->asked_n; i++) {
        struct tables_row row = tables_row_of(TABLE_ASKED);

        tables_day_text(&row, "date", out->ask->asked[i]);
        rc = tables_row_end(&row, out, err);
    }
    return rc;
}

bc_status tables_write_basis(const struct tables_out *out, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (tables_wanted(out, TABLE_BASIS))
        rc = write_basis(out, err);
    if (rc == BC_OK && tables_wanted(out, TABLE_ASKED))
        rc = write_asked(out, err);
    return rc;
}

bc_status tables_write_days(const struct tables_out *out, int64_t first_us, struct bc_err *err)
{
    const struct tables_ask *ask = out->ask;
    int32_t day = ask->asked[0], last = ask->asked[ask->asked_n - 1];
    bc_status rc = BC_OK;

    if (first_us != BC_NEVER && tables_day(out, first_us) < day)
        day = tables_day(out, first_us);
    if (tables_day(out, ask->basis->as_of_us) > last)
        last = tables_day(out, ask->basis->as_of_us);
    /* A day that the zone left out means the one before it. */
    for (day--; rc == BC_OK && day <= last + 1 && day <= BC_DAY_MAX; day++) {
        const int64_t begins_us = bc_zone_day_end(out->rules->zone, day - 1) + 1;
        struct tables_row row = tables_row_of(TABLE_DAYS);

        tables_integer(&row, "day", day);
        tables_day_text(&row, "date", day);
        tables_instant_or_null(&row, "begins", begins_us < 0 ? -1 : begins_us, -1);
        tables_integer(&row, "begins_us", begins_us);
        rc = tables_row_end(&row, out, err);
    }
    return rc;
}

/* --- the rules --- */

/* Whether a list had a text before. */
static bool had(const struct bc_str *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(texts[i], texts[n]))
            return true;
    return false;
}

static bc_status write_slice(const struct tables_out *out, size_t number, struct bc_str type,
                             struct bc_err *err)
{
    struct tables_row row = tables_row_of(TABLE_SLICES);

    tables_text(&row, "slice", bc_str_of(out->rules->slices[number].name));
    tables_integer(&row, "number", (int64_t)number + 1);
    tables_text_or_null(&row, "deal_type", type);
    return tables_row_end(&row, out, err);
}

static bc_status write_slices(const struct tables_out *out, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < out->rules->slice_n; i++) {
        const struct bc_slice *slice = &out->rules->slices[i];

        if (slice->deal_type_n == 0)
            rc = write_slice(out, i, (struct bc_str){ 0 }, err);
        for (size_t j = 0; rc == BC_OK && j < slice->deal_type_n; j++)
            if (!had(slice->deal_types, j))
                rc = write_slice(out, i, slice->deal_types[j], err);
    }
    return rc;
}

static bc_status write_stages(const struct tables_out *out, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < out->rules->stage_n; i++) {
        const struct bc_stage *stage = &out->rules->stages[i];
        struct tables_row row = tables_row_of(TABLE_STAGES);

        tables_text(&row, "stage", bc_str_of(stage->id));
        tables_integer(&row, "number", (int64_t)i + 1);
        tables_text(&row, "label", bc_str_of(stage->label));
        tables_text(&row, "kind", bc_str_of(bc_stage_kind_words[stage->kind]));
        tables_bool(&row, "start", stage->start);
        rc = tables_row_end(&row, out, err);
    }
    return rc;
}

static void contract_values(struct tables_row *row, const struct bc_metric_rule *metric)
{
    if (metric->kind == BC_COUNT)
        tables_text(row, "contract", bc_str_of(bc_contract_words[metric->contract]));
    else
        tables_null(row, "contract");
    if (metric->contract == BC_CONTRACT_ENDS_IN) {
        tables_integer(row, "days_min", metric->days_min);
        tables_integer(row, "days_max", metric->days_max);
    } else {
        tables_null(row, "days_min");
        tables_null(row, "days_max");
    }
}

static bc_status write_metric(const struct tables_out *out, size_t number, struct bc_err *err)
{
    static const char *const measures[] = {
        [BC_MEASURE_COUNT] = "count", [BC_MEASURE_RATE] = "rate", [BC_MEASURE_DAYS] = "days"
    };
    const struct bc_metric_rule *metric = &out->rules->metrics[number];
    const struct bc_kind *kind = bc_rules_kind(metric);
    struct tables_row row = tables_row_of(TABLE_METRIC_RULES);

    tables_text(&row, "metric", bc_str_of(metric->name));
    tables_integer(&row, "number", (int64_t)number + 1);
    tables_text(&row, "kind", bc_str_of(kind->word));
    tables_text(&row, "measure", bc_str_of(measures[kind->measure]));
    tables_text(&row, "headline", bc_str_of(out->rules->slices[metric->headline].name));
    if (metric->window_days == BC_NO_WINDOW)
        tables_null(&row, "window_days");
    else
        tables_integer(&row, "window_days", metric->window_days);
    if (metric->kind == BC_CONVERSION)
        tables_text(&row, "basis", bc_str_of(bc_basis_words[metric->basis]));
    else
        tables_null(&row, "basis");
    contract_values(&row, metric);
    if (kind->stalled)
        tables_real(&row, "stalled_after", (double)metric->stalled_after_us / (double)BC_DAY_US);
    else
        tables_null(&row, "stalled_after");
    return tables_row_end(&row, out, err);
}

/* --- what belongs to a metric --- */

struct metric_parts {
    const struct tables_out *out;
    const char *metric;
};

static bc_status write_member(const struct metric_parts *parts, const char *part,
                              struct bc_str member, struct bc_err *err)
{
    struct tables_row row = tables_row_of(TABLE_METRIC_SETS);

    tables_text(&row, "metric", bc_str_of(parts->metric));
    tables_text(&row, "part", bc_str_of(part));
    tables_text(&row, "member", member);
    return tables_row_end(&row, parts->out, err);
}

static bc_status write_set(const struct metric_parts *parts, const char *part, bc_stage_set set,
                           struct bc_err *err)
{
    const bc_rules *rules = parts->out->rules;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < rules->stage_n; i++)
        if (bc_stage_in(set, (int)i))
            rc = write_member(parts, part, bc_str_of(rules->stages[i].id), err);
    return rc;
}

static bc_status write_words(const struct metric_parts *parts, const char *part,
                             const struct bc_str *words, size_t n, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++)
        if (!had(words, i))
            rc = write_member(parts, part, words[i], err);
    return rc;
}

static bc_status write_properties(const struct metric_parts *parts, const char *part, unsigned set,
                                  struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (unsigned i = 0; rc == BC_OK && i < BC_P_N; i++)
        if (set >> i & 1)
            rc = write_member(parts, part, bc_str_of(bc_property_name((enum bc_property)i)), err);
    return rc;
}

static bc_status write_sets(const struct tables_out *out, size_t number, struct bc_err *err)
{
    const struct bc_metric_rule *metric = &out->rules->metrics[number];
    const struct metric_parts parts = { out, metric->name };
    bc_status rc = write_set(&parts, "stages", metric->stages, err);

    if (rc == BC_OK)
        rc = write_set(&parts, "from", metric->from, err);
    if (rc == BC_OK)
        rc = write_set(&parts, "to", metric->to, err);
    if (rc == BC_OK)
        rc = write_set(&parts, "renewed_by", metric->renewed_by, err);
    if (rc == BC_OK)
        rc = write_words(&parts, "types", metric->types, metric->type_n, err);
    if (rc == BC_OK)
        rc = write_words(&parts, "outcomes", metric->outcomes, metric->outcome_n, err);
    if (rc == BC_OK)
        rc = write_words(&parts, "deal_types", metric->deal_types, metric->deal_type_n, err);
    if (rc == BC_OK)
        rc = write_properties(&parts, "having", metric->having, err);
    if (rc == BC_OK)
        rc = write_properties(&parts, "lacking", metric->lacking, err);
    return rc;
}

bc_status tables_write_rules(const struct tables_out *out, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (tables_wanted(out, TABLE_SLICES))
        rc = write_slices(out, err);
    if (rc == BC_OK && tables_wanted(out, TABLE_STAGES))
        rc = write_stages(out, err);
    for (size_t i = 0; rc == BC_OK && i < out->rules->metric_n; i++)
        if (tables_wanted(out, TABLE_METRIC_RULES))
            rc = write_metric(out, i, err);
    for (size_t i = 0; rc == BC_OK && i < out->rules->metric_n; i++)
        if (tables_wanted(out, TABLE_METRIC_SETS))
            rc = write_sets(out, i, err);
    return rc;
}
