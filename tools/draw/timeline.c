#include "tools/draw/timeline.h"

#include "tools/draw/svg.h"

enum {
    NAMES = 204, /* wide, left of the plot; */
    NAMES_MIDDLE = 160,
    NAMES_NARROW = 106,
    SIDE = 8, /* right of it */
    AXIS = 18,
    ROW = 20,
    BAR = 12,
    SAID = 200, /* rows of the description */
};

struct plot {
    const struct timeline *of;
    struct visits_scale scale;
    double left, right, top, bottom;
};

static int64_t first_of(const struct timeline *of)
{
    int64_t from_us = of->time.as_of_us;

    if (of->from_given)
        return of->from_us;
    for (size_t i = 0; i < of->n; i++)
        for (size_t j = 0; j < of->rows[i].visit_n; j++)
            if (of->rows[i].visits[j].entered_us < from_us)
                from_us = of->rows[i].visits[j].entered_us;
    return from_us;
}

static void add_row(struct sheet *sheet, const struct plot *plot, size_t i)
{
    const struct timeline_row *row = &plot->of->rows[i];
    const double top = plot->top + AXIS + ROW * (double)i;
    const size_t letters = (size_t)((plot->left - sheet->left) / SVG_LETTER) - 1;
    struct bc_buf room = { 0 };

    svg_line(&sheet->body, "grid", sheet->left, top + ROW, plot->right, top + ROW);
    svg_text(&sheet->body, "hi", sheet->left, top + ROW / 2.0 + 4,
             svg_cut(&room, row->name, letters));
    visits_draw(&sheet->body, &plot->scale, &plot->of->time, row->visits, row->visit_n,
                top + (ROW - BAR) / 2.0, BAR, false);
    bc_buf_release(&room);
}

static void add_desc(struct bc_buf *out, const struct timeline *of)
{
    bc_buf_printf(out, "%zu deal%s as of ", of->n, of->n == 1 ? "" : "s");
    visits_say_day(out, &of->time, of->time.as_of_us);
    for (size_t i = 0; i < of->n && i < SAID; i++) {
        const struct timeline_row *row = &of->rows[i];

        bc_buf_printf(out, "; ");
        bc_buf_add_str(out, row->name);
        bc_buf_printf(out, ": ");
        if (row->visit_n)
            visits_say(out, &of->time, &row->visits[row->visit_n - 1]);
        else
            bc_buf_printf(out, "in no stage");
    }
    if (of->n > SAID)
        bc_buf_printf(out, "; and %zu more", of->n - SAID);
}

static void add_key(struct sheet *sheet, const struct timeline *of)
{
    struct visits_signs stages = { 0 };

    for (size_t i = 0; i < of->n; i++)
        visits_signs_add(&stages, &of->time, of->rows[i].visits, of->rows[i].visit_n);
    sheet_key(sheet, stages.at, stages.n);
}

void timeline_draw(struct bc_buf *out, const struct timeline *of)
{
    struct plot plot = { .of = of };
    struct bc_buf desc = { 0 };
    struct sheet sheet;

    sheet_begin(&sheet, of->place, of->title);
    if (of->n == 0)
        sheet_text(&sheet, "", BC_STR("No deal is there to be drawn."));
    plot.left = sheet.left + sheet_by_width(&sheet, NAMES, NAMES_MIDDLE, NAMES_NARROW);
    plot.right = sheet.right - SIDE;
    plot.top = sheet.y;
    plot.bottom = sheet.y + AXIS + ROW * (double)of->n + 2;
    plot.scale = visits_scale_of(&of->time, first_of(of), of->time.as_of_us, plot.left, plot.right);
    axis_dates_above(&sheet.body, &plot.scale.days, plot.top + AXIS, plot.bottom);
    for (size_t i = 0; i < of->n; i++)
        add_row(&sheet, &plot, i);
    svg_line(&sheet.body, "cursor", plot.right, plot.top + AXIS - 2, plot.right, plot.bottom);
    sheet.y = plot.bottom + 4;
    add_key(&sheet, of);
    sheet_texts(&sheet, "", of->notes, of->note_n);
    add_desc(&desc, of);
    sheet_end(&sheet, out, of->title, bc_buf_str(&desc));
    bc_buf_release(&desc);
}
