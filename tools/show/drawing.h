/* tools/show/drawing.h - what all drawings of answers say in the same words. */
#ifndef BC_TOOLS_SHOW_DRAWING_H
#define BC_TOOLS_SHOW_DRAWING_H

#include "tools/ask/basis.h"

#define OPT_SVG(path)                                                                              \
    {                                                                                              \
        "svg", "FILE", .text = (path), .writes = true,                                             \
                       .help = "draw it, too, as a picture that stands for itself;\n- instead of " \
                               "the answer"                                                        \
    }

/* A date in the rules' zone, where an instant is the last of one; else the instant. */
void drawing_date(struct bc_buf *out, const struct basis *basis, int64_t us);

/* Lines of text, and what they lie in. */
enum { DRAWING_LINES_MAX = 8 };
struct drawing_lines {
    struct bc_buf texts[DRAWING_LINES_MAX];
    struct bc_str at[DRAWING_LINES_MAX];
    size_t n;
};
/* A new line, to be filled, which counts once drawing_lines_end was called. */
struct bc_buf *drawing_lines_add(struct drawing_lines *lines);
/* What it rests on, in two lines, and a line for each note; as_of_us NULL: of many dates. */
void drawing_lines_basis(struct drawing_lines *lines, const struct basis *basis,
                         const int64_t *as_of_us);
void drawing_lines_end(struct drawing_lines *lines);
void drawing_lines_release(struct drawing_lines *lines);

#endif
