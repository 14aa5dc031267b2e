/* tools/show/drawing.h - what all drawings of answers say in the same words. */
#ifndef BC_TOOLS_SHOW_DRAWING_H
#define BC_TOOLS_SHOW_DRAWING_H

#include "tools/ask/basis.h"
#include "tools/draw/sheet.h"

#define OPT_SVG(path)                                                                              \
    {                                                                                              \
        "svg", "FILE", .text = (path), .writes = true,                                             \
                       .help = "draw it, too, as a picture that stands for itself;\n- instead of " \
                               "the answer"                                                        \
    }

/* Adds a drawing of an answer, for where it goes. */
typedef void drawing_fn(struct bc_buf *out, struct sheet_place place, const void *shown);
/* Writes it to a file of its own, "-": to env->out. Where pages stand among others (env->frame) it
 * is for them: in each of their widths, of which their style sheet shows one. */
bc_status drawing_write(const struct cmd_env *env, const char *path, drawing_fn *draw,
                        const void *shown, struct bc_err *err);
/* Is it printed, "-", in the place of the answer? One for a page is beside its answer. */
bool drawing_instead(const struct cmd_env *env, const char *path);
enum { DRAWING_WIDTHS = 3 };
/* The widths of pages, one after the other, with numbers after *drawings, which is the last one. */
void drawing_add_widths(struct bc_buf *out, size_t *drawings, drawing_fn *draw, const void *shown);

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
/* What it rests on, in two lines, and a line for each note; as_of_us NULL: of many dates. Nothing
 * on a page, which says so itself. */
void drawing_lines_basis(struct drawing_lines *lines, struct sheet_place place,
                         const struct basis *basis, const int64_t *as_of_us);
void drawing_lines_end(struct drawing_lines *lines);
void drawing_lines_release(struct drawing_lines *lines);

#endif
