#include "tools/draw/stacks.h"

#include "tools/draw/svg.h"

enum {
    WIDTH = 860,
    MARGIN = 16,
    LEFT = 88,
    RIGHT = WIDTH - MARGIN,
    TOP = 72,
    PLOT = 260,
    DATES = 22,
    LABELLED = 56, /* a column that is as wide has its label, and the number of its mark */
    WIDEST = 72,   /* of a column and the gap beside it */
};

static const char *const classes[STACKS_LAYERS] = { "st1", "st2", "st3", "st4" };

/* Where columns stand. */
struct plot {
    const struct stacks *of;
    struct scale y;
    double step, each; /* from tick to tick; from column to column */
};

static double height_of(const struct stacks_column *column)
{
    double sum = 0;

    for (size_t i = 0; i < STACKS_LAYERS; i++)
        sum += column->layers[i] > 0 ? column->layers[i] : 0;
    return sum > column->mark ? sum : column->mark;
}

static struct plot plot_of(const struct stacks *of)
{
    struct plot plot = { .of = of, .each = (double)(RIGHT - LEFT) / (double)of->n };
    double most = 0;

    for (size_t i = 0; i < of->n; i++) {
        const double height = height_of(&of->columns[i]);

        most = height > most ? height : most;
    }
    if (plot.each > WIDEST)
        plot.each = WIDEST;
    plot.y = axis_scale(of->kind, most, TOP + PLOT, TOP, &plot.step);
    return plot;
}

static void add_mark(struct bc_buf *out, const struct plot *plot, double x, double width,
                     double value)
{
    const double y = scale_at(&plot->y, value > 0 ? value : 0);
    struct bc_buf text = { 0 };

    svg_line(out, "mark", x - 2, y, x + width + 2, y);
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
    const double x = LEFT + plot->each * (double)i + plot->each * 0.15;
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
        svg_text(out, "m", LEFT + plot->each * ((double)i + 0.5), TOP + PLOT + 17,
                 plot->of->columns[i].label);
}

static void add_key(struct bc_buf *out, const struct stacks *of, double y)
{
    double x = MARGIN;

    for (size_t i = 0; i < STACKS_LAYERS; i++) {
        svg_rect(out, classes[i], x, y - 9, 14, 10);
        svg_text(out, "key", x + 20, y, of->layers[i]);
        x += 40 + (double)(svg_letters(of->layers[i]) * SVG_LETTER);
    }
    svg_line(out, "mark", x, y - 4, x + 14, y - 4);
    svg_text(out, "key", x + 20, y, of->mark);
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
    for (size_t i = 0; i < of->n; i++) {
        bc_buf_add_str(out, i ? BC_STR("; ") : BC_STR(""));
        bc_buf_add_str(out, of->columns[i].label);
        bc_buf_add_str(out, BC_STR(": "));
        for (size_t layer = 0; layer < STACKS_LAYERS; layer++) {
            add_amount(out, of, of->layers[layer], of->columns[i].layers[layer]);
            bc_buf_add_str(out, BC_STR(", "));
        }
        add_amount(out, of, of->mark, of->columns[i].mark);
    }
}

void stacks_draw(struct bc_buf *out, const struct stacks *of)
{
    const struct plot plot = plot_of(of);
    const double key = TOP + PLOT + DATES + 28;
    struct bc_buf desc = { 0 };

    add_desc(&desc, of);
    svg_begin(out, &(struct svg_head){ .width = WIDTH,
                                       .height = key + 8 + SVG_LINE * (double)of->note_n + MARGIN,
                                       .title = of->title,
                                       .desc = bc_buf_str(&desc) });
    svg_text(out, "hi b", MARGIN, 24, of->title);
    svg_text(out, "hi", MARGIN, 24 + SVG_LINE + 3, of->sum);
    axis_values(out, &plot.y, plot.step, of->kind, LEFT, LEFT + plot.each * (double)of->n);
    for (size_t i = 0; i < of->n; i++)
        add_column(out, &plot, i);
    add_labels(out, &plot);
    add_key(out, of, key);
    for (size_t i = 0; i < of->note_n; i++)
        svg_text(out, "note", MARGIN, key + 8 + SVG_LINE * (double)(i + 1), of->notes[i]);
    svg_end(out);
    bc_buf_release(&desc);
}
