#include "tools/draw/strips.h"

#include "tools/draw/axis.h"
#include "tools/draw/svg.h"

enum {
    LABELS = 180, /* left of the strips; */
    LABELS_MIDDLE = 172,
    ENDS = 108, /* right of them; */
    ENDS_MIDDLE = 100,
    NAME = 18, /* where there is no room beside them: above, with the end on its right */
    ROOM = 8,  /* from a strip to its end */
    LANE = 16, /* of marks, above a strip */
    STRIP = 22,
    GAP = 16,
    DATES = 24,
    SIZE = 5,   /* of a mark */
    THIN = 2,   /* the least width of a span */
    KEY = 10,   /* the most height of a box in the key */
    SAID = 200, /* spans of the description, of a strip */
};

/* How high a state stands in its strip, and how it looks. */
static const struct {
    const char *class;
    double height;
} looks[STRIP_STATE_N] = {
    [STRIP_FINE] = { "fine", 4 },
    [STRIP_RISK] = { "risk", 12 },
    [STRIP_OFF] = { "off", STRIP },
    [STRIP_UNKNOWN] = { "unknown", 4 },
};

/* Where strips stand. */
struct plot {
    const struct strips *of;
    struct scale days;
    double left, right; /* of the sheet */
    bool above;         /* labels stand above their strips */
};

static struct plot plot_of(const struct sheet *sheet, const struct strips *of)
{
    const bool above = sheet_narrow(sheet);
    const double left = sheet->left + (above ? 0 : sheet_by_width(sheet, LABELS, LABELS_MIDDLE, 0));
    const double right = sheet->right - (above ? 0 : sheet_by_width(sheet, ENDS, ENDS_MIDDLE, 0));

    return (struct plot){ .of = of,
                          .days = { of->from, of->to, left, right },
                          .left = sheet->left,
                          .right = sheet->right,
                          .above = above };
}

static void add_diamond(struct bc_buf *out, double x, double y)
{
    svg_path_begin(out, "node");
    svg_path_add(out, 'M', (double[]){ x, y - SIZE }, 2);
    svg_path_add(out, 'L', (double[]){ x + SIZE, y, x, y + SIZE, x - SIZE, y }, 6);
    svg_path_add(out, 'z', NULL, 0);
}

/* A box of a state that stands on `bottom`, at most so high; what is not known is hollow. */
static void add_box(struct bc_buf *out, enum strip_state state, double x, double width,
                    double bottom, double most, struct bc_str title)
{
    const double height = looks[state].height < most ? looks[state].height : most;

    svg_path_begin(out, looks[state].class);
    svg_path_add(out, 'M', (double[]){ x, bottom }, 2);
    svg_path_add(out, 'V', (double[]){ bottom - height }, 1);
    svg_path_add(out, 'H', (double[]){ x + width }, 1);
    svg_path_add(out, 'V', (double[]){ bottom }, 1);
    svg_path_add(out, 'z', NULL, 0);
    svg_path_end(out, title);
}

/* Of spans that would stand on each other as thin as can be one is drawn. */
static void add_spans(struct bc_buf *out, const struct plot *plot, const struct strip *strip,
                      double bottom)
{
    const double right = plot->days.at_high;
    double thin_at = -THIN;

    for (size_t i = 0; i < strip->span_n; i++) {
        const struct strip_span *span = &strip->spans[i];
        const double next =
            i + 1 < strip->span_n ? scale_at(&plot->days, strip->spans[i + 1].first) : right;
        const double begin = scale_at(&plot->days, span->first);
        const double x = begin < right - THIN ? begin : right - THIN;
        const bool thin = next - x < THIN;

        if (thin && x - thin_at < THIN / 2.0)
            continue;
        thin_at = thin ? x : thin_at;
        add_box(out, span->state, x, thin ? THIN : next - x, bottom, STRIP, span->text);
        if (span->crossed)
            svg_cross(out, "x", begin, bottom - STRIP - LANE / 2.0, 3);
    }
}

static void add_marks(struct bc_buf *out, const struct plot *plot, const struct strip *strip,
                      double bottom)
{
    double last_x = -1;

    for (size_t i = 0; i < strip->mark_n; i++) {
        const double x = scale_at(&plot->days, strip->marks[i].day);

        if (i && x - last_x < 1 && last_x - x < 1)
            continue;
        last_x = x;
        svg_line(out, "hair", x, bottom - STRIP - LANE, x, bottom);
        add_diamond(out, x, bottom - STRIP - LANE / 2.0);
        svg_path_end(out, strip->marks[i].text);
    }
}

/* Returns where it ends. */
static double add_strip(struct bc_buf *out, const struct plot *plot, const struct strip *strip,
                        double top)
{
    const double above = plot->above ? top + NAME : top, bottom = above + LANE + STRIP;
    const double baseline = plot->above ? above - 2 : bottom - 7, left = plot->days.at_low;
    const double room = plot->above ? (plot->right - plot->left) / 2 : left - plot->left;
    const size_t letters = (size_t)(room / SVG_LETTER) - 1;
    struct bc_buf cut = { 0 };

    svg_rect(out, "lane", left, above + LANE, plot->days.at_high - left, STRIP);
    svg_text(out, "hi", plot->left, baseline, svg_cut(&cut, strip->label, letters));
    add_spans(out, plot, strip, bottom);
    add_marks(out, plot, strip, bottom);
    if (plot->above)
        svg_text(out, "hi e", plot->right, baseline, svg_cut(&cut, strip->end, letters));
    else
        svg_text(out, "hi", plot->days.at_high + ROOM, baseline, svg_cut(&cut, strip->end, 16));
    bc_buf_release(&cut);
    return bottom + GAP;
}

/* --- words --- */

/* States, then a mark and a cross. */
static void draw_sign(struct bc_buf *out, int of, double x, double y)
{
    if (of < STRIP_STATE_N) {
        add_box(out, (enum strip_state)of, x, 14, y + 5, KEY, (struct bc_str){ 0 });
    } else if (of == STRIP_STATE_N) {
        add_diamond(out, x + 7, y);
        svg_path_end(out, (struct bc_str){ 0 });
    } else {
        svg_cross(out, "x", x + 7, y, 3);
    }
}

static void add_key(struct sheet *sheet, const struct strips *of)
{
    struct sheet_sign signs[STRIP_STATE_N + 2];
    size_t n = 0;

    for (; n < STRIP_STATE_N; n++)
        signs[n] = (struct sheet_sign){ draw_sign, (int)n, 14, of->states[n] };
    signs[n++] = (struct sheet_sign){ draw_sign, STRIP_STATE_N, 14, of->mark };
    signs[n++] = (struct sheet_sign){ draw_sign, STRIP_STATE_N + 1, 14, of->cross };
    sheet_key(sheet, signs, n);
}

static void add_desc(struct bc_buf *out, const struct strips *of)
{
    for (size_t i = 0; i < of->n; i++) {
        const struct strip *strip = &of->strips[i];

        bc_buf_add_str(out, i ? BC_STR(". ") : BC_STR(""));
        bc_buf_add_str(out, strip->label);
        for (size_t j = 0; j < strip->span_n && j < SAID; j++) {
            bc_buf_add_str(out, j ? BC_STR("; ") : BC_STR(": "));
            bc_buf_add_str(out, strip->spans[j].text);
        }
        for (size_t j = 0; j < strip->mark_n && j < SAID; j++) {
            bc_buf_add_str(out, BC_STR("; "));
            bc_buf_add_str(out, strip->marks[j].text);
        }
    }
}

void strips_draw(struct bc_buf *out, const struct strips *of)
{
    struct bc_buf desc = { 0 };
    struct sheet sheet;
    struct plot plot;

    sheet_begin(&sheet, of->place, of->title);
    plot = plot_of(&sheet, of);
    for (size_t i = 0; i < of->n; i++)
        sheet.y = add_strip(&sheet.body, &plot, &of->strips[i], sheet.y);
    svg_line(&sheet.body, "axis", plot.days.at_low, sheet.y, plot.days.at_high, sheet.y);
    axis_dates(&sheet.body, &plot.days, sheet.y);
    sheet.y += DATES;
    add_key(&sheet, of);
    sheet_texts(&sheet, "", of->notes, of->note_n);
    add_desc(&desc, of);
    sheet_end(&sheet, out, of->title, bc_buf_str(&desc));
    bc_buf_release(&desc);
}
