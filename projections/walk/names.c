#include "projections/walk/names.h"

#include "projections/facts/learning.h"
#include "projections/walk/properties.h"

#include <stdlib.h>

static int by_deal(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_name *)a)->deal, ((const struct bc_name *)b)->deal);
}

/* What one deal is read with. */
struct reading {
    bc_timelines *timelines;
    bc_folder *folder;
    enum bc_time_mode mode;
    int64_t at_us;
    struct bc_buf timeline, learning;
};

static bc_status read_name(struct bc_name *name, struct reading *reading, bc_arena *arena,
                           struct bc_err *err)
{
    const struct bc_deal *deal;
    bc_status rc;

    reading->timeline.len = reading->learning.len = 0;
    rc = bc_timelines_facts(reading->timelines, name->deal, &reading->timeline, err);
    if (rc == BC_OK)
        rc = bc_timelines_learning(reading->timelines, name->deal, &reading->learning, err);
    if (rc == BC_OK)
        rc = bc_fold_learning(reading->folder, name->deal, bc_buf_str(&reading->timeline),
                              bc_buf_str(&reading->learning), &deal, err);
    if (rc == BC_OK)
        name->name = bc_arena_copy(
            arena, bc_properties_at(deal, BC_STR("deal_name"), reading->mode, reading->at_us));
    return rc;
}

static void take_deals(struct bc_names *out, const struct bc_str *deals, size_t n)
{
    size_t kept = 0;

    out->arena = bc_arena_new();
    out->at = bc_calloc(n + 1, sizeof(*out->at));
    for (size_t i = 0; i < n; i++)
        out->at[i].deal = deals[i];
    qsort(out->at, n, sizeof(*out->at), by_deal);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !bc_str_eq(out->at[kept - 1].deal, out->at[i].deal))
            out->at[kept++].deal = bc_arena_copy(out->arena, out->at[i].deal);
    out->n = kept;
}

bc_status bc_names_read(struct bc_names *out, bc_timelines *timelines,
                        const struct bc_question *question, const struct bc_str *deals, size_t n,
                        struct bc_err *err)
{
    const struct bc_wants wants = { .kinds = BC_FACT_BIT(BC_FACT_PROPERTY) |
                                             BC_FACT_BIT(BC_FACT_RETRACTED),
                                    .until_us = INT64_MAX };
    struct reading reading = { .timelines = timelines,
                               .mode = bc_properties_mode(question->rules, BC_STR("deal_name")),
                               .at_us = question->as_of_us[question->date_n - 1] };
    struct bc_names names;
    struct bc_visible visible;
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &visible, err);

    if (rc < 0)
        return rc;
    take_deals(&names, deals, n);
    reading.folder = bc_folder_new(bc_timelines_strings(timelines), question->rules, visible);
    bc_folder_want(reading.folder, &wants);
    for (size_t i = 0; rc == BC_OK && i < names.n; i++)
        rc = read_name(&names.at[i], &reading, names.arena, err);
    bc_folder_free(reading.folder);
    bc_buf_release(&reading.timeline);
    bc_buf_release(&reading.learning);
    if (rc < 0)
        bc_names_release(&names);
    else
        *out = names;
    return rc;
}

void bc_names_release(struct bc_names *names)
{
    free(names->at);
    bc_arena_free(names->arena);
    *names = (struct bc_names){ 0 };
}

struct bc_str bc_names_of(const struct bc_names *names, struct bc_str deal)
{
    const struct bc_name key = { .deal = deal };
    const struct bc_name *found =
        names->n ? bsearch(&key, names->at, names->n, sizeof(*names->at), by_deal) : NULL;

    return found ? found->name : (struct bc_str){ 0 };
}
