/* tools/draw/lines.h - figures over dates, a panel each: a line with its interval as a band, and
 * perhaps a second line, dashed; below it what was decided, and what it rests on.
 *
 *     lines_draw(&out, &(struct lines){ .place = { SHEET_WIDE, ++out->drawings },
 *                                       .title = title,
 *                                       .days = days, .day_n = n,
 *                                       .panels = &panel, .panel_n = 1,
 *                                       .has_cursor = true, .cursor = day });
 *
 * Of more than four dates a pixel every so many are drawn, and the last one. */
#ifndef BC_TOOLS_DRAW_LINES_H
#define BC_TOOLS_DRAW_LINES_H

#include "tools/draw/axis.h"
#include "tools/draw/lanes.h"

struct lines_point {
    bool there; /* else the line is broken */
    double value;
    double low, high; /* of a rate */
    uint64_t n;       /* what a rate or a mean rests on: under 10 it is dotted */
};

enum { LINES_MAX = 2 };

struct lines_panel {
    struct bc_str title; /* above it; may be empty */
    enum axis_kind kind;
    struct bc_str
        labels[LINES_MAX]; /* beside the ends of the lines, and in the key; may be empty */
    const struct lines_point *points[LINES_MAX]; /* one a date each */
    size_t line_n;
    bool has_limit; /* a red line */
    double limit;
    const struct lanes_mark *marks; /* those of a kind by their days */
    size_t mark_n;
};

/* Everything is borrowed. */
struct lines {
    struct sheet_place place;
    struct bc_str title;
    const int32_t *days; /* ascending */
    size_t day_n;
    const struct lines_panel *panels;
    size_t panel_n;
    bool has_cursor; /* a line through all of it at a day, with what the first line is there */
    int32_t cursor;
    const struct bc_str *notes; /* lines below */
    size_t note_n;
};

void lines_draw(struct bc_buf *out, const struct lines *of);

#endif
