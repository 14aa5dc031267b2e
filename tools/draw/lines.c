#include "tools/draw/lines.h"

#include "ledger/base/instant.h"
#include "tools/draw/lines_plot.h"
#include "tools/draw/svg.h"

#include <inttypes.h>
#include <math.h>

enum {
    LEFT = 56, /* of a plot, for the numbers beside it */
    HEAD = 16, /* from a panel's title to its plot */
    BELOW_TITLE = 12,
    CURSOR_TOP = 14, /* above the plot, for the words of a cursor */
    PLOT = 140,
    DATES = 24,
    STRIP = 22, /* of columns, n */
    GAP = 26,
    ROOM = 8,          /* from the end of a line to its label */
    CURSOR_ROOM = 130, /* of the words left of a cursor */
    DATES_A_PIXEL = 4, /* at most */
};

/* --- scales --- */

/* Rates rest on their n: what rests on few may leave the plot. */
static double most_of(const struct lines *of, const struct lines_panel *panel)
{
    double most = panel->has_limit && isfinite(panel->limit) ? panel->limit : 0;

    for (size_t l = 0; l < panel->line_n; l++)
        for (size_t i = 0; i < of->day_n; i++) {
            const struct lines_point *point = &panel->points[l][i];
            const bool rate = panel->kind == AXIS_RATE;
            const double value = rate && l == 0 ? point->high : point->value;

            if (lines_plot_there(point) && (!rate || point->n >= LINES_THIN_BELOW) && value > most)
                most = value;
        }
    return most;
}

/* In a page a panel has the place to itself. */
static double plot_height(const struct sheet *sheet)
{
    return sheet->place.number ? sheet_by_width(sheet, 236, 220, 190) : PLOT;
}

static struct lines_plot plot_of(const struct sheet *sheet, const struct lines *of,
                                 const struct lines_panel *panel, double top)
{
    struct lines_plot plot = { .of = of, .at = panel };
    const double right = sheet->right - sheet_by_width(sheet, 128, 120, 56);

    plot.bands = panel->kind == AXIS_RATE && panel->line_n > 0;
    plot.strip = lines_plot_rests(panel) && panel->line_n > 0;
    plot.x = (struct scale){ of->days[0], of->days[of->day_n - 1], sheet->left + LEFT, right };
    plot.y = axis_scale(panel->kind, most_of(of, panel), top + plot_height(sheet), top, &plot.step);
    return plot;
}

static struct lanes lanes_of(const struct sheet *sheet, const struct lines_plot *plot)
{
    return (struct lanes){
        .marks = plot->at->marks, .n = plot->at->mark_n, .days = &plot->x, .right = sheet->right
    };
}

/* --- ends --- */

/* A text right of the plot, or as much of it as there is room for. */
static bool add_beside(struct sheet *sheet, const struct lines_plot *plot, const char *class,
                       double y, struct bc_str text)
{
    const double x = plot->x.at_high + ROOM;

    if (x + (double)(svg_letters(text) * SVG_LETTER) > sheet->right + ROOM)
        return false;
    svg_text(&sheet->body, class, x, y + 4, text);
    return true;
}

/* Where a label has its middle, away from those that there are. */
struct beside {
    double at[LINES_MAX + 1];
    size_t n;
};

static double place_beside(struct beside *beside, double y)
{
    for (size_t tries = 0; tries < 2; tries++)
        for (size_t i = 0; i < beside->n; i++)
            if (fabs(y - beside->at[i]) < SVG_LINE)
                y = y < beside->at[i] ? beside->at[i] - SVG_LINE : beside->at[i] + SVG_LINE;
    beside->at[beside->n++] = y;
    return y;
}

static void add_end(struct sheet *sheet, const struct lines_plot *plot, size_t line,
                    struct beside *beside)
{
    static const char *const dots[] = { "dot1", "dot2" }, *const texts[] = { "s1", "s2" };
    const struct lines_point *points = plot->at->points[line];
    const struct bc_str label = plot->at->labels[line];
    size_t last = plot->of->day_n;
    struct bc_buf text = { 0 };
    double y, at;

    while (last > 0 && !lines_plot_there(&points[last - 1]))
        last--;
    if (last == 0)
        return;
    y = lines_plot_y(plot, points[last - 1].value);
    at = place_beside(beside, y);
    svg_dot(&sheet->body, dots[line], lines_plot_x(plot, last - 1), y, 3);
    axis_value_add(&text, plot->at->kind, points[last - 1].value, false);
    if (label.len) {
        struct bc_buf both = { 0 };

        bc_buf_add_str(&both, bc_buf_str(&text));
        bc_buf_add_byte(&both, ' ');
        bc_buf_add_str(&both, label);
        if (!add_beside(sheet, plot, texts[line], at, bc_buf_str(&both)))
            (void)add_beside(sheet, plot, texts[line], at, bc_buf_str(&text));
        bc_buf_release(&both);
    } else {
        (void)add_beside(sheet, plot, texts[line], at, bc_buf_str(&text));
    }
    bc_buf_release(&text);
}

static void add_limit(struct sheet *sheet, const struct lines_plot *plot, struct beside *beside)
{
    const double y = lines_plot_y(plot, plot->at->limit);
    struct bc_buf value = { 0 }, text = { 0 };
    double at;

    if (!plot->at->has_limit || !isfinite(plot->at->limit))
        return;
    at = place_beside(beside, y);
    axis_value_add(&value, plot->at->kind, plot->at->limit, true);
    bc_buf_printf(&text, "red line ");
    bc_buf_add_str(&text, bc_buf_str(&value));
    svg_line(&sheet->body, "limit", plot->x.at_low, y, plot->x.at_high, y);
    if (!add_beside(sheet, plot, "off", at, bc_buf_str(&text)))
        (void)add_beside(sheet, plot, "off", at, bc_buf_str(&value));
    bc_buf_release(&value);
    bc_buf_release(&text);
}

/* --- what it rests on --- */

static void add_strip(struct sheet *sheet, const struct lines_plot *plot, double top)
{
    const struct lines_point *points = plot->at->points[0];
    const size_t n = plot->of->day_n;
    const double left = plot->x.at_low, each = (plot->x.at_high - left) / (double)n;
    struct bc_buf last = { 0 };
    uint64_t most = 1;

    for (size_t i = 0; i < n; i++)
        most = points[i].n > most ? points[i].n : most;
    for (size_t i = 0; i < n; i++) {
        const double height = STRIP * (double)points[i].n / (double)most;

        if (points[i].n)
            svg_rect(&sheet->body, points[i].n < LINES_THIN_BELOW ? "nbar low" : "nbar",
                     left + each * (double)i, top + STRIP - height, each > 3 ? each - 1 : each,
                     height);
    }
    bc_buf_printf(&last, "n %" PRIu64, points[n - 1].n);
    svg_text(&sheet->body, "e", left - 6, top + STRIP, BC_STR("n"));
    (void)add_beside(sheet, plot, "", top + STRIP - 4, bc_buf_str(&last));
    bc_buf_release(&last);
}

/* --- cursor --- */

/* The last date that is not after the cursor, or the first. */
static size_t cursor_at(const struct lines *of)
{
    size_t at = 0;

    while (at + 1 < of->day_n && of->days[at + 1] <= of->cursor)
        at++;
    return at;
}

static void add_value(struct bc_buf *out, const struct lines_panel *panel,
                      const struct lines_point *point, bool rests)
{
    if (!lines_plot_there(point)) {
        bc_buf_printf(out, "nothing");
        return;
    }
    axis_value_add(out, panel->kind, point->value, false);
    if (rests && panel->kind == AXIS_RATE)
        bc_buf_printf(out, ", %.0f of %" PRIu64, round(point->value * (double)point->n), point->n);
    else if (rests && panel->kind == AXIS_DAYS)
        bc_buf_printf(out, " of %" PRIu64, point->n);
}

/* Its words stand on that side where there is room. */
static void add_cursor(struct sheet *sheet, const struct lines_plot *plot, double bottom)
{
    const size_t i = cursor_at(plot->of);
    const struct lines_point *point = plot->at->line_n ? &plot->at->points[0][i] : NULL;
    const double x = lines_plot_x(plot, i), top = plot->y.at_high;
    const bool left = x - plot->x.at_low > CURSOR_ROOM;
    struct bc_buf value = { 0 };
    char day[BC_DAY_LEN];

    bc_day_print(day, plot->of->days[i]);
    svg_line(&sheet->body, "cursor", x, top - CURSOR_TOP, x, bottom);
    svg_text(&sheet->body, left ? "hi b e halo" : "hi b halo", left ? x - 6 : x + 6, top - 4,
             bc_str_of(day));
    if (!point)
        return;
    if (lines_plot_there(point))
        svg_dot(&sheet->body, "dot1", x, lines_plot_y(plot, point->value), 4);
    add_value(&value, plot->at, point, !sheet_narrow(sheet));
    svg_text(&sheet->body, left ? "hi e halo" : "hi halo", left ? x - 6 : x + 6, top - 4 + SVG_LINE,
             bc_buf_str(&value));
    bc_buf_release(&value);
}

/* --- panels --- */

static void add_panel(struct sheet *sheet, const struct lines *of, const struct lines_panel *panel)
{
    const double top = sheet->y + (panel->title.len || !sheet->place.number ? BELOW_TITLE : 8) +
                       (of->has_cursor ? CURSOR_TOP : 0);
    const struct lines_plot plot = plot_of(sheet, of, panel, top);
    const struct lanes lanes = lanes_of(sheet, &plot);
    const double axis = plot.y.at_low, below = axis + DATES;
    double bottom = below + lanes_height(&lanes);
    struct beside beside = { 0 };

    axis_values(&sheet->body, &plot.y, plot.step, panel->kind, plot.x.at_low, plot.x.at_high);
    lanes_lines_draw(&sheet->body, &lanes, top, axis, below);
    axis_dates(&sheet->body, &plot.x, axis);
    lines_plot_draw(&sheet->body, &plot);
    for (size_t line = 0; line < panel->line_n; line++)
        add_end(sheet, &plot, line, &beside);
    add_limit(sheet, &plot, &beside);
    lanes_draw(&sheet->body, &lanes, below);
    if (plot.strip)
        add_strip(sheet, &plot, bottom);
    bottom += plot.strip ? STRIP : 0;
    if (of->has_cursor) {
        add_cursor(sheet, &plot, bottom);
        /* Where a page's script picks a date by pointer: the first at its left edge. */
        svg_rect(&sheet->body, "pick", plot.x.at_low, top, plot.x.at_high - plot.x.at_low,
                 bottom - top);
    }
    sheet->y = bottom;
}

static void add_panels(struct sheet *sheet, const struct lines *of)
{
    for (size_t i = 0; i < of->panel_n; i++) {
        sheet->y += i ? GAP : 0;
        if (of->panels[i].title.len) {
            sheet->y += i ? 0 : HEAD / 2.0;
            sheet_text(sheet, "hi b", of->panels[i].title);
        }
        add_panel(sheet, of, &of->panels[i]);
    }
}

/* --- words --- */

static void draw_line_sign(struct bc_buf *out, int of, double x, double y)
{
    static const char *const classes[] = { "l1", "l1", "l2", "l1 thin" };

    if (of == 1)
        svg_rect(out, "band1", x, y - 5, 22, 10);
    svg_line(out, classes[of], x, y, x + 22, y);
}

static struct sheet_sign line_sign(int of, struct bc_str word)
{
    return (struct sheet_sign){ draw_line_sign, of, 22, word };
}

/* What there is of it: the first panel that has a sign says what it means. */
static void add_key(struct sheet *sheet, const struct lines *of)
{
    struct sheet_sign signs[3 + LANES_KIND_N];
    const struct lines_panel *rate = NULL, *two = NULL, *rests = NULL;
    struct bc_buf first = { 0 };
    size_t n = 0;

    for (size_t i = of->panel_n; i-- > 0;) {
        const struct lines_panel *panel = &of->panels[i];

        rate = panel->kind == AXIS_RATE ? panel : rate;
        two = panel->line_n > 1 ? panel : two;
        rests = lines_plot_rests(panel) ? panel : rests;
    }
    bc_buf_add_str(&first, two ? two->labels[0] : BC_STR(""));
    bc_buf_printf(&first, "%s%s", first.len ? ", " : "",
                  rate ? "with its 95\xc2\xa0% interval" : "");
    if (rate || two)
        signs[n++] = line_sign(rate ? 1 : 0, bc_buf_str(&first));
    if (two)
        signs[n++] = line_sign(2, two->labels[1].len ? two->labels[1] : BC_STR("the second line"));
    if (rests)
        signs[n++] = line_sign(3, BC_STR("n under 10"));
    for (int kind = 0; kind < LANES_KIND_N; kind++)
        for (size_t i = 0; i < of->panel_n; i++) {
            const struct lanes lanes = { .marks = of->panels[i].marks, .n = of->panels[i].mark_n };

            if (!lanes_has(&lanes, (enum lanes_kind)kind))
                continue;
            signs[n++] = lanes_sign((enum lanes_kind)kind);
            break;
        }
    sheet->y += 8;
    sheet_key(sheet, signs, n);
    bc_buf_release(&first);
}

static void add_point_text(struct bc_buf *out, const struct lines_panel *panel,
                           const struct lines_point *point)
{
    if (!lines_plot_there(point)) {
        bc_buf_printf(out, "nothing");
        return;
    }
    axis_value_add(out, panel->kind, point->value, false);
    if (lines_plot_rests(panel))
        bc_buf_printf(out, " of %" PRIu64, point->n);
    if (panel->kind == AXIS_RATE)
        bc_buf_printf(out, " (%.1f to %.1f\xc2\xa0%%)", 100 * point->low, 100 * point->high);
}

static void add_line_desc(struct bc_buf *out, const struct lines *of,
                          const struct lines_panel *panel, size_t line)
{
    bc_buf_add_str(out, out->len ? BC_STR("; ") : BC_STR(""));
    bc_buf_add_str(out, panel->title);
    bc_buf_add_str(out, panel->title.len && panel->labels[line].len ? BC_STR(", ") : BC_STR(""));
    bc_buf_add_str(out, panel->labels[line]);
    bc_buf_add_str(out, panel->title.len || panel->labels[line].len ? BC_STR(": from ")
                                                                    : BC_STR("from "));
    add_point_text(out, panel, &panel->points[line][0]);
    bc_buf_add_str(out, BC_STR(" to "));
    add_point_text(out, panel, &panel->points[line][of->day_n - 1]);
    if (of->has_cursor) {
        char day[BC_DAY_LEN];

        bc_day_print(day, of->days[cursor_at(of)]);
        bc_buf_printf(out, ", on %s ", day);
        add_point_text(out, panel, &panel->points[line][cursor_at(of)]);
    }
}

static void add_desc(struct bc_buf *out, const struct lines *of)
{
    for (size_t i = 0; i < of->panel_n; i++) {
        const struct lines_panel *panel = &of->panels[i];

        for (size_t line = 0; line < panel->line_n; line++)
            add_line_desc(out, of, panel, line);
        if (panel->has_limit) {
            bc_buf_printf(out, "; red line ");
            axis_value_add(out, panel->kind, panel->limit, true);
        }
        if (panel->mark_n)
            bc_buf_printf(out, "; %zu pivots, reports and rules", panel->mark_n);
    }
}

/* --- the whole --- */

static void draw(struct bc_buf *out, const struct lines *of)
{
    struct bc_buf desc = { 0 };
    struct sheet sheet;

    sheet_begin(&sheet, of->place, of->title);
    if (of->day_n)
        add_panels(&sheet, of);
    else
        sheet_text(&sheet, "", BC_STR("No date is there to be drawn."));
    add_key(&sheet, of);
    sheet_texts(&sheet, "", of->notes, of->note_n);
    if (of->day_n)
        add_desc(&desc, of);
    sheet_end(&sheet, out, of->title, bc_buf_str(&desc));
    bc_buf_release(&desc);
}

/* Every so many of the dates, and the last one. */
static void draw_some(struct bc_buf *out, const struct lines *of, size_t each)
{
    const size_t n = (of->day_n + each - 1) / each, first = of->day_n - 1 - (n - 1) * each;
    bc_arena *arena = bc_arena_new();
    struct lines_panel *panels = bc_arena_alloc(arena, of->panel_n * sizeof(*panels));
    int32_t *days = bc_arena_alloc(arena, n * sizeof(*days));
    struct lines some = *of;

    for (size_t i = 0; i < n; i++)
        days[i] = of->days[first + i * each];
    for (size_t p = 0; p < of->panel_n; p++) {
        panels[p] = of->panels[p];
        for (size_t line = 0; line < panels[p].line_n; line++) {
            struct lines_point *points = bc_arena_alloc(arena, n * sizeof(*points));

            for (size_t i = 0; i < n; i++)
                points[i] = of->panels[p].points[line][first + i * each];
            panels[p].points[line] = points;
        }
    }
    some.days = days;
    some.day_n = n;
    some.panels = panels;
    draw(out, &some);
    bc_arena_free(arena);
}

void lines_draw(struct bc_buf *out, const struct lines *of)
{
    const double width = of->place.width > 0 ? of->place.width : SHEET_FILE;
    const size_t most = (size_t)(DATES_A_PIXEL * width);

    if (of->day_n > most)
        draw_some(out, of, (of->day_n + most - 1) / most);
    else
        draw(out, of);
}
