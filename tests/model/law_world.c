#include "tests/model/law_world.h"

#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/story.h"

#include <string.h>

bc_log *law_log(void)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    return log;
}

bc_timelines *law_timelines(bc_log *log)
{
    bc_timelines *timelines = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    return timelines;
}

void law_world_open(struct law_world *world, unsigned n)
{
    struct history_plan plan = history_plan_of(n, &world->zone);
    struct bc_err err = { 0 };
    size_t half;

    world->added = (struct events){ 0 };
    world->rules = rules_of_law(n, bc_zone_name(world->zone));
    history_make(&world->history, &plan);
    world->log = law_log();
    half = world->history.offered.n * (n % 4) / 3;
    events_append(world->log, world->history.offered.at, half);
    check_ok(bc_timelines_update(world->log, &err), &err);
    events_append(world->log, world->history.offered.at + half, world->history.offered.n - half);
    world->timelines = law_timelines(world->log);
}

void law_world_append(struct law_world *world)
{
    bc_timelines_free(world->timelines);
    events_append(world->log, world->added.at, world->added.n);
    world->timelines = law_timelines(world->log);
    for (size_t i = 0; i < world->added.n; i++)
        events_add_copy(&world->history.logged, &world->added.at[i]);
}

void law_world_close(struct law_world *world)
{
    bc_timelines_free(world->timelines);
    bc_log_close(world->log);
    history_release(&world->history);
    events_release(&world->added);
    bc_rules_free(world->rules);
    bc_zone_free(world->zone);
}

struct recount_question law_question(const struct law_world *world, size_t i)
{
    const struct history *history = &world->history;

    return (struct recount_question){ .as_of_us = history->asked[i % history->asked_n],
                                      .has_known = i % 3 != 0,
                                      .known_us = history->known[i % history->known_n],
                                      .clock_source = i % 3 == 2,
                                      .threads = 1,
                                      .rules = world->rules };
}

struct bc_question law_asked(const struct recount_question *question)
{
    return (struct bc_question){ .rules = question->rules,
                                 .as_of_us = &question->as_of_us,
                                 .date_n = 1,
                                 .known_asked = question->has_known,
                                 .known_us = question->known_us,
                                 .by_source = question->clock_source,
                                 .threads = question->threads };
}

bc_log *law_log_by(const struct law_world *world, int64_t known_us)
{
    const struct events *logged = &world->history.logged;
    bc_log *part = law_log();
    size_t n = 0;

    while (n < logged->n && logged->at[n].recorded_us <= known_us)
        n++;
    events_append(part, logged->at, n);
    return part;
}

void law_same(const char *what, unsigned n, struct bc_buf *got, struct bc_buf *want)
{
    bc_buf_add_byte(got, '\0');
    bc_buf_add_byte(want, '\0');
    if (strcmp(got->at, want->at) != 0)
        fail_msg("world %u, %s:\n%swanted:\n%s", n, what, got->at, want->at);
    got->len = want->len = 0;
}

int64_t law_day_end(const bc_rules *rules, const char *text)
{
    int32_t day;

    if (!bc_day_parse(&day, bc_str_of(text)))
        return story_when(text);
    return bc_zone_day_end(rules->zone, day);
}
