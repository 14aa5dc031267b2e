/* projections/metrics/id_ranges.h - contributions that carry an id and are counted when all have
 * been added: the same meeting counts once, a renewed deal does not count. */
#ifndef BC_PROJECTIONS_METRICS_ID_RANGES_H
#define BC_PROJECTIONS_METRICS_ID_RANGES_H

#include "projections/facts/facts.h"
#include "projections/metrics/chunks.h"

/* The most dates and slices that fit into an id range or a sample. */
#define BC_DATE_MAX ((1u << 24) - 1)

struct bc_id_range {
    struct bc_id128 id;
    uint32_t first;
    uint32_t end : 24, slices : 8; /* dates first <= date < end; a bit each slice */
};

/* Id ranges in buckets by the first bits of their ids, so that one after another can be
 * sorted and counted in little memory. */
#define BC_BUCKETS     16
#define BC_BUCKET_BITS 4

struct bc_id_ranges {
    struct bc_chunks added[BC_BUCKETS];
    struct bc_sorted {
        struct bc_id_range *at;
        size_t n;
    } sorted[BC_BUCKETS]; /* of buckets that were sorted */
};

static inline size_t bc_id_ranges_bucket(struct bc_id128 id)
{
    return id.half[0] >> (64 - BC_BUCKET_BITS);
}

static inline void bc_id_ranges_add(struct bc_id_ranges *ranges, struct bc_id128 id, uint32_t first,
                                    uint32_t end, uint32_t slices)
{
    struct bc_id_range *range =
        bc_chunks_add(&ranges->added[bc_id_ranges_bucket(id)], sizeof(*range));

    *range = (struct bc_id_range){ id, first, end & BC_DATE_MAX, slices & 0xff };
}

/* Moves the id ranges of `from` to those of `ranges`; none are sorted yet. */
void bc_id_ranges_join(struct bc_id_ranges *ranges, struct bc_id_ranges *from);
void bc_id_ranges_release(struct bc_id_ranges *ranges);

/* Sorts a bucket, by id, then by first date. It is in memory until it is dropped. */
const struct bc_sorted *bc_id_ranges_sort(struct bc_id_ranges *ranges, size_t bucket);
/* The same; those of one id that overlap or touch become one, whatever their slices. */
const struct bc_sorted *bc_id_ranges_merge(struct bc_id_ranges *ranges, size_t bucket);
void bc_id_ranges_drop(struct bc_id_ranges *ranges, size_t bucket);

/* The index of the first range of a bucket whose id is `id` or comes after it, or n. */
size_t bc_sorted_from(const struct bc_sorted *sorted, struct bc_id128 id);

#endif
