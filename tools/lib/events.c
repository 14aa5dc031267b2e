/* tools/lib/events.c - the events of the log, one after the other. */
#include "tools/json/event_json.h"
#include "tools/lib/handle.h"
#include "tools/lib/held.h"

struct events {
    backcast_event_fn *take;
    void *to;
    bc_arena *arena; /* of one event */
    struct bc_buf json;
    bool stopped;
};

static void hand_on(struct events *events, const struct bc_event *event, struct bc_str stored)
{
    bc_arena *arena = events->arena;
    struct backcast_event shown = {
        .seq = event->seq,
        .id = held_text(arena, event->id),
        .deal = held_text(arena, event->deal),
        .actor = held_text(arena, event->actor),
        .system = held_text(arena, event->source_system),
        .ref = held_text(arena, event->source_ref),
        .how = held_text(arena, event->source_how),
        .occurred_us = event->occurred_us,
        .recorded_us = event->recorded_us,
        .source_recorded_us = event->source_recorded_us,
        .has_source_recorded = event->has_source_recorded,
        .body = held_body(arena, event),
        .stored = stored.at,
        .stored_len = stored.len,
    };

    events->json.len = 0;
    shown.unknown = event_json_add(&events->json, event);
    shown.json_len = events->json.len;
    bc_buf_add_byte(&events->json, '\0');
    shown.json = events->json.at;
    events->stopped = events->take(events->to, &shown) != 0;
    bc_arena_reset(arena);
}

static bc_status walk(struct events *events, bc_log *log, uint64_t first, uint64_t last,
                      struct bc_err *err)
{
    const uint64_t size = bc_log_head(log)->size;
    const struct bc_event *event;
    struct bc_str stored;
    bc_cursor *cursor = NULL;
    bc_status rc;

    if (first == 0)
        return bc_err_set(err, BC_E_USAGE, "there is no event 0, the first one is 1");
    if (last == 0 || last > size)
        last = size;
    if (first > last)
        return BC_OK;
    rc = bc_cursor_open(&cursor, log, first, last, err);
    while (rc == BC_OK && !events->stopped) {
        rc = bc_cursor_next(cursor, &event, &stored, err);
        if (rc == BC_OK)
            hand_on(events, event, stored);
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

enum backcast_status backcast_events(backcast_ledger *ledger, uint64_t first, uint64_t last,
                                     backcast_event_fn *take, void *to)
{
    struct events events = { .take = take, .to = to, .arena = bc_arena_new() };
    struct bc_err err = { 0 };
    enum backcast_status status;
    struct call call;
    bc_status rc;

    call_begin(&call, ledger);
    rc = call_open(&call, &err);
    if (rc == BC_OK)
        rc = walk(&events, ledger->opened.log, first, last, &err);
    status = call_end_as(&call, rc, &err);
    bc_arena_free(events.arena);
    bc_buf_release(&events.json);
    if (!events.stopped)
        return status;
    call_say(ledger, "%s", "the walk was not wanted to its end");
    return BACKCAST_STOPPED;
}
