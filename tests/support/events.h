/* tests/support/events.h - a log made by hand: events in the order of the log, with their texts. */
#ifndef BC_TESTS_SUPPORT_EVENTS_H
#define BC_TESTS_SUPPORT_EVENTS_H

#include "ledger/log/log.h"
#include "ledger/record/event.h"

/* `{ 0 }` is empty. Texts live in `arena`, which is made at the first use. */
struct events {
    bc_arena *arena;
    struct bc_event *at;
    size_t n, cap;
};
void events_release(struct events *events);

/* Adds an event with the next seq. The pointer lives until the next call. */
struct bc_event *events_add(struct events *events, enum bc_body body, const char *id,
                            const char *deal, int64_t occurred_us, int64_t recorded_us);
/* Adds a copy of an event of the same array, or of another whose texts live as long; it gets the
 * next seq. */
void events_add_copy(struct events *events, const struct bc_event *event);
/* A text of the arena. */
const char *events_printf(struct events *events, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Sets fields of the event added last; "" leaves a text out. */
void events_set_text(struct events *events, unsigned field, const char *text);
void events_set_yes(struct events *events, unsigned field, bool yes);
void events_set_time(struct events *events, unsigned field, int64_t us);

/* The deals that events[0..n) are about, each once, in byte order, into `out`, which has room for
 * n; returns how many there are. Their texts are those of the events. */
size_t events_deals(struct bc_str *out, const struct bc_event *events, size_t n);

/* Appends events to a log in one commit, with their recorded times, and fails the test if the log
 * refuses them. Duplicates are skipped. A deal merged into itself, which the log refuses today, is
 * there as in an older one. */
void events_append(bc_log *log, const struct bc_event *events, size_t n);

#endif
