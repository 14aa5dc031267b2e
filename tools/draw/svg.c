#include "tools/draw/svg.h"

#include "tools/cli/text.h"
#include "tools/draw/svg_style.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* --- numbers and texts --- */

static const double FAR = 1e6; /* beyond any drawing */

/* Without a locale, and with as few decimals as it takes; what is no number is 0. */
static void add_number(struct bc_buf *out, double number)
{
    const double within = isnan(number) ? 0 : fmax(-FAR, fmin(number, FAR));
    const long long hundredths = llround(within * 100);
    const long long whole = llabs(hundredths) / 100, rest = llabs(hundredths) % 100;

    bc_buf_printf(out, "%s%lld", hundredths < 0 ? "-" : "", whole);
    if (rest % 10)
        bc_buf_printf(out, ".%02lld", rest);
    else if (rest)
        bc_buf_printf(out, ".%lld", rest / 10);
}

/* How wide what begins with a byte of UTF-8 is: 0 within a letter, 2 for those that may be as wide
 * as they are high. */
static size_t width_of(char c)
{
    const unsigned char byte = (unsigned char)c;

    return (byte & 0xc0) == 0x80 ? 0 : byte > 0xe1 ? 2 : 1;
}

static size_t count_letters(struct bc_str safe)
{
    size_t n = 0;

    for (size_t i = 0; i < safe.len; i++)
        n += width_of(safe.at[i]);
    return n;
}

size_t svg_letters(struct bc_str text)
{
    struct bc_buf safe = { 0 };
    size_t n;

    text_escape(&safe, text);
    n = count_letters(bc_buf_str(&safe));
    bc_buf_release(&safe);
    return n;
}

struct bc_str svg_cut(struct bc_buf *room, struct bc_str text, size_t letters)
{
    size_t at = 0, n = 0;

    room->len = 0;
    text_escape(room, text);
    if (count_letters(bc_buf_str(room)) <= letters)
        return bc_buf_str(room);
    while (n + width_of(room->at[at]) < letters)
        n += width_of(room->at[at++]);
    while (at < room->len && width_of(room->at[at]) == 0)
        at++;
    room->len = at;
    bc_buf_add_str(room, BC_STR("\xe2\x80\xa6"));
    return bc_buf_str(room);
}

struct bc_str svg_line_of(struct bc_str *rest, size_t letters)
{
    size_t end = 0, n = 0, space = 0;
    struct bc_str line;

    while (end < rest->len && (n == 0 || n + width_of(rest->at[end]) <= letters)) {
        if (rest->at[end] == ' ')
            space = end;
        n += width_of(rest->at[end++]);
    }
    if (end < rest->len && rest->at[end] != ' ' && space)
        end = space;
    line = (struct bc_str){ rest->at, end };
    while (end < rest->len && rest->at[end] == ' ')
        end++;
    *rest = (struct bc_str){ rest->at + end, rest->len - end };
    return line;
}

/* --- elements --- */

static void add_attribute(struct bc_buf *out, const char *name, double number)
{
    bc_buf_printf(out, " %s=\"", name);
    add_number(out, number);
    bc_buf_add_byte(out, '"');
}

/* Its size and what names it: title and description have ids that end in `number`; 0: in nothing.
 */
static void begin(struct bc_buf *out, const struct svg_head *head, size_t number)
{
    char suffix[24] = "";

    if (number)
        (void)snprintf(suffix, sizeof(suffix), "%zu", number);
    bc_buf_add_str(out, BC_STR(" class=\"fig\""));
    add_attribute(out, "width", head->width);
    add_attribute(out, "height", head->height);
    bc_buf_add_str(out, BC_STR(" viewBox=\"0 0 "));
    add_number(out, head->width);
    bc_buf_add_byte(out, ' ');
    add_number(out, head->height);
    bc_buf_printf(out, "\" role=\"img\" aria-labelledby=\"t%s d%s\">\n<title id=\"t%s\">", suffix,
                  suffix, suffix);
    text_markup(out, head->title);
    bc_buf_printf(out, "</title>\n<desc id=\"d%s\">", suffix);
    text_markup(out, head->desc);
    bc_buf_add_str(out, BC_STR("</desc>\n"));
}

void svg_begin(struct bc_buf *out, const struct svg_head *head)
{
    bc_buf_add_str(out, BC_STR("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    begin(out, head, 0);
    bc_buf_add_str(out, BC_STR("<style>\n"));
    svg_style_add(out);
    bc_buf_printf(out, "</style>\n%s", svg_patterns);
    svg_rect(out, "bg", 0, 0, head->width, head->height);
}

void svg_begin_within(struct bc_buf *out, const struct svg_head *head, size_t number)
{
    bc_buf_add_str(out, BC_STR("<svg"));
    begin(out, head, number);
}

void svg_begin_aside(struct bc_buf *out, double width, double height)
{
    bc_buf_add_str(out, BC_STR("<svg class=\"fig\" aria-hidden=\"true\""));
    add_attribute(out, "width", width);
    add_attribute(out, "height", height);
    bc_buf_add_str(out, BC_STR(">\n"));
}

void svg_end(struct bc_buf *out)
{
    bc_buf_add_str(out, BC_STR("</svg>\n"));
}

void svg_text(struct bc_buf *out, const char *class, double x, double y, struct bc_str text)
{
    bc_buf_add_str(out, BC_STR("<text"));
    if (class[0])
        bc_buf_printf(out, " class=\"%s\"", class);
    add_attribute(out, "x", x);
    add_attribute(out, "y", y);
    bc_buf_add_byte(out, '>');
    text_markup(out, text);
    bc_buf_add_str(out, BC_STR("</text>\n"));
}

void svg_rect(struct bc_buf *out, const char *class, double x, double y, double width,
              double height)
{
    bc_buf_printf(out, "<rect class=\"%s\"", class);
    add_attribute(out, "x", x);
    add_attribute(out, "y", y);
    add_attribute(out, "width", width);
    add_attribute(out, "height", height);
    bc_buf_add_str(out, BC_STR("/>\n"));
}

void svg_dot(struct bc_buf *out, const char *class, double x, double y, double radius)
{
    bc_buf_printf(out, "<circle class=\"%s\"", class);
    add_attribute(out, "cx", x);
    add_attribute(out, "cy", y);
    add_attribute(out, "r", radius);
    bc_buf_add_str(out, BC_STR("/>\n"));
}

void svg_line(struct bc_buf *out, const char *class, double x1, double y1, double x2, double y2)
{
    svg_path_begin(out, class);
    svg_path_add(out, 'M', (double[]){ x1, y1 }, 2);
    svg_path_add(out, 'L', (double[]){ x2, y2 }, 2);
    svg_path_end(out, (struct bc_str){ 0 });
}

void svg_path_begin(struct bc_buf *out, const char *class)
{
    bc_buf_printf(out, "<path class=\"%s\" d=\"", class);
}

void svg_path_add(struct bc_buf *out, char command, const double *numbers, size_t n)
{
    bc_buf_add_byte(out, command);
    for (size_t i = 0; i < n; i++) {
        if (i)
            bc_buf_add_byte(out, ' ');
        add_number(out, numbers[i]);
    }
}

void svg_path_end(struct bc_buf *out, struct bc_str title)
{
    if (title.len == 0) {
        bc_buf_add_str(out, BC_STR("\"/>\n"));
        return;
    }
    bc_buf_add_str(out, BC_STR("\"><title>"));
    text_markup(out, title);
    bc_buf_add_str(out, BC_STR("</title></path>\n"));
}

void svg_diamond(struct bc_buf *out, const char *class, double x, double y, double radius)
{
    svg_path_begin(out, class);
    svg_path_add(out, 'M', (double[]){ x - radius, y }, 2);
    svg_path_add(out, 'L', (double[]){ x, y - radius }, 2);
    svg_path_add(out, 'L', (double[]){ x + radius, y }, 2);
    svg_path_add(out, 'L', (double[]){ x, y + radius }, 2);
    svg_path_add(out, 'Z', NULL, 0);
    svg_path_end(out, (struct bc_str){ 0 });
}

void svg_cross(struct bc_buf *out, const char *class, double x, double y, double radius)
{
    svg_path_begin(out, class);
    svg_path_add(out, 'M', (double[]){ x - radius, y - radius }, 2);
    svg_path_add(out, 'L', (double[]){ x + radius, y + radius }, 2);
    svg_path_add(out, 'M', (double[]){ x - radius, y + radius }, 2);
    svg_path_add(out, 'L', (double[]){ x + radius, y - radius }, 2);
    svg_path_end(out, (struct bc_str){ 0 });
}
