#include "tools/draw/lines.h"

#include "tools/draw/svg.h"

#include <inttypes.h>

enum {
    WIDTH = 860,
    MARGIN = 16,
    LEFT = 72,   /* of the plot */
    RIGHT = 716, /* with room for the labels of the ends */
    TOP = 44,    /* of the first panel */
    HEAD = 16,   /* from a panel's title to its plot */
    PLOT = 140,
    DATES = 22,
    STRIP = 22, /* of columns, n */
    GAP = 28,
    THIN_BELOW = 10, /* n; the line is dotted, the band half as strong */
};

struct panel {
    const struct lines *of;
    const struct lines_panel *at;
    struct scale x, y;
    double step;
    bool bands, strip;
};

/* --- scales --- */

/* Rates rest on their n: what rests on few may leave the plot. */
static double most_of(const struct lines *of, const struct lines_panel *panel)
{
    double most = 0;

    for (size_t l = 0; l < panel->line_n; l++)
        for (size_t i = 0; i < of->day_n; i++) {
            const struct lines_point *point = &panel->points[l][i];
            const bool rate = panel->kind == AXIS_RATE;
            const double value = rate && l == 0 ? point->high : point->value;

            if (point->there && (!rate || point->n >= THIN_BELOW) && value > most)
                most = value;
        }
    return most;
}

static struct panel panel_of(const struct lines *of, size_t i, double top)
{
    struct panel panel = { .of = of, .at = &of->panels[i] };

    panel.bands = panel.at->kind == AXIS_RATE;
    panel.strip = panel.at->kind == AXIS_RATE || panel.at->kind == AXIS_DAYS;
    panel.x = (struct scale){ of->days[0], of->days[of->day_n - 1], LEFT, RIGHT };
    panel.y = axis_scale(panel.at->kind, most_of(of, panel.at), top + PLOT, top, &panel.step);
    return panel;
}

static double x_at(const struct panel *panel, size_t i)
{
    return scale_at(&panel->x, panel->of->days[i]);
}

static double y_at(const struct panel *panel, double value)
{
    return scale_at(&panel->y, value > panel->y.high ? panel->y.high : value);
}

/* --- lines --- */

static bool is_thin(const struct panel *panel, const struct lines_point *point)
{
    return panel->strip && point->n < THIN_BELOW;
}

/* From `first` on, up to which point a line has one look: thin as it leaves the first of them, or
 * not; and unbroken. */
static size_t run_end(const struct panel *panel, const struct lines_point *points, size_t first)
{
    const bool thin = is_thin(panel, &points[first]);
    size_t end = first + 1;

    while (end < panel->of->day_n && points[end].there && is_thin(panel, &points[end]) == thin)
        end++;
    return end < panel->of->day_n && points[end].there ? end + 1 : end;
}

static void add_line(struct bc_buf *out, const struct panel *panel, size_t line, size_t first,
                     size_t end)
{
    static const char *const classes[LINES_MAX][2] = { { "l1", "l1 thin" }, { "l2", "l2 thin" } };
    const struct lines_point *points = panel->at->points[line];

    if (end - first == 1) {
        svg_dot(out, line ? "dot2" : "dot1", x_at(panel, first), y_at(panel, points[first].value),
                1.5);
        return;
    }
    svg_path_begin(out, classes[line][is_thin(panel, &points[first])]);
    for (size_t i = first; i < end; i++)
        svg_path_add(out, i == first ? 'M' : 'L',
                     (double[]){ x_at(panel, i), y_at(panel, points[i].value) }, 2);
    svg_path_end(out, (struct bc_str){ 0 });
}

static void add_band(struct bc_buf *out, const struct panel *panel, size_t first, size_t end)
{
    const struct lines_point *points = panel->at->points[0];

    svg_path_begin(out, is_thin(panel, &points[first]) ? "band1 thin" : "band1");
    for (size_t i = first; i < end; i++)
        svg_path_add(out, i == first ? 'M' : 'L',
                     (double[]){ x_at(panel, i), y_at(panel, points[i].high) }, 2);
    for (size_t i = end; i-- > first;)
        svg_path_add(out, 'L', (double[]){ x_at(panel, i), y_at(panel, points[i].low) }, 2);
    svg_path_add(out, 'z', NULL, 0);
    svg_path_end(out, (struct bc_str){ 0 });
}

/* An arrowhead and its number, where a line leaves the plot. */
static void add_leaving(struct bc_buf *out, const struct panel *panel, size_t i,
                        const struct lines_point *point)
{
    const double x = x_at(panel, i), y = panel->y.at_high;
    struct bc_buf text = { 0 };

    svg_path_begin(out, "dot1");
    svg_path_add(out, 'M', (double[]){ x - 4, y + 6 }, 2);
    svg_path_add(out, 'L', (double[]){ x, y }, 2);
    svg_path_add(out, 'L', (double[]){ x + 4, y + 6 }, 2);
    svg_path_add(out, 'z', NULL, 0);
    svg_path_end(out, (struct bc_str){ 0 });
    axis_value_add(&text, panel->at->kind, point->value, false);
    bc_buf_printf(&text, " of %" PRIu64, point->n);
    svg_text(out, "s1 halo", x + 8, y + 9, bc_buf_str(&text));
    bc_buf_release(&text);
}

static void add_runs(struct bc_buf *out, const struct panel *panel, size_t line, bool bands)
{
    const struct lines_point *points = panel->at->points[line];
    const size_t n = panel->of->day_n;

    for (size_t first = 0, end; first < n; first = end) {
        if (!points[first].there) {
            end = first + 1;
            continue;
        }
        end = run_end(panel, points, first);
        if (bands)
            add_band(out, panel, first, end);
        else
            add_line(out, panel, line, first, end);
        /* Where the look changes, the last point of a run is the first of the next. */
        if (end - first > 1 && is_thin(panel, &points[end - 1]) != is_thin(panel, &points[first]) &&
            end < n && points[end].there)
            end--;
    }
}

static void add_all_leaving(struct bc_buf *out, const struct panel *panel)
{
    const struct lines_point *points = panel->at->points[0];
    bool left = false;

    for (size_t i = 0; i < panel->of->day_n; i++) {
        const bool leaves = points[i].there && points[i].value > panel->y.high * (1 + 1e-9);

        if (leaves && !left)
            add_leaving(out, panel, i, &points[i]);
        left = leaves;
    }
}

/* --- ends, strip --- */

static void add_end(struct bc_buf *out, const struct panel *panel, size_t line, double *last_y)
{
    const struct lines_point *points = panel->at->points[line];
    size_t last = panel->of->day_n;
    struct bc_buf text = { 0 };
    double y, at;

    while (last > 0 && !points[last - 1].there)
        last--;
    if (last == 0)
        return;
    y = y_at(panel, points[last - 1].value);
    at = y;
    if (line && at - *last_y < SVG_LINE && *last_y - at < SVG_LINE)
        at = at < *last_y ? *last_y - SVG_LINE : *last_y + SVG_LINE;
    *last_y = at;
    svg_dot(out, line ? "dot2" : "dot1", x_at(panel, last - 1), y, 3);
    axis_value_add(&text, panel->at->kind, points[last - 1].value, false);
    if (panel->at->labels[line].len)
        bc_buf_add_byte(&text, ' ');
    bc_buf_add_str(&text, panel->at->labels[line]);
    svg_text(out, line ? "s2" : "s1", RIGHT + 8, at + 4, bc_buf_str(&text));
    bc_buf_release(&text);
}

static void add_strip(struct bc_buf *out, const struct panel *panel, double top)
{
    const struct lines_point *points = panel->at->points[0];
    const size_t n = panel->of->day_n;
    const double each = (double)(RIGHT - LEFT) / (double)n;
    struct bc_buf last = { 0 };
    uint64_t most = 1;

    for (size_t i = 0; i < n; i++)
        most = points[i].n > most ? points[i].n : most;
    for (size_t i = 0; i < n; i++) {
        const double height = STRIP * (double)points[i].n / (double)most;

        if (points[i].n)
            svg_rect(out, "nbar", LEFT + each * (double)i, top + STRIP - height,
                     each > 3 ? each - 1 : each, height);
    }
    bc_buf_printf(&last, "n %" PRIu64, points[n - 1].n);
    svg_text(out, "e", LEFT - 6, top + STRIP, BC_STR("n"));
    svg_text(out, "nlast", RIGHT + 8, top + STRIP, bc_buf_str(&last));
    bc_buf_release(&last);
}

/* --- panels --- */

static double panel_height(const struct lines_panel *panel)
{
    const bool strip = panel->kind == AXIS_RATE || panel->kind == AXIS_DAYS;

    return HEAD + PLOT + DATES + (strip ? STRIP : 0) + GAP;
}

static void add_panel(struct bc_buf *out, const struct lines *of, size_t i, double top)
{
    const struct panel panel = panel_of(of, i, top + HEAD);
    double last_y = 0;

    svg_text(out, "hi b", MARGIN, top, panel.at->title);
    axis_values(out, &panel.y, panel.step, panel.at->kind, LEFT, RIGHT);
    axis_dates(out, &panel.x, top + HEAD + PLOT);
    if (panel.bands)
        add_runs(out, &panel, 0, true);
    for (size_t line = panel.at->line_n; line-- > 0;)
        add_runs(out, &panel, line, false);
    add_all_leaving(out, &panel);
    for (size_t line = 0; line < panel.at->line_n; line++)
        add_end(out, &panel, line, &last_y);
    if (panel.strip)
        add_strip(out, &panel, top + HEAD + PLOT + DATES);
}

static void add_point_text(struct bc_buf *out, const struct lines_panel *panel,
                           const struct lines_point *point)
{
    if (!point->there) {
        bc_buf_printf(out, "nothing");
        return;
    }
    axis_value_add(out, panel->kind, point->value, false);
    if (panel->kind == AXIS_RATE || panel->kind == AXIS_DAYS)
        bc_buf_printf(out, " of %" PRIu64, point->n);
    if (panel->kind == AXIS_RATE)
        bc_buf_printf(out, " (%.1f to %.1f\xc2\xa0%%)", 100 * point->low, 100 * point->high);
}

static void add_desc(struct bc_buf *out, const struct lines *of)
{
    for (size_t i = 0; i < of->panel_n; i++)
        for (size_t line = 0; line < of->panels[i].line_n; line++) {
            const struct lines_panel *panel = &of->panels[i];

            bc_buf_add_str(out, i || line ? BC_STR("; ") : BC_STR(""));
            bc_buf_add_str(out, panel->title);
            bc_buf_add_str(out, panel->labels[line].len ? BC_STR(", ") : BC_STR(""));
            bc_buf_add_str(out, panel->labels[line]);
            bc_buf_add_str(out, BC_STR(": from "));
            add_point_text(out, panel, &panel->points[line][0]);
            bc_buf_add_str(out, BC_STR(" to "));
            add_point_text(out, panel, &panel->points[line][of->day_n - 1]);
        }
}

/* What bands, dashes and dots mean, in words. */
static void add_key(struct bc_buf *out, const struct lines *of, double y)
{
    bool rates = false, second = false;
    struct bc_buf text = { 0 };

    for (size_t i = 0; i < of->panel_n; i++) {
        rates = rates || of->panels[i].kind == AXIS_RATE;
        second = second || of->panels[i].line_n > 1;
    }
    if (rates)
        bc_buf_printf(&text, "Band: 95\xc2\xa0%% interval%s. Dotted: n under %d. ",
                      second ? " of the first line" : "", THIN_BELOW);
    if (second)
        bc_buf_printf(&text, "Dashed: the second line.");
    svg_text(out, "note", MARGIN, y, bc_buf_str(&text));
    bc_buf_release(&text);
}

void lines_draw(struct bc_buf *out, const struct lines *of)
{
    struct bc_buf desc = { 0 };
    struct svg_head head = { .width = WIDTH, .title = of->title };
    double y = TOP + SVG_LINE;

    for (size_t i = 0; i < of->panel_n; i++)
        y += panel_height(&of->panels[i]);
    head.height = y + SVG_LINE * (double)of->note_n + MARGIN;
    add_desc(&desc, of);
    head.desc = bc_buf_str(&desc);
    svg_begin(out, &head);
    svg_text(out, "hi b", MARGIN, 24, of->title);
    y = TOP + SVG_LINE;
    for (size_t i = 0; i < of->panel_n; i++) {
        add_panel(out, of, i, y);
        y += panel_height(&of->panels[i]);
    }
    add_key(out, of, y);
    for (size_t i = 0; i < of->note_n; i++)
        svg_text(out, "note", MARGIN, y + SVG_LINE * (double)(i + 1), of->notes[i]);
    svg_end(out);
    bc_buf_release(&desc);
}
