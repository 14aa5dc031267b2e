/* tools/draw/svg_style.h - for insiders: how the classes of drawings look, in a file that stands
 * for itself. */
#ifndef BC_TOOLS_DRAW_SVG_STYLE_H
#define BC_TOOLS_DRAW_SVG_STYLE_H

extern const char svg_style[];    /* within <style> */
extern const char svg_patterns[]; /* <defs> */

#endif
