#include "projections/events/recorded_late.h"

#include "projections/events/deal_events.h"

#include <stdlib.h>

struct reading {
    bc_log *log;
    const struct bc_visible *visible;
    int64_t since_us, upto_us;
    /* Late events, and retractions, which may be of them: in the order of the log. */
    struct bc_fate *fates;
    int64_t *at_us; /* when each occurred */
    size_t n, fate_cap, at_cap;
};

static int64_t recorded_of(const struct reading *reading, const struct bc_event *event)
{
    return reading->visible->by_source && event->has_source_recorded ? event->source_recorded_us
                                                                     : event->recorded_us;
}

static bool is_late(const struct reading *reading, const struct bc_event *event)
{
    const int64_t recorded_us = recorded_of(reading, event);

    return recorded_us > reading->since_us && recorded_us <= reading->upto_us &&
           event->occurred_us < reading->since_us;
}

static void see(struct reading *reading, const struct bc_event *event)
{
    const bool retracts = event->body == BC_RETRACTED;

    if (!bc_visible_has(reading->visible, event->seq,
                        event->has_source_recorded ? &event->source_recorded_us : NULL))
        return;
    if (!retracts && !is_late(reading, event))
        return;
    BC_GROW(reading->fates, reading->n, reading->fate_cap);
    BC_GROW(reading->at_us, reading->n, reading->at_cap);
    reading->fates[reading->n] = (struct bc_fate){ .seq = event->seq, .retracts = retracts };
    reading->at_us[reading->n++] = event->occurred_us;
}

static bc_status read_from(struct reading *reading, uint64_t first, uint64_t last,
                           struct bc_err *err)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc;

    if (first > last)
        return BC_OK;
    rc = bc_cursor_open(&cursor, reading->log, first, last, err);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK)
            see(reading, event);
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

static bool has_late(const struct reading *reading)
{
    for (size_t i = 0; i < reading->n; i++)
        if (!reading->fates[i].retracts)
            return true;
    return false;
}

/* Retractions may come after `upto`: where something is late they are read up to the last one that
 * is known. The ledger's own clock ascends with the log, a source's does not. */
static bc_status read_log(struct reading *reading, struct bc_err *err)
{
    const struct bc_visible *visible = reading->visible;
    const uint64_t size = bc_log_head(reading->log)->size;
    const uint64_t known =
        visible->asked && !visible->by_source && visible->seq < size ? visible->seq : size;
    uint64_t before = 0, last = known;
    bc_status rc = BC_OK;

    if (!visible->by_source) {
        rc = bc_log_seq_recorded_by(reading->log, reading->since_us, &before, err);
        if (rc == BC_OK)
            rc = bc_log_seq_recorded_by(reading->log, reading->upto_us, &last, err);
    }
    last = last < known ? last : known;
    if (rc == BC_OK)
        rc = read_from(reading, before + 1, last, err);
    return rc == BC_OK && has_late(reading) ? read_from(reading, last + 1, known, err) : rc;
}

/* Keeps the first ones in their order; those that come are in the order of seq. */
static void place(struct bc_recorded_late *out, int64_t at_us, uint64_t seq)
{
    size_t at = out->shown;

    while (at && at_us < out->first[at - 1].at_us)
        at--;
    if (at == BC_LATE_SHOWN)
        return;
    if (out->shown < BC_LATE_SHOWN)
        out->shown++;
    for (size_t i = out->shown - 1; i > at; i--)
        out->first[i] = out->first[i - 1];
    out->first[at] = (struct bc_late_event){ .seq = seq, .at_us = at_us };
}

static bc_status count(struct bc_recorded_late *out, struct reading *reading, struct bc_err *err)
{
    bc_status rc = bc_fates_mark(reading->fates, reading->n, reading->log, err);

    for (size_t i = 0; rc == BC_OK && i < reading->n; i++) {
        if (reading->fates[i].retracts || reading->fates[i].by)
            continue;
        out->n++;
        place(out, reading->at_us[i], reading->fates[i].seq);
    }
    return rc;
}

static bc_status name(struct bc_recorded_late *out, const struct reading *reading,
                      struct bc_late_event *late, struct bc_err *err)
{
    bc_arena *scratch = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_status rc = bc_log_get(reading->log, late->seq, &event, &bytes, scratch, err);

    if (rc == BC_OK) {
        late->recorded_us = recorded_of(reading, &event);
        late->body = event.body;
        late->event = bc_arena_copy(out->arena, event.id);
        late->deal = bc_arena_copy(out->arena, event.deal);
    }
    bc_buf_release(&bytes);
    bc_arena_free(scratch);
    return rc;
}

bc_status bc_recorded_late_read(struct bc_recorded_late *out, bc_log *log,
                                const struct bc_visible *visible, int64_t since_us, int64_t upto_us,
                                struct bc_err *err)
{
    struct reading reading = {
        .log = log, .visible = visible, .since_us = since_us, .upto_us = upto_us
    };
    struct bc_recorded_late late = { .arena = bc_arena_new() };
    bc_status rc = read_log(&reading, err);

    if (rc == BC_OK)
        rc = count(&late, &reading, err);
    for (size_t i = 0; rc == BC_OK && i < late.shown; i++)
        rc = name(&late, &reading, &late.first[i], err);
    free(reading.fates);
    free(reading.at_us);
    if (rc == BC_OK)
        *out = late;
    else
        bc_recorded_late_release(&late);
    return rc;
}

void bc_recorded_late_release(struct bc_recorded_late *late)
{
    bc_arena_free(late->arena);
    *late = (struct bc_recorded_late){ 0 };
}
