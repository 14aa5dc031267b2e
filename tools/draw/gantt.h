/* tools/draw/gantt.h - one deal: a bar of its visits over lanes of its events, with a line from
 * when something happened to when it was learnt, where that took a day.
 *
 *     gantt_draw(&out, &(struct gantt){ .place = { SHEET_WIDE, ++out->drawings },
 *                                       .title = title,
 *                                       .time = { zone, as_of_us, open_stage_n },
 *                                       .visits = visits, .visit_n = n,
 *                                       .events = events, .event_n = m });
 *
 * A closed stage that has lasted longer than the deal was open is drawn short, with a slanted gap
 * and its true length. However many events there are, no more are drawn than can be seen. */
#ifndef BC_TOOLS_DRAW_GANTT_H
#define BC_TOOLS_DRAW_GANTT_H

#include "tools/draw/visits.h"

enum gantt_lane {
    GANTT_STAGES,
    GANTT_MAILS,
    GANTT_MEETINGS,
    GANTT_PAPERS,
    GANTT_FACTS,
    GANTT_RETRACTIONS,
    GANTT_LANE_N
};

/* Those that come later are drawn above the others. */
enum gantt_mark {
    GANTT_HAPPENED, /* a filled dot: sent, held, answered, signed, a stage */
    GANTT_PLANNED,  /* a ring: planned, opened, set */
    GANTT_RETRACTED,
    GANTT_RETRACTS,
    GANTT_MARK_N
};

struct gantt_event {
    enum gantt_lane lane;
    enum gantt_mark mark;
    int64_t occurred_us, recorded_us;
};

/* Everything is borrowed. */
struct gantt {
    struct sheet_place place;
    struct bc_str title;
    struct visits_time time;
    const struct visits_visit *visits; /* by when they begin */
    size_t visit_n;
    const struct gantt_event *events; /* in any order */
    size_t event_n;
    const struct bc_str *notes; /* lines below */
    size_t note_n;
};

void gantt_draw(struct bc_buf *out, const struct gantt *of);

#endif
