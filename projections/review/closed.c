#include "projections/review/closed.h"

#include "projections/closing/close.h"
#include "projections/facts/learning.h"

#include <stdlib.h>

struct making {
    struct bc_closed **out;
    struct bc_walk walk;
    unsigned slice;
    int64_t since_us;
    struct bc_closed *closed;
    size_t cap;
};

/* Some of the deals. */
struct part {
    const struct making *making;
    bc_arena *arena;
    struct bc_closed_deal *at;
    size_t n, cap;
};

/* --- one deal --- */

/* The texts of its facts of a kind in the window, in their order; `out` NULL: how many. */
static size_t texts_of(struct bc_str *out, const struct bc_deal *deal,
                       const struct bc_close_window *window, enum bc_learning_kind kind,
                       size_t text)
{
    size_t n = 0;

    for (size_t i = 0; i < deal->learning_n; i++) {
        if (deal->learning[i].kind != kind || !bc_close_in(window, &deal->learning[i]))
            continue;
        if (out)
            out[n] = bc_learning_text(&deal->learning[i], text);
        n++;
    }
    return n;
}

static struct bc_str *copy_texts(size_t *n, bc_arena *arena, const struct bc_deal *deal,
                                 const struct bc_close_window *window, enum bc_learning_kind kind,
                                 size_t text)
{
    struct bc_str *texts;

    *n = texts_of(NULL, deal, window, kind, text);
    texts = bc_arena_alloc(arena, (*n + 1) * sizeof(*texts));
    (void)texts_of(texts, deal, window, kind, text);
    for (size_t i = 0; i < *n; i++)
        texts[i] = bc_arena_copy(arena, texts[i]);
    return texts;
}

static size_t sort_once(struct bc_str *texts, size_t n)
{
    size_t kept = 0;

    qsort(texts, n, sizeof(*texts), bc_str_order);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !bc_str_eq(texts[kept - 1], texts[i]))
            texts[kept++] = texts[i];
    return kept;
}

static void add_closed(struct part *part, const struct bc_deal *deal, size_t i)
{
    const struct bc_walk *walk = &part->making->walk;
    const struct bc_visit *close = &deal->visits[i];
    const struct bc_close_window window = bc_close_window_of(walk, close->entered_us);
    struct bc_closed_deal one = { .deal = bc_arena_copy(part->arena, deal->id),
                                  .stage = bc_walk_stage(walk, close),
                                  .at_us = close->entered_us,
                                  .lost = bc_stage_in(walk->rules->lost, close->stage),
                                  .written = bc_close_written(deal, &window),
                                  .taken_us = close->entered_us - deal->visits[0].entered_us };
    struct bc_str *artifacts = copy_texts(&one.artifact_n, part->arena, deal, &window,
                                          BC_FACT_ARTIFACT, BC_TEXT_ARTIFACT_KIND);

    one.artifact_n = sort_once(artifacts, one.artifact_n);
    one.artifacts = artifacts;
    one.learnings = copy_texts(&one.learning_n, part->arena, deal, &window, BC_FACT_LESSON,
                               BC_TEXT_LESSON_TEXT);
    if (one.lost)
        one.reason = bc_arena_copy(part->arena, bc_close_reason(walk, deal, i));
    BC_GROW(part->at, part->n, part->cap);
    part->at[part->n++] = one;
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    const size_t last = bc_close_last(&making->walk, deal);

    (void)err;
    if (last == BC_NO_VISIT || deal->visits[last].entered_us <= making->since_us)
        return BC_OK;
    bc_view_at(view, deal);
    if (bc_view_present(view, 0) && bc_view_slices(view, 0) >> making->slice & 1)
        add_closed(part, deal, last);
    return BC_OK;
}

/* --- all of them --- */

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;

    part->making = of;
    part->arena = bc_arena_new();
}

static const struct bc_str *copy_all(bc_arena *arena, const struct bc_str *texts, size_t n)
{
    struct bc_str *copies = bc_arena_alloc(arena, (n + 1) * sizeof(*copies));

    for (size_t i = 0; i < n; i++)
        copies[i] = bc_arena_copy(arena, texts[i]);
    return copies;
}

static void join_part(void *payload, void *of)
{
    struct making *making = payload;
    const struct part *part = of;
    struct bc_closed *closed = making->closed;

    for (size_t i = 0; i < part->n; i++) {
        struct bc_closed_deal one = part->at[i];

        one.deal = bc_arena_copy(closed->arena, one.deal);
        one.stage = bc_arena_copy(closed->arena, one.stage);
        one.reason = bc_arena_copy(closed->arena, one.reason);
        one.learnings = copy_all(closed->arena, one.learnings, one.learning_n);
        one.artifacts = copy_all(closed->arena, one.artifacts, one.artifact_n);
        BC_GROW(closed->at, closed->n, making->cap);
        closed->at[closed->n++] = one;
    }
}

static void end_part(void *payload)
{
    struct part *part = payload;

    bc_arena_free(part->arena);
    free(part->at);
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;

    (void)err;
    if (rc == BC_OK)
        *making->out = making->closed;
    else
        bc_closed_free(making->closed);
    bc_walk_release(&making->walk);
    free(making);
    return rc;
}

bc_status bc_closed_begin(struct bc_walked *walked, struct bc_closed **out, bc_timelines *timelines,
                          const struct bc_question *question, unsigned slice, int64_t since_us,
                          struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    making->slice = slice;
    making->since_us = since_us;
    making->closed = bc_calloc(1, sizeof(*making->closed));
    making->closed->arena = bc_arena_new();
    rc = bc_walk_init(&making->walk, timelines, question, err);
    making->walk.wants.kinds |= BC_FACT_BIT(BC_FACT_LESSON) | BC_FACT_BIT(BC_FACT_ARTIFACT) |
                                BC_FACT_BIT(BC_FACT_LOST_BECAUSE);
    return rc;
}

bc_status bc_closed_make(struct bc_closed **out, bc_timelines *timelines,
                         const struct bc_question *question, unsigned slice, int64_t since_us,
                         struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_closed_begin(&walked, out, timelines, question, slice, since_us, err);

    return bc_walk_answer(&walked, 1, rc, err);
}

void bc_closed_free(struct bc_closed *closed)
{
    if (!closed)
        return;
    bc_arena_free(closed->arena);
    free(closed->at);
    free(closed);
}
