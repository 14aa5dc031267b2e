/* tests/support/events.c - growing an array of events. */
#include "tests/support/events.h"

#include "ledger/record/codec.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

void events_release(struct events *events)
{
    free(events->at);
    bc_arena_free(events->arena);
    *events = (struct events){ 0 };
}

static bc_arena *arena_of(struct events *events)
{
    if (!events->arena)
        events->arena = bc_arena_new();
    return events->arena;
}

static struct bc_str keep(struct events *events, const char *text)
{
    return *text ? bc_arena_copy(arena_of(events), bc_str_of(text)) : (struct bc_str){ 0 };
}

struct bc_event *events_add(struct events *events, enum bc_body body, const char *id,
                            const char *deal, int64_t occurred_us, int64_t recorded_us)
{
    BC_GROW(events->at, events->n, events->cap);
    struct bc_event *event = &events->at[events->n++];
    *event = (struct bc_event){ .seq = events->n,
                                .recorded_us = recorded_us,
                                .has_recorded = true,
                                .id = keep(events, id),
                                .has_occurred = true,
                                .occurred_us = occurred_us,
                                .deal = keep(events, deal),
                                .body = body };
    return event;
}

void events_add_copy(struct events *events, const struct bc_event *event)
{
    struct bc_event copy = *event; /* it may lie in the array that grows now */
    BC_GROW(events->at, events->n, events->cap);
    events->at[events->n++] = copy;
    events->at[events->n - 1].seq = events->n;
}

const char *events_printf(struct events *events, const char *format, ...)
{
    char text[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    return bc_arena_copy(arena_of(events), bc_str_of(text)).at;
}

static struct bc_value *value_of(struct events *events, unsigned field)
{
    return &events->at[events->n - 1].value[field];
}

void events_set_text(struct events *events, unsigned field, const char *text)
{
    value_of(events, field)->text = keep(events, text);
}

void events_set_yes(struct events *events, unsigned field, bool yes)
{
    value_of(events, field)->yes = yes;
}

void events_set_time(struct events *events, unsigned field, int64_t us)
{
    value_of(events, field)->set = true;
    value_of(events, field)->us = us;
}

static int by_bytes(const void *a, const void *b)
{
    return bc_str_cmp(*(const struct bc_str *)a, *(const struct bc_str *)b);
}

size_t events_deals(struct bc_str *out, const struct bc_event *events, size_t n)
{
    size_t told = 0, kept = 0;

    for (size_t i = 0; i < n; i++)
        if (events[i].deal.len)
            out[told++] = events[i].deal;
    qsort(out, told, sizeof(*out), by_bytes);
    for (size_t i = 0; i < told; i++)
        if (i == 0 || !bc_str_eq(out[i], out[kept - 1]))
            out[kept++] = out[i];
    return kept;
}

/* A deal merged into itself is refused today, and taken as an older ledger holds it. */
static bc_status append_one(bc_append *append, const struct bc_event *event, uint64_t seq,
                            struct bc_err *err)
{
    struct bc_buf stored = { 0 };
    bc_status rc;

    if (event->body != BC_DEAL_MERGED ||
        !bc_str_eq(event->value[BC_DEAL_MERGED_INTO].text, event->deal))
        return bc_append_add(append, event, seq, true, NULL, NULL, err);
    bc_encode_prefix(&stored, seq, event->recorded_us);
    bc_encode_content(&stored, event);
    rc = bc_append_add_stored(append, event, bc_buf_str(&stored), err);
    bc_buf_release(&stored);
    return rc;
}

void events_append(bc_log *log, const struct bc_event *events, size_t n)
{
    bc_append *append = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_append_open(&append, log, n ? events[n - 1].recorded_us : 0, &err), &err);
    for (size_t i = 0; i < n; i++)
        check_ok(append_one(append, &events[i],
                            bc_log_head(log)->size + bc_append_sum(append).added + 1, &err),
                 &err);
    check_ok(bc_append_commit(append, &err), &err);
    bc_append_free(append);
}
