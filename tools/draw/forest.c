#include "tools/draw/forest.h"

#include "tools/draw/axis.h"
#include "tools/draw/svg.h"

#include <inttypes.h>
#include <math.h>

enum {
    LABELS = 252, /* left of the plot, with "15 of 36" at its end; */
    LABELS_MIDDLE = 188,
    TEXTS = 244, /* right of it */
    ROOM = 14,   /* beside it */
    HEAD = 22,   /* from a title to the first row, for the target's name */
    ROW = 24,
    ROW_NARROW = 42, /* its words above, its plot below */
    PLOT_NARROW = 30,
    SCALE = 26, /* the numbers below rows */
    GAP = 20,
    SQUARE = 14, /* the side of the largest, */
    SMALL = 4,   /* and the least */
    END = 4,     /* of a whisker, half */
    COUNT_LETTERS = 11,
    SAID = 200, /* arms of the description, of a plot */
};

/* Where things of a row stand. */
struct columns {
    double label, count, left, right, text, end;
    double row;  /* high */
    bool narrow; /* words above the plot */
};

static struct columns columns_of(const struct sheet *sheet)
{
    const double left = sheet->left + sheet_by_width(sheet, LABELS, LABELS_MIDDLE, ROOM);
    const double right = sheet->right - (sheet_narrow(sheet) ? ROOM : TEXTS);
    const bool narrow = sheet_narrow(sheet);

    return (struct columns){ .label = sheet->left,
                             .count = left - ROOM,
                             .left = left,
                             .right = right,
                             .text = right + ROOM,
                             .end = sheet->right,
                             .row = narrow ? ROW_NARROW : ROW,
                             .narrow = narrow };
}

/* --- rows --- */

/* Where the plot of a row has its middle. */
static double middle_of(const struct columns *columns, double top)
{
    return top + (columns->narrow ? PLOT_NARROW : ROW / 2.0);
}

static double baseline_of(const struct columns *columns, double top)
{
    return columns->narrow ? top + 16 : middle_of(columns, top) + 4;
}

/* A label as long as there is room up to `end`. */
static void add_label(struct bc_buf *out, const struct columns *columns, double top, double end,
                      struct bc_str label)
{
    const double letters = (end - columns->label) / SVG_LETTER - 1;
    struct bc_buf room = { 0 };

    svg_text(out, "hi", columns->label, baseline_of(columns, top),
             svg_cut(&room, label, letters > 1 ? (size_t)letters : 1));
    bc_buf_release(&room);
}

/* What a row says: right of its plot, or at the end of its words; returns where that begins. */
static double add_said(struct bc_buf *out, const struct columns *columns, double top,
                       struct bc_str said)
{
    const double width = (double)(svg_letters(said) * SVG_LETTER);

    svg_text(out, columns->narrow ? "hi e" : "hi", columns->narrow ? columns->end : columns->text,
             baseline_of(columns, top), said);
    return columns->narrow ? columns->end - width : columns->left;
}

static void add_whisker(struct bc_buf *out, const struct scale *scale, double low, double high,
                        double middle)
{
    const double x1 = scale_at(scale, low), x2 = scale_at(scale, high);

    svg_line(out, "iv", x1, middle, x2, middle);
    svg_line(out, "iv", x1, middle - END, x1, middle + END);
    svg_line(out, "iv", x2, middle - END, x2, middle + END);
}

static void add_square(struct bc_buf *out, const struct scale *scale, const struct forest_arm *arm,
                       uint64_t most, double middle)
{
    const double side = fmax(SMALL, SQUARE * sqrt((double)arm->n / (double)(most ? most : 1)));

    add_whisker(out, scale, arm->low, arm->high, middle);
    svg_rect(out, "ivd", scale_at(scale, arm->rate) - side / 2, middle - side / 2, side, side);
}

static void add_arm(struct bc_buf *out, const struct columns *columns, const struct scale *scale,
                    const struct forest_arm *arm, uint64_t most, double top)
{
    struct bc_buf count = { 0 }, text = { 0 };
    double end = columns->count - COUNT_LETTERS * SVG_LETTER;

    bc_buf_printf(&count, "%" PRIu64 " of %" PRIu64, arm->hit, arm->n);
    if (columns->narrow)
        bc_buf_printf(&text, "%" PRIu64 " of %" PRIu64 "%s", arm->hit, arm->n, arm->n ? ", " : "");
    else
        svg_text(out, "e", columns->count, baseline_of(columns, top), bc_buf_str(&count));
    if (arm->n) {
        axis_value_add(&text, AXIS_RATE, arm->rate, false);
        if (!columns->narrow)
            bc_buf_printf(&text, " (%.1f to %.1f\xc2\xa0%%)", 100 * arm->low, 100 * arm->high);
        add_square(out, scale, arm, most, middle_of(columns, top));
    }
    if (text.len && columns->narrow)
        end = add_said(out, columns, top, bc_buf_str(&text));
    else if (text.len)
        (void)add_said(out, columns, top, bc_buf_str(&text));
    add_label(out, columns, top, end, arm->label);
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
static void add_interval(struct bc_buf *out, const struct scale *scale,
                         const struct forest_difference *at, double middle)
{
    const double x = scale_at(scale, at->difference), half = SQUARE / 2.0;

    svg_path_begin(out, "ivd");
    svg_path_add(out, 'M', (double[]){ scale_at(scale, at->low), middle }, 2);
    svg_path_add(
        out, 'L',
        (double[]){ x, middle - half, scale_at(scale, at->high), middle, x, middle + half }, 6);
    svg_path_add(out, 'z', NULL, 0);
    svg_path_end(out, (struct bc_str){ 0 });
}

static void add_difference(struct bc_buf *out, const struct columns *columns,
                           const struct scale *scale, const struct forest_difference *at,
                           double top)
{
    double end = columns->narrow ? columns->end : columns->left - ROOM;
    struct bc_buf text = { 0 };

    if (at->known) {
        add_interval(out, scale, at, middle_of(columns, top));
        if (columns->narrow) {
            add_points(&text, at->difference);
            bc_buf_printf(&text, " pt, p %.2g", at->p);
            end = add_said(out, columns, top, bc_buf_str(&text));
        } else {
            add_difference_text(&text, at);
            (void)add_said(out, columns, top, bc_buf_str(&text));
        }
    }
    add_label(out, columns, top, end, at->label);
    bc_buf_release(&text);
}

/* --- scales --- */

static struct scale rates_of(const struct columns *columns, const struct forest_plot *plot,
                             double *step)
{
    double most = plot->has_target ? plot->target : 0;
    struct scale scale;

    for (size_t i = 0; i < plot->arm_n; i++)
        if (plot->arms[i].n && plot->arms[i].high > most)
            most = plot->arms[i].high;
    scale = axis_scale(AXIS_RATE, most, columns->left, columns->right, step);
    return scale;
}

/* As far on either side of zero. */
static struct scale differences_of(const struct columns *columns, const struct forest_plot *plot,
                                   double *step)
{
    double most = 0.1;

    for (size_t i = 0; i < plot->difference_n; i++) {
        const struct forest_difference *at = &plot->differences[i];

        if (at->known)
            most = fmax(most, fmax(fabs(at->low), fabs(at->high)));
    }
    *step = most > 0.5 ? 0.5 : most > 0.2 ? 0.2 : 0.1;
    most = scale_top(fmin(most, 1), *step);
    return (struct scale){ -most, most, columns->left, columns->right };
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

static void add_arms(struct sheet *sheet, const struct columns *columns,
                     const struct forest_plot *plot)
{
    const double top = sheet->y, bottom = top + columns->row * (double)plot->arm_n;
    double step;
    const struct scale scale = rates_of(columns, plot, &step);
    uint64_t most = 0;

    if (plot->arm_n == 0)
        return;
    add_scale(&sheet->body, &scale, step, false, top, bottom);
    if (plot->has_target && plot->target >= 0 && plot->target <= scale.high)
        add_target(&sheet->body, &scale, plot->target, top, bottom);
    for (size_t i = 0; i < plot->arm_n; i++)
        most = plot->arms[i].n > most ? plot->arms[i].n : most;
    for (size_t i = 0; i < plot->arm_n; i++)
        add_arm(&sheet->body, columns, &scale, &plot->arms[i], most,
                top + columns->row * (double)i);
    sheet->y = bottom + SCALE;
}

static void add_differences(struct sheet *sheet, const struct columns *columns,
                            const struct forest_plot *plot)
{
    const double top = sheet->y, bottom = top + columns->row * (double)plot->difference_n;
    double step;
    const struct scale scale = differences_of(columns, plot, &step);

    if (plot->difference_n == 0)
        return;
    add_scale(&sheet->body, &scale, step, true, top, bottom);
    for (size_t i = 0; i < plot->difference_n; i++)
        add_difference(&sheet->body, columns, &scale, &plot->differences[i],
                       top + columns->row * (double)i);
    sheet->y = bottom + SCALE;
}

static void add_plot(struct sheet *sheet, const struct forest_plot *plot)
{
    const struct columns columns = columns_of(sheet);

    sheet_text(sheet, "hi b", plot->title);
    if (plot->said.len)
        sheet_text(sheet, "", plot->said);
    sheet->y += HEAD;
    add_arms(sheet, &columns, plot);
    add_differences(sheet, &columns, plot);
    sheet->y += GAP;
}

static void add_desc(struct bc_buf *out, const struct forest *of)
{
    for (size_t i = 0; i < of->n; i++) {
        const struct forest_plot *plot = &of->plots[i];

        bc_buf_add_str(out, i ? BC_STR(". ") : BC_STR(""));
        bc_buf_add_str(out, plot->title);
        for (size_t j = 0; j < plot->arm_n && j < SAID; j++) {
            bc_buf_add_str(out, j ? BC_STR("; ") : BC_STR(": "));
            bc_buf_add_str(out, plot->arms[j].label);
            bc_buf_printf(out, " %" PRIu64 " of %" PRIu64, plot->arms[j].hit, plot->arms[j].n);
        }
        for (size_t j = 0; j < plot->difference_n && j < SAID; j++) {
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
    struct sheet sheet;

    sheet_begin(&sheet, of->place, of->title);
    sheet.y += SVG_LINE / 2.0;
    for (size_t i = 0; i < of->n; i++)
        add_plot(&sheet, &of->plots[i]);
    sheet_text(&sheet, "",
               BC_STR("Squares: rates, the larger the more deals. Lines and diamonds: 95\xc2\xa0% "
                      "intervals. It holds for one look and one comparison."));
    sheet_texts(&sheet, "", of->notes, of->note_n);
    add_desc(&desc, of);
    sheet_end(&sheet, out, of->title, bc_buf_str(&desc));
    bc_buf_release(&desc);
}
