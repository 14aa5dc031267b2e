#include "projections/lists.h"

#include <stdlib.h>

/* Which of many things hold a date, for one date after another. */
struct sweep {
    const struct bc_listed *listed;
    size_t n;
    size_t *order; /* numbers of those of the slice, by first date, then ascending */
    size_t next;   /* in order: the first that has not begun */
    size_t *there; /* numbers of those that hold the date, ascending */
    size_t there_n;
};

static void sweep_init(struct sweep *sweep, const struct bc_list *list, unsigned slice,
                       size_t date_n)
{
    size_t *place = bc_calloc(date_n + 1, sizeof(*place));

    *sweep = (struct sweep){ .listed = list->at };
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].slices >> slice & 1) {
            place[list->at[i].first + 1]++;
            sweep->n++;
        }
    sweep->order = bc_reallocarray(NULL, sweep->n, sizeof(*sweep->order));
    sweep->there = bc_reallocarray(NULL, sweep->n, sizeof(*sweep->there));
    for (size_t date = 0; date < date_n; date++)
        place[date + 1] += place[date];
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].slices >> slice & 1)
            sweep->order[place[list->at[i].first]++] = i;
    free(place);
}

static void sweep_release(struct sweep *sweep)
{
    free(sweep->order);
    free(sweep->there);
}

/* Goes on to the next date. */
static void sweep_to(struct sweep *sweep, uint32_t date)
{
    size_t kept = 0, begun = 0, at;

    for (size_t i = 0; i < sweep->there_n; i++)
        if (sweep->listed[sweep->there[i]].end > date)
            sweep->there[kept++] = sweep->there[i];
    while (sweep->next + begun < sweep->n &&
           sweep->listed[sweep->order[sweep->next + begun]].first <= date)
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

void bc_lists_stalled(struct bc_cell *at, size_t stride, size_t date_n, const struct bc_list *from,
                      unsigned slice, bc_arena *arena)
{
    struct bc_str *deals = bc_calloc(from->n, sizeof(*deals));
    struct sweep sweep;

    sweep_init(&sweep, from, slice, date_n);
    for (size_t i = 0; i < sweep.n; i++)
        deals[sweep.order[i]] = bc_arena_copy(arena, from->at[sweep.order[i]].deal);
    for (uint32_t date = 0; date < date_n; date++) {
        struct bc_cell *cell = &at[date * stride];
        struct bc_str *list;

        sweep_to(&sweep, date);
        list = bc_arena_alloc(arena, sweep.there_n * sizeof(*list));
        for (size_t i = 0; i < sweep.there_n; i++) /* in deal order; a deal stalls in one visit */
            list[i] = deals[sweep.there[i]];
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

static void fill_campaigns(struct bc_cell *cell, const struct sweep *sweep, struct campaigns *c)
{
    struct bc_campaign *copy;

    for (size_t i = 0; i < sweep->there_n; i++) {
        const struct bc_listed *listed = &sweep->listed[sweep->there[i]];
        struct entry *entry = &c->entries[listed->word];

        if (!entry->name.len)
            entry->name = bc_arena_copy(c->arena, bc_words_text(c->words, listed->word));
        if (entry->place == 0) {
            BC_GROW(c->list, c->n, c->cap);
            c->list[c->n++] = (struct bc_campaign){ .name = entry->name };
            entry->place = c->n;
        }
        c->list[entry->place - 1].sent++;
        c->list[entry->place - 1].opened += listed->hit;
    }
    for (size_t i = 0; i < sweep->there_n; i++)
        c->entries[sweep->listed[sweep->there[i]].word].place = 0;
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
                        const struct bc_list *list, unsigned slice, const bc_words *words,
                        bc_arena *arena)
{
    struct campaigns campaigns = { .words = words,
                                   .entries =
                                       bc_calloc(bc_words_count(words), sizeof(struct entry)),
                                   .arena = arena };
    struct sweep sweep;

    sweep_init(&sweep, list, slice, date_n);
    for (uint32_t date = 0; date < date_n; date++) {
        sweep_to(&sweep, date);
        fill_campaigns(&at[date * stride], &sweep, &campaigns);
    }
    sweep_release(&sweep);
    free(campaigns.entries);
    free(campaigns.list);
}
