#include "tests/model/recount_signals.h"

#include "tests/model/recount_cohort.h"
#include "tests/model/recount_outcome.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static void print_signal(struct bc_buf *out, struct bc_str key, double gain, double p,
                         uint64_t values, const struct bc_cohort *rows, size_t n)
{
    bc_buf_printf(out, "%.*s: %.9f %.9f %" PRIu64 " values\n", BC_STR_ARG(key), gain + 1e-12,
                  p + 1e-12, values);
    for (size_t i = 0; i < n; i++) {
        bc_buf_printf(out, "  ");
        recount_cohort_print(out, &rows[i], 1);
        bc_buf_add_byte(out, '\n');
    }
}

static void print_left_out(struct bc_buf *out, struct bc_str key, bool too_many)
{
    bc_buf_printf(out, "without %.*s, %s\n", BC_STR_ARG(key), too_many ? "too many" : "one");
}

static void print_all(struct bc_buf *out, const struct bc_cohorts *all)
{
    struct bc_cohorts alone = *all;

    alone.row_n = 0;
    recount_cohorts_print(out, &alone, 0);
}

void recount_signals_print(struct bc_buf *out, const struct bc_signals *signals)
{
    print_all(out, signals->all);
    for (size_t i = 0; i < signals->n; i++)
        print_signal(out, signals->at[i].key, signals->at[i].gain, signals->at[i].p,
                     signals->at[i].values, signals->at[i].split->rows,
                     signals->at[i].split->row_n);
    for (size_t i = 0; i < signals->left_out_n; i++)
        print_left_out(out, signals->left_out[i].key, signals->left_out[i].too_many);
}

/* --- which keys there are --- */

static const char *const fixed[] = { "need",     "budget",   "icp_fit", "icp_version", "icp",
                                     "playbook", "campaign", "channel", "month",       "quarter",
                                     "year",     "meetings", "opened",  "replied" };

static bool is_fixed(struct bc_str name)
{
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
        if (bc_str_eq(name, bc_str_of(fixed[i])))
            return true;
    return name.len >= 4 && memcmp(name.at, "arm:", 4) == 0;
}

static void add_property(bc_arena *arena, struct recount_ids *keys, const char *name)
{
    if (!is_fixed(bc_str_of(name)))
        ids_add(arena, keys, bc_str_of(name));
}

/* What an event says of a deal that can be a key. */
static void add_keys(bc_arena *arena, struct recount_ids *keys, const struct bc_event *event)
{
    if (event->body == BC_PROPERTY_CHANGED && !is_fixed(event->value[1].text))
        ids_add(arena, keys, event->value[1].text);
    if (event->body == BC_DEAL_CREATED && event->value[1].text.len)
        add_property(arena, keys, "deal_name");
    if (event->body == BC_DEAL_CREATED && event->value[4].text.len)
        add_property(arena, keys, "deal_type");
    if (event->body == BC_DEAL_CREATED && event->value[5].text.len)
        add_property(arena, keys, "owner");
    if (event->body == BC_DEAL_ENROLLED) {
        struct bc_buf text = { 0 };

        bc_buf_printf(&text, "arm:%.*s", BC_STR_ARG(event->value[1].text));
        ids_add(arena, keys, bc_arena_copy(arena, bc_buf_str(&text)));
        bc_buf_release(&text);
    }
}

static struct recount_ids keys_of(const struct world *world, const struct bc_cohort_ask *ask)
{
    struct recount_ids keys = { 0 };

    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
        ids_add(world->arena, &keys, bc_str_of(fixed[i]));
    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];
        const struct bc_event *anchor = recount_member(world, ask, deal);

        for (size_t at = 0; anchor && at < deal->event_n; at++)
            if (deal->events[at]->occurred_us <= anchor->occurred_us)
                add_keys(world->arena, &keys, deal->events[at]);
    }
    return keys;
}

/* --- what they tell --- */

/* The lower incomplete gamma function by its series, the upper one from that. */
static double tail(double x, double freedom)
{
    const double a = freedom / 2, h = x / 2;
    double term, sum;

    if (h <= 0)
        return 1;
    term = exp(a * log(h) - h - lgamma(a + 1));
    sum = term;
    for (double i = 1; i < 10000 && term > sum * 1e-17; i += 1) {
        term *= h / (a + i);
        sum += term;
    }
    return 1 - sum;
}

static double plogp(double p)
{
    return p > 0 ? p * log(p) : 0;
}

static void weigh(const struct bc_cohort *rows, size_t n, double *gain, double *p)
{
    double converted[64] = { 0 }, failed[64] = { 0 }, c = 0, f = 0, few_c = 0, few_f = 0, chi = 0;
    size_t groups = 0;

    for (size_t i = 0; i < n; i++) {
        const double own_c = (double)rows[i].converted, own_f = (double)rows[i].failed;

        c += own_c;
        f += own_f;
        if (own_c + own_f < 5) {
            few_c += own_c;
            few_f += own_f;
            continue;
        }
        converted[groups] = own_c;
        failed[groups++] = own_f;
    }
    if (few_c + few_f > 0) {
        converted[groups] = few_c;
        failed[groups++] = few_f;
    }
    *gain = 0;
    *p = 1;
    if (groups < 2 || c == 0 || f == 0)
        return;
    *gain = -plogp(c / (c + f)) - plogp(f / (c + f));
    for (size_t i = 0; i < groups; i++) {
        const double of = converted[i] + failed[i], share = of / (c + f);
        const double want_c = share * c, want_f = share * f;

        *gain += share * (plogp(converted[i] / of) + plogp(failed[i] / of));
        chi += (converted[i] - want_c) * (converted[i] - want_c) / want_c +
               (failed[i] - want_f) * (failed[i] - want_f) / want_f;
    }
    *p = tail((c + f - 1) / (c + f) * chi, (double)(groups - 1));
}

struct told {
    struct bc_str key;
    double gain, p;
    uint64_t values;
    struct bc_cohorts split;
};

static int by_p(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    const double p = floor(x->p * 1e12 + 0.5), q = floor(y->p * 1e12 + 0.5);

    if (fabs(p - q) > 10)
        return p < q ? -1 : 1;
    return bc_str_cmp(x->key, y->key);
}

void recount_signals(struct bc_buf *out, const struct bc_event *events, size_t n,
                     const struct recount_question *question, const struct bc_cohort_ask *ask)
{
    bc_arena *arena = bc_arena_new();
    struct bc_cohort_ask own = *ask;
    struct recount_ids keys;
    struct bc_cohorts all;
    struct told *told;
    struct world world;
    size_t told_n = 0;

    world_make(&world, events, n, question, arena);
    keys = keys_of(&world, ask);
    own.by_n = 0;
    all = recount_cohort_count(events, n, question, &own, arena);
    told = bc_arena_alloc(arena, keys.n * sizeof(*told));
    for (size_t i = 0; i < keys.n; i++) {
        struct bc_by by = { .text = keys.at[i] };

        own.by = &by;
        own.by_n = 1;
        told[i] = (struct told){ .key = keys.at[i] };
        told[i].split = recount_cohort_count(events, n, question, &own, arena);
        for (size_t row = 0; row < told[i].split.row_n; row++)
            told[i].values += told[i].split.rows[row].n > 0;
        if (told[i].values >= 2 && told[i].values <= 50)
            weigh(told[i].split.rows, told[i].split.row_n, &told[i].gain, &told[i].p);
    }
    print_all(out, &all);
    for (size_t i = 0; i < keys.n; i++)
        if (told[i].values >= 2 && told[i].values <= 50)
            told_n++;
    {
        struct told *kept = bc_arena_alloc(arena, (told_n + 1) * sizeof(*kept));
        size_t at = 0;

        for (size_t i = 0; i < keys.n; i++)
            if (told[i].values >= 2 && told[i].values <= 50)
                kept[at++] = told[i];
        qsort(kept, told_n, sizeof(*kept), by_p);
        for (size_t i = 0; i < told_n; i++)
            print_signal(out, kept[i].key, kept[i].gain, kept[i].p, kept[i].values,
                         kept[i].split.rows, kept[i].split.row_n);
    }
    for (size_t i = 0; i < keys.n; i++)
        if (told[i].values < 2 || told[i].values > 50)
            print_left_out(out, told[i].key, told[i].values > 50);
    bc_arena_free(arena);
}
