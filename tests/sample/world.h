/* tests/sample/world.h - the events of a made-up sales team, while they are being made.
 *
 * Each deal has a clock and random numbers of its own, so that a change to one story leaves the
 * others as they are. Stories may run on past the sample's end: what happens or is recorded after
 * it is left out when the lines are printed. Texts must need no escaping in JSON. */
#ifndef BC_TESTS_SAMPLE_WORLD_H
#define BC_TESTS_SAMPLE_WORLD_H

#include "ledger/base/instant.h"
#include "ledger/base/mem.h"
#include "tests/sample/random.h"

#define SAMPLE_MINUTE_US (60 * BC_SECOND_US)
#define SAMPLE_HOUR_US   (60 * SAMPLE_MINUTE_US)

/* Days since 1970 on which the story turns. */
#define SAMPLE_BEGIN_DAY    19786 /* 2024-03-04, a Monday */
#define SAMPLE_IMPORT_DAY   19815 /* 2024-04-02: the ledger begins, with what there was */
#define SAMPLE_DEADLINE_DAY 19967 /* 2024-09-01: another campaign, no better */
#define SAMPLE_OUTAGE_DAY   20038 /* 2024-11-11: for a week nothing reaches the ledger */
#define SAMPLE_PIVOT_DAY    20136 /* 2025-02-17: another ICP, another message */
#define SAMPLE_CALL_DAY     20150 /* 2025-03-03: half of all are called before the first mail */
#define SAMPLE_FAIR_DAY     20179 /* 2025-04-01: a stand at the fair */
#define SAMPLE_FAIR_END     20441 /* 2025-12-19 */
#define SAMPLE_TUESDAY_DAY  20185 /* 2025-04-07: half of all are written to on Tuesdays */
#define SAMPLE_PEERS2_DAY   20362 /* 2025-10-01: the message again, shorter */
#define SAMPLE_CALL_END     20434 /* 2025-12-12 */
#define SAMPLE_CALLS_DAY    20472 /* 2026-01-19: a call opens the talk, says the playbook */
#define SAMPLE_TUESDAY_END  20483 /* 2026-01-30 */
#define SAMPLE_END_DAY      20541 /* 2026-03-29, a Sunday */

struct sample_event {
    int64_t occurred_us, recorded_us;
    int64_t source_us; /* 0: the source does not say */
    size_t order;      /* in which it was made */
    const char *id;
    const char *rest; /* the line after the times */
};

struct sample_world {
    bc_arena *arena;
    uint64_t seed;
    unsigned deal_n; /* so far; numbers the next one */
    struct sample_random random;
    struct sample_event *events;
    size_t event_n, event_cap;
};

struct sample_deal {
    struct sample_world *world;
    struct sample_random random;
    unsigned name;   /* which university */
    unsigned number; /* its place among the deals, from 1 */
    unsigned owner;  /* a user's id */
    unsigned event_n, email_n, meeting_n;
    struct sample_random beside; /* what sample_note_at draws from */
    unsigned note_n;
    const char *id;           /* "017-brindlemoor" */
    int64_t now_us;           /* how far its story is */
    int32_t contract_end_day; /* of the contract that it won */
};

void sample_world_init(struct sample_world *world, uint64_t seed);
void sample_world_release(struct sample_world *world);
/* All events up to the end, as JSONL, in the order of their recording. */
void sample_world_print(struct bc_buf *out, struct sample_world *world);

/* A deal whose story begins in office hours on a day. `name` chooses the university. */
struct sample_deal sample_deal_begin(struct sample_world *world, unsigned name, int32_t day);
/* Lets days pass, on to office hours of a weekday; or minutes. */
void sample_wait_days(struct sample_deal *deal, int32_t low, int32_t high);
void sample_wait_minutes(struct sample_deal *deal, int64_t low, int64_t high);
int32_t sample_today(const struct sample_deal *deal);
/* The next day from `day` on that is no weekend. */
int32_t sample_weekday(int32_t day);

/* Adds an event of the deal at an instant; gives its place in world->events. `what` is in its id
 * and says from which system it comes; `body` is the body's JSON, with its key. */
size_t sample_add_at(struct sample_deal *deal, int64_t at_us, const char *what, const char *body,
                     ...) __attribute__((format(printf, 4, 5)));
/* The same, now. */
#define sample_add(deal, ...) sample_add_at((deal), (deal)->now_us, __VA_ARGS__)
/* The same, beside the story: takes neither its luck nor its numbers (ids count from 101 on), so
 * that a note more moves nothing else. What else is drawn for notes is drawn from deal->beside. */
size_t sample_note_at(struct sample_deal *deal, int64_t at_us, const char *what, const char *body,
                      ...) __attribute__((format(printf, 4, 5)));
#define sample_note(deal, ...) sample_note_at((deal), (deal)->now_us, __VA_ARGS__)
/* An event about no deal. */
void sample_add_team(struct sample_world *world, int64_t at_us, const char *what, unsigned n,
                     const char *body, ...) __attribute__((format(printf, 5, 6)));

/* Takes an event back, now. */
size_t sample_retract(struct sample_deal *deal, size_t event, const char *reason);
/* Makes two events known to the ledger at one moment, as a correction and its retraction are. */
void sample_together(struct sample_world *world, size_t first, size_t second);

/* Shorthands for what deals do most. */
size_t sample_move(struct sample_deal *deal, const char *stage);
size_t sample_set(struct sample_deal *deal, const char *property, const char *value);
size_t sample_set_day(struct sample_deal *deal, const char *property, int32_t day);
size_t sample_set_number(struct sample_deal *deal, const char *property, int64_t value);
void sample_note_property(struct sample_deal *deal, const char *property, const char *value);
/* What its amounts are in. */
void sample_note_currency(struct sample_deal *deal);
/* The year from a day on, for which it is meant to be. */
void sample_note_target(struct sample_deal *deal, int32_t day);

#endif
