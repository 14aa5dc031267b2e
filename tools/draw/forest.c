#include "tools/draw/forest.h"

#include "tools/draw/axis.h"
#include "tools/draw/svg.h"

#include <inttypes.h>
#include <math.h>

enum {
    WIDTH = 860,
    MARGIN = 16,
    COUNT = 252, /* where "15 of 36" ends */
    LEFT = 268,  /* of the plot */
    RIGHT = 600,
    LETTERS = 24, /* of a label beside a count, */
    ALONE = 33,   /* and where it has the place to itself */
    TITLE = 112,  /* letters */
    TOP = 52,
    HEAD = 40, /* from a title to the first row */
    ROW = 24,
    SCALE = 26, /* the numbers below rows */
    GAP = 20,
    SQUARE = 14, /* the side of the largest, */
    SMALL = 4,   /* and the least */
    END = 4,     /* of a whisker, half */
};

/* --- rows --- */

static void add_label(struct bc_buf *out, double middle, struct bc_str label, size_t letters)
{
    struct bc_buf room = { 0 };

    svg_text(out, "hi", MARGIN, middle + 4, svg_cut(&room, label, letters));
    bc_buf_release(&room);
}

static void add_whisker(struct bc_buf *out, const struct scale *scale, double low, double high,
                        double middle)
{
    const double x1 = scale_at(scale, low), x2 = scale_at(scale, high);

    svg_line(out, "iv", x1, middle, x2, middle);
    svg_line(out, "iv", x1, middle - END, x1, middle + END);
    svg_line(out, "iv", x2, middle - END, x2, middle + END);
}

static void add_arm_text(struct bc_buf *out, const struct forest_arm *arm)
{
    axis_value_add(out, AXIS_RATE, arm->rate, false);
    bc_buf_printf(out, " (%.1f to %.1f\xc2\xa0%%)", 100 * arm->low, 100 * arm->high);
}

static void add_arm(struct bc_buf *out, const struct scale *scale, const struct forest_arm *arm,
                    uint64_t most, double middle)
{
    const double side = fmax(SMALL, SQUARE * sqrt((double)arm->n / (double)(most ? most : 1)));
    struct bc_buf count = { 0 }, text = { 0 };

    add_label(out, middle, arm->label, LETTERS);
    bc_buf_printf(&count, "%" PRIu64 " of %" PRIu64, arm->hit, arm->n);
    svg_text(out, "e", COUNT, middle + 4, bc_buf_str(&count));
    if (arm->n) {
        add_whisker(out, scale, arm->low, arm->high, middle);
        svg_rect(out, "ivd", scale_at(scale, arm->rate) - side / 2, middle - side / 2, side, side);
        add_arm_text(&text, arm);
        svg_text(out, "hi", RIGHT + 12, middle + 4, bc_buf_str(&text));
    }
    bc_buf_release(&count);
    bc_buf_release(&text);
}

static void add_points(struct bc_buf *out, double rate)
{
    bc_buf_printf(out, "%s%.1f", rate < 0 ? "\xe2\x88\x92" : "+", fabs(100 * rate));
}

static void add_difference_text(struct bc_buf *out, const struct forest_difference *at)
{
    add_points(out, at->difference);
    bc_buf_printf(out, " pt (");
    add_points(out, at->low);
    bc_buf_printf(out, " to ");
    add_points(out, at->high);
    bc_buf_printf(out, "), p %.2g", at->p);
}

/* A diamond from end to end of the interval. */
static void add_difference(struct bc_buf *out, const struct scale *scale,
                           const struct forest_difference *at, double middle)
{
    const double x = scale_at(scale, at->difference), half = SQUARE / 2.0;
    struct bc_buf text = { 0 };

    add_label(out, middle, at->label, ALONE);
    if (!at->known)
        return;
    svg_path_begin(out, "ivd");
    svg_path_add(out, 'M', (double[]){ scale_at(scale, at->low), middle }, 2);
    svg_path_add(
        out, 'L',
        (double[]){ x, middle - half, scale_at(scale, at->high), middle, x, middle + half }, 6);
    svg_path_add(out, 'z', NULL, 0);
    svg_path_end(out, (struct bc_str){ 0 });
    add_difference_text(&text, at);
    svg_text(out, "hi", RIGHT + 12, middle + 4, bc_buf_str(&text));
    bc_buf_release(&text);
}

/* --- scales --- */

static struct scale rates_of(const struct forest_plot *plot, double *step)
{
    double most = plot->has_target ? plot->target : 0;
    struct scale scale;

    for (size_t i = 0; i < plot->arm_n; i++)
        if (plot->arms[i].n && plot->arms[i].high > most)
            most = plot->arms[i].high;
    scale = axis_scale(AXIS_RATE, most > 1 ? 1 : most, LEFT, RIGHT, step);
    return scale;
}

/* As far on either side of zero. */
static struct scale differences_of(const struct forest_plot *plot, double *step)
{
    double most = 0.1;

    for (size_t i = 0; i < plot->difference_n; i++) {
        const struct forest_difference *at = &plot->differences[i];

        if (at->known)
            most = fmax(most, fmax(fabs(at->low), fabs(at->high)));
    }
    *step = most > 0.5 ? 0.5 : most > 0.2 ? 0.2 : 0.1;
    most = scale_top(most, *step);
    return (struct scale){ -most, most, LEFT, RIGHT };
}

/* Lines down from y1 to y2, with their numbers below. */
static void add_scale(struct bc_buf *out, const struct scale *scale, double step, bool points,
                      double y1, double y2)
{
    const int n = (int)((scale->high - scale->low) / step + 0.5);

    for (int i = 0; i <= n; i++) {
        const double value = scale->low + step * i, x = scale_at(scale, value);
        const bool zero = fabs(value) < step / 2;
        struct bc_buf text = { 0 };

        if (!points)
            axis_value_add(&text, AXIS_RATE, value, true);
        else if (zero)
            bc_buf_printf(&text, "0 pt");
        else
            bc_buf_printf(&text, "%s%.0f", value < 0 ? "\xe2\x88\x92" : "+", fabs(100 * value));
        svg_line(out, zero && points ? "axis" : "grid", x, y1, x, y2);
        svg_text(out, "m", x, y2 + 14, bc_buf_str(&text));
        bc_buf_release(&text);
    }
}

/* --- plots --- */

static double rows_height(size_t n)
{
    return n ? ROW * (double)n + SCALE : 0;
}

static double plot_height(const struct forest_plot *plot)
{
    return HEAD + rows_height(plot->arm_n) + rows_height(plot->difference_n) + GAP;
}

static void add_target(struct bc_buf *out, const struct scale *scale, double target, double y1,
                       double y2)
{
    const double x = scale_at(scale, target);
    struct bc_buf text = { 0 };

    svg_line(out, "limit", x, y1, x, y2);
    bc_buf_printf(&text, "target ");
    axis_value_add(&text, AXIS_RATE, target, false);
    svg_text(out, "m", x, y1 - 4, bc_buf_str(&text));
    bc_buf_release(&text);
}

static void add_arms(struct bc_buf *out, const struct forest_plot *plot, double top)
{
    const double bottom = top + ROW * (double)plot->arm_n;
    double step;
    const struct scale scale = rates_of(plot, &step);
    uint64_t most = 0;

    if (plot->arm_n == 0)
        return;
    add_scale(out, &scale, step, false, top, bottom);
    if (plot->has_target && plot->target >= 0 && plot->target <= scale.high)
        add_target(out, &scale, plot->target, top, bottom);
    for (size_t i = 0; i < plot->arm_n; i++)
        most = plot->arms[i].n > most ? plot->arms[i].n : most;
    for (size_t i = 0; i < plot->arm_n; i++)
        add_arm(out, &scale, &plot->arms[i], most, top + ROW * ((double)i + 0.5));
}

static void add_differences(struct bc_buf *out, const struct forest_plot *plot, double top)
{
    double step;
    const struct scale scale = differences_of(plot, &step);

    if (plot->difference_n == 0)
        return;
    add_scale(out, &scale, step, true, top, top + ROW * (double)plot->difference_n);
    for (size_t i = 0; i < plot->difference_n; i++)
        add_difference(out, &scale, &plot->differences[i], top + ROW * ((double)i + 0.5));
}

static void add_plot(struct bc_buf *out, const struct forest_plot *plot, double top)
{
    struct bc_buf room = { 0 };

    svg_text(out, "hi b", MARGIN, top, svg_cut(&room, plot->title, TITLE));
    svg_text(out, "said", MARGIN, top + SVG_LINE, svg_cut(&room, plot->said, TITLE));
    add_arms(out, plot, top + HEAD);
    add_differences(out, plot, top + HEAD + rows_height(plot->arm_n));
    bc_buf_release(&room);
}

static void add_desc(struct bc_buf *out, const struct forest *of)
{
    for (size_t i = 0; i < of->n; i++) {
        const struct forest_plot *plot = &of->plots[i];

        bc_buf_add_str(out, i ? BC_STR(". ") : BC_STR(""));
        bc_buf_add_str(out, plot->title);
        for (size_t j = 0; j < plot->arm_n; j++) {
            bc_buf_add_str(out, j ? BC_STR("; ") : BC_STR(": "));
            bc_buf_add_str(out, plot->arms[j].label);
            bc_buf_printf(out, " %" PRIu64 " of %" PRIu64, plot->arms[j].hit, plot->arms[j].n);
        }
        for (size_t j = 0; j < plot->difference_n; j++) {
            if (!plot->differences[j].known)
                continue;
            bc_buf_add_str(out, BC_STR("; "));
            bc_buf_add_str(out, plot->differences[j].label);
            bc_buf_add_byte(out, ' ');
            add_difference_text(out, &plot->differences[j]);
        }
    }
}

void forest_draw(struct bc_buf *out, const struct forest *of)
{
    struct bc_buf desc = { 0 };
    double y = TOP;

    for (size_t i = 0; i < of->n; i++)
        y += plot_height(&of->plots[i]);
    add_desc(&desc, of);
    svg_begin(out, &(struct svg_head){ .width = WIDTH,
                                       .height = y + SVG_LINE * (double)(of->note_n + 1) + MARGIN,
                                       .title = of->title,
                                       .desc = bc_buf_str(&desc) });
    svg_text(out, "hi b", MARGIN, 24, of->title);
    y = TOP;
    for (size_t i = 0; i < of->n; i++) {
        add_plot(out, &of->plots[i], y);
        y += plot_height(&of->plots[i]);
    }
    svg_text(out, "note", MARGIN, y,
             BC_STR("Squares: rates, the larger the more deals. Lines and diamonds: 95\xc2\xa0% "
                    "intervals. It holds for one look and one comparison."));
    for (size_t i = 0; i < of->note_n; i++)
        svg_text(out, "note", MARGIN, y + SVG_LINE * (double)(i + 1), of->notes[i]);
    svg_end(out);
    bc_buf_release(&desc);
}
