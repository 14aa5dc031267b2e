#include "tools/draw/lines_plot.h"

#include "tools/draw/svg.h"

#include <inttypes.h>
#include <math.h>

enum { LEAVING_APART = 40 }; /* pixels from one arrowhead to the next */

bool lines_plot_rests(const struct lines_panel *panel)
{
    return panel->kind == AXIS_RATE || panel->kind == AXIS_DAYS;
}

bool lines_plot_there(const struct lines_point *point)
{
    return point->there && isfinite(point->value);
}

double lines_plot_x(const struct lines_plot *plot, size_t i)
{
    return scale_at(&plot->x, plot->of->days[i]);
}

double lines_plot_y(const struct lines_plot *plot, double value)
{
    return scale_at(&plot->y, fmin(fmax(value, plot->y.low), plot->y.high));
}

/* --- lines --- */

static bool is_thin(const struct lines_plot *plot, const struct lines_point *point)
{
    return plot->strip && point->n < LINES_THIN_BELOW;
}

/* From `first` on, up to which point a line has one look: thin as it leaves the first of them, or
 * not; and unbroken. */
static size_t run_end(const struct lines_plot *plot, const struct lines_point *points, size_t first)
{
    const bool thin = is_thin(plot, &points[first]);
    size_t end = first + 1;

    while (end < plot->of->day_n && lines_plot_there(&points[end]) &&
           is_thin(plot, &points[end]) == thin)
        end++;
    return end < plot->of->day_n && lines_plot_there(&points[end]) ? end + 1 : end;
}

static void add_line(struct bc_buf *out, const struct lines_plot *plot, size_t line, size_t first,
                     size_t end)
{
    static const char *const classes[LINES_MAX][2] = { { "l1", "l1 thin" }, { "l2", "l2 thin" } };
    const struct lines_point *points = plot->at->points[line];

    if (end - first == 1) {
        svg_dot(out, line ? "dot2" : "dot1", lines_plot_x(plot, first),
                lines_plot_y(plot, points[first].value), 1.5);
        return;
    }
    svg_path_begin(out, classes[line][is_thin(plot, &points[first])]);
    for (size_t i = first; i < end; i++)
        svg_path_add(out, i == first ? 'M' : 'L',
                     (double[]){ lines_plot_x(plot, i), lines_plot_y(plot, points[i].value) }, 2);
    svg_path_end(out, (struct bc_str){ 0 });
}

static void add_band(struct bc_buf *out, const struct lines_plot *plot, size_t first, size_t end)
{
    const struct lines_point *points = plot->at->points[0];

    svg_path_begin(out, is_thin(plot, &points[first]) ? "band1 thin" : "band1");
    for (size_t i = first; i < end; i++)
        svg_path_add(out, i == first ? 'M' : 'L',
                     (double[]){ lines_plot_x(plot, i), lines_plot_y(plot, points[i].high) }, 2);
    for (size_t i = end; i-- > first;)
        svg_path_add(out, 'L',
                     (double[]){ lines_plot_x(plot, i), lines_plot_y(plot, points[i].low) }, 2);
    svg_path_add(out, 'z', NULL, 0);
    svg_path_end(out, (struct bc_str){ 0 });
}

/* An arrowhead and its number, where a line leaves the plot. */
static void add_leaving(struct bc_buf *out, const struct lines_plot *plot, size_t i,
                        const struct lines_point *point)
{
    const double x = lines_plot_x(plot, i), y = plot->y.at_high;
    struct bc_buf text = { 0 };

    svg_path_begin(out, "dot1");
    svg_path_add(out, 'M', (double[]){ x - 4, y + 6 }, 2);
    svg_path_add(out, 'L', (double[]){ x, y }, 2);
    svg_path_add(out, 'L', (double[]){ x + 4, y + 6 }, 2);
    svg_path_add(out, 'z', NULL, 0);
    svg_path_end(out, (struct bc_str){ 0 });
    axis_value_add(&text, plot->at->kind, point->value, false);
    bc_buf_printf(&text, " of %" PRIu64, point->n);
    svg_text(out, "s1 halo", x + 8, y + 9, bc_buf_str(&text));
    bc_buf_release(&text);
}

static void add_runs(struct bc_buf *out, const struct lines_plot *plot, size_t line, bool bands)
{
    const struct lines_point *points = plot->at->points[line];
    const size_t n = plot->of->day_n;

    for (size_t first = 0, end; first < n; first = end) {
        if (!lines_plot_there(&points[first])) {
            end = first + 1;
            continue;
        }
        end = run_end(plot, points, first);
        if (bands)
            add_band(out, plot, first, end);
        else
            add_line(out, plot, line, first, end);
        /* Where the look changes, the last point of a run is the first of the next. */
        if (end - first > 1 && is_thin(plot, &points[end - 1]) != is_thin(plot, &points[first]) &&
            end < n && lines_plot_there(&points[end]))
            end--;
    }
}

static void add_all_leaving(struct bc_buf *out, const struct lines_plot *plot)
{
    const struct lines_point *points = plot->at->points[0];
    double last_x = -LEAVING_APART;
    bool left = false;

    for (size_t i = 0; i < plot->of->day_n; i++) {
        const bool leaves =
            lines_plot_there(&points[i]) && points[i].value > plot->y.high * (1 + 1e-9);
        const double x = lines_plot_x(plot, i);

        if (leaves && !left && x - last_x >= LEAVING_APART) {
            add_leaving(out, plot, i, &points[i]);
            last_x = x;
        }
        left = leaves;
    }
}

void lines_plot_draw(struct bc_buf *out, const struct lines_plot *plot)
{
    if (plot->bands)
        add_runs(out, plot, 0, true);
    for (size_t line = plot->at->line_n; line-- > 0;)
        add_runs(out, plot, line, false);
    if (plot->at->line_n)
        add_all_leaving(out, plot);
}
