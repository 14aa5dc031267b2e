/* projections/metrics/marks.h - shares that carry an id and are counted when all are told: the same
 * meeting counts once, a renewed deal does not count. */
#ifndef BC_PROJECTIONS_METRICS_MARKS_H
#define BC_PROJECTIONS_METRICS_MARKS_H

#include "projections/facts/facts.h"
#include "projections/metrics/chain.h"

/* In how many dates and slices a mark or a sample can say where it is. */
#define BC_DATE_MAX ((1u << 24) - 1)

struct bc_mark {
    struct bc_id128 id;
    uint32_t first;
    uint32_t end : 24, slices : 8; /* dates first <= date < end; a bit each slice */
};

/* Marks in heaps by the first bits of their ids, so that one after another can be sorted and
 * counted in little memory. */
#define BC_HEAPS     16
#define BC_HEAP_BITS 4

struct bc_marks {
    struct bc_chain told[BC_HEAPS];
    struct bc_sorted {
        struct bc_mark *at;
        size_t n;
    } sorted[BC_HEAPS]; /* of heaps that were sorted */
};

static inline size_t bc_marks_heap(struct bc_id128 id)
{
    return id.half[0] >> (64 - BC_HEAP_BITS);
}

static inline void bc_marks_add(struct bc_marks *marks, struct bc_id128 id, uint32_t first,
                                uint32_t end, uint32_t slices)
{
    struct bc_mark *mark = bc_chain_add(&marks->told[bc_marks_heap(id)], sizeof(*mark));

    *mark = (struct bc_mark){ id, first, end & BC_DATE_MAX, slices & 0xff };
}

/* Moves the marks of `from` to those of `marks`; none are sorted yet. */
void bc_marks_join(struct bc_marks *marks, struct bc_marks *from);
void bc_marks_release(struct bc_marks *marks);

/* Sorts a heap, by id, then by first date. It is there until it is dropped. */
const struct bc_sorted *bc_marks_sort(struct bc_marks *marks, size_t heap);
/* The same; of one id those that overlap or touch become one, whatever their slices. */
const struct bc_sorted *bc_marks_merge(struct bc_marks *marks, size_t heap);
void bc_marks_drop(struct bc_marks *marks, size_t heap);

/* The number of the first mark of a heap that has an id, or n. */
size_t bc_sorted_find(const struct bc_sorted *sorted, struct bc_id128 id);

#endif
