/* What deals have learned stands with them. What an experiment has learned is about no deal, though
 * it may name one: the walk only tells the stage in which that deal was then. */
#include "projections/closing/learnings.h"

#include "projections/closing/close.h"
#include "projections/facts/learning.h"
#include "projections/walk/about_none.h"

#include <stdlib.h>

struct lessons {
    struct bc_lesson *at;
    size_t n, cap;
};

struct making {
    struct bc_learnings **out;
    const struct bc_learnings_ask *ask;
    struct bc_walk walk;
    struct bc_about_none none;
    struct bc_learnings *learnings;
    struct lessons alone; /* those about no deal, and of experiments; by deal */
    struct lessons all;
    size_t missing_cap;
};

/* Of one of those that stand alone, the stage of its deal then. */
struct stage_then {
    size_t lesson;
    struct bc_str stage;
};

/* Some of the deals. */
struct part {
    const struct making *making;
    bc_arena *arena;
    struct lessons lessons;
    struct bc_unlearned *missing;
    size_t missing_n, missing_cap;
    struct stage_then *stages;
    size_t stage_n, stage_cap;
};

static void add_lesson(struct lessons *lessons, bc_arena *arena, struct bc_lesson lesson)
{
    struct bc_str *const texts[] = { &lesson.text, &lesson.topic, &lesson.experiment,
                                     &lesson.deal, &lesson.stage, &lesson.actor };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        *texts[i] = bc_arena_copy(arena, *texts[i]);
    BC_GROW(lessons->at, lessons->n, lessons->cap);
    lessons->at[lessons->n++] = lesson;
}

static bool is_asked(const struct making *making, int64_t at_us, struct bc_str topic)
{
    const struct bc_learnings_ask *ask = making->ask;

    return at_us > ask->since_us && at_us <= making->walk.wants.until_us &&
           (!ask->by_topic || bc_str_eq(topic, ask->topic));
}

/* --- one deal --- */

static struct bc_str stage_at(const struct bc_walk *walk, const struct bc_deal *deal, int64_t us)
{
    const struct bc_visit *visit = bc_deal_visit_at(deal, us);

    return visit ? bc_walk_stage(walk, visit) : (struct bc_str){ 0 };
}

static void add_own(struct part *part, const struct bc_deal *deal)
{
    const struct making *making = part->making;

    for (size_t i = 0; i < deal->learning_n; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];
        const struct bc_str topic = bc_learning_text(fact, BC_TEXT_LESSON_TOPIC);

        if (fact->kind == BC_FACT_LESSON && is_asked(making, fact->occurred_us, topic))
            add_lesson(&part->lessons, part->arena,
                       (struct bc_lesson){
                           .at_us = fact->occurred_us,
                           .seq = fact->seq,
                           .text = bc_learning_text(fact, BC_TEXT_LESSON_TEXT),
                           .topic = topic,
                           .deal = deal->id,
                           .stage = stage_at(&making->walk, deal, fact->occurred_us),
                           .actor = bc_learning_text(fact, BC_TEXT_LESSON_ACTOR),
                       });
    }
}

/* The first of those that stand alone whose deal is not before this one. */
static size_t first_of(const struct lessons *alone, struct bc_str deal)
{
    size_t low = 0, high = alone->n;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (bc_str_cmp(alone->at[middle].deal, deal) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_stages(struct part *part, const struct bc_deal *deal)
{
    const struct lessons *alone = &part->making->alone;

    for (size_t i = first_of(alone, deal->id);
         i < alone->n && bc_str_eq(alone->at[i].deal, deal->id); i++) {
        BC_GROW(part->stages, part->stage_n, part->stage_cap);
        part->stages[part->stage_n++] =
            (struct stage_then){ i, stage_at(&part->making->walk, deal, alone->at[i].at_us) };
    }
}

static void add_missing(struct part *part, const struct bc_deal *deal)
{
    const struct bc_walk *walk = &part->making->walk;
    const size_t last = bc_close_last(walk, deal);
    const struct bc_visit *close;
    struct bc_close_window window;

    if (last == BC_NO_VISIT || deal->visits[last].entered_us <= part->making->ask->since_us)
        return;
    close = &deal->visits[last];
    window = bc_close_window_of(walk, close->entered_us);
    if (bc_close_written(deal, &window))
        return;
    BC_GROW(part->missing, part->missing_n, part->missing_cap);
    part->missing[part->missing_n++] =
        (struct bc_unlearned){ .deal = bc_arena_copy(part->arena, deal->id),
                               .stage = bc_walk_stage(walk, close),
                               .at_us = close->entered_us };
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;

    (void)err;
    add_own(part, deal);
    add_stages(part, deal);
    bc_view_at(view, deal);
    if (bc_view_present(view, 0) && bc_view_slices(view, 0) >> part->making->ask->slice & 1)
        add_missing(part, deal);
    return BC_OK;
}

/* --- all of them --- */

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;

    part->making = of;
    part->arena = bc_arena_new();
}

static void join_part(void *payload, void *of)
{
    struct making *making = payload;
    const struct part *part = of;
    struct bc_learnings *learnings = making->learnings;
    bc_arena *arena = learnings->arena;

    for (size_t i = 0; i < part->lessons.n; i++)
        add_lesson(&making->all, arena, part->lessons.at[i]);
    for (size_t i = 0; i < part->stage_n; i++)
        making->alone.at[part->stages[i].lesson].stage = part->stages[i].stage;
    for (size_t i = 0; i < part->missing_n; i++) {
        struct bc_unlearned one = part->missing[i];

        one.deal = bc_arena_copy(arena, one.deal);
        one.stage = bc_arena_copy(arena, one.stage);
        BC_GROW(learnings->missing, learnings->missing_n, making->missing_cap);
        learnings->missing[learnings->missing_n++] = one;
    }
}

static void end_part(void *payload)
{
    struct part *part = payload;

    bc_arena_free(part->arena);
    free(part->lessons.at);
    free(part->missing);
    free(part->stages);
}

static int by_deal(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_lesson *)a)->deal, ((const struct bc_lesson *)b)->deal);
}

static int by_time(const void *a, const void *b)
{
    const struct bc_lesson *left = a, *right = b;

    return bc_fold_order(left->at_us, left->seq, right->at_us, right->seq);
}

static struct bc_lesson lesson_alone(const struct bc_fact_at *fact)
{
    struct bc_lesson lesson = { .at_us = fact->occurred_us, .seq = fact->seq };

    if (fact->kind == BC_FACT_LESSON) {
        lesson.text = bc_learning_text(fact, BC_TEXT_LESSON_TEXT);
        lesson.topic = bc_learning_text(fact, BC_TEXT_LESSON_TOPIC);
        lesson.actor = bc_learning_text(fact, BC_TEXT_LESSON_ACTOR);
    } else {
        lesson.text = bc_learning_text(fact, BC_TEXT_CONCLUSION_LEARNING);
        lesson.experiment = bc_learning_text(fact, BC_TEXT_CONCLUSION_EXPERIMENT);
        lesson.deal = bc_learning_text(fact, BC_TEXT_CONCLUSION_DEAL);
        lesson.actor = bc_learning_text(fact, BC_TEXT_CONCLUSION_ACTOR);
    }
    return lesson;
}

static void add_alone(struct making *making)
{
    for (size_t i = 0; i < making->none.n; i++) {
        const struct bc_lesson lesson = lesson_alone(&making->none.facts[i]);

        if (lesson.text.len && is_asked(making, lesson.at_us, lesson.topic))
            add_lesson(&making->alone, making->learnings->arena, lesson);
    }
    if (making->alone.n)
        qsort(making->alone.at, making->alone.n, sizeof(*making->alone.at), by_deal);
}

static bc_status prepare(struct making *making, struct bc_err *err)
{
    struct bc_walk *walk = &making->walk;
    bc_status rc =
        bc_about_none_read(&making->none, walk->timelines, walk->rules, walk->visible,
                           BC_FACT_BIT(BC_FACT_LESSON) | BC_FACT_BIT(BC_FACT_CONCLUSION), err);

    if (rc == BC_OK)
        add_alone(making);
    walk->wants.kinds |= BC_FACT_BIT(BC_FACT_LESSON) | BC_FACT_BIT(BC_FACT_ARTIFACT);
    return rc;
}

static void finish(struct making *making)
{
    struct bc_learnings *learnings = making->learnings;

    for (size_t i = 0; i < making->alone.n; i++)
        add_lesson(&making->all, learnings->arena, making->alone.at[i]);
    if (making->all.n)
        qsort(making->all.at, making->all.n, sizeof(*making->all.at), by_time);
    learnings->lessons = making->all.at;
    learnings->lesson_n = making->all.n;
    making->all = (struct lessons){ 0 };
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;

    (void)err;
    if (rc == BC_OK) {
        finish(making);
        *making->out = making->learnings;
    } else {
        bc_learnings_free(making->learnings);
    }
    bc_walk_release(&making->walk);
    bc_about_none_release(&making->none);
    free(making->alone.at);
    free(making->all.at);
    free(making);
    return rc;
}

bc_status bc_learnings_begin(struct bc_walked *walked, struct bc_learnings **out,
                             bc_timelines *timelines, const struct bc_question *question,
                             const struct bc_learnings_ask *ask, struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    making->ask = ask;
    making->learnings = bc_calloc(1, sizeof(*making->learnings));
    making->learnings->arena = bc_arena_new();
    rc = bc_walk_init(&making->walk, timelines, question, err);
    return rc < 0 ? rc : prepare(making, err);
}

bc_status bc_learnings_make(struct bc_learnings **out, bc_timelines *timelines,
                            const struct bc_question *question, const struct bc_learnings_ask *ask,
                            struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_learnings_begin(&walked, out, timelines, question, ask, err);

    return bc_walk_answer(&walked, 1, rc, err);
}

void bc_learnings_free(struct bc_learnings *learnings)
{
    if (!learnings)
        return;
    free(learnings->lessons);
    free(learnings->missing);
    bc_arena_free(learnings->arena);
    free(learnings);
}
