#include "tests/sample/world.h"

#include "tests/sample/names.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define IMPORT_US ((int64_t)SAMPLE_IMPORT_DAY * BC_DAY_US + 9 * SAMPLE_HOUR_US)
#define OUTAGE_US ((int64_t)SAMPLE_OUTAGE_DAY * BC_DAY_US)
#define REPAIR_US (OUTAGE_US + 7 * BC_DAY_US + 10 * SAMPLE_HOUR_US)
#define END_US    ((int64_t)SAMPLE_END_DAY * BC_DAY_US + 18 * SAMPLE_HOUR_US)

/* Where each kind of event comes from. */
static const struct origin {
    const char *what, *system, *how;
} origins[] = {
    { "action", "asana", "TASK" },          { "agreement", "dropbox_sign", "WEBHOOK" },
    { "artifact", "asana", "ATTACHMENT" },  { "email", "hubspot", "SEQUENCE" },
    { "experiment", "asana", "TASK" },      { "handoff", "github", "ISSUE" },
    { "health", "asana", "STATUS_UPDATE" }, { "learning", "asana", "COMMENT" },
    { "lead", "hubspot", "FORM" },          { "meeting", "hubspot", "MEETINGS" },
    { "order", "sage", "ORDER" },           { "property", "hubspot", "CRM_UI" },
    { "service", "github", "ISSUE" },       { "stage", "hubspot", "CRM_UI" },
};

void sample_world_init(struct sample_world *world, uint64_t seed)
{
    *world = (struct sample_world){ .arena = bc_arena_new(), .seed = seed, .random = { seed } };
}

void sample_world_release(struct sample_world *world)
{
    free(world->events);
    bc_arena_free(world->arena);
}

/* In the order of recording, which is how a ledger accepts them; made first, recorded first. */
static int by_recording(const void *a, const void *b)
{
    const struct sample_event *x = a, *y = b;

    if (x->recorded_us != y->recorded_us)
        return x->recorded_us < y->recorded_us ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void print_event(struct bc_buf *out, const struct sample_event *event)
{
    char at[BC_INSTANT_LEN];

    bc_instant_print_short(at, event->occurred_us);
    bc_buf_printf(out, "{\"id\":\"%s\",\"occurredAt\":\"%s\"", event->id, at);
    bc_instant_print_short(at, event->recorded_us);
    bc_buf_printf(out, ",\"recordedAt\":\"%s\"", at);
    if (event->source_us) {
        bc_instant_print_short(at, event->source_us);
        bc_buf_printf(out, ",\"sourceRecordedAt\":\"%s\"", at);
    }
    bc_buf_printf(out, ",%s}\n", event->rest);
}

void sample_world_print(struct bc_buf *out, struct sample_world *world)
{
    qsort(world->events, world->event_n, sizeof(*world->events), by_recording);
    for (size_t i = 0; i < world->event_n; i++) {
        const struct sample_event *event = &world->events[i];

        if (event->recorded_us <= END_US && event->occurred_us <= END_US)
            print_event(out, event);
    }
}

int32_t sample_weekday(int32_t day)
{
    int32_t weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday; Monday is 0 */

    return weekday < 5 ? day : day + 7 - weekday;
}

/* Some time between eight and five, to the millisecond. */
static int64_t office_hours(struct sample_random *random, int32_t day)
{
    return day * BC_DAY_US + 8 * SAMPLE_HOUR_US +
           INT64_C(1000) * sample_between(random, 0, INT64_C(9) * 3600000);
}

struct sample_deal sample_deal_begin(struct sample_world *world, unsigned name, int32_t day)
{
    unsigned number = ++world->deal_n;
    struct sample_deal deal = { .world = world,
                                .random = { world->seed ^ (number * UINT64_C(0x2545f4914f6cdd1d)) },
                                .beside = { ~world->seed ^
                                            (number * UINT64_C(0x2545f4914f6cdd1d)) },
                                .note_n = 100,
                                .name = name,
                                .number = number };
    char id[64];

    snprintf(id, sizeof(id), "%03u-%s", number, sample_slug(world->arena, name));
    deal.id = bc_arena_copy(world->arena, bc_str_of(id)).at;
    deal.owner = 11 + (unsigned)sample_between(&deal.random, 0, 4);
    deal.now_us = office_hours(&deal.random, sample_weekday(day));
    return deal;
}

int32_t sample_today(const struct sample_deal *deal)
{
    return (int32_t)(deal->now_us / BC_DAY_US);
}

void sample_wait_days(struct sample_deal *deal, int32_t low, int32_t high)
{
    int32_t days = (int32_t)sample_between(&deal->random, low, high);

    deal->now_us = office_hours(&deal->random, sample_weekday(sample_today(deal) + days));
}

void sample_wait_minutes(struct sample_deal *deal, int64_t low, int64_t high)
{
    deal->now_us += sample_between(&deal->random, low * 60000, high * 60000) * 1000;
}

/* When the ledger learns of an event: mostly within minutes, sometimes after days or weeks. */
static void stamp(struct sample_event *event, struct sample_random *random)
{
    int64_t us = event->occurred_us;
    int64_t roll = sample_between(random, 0, 999);
    int64_t seen_us = us + sample_between(random, 1, 55000) * 1000;
    bool source_says = sample_chance(random, 50);

    event->recorded_us = us + sample_between(random, 60, 1200) * BC_SECOND_US;
    if (roll < 12)
        event->recorded_us += sample_between(random, 8, 40) * BC_DAY_US;
    else if (roll < 70)
        event->recorded_us += sample_between(random, 1, 6) * BC_DAY_US;
    else
        source_says = source_says && roll < 120;
    if (us < IMPORT_US) {
        event->recorded_us = IMPORT_US;
        source_says = true;
    } else if (us >= OUTAGE_US && us < REPAIR_US) {
        event->recorded_us = REPAIR_US;
        source_says = true;
    }
    event->source_us = source_says ? seen_us : 0;
}

static size_t keep(struct sample_world *world, struct sample_random *random, int64_t at_us,
                   const char *id, const struct bc_buf *rest)
{
    struct sample_event event = { .occurred_us = at_us, .order = world->event_n };

    event.id = bc_arena_copy(world->arena, bc_str_of(id)).at;
    event.rest = bc_arena_copy(world->arena, bc_buf_str(rest)).at;
    stamp(&event, random);
    BC_GROW(world->events, world->event_n, world->event_cap);
    world->events[world->event_n] = event;
    return world->event_n++;
}

static void add_source(struct bc_buf *rest, const struct sample_deal *deal, const char *what)
{
    const struct origin *origin = NULL;

    for (size_t i = 0; i < sizeof(origins) / sizeof(*origins) && !origin; i++) {
        if (strcmp(origins[i].what, what) == 0)
            origin = &origins[i];
    }
    if (!origin)
        bc_buf_printf(rest, "\"source\":{\"system\":\"manual\"},");
    else if (deal && strcmp(origin->system, "hubspot") == 0)
        bc_buf_printf(rest,
                      "\"source\":{\"system\":\"hubspot\",\"ref\":\"deals/%u\",\"how\":\"%s\"},",
                      40000 + deal->number * 7, origin->how);
    else
        bc_buf_printf(rest, "\"source\":{\"system\":\"%s\",\"how\":\"%s\"},", origin->system,
                      origin->how);
}

static void __attribute__((format(printf, 2, 0)))
add_body(struct bc_buf *rest, const char *format, va_list args)
{
    char body[2048];

    vsnprintf(body, sizeof(body), format, args);
    bc_buf_add_str(rest, bc_str_of(body));
}

static size_t __attribute__((format(printf, 6, 0)))
add_numbered(struct sample_deal *deal, struct sample_random *random, unsigned number, int64_t at_us,
             const char *what, const char *body, va_list args)
{
    struct bc_buf rest = { 0 };
    char id[128];
    size_t place;

    snprintf(id, sizeof(id), "sample:deal/%s/%s/%u", deal->id, what, number);
    bc_buf_printf(&rest, "\"deal\":\"%s\",\"actor\":\"user:%u\",", deal->id, deal->owner);
    add_source(&rest, deal, what);
    add_body(&rest, body, args);
    place = keep(deal->world, random, at_us, id, &rest);
    bc_buf_release(&rest);
    return place;
}

size_t sample_add_at(struct sample_deal *deal, int64_t at_us, const char *what, const char *body,
                     ...)
{
    va_list args;
    size_t place;

    va_start(args, body);
    place = add_numbered(deal, &deal->random, ++deal->event_n, at_us, what, body, args);
    va_end(args);
    return place;
}

size_t sample_note_at(struct sample_deal *deal, int64_t at_us, const char *what, const char *body,
                      ...)
{
    va_list args;
    size_t place;

    va_start(args, body);
    place = add_numbered(deal, &deal->beside, ++deal->note_n, at_us, what, body, args);
    va_end(args);
    return place;
}

void sample_add_team(struct sample_world *world, int64_t at_us, const char *what, unsigned n,
                     const char *body, ...)
{
    struct bc_buf rest = { 0 };
    char id[128];
    va_list args;

    snprintf(id, sizeof(id), "sample:team/%s/%u", what, n);
    bc_buf_printf(&rest, "\"actor\":\"user:10\",");
    add_source(&rest, NULL, what);
    va_start(args, body);
    add_body(&rest, body, args);
    va_end(args);
    keep(world, &world->random, at_us, id, &rest);
    bc_buf_release(&rest);
}

void sample_together(struct sample_world *world, size_t first, size_t second)
{
    struct sample_event *a = &world->events[first], *b = &world->events[second];

    if (a->recorded_us > b->recorded_us)
        b->recorded_us = a->recorded_us;
    a->recorded_us = b->recorded_us;
}

size_t sample_retract(struct sample_deal *deal, size_t event, const char *reason)
{
    struct sample_world *world = deal->world;
    size_t place =
        sample_add(deal, "retraction", "\"retracted\":{\"event\":\"%s\",\"reason\":\"%s\"}",
                   world->events[event].id, reason);

    /* It may only name an earlier event. */
    if (world->events[place].recorded_us < world->events[event].recorded_us)
        world->events[place].recorded_us = world->events[event].recorded_us;
    return place;
}

size_t sample_move(struct sample_deal *deal, const char *stage)
{
    return sample_add(deal, "stage", "\"stageChanged\":{\"to\":\"%s\"}", stage);
}

size_t sample_set(struct sample_deal *deal, const char *property, const char *value)
{
    return sample_add(deal, "property", "\"propertyChanged\":{\"name\":\"%s\",\"value\":\"%s\"}",
                      property, value);
}

size_t sample_set_day(struct sample_deal *deal, const char *property, int32_t day)
{
    char text[BC_DAY_LEN];

    bc_day_print(text, day);
    return sample_set(deal, property, text);
}

size_t sample_set_number(struct sample_deal *deal, const char *property, int64_t value)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRId64, value);
    return sample_set(deal, property, text);
}

void sample_note_property(struct sample_deal *deal, const char *property, const char *value)
{
    sample_note(deal, "property", "\"propertyChanged\":{\"name\":\"%s\",\"value\":\"%s\"}",
                property, value);
}

void sample_note_currency(struct sample_deal *deal)
{
    sample_note_property(deal, "currency", sample_pays_euros(deal->name) ? "EUR" : "USD");
}

void sample_note_target(struct sample_deal *deal, int32_t day)
{
    char text[BC_DAY_LEN];

    bc_day_print(text, day);
    sample_note_property(deal, "target_start", text);
    bc_day_print(text, bc_day_add_months(day, 12) - 1);
    sample_note_property(deal, "target_end", text);
}
