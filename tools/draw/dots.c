#include "tools/draw/dots.h"

#include "tools/draw/days.h"
#include "tools/draw/scale.h"
#include "tools/draw/svg.h"

#include <math.h>
#include <stdio.h>

enum {
    SIDE = 6,
    ARROW = 5, /* at the end of the scale */
    EACH = 30, /* days from tick to tick */
    TICK = 3,
    LABELS_HEIGHT = 14,
    BASELINE = 9,
    SAID = 60, /* deals of the description */
};

static const double middle = DOTS_HEIGHT / 2.0, radius = 3.75;

static struct scale scale_of(double width)
{
    return (struct scale){ .high = DAYS_MOST, .at_low = SIDE, .at_high = width - SIDE - ARROW };
}

static void draw_triangle(struct bc_buf *out, double x)
{
    svg_path_begin(out, "risk-f");
    svg_path_add(out, 'M', (double[]){ x, middle - 5.5 }, 2);
    svg_path_add(out, 'L', (double[]){ x + 5.5, middle + 4.5, x - 5.5, middle + 4.5 }, 4);
    svg_path_add(out, 'Z', NULL, 0);
    svg_path_end(out, (struct bc_str){ 0 });
}

static void draw_deal(struct bc_buf *out, enum dots_state state, double x)
{
    switch (state) {
    case DOTS_DEAL:
        svg_dot(out, "evd", x, middle, radius);
        break;
    case DOTS_STALLED:
        draw_triangle(out, x);
        break;
    case DOTS_PARKED:
        svg_dot(out, "evo", x, middle, radius);
        break;
    }
}

/* One for all that are longer there than the scale goes. */
static void draw_leaving(struct bc_buf *out, double x)
{
    svg_path_begin(out, "sdot");
    svg_path_add(out, 'M', (double[]){ x, middle - 5 }, 2);
    svg_path_add(out, 'L', (double[]){ x + ARROW, middle, x, middle + 5 }, 4);
    svg_path_add(out, 'Z', NULL, 0);
    svg_path_end(out, (struct bc_str){ 0 });
}

static double days_of(const struct dots_deal *deal)
{
    return isnan(deal->days) ? 0 : fmax(deal->days, 0);
}

/* No more than can be seen: one a state and pixel, those that need attention last. */
static void draw_deals(struct bc_buf *out, const struct dots *of)
{
    static const enum dots_state order[] = { DOTS_DEAL, DOTS_PARKED, DOTS_STALLED };
    const struct scale scale = scale_of(of->width);
    bool leaves = false;

    for (size_t s = 0; s < sizeof(order) / sizeof(order[0]); s++) {
        bool seen[DAYS_MOST * 4 + 1] = { false };

        for (size_t i = 0; i < of->n; i++) {
            const double days = fmin(days_of(&of->deals[i]), DAYS_MOST);
            bool *one = &seen[(size_t)(days * 4)];

            if (of->deals[i].state != order[s])
                continue;
            if (!*one)
                draw_deal(out, order[s], scale_at(&scale, days));
            *one = true;
            leaves = leaves || days_of(&of->deals[i]) > DAYS_MOST;
        }
    }
    if (leaves)
        draw_leaving(out, of->width - ARROW);
}

static void add_desc(struct bc_buf *out, const struct dots *of)
{
    static const char *const words[] = { "", " stalled", " parked" };

    for (size_t i = 0; i < of->n && i < SAID; i++)
        bc_buf_printf(out, "%s%.0f%s", i ? ", " : "", fmin(days_of(&of->deals[i]), 1e9),
                      words[of->deals[i].state]);
    if (of->n > SAID)
        bc_buf_printf(out, " and %zu more", of->n - SAID);
    bc_buf_printf(out, of->n ? " days" : "No deal");
    if (of->has_limit)
        bc_buf_printf(out, "; limit %.0f", of->limit);
}

void dots_draw(struct bc_buf *out, const struct dots *of, size_t number)
{
    const struct scale scale = scale_of(of->width);
    struct bc_buf desc = { 0 };

    add_desc(&desc, of);
    svg_begin_within(out,
                     &(struct svg_head){ .width = of->width,
                                         .height = DOTS_HEIGHT,
                                         .title = of->title,
                                         .desc = bc_buf_str(&desc) },
                     number);
    svg_line(out, "grid", SIDE, middle, scale.at_high, middle);
    if (of->has_limit && of->limit >= 0 && of->limit <= DAYS_MOST)
        svg_line(out, "limit", scale_at(&scale, of->limit), 1, scale_at(&scale, of->limit),
                 DOTS_HEIGHT - 1);
    draw_deals(out, of);
    svg_end(out);
    bc_buf_release(&desc);
}

void dots_labels_draw(struct bc_buf *out, double width)
{
    const bool wide = width >= DOTS_WIDE;
    const struct scale scale = scale_of(width);
    char text[16];

    svg_begin_aside(out, width, LABELS_HEIGHT);
    for (int days = 0; days <= DAYS_MOST; days += EACH) {
        const double x = scale_at(&scale, days);
        const bool last = days == DAYS_MOST;

        if (!wide && days > EACH && !last)
            continue;
        (void)snprintf(text, sizeof(text), last ? wide ? "%d days" : "%d d" : "%d", days);
        svg_line(out, "tick", x, LABELS_HEIGHT - TICK, x, LABELS_HEIGHT);
        svg_text(out, last ? "e" : days ? "m" : "", last ? width : x, BASELINE, bc_str_of(text));
    }
    svg_end(out);
}
