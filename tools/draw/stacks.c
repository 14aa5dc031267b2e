#include "tools/draw/stacks.h"

#include "tools/draw/svg.h"

#include <math.h>

enum {
    LEFT = 72, /* of the plot, for the numbers beside it; */
    LEFT_NARROW = 52,
    TOP = 18, /* above it, for the numbers of marks */
    PLOT = 260,
    PLOT_NARROW = 190,
    DATES = 26,
    LABELLED = 56, /* a column that is as wide has its label, and the number of its mark */
    WIDEST = 72,   /* of a column and the gap beside it */
    SAID = 60,     /* columns of the description */
};

static const char *const classes[STACKS_LAYERS] = { "st1", "st2", "st3", "st4" };

/* Where columns stand. */
struct plot {
    const struct stacks *of;
    struct scale y;
    double left;
    double step, each; /* from tick to tick; from column to column */
    size_t stride;     /* columns of which one is drawn */
};

static double height_of(const struct stacks_column *column)
{
    double sum = 0;

    for (size_t i = 0; i < STACKS_LAYERS; i++)
        sum += column->layers[i] > 0 ? column->layers[i] : 0;
    return sum > column->mark ? sum : column->mark;
}

static struct plot plot_of(const struct sheet *sheet, const struct stacks *of)
{
    const double left = sheet->left + (sheet_narrow(sheet) ? LEFT_NARROW : LEFT);
    const double width = sheet->right - left, top = sheet->y + TOP;
    struct plot plot = { .of = of, .left = left, .stride = 1 + (size_t)((double)of->n / width) };
    double most = 0;

    for (size_t i = 0; i < of->n; i++) {
        const double height = height_of(&of->columns[i]);

        most = height > most ? height : most;
    }
    plot.each = of->n ? fmin(width / (double)of->n, WIDEST) : WIDEST;
    plot.y = axis_scale(of->kind, most, top + sheet_by_width(sheet, PLOT, PLOT, PLOT_NARROW), top,
                        &plot.step);
    return plot;
}

static void add_mark(struct bc_buf *out, const struct plot *plot, double x, double width,
                     double value)
{
    const double y = scale_at(&plot->y, value > 0 ? value : 0);
    struct bc_buf text = { 0 };

    svg_line(out, "across", x - 2, y, x + width + 2, y);
    if (plot->each >= LABELLED) {
        axis_value_add(&text, plot->of->kind, value, true);
        svg_text(out, "hi m halo", x + width / 2, y - 5, bc_buf_str(&text));
    }
    bc_buf_release(&text);
}

static void add_column(struct bc_buf *out, const struct plot *plot, size_t i)
{
    const struct stacks_column *column = &plot->of->columns[i];
    const double width = plot->each * 0.7;
    const double x = plot->left + plot->each * (double)i + plot->each * 0.15;
    double bottom = scale_at(&plot->y, 0), sum = 0;

    for (size_t layer = 0; layer < STACKS_LAYERS; layer++) {
        double top;

        if (column->layers[layer] <= 0)
            continue;
        sum += column->layers[layer];
        top = scale_at(&plot->y, sum);
        svg_rect(out, classes[layer], x, top, width, bottom - top);
        bottom = top;
    }
    add_mark(out, plot, x, width, column->mark);
}

/* As many labels as there is room for. */
static void add_labels(struct bc_buf *out, const struct plot *plot)
{
    const size_t each = (size_t)(LABELLED / plot->each) + (plot->each < LABELLED);

    for (size_t i = 0; i < plot->of->n; i += each ? each : 1)
        svg_text(out, "m", plot->left + plot->each * ((double)i + 0.5), plot->y.at_low + 17,
                 plot->of->columns[i].label);
}

static void draw_sign(struct bc_buf *out, int layer, double x, double y)
{
    if (layer < STACKS_LAYERS)
        svg_rect(out, classes[layer], x, y - 5, 14, 10);
    else
        svg_line(out, "across", x, y, x + 14, y);
}

static void add_key(struct sheet *sheet, const struct stacks *of)
{
    struct sheet_sign signs[STACKS_LAYERS + 1];

    for (int layer = 0; layer < STACKS_LAYERS; layer++)
        signs[layer] = (struct sheet_sign){ draw_sign, layer, 14, of->layers[layer] };
    signs[STACKS_LAYERS] = (struct sheet_sign){ draw_sign, STACKS_LAYERS, 14, of->mark };
    sheet_key(sheet, signs, STACKS_LAYERS + 1);
}

static void add_amount(struct bc_buf *out, const struct stacks *of, struct bc_str name,
                       double value)
{
    bc_buf_add_str(out, name);
    bc_buf_add_byte(out, ' ');
    axis_value_add(out, of->kind, value, false);
}

static void add_desc(struct bc_buf *out, const struct stacks *of)
{
    for (size_t i = 0; i < of->n && i < SAID; i++) {
        bc_buf_add_str(out, i ? BC_STR("; ") : BC_STR(""));
        bc_buf_add_str(out, of->columns[i].label);
        bc_buf_add_str(out, BC_STR(": "));
        for (size_t layer = 0; layer < STACKS_LAYERS; layer++) {
            add_amount(out, of, of->layers[layer], of->columns[i].layers[layer]);
            bc_buf_add_str(out, BC_STR(", "));
        }
        add_amount(out, of, of->mark, of->columns[i].mark);
    }
    if (of->n > SAID)
        bc_buf_printf(out, "; and %zu more", of->n - SAID);
}

void stacks_draw(struct bc_buf *out, const struct stacks *of)
{
    struct bc_buf desc = { 0 };
    struct sheet sheet;
    struct plot plot;

    sheet_begin(&sheet, of->place, of->title);
    if (of->sum.len)
        sheet_text(&sheet, "hi", of->sum);
    plot = plot_of(&sheet, of);
    axis_values(&sheet.body, &plot.y, plot.step, of->kind, plot.left,
                plot.left + plot.each * (double)(of->n ? of->n : 1));
    for (size_t i = 0; i < of->n; i += plot.stride)
        add_column(&sheet.body, &plot, i);
    add_labels(&sheet.body, &plot);
    sheet.y = plot.y.at_low + DATES;
    add_key(&sheet, of);
    sheet_texts(&sheet, "", of->notes, of->note_n);
    add_desc(&desc, of);
    sheet_end(&sheet, out, of->title, bc_buf_str(&desc));
    bc_buf_release(&desc);
}
