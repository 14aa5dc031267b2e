/* tests/bench/calendar.h - events told deal by deal, returned in the order of their recording.
 *
 *     told      deal 1 ....x...x.x.....x
 *               deal 2      .x....xx........x
 *               deal 3          ..x.x...           deals begin in the order of time, so what is
 *                        |     |                   recorded before the next one begins is whole
 *     days      [ done ][ whole ][ still filling ] */
#ifndef BC_TESTS_BENCH_CALENDAR_H
#define BC_TESTS_BENCH_CALENDAR_H

#include "tests/bench/event.h"

#include <stdio.h>

struct bench_calendar {
    struct bench_day {
        struct bench_event *events;
        size_t n, cap;
    } * days;
    size_t days_n, next; /* the first day that was not given out */
    int64_t begin_us;
    uint64_t seed, left; /* events still wanted */
    struct bc_buf text;
    FILE *out;
};

void bench_calendar_init(struct bench_calendar *calendar, int64_t begin_us, int64_t end_us);
/* Recorded after the calendar's end: at its end, in the order of recording. */
void bench_calendar_add(struct bench_calendar *calendar, const struct bench_event *event);
/* Writes the days before `us`, at most as many events as are wanted, and with INT64_MAX also what
 * is still in `text`. False: errno says what went wrong. */
bool bench_calendar_write(struct bench_calendar *calendar, int64_t us);
void bench_calendar_release(struct bench_calendar *calendar);

#endif
