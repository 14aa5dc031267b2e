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

/* The changes of a campaign, with room for those from a date to another. */
static struct bc_changes *changes_of(struct bc_campaigns *campaigns, size_t word, uint32_t first,
                                     uint32_t end)
{
    struct bc_changes *changes;

    if (word >= campaigns->word_n) {
        size_t n = 2 * word + 1;

        campaigns->of_word = bc_reallocarray(campaigns->of_word, n, sizeof(*campaigns->of_word));
        memset(&campaigns->of_word[campaigns->word_n], 0,
               (n - campaigns->word_n) * sizeof(*campaigns->of_word));
        campaigns->word_n = n;
    }
    changes = &campaigns->of_word[word];
    if (first < changes->first || end > changes->end)
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
    for (size_t word = 0; word < from->word_n; word++) {
        const struct bc_changes *more = &from->of_word[word];
        size_t n = (more->end - more->first) * campaigns->slice_n;
        struct bc_changes *changes;
        struct bc_change *at;

        if (n == 0)
            continue;
        changes = changes_of(campaigns, word, more->first, more->end);
        at = &changes->at[(more->first - changes->first) * campaigns->slice_n];
        for (size_t i = 0; i < n; i++) {
            at[i].sent += more->at[i].sent;
            at[i].opened += more->at[i].opened;
        }
    }
    bc_campaigns_release(from);
}

void bc_campaigns_release(struct bc_campaigns *campaigns)
{
    for (size_t word = 0; word < campaigns->word_n; word++)
        free(campaigns->of_word[word].at);
    free(campaigns->of_word);
    campaigns->of_word = NULL;
    campaigns->word_n = 0;
}
