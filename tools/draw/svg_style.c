#include "tools/draw/svg_style.h"

#include "tools/draw/svg.h"

#include <string.h>

extern const char draw_css[]; /* draw.css, embedded by the build */
extern const size_t draw_css_len;

const struct svg_colour svg_colours[] = {
    { "bg", "#ffffff", "#14171a" },      { "panel", "#f4f6f7", "#1d2125" },
    { "ink", "#171b20", "#e8ebee" },     { "ink-2", "#505a64", "#a6b0ba" },
    { "rule", "#dde2e6", "#2c3238" },    { "rule-2", "#a3acb5", "#5b6670" },
    { "off", "#a61e0c", "#ff9480" },     { "risk", "#7d4e00", "#e8b450" },
    { "fine", "#1d6350", "#74cbb0" },    { "s1", "#17538f", "#7fb8f0" },
    { "s1-band", "#d3e2f1", "#213a54" }, { "s2", "#8b3d86", "#dba0d6" },
    { "mute", "#7a848e", "#7e8993" },    { "fill", "#c3ccd4", "#4a545d" },
    { "fill-2", "#e3e8ec", "#2a3036" },  { "bar", "#8a95a0", "#6c7781" },
};
const size_t svg_colour_n = sizeof(svg_colours) / sizeof(svg_colours[0]);

const char svg_patterns[] =
    "<defs><pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M0 0V5\"/></pattern></defs>\n";

static const char before[] = "var(--"; /* a name, and ')' */
enum { BEFORE = sizeof(before) - 1 };

static const struct svg_colour *colour_of(struct bc_str name)
{
    for (size_t i = 0; i < svg_colour_n; i++)
        if (bc_str_eq(name, bc_str_of(svg_colours[i].name)))
            return &svg_colours[i];
    return NULL;
}

/* A rule with its colours put in. */
static void add_rule(struct bc_buf *out, struct bc_str rule, bool dark)
{
    const char *at = rule.at, *end = rule.at + rule.len;

    while (at < end) {
        const char *begin = memmem(at, (size_t)(end - at), before, BEFORE);
        const char *close = begin ? memchr(begin, ')', (size_t)(end - begin)) : NULL;
        const struct svg_colour *colour;

        if (!close)
            break;
        bc_buf_add(out, at, (size_t)(begin - at));
        begin += BEFORE;
        colour = colour_of((struct bc_str){ begin, (size_t)(close - begin) });
        if (colour)
            bc_buf_printf(out, "%s", dark ? colour->dark : colour->light);
        at = close + 1;
    }
    bc_buf_add(out, at, (size_t)(end - at));
}

/* A rule is a line; on a dark screen those count that name a colour. */
static void add_rules(struct bc_buf *out, bool dark)
{
    const char *at = draw_css, *end = draw_css + draw_css_len;

    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *next = newline ? newline + 1 : end;
        const struct bc_str rule = { at, (size_t)(next - at) };

        if (rule.at[0] != '/' && (!dark || memmem(rule.at, rule.len, before, BEFORE)))
            add_rule(out, rule, dark);
        at = next;
    }
}

void svg_style_add(struct bc_buf *out)
{
    add_rules(out, false);
    bc_buf_add_str(out, BC_STR("@media screen and (prefers-color-scheme: dark) {\n"));
    add_rules(out, true);
    bc_buf_add_str(out, BC_STR("}\n"));
}
