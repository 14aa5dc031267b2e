#include "tools/draw/spark.h"

#include "tools/draw/scale.h"
#include "tools/draw/svg.h"

enum {
    TOP = 2,    /* above the highest column */
    MARGIN = 4, /* above and below a line */
    SIDE = 2,   /* beside it, so that the dot has room */
    GAP = 2,    /* between columns */
};

static void draw_columns(struct bc_buf *out, const struct spark *of)
{
    const double step = (double)SPARK_WIDTH / (double)of->n;
    double most = 0;

    for (size_t i = 0; i < of->n; i++)
        if (of->at[i].known && of->at[i].value > most)
            most = of->at[i].value;
    for (size_t i = 0; i < of->n; i++) {
        const double high =
            of->at[i].known && most > 0 ? (SPARK_HEIGHT - TOP) * of->at[i].value / most : 0;

        if (high > 0)
            svg_rect(out, i + 1 == of->n ? "sb now" : "sb", step * (double)i, SPARK_HEIGHT - high,
                     step - GAP, high);
    }
    svg_line(out, "grid", 0, SPARK_HEIGHT - 0.5, SPARK_WIDTH, SPARK_HEIGHT - 0.5);
}

static struct scale scale_of(const struct spark *of)
{
    struct scale scale = { .at_low = SPARK_HEIGHT - MARGIN, .at_high = MARGIN };
    bool any = false;

    for (size_t i = 0; i < of->n; i++) {
        const double value = of->at[i].value;

        if (!of->at[i].known)
            continue;
        scale.low = any && scale.low < value ? scale.low : value;
        scale.high = any && scale.high > value ? scale.high : value;
        any = true;
    }
    if (scale.low >= scale.high) /* level, in the middle */
        scale.at_low = scale.at_high = SPARK_HEIGHT / 2.0;
    return scale;
}

static double line_x(const struct spark *of, size_t i)
{
    const double last = of->n > 1 ? (double)(of->n - 1) : 1;

    return SIDE + (double)i * (SPARK_WIDTH - 3 * SIDE) / last;
}

static void draw_line(struct bc_buf *out, const struct spark *of)
{
    const struct scale scale = scale_of(of);
    bool on = false;

    svg_path_begin(out, "spark");
    for (size_t i = 0; i < of->n; i++) {
        if (of->at[i].known)
            svg_path_add(out, on ? 'L' : 'M',
                         (double[]){ line_x(of, i), scale_at(&scale, of->at[i].value) }, 2);
        on = of->at[i].known;
    }
    svg_path_end(out, (struct bc_str){ 0 });
    if (on)
        svg_dot(out, "sdot", line_x(of, of->n - 1), scale_at(&scale, of->at[of->n - 1].value),
                2.25);
}

void spark_draw(struct bc_buf *out, const struct spark *of, size_t number)
{
    svg_begin_within(
        out,
        &(struct svg_head){
            .width = SPARK_WIDTH, .height = SPARK_HEIGHT, .title = of->title, .desc = of->desc },
        number);
    (of->columns ? draw_columns : draw_line)(out, of);
    svg_end(out);
}
