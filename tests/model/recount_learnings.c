#include "tests/model/recount_learnings.h"

#include "tests/model/recount_world.h"

#include <stdlib.h>

static void put(struct bc_buf *out, const char *before, struct bc_str text)
{
    if (text.len)
        bc_buf_printf(out, "%s%.*s", before, BC_STR_ARG(text));
}

static void put_instant(struct bc_buf *out, int64_t us)
{
    char text[BC_INSTANT_LEN];

    bc_instant_print_short(text, us);
    bc_buf_printf(out, "%s", text);
}

void recount_learnings_print(struct bc_buf *out, const struct bc_learnings *learnings)
{
    for (size_t i = 0; i < learnings->lesson_n; i++) {
        const struct bc_lesson *lesson = &learnings->lessons[i];

        put_instant(out, lesson->at_us);
        put(out, " ", lesson->text);
        put(out, ", topic ", lesson->topic);
        put(out, ", experiment ", lesson->experiment);
        put(out, ", deal ", lesson->deal);
        put(out, " in ", lesson->stage);
        put(out, ", by ", lesson->actor);
        bc_buf_add_byte(out, '\n');
    }
    for (size_t i = 0; i < learnings->missing_n; i++) {
        put(out, "missing ", learnings->missing[i].deal);
        put(out, " in ", learnings->missing[i].stage);
        bc_buf_add_byte(out, ' ');
        put_instant(out, learnings->missing[i].at_us);
        bc_buf_add_byte(out, '\n');
    }
}

/* By the deals of the world: one that is not there is in no stage. */
static struct bc_str stage_then(const struct world *world, struct bc_str id, int64_t us)
{
    for (size_t i = 0; i < world->deal_n; i++)
        for (size_t v = 0; bc_str_eq(world->deals[i].id, id) && v < world->deals[i].visit_n; v++) {
            const struct visit *visit = &world->deals[i].visits[v];

            if (visit->entered_us <= us && (visit->open || visit->left_us > us))
                return visit->id;
        }
    return (struct bc_str){ 0 };
}

/* What was learned by an event; false: nothing. */
static bool learned(const struct world *world, const struct bc_event *event,
                    struct bc_lesson *lesson)
{
    *lesson = (struct bc_lesson){
        .at_us = event->occurred_us, .seq = event->seq, .deal = event->deal, .actor = event->actor
    };
    if (event->body == BC_LEARNING_RECORDED) {
        lesson->text = event->value[1].text;
        lesson->topic = event->value[2].text;
    } else if (event->body == BC_EXPERIMENT_CONCLUDED && event->value[3].text.len) {
        lesson->text = event->value[3].text;
        lesson->experiment = event->value[1].text;
    } else {
        return false;
    }
    if (event->deal.len)
        lesson->stage = stage_then(world, event->deal, event->occurred_us);
    return true;
}

static int earlier_first(const void *a, const void *b)
{
    const struct bc_lesson *x = a, *y = b;

    if (x->at_us != y->at_us)
        return x->at_us < y->at_us ? -1 : 1;
    return x->seq < y->seq ? -1 : 1;
}

/* The last visit that was a close, or NULL. */
static const struct visit *close_of(const struct world *world, const struct deal *deal)
{
    for (size_t i = deal->visit_n; i-- > 0;) {
        const struct visit *visit = &deal->visits[i];
        const bool closed = visit->stage != BC_NO_STAGE &&
                            (world->rules->stages[visit->stage].kind == BC_STAGE_WON ||
                             world->rules->stages[visit->stage].kind == BC_STAGE_LOST);

        if (closed && !(i == 0 && visit->observed))
            return visit;
    }
    return NULL;
}

/* 30 civil days before an instant, at the same time of day there. */
static bool written(const struct world *world, const struct deal *deal, int64_t closed_us)
{
    const int64_t from_us = bc_zone_window_begin(world->rules->zone, closed_us, 30);

    for (size_t i = 0; i < deal->folded; i++) {
        const struct bc_event *event = deal->events[i];

        if (event->occurred_us < from_us)
            continue;
        if (event->body == BC_LEARNING_RECORDED ||
            (event->body == BC_ARTIFACT_LINKED &&
             bc_str_eq(event->value[1].text, BC_STR("win_loss_analysis"))))
            return true;
    }
    return false;
}

void recount_learnings(struct bc_buf *out, const struct bc_event *events, size_t n,
                       const struct recount_question *question, const struct bc_learnings_ask *ask)
{
    bc_arena *arena = bc_arena_new();
    struct bc_learnings found = { 0 };
    struct world world;

    world_make(&world, events, n, question, arena);
    found.lessons = bc_arena_alloc(arena, (n + 1) * sizeof(*found.lessons));
    found.missing = bc_arena_alloc(arena, (n + 1) * sizeof(*found.missing));
    for (size_t i = 0; i < world.event_n; i++) {
        struct bc_lesson lesson;

        if (learned(&world, world.events[i], &lesson) &&
            in_window(&world, ask->since_us, lesson.at_us) &&
            (!ask->by_topic || bc_str_eq(lesson.topic, ask->topic)))
            found.lessons[found.lesson_n++] = lesson;
    }
    qsort(found.lessons, found.lesson_n, sizeof(*found.lessons), earlier_first);
    for (size_t i = 0; i < world.deal_n; i++) {
        const struct deal *deal = &world.deals[i];
        const struct visit *close = close_of(&world, deal);

        if (close && deal_counts(&world, deal, ask->slice) && close->entered_us > ask->since_us &&
            !written(&world, deal, close->entered_us))
            found.missing[found.missing_n++] =
                (struct bc_unlearned){ deal->id, close->id, close->entered_us };
    }
    recount_learnings_print(out, &found);
    bc_arena_free(arena);
}
