#include "projections/lists.h"

#include <stdlib.h>

/* A stretch of dates, first <= date < end. */
struct range {
    uint32_t first, end;
};

/* Which of many ranges hold a date, for one date after another. */
struct sweep {
    struct range *ranges;
    size_t n;
    size_t *order; /* numbers of the ranges, by first date, then ascending */
    size_t next;   /* in order: the first that has not begun */
    size_t *there; /* numbers of those that hold the date, ascending */
    size_t there_n;
};

static void sweep_init(struct sweep *sweep, size_t n)
{
    *sweep = (struct sweep){ .ranges = bc_reallocarray(NULL, n, sizeof(*sweep->ranges)),
                             .n = n,
                             .order = bc_reallocarray(NULL, n, sizeof(*sweep->order)),
                             .there = bc_reallocarray(NULL, n, sizeof(*sweep->there)) };
}

static void sweep_release(struct sweep *sweep)
{
    free(sweep->ranges);
    free(sweep->order);
    free(sweep->there);
}

/* When all ranges are set. */
static void sweep_begin(struct sweep *sweep, size_t date_n)
{
    size_t *place = bc_calloc(date_n + 1, sizeof(*place));

    for (size_t i = 0; i < sweep->n; i++)
        place[sweep->ranges[i].first + 1]++;
    for (size_t date = 0; date < date_n; date++)
        place[date + 1] += place[date];
    for (size_t i = 0; i < sweep->n; i++)
        sweep->order[place[sweep->ranges[i].first]++] = i;
    free(place);
}

/* Goes on to the next date. */
static void sweep_to(struct sweep *sweep, uint32_t date)
{
    size_t kept = 0, begun = 0, at;

    for (size_t i = 0; i < sweep->there_n; i++)
        if (sweep->ranges[sweep->there[i]].end > date)
            sweep->there[kept++] = sweep->there[i];
    while (sweep->next + begun < sweep->n &&
           sweep->ranges[sweep->order[sweep->next + begun]].first <= date)
        begun++;
    sweep->there_n = at = kept + begun;
    for (size_t b = begun; b > 0;) { /* the larger one first, from the back */
        size_t last = sweep->order[sweep->next + b - 1];
        bool old = kept > 0 && sweep->there[kept - 1] > last;

        sweep->there[--at] = old ? sweep->there[--kept] : last;
        b -= !old;
    }
    sweep->next += begun;
}

void bc_lists_stalled(struct bc_cell *at, size_t stride, size_t date_n,
                      const struct bc_slice_tally *slice, bc_arena *arena)
{
    struct bc_str *deals = bc_reallocarray(NULL, slice->name_n, sizeof(*deals));
    struct sweep sweep;

    sweep_init(&sweep, slice->name_n);
    for (size_t i = 0; i < slice->name_n; i++) {
        sweep.ranges[i] = (struct range){ slice->names[i].first, slice->names[i].end };
        deals[i] = bc_arena_copy(arena, slice->names[i].deal);
    }
    sweep_begin(&sweep, date_n);
    for (uint32_t date = 0; date < date_n; date++) {
        struct bc_cell *cell = &at[date * stride];
        struct bc_str *list;

        sweep_to(&sweep, date);
        list = bc_arena_alloc(arena, sweep.there_n * sizeof(*list));
        for (size_t i = 0; i < sweep.there_n; i++)
            list[i] = deals[sweep.there[i]]; /* in deal order; a deal stalls in one visit */
        cell->stalled = list;
        cell->stalled_n = sweep.there_n;
    }
    sweep_release(&sweep);
    free(deals);
}

/* A campaign in the list under way. */
struct entry {
    size_t place;       /* + 1; 0: it is not in the list */
    struct bc_str name; /* copied when first needed */
};

static int by_campaign(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_campaign *)a)->name, ((const struct bc_campaign *)b)->name);
}

/* Campaigns of all dates, and the list of one. */
struct campaigns {
    const bc_words *words;
    struct entry *entries; /* of each word; none is in the list, between dates */
    struct bc_campaign *list;
    size_t n, cap;
    bc_arena *arena;
};

static void fill_campaigns(struct bc_cell *cell, const struct bc_slice_tally *slice,
                           const struct sweep *sweep, struct campaigns *c)
{
    struct bc_campaign *copy;

    for (size_t i = 0; i < sweep->there_n; i++) {
        const struct bc_mark *mark = &slice->marks[sweep->there[i]];
        struct entry *entry = &c->entries[mark->word];

        if (!entry->name.len)
            entry->name = bc_arena_copy(c->arena, bc_words_text(c->words, mark->word));
        if (entry->place == 0) {
            BC_GROW(c->list, c->n, c->cap);
            c->list[c->n++] = (struct bc_campaign){ .name = entry->name };
            entry->place = c->n;
        }
        c->list[entry->place - 1].sent++;
        c->list[entry->place - 1].opened += mark->hit;
    }
    for (size_t i = 0; i < sweep->there_n; i++)
        c->entries[slice->marks[sweep->there[i]].word].place = 0;
    if (c->n > 1)
        qsort(c->list, c->n, sizeof(*c->list), by_campaign);
    copy = bc_arena_alloc(c->arena, c->n * sizeof(*copy));
    for (size_t i = 0; i < c->n; i++)
        copy[i] = c->list[i];
    cell->campaigns = copy;
    cell->campaign_n = c->n;
    c->n = 0;
}

void bc_lists_campaigns(struct bc_cell *at, size_t stride, size_t date_n,
                        const struct bc_slice_tally *slice, const bc_words *words, bc_arena *arena)
{
    struct campaigns campaigns = { .words = words,
                                   .entries =
                                       bc_calloc(bc_words_count(words), sizeof(struct entry)),
                                   .arena = arena };
    struct sweep sweep;

    sweep_init(&sweep, slice->mark_n);
    for (size_t i = 0; i < slice->mark_n; i++)
        sweep.ranges[i] = (struct range){ slice->marks[i].first, slice->marks[i].end };
    sweep_begin(&sweep, date_n);
    for (uint32_t date = 0; date < date_n; date++) {
        sweep_to(&sweep, date);
        fill_campaigns(&at[date * stride], slice, &sweep, &campaigns);
    }
    sweep_release(&sweep);
    free(campaigns.entries);
    free(campaigns.list);
}
