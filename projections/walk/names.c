#include "projections/walk/names.h"

#include "ledger/base/search.h"
#include "projections/walk/deal_names.h"
#include "projections/walk/properties.h"
#include "projections/walk/walk.h"

#include <stdlib.h>

static int by_deal(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_name *)a)->deal, ((const struct bc_name *)b)->deal);
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

/* --- one after the other --- */

static bc_status read_each(struct bc_names *names, bc_timelines *timelines,
                           const struct bc_question *question, struct bc_err *err)
{
    bc_deal_names *each;
    bc_status rc = bc_deal_names_open(&each, timelines, question, err);

    if (rc < 0)
        return rc;
    for (size_t i = 0; rc == BC_OK && i < names->n; i++) {
        struct bc_deal_name name;

        rc = bc_deal_names_get(each, &name, names->at[i].deal, err);
        if (rc == BC_OK)
            names->at[i].name = bc_arena_copy(names->arena, name.name);
    }
    bc_deal_names_free(each);
    return rc;
}

/* --- all in one walk --- */

struct reading {
    struct bc_walk walk;
    struct bc_names *names;
    enum bc_time_mode mode;
};

struct part {
    const struct reading *reading;
    bool begun;
    size_t at;             /* the first of the whole that is not before the deal */
    struct bc_names found; /* its deals are those of the whole */
    size_t cap;
};

static const struct bc_name *find(const struct bc_names *names, struct bc_str deal)
{
    const struct bc_name key = { .deal = deal };

    return names->n ? bsearch(&key, names->at, names->n, sizeof(*names->at), by_deal) : NULL;
}

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;

    part->reading = of;
    part->found.arena = bc_arena_new();
}

/* Both are in the order of the deals. */
static bool wants_deal(void *payload, struct bc_str deal)
{
    struct part *part = payload;
    const struct bc_names *names = part->reading->names;

    if (!part->begun)
        BC_LOWER_BOUND(part->at, 0, names->n, bc_str_cmp(names->at[part->at].deal, deal) < 0);
    part->begun = true;
    while (part->at < names->n && bc_str_cmp(names->at[part->at].deal, deal) < 0)
        part->at++;
    return part->at < names->n && bc_str_eq(names->at[part->at].deal, deal);
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct reading *reading = part->reading;
    const struct bc_dates *dates = &reading->walk.dates;

    (void)view;
    (void)err;
    BC_GROW(part->found.at, part->found.n, part->cap);
    part->found.at[part->found.n++] =
        (struct bc_name){ reading->names->at[part->at].deal,
                          bc_arena_copy(part->found.arena,
                                        bc_properties_at(deal, BC_STR("deal_name"), reading->mode,
                                                         dates->as_of_us[dates->n - 1])) };
    return BC_OK;
}

static void join_part(void *payload, void *of)
{
    struct bc_names *names = ((struct reading *)payload)->names;
    const struct part *part = of;

    for (size_t i = 0; i < part->found.n; i++) {
        const struct bc_name *found = &part->found.at[i];

        names->at[find(names, found->deal) - names->at].name =
            bc_arena_copy(names->arena, found->name);
    }
}

static void end_part(void *payload)
{
    bc_names_release(&((struct part *)payload)->found);
}

static bc_status read_all(struct bc_names *names, bc_timelines *timelines,
                          const struct bc_question *question, struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct reading reading = { .names = names };
    bc_status rc = bc_walk_init(&reading.walk, timelines, question, err);

    if (rc < 0)
        return rc;
    reading.mode = bc_properties_mode(question->rules, BC_STR("deal_name"));
    reading.walk.wants.kinds |= BC_FACT_BIT(BC_FACT_PROPERTY);
    reading.walk.wants_deal = wants_deal;
    rc = bc_walk_run(&reading.walk, &walker, &reading, err);
    bc_walk_release(&reading.walk);
    return rc;
}

/* --- either --- */

bc_status bc_names_read(struct bc_names *out, bc_timelines *timelines,
                        const struct bc_question *question, const struct bc_str *deals, size_t n,
                        struct bc_err *err)
{
    struct bc_names names;
    bc_status rc;

    take_deals(&names, deals, n);
    rc = (names.n > BC_NAMES_READ_EACH ? read_all : read_each)(&names, timelines, question, err);
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
    const struct bc_name *found = find(names, deal);

    return found ? found->name : (struct bc_str){ 0 };
}
