#include "projections/metrics/campaigns.h"

#include <stdlib.h>

/* Makes room for the changes of more dates, and some around them, since e-mails come in any
 * order. */
static void widen(const struct bc_campaigns *campaigns, struct bc_changes *changes, uint32_t first,
                  uint32_t end)
{
    const struct bc_changes old = *changes;
    size_t slice_n = campaigns->slice_n;
    uint32_t slack, last = (uint32_t)campaigns->date_n + 1;

    if (old.first < old.end) {
        first = old.first < first ? old.first : first;
        end = old.end > end ? old.end : end;
    }
    slack = (end - first) / 4;
    changes->first = first > slack ? first - slack : 0;
    changes->end = last - end > slack ? end + slack : last;
    changes->at = bc_calloc((changes->end - changes->first) * slice_n, sizeof(*changes->at));
    if (old.at)
        memcpy(&changes->at[(old.first - changes->first) * slice_n], old.at,
               (old.end - old.first) * slice_n * sizeof(*old.at));
    free(old.at);
}

/* Strings are numbered in turn, a table wants the upper half. (D. E. Knuth, The Art of Computer
 * Programming 3, 6.4: by the golden ratio.) */
static uint64_t hash_of(uint32_t word)
{
    return word * UINT64_C(0x9e3779b97f4a7c15);
}

static struct bc_changes *find(struct bc_campaigns *campaigns, uint32_t word)
{
    struct bc_table_probe probe = bc_table_find(&campaigns->table, hash_of(word));
    uint32_t at;

    while (bc_table_next(&campaigns->table, &probe, &at))
        if (campaigns->all[at].word == word)
            return &campaigns->all[at];
    BC_GROW(campaigns->all, campaigns->n, campaigns->cap);
    bc_table_add(&campaigns->table, hash_of(word), (uint32_t)campaigns->n);
    campaigns->all[campaigns->n] = (struct bc_changes){ .word = word };
    return &campaigns->all[campaigns->n++];
}

/* The changes of a campaign, with room for those from a date to another. */
static struct bc_changes *changes_of(struct bc_campaigns *campaigns, uint32_t word, uint32_t first,
                                     uint32_t end)
{
    struct bc_changes *changes = find(campaigns, word);

    if (!changes->at || first < changes->first || end > changes->end)
        widen(campaigns, changes, first, end);
    return changes;
}

void bc_campaigns_add(struct bc_campaigns *campaigns, uint32_t word, uint32_t first, uint32_t end,
                      uint32_t slices, bool opened)
{
    struct bc_changes *changes = changes_of(campaigns, word, first, end + 1);
    struct bc_change *begin = &changes->at[(first - changes->first) * campaigns->slice_n];
    struct bc_change *past = &changes->at[(end - changes->first) * campaigns->slice_n];

    for (size_t slice = 0; slices >> slice; slice++) {
        int32_t one = (int32_t)(slices >> slice & 1);

        begin[slice].sent += one;
        begin[slice].opened += one & opened;
        past[slice].sent -= one;
        past[slice].opened -= one & opened;
    }
}

void bc_campaigns_join(struct bc_campaigns *campaigns, struct bc_campaigns *from)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct bc_changes *more = &from->all[i];
        size_t n = (more->end - more->first) * campaigns->slice_n;
        struct bc_changes *changes;
        struct bc_change *at;

        if (n == 0)
            continue;
        changes = changes_of(campaigns, more->word, more->first, more->end);
        at = &changes->at[(more->first - changes->first) * campaigns->slice_n];
        for (size_t change = 0; change < n; change++) {
            at[change].sent += more->at[change].sent;
            at[change].opened += more->at[change].opened;
        }
    }
    bc_campaigns_release(from);
}

void bc_campaigns_release(struct bc_campaigns *campaigns)
{
    for (size_t i = 0; i < campaigns->n; i++)
        free(campaigns->all[i].at);
    free(campaigns->all);
    bc_table_release(&campaigns->table);
    campaigns->all = NULL;
    campaigns->n = campaigns->cap = 0;
}
