#include "tools/draw/days.h"

#include "tools/draw/scale.h"
#include "tools/draw/svg.h"

#include <math.h>
#include <stdio.h>

enum {
    LASTED_WIDTH = 140,
    LASTED_HEIGHT = 20,
    BAR = 6,
    ARROW = 5, /* at the end of what leaves */
    AHEAD_HEIGHT = 18,
    SIDE = 6,
    TICK = 3,
    LABELS_HEIGHT = 14,
    BASELINE = 11,
    WIDE = 200, /* from here on there is room for each label */
};

static const int ticks[] = { 30, 90, DAYS_AHEAD };

void days_lasted_draw(struct bc_buf *out, const struct days_lasted *of, size_t number)
{
    const double unit = (double)(LASTED_WIDTH - ARROW) / DAYS_MOST;
    const double length = unit * fmin(of->days, DAYS_MOST), top = (LASTED_HEIGHT - BAR) / 2.0;

    svg_begin_within(
        out,
        &(struct svg_head){
            .width = LASTED_WIDTH, .height = LASTED_HEIGHT, .title = of->title, .desc = of->desc },
        number);
    svg_rect(out, "nbar", 0, top, length, BAR);
    if (of->days > DAYS_MOST) {
        svg_path_begin(out, "nbar");
        svg_path_add(out, 'M', (double[]){ length, top - 2 }, 2);
        svg_path_add(out, 'L', (double[]){ length + ARROW, LASTED_HEIGHT / 2.0 }, 2);
        svg_path_add(out, 'L', (double[]){ length, top + BAR + 2 }, 2);
        svg_path_add(out, 'Z', NULL, 0);
        svg_path_end(out, (struct bc_str){ 0 });
    }
    if (of->limit <= DAYS_MOST)
        svg_line(out, "limit", unit * of->limit, 0, unit * of->limit, LASTED_HEIGHT);
    svg_end(out);
}

static struct scale ahead_scale(double width)
{
    return (struct scale){
        .low = -DAYS_BEHIND, .high = DAYS_AHEAD, .at_low = SIDE, .at_high = width - SIDE
    };
}

static void draw_day(struct bc_buf *out, double x, enum days_state state)
{
    const double middle = AHEAD_HEIGHT / 2.0;

    if (state != DAYS_OVER) {
        svg_dot(out, state == DAYS_OPEN ? "ive" : "ivd", x, middle, 3.5);
        return;
    }
    svg_diamond(out, "off-f", x, middle, 5);
}

void days_ahead_draw(struct bc_buf *out, const struct days_ahead *of, size_t number)
{
    const struct scale scale = ahead_scale(of->width);
    const double middle = AHEAD_HEIGHT / 2.0, today = scale_at(&scale, 0);
    const double day = scale_at(&scale, fmin(fmax(of->days, -DAYS_BEHIND), DAYS_AHEAD));

    svg_begin_within(
        out,
        &(struct svg_head){
            .width = of->width, .height = AHEAD_HEIGHT, .title = of->title, .desc = of->desc },
        number);
    svg_line(out, "grid", SIDE, middle, of->width - SIDE, middle);
    for (size_t i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++) {
        const double x = scale_at(&scale, ticks[i]);

        svg_line(out, "tick", x, middle - TICK, x, middle + TICK);
    }
    svg_line(out, "cursor", today, 0, today, AHEAD_HEIGHT);
    svg_line(out, "hair", today, middle, day, middle);
    draw_day(out, day, of->state);
    svg_end(out);
}

void days_ahead_labels(struct bc_buf *out, double width)
{
    const struct scale scale = ahead_scale(width);
    char text[16];

    svg_begin_aside(out, width, LABELS_HEIGHT);
    svg_text(out, "m", scale_at(&scale, 0), BASELINE, width < WIDE ? BC_STR("0") : BC_STR("today"));
    for (size_t i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++) {
        const bool last = ticks[i] == DAYS_AHEAD;

        if (ticks[i] == 30 && width < WIDE)
            continue;
        (void)snprintf(text, sizeof(text), "%d", ticks[i]);
        svg_text(out, last ? "e" : "m", last ? width : scale_at(&scale, ticks[i]), BASELINE,
                 bc_str_of(text));
    }
    svg_end(out);
}
