#include "tools/draw/lanes.h"

#include "tools/draw/svg.h"

#include <math.h>

enum {
    LANE = 16,
    UNDER = 14, /* more, where labels stand under their marks */
    GAP = 4,
    HALF = 4,  /* of a mark */
    APART = 8, /* from a mark to its label, and from a label to the next mark */
    LETTERS = 14,
    LANE_N = 3,
};

static const struct {
    const char *name;
    enum lanes_kind first, last;
    bool under;
} rows[LANE_N] = {
    { "Pivots", LANES_PIVOT, LANES_PIVOT, false },
    { "Reports", LANES_REPORT_OTHER, LANES_REPORT_SAME, false },
    { "Rules", LANES_RULES, LANES_RULES, true },
};

static bool is_of(const struct lanes *lanes, size_t i, int row)
{
    const struct lanes_mark *mark = &lanes->marks[i];

    return mark->kind >= rows[row].first && mark->kind <= rows[row].last &&
           mark->day >= lanes->days->low && mark->day <= lanes->days->high;
}

/* The next mark of a row from `i` on, or lanes->n. */
static size_t next_of(const struct lanes *lanes, int row, size_t i)
{
    while (i < lanes->n && !is_of(lanes, i, row))
        i++;
    return i;
}

static double row_height(const struct lanes *lanes, int row)
{
    return next_of(lanes, row, 0) < lanes->n ? LANE + (rows[row].under ? UNDER : 0) + GAP : 0;
}

double lanes_height(const struct lanes *lanes)
{
    double height = 0;

    for (int row = 0; row < LANE_N; row++)
        height += row_height(lanes, row);
    return height;
}

static double x_of(const struct lanes *lanes, size_t i)
{
    return scale_at(lanes->days, lanes->marks[i].day);
}

/* --- marks --- */

static void add_mark(struct bc_buf *out, enum lanes_kind kind, double x, double y)
{
    switch (kind) {
    case LANES_PIVOT:
        svg_diamond(out, "mk h", x, y, 5);
        break;
    case LANES_REPORT_OTHER:
        svg_rect(out, "mk", x - HALF, y - 5, 2 * HALF, 10);
        break;
    case LANES_REPORT_SAME:
        svg_rect(out, "mk o", x - HALF, y - 5, 2 * HALF, 10);
        break;
    case LANES_RULES:
        svg_path_begin(out, "mk");
        svg_path_add(out, 'M', (double[]){ x - HALF, y - HALF }, 2);
        svg_path_add(out, 'L', (double[]){ x + HALF, y - HALF, x, y + HALF }, 4);
        svg_path_add(out, 'Z', NULL, 0);
        svg_path_end(out, (struct bc_str){ 0 });
        break;
    case LANES_KIND_N:
        break;
    }
}

/* --- labels --- */

/* Marks that share one label. */
struct group {
    size_t first, last;
};

static void add_cut(struct bc_buf *out, struct bc_str label)
{
    struct bc_buf room = { 0 };

    bc_buf_add_str(out, svg_cut(&room, label, LETTERS));
    bc_buf_release(&room);
}

static void add_label(struct bc_buf *out, const struct lanes *lanes, const struct group *group)
{
    const struct bc_str first = lanes->marks[group->first].label,
                        last = lanes->marks[group->last].label;

    add_cut(out, first);
    if (group->first == group->last || bc_str_eq(first, last))
        return;
    bc_buf_add_str(out, first.len && last.len ? BC_STR(" to ") : BC_STR(""));
    add_cut(out, last);
}

/* From where to where the label of a group stands: under its middle, or right of its last mark;
 * within what there is. */
static void place_label(const struct lanes *lanes, const struct group *group, bool under,
                        double *from, double *to)
{
    struct bc_buf text = { 0 };
    double width;

    add_label(&text, lanes, group);
    width = (double)(svg_letters(bc_buf_str(&text)) * SVG_LETTER);
    *from = under ? (x_of(lanes, group->first) + x_of(lanes, group->last) - width) / 2
                  : x_of(lanes, group->last) + APART;
    *from = fmin(*from, lanes->right - width);
    *to = *from + width;
    bc_buf_release(&text);
}

/* A group takes in the next mark as long as its label would stand on that or on its label. */
static struct group group_from(const struct lanes *lanes, int row, size_t first)
{
    struct group group = { first, first };

    for (;;) {
        const size_t next = next_of(lanes, row, group.last + 1);
        double from, to, next_from, next_to;

        if (next == lanes->n)
            return group;
        place_label(lanes, &group, rows[row].under, &from, &to);
        place_label(lanes, &(struct group){ next, next }, rows[row].under, &next_from, &next_to);
        if (!rows[row].under)
            next_from = x_of(lanes, next) - HALF;
        if (to + APART / 2.0 <= next_from)
            return group;
        group.last = next;
    }
}

static void add_labels(struct bc_buf *out, const struct lanes *lanes, int row, double y)
{
    for (size_t i = next_of(lanes, row, 0); i < lanes->n;) {
        const struct group group = group_from(lanes, row, i);
        struct bc_buf text = { 0 };
        double from, to;

        add_label(&text, lanes, &group);
        place_label(lanes, &group, rows[row].under, &from, &to);
        if (text.len && rows[row].under && to < lanes->right)
            svg_text(out, "m", (from + to) / 2, y, bc_buf_str(&text));
        else if (text.len && from < lanes->right - (to - from) - 1)
            svg_text(out, "", from, y, bc_buf_str(&text));
        else if (text.len)
            svg_text(out, "e", lanes->right, y, bc_buf_str(&text));
        bc_buf_release(&text);
        i = next_of(lanes, row, group.last + 1);
    }
}

/* --- lanes --- */

/* Marks that would be one are. */
static void add_marks(struct bc_buf *out, const struct lanes *lanes, int row, double y)
{
    double last_x[LANES_KIND_N] = { -1, -1, -1, -1 };

    for (size_t i = next_of(lanes, row, 0); i < lanes->n; i = next_of(lanes, row, i + 1)) {
        const enum lanes_kind kind = lanes->marks[i].kind;
        const double x = x_of(lanes, i);

        if (fabs(x - last_x[kind]) < 1)
            continue;
        last_x[kind] = x;
        add_mark(out, kind, x, y);
    }
}

void lanes_lines_draw(struct bc_buf *out, const struct lanes *lanes, double plot, double axis,
                      double top)
{
    for (int row = 0; row < LANE_N; row++) {
        double last_x = -1;

        for (size_t i = next_of(lanes, row, 0); i < lanes->n; i = next_of(lanes, row, i + 1)) {
            const enum lanes_kind kind = lanes->marks[i].kind;
            const double x = x_of(lanes, i);

            if (fabs(x - last_x) < 1)
                continue;
            last_x = x;
            if (kind == LANES_PIVOT)
                svg_line(out, "hair", x, plot, x, top + 2);
            else
                svg_line(out, "grid", x, axis, x, top + 2);
        }
        top += row_height(lanes, row);
    }
}

void lanes_draw(struct bc_buf *out, const struct lanes *lanes, double top)
{
    for (int row = 0; row < LANE_N; row++) {
        const double height = row_height(lanes, row), left = lanes->days->at_low;
        const double middle = top + LANE / 2.0;

        if (height == 0)
            continue;
        svg_rect(out, "lane", left, top, lanes->days->at_high - left, height - GAP);
        svg_text(out, "e", left - 6, middle + 4, bc_str_of(rows[row].name));
        add_marks(out, lanes, row, middle);
        add_labels(out, lanes, row, rows[row].under ? middle + UNDER + 3 : middle + 4);
        top += height;
    }
}

/* --- key --- */

bool lanes_has(const struct lanes *lanes, enum lanes_kind kind)
{
    for (size_t i = 0; i < lanes->n; i++)
        if (lanes->marks[i].kind == kind)
            return true;
    return false;
}

static void draw_sign(struct bc_buf *out, int kind, double x, double y)
{
    add_mark(out, (enum lanes_kind)kind, x + 6, y);
}

struct sheet_sign lanes_sign(enum lanes_kind kind)
{
    static const char *const words[LANES_KIND_N] = { "pivot",
                                                     "report that would read differently now",
                                                     "report that still reads so",
                                                     "rules in force from here" };

    return (struct sheet_sign){ draw_sign, kind, 12, bc_str_of(words[kind]) };
}
