#include "projections/walk/experiment_words.h"

#include "ledger/base/amount.h"
#include "ledger/base/search.h"

#include <stdlib.h>

_Static_assert((int)BC_TEXT_EXPERIMENT_ID == (int)BC_TEXT_CONCLUSION_EXPERIMENT,
               "an id is looked for at one place");

static struct bc_str id_of(const struct bc_fact_at *fact)
{
    return bc_learning_text(fact, BC_TEXT_EXPERIMENT_ID);
}

static int by_id(const void *a, const void *b)
{
    const struct bc_fact_at *left = *(const struct bc_fact_at *const *)a;
    const struct bc_fact_at *right = *(const struct bc_fact_at *const *)b;
    const int order = bc_str_cmp(id_of(left), id_of(right));

    return order ? order : (left > right) - (left < right); /* both of one array, in its order */
}

static void add(struct bc_experiment_list *out, const struct bc_fact_at *fact)
{
    struct bc_experiment_words *words = out->n ? &out->at[out->n - 1] : NULL;

    if (!words || !bc_str_eq(words->id, id_of(fact))) {
        words = &out->at[out->n++];
        words->id = id_of(fact);
    }
    if (fact->kind == BC_FACT_EXPERIMENT) {
        words->begun = fact;
        words->first_begun = words->first_begun ? words->first_begun : fact;
    } else {
        words->concluded = fact;
        words->first_concluded = words->first_concluded ? words->first_concluded : fact;
    }
}

void bc_experiment_list_fill(struct bc_experiment_list *out, const struct bc_fact_at *facts,
                             size_t n, int64_t as_of_us)
{
    const struct bc_fact_at **found = bc_calloc(n + 1, sizeof(*found));
    size_t found_n = 0;

    for (size_t i = 0; i < n && facts[i].occurred_us <= as_of_us; i++)
        if (facts[i].kind == BC_FACT_EXPERIMENT || facts[i].kind == BC_FACT_CONCLUSION)
            found[found_n++] = &facts[i];
    qsort(found, found_n, sizeof(*found), by_id);
    *out = (struct bc_experiment_list){ .at = bc_calloc(found_n + 1, sizeof(*out->at)) };
    for (size_t i = 0; i < found_n; i++)
        add(out, found[i]);
    free(found);
}

void bc_experiment_list_release(struct bc_experiment_list *list)
{
    free(list->at);
    *list = (struct bc_experiment_list){ 0 };
}

const struct bc_experiment_words *bc_experiment_find(const struct bc_experiment_list *list,
                                                     struct bc_str id)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, list->n, bc_str_cmp(list->at[at].id, id) < 0);
    return at < list->n && bc_str_eq(list->at[at].id, id) ? &list->at[at] : NULL;
}

struct bc_str bc_experiment_text(const struct bc_experiment_words *words, size_t i)
{
    return words->begun ? bc_learning_text(words->begun, i) : (struct bc_str){ 0 };
}

bool bc_experiment_cost(int64_t *out, const struct bc_experiment_words *words)
{
    return bc_amount_parse(out, bc_experiment_text(words, BC_TEXT_EXPERIMENT_COST));
}

struct bc_str bc_experiment_currency(const struct bc_experiment_words *words, const bc_rules *rules)
{
    const struct bc_str currency = bc_experiment_text(words, BC_TEXT_EXPERIMENT_CURRENCY);

    return currency.len ? currency : bc_str_of(rules->revenue.currency);
}

struct bc_str bc_experiment_end(const struct bc_experiment_words *words, size_t i)
{
    return words->concluded ? bc_learning_text(words->concluded, i) : (struct bc_str){ 0 };
}
