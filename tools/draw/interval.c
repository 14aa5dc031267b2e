#include "tools/draw/interval.h"

#include "tools/draw/scale.h"
#include "tools/draw/svg.h"

#include <math.h>

enum {
    SIDE = 4, /* beside the scale, so that marks at its ends have room */
    TICK = 3, /* half of one */
    LABELS_HEIGHT = 14,
    BASELINE = 11,
};

static const double middle = INTERVAL_HEIGHT / 2.0;

static struct scale scale_of(const struct interval *of)
{
    return (struct scale){
        .low = of->from, .high = of->to, .at_low = SIDE, .at_high = of->width - SIDE
    };
}

static double x_of(const struct interval *of, double value)
{
    const struct scale scale = scale_of(of);

    return scale_at(&scale, fmin(fmax(value, of->from), of->to));
}

static void draw_axis(struct bc_buf *out, const struct interval *of)
{
    static const double ticks[] = { 0, 0.5, 1 };

    svg_line(out, "grid", SIDE, middle, of->width - SIDE, middle);
    for (size_t i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++) {
        const double x = x_of(of, of->from + ticks[i] * (of->to - of->from));

        svg_line(out, "tick", x, middle - TICK, x, middle + TICK);
    }
}

static void draw_across(struct bc_buf *out, const char *class, double x)
{
    svg_line(out, class, x, 0, x, INTERVAL_HEIGHT);
}

static void draw_ends(struct bc_buf *out, const struct interval *of)
{
    const double low = x_of(of, of->low), high = x_of(of, of->high);

    svg_line(out, "iv", low, middle, high, middle);
    if (of->mark == INTERVAL_DOT)
        return;
    svg_line(out, "iv", low, middle - TICK - 1, low, middle + TICK + 1);
    svg_line(out, "iv", high, middle - TICK - 1, high, middle + TICK + 1);
}

static void draw_mark(struct bc_buf *out, const struct interval *of)
{
    const double x = x_of(of, of->value);
    double side;

    switch (of->mark) {
    case INTERVAL_DOT:
        svg_dot(out, "ivd", x, middle, 3.25);
        break;
    case INTERVAL_SQUARE:
        side = fmin(fmax(3 * sqrt((double)of->n), 6), 16);
        svg_rect(out, "ivd", x - side / 2, middle - side / 2, side, side);
        break;
    case INTERVAL_DIAMOND:
        svg_diamond(out, "ivd", x, middle, 5.5);
        break;
    }
}

void interval_draw(struct bc_buf *out, const struct interval *of, size_t number)
{
    svg_begin_within(
        out,
        &(struct svg_head){
            .width = of->width, .height = INTERVAL_HEIGHT, .title = of->title, .desc = of->desc },
        number);
    draw_axis(out, of);
    if (of->from < 0)
        draw_across(out, "cursor", x_of(of, 0));
    if (of->has_limit)
        draw_across(out, of->is_target ? "limit2" : "limit", x_of(of, of->limit));
    if (of->has_ends)
        draw_ends(out, of);
    if (of->has_worst)
        svg_dot(out, "dot0", x_of(of, of->worst), middle, 4);
    draw_mark(out, of);
    svg_end(out);
}

/* A label in the middle that would lie over one of the ends is not drawn. */
static bool has_room(const struct interval_labels *of, double x)
{
    const double half = (double)svg_letters(of->between) * SVG_LETTER / 2;

    return x - half > (double)svg_letters(of->from) * SVG_LETTER &&
           x + half < of->width - (double)svg_letters(of->to) * SVG_LETTER;
}

void interval_labels_draw(struct bc_buf *out, const struct interval_labels *of)
{
    const double x = SIDE + of->at * (of->width - 2 * SIDE);

    svg_begin_aside(out, of->width, LABELS_HEIGHT);
    svg_text(out, "s", 0, BASELINE, of->from);
    svg_text(out, "e", of->width, BASELINE, of->to);
    if (of->has_between && has_room(of, x))
        svg_text(out, "m", x, BASELINE, of->between);
    svg_end(out);
}
