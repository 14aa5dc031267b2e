#include "projections/report/lists.h"

#include <stdlib.h>

/* The deals that are stalled in one slice, for one date after another. */
struct stalling {
    const struct bc_stalled *all; /* in deal order */
    uint32_t *order;              /* numbers of those of the slice, by first date, then ascending */
    size_t n, next;               /* in order: the first that has not begun */
    uint32_t *there;              /* numbers of those whose range contains the date, ascending */
    size_t there_n;
    struct bc_str *deals; /* of those */
};

/* A campaign in one slice. */
struct running {
    struct bc_str name;
    const struct bc_changes *changes;
    int64_t sent, opened; /* at the date that was stepped to */
};

struct campaigning {
    struct running *all; /* in byte order */
    size_t n;
    struct bc_campaign *list;
};

/* What a metric lists. */
struct listing {
    struct bc_stalled *stalled;
    size_t stalled_n;
    struct bc_campaigns campaigns;
    struct stalling stalling[BC_SLICE_MAX];
    struct campaigning campaigning[BC_SLICE_MAX];
};

struct bc_lists {
    struct listing *listings; /* of each metric */
    size_t metric_n, slice_n;
    uint32_t next; /* the date after the one that is shown */
    bc_arena *arena;
};

/* --- stalled deals --- */

static void begin_stalling(struct stalling *stalling, const struct listing *listing, unsigned slice,
                           size_t date_n)
{
    const struct bc_stalled *all = listing->stalled;
    size_t *place = bc_calloc(date_n + 1, sizeof(*place));

    *stalling = (struct stalling){ .all = all };
    for (size_t i = 0; i < listing->stalled_n; i++)
        if (all[i].slices >> slice & 1) {
            place[all[i].first + 1]++;
            stalling->n++;
        }
    stalling->order = bc_reallocarray(NULL, stalling->n, sizeof(*stalling->order));
    stalling->there = bc_reallocarray(NULL, stalling->n, sizeof(*stalling->there));
    stalling->deals = bc_reallocarray(NULL, stalling->n, sizeof(*stalling->deals));
    for (size_t date = 0; date < date_n; date++)
        place[date + 1] += place[date];
    for (size_t i = 0; i < listing->stalled_n; i++)
        if (all[i].slices >> slice & 1)
            stalling->order[place[all[i].first]++] = (uint32_t)i;
    free(place);
}

/* Adds those that have begun, the larger number first, from the back. */
static void add_begun(struct stalling *stalling, uint32_t date)
{
    size_t begun = 0, kept = stalling->there_n, at;

    while (stalling->next + begun < stalling->n &&
           stalling->all[stalling->order[stalling->next + begun]].first <= date)
        begun++;
    stalling->there_n = at = kept + begun;
    for (size_t left = begun; left > 0;) {
        uint32_t last = stalling->order[stalling->next + left - 1];
        bool old = kept > 0 && stalling->there[kept - 1] > last;

        stalling->there[--at] = old ? stalling->there[--kept] : last;
        left -= !old;
    }
    stalling->next += begun;
}

static void step_stalled(struct stalling *stalling, uint32_t date)
{
    size_t kept = 0;

    add_begun(stalling, date);
    for (size_t i = 0; i < stalling->there_n; i++)
        if (stalling->all[stalling->there[i]].end > date)
            stalling->there[kept++] = stalling->there[i];
    stalling->there_n = kept;
}

static void show_stalled(struct stalling *stalling, struct bc_cell *cell)
{
    for (size_t i = 0; i < stalling->there_n; i++) /* a deal stalls in one visit */
        stalling->deals[i] = stalling->all[stalling->there[i]].deal;
    cell->stalled = stalling->deals;
    cell->stalled_n = stalling->there_n;
}

/* --- campaigns --- */

static int by_name(const void *a, const void *b)
{
    return bc_str_cmp(((const struct running *)a)->name, ((const struct running *)b)->name);
}

static void begin_campaigns(struct campaigning *campaigning, const struct bc_campaigns *campaigns,
                            const bc_string_table *strings, bc_arena *arena)
{
    campaigning->all = bc_calloc(campaigns->n, sizeof(*campaigning->all));
    for (size_t i = 0; i < campaigns->n; i++) {
        const struct bc_changes *changes = &campaigns->all[i];

        campaigning->all[campaigning->n++] =
            (struct running){ .name = bc_arena_copy(arena,
                                                    bc_string_table_text(strings, changes->word)),
                              .changes = changes };
    }
    if (campaigning->n)
        qsort(campaigning->all, campaigning->n, sizeof(*campaigning->all), by_name);
    campaigning->list = bc_reallocarray(NULL, campaigning->n, sizeof(*campaigning->list));
}

static void step_campaigns(struct campaigning *campaigning, const struct bc_campaigns *campaigns,
                           size_t slice, uint32_t date)
{
    for (size_t i = 0; i < campaigning->n; i++) {
        struct running *running = &campaigning->all[i];
        const struct bc_changes *changes = running->changes;
        const struct bc_change *change;

        if (date < changes->first || date >= changes->end)
            continue;
        change = &changes->at[(date - changes->first) * campaigns->slice_n + slice];
        running->sent += change->sent;
        running->opened += change->opened;
    }
}

static void show_campaigns(struct campaigning *campaigning, struct bc_cell *cell)
{
    cell->campaigns = campaigning->list;
    cell->campaign_n = 0;
    for (size_t i = 0; i < campaigning->n; i++) {
        const struct running *running = &campaigning->all[i];

        if (running->sent)
            campaigning->list[cell->campaign_n++] =
                (struct bc_campaign){ running->name, (uint64_t)running->sent,
                                      (uint64_t)running->opened };
    }
}

/* --- both --- */

bc_lists *bc_lists_new(const bc_rules *rules, struct bc_metric *metrics, size_t date_n,
                       const bc_string_table *strings)
{
    bc_lists *lists = bc_calloc(1, sizeof(*lists));

    *lists = (bc_lists){ .listings = bc_calloc(rules->metric_n, sizeof(*lists->listings)),
                         .metric_n = rules->metric_n,
                         .slice_n = rules->slice_n,
                         .arena = bc_arena_new() };
    for (size_t m = 0; m < rules->metric_n; m++) {
        struct bc_tally *tally = &metrics[m].tally;
        struct listing *listing = &lists->listings[m];

        listing->stalled_n = tally->stalled.n;
        listing->stalled = bc_chunks_take(&tally->stalled, sizeof(*listing->stalled));
        for (size_t i = 0; i < listing->stalled_n; i++)
            listing->stalled[i].deal = bc_arena_copy(lists->arena, listing->stalled[i].deal);
        listing->campaigns = tally->campaigns;
        tally->campaigns = (struct bc_campaigns){ 0 };
        for (unsigned s = 0; s < rules->slice_n; s++) {
            begin_stalling(&listing->stalling[s], listing, s, date_n);
            begin_campaigns(&listing->campaigning[s], &listing->campaigns, strings, lists->arena);
        }
    }
    return lists;
}

void bc_lists_free(bc_lists *lists)
{
    if (!lists)
        return;
    for (size_t m = 0; m < lists->metric_n; m++) {
        struct listing *listing = &lists->listings[m];

        for (size_t s = 0; s < BC_SLICE_MAX; s++) {
            free(listing->stalling[s].order);
            free(listing->stalling[s].there);
            free(listing->stalling[s].deals);
            free(listing->campaigning[s].all);
            free(listing->campaigning[s].list);
        }
        free(listing->stalled);
        bc_campaigns_release(&listing->campaigns);
    }
    free(lists->listings);
    bc_arena_free(lists->arena);
    free(lists);
}

/* Back to before the first date. */
static void rewind_to_begin(bc_lists *lists)
{
    lists->next = 0;
    for (size_t m = 0; m < lists->metric_n; m++)
        for (size_t s = 0; s < lists->slice_n; s++) {
            struct listing *listing = &lists->listings[m];

            listing->stalling[s].next = listing->stalling[s].there_n = 0;
            for (size_t i = 0; i < listing->campaigning[s].n; i++) {
                struct running *running = &listing->campaigning[s].all[i];

                running->sent = running->opened = 0;
            }
        }
}

void bc_lists_show(bc_lists *lists, struct bc_cell *cells, uint32_t date)
{
    if (date + 1 < lists->next)
        rewind_to_begin(lists);
    for (size_t i = 0; i < lists->metric_n * lists->slice_n; i++) {
        struct listing *listing = &lists->listings[i / lists->slice_n];
        size_t s = i % lists->slice_n;

        for (uint32_t step = lists->next; step <= date; step++) {
            step_stalled(&listing->stalling[s], step);
            step_campaigns(&listing->campaigning[s], &listing->campaigns, s, step);
        }
        show_stalled(&listing->stalling[s], &cells[i]);
        show_campaigns(&listing->campaigning[s], &cells[i]);
    }
    lists->next = date + 1;
}
