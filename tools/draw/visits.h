/* tools/draw/visits.h - the visits of deals to stages as bars on a scale of time, for the drawing
 * of one deal (gantt.h) and of many (timeline.h). */
#ifndef BC_TOOLS_DRAW_VISITS_H
#define BC_TOOLS_DRAW_VISITS_H

#include "ledger/base/instant.h"
#include "tools/draw/axis.h"
#include "tools/draw/sheet.h"

/* What a stage is: open ones are the darker the further on they are. */
enum visits_kind { VISITS_OPEN, VISITS_WON, VISITS_LOST, VISITS_OTHER, VISITS_KIND_N };

struct visits_visit {
    struct bc_str stage; /* as people call it */
    enum visits_kind kind;
    unsigned step; /* of an open stage: how many open ones come before it, by the rules */
    bool observed; /* it was found so: how long before is not known */
    int64_t entered_us;
    bool left; /* else it is still there */
    int64_t left_us;
};

/* What all of it is drawn on. */
struct visits_time {
    const bc_zone *zone; /* NULL: UTC */
    int64_t as_of_us;    /* visits that are not left end here */
    unsigned step_n;     /* open stages of the rules */
};

/* Instants to pixels. From `cut_us` on, where it is not BC_INSTANT_MAX, time is drawn as short as
 * what is left of the width. */
struct visits_scale {
    const bc_zone *zone;
    struct scale days;
    int64_t cut_us, to_us;
    double cut_at, to_at;
};

/* The nearest instant that a log may have. */
int64_t visits_within(int64_t us);
struct visits_scale visits_scale_of(const struct visits_time *time, int64_t from_us, int64_t to_us,
                                    double left, double right);
double visits_at(const struct visits_scale *scale, int64_t us);
int64_t visits_end(const struct visits_time *time, const struct visits_visit *visit);
double visits_days(const struct visits_time *time, const struct visits_visit *visit);

/* Adds bars of so many pixels of height, each with its stage and its days in it where `labelled`
 * and as far as there is room; those that are not seen beside others are not drawn. */
void visits_draw(struct bc_buf *out, const struct visits_scale *scale,
                 const struct visits_time *time, const struct visits_visit *visits, size_t n,
                 double top, double height, bool labelled);
/* "Discovery from 2025-12-26 to 2026-01-21", or "since". */
void visits_say(struct bc_buf *out, const struct visits_time *time,
                const struct visits_visit *visit);
void visits_say_day(struct bc_buf *out, const struct visits_time *time, int64_t us);
/* The stages that there are, from the first on, as signs of a key: at most VISITS_SIGNS. */
enum { VISITS_SIGNS = 10 };
struct visits_signs {
    struct sheet_sign at[VISITS_SIGNS];
    size_t n;
};
void visits_signs_add(struct visits_signs *signs, const struct visits_time *time,
                      const struct visits_visit *visits, size_t n);

#endif
