/* tools/export/tables_properties.c - from when to when a property had a value, and a deal was
 * there: as the rules read them over time. */
#include "ledger/base/search.h"
#include "projections/facts/learning.h"
#include "projections/walk/properties.h"
#include "tools/export/tables_impl.h"

#define ALWAYS INT64_MIN /* a run that has no beginning */

/* --- properties --- */

static struct bc_str name_of(const struct bc_fact_at *fact)
{
    return bc_learning_text(fact, BC_TEXT_PROPERTY_NAME);
}

static bc_status write_property(const struct tables_deal *deals, const struct bc_deal *deal,
                                const struct bc_fact_at *fact, int64_t begins_us, int64_t ends_us,
                                struct bc_err *err)
{
    const bool always = begins_us == ALWAYS;
    struct tables_row row = tables_row_of(TABLE_PROPERTIES);

    tables_text(&row, "deal", deal->id);
    tables_text(&row, "property", name_of(fact));
    tables_text_or_null(&row, "value", bc_learning_text(fact, BC_TEXT_PROPERTY_VALUE));
    tables_instant_or_null(&row, "begins", begins_us, ALWAYS);
    tables_instant_or_null(&row, "ends", ends_us, BC_NEVER);
    tables_instant(&row, "set_at", fact->occurred_us);
    tables_integer(&row, "seq", (int64_t)fact->seq);
    tables_integer(&row, "first_day", always ? TABLES_ALWAYS : tables_day(deals->out, begins_us));
    tables_integer(&row, "until_day", tables_until_day(deals->out, ends_us));
    return tables_row_end(&row, deals->out, err);
}

/* Of one name. */
static bc_status write_runs(const struct tables_deal *deals, const struct bc_deal *deal,
                            const struct bc_fact_at *const *facts, size_t n, struct bc_err *err)
{
    const enum bc_time_mode mode = bc_properties_mode(deals->out->rules, name_of(facts[0]));
    bc_status rc = BC_OK;

    for (size_t i = mode == BC_BEST_KNOWN ? n - 1 : 0; rc == BC_OK && i < n; i++) {
        const bool always = mode == BC_BEST_KNOWN || (mode == BC_BACKFILL && i == 0);

        rc = write_property(deals, deal, facts[i], always ? ALWAYS : facts[i]->occurred_us,
                            i + 1 < n ? facts[i + 1]->occurred_us : BC_NEVER, err);
    }
    return rc;
}

bc_status tables_write_properties(struct tables_deal *deals, const struct bc_deal *deal,
                                  struct bc_err *err)
{
    const size_t n = tables_sort_facts(deals, deal, BC_FACT_PROPERTY);
    bc_status rc = BC_OK;

    for (size_t i = 0, end; rc == BC_OK && i < n; i = end) {
        for (end = i + 1; end < n; end++)
            if (!bc_str_eq(name_of(deals->facts[end]), name_of(deals->facts[i])))
                break;
        rc = write_runs(deals, deal, deals->facts + i, end - i, err);
    }
    return rc;
}

/* --- standings --- */

/* How a deal stands from an instant on. */
struct standing {
    bool gone;
    const struct bc_setting *settings[BC_P_N]; /* NULL: never set, as far as it sees */
};

/* A walk through what was set and when it went, in turn. */
struct sweep {
    const struct tables_deal *deals;
    const struct bc_deal *deal;
    size_t presence; /* how many have come */
    size_t setting[BC_P_N];
};

/* The next instant at which anything comes, or BC_NEVER. */
static int64_t next_us(const struct sweep *sweep)
{
    const struct bc_deal *deal = sweep->deal;
    int64_t us = BC_NEVER;

    if (sweep->presence < deal->presence_n)
        us = deal->presences[sweep->presence].occurred_us;
    for (size_t p = 0; p < BC_P_N; p++)
        if (sweep->setting[p] < deal->settings[p].n &&
            deal->settings[p].at[sweep->setting[p]].occurred_us < us)
            us = deal->settings[p].at[sweep->setting[p]].occurred_us;
    return us;
}

/* Passes what comes at an instant or before it. */
static void pass(struct sweep *sweep, int64_t us)
{
    const struct bc_deal *deal = sweep->deal;

    while (sweep->presence < deal->presence_n && deal->presences[sweep->presence].occurred_us <= us)
        sweep->presence++;
    for (size_t p = 0; p < BC_P_N; p++)
        while (sweep->setting[p] < deal->settings[p].n &&
               deal->settings[p].at[sweep->setting[p]].occurred_us <= us)
            sweep->setting[p]++;
}

static const struct bc_setting *setting_of(const struct sweep *sweep, size_t p)
{
    const struct bc_setting *at = sweep->deal->settings[p].at;
    const size_t n = sweep->deal->settings[p].n, come = sweep->setting[p];
    const enum bc_time_mode mode = sweep->deals->out->rules->mode[p];

    if (n == 0)
        return NULL;
    if (mode == BC_BEST_KNOWN)
        return &at[n - 1];
    if (come == 0)
        return mode == BC_BACKFILL ? &at[0] : NULL;
    return &at[come - 1];
}

static struct standing standing_of(const struct sweep *sweep)
{
    struct standing standing = {
        .gone = sweep->presence && sweep->deal->presences[sweep->presence - 1].gone,
    };

    for (size_t p = 0; p < BC_P_N; p++)
        standing.settings[p] = setting_of(sweep, p);
    return standing;
}

static bool same(const struct standing *left, const struct standing *right)
{
    for (size_t p = 0; p < BC_P_N; p++)
        if (left->settings[p] != right->settings[p])
            return false;
    return left->gone == right->gone;
}

/* The text that a setting's event gave; the fold does not keep it. */
static struct bc_str text_of(const struct bc_deal *deal, const struct bc_setting *setting,
                             enum bc_property property)
{
    const struct bc_str name = bc_str_of(bc_property_name(property));
    size_t at;

    if (!setting)
        return (struct bc_str){ 0 };
    BC_LOWER_BOUND(at, 0, deal->learning_n,
                   bc_fold_order(deal->learning[at].occurred_us, deal->learning[at].seq,
                                 setting->occurred_us, setting->seq) < 0);
    for (; at < deal->learning_n && deal->learning[at].seq == setting->seq; at++)
        if (deal->learning[at].kind == BC_FACT_PROPERTY &&
            bc_str_eq(name_of(&deal->learning[at]), name))
            return bc_learning_text(&deal->learning[at], BC_TEXT_PROPERTY_VALUE);
    return (struct bc_str){ 0 };
}

/* A day that does not exist is none. */
static bool day_of(int32_t *out, const struct bc_setting *setting)
{
    const struct bc_value_range range = { .setting = setting };

    return bc_value_range_day(&range, out);
}

static void day_text(struct tables_row *row, const char *name, const struct bc_setting *setting)
{
    int32_t day;

    if (day_of(&day, setting))
        tables_day_text(row, name, day);
    else
        tables_null(row, name);
}

static void day_number(struct tables_row *row, const char *name, const struct bc_setting *setting)
{
    int32_t day;

    if (day_of(&day, setting))
        tables_integer(row, name, day);
    else
        tables_null(row, name);
}

/* --- a run in which nothing of it changes --- */

struct run {
    int64_t begins_us, ends_us; /* ALWAYS, BC_NEVER */
    struct standing standing;
};

static bc_status write_standing(const struct tables_deal *deals, const struct bc_deal *deal,
                                const struct run *run, struct bc_err *err)
{
    const struct bc_setting *const *settings = run->standing.settings;
    struct tables_row row = tables_row_of(TABLE_STANDINGS);

    tables_text(&row, "deal", deal->id);
    tables_instant_or_null(&row, "begins", run->begins_us, ALWAYS);
    tables_instant_or_null(&row, "ends", run->ends_us, BC_NEVER);
    tables_integer(&row, "first_day",
                   run->begins_us == ALWAYS ? TABLES_ALWAYS
                                            : tables_day(deals->out, run->begins_us));
    tables_integer(&row, "until_day", tables_until_day(deals->out, run->ends_us));
    tables_text_or_null(&row, "deal_type", text_of(deal, settings[BC_P_DEAL_TYPE], BC_P_DEAL_TYPE));
    day_text(&row, "contract_start", settings[BC_P_CONTRACT_START]);
    day_text(&row, "contract_end", settings[BC_P_CONTRACT_END]);
    tables_text_or_null(&row, "mrr", text_of(deal, settings[BC_P_MRR], BC_P_MRR));
    tables_text_or_null(&row, "renews", text_of(deal, settings[BC_P_RENEWS], BC_P_RENEWS));
    day_text(&row, "parked_until", settings[BC_P_PARKED_UNTIL]);
    day_number(&row, "contract_start_day", settings[BC_P_CONTRACT_START]);
    day_number(&row, "contract_end_day", settings[BC_P_CONTRACT_END]);
    day_number(&row, "parked_until_day", settings[BC_P_PARKED_UNTIL]);
    return tables_row_end(&row, deals->out, err);
}

bc_status tables_write_standings(const struct tables_deal *deals, const struct bc_deal *deal,
                                 struct bc_err *err)
{
    struct sweep sweep = { .deals = deals, .deal = deal };
    struct run run = { .begins_us = ALWAYS, .standing = standing_of(&sweep) };
    bc_status rc = BC_OK;

    do {
        struct standing next;

        run.ends_us = next_us(&sweep);
        pass(&sweep, run.ends_us);
        next = standing_of(&sweep);
        if (run.ends_us != BC_NEVER && same(&run.standing, &next))
            continue;
        if (!run.standing.gone)
            rc = write_standing(deals, deal, &run, err);
        run.begins_us = run.ends_us;
        run.standing = next;
    } while (rc == BC_OK && run.ends_us != BC_NEVER);
    return rc;
}
