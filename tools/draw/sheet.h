/* tools/draw/sheet.h - what a drawing with text stands on. Its text is never scaled, so it is
 * written for a width, and its lines are broken to it.
 *
 *     struct sheet sheet;
 *
 *     sheet_begin(&sheet, place, title);
 *     draw into sheet.body, from sheet.left to sheet.right, from sheet.y down; put y below it
 *     sheet_key(&sheet, items, n);
 *     sheet_end(&sheet, out, title, desc); */
#ifndef BC_TOOLS_DRAW_SHEET_H
#define BC_TOOLS_DRAW_SHEET_H

#include "ledger/base/mem.h"

enum {
    SHEET_WIDE = 1040, /* the widths of pages: a screen's, paper's, a phone's */
    SHEET_MIDDLE = 680,
    SHEET_NARROW = 340,
    SHEET_FILE = 860, /* of a file of its own */
};

/* Where a drawing goes. Zeroed: into a file that stands for itself, with its title as its first
 * line and its colours in it. */
struct sheet_place {
    double width;  /* SHEET_WIDE, SHEET_MIDDLE or SHEET_NARROW; 0: SHEET_FILE */
    size_t number; /* of the drawing on its page, from 1 on, for ids; 0: a file */
};

struct sheet {
    struct sheet_place place;
    double left, right, y; /* where there is room: between these, from y down */
    struct bc_buf body;
};

void sheet_begin(struct sheet *out, struct sheet_place place, struct bc_str title);
/* Adds the drawing as SVG; the sheet is empty again. */
void sheet_end(struct sheet *sheet, struct bc_buf *out, struct bc_str title, struct bc_str desc);

static inline bool sheet_narrow(const struct sheet *sheet)
{
    return sheet->place.width < SHEET_MIDDLE;
}
/* One of three, by the width: over 680 px, from there to a phone's, a phone's. */
static inline double sheet_by_width(const struct sheet *sheet, double wide, double middle,
                                    double narrow)
{
    return sheet->place.width > SHEET_MIDDLE ? wide : sheet_narrow(sheet) ? narrow : middle;
}

/* A text in as many lines as it takes, up to a few. */
void sheet_text(struct sheet *sheet, const char *class, struct bc_str text);
void sheet_texts(struct sheet *sheet, const char *class, const struct bc_str *texts, size_t n);

/* What signs mean: each drawn between x and x + `width`, about the height `y`. */
typedef void sheet_sign_fn(struct bc_buf *out, int of, double x, double y);
struct sheet_sign {
    sheet_sign_fn *draw;
    int of; /* handed to it */
    double width;
    struct bc_str word;
};
/* Side by side, as many in a line as there is room for. */
void sheet_key(struct sheet *sheet, const struct sheet_sign *signs, size_t n);

#endif
