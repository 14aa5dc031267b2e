/* One walk for all keys: which there are is found in it. A part numbers the values that it meets,
 * by key; the parts are joined in order, and each key is then split as a cohort by it would be. */
#include "projections/cohorts/signals.h"

#include "projections/cohorts/cohort_outcome.h"
#include "projections/cohorts/signal_keys.h"
#include "projections/facts/learning.h"
#include "projections/walk/about_none.h"

#include <math.h>
#include <stdlib.h>

enum { FIXED_MAX = 32 };

struct making {
    struct bc_signals **out;
    const struct bc_cohort_ask *ask;
    struct bc_walk walk;
    struct bc_cohort_look look;
    struct bc_by_world world;
    struct bc_about_none none; /* what was published */
    struct bc_by fixed[FIXED_MAX];
    size_t fixed_n;
    struct bc_by list;
    struct bc_signal_keys keys;   /* of all parts */
    struct bc_cohort_rows listed; /* and what is not of the population */
    struct bc_signals *signals;
};

/* A value that a deal has, till all its facts were looked at. */
struct current {
    struct bc_str value;
    uint64_t deal; /* whose it is */
};

/* Some of the deals. */
struct part {
    const struct making *making;
    struct bc_signal_keys keys;
    struct current *current; /* by key */
    size_t current_n, current_cap;
    uint32_t *touched; /* the keys of the deal */
    size_t touched_n, touched_cap;
    uint64_t deal;
    struct bc_buf text;
    struct bc_cohort_rows listed;
};

/* --- one deal --- */

/* A fact gives a key a value; `first`: only where it has none yet. */
static void give(struct part *part, struct bc_str key, struct bc_str value, bool first)
{
    const uint32_t at = bc_signal_keys_find(&part->keys, key);
    struct current *current;

    while (part->current_n <= at) {
        BC_GROW(part->current, part->current_n, part->current_cap);
        part->current[part->current_n++] = (struct current){ 0 };
    }
    current = &part->current[at];
    if (current->deal == part->deal) {
        current->value = first ? current->value : value;
        return;
    }
    *current = (struct current){ value, part->deal };
    BC_GROW(part->touched, part->touched_n, part->touched_cap);
    part->touched[part->touched_n++] = at;
}

static void give_property(struct part *part, const struct bc_fact_at *fact)
{
    const struct bc_str name = bc_learning_text(fact, BC_TEXT_PROPERTY_NAME);
    struct bc_by by;

    /* A fixed key wins over a property of its name. */
    if (bc_by_parse(&by, name) && by.kind == BC_BY_PROPERTY)
        give(part, name, bc_learning_text(fact, BC_TEXT_PROPERTY_VALUE), false);
}

static void give_arm(struct part *part, const struct bc_fact_at *fact)
{
    part->text.len = 0;
    bc_buf_add_str(&part->text, BC_STR("arm:"));
    bc_buf_add_str(&part->text, bc_learning_text(fact, BC_TEXT_ENROLMENT_EXPERIMENT));
    give(part, bc_buf_str(&part->text), bc_learning_text(fact, BC_TEXT_ENROLMENT_ARM), true);
}

static void add_deal(struct part *part, const struct bc_deal *deal,
                     const struct bc_cohort_anchor *anchor)
{
    const struct making *making = part->making;

    bc_signal_keys_add(&part->keys, bc_cohort_outcome(&making->look, deal, anchor));
    part->deal++;
    part->touched_n = 0;
    for (size_t i = 0; i < deal->learning_n && deal->learning[i].occurred_us <= anchor->us; i++) {
        if (deal->learning[i].kind == BC_FACT_PROPERTY)
            give_property(part, &deal->learning[i]);
        else if (deal->learning[i].kind == BC_FACT_ENROLMENT)
            give_arm(part, &deal->learning[i]);
    }
    for (size_t i = 0; i < part->touched_n; i++)
        bc_signal_keys_set(&part->keys, part->touched[i], part->current[part->touched[i]].value);
    for (size_t i = 0; i < making->fixed_n; i++) {
        char room[BC_BY_ROOM];

        bc_signal_keys_set(&part->keys, (uint32_t)i,
                           bc_by_value(&making->fixed[i], &making->world, deal, anchor->us, room));
    }
}

static void list_deal(struct part *part, const struct bc_deal *deal,
                      const struct bc_cohort_anchor *anchor)
{
    const struct making *making = part->making;
    const struct bc_cohort_record record = part->keys.records[part->keys.record_n - 1];
    char room[BC_BY_ROOM];

    if (making->ask->list_outcomes >> record.outcome & 1 &&
        bc_str_eq(bc_by_value(&making->list, &making->world, deal, anchor->us, room),
                  making->ask->list[1]))
        bc_cohort_rows_add(&part->listed, (struct bc_str){ 0 }, record, true, deal->id);
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    const struct bc_cohort_ask *ask = making->ask;
    struct bc_cohort_anchor anchor = { 0 };
    const struct bc_cohort_anchor *counted =
        bc_cohort_entry(&anchor, &making->look, deal, ask->at) ? &anchor : NULL;

    (void)err;
    if (!bc_cohort_asked(&making->look, deal, ask->at, counted))
        return BC_OK;
    bc_view_at(view, deal);
    if (!bc_cohort_counts(&part->listed, &making->look, view, counted))
        return BC_OK;
    add_deal(part, deal, &anchor);
    if (ask->list)
        list_deal(part, deal, &anchor);
    return BC_OK;
}

/* --- all of them --- */

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;

    part->making = of;
    for (size_t i = 0; i < part->making->fixed_n; i++) /* their numbers are those in `fixed` */
        (void)bc_signal_keys_find(&part->keys, part->making->fixed[i].text);
}

static void join_part(void *payload, void *of)
{
    struct making *making = payload;
    struct part *part = of;

    bc_signal_keys_join(&making->keys, &part->keys);
    bc_cohort_rows_join(&making->listed, &part->listed);
}

static void end_part(void *payload)
{
    struct part *part = payload;

    bc_signal_keys_release(&part->keys);
    bc_cohort_rows_release(&part->listed);
    bc_buf_release(&part->text);
    free(part->current);
    free(part->touched);
}

static bc_status prepare(struct making *making, struct bc_err *err)
{
    struct bc_walk *walk = &making->walk;
    bc_status rc =
        bc_about_none_read(&making->none, walk->timelines, walk->rules, walk->visible,
                           BC_FACT_BIT(BC_FACT_ICP) | BC_FACT_BIT(BC_FACT_PLAYBOOK), err);

    walk->wants.kinds |= BC_FACT_BIT(BC_FACT_PROPERTY) | BC_FACT_BIT(BC_FACT_ENROLMENT);
    while (making->fixed_n < FIXED_MAX &&
           bc_by_fixed(&making->fixed[making->fixed_n], making->fixed_n)) {
        bc_by_ask(&making->fixed[making->fixed_n], &walk->wants);
        making->fixed_n++;
    }
    making->world = bc_by_world_of(walk->rules, walk->strings);
    making->world.published = making->none.facts;
    making->world.published_n = making->none.n;
    if (making->ask->list)
        (void)bc_by_parse(&making->list, making->ask->list[0]);
    return rc;
}

/* --- the answer --- */

static void take_all(struct bc_signals *out, struct making *making)
{
    static const struct bc_cohort_ask none = { 0 };
    struct bc_cohort_rows rows = { .deals = making->listed.deals,
                                   .deal_n = making->listed.deal_n,
                                   .immature = making->listed.immature,
                                   .excluded = making->listed.excluded,
                                   .gone = making->listed.gone };

    /* A row is needed for the records, as without keys. */
    (void)bc_cohort_rows_number(&rows, (struct bc_str){ 0 });
    rows.records = making->keys.records;
    rows.record_n = making->keys.record_n;
    for (size_t i = 0; i < rows.record_n; i++)
        rows.records[i].row = 0;
    bc_cohort_rows_finish(out->all, &rows, &none);
    out->all->row_n = 0;
    rows.records = NULL;
    rows.deals = NULL;
    bc_cohort_rows_release(&rows);
}

static bool has_value(const struct bc_signal *signal, struct bc_str value)
{
    for (size_t i = 0; i < signal->split->row_n; i++)
        if (bc_str_eq(signal->split->rows[i].values[0], value))
            return true;
    return false;
}

static void take_key(struct bc_signals *out, struct making *making, uint32_t at)
{
    const struct bc_signal_key *key = &making->keys.at[at];
    struct bc_signal signal = { .key = bc_arena_copy(out->arena, key->text) };
    bool too_many = bc_signal_key_has_too_many(key);

    if (!too_many) {
        signal.split = bc_signal_key_split(&making->keys, at, &signal.values);
        too_many = signal.values > BC_SIGNAL_VALUES_MAX;
    }
    if (too_many || signal.values < 2) {
        out->left_out[out->left_out_n++] = (struct bc_left_out){ signal.key, too_many };
        bc_cohorts_free(signal.split);
        return;
    }
    bc_signal_weigh(&signal, signal.split->rows, signal.split->row_n);
    if (making->ask->list && bc_str_eq(signal.key, making->ask->list[0]))
        out->listed = has_value(&signal, making->ask->list[1]);
    out->at[out->n++] = signal;
}

static int by_p(const void *a, const void *b)
{
    const struct bc_signal *left = a, *right = b;
    const double decimals = 1e12;
    const double p = round(left->p * decimals), q = round(right->p * decimals);

    return p < q ? -1 : p > q ? 1 : bc_str_cmp(left->key, right->key);
}

static int by_key(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_left_out *)a)->key, ((const struct bc_left_out *)b)->key);
}

static void take(struct bc_signals *out, struct making *making)
{
    bc_signal_keys_rank(&making->keys);
    take_all(out, making);
    out->at = bc_calloc(making->keys.n + 1, sizeof(*out->at));
    out->left_out = bc_calloc(making->keys.n + 1, sizeof(*out->left_out));
    for (size_t i = 0; i < making->keys.n; i++)
        take_key(out, making, (uint32_t)i);
    qsort(out->at, out->n, sizeof(*out->at), by_p);
    qsort(out->left_out, out->left_out_n, sizeof(*out->left_out), by_key);
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;

    (void)err;
    if (rc == BC_OK) {
        take(making->signals, making);
        *making->out = making->signals;
    } else {
        bc_signals_free(making->signals);
    }
    bc_walk_release(&making->walk);
    bc_about_none_release(&making->none);
    bc_signal_keys_release(&making->keys);
    bc_cohort_rows_release(&making->listed);
    free(making);
    return rc;
}

bc_status bc_signals_begin(struct bc_walked *walked, struct bc_signals **out,
                           bc_timelines *timelines, const struct bc_question *question,
                           const struct bc_cohort_ask *ask, struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    making->ask = ask;
    making->look = bc_cohort_look_of(ask, question->rules, question->as_of_us[0]);
    making->signals = bc_calloc(1, sizeof(*making->signals));
    making->signals->arena = bc_arena_new();
    making->signals->all = bc_cohorts_new();
    rc = bc_walk_init(&making->walk, timelines, question, err);
    return rc < 0 ? rc : prepare(making, err);
}

bc_status bc_signals_make(struct bc_signals **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_cohort_ask *ask,
                          struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_signals_begin(&walked, out, timelines, question, ask, err);

    return bc_walk_answer(&walked, 1, rc, err);
}

void bc_signals_free(struct bc_signals *signals)
{
    if (!signals)
        return;
    for (size_t i = 0; i < signals->n; i++)
        bc_cohorts_free(signals->at[i].split);
    free(signals->at);
    free(signals->left_out);
    bc_cohorts_free(signals->all);
    bc_arena_free(signals->arena);
    free(signals);
}
