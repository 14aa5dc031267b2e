/* tools/draw/svg.h - an SVG drawing, written into a buffer: elements with classes, whose colours
 * are those of svg_style.c.
 *
 * Texts from data may hold anything: what is unsafe to print is escaped as it is for people
 * (tools/cli/text.h), and so is what means something in XML. Coordinates are pixels, from the upper
 * left, written to a hundredth. */
#ifndef BC_TOOLS_DRAW_SVG_H
#define BC_TOOLS_DRAW_SVG_H

#include "ledger/base/mem.h"

enum {
    SVG_LINE = 15,  /* from one line of text to the next */
    SVG_LETTER = 7, /* at least as wide as most letters of a text are: none is measured */
};

struct svg_head {
    double width, height;
    struct bc_str title, desc; /* what it shows; its numbers in words */
};

void svg_begin(struct bc_buf *out, const struct svg_head *head);
/* Within a page, whose style sheet has the classes: title and description have ids of this number,
 * from 1 on. */
void svg_begin_within(struct bc_buf *out, const struct svg_head *head, size_t number);
/* The same of one that says nothing which does not stand beside it in words: an axis, a sign. */
void svg_begin_aside(struct bc_buf *out, double width, double height);
void svg_end(struct bc_buf *out);

/* What drawings on a page are filled with, once on it: <defs>, within an <svg>. */
extern const char svg_patterns[];

/* A text from x on; with class "e" it ends there, with "m" it has its middle there; "": none. */
void svg_text(struct bc_buf *out, const char *class, double x, double y, struct bc_str text);
void svg_rect(struct bc_buf *out, const char *class, double x, double y, double width,
              double height);
void svg_dot(struct bc_buf *out, const char *class, double x, double y, double radius);
void svg_line(struct bc_buf *out, const char *class, double x1, double y1, double x2, double y2);

/* A path: its beginning, then commands with so many numbers, then its end with a title of its own,
 * which may be empty. */
void svg_path_begin(struct bc_buf *out, const char *class);
void svg_path_add(struct bc_buf *out, char command, const double *numbers, size_t n);
void svg_path_end(struct bc_buf *out, struct bc_str title);
/* A square on its tip. */
void svg_diamond(struct bc_buf *out, const char *class, double x, double y, double radius);

void svg_cross(struct bc_buf *out, const char *class, double x, double y, double radius);

/* Letters of a text as it is shown: an estimate of its width is this times SVG_LETTER. */
size_t svg_letters(struct bc_str text);
/* As it is shown; one of more letters than these ends with "…". Lives as long as `room`. */
struct bc_str svg_cut(struct bc_buf *room, struct bc_str text, size_t letters);

/* Takes a line off the front of a text that is as it is shown: up to a space, where there is one,
 * and of no more letters than these, at least one. */
struct bc_str svg_line_of(struct bc_str *rest, size_t letters);

#endif
