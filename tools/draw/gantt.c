#include "tools/draw/gantt.h"

#include "tools/draw/svg.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum {
    LABELS = 84, /* wide, left of the plot */
    SIDE = 8,    /* right of it */
    AXIS = 18,
    BAR = 26,
    BAR_TOP = AXIS + 4,
    LANES = BAR_TOP + BAR + 19, /* the middle of the first */
    LANE = 22,
    LAST = 19,  /* from the middle of the last to the end */
    SHORT = 24, /* what is left for a time that is drawn short, and its gap: */
    GAP = 7,
    SLANT = 8,
    COLUMNS = 2048, /* pixels of a plot, at most */
    SAID = 40,      /* visits of the description */
};

static const double SHOWN = 0.3; /* of a closed stage, as a part of the open life */

static const char *const lanes[GANTT_LANE_N] = {
    [GANTT_STAGES] = "Stage",  [GANTT_MAILS] = "Mails", [GANTT_MEETINGS] = "Meetings",
    [GANTT_PAPERS] = "Papers", [GANTT_FACTS] = "Facts", [GANTT_RETRACTIONS] = "Retractions",
};

struct plot {
    const struct gantt *of;
    struct visits_scale scale;
    double left, right, top, bottom;
};

/* What is seen in a lane at each pixel: marks, and how far the lines from there go. */
struct column {
    double lag_to;
    bool marks[GANTT_MARK_N];
};

/* --- time --- */

static bool is_late(const struct gantt_event *event)
{
    return visits_within(event->recorded_us) - visits_within(event->occurred_us) >= BC_DAY_US;
}

static bool is_closed(const struct visits_visit *visit)
{
    return visit->kind == VISITS_WON || visit->kind == VISITS_LOST;
}

static void find_range(const struct gantt *of, int64_t *from_us, int64_t *to_us)
{
    *from_us = *to_us = visits_within(of->time.as_of_us);
    for (size_t i = 0; i < of->visit_n; i++)
        if (of->visits[i].entered_us < *from_us)
            *from_us = visits_within(of->visits[i].entered_us);
    for (size_t i = 0; i < of->event_n; i++) {
        const int64_t us = visits_within(of->events[i].occurred_us);

        *from_us = us < *from_us ? us : *from_us;
        *to_us = us > *to_us ? us : *to_us;
    }
}

/* Where the closed stages begin that the deal is in, or -1. */
static int64_t closed_since(const struct gantt *of)
{
    int64_t since_us = -1;

    for (size_t i = of->visit_n; i-- > 0 && is_closed(&of->visits[i]);)
        since_us = visits_within(of->visits[i].entered_us);
    return since_us;
}

static struct visits_scale scale_of(const struct gantt *of, double left, double right)
{
    const int64_t closed_us = closed_since(of);
    int64_t from_us, to_us, open_us;
    struct visits_scale scale;

    find_range(of, &from_us, &to_us);
    open_us = closed_us - from_us;
    if (closed_us < 0 || open_us < BC_DAY_US || to_us - closed_us <= open_us)
        return visits_scale_of(&of->time, from_us, to_us, left, right);
    scale = visits_scale_of(&of->time, from_us, closed_us + (int64_t)(SHOWN * (double)open_us),
                            left, right - SHORT);
    scale.cut_us = scale.to_us;
    scale.to_us = to_us;
    scale.to_at = right;
    return scale;
}

static bool is_cut(const struct plot *plot)
{
    return plot->scale.cut_at < plot->scale.to_at;
}

/* --- bar --- */

static void add_bar(struct bc_buf *out, const struct plot *plot)
{
    const double top = plot->top + BAR_TOP, x = plot->scale.cut_at + SHORT / 2.0;

    svg_text(out, "e hi", plot->left - 8, top + BAR / 2.0 + 4, BC_STR("Visits"));
    visits_draw(out, &plot->scale, &plot->of->time, plot->of->visits, plot->of->visit_n, top, BAR,
                true);
    if (!is_cut(plot))
        return;
    svg_path_begin(out, "brk");
    svg_path_add(out, 'M', (double[]){ x, top - 3 }, 2);
    svg_path_add(
        out, 'L',
        (double[]){ x - SLANT, top + BAR + 3, x - SLANT + GAP, top + BAR + 3, x + GAP, top - 3 },
        6);
    svg_path_add(out, 'Z', NULL, 0);
    svg_path_end(out, (struct bc_str){ 0 });
}

/* --- lanes --- */

static void add_mark(struct bc_buf *out, enum gantt_mark mark, double x, double y)
{
    switch (mark) {
    case GANTT_HAPPENED:
        svg_dot(out, "evd", x, y, 4);
        break;
    case GANTT_PLANNED:
        svg_dot(out, "evo", x, y, 3.5);
        break;
    case GANTT_RETRACTED:
        svg_cross(out, "x", x, y, 4);
        break;
    case GANTT_RETRACTS:
        svg_diamond(out, "mk o", x, y, 5);
        break;
    case GANTT_MARK_N:
        break;
    }
}

static size_t column_of(const struct plot *plot, double x)
{
    const double at = floor(x - plot->left);

    return at < 0 ? 0 : at < COLUMNS ? (size_t)at : COLUMNS - 1;
}

static void add_lag(struct bc_buf *out, double from, double to, double y)
{
    svg_path_begin(out, "lag");
    svg_path_add(out, 'M', (double[]){ from, y }, 2);
    svg_path_add(out, 'H', (double[]){ to }, 1);
    svg_path_add(out, 'M', (double[]){ to, y - 4 }, 2);
    svg_path_add(out, 'V', (double[]){ y + 4 }, 1);
    svg_path_end(out, (struct bc_str){ 0 });
}

/* Of a lane and kind one a pixel. */
static void add_marks(struct bc_buf *out, const struct plot *plot, enum gantt_lane lane,
                      enum gantt_mark mark, struct column *columns)
{
    const double y = plot->top + LANES + LANE * (double)lane;

    for (size_t i = 0; i < plot->of->event_n; i++) {
        const struct gantt_event *event = &plot->of->events[i];
        const double x = visits_at(&plot->scale, event->occurred_us);
        bool *seen = &columns[column_of(plot, x)].marks[mark];

        if (event->lane != lane || event->mark != mark || *seen)
            continue;
        add_mark(out, mark, x, y);
        *seen = true;
    }
}

/* Lines first, so that no mark is under one. */
static void add_lane(struct bc_buf *out, const struct plot *plot, enum gantt_lane lane,
                     struct column *columns)
{
    const double y = plot->top + LANES + LANE * (double)lane;
    const struct gantt *of = plot->of;

    svg_text(out, "e", plot->left - 8, y + 4, bc_str_of(lanes[lane]));
    svg_line(out, "grid", plot->left, y, plot->right, y);
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct column){ 0 };
    for (size_t i = 0; i < of->event_n; i++) {
        const struct gantt_event *event = &of->events[i];
        const double x = visits_at(&plot->scale, event->occurred_us);
        struct column *column = &columns[column_of(plot, x)];

        if (event->lane == lane && is_late(event))
            column->lag_to = fmax(column->lag_to, visits_at(&plot->scale, event->recorded_us));
    }
    for (size_t i = 0; i < COLUMNS; i++)
        if (columns[i].lag_to > 0)
            add_lag(out, plot->left + (double)i, columns[i].lag_to, y);
    for (int mark = 0; mark < GANTT_MARK_N; mark++)
        add_marks(out, plot, lane, (enum gantt_mark)mark, columns);
}

/* --- words --- */

static void add_counts(struct bc_buf *out, const struct gantt *of)
{
    size_t counts[GANTT_LANE_N] = { 0 }, retracted = 0, late = 0;

    for (size_t i = 0; i < of->event_n; i++) {
        const struct gantt_event *event = &of->events[i];

        counts[event->lane]++;
        retracted += event->mark == GANTT_RETRACTED;
        late += is_late(event);
    }
    bc_buf_printf(out, "%zu event%s", of->event_n, of->event_n == 1 ? "" : "s");
    for (int lane = 0; lane < GANTT_LANE_N; lane++)
        if (counts[lane])
            bc_buf_printf(out, ", %s %zu", lanes[lane], counts[lane]);
    bc_buf_printf(out, "; %zu retracted, %zu learnt a day or more after", retracted, late);
}

static void add_desc(struct bc_buf *out, const struct gantt *of)
{
    for (size_t i = 0; i < of->visit_n && i < SAID; i++) {
        visits_say(out, &of->time, &of->visits[i]);
        bc_buf_printf(out, "; ");
    }
    if (of->visit_n > SAID)
        bc_buf_printf(out, "and %zu visits more; ", of->visit_n - SAID);
    if (of->visit_n == 0)
        bc_buf_printf(out, "In no stage; ");
    add_counts(out, of);
}

static void draw_mark_sign(struct bc_buf *out, int mark, double x, double y)
{
    add_mark(out, (enum gantt_mark)mark, x + 6, y);
}

static void draw_lag_sign(struct bc_buf *out, int of, double x, double y)
{
    (void)of;
    add_lag(out, x + 4, x + 22, y);
    add_mark(out, GANTT_HAPPENED, x + 4, y);
}

static void add_key(struct sheet *sheet, const struct gantt *of, bool cut)
{
    const struct sheet_sign signs[] = {
        { draw_mark_sign, GANTT_HAPPENED, 12, BC_STR("happened") },
        { draw_mark_sign, GANTT_PLANNED, 12, BC_STR("planned, opened or set") },
        { draw_mark_sign, GANTT_RETRACTED, 12, BC_STR("retracted") },
        { draw_mark_sign, GANTT_RETRACTS, 12, BC_STR("retracts") },
        { draw_lag_sign, 0, 24, BC_STR("learnt a day or more after, up to the bar") },
    };
    struct visits_signs stages = { 0 };

    visits_signs_add(&stages, &of->time, of->visits, of->visit_n);
    sheet_key(sheet, stages.at, stages.n);
    sheet_key(sheet, signs, sizeof(signs) / sizeof(signs[0]));
    if (cut)
        sheet_text(sheet, "",
                   BC_STR("Slanted gap: a closed stage that is longer than the deal was "
                          "open, drawn short."));
}

void gantt_draw(struct bc_buf *out, const struct gantt *of)
{
    struct column *columns = bc_calloc(COLUMNS, sizeof(*columns));
    struct bc_buf desc = { 0 };
    struct plot plot = { .of = of };
    struct sheet sheet;
    double as_of;

    sheet_begin(&sheet, of->place, of->title);
    plot.left = sheet.left + LABELS;
    plot.right = sheet.right - SIDE;
    plot.top = sheet.y;
    plot.bottom = sheet.y + LANES + LANE * (GANTT_LANE_N - 1) + LAST;
    plot.scale = scale_of(of, plot.left, plot.right);
    axis_dates_above(&sheet.body, &plot.scale.days, plot.top + AXIS, plot.bottom);
    add_bar(&sheet.body, &plot);
    for (int lane = 0; lane < GANTT_LANE_N; lane++)
        add_lane(&sheet.body, &plot, (enum gantt_lane)lane, columns);
    as_of = visits_at(&plot.scale, of->time.as_of_us);
    svg_line(&sheet.body, "cursor", as_of, plot.top + AXIS - 2, as_of, plot.bottom);
    sheet.y = plot.bottom + 4;
    add_key(&sheet, of, is_cut(&plot));
    sheet_texts(&sheet, "", of->notes, of->note_n);
    add_desc(&desc, of);
    sheet_end(&sheet, out, of->title, bc_buf_str(&desc));
    bc_buf_release(&desc);
    free(columns);
}
