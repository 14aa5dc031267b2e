/* A node is as high as its ribbons together; on both sides the nodes stand in their order, and the
 * lower side is centred. So a ribbon is a place on each side:
 *
 *   head                                   head
 *   label █▄▄▄▄▄ ribbon                  ▄▄▄▄█ label
 *         █▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄█
 */
#include "tools/draw/sankey.h"

#include "tools/draw/svg.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
    NODE = 10, /* wide */
    GAP = 14,  /* between nodes; also from a node to its label, nearly */
    EACH = 12, /* high, up to */
    MANY = 60, /* of them in all; then all of them share */
    SHARED = MANY * EACH,
    LABEL = 8,    /* from a node to its label */
    LETTERS = 24, /* of a label; */
    LETTERS_NARROW = 12,
    COUNT_LETTERS = 4,
    HEADS = 30, /* from what is above to the nodes; */
    BELOW = 14, /* and from the nodes to the key */
    SAID = 200, /* ribbons of the description */
};

static const double THIN = 1.5; /* the least of a ribbon */

/* A ribbon's place. */
struct band {
    const struct sankey_ribbon *of;
    double height, left, right; /* its upper ends */
};

struct layout {
    const struct sankey *of;
    size_t letters; /* of a label */
    struct band *bands;
    double *heights[2], *tops[2]; /* of the nodes of both sides */
    double x[2];                  /* the inner edges of the nodes */
    double top, height;
};

static const char *const classes[] = { "r-new",  "r-on",  "r-stay", "r-back",
                                       "r-gone", "r-won", "r-lost" };
static const char *const words[] = { "came in",   "went on", "stayed", "went back",
                                     "went away", "won",     "lost" };

/* --- places --- */

static int in_order(const void *a, const void *b)
{
    const struct sankey_ribbon *left = a, *right = b;

    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return (left->to > right->to) - (left->to < right->to);
}

static double each_height(const struct sankey *of)
{
    double all = 0;

    for (size_t i = 0; i < of->ribbon_n; i++)
        all += (double)of->ribbons[i].n;
    return all > MANY ? SHARED / all : EACH;
}

static double side_height(const double *heights, size_t n)
{
    double height = n ? GAP * (double)(n - 1) : 0;

    for (size_t i = 0; i < n; i++)
        height += heights[i];
    return height;
}

static void place_side(double *tops, const double *heights, size_t n, double top)
{
    for (size_t i = 0; i < n; i++) {
        tops[i] = top;
        top += heights[i] + GAP;
    }
}

/* Whether a node is high enough for its count to stand below its label. */
static bool takes_two(double height)
{
    return height >= 2 * SVG_LINE;
}

/* The widest label of a side, perhaps with its count, decides where the nodes stand. */
static double label_width(const struct layout *layout, const struct sankey_side *side,
                          const double *heights)
{
    size_t most = svg_letters(side->head);

    for (size_t i = 0; i < side->n; i++) {
        const size_t all = svg_letters(side->labels[i]);
        const size_t letters = (all < layout->letters ? all : layout->letters) +
                               (takes_two(heights[i]) ? 0 : COUNT_LETTERS);

        most = letters > most ? letters : most;
    }
    return (double)(most * SVG_LETTER + LABEL);
}

static void place_bands(struct layout *layout)
{
    const struct sankey *of = layout->of;
    double *used = bc_calloc(of->left.n + of->right.n + 1, sizeof(*used));

    for (size_t i = 0; i < of->ribbon_n; i++) {
        struct band *band = &layout->bands[i];
        double *left = &used[band->of->from], *right = &used[of->left.n + band->of->to];

        band->left = layout->tops[0][band->of->from] + *left;
        band->right = layout->tops[1][band->of->to] + *right;
        *left += band->height;
        *right += band->height;
    }
    free(used);
}

static void place(struct layout *layout, const struct sheet *sheet)
{
    const struct sankey *of = layout->of;
    const double each = each_height(of);
    double high[2];

    for (size_t i = 0; i < of->ribbon_n; i++) {
        const double height = each * (double)of->ribbons[i].n;
        struct band *band = &layout->bands[i];

        *band = (struct band){ .of = &of->ribbons[i], .height = height < THIN ? THIN : height };
        layout->heights[0][band->of->from] += band->height;
        layout->heights[1][band->of->to] += band->height;
    }
    high[0] = side_height(layout->heights[0], of->left.n);
    high[1] = side_height(layout->heights[1], of->right.n);
    layout->height = high[0] > high[1] ? high[0] : high[1];
    place_side(layout->tops[0], layout->heights[0], of->left.n,
               layout->top + (layout->height - high[0]) / 2);
    place_side(layout->tops[1], layout->heights[1], of->right.n,
               layout->top + (layout->height - high[1]) / 2);
    layout->x[0] = sheet->left + label_width(layout, &of->left, layout->heights[0]) + NODE;
    layout->x[1] = sheet->right - label_width(layout, &of->right, layout->heights[1]) - NODE;
    place_bands(layout);
}

/* --- elements --- */

static void add_band(struct bc_buf *out, const struct layout *layout, const struct band *band)
{
    const struct sankey *of = layout->of;
    const double a = layout->x[0], b = layout->x[1], middle = (a + b) / 2;
    struct bc_buf title = { 0 };

    bc_buf_add_str(&title, of->left.labels[band->of->from]);
    bc_buf_add_str(&title, BC_STR(" to "));
    bc_buf_add_str(&title, of->right.labels[band->of->to]);
    bc_buf_printf(&title, ": %" PRIu64, band->of->n);
    svg_path_begin(out, classes[band->of->kind]);
    svg_path_add(out, 'M', (double[]){ a, band->left }, 2);
    svg_path_add(out, 'C', (double[]){ middle, band->left, middle, band->right, b, band->right },
                 6);
    svg_path_add(out, 'V', (double[]){ band->right + band->height }, 1);
    svg_path_add(out, 'C',
                 (double[]){ middle, band->right + band->height, middle, band->left + band->height,
                             a, band->left + band->height },
                 6);
    svg_path_add(out, 'z', NULL, 0);
    svg_path_end(out, bc_buf_str(&title));
    bc_buf_release(&title);
}

static void add_count(struct bc_buf *out, const char *class, double x, double y, uint64_t n)
{
    struct bc_buf text = { 0 };

    bc_buf_printf(&text, "%" PRIu64, n);
    svg_text(out, class, x, y, bc_buf_str(&text));
    bc_buf_release(&text);
}

/* Kind by kind, so that what is full lies above what is tinted; then the counts, above all. */
static void add_bands(struct bc_buf *out, const struct layout *layout)
{
    static const enum sankey_kind order[SANKEY_KIND_N] = { SANKEY_LOST, SANKEY_CAME,   SANKEY_WENT,
                                                           SANKEY_ON,   SANKEY_STAYED, SANKEY_BACK,
                                                           SANKEY_WON };
    const size_t n = layout->of->ribbon_n;

    for (size_t kind = 0; kind < SANKEY_KIND_N; kind++)
        for (size_t i = 0; i < n; i++)
            if (layout->bands[i].of->kind == order[kind])
                add_band(out, layout, &layout->bands[i]);
    for (size_t i = 0; i < n; i++) {
        const struct band *band = &layout->bands[i];

        if (band->height >= EACH)
            add_count(out, "hi halo", layout->x[0] + 6, band->left + band->height / 2 + 4,
                      band->of->n);
    }
}

static uint64_t node_count(const struct sankey *of, bool right, size_t node)
{
    uint64_t n = 0;

    for (size_t i = 0; i < of->ribbon_n; i++)
        n += (right ? of->ribbons[i].to : of->ribbons[i].from) == node ? of->ribbons[i].n : 0;
    return n;
}

/* The label and the count below it; in one line where the node is too low for two. */
static void add_label(struct bc_buf *out, bool right, double x, double middle, bool two,
                      size_t letters, struct bc_str label, uint64_t n)
{
    struct bc_buf room = { 0 }, line = { 0 };
    const struct bc_str cut = svg_cut(&room, label, letters);

    if (two) {
        svg_text(out, right ? "hi" : "hi e", x, middle - 2, cut);
        add_count(out, right ? "b" : "e b", x, middle - 2 + SVG_LINE, n);
    } else {
        bc_buf_add_str(&line, cut);
        bc_buf_printf(&line, " %" PRIu64, n);
        svg_text(out, right ? "hi" : "hi e", x, middle + 4, bc_buf_str(&line));
    }
    bc_buf_release(&room);
    bc_buf_release(&line);
}

static void add_side(struct bc_buf *out, const struct layout *layout, bool right)
{
    const struct sankey_side *side = right ? &layout->of->right : &layout->of->left;
    const double edge = layout->x[right];
    const double x = right ? edge : edge - NODE;
    const double label = right ? edge + NODE + LABEL : edge - NODE - LABEL;

    svg_text(out, right ? "hi b" : "hi b e", edge, layout->top - 12, side->head);
    for (size_t i = 0; i < side->n; i++) {
        const double top = layout->tops[right][i], height = layout->heights[right][i];

        svg_rect(out, "node", x, top, NODE, height);
        add_label(out, right, label, top + height / 2, takes_two(height), layout->letters,
                  side->labels[i], node_count(layout->of, right, i));
    }
}

static void draw_sign(struct bc_buf *out, int kind, double x, double y)
{
    svg_rect(out, classes[kind], x, y - 5, 14, 10);
}

/* The kinds that there are. */
static void add_key(struct sheet *sheet, const struct sankey *of)
{
    struct sheet_sign signs[SANKEY_KIND_N];
    size_t n = 0;

    for (int kind = 0; kind < SANKEY_KIND_N; kind++)
        for (size_t i = 0; i < of->ribbon_n; i++) {
            if ((int)of->ribbons[i].kind != kind)
                continue;
            signs[n++] = (struct sheet_sign){ draw_sign, kind, 14, bc_str_of(words[kind]) };
            break;
        }
    sheet_key(sheet, signs, n);
}

static void add_desc(struct bc_buf *out, const struct sankey *of)
{
    for (size_t i = 0; i < of->ribbon_n && i < SAID; i++) {
        const struct sankey_ribbon *ribbon = &of->ribbons[i];

        bc_buf_printf(out, "%s%" PRIu64 " from ", i ? "; " : "", ribbon->n);
        bc_buf_add_str(out, of->left.labels[ribbon->from]);
        bc_buf_add_str(out, BC_STR(" to "));
        bc_buf_add_str(out, of->right.labels[ribbon->to]);
    }
    if (of->ribbon_n > SAID)
        bc_buf_printf(out, "; and %zu ways more", of->ribbon_n - SAID);
}

/* --- the whole --- */

static void add_all(struct sheet *sheet, struct layout *layout)
{
    const struct sankey *of = layout->of;

    if (of->sum.len)
        sheet_text(sheet, "hi", of->sum);
    layout->top = sheet->y + HEADS;
    place(layout, sheet);
    add_bands(&sheet->body, layout);
    add_side(&sheet->body, layout, false);
    add_side(&sheet->body, layout, true);
    sheet->y = layout->top + layout->height + BELOW;
    add_key(sheet, of);
    sheet_texts(sheet, "", of->notes, of->note_n);
}

void sankey_draw(struct bc_buf *out, const struct sankey *of)
{
    struct layout layout = { .of = of };
    struct bc_buf desc = { 0 };
    struct sheet sheet;

    sheet_begin(&sheet, of->place, of->title);
    layout.letters = sheet_narrow(&sheet) ? LETTERS_NARROW : LETTERS;
    if (of->ribbon_n > 1)
        qsort(of->ribbons, of->ribbon_n, sizeof(*of->ribbons), in_order);
    layout.bands = bc_calloc(of->ribbon_n + 1, sizeof(*layout.bands));
    for (int side = 0; side < 2; side++) {
        const size_t n = (side ? of->right.n : of->left.n) + 1;

        layout.heights[side] = bc_calloc(n, sizeof(double));
        layout.tops[side] = bc_calloc(n, sizeof(double));
    }
    add_all(&sheet, &layout);
    add_desc(&desc, of);
    sheet_end(&sheet, out, of->title, bc_buf_str(&desc));
    for (int side = 0; side < 2; side++) {
        free(layout.heights[side]);
        free(layout.tops[side]);
    }
    free(layout.bands);
    bc_buf_release(&desc);
}
