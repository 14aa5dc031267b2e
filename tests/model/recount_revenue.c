#include "tests/model/recount_revenue.h"

#include "tests/model/recount_world.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void print_amount(struct bc_buf *out, bc_int128 millionths)
{
    char text[BC_AMOUNT_LEN];

    bc_amount_print(text, millionths);
    bc_buf_printf(out, " %s", text);
}

static void print_weight(struct bc_buf *out, const char *name,
                         const struct bc_revenue_weight *weight)
{
    bc_buf_printf(out, "%s %.9f%s%s %" PRIu64 " of %" PRIu64 " (%.9f %.9f)\n", name,
                  (double)weight->share_n / (double)weight->share_of,
                  weight->measured ? " measured" : "", weight->few ? " few" : "", weight->converted,
                  weight->n, weight->low, weight->high);
}

void recount_revenue_print(struct bc_buf *out, const struct bc_revenue *revenue)
{
    const struct bc_renewal *renewal = &revenue->renewal;

    for (size_t i = 0; i < revenue->row_n; i++) {
        const struct bc_revenue_row *row = &revenue->rows[i];

        bc_buf_printf(out, "%04d-%02d", row->month / 12, row->month % 12 + 1);
        for (size_t j = 0; j < BC_REVENUE_FIGURE_N; j++)
            print_amount(out, row->of[j]);
        print_amount(out, row->fmrr);
        bc_buf_add_byte(out, '\n');
    }
    bc_buf_printf(out, "six");
    print_amount(out, revenue->fmrr6);
    bc_buf_printf(out,
                  "; other %" PRIu64 " no value %" PRIu64 " no interval %" PRIu64 "\nmembers "
                  "%" PRIu64 ": %" PRIu64 " retained %" PRIu64 " overdue %" PRIu64 " churned, "
                  "%" PRIu64 " alone (%.9f %.9f, %.9f %.9f)\n",
                  revenue->other_currency, revenue->without_value, revenue->without_interval,
                  renewal->n, renewal->of[BC_RENEWAL_RETAINED], renewal->of[BC_RENEWAL_OVERDUE],
                  renewal->of[BC_RENEWAL_CHURNED], renewal->without_company, renewal->low,
                  renewal->high, renewal->low_with_overdue, renewal->high_with_overdue);
    print_weight(out, "rho", &revenue->rho);
    print_weight(out, "eta", &revenue->eta);
    for (size_t i = 0; i < revenue->deal_n; i++)
        bc_buf_printf(out, "%s%.*s", i ? "," : "deals ", BC_STR_ARG(revenue->deals[i]));
}

/* --- fractions --- */

/* number / of, to the nearest whole number; halves to the even one. */
static bc_int128 nearest(bc_int128 number, bc_int128 of)
{
    bc_int128 down = number / of, twice;

    if (number % of < 0)
        down--;
    twice = 2 * (number - down * of);
    return twice > of || (twice == of && down % 2) ? down + 1 : down;
}

bool world_amount(struct bc_str text, bc_int128 *out)
{
    const bool minus = text.len && text.at[0] == '-';
    const char *point = text.len ? memchr(text.at, '.', text.len) : NULL;
    const size_t end = point ? (size_t)(point - text.at) : text.len;
    bc_int128 number = 0, unit = 1;

    if (end - minus < 1 || end - minus > 12 || end < minus || (point && end + 1 == text.len))
        return false;
    for (size_t i = minus; i < text.len; i++) {
        if (i == end)
            continue;
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        assert(text.len < 30);
        number = 10 * number + (text.at[i] - '0');
        unit *= i > end ? 10 : 1;
    }
    *out = nearest((minus ? -number : number) * 1000000, unit);
    return true;
}

/* --- a deal --- */

/* start and end; false: not both are days. */
static bool interval(const struct world *world, const struct deal *deal, const char *from,
                     const char *to, int32_t days[2])
{
    return bc_day_parse(&days[0], world_property(world, deal, from)) &&
           bc_day_parse(&days[1], world_property(world, deal, to));
}

struct value {
    bool is, monthly;
    bc_int128 millionths;
};

static struct value value_of(const struct world *world, const struct deal *deal)
{
    const struct bc_revenue_rule *rule = &world->rules->revenue;
    struct value value = { 0 };

    for (size_t i = 0; i < rule->value_n && !value.is; i++) {
        char name[64];

        snprintf(name, sizeof(name), "%.*s", BC_STR_ARG(rule->value[i]));
        value.is = world_amount(world_property(world, deal, name), &value.millionths);
        value.monthly = strcmp(name, "amount") != 0;
    }
    return value;
}

static int32_t month_of(int32_t day)
{
    int year, month, of_month;

    bc_civil_of_day(&year, &month, &of_month, day);
    return 12 * year + month - 1;
}

static int32_t length_of(int32_t month)
{
    int32_t n = 0;

    for (int32_t day = bc_day_of_civil(month / 12, month % 12 + 1, 1); month_of(day + n) == month;
         n++)
        ;
    return n;
}

/* Day by day from `begin` to `end`, those of the month that the deal's interval holds. */
static bc_int128 worth(const struct value *value, const int32_t days[2], int32_t month,
                       int32_t begin, int32_t end, bool *any)
{
    const int32_t first = bc_day_of_civil(month / 12, month % 12 + 1, 1);
    bc_int128 sum = 0;

    *any = false;
    for (int32_t day = first; day < first + length_of(month); day++)
        if (day >= days[0] && day <= days[1] && day >= begin && day <= end && value->is) {
            sum += value->millionths;
            *any = true;
        }
    return nearest(sum, value->monthly ? length_of(month) : *any ? days[1] - days[0] + 1 : 1);
}

bc_int128 world_contract_worth(const struct world *world, const struct deal *deal)
{
    const struct value value = value_of(world, deal);
    int32_t days[2];
    bool any;

    return interval(world, deal, "contract_start", "contract_end", days)
               ? worth(&value, days, month_of(world->day), INT32_MIN, INT32_MAX, &any)
               : 0;
}

/* --- all of it --- */

struct counting {
    struct world *world;
    const struct bc_revenue_ask *ask;
    struct bc_revenue *out;
    bc_stage_set open;
    int existing, fresh;
    int32_t six_end;
    struct bc_revenue_row six[7];
};

static enum bc_stage_kind kind_of(const struct world *world, int stage)
{
    return stage == BC_NO_STAGE ? BC_STAGE_OPEN : world->rules->stages[stage].kind;
}

static bool is_won(const struct world *world, int stage)
{
    return kind_of(world, stage) == BC_STAGE_WON || kind_of(world, stage) == BC_STAGE_FINAL;
}

bool world_other_currency(const struct world *world, const struct deal *deal)
{
    const struct bc_str currency = world_property(world, deal, "currency");

    return currency.len && !bc_str_eq(currency, bc_str_of(world->rules->revenue.currency));
}

static void list(struct counting *counting, const struct deal *deal)
{
    struct bc_revenue *out = counting->out;

    if (out->deal_n && bc_str_eq(out->deals[out->deal_n - 1], deal->id))
        return;
    out->deals[out->deal_n++] = deal->id;
}

static void list_if(struct counting *counting, const struct deal *deal, enum bc_revenue_listed what)
{
    if (counting->ask->list.what == what)
        list(counting, deal);
}

static void add_days(struct counting *counting, const struct deal *deal, const struct value *value,
                     const int32_t days[2], int32_t begin, const bool figures[])
{
    const struct bc_revenue_list *asked = &counting->ask->list;
    const int32_t day = counting->world->day;

    for (size_t j = 0; j < BC_REVENUE_FIGURE_N; j++) {
        bool any;

        for (size_t i = 0; figures[j] && i < counting->out->row_n; i++) {
            struct bc_revenue_row *row = &counting->out->rows[i];

            row->of[j] += worth(value, days, row->month, begin, INT32_MAX, &any);
            if (any && asked->what == BC_LIST_MONTH && asked->month == row->month &&
                asked->figures >> j & 1)
                list(counting, deal);
        }
        for (size_t i = 0; figures[j] && i < 7; i++) {
            counting->six[i].of[j] += worth(value, days, month_of(day + 1) + (int32_t)i, day + 1,
                                            counting->six_end, &any);
            if (any && j != BC_OTHER_MRR)
                list_if(counting, deal, BC_LIST_SIX);
        }
    }
}

static bool in_slice(const struct counting *counting, const struct deal *deal, int slice)
{
    return slice >= 0 && deal_counts(counting->world, deal, (unsigned)slice);
}

static void count_worth(struct counting *counting, const struct deal *deal)
{
    const struct world *world = counting->world;
    const int stage = deal_stage(deal);
    const bool won = is_won(world, stage), open = in_set(counting->open, stage);
    const struct value value = value_of(world, deal);
    const bool renewal = in_slice(counting, deal, counting->existing);
    const bool fresh = in_slice(counting, deal, counting->fresh);
    int32_t contract[2], target[2];
    const bool has_contract = interval(world, deal, "contract_start", "contract_end", contract);
    const bool has_target = interval(world, deal, "target_start", "target_end", target);

    if (!value.is && ((won && has_contract) || (open && (has_contract || has_target)))) {
        counting->out->without_value++;
        list_if(counting, deal, BC_LIST_WITHOUT_VALUE);
    }
    if (won && has_contract)
        add_days(counting, deal, &value, contract, INT32_MIN,
                 (const bool[BC_REVENUE_FIGURE_N]){ true, false, false, false });
    if (open && !has_contract && !has_target) {
        counting->out->without_interval++;
        list_if(counting, deal, BC_LIST_WITHOUT_INTERVAL);
    } else if (open) {
        add_days(counting, deal, &value, has_target ? target : contract, world->day + 1,
                 (const bool[BC_REVENUE_FIGURE_N]){ false, renewal, fresh, !renewal && !fresh });
    }
}

/* The visit by which a deal closed after it was qualified, or NULL. */
static const struct visit *closing(const struct counting *counting, const struct deal *deal)
{
    size_t first = 0;

    while (first < deal->visit_n && !in_set(counting->open, deal->visits[first].stage))
        first++;
    for (size_t i = first + 1; i < deal->visit_n; i++) {
        const struct visit *visit = &deal->visits[i];

        if (!visit->observed && (is_won(counting->world, visit->stage) ||
                                 kind_of(counting->world, visit->stage) == BC_STAGE_LOST))
            return visit;
    }
    return NULL;
}

static void count_weight(struct counting *counting, const struct deal *deal, int slice,
                         struct bc_revenue_weight *weight, enum bc_revenue_listed what)
{
    const struct world *world = counting->world;
    const struct visit *visit = closing(counting, deal);
    bool won;

    if (!visit || !in_slice(counting, deal, slice) ||
        visit->entered_us <= recount_window_begin(world->rules->zone, world->as_of_us, 365))
        return;
    won = is_won(world, visit->stage);
    weight->n++;
    weight->converted += won;
    if (won || !counting->ask->list.converted)
        list_if(counting, deal, what);
}

static void wilson(uint64_t hits, uint64_t n, double *low, double *high)
{
    struct recount_metric metric = { 0 };

    rate(&metric, hits, n);
    *low = metric.low.at;
    *high = metric.high.at;
}

static void settle(struct bc_revenue_weight *weight, const struct bc_weight *rule, uint64_t usual)
{
    weight->measured = rule->measured && weight->n >= 5;
    weight->few = rule->measured && weight->n < 5;
    weight->share_n = weight->measured ? weight->converted
                      : weight->few    ? usual
                                       : (uint64_t)rule->millionths;
    weight->share_of = weight->measured ? weight->n : 1000000;
    wilson(weight->converted, weight->n, &weight->low, &weight->high);
}

static bc_int128 fmrr(const struct bc_revenue *out, const struct bc_revenue_row *row)
{
    return row->of[BC_CMRR] +
           nearest(row->of[BC_RENEWAL_MRR] * out->rho.share_n, (bc_int128)out->rho.share_of) +
           nearest(row->of[BC_NEW_MRR] * out->eta.share_n, (bc_int128)out->eta.share_of);
}

/* --- members --- */

static bool is_among(const struct recount_ids *ids, struct bc_str id)
{
    for (size_t i = 0; i < ids->n; i++)
        if (bc_str_eq(ids->at[i], id))
            return true;
    return false;
}

bool world_counts(const struct world *world, const char *metric, struct bc_str deal)
{
    const struct bc_metric_rule *rule = bc_rules_metric(world->rules, bc_str_of(metric));

    for (unsigned slice = 0; rule && slice < world->rules->slice_n; slice++) {
        struct recount_metric counted = { 0 };

        world_metric(world, rule, slice, SINCE_EVER, &counted);
        if (is_among(&counted.deals, deal))
            return true;
    }
    return false;
}

static struct bc_str member_of(const struct counting *counting, const struct deal *deal)
{
    struct bc_buf text = { 0 };
    const struct bc_str company = world_property(counting->world, deal, "company");
    struct bc_str member;

    bc_buf_printf(&text, "%s %.*s", company.len ? "company" : "deal",
                  BC_STR_ARG(company.len ? company : deal->id));
    member = bc_arena_copy(counting->world->arena, bc_buf_str(&text));
    bc_buf_release(&text);
    return member;
}

static bool belongs(const struct counting *counting, const struct deal *deal)
{
    return deal->visit_n && in_slice(counting, deal, (int)counting->ask->slice) &&
           !world_other_currency(counting->world, deal);
}

/* Of a member: whether any deal of it is active or to begin, or overdue. */
static void stand(const struct counting *counting, struct bc_str member, bool *kept, bool *overdue)
{
    const struct world *world = counting->world;

    *kept = *overdue = false;
    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];
        int32_t start;

        if (!belongs(counting, deal) || !bc_str_eq(member_of(counting, deal), member))
            continue;
        *kept |= world_counts(world, "existing_business_active", deal->id) ||
                 (kind_of(world, deal_stage(deal)) == BC_STAGE_WON &&
                  bc_day_parse(&start, world_property(world, deal, "contract_start")) &&
                  start > world->day);
        *overdue |= world_counts(world, "overdue_renewal", deal->id);
    }
}

static int32_t six_months(int32_t day, int by)
{
    int year, month, of_month;
    int32_t shifted;

    bc_civil_of_day(&year, &month, &of_month, day);
    shifted = 12 * year + month - 1 + by;
    return bc_day_of_civil(shifted / 12, shifted % 12 + 1, 1) +
           (of_month < length_of(shifted) ? of_month : length_of(shifted)) - 1;
}

static void count_members(struct counting *counting, const struct world *then)
{
    const struct world *world = counting->world;
    struct bc_renewal *renewal = &counting->out->renewal;
    struct recount_ids seen = { 0 };

    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];
        const struct bc_revenue_list *asked = &counting->ask->list;
        struct bc_str member;
        bool kept, overdue;
        int outcome;

        if (!belongs(counting, deal) || !world_counts(then, "existing_business_active", deal->id))
            continue;
        member = member_of(counting, deal);
        stand(counting, member, &kept, &overdue);
        outcome = kept ? BC_RENEWAL_RETAINED : overdue ? BC_RENEWAL_OVERDUE : BC_RENEWAL_CHURNED;
        if (asked->what == BC_LIST_RENEWAL && asked->outcomes >> outcome & 1)
            list(counting, deal);
        if (is_among(&seen, member))
            continue;
        ids_add(world->arena, &seen, member);
        renewal->n++;
        renewal->without_company += member.at[0] == 'd';
        renewal->of[outcome]++;
    }
    wilson(renewal->of[BC_RENEWAL_RETAINED], renewal->n, &renewal->low, &renewal->high);
    wilson(renewal->of[BC_RENEWAL_RETAINED] + renewal->of[BC_RENEWAL_OVERDUE], renewal->n,
           &renewal->low_with_overdue, &renewal->high_with_overdue);
}

static void count_deal(struct counting *counting, const struct deal *deal)
{
    const struct world *world = counting->world;
    const int stage = deal_stage(deal);

    if (deal->gone)
        return;
    if (world_other_currency(world, deal)) {
        if (in_slice(counting, deal, (int)counting->ask->slice) &&
            (is_won(world, stage) || in_set(counting->open, stage))) {
            counting->out->other_currency++;
            list_if(counting, deal, BC_LIST_OTHER_CURRENCY);
        }
        return;
    }
    count_weight(counting, deal, counting->existing, &counting->out->rho, BC_LIST_RHO);
    count_weight(counting, deal, counting->fresh, &counting->out->eta, BC_LIST_ETA);
    if (in_slice(counting, deal, (int)counting->ask->slice))
        count_worth(counting, deal);
}

static void finish(struct counting *counting)
{
    const struct bc_revenue_rule *rule = &counting->world->rules->revenue;
    struct bc_revenue *out = counting->out;

    settle(&out->rho, &rule->renewal, 800000);
    settle(&out->eta, &rule->new_business, 300000);
    for (size_t i = 0; i < out->row_n; i++)
        out->rows[i].fmrr = fmrr(out, &out->rows[i]);
    for (size_t i = 0; i < 7; i++)
        out->fmrr6 += fmrr(out, &counting->six[i]);
}

void recount_revenue(struct bc_buf *out, const struct bc_event *events, size_t n,
                     const struct recount_question *question, const struct bc_revenue_ask *ask)
{
    const bc_rules *rules = question->rules;
    const struct bc_metric_rule *sqd = bc_rules_metric(rules, BC_STR("sqd"));
    struct recount_question before = *question;
    bc_arena *arena = bc_arena_new();
    struct bc_revenue revenue = { .row_n = (size_t)(ask->to - ask->from) + 1 };
    struct world world, then;
    struct counting counting = { .world = &world,
                                 .ask = ask,
                                 .out = &revenue,
                                 .open = sqd ? sqd->stages : 0,
                                 .existing = bc_rules_slice(rules, BC_STR("existing")),
                                 .fresh = bc_rules_slice(rules, BC_STR("new")) };

    world_make(&world, events, n, question, arena);
    before.as_of_us = recount_window_begin(rules->zone, question->as_of_us,
                                           world.day - six_months(world.day, -6));
    world_make(&then, events, n, &before, arena);
    counting.six_end = six_months(world.day, 6);
    revenue.rows = bc_arena_alloc(arena, revenue.row_n * sizeof(*revenue.rows));
    revenue.deals = bc_arena_alloc(arena, (world.deal_n + 1) * sizeof(*revenue.deals));
    for (size_t i = 0; i < revenue.row_n; i++)
        revenue.rows[i].month = ask->from + (int32_t)i;
    for (size_t i = 0; i < world.deal_n; i++)
        count_deal(&counting, &world.deals[i]);
    finish(&counting);
    count_members(&counting, &then);
    recount_revenue_print(out, &revenue);
    bc_arena_free(arena);
}
