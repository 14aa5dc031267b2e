#include "tests/bench/calendar.h"

#include "ledger/base/instant.h"

#include <assert.h>
#include <stdlib.h>

#define TEXT_MAX (1 << 20)

void bench_calendar_init(struct bench_calendar *calendar, int64_t begin_us, int64_t end_us)
{
    *calendar = (struct bench_calendar){ .begin_us = begin_us };
    calendar->days_n = (size_t)((end_us - begin_us) / BC_DAY_US);
    calendar->days = bc_calloc(calendar->days_n, sizeof(*calendar->days));
}

void bench_calendar_add(struct bench_calendar *calendar, const struct bench_event *event)
{
    size_t at = (size_t)((event->recorded_us - calendar->begin_us) / BC_DAY_US);
    struct bench_day *day;

    if (at >= calendar->days_n)
        at = calendar->days_n - 1;
    assert(at >= calendar->next);
    day = &calendar->days[at];
    BC_GROW(day->events, day->n, day->cap);
    day->events[day->n++] = *event;
}

/* No two are equal, so that every sort gives the same order. */
static int by_recording(const void *left, const void *right)
{
    const struct bench_event *a = left, *b = right;

    if (a->recorded_us != b->recorded_us)
        return a->recorded_us < b->recorded_us ? -1 : 1;
    if (a->deal != b->deal)
        return a->deal < b->deal ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

static bool flush(struct bench_calendar *calendar)
{
    size_t len = calendar->text.len;

    calendar->text.len = 0;
    return len == 0 || fwrite(calendar->text.at, 1, len, calendar->out) == len;
}

static bool write_day(struct bench_calendar *calendar, struct bench_day *day)
{
    bool fine = true;

    if (day->n > 0)
        qsort(day->events, day->n, sizeof(*day->events), by_recording);
    for (size_t i = 0; fine && i < day->n && calendar->left > 0; i++, calendar->left--) {
        bench_event_print(&calendar->text, &day->events[i], calendar->seed);
        if (calendar->text.len >= TEXT_MAX)
            fine = flush(calendar);
    }
    free(day->events);
    *day = (struct bench_day){ 0 };
    return fine;
}

bool bench_calendar_write(struct bench_calendar *calendar, int64_t us)
{
    bool fine = true;

    while (fine && calendar->next < calendar->days_n &&
           calendar->begin_us + (int64_t)(calendar->next + 1) * BC_DAY_US <= us)
        fine = write_day(calendar, &calendar->days[calendar->next++]);
    return fine && (us < INT64_MAX || flush(calendar));
}

void bench_calendar_release(struct bench_calendar *calendar)
{
    for (size_t i = calendar->next; i < calendar->days_n; i++)
        free(calendar->days[i].events);
    free(calendar->days);
    bc_buf_release(&calendar->text);
}
