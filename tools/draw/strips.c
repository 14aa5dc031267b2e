#include "tools/draw/strips.h"

#include "tools/draw/axis.h"
#include "tools/draw/svg.h"

enum {
    WIDTH = 860,
    MARGIN = 16,
    LEFT = 196,
    RIGHT = 736,
    LETTERS = 24, /* of a label */
    TOP = 52,
    LANE = 16, /* of marks, above a strip */
    STRIP = 22,
    GAP = 16,
    DATES = 22,
    SIZE = 5, /* of a mark */
    THIN = 2, /* the least width of a span */
    KEY = 12, /* the most height of a box in the key */
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

static struct scale scale_of(const struct strips *of)
{
    return (struct scale){ of->from, of->to, LEFT, RIGHT };
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

static void add_spans(struct bc_buf *out, const struct strips *of, const struct strip *strip,
                      double bottom)
{
    const struct scale scale = scale_of(of);

    for (size_t i = 0; i < strip->span_n; i++) {
        const struct strip_span *span = &strip->spans[i];
        const double next =
            i + 1 < strip->span_n ? scale_at(&scale, strip->spans[i + 1].first) : RIGHT;
        const double begin = scale_at(&scale, span->first);
        const double x = begin < RIGHT - THIN ? begin : RIGHT - THIN;

        add_box(out, span->state, x, next - x < THIN ? THIN : next - x, bottom, STRIP, span->text);
    }
    for (size_t i = 0; i < strip->span_n; i++)
        if (strip->spans[i].crossed)
            svg_cross(out, "x", scale_at(&scale, strip->spans[i].first),
                      bottom - STRIP - LANE / 2.0, 3);
}

static void add_marks(struct bc_buf *out, const struct strips *of, const struct strip *strip,
                      double bottom)
{
    const struct scale scale = scale_of(of);

    for (size_t i = 0; i < strip->mark_n; i++) {
        const double x = scale_at(&scale, strip->marks[i].day);

        svg_line(out, "hair", x, bottom - STRIP - LANE, x, bottom);
        add_diamond(out, x, bottom - STRIP - LANE / 2.0);
        svg_path_end(out, strip->marks[i].text);
    }
}

static void add_strip(struct bc_buf *out, const struct strips *of, const struct strip *strip,
                      double top)
{
    const double bottom = top + LANE + STRIP;
    struct bc_buf room = { 0 };

    svg_rect(out, "lane", LEFT, top + LANE, RIGHT - LEFT, STRIP);
    svg_text(out, "hi", MARGIN, bottom - 7, svg_cut(&room, strip->label, LETTERS));
    add_spans(out, of, strip, bottom);
    add_marks(out, of, strip, bottom);
    svg_text(out, "hi", RIGHT + 8, bottom - 7, strip->end);
    bc_buf_release(&room);
}

/* --- words --- */

static double add_word(struct bc_buf *out, double x, double y, struct bc_str word)
{
    svg_text(out, "key", x + 20, y, word);
    return x + 40 + (double)(svg_letters(word) * SVG_LETTER);
}

static void add_key(struct bc_buf *out, const struct strips *of, double y)
{
    double x = MARGIN;

    for (int state = 0; state < STRIP_STATE_N; state++) {
        add_box(out, (enum strip_state)state, x, 14, y + 2, KEY, (struct bc_str){ 0 });
        x = add_word(out, x, y, of->states[state]);
    }
    add_diamond(out, x + 7, y - 4);
    svg_path_end(out, (struct bc_str){ 0 });
    x = add_word(out, x, y, of->mark);
    svg_cross(out, "x", x + 7, y - 4, 3);
    (void)add_word(out, x, y, of->cross);
}

static void add_desc(struct bc_buf *out, const struct strips *of)
{
    for (size_t i = 0; i < of->n; i++) {
        const struct strip *strip = &of->strips[i];

        bc_buf_add_str(out, i ? BC_STR(". ") : BC_STR(""));
        bc_buf_add_str(out, strip->label);
        for (size_t j = 0; j < strip->span_n; j++) {
            bc_buf_add_str(out, j ? BC_STR("; ") : BC_STR(": "));
            bc_buf_add_str(out, strip->spans[j].text);
        }
        for (size_t j = 0; j < strip->mark_n; j++) {
            bc_buf_add_str(out, BC_STR("; "));
            bc_buf_add_str(out, strip->marks[j].text);
        }
    }
}

void strips_draw(struct bc_buf *out, const struct strips *of)
{
    const double each = LANE + STRIP + GAP, bottom = TOP + each * (double)of->n;
    const double key = bottom + DATES + 24;
    const struct scale scale = scale_of(of);
    struct bc_buf desc = { 0 };

    add_desc(&desc, of);
    svg_begin(out, &(struct svg_head){ .width = WIDTH,
                                       .height = key + 8 + SVG_LINE * (double)of->note_n + MARGIN,
                                       .title = of->title,
                                       .desc = bc_buf_str(&desc) });
    svg_text(out, "hi b", MARGIN, 24, of->title);
    for (size_t i = 0; i < of->n; i++)
        add_strip(out, of, &of->strips[i], TOP + each * (double)i);
    svg_line(out, "axis", LEFT, bottom, RIGHT, bottom);
    axis_dates(out, &scale, bottom);
    add_key(out, of, key);
    for (size_t i = 0; i < of->note_n; i++)
        svg_text(out, "note", MARGIN, key + 8 + SVG_LINE * (double)(i + 1), of->notes[i]);
    svg_end(out);
    bc_buf_release(&desc);
}
