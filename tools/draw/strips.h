/* tools/draw/strips.h - states over dates, a strip each, with decisions as marks: red lines through
 * time. A state shows by its height as well as by its colour. */
#ifndef BC_TOOLS_DRAW_STRIPS_H
#define BC_TOOLS_DRAW_STRIPS_H

#include "tools/draw/sheet.h"

enum strip_state { STRIP_FINE, STRIP_RISK, STRIP_OFF, STRIP_UNKNOWN, STRIP_STATE_N };

struct strip_span {
    enum strip_state state;
    int32_t first; /* day; it lasts up to the next one */
    bool crossed;  /* marked: what it asked for did not come */
    struct bc_str text;
};

struct strip_mark {
    int32_t day;
    struct bc_str text;
};

struct strip {
    struct bc_str label, end; /* on its left and on its right */
    const struct strip_span *spans;
    size_t span_n;
    const struct strip_mark *marks;
    size_t mark_n;
};

/* Everything is borrowed. */
struct strips {
    struct sheet_place place;
    struct bc_str title;
    struct bc_str states[STRIP_STATE_N], mark, cross; /* their names */
    int32_t from, to;                                 /* days */
    const struct strip *strips;
    size_t n;
    const struct bc_str *notes; /* lines below */
    size_t note_n;
};

void strips_draw(struct bc_buf *out, const struct strips *of);

#endif
