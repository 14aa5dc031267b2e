#include "tools/print/fit.h"

#include <string.h>

#include <wchar.h>

#define MARK BC_STR("\xe2\x80\xa6")

/* Of the character at `at`, which takes *len bytes. */
static size_t char_width(struct bc_str text, size_t at, size_t *len)
{
    unsigned char byte = (unsigned char)text.at[at];
    int width;

    *len = 1;
    if (byte >= 0x20 && byte < 0x7f)
        return 1;
    width = wcwidth((wchar_t)bc_str_char(text, at, len));
    return width > 0 ? (size_t)width : 0;
}

size_t fit_width(struct bc_str text)
{
    size_t width = 0, len;

    for (size_t at = 0; at < text.len; at += len)
        width += char_width(text, at, &len);
    return width;
}

/* How many bytes from `at` on take at most `width`; accents stay with their letter. */
static size_t bytes_within(struct bc_str text, size_t at, size_t width)
{
    size_t from = at, len;

    for (; at < text.len; at += len) {
        size_t wide = char_width(text, at, &len);

        if (wide > width)
            break;
        width -= wide;
    }
    return at - from;
}

/* Where the end of the text begins that takes at most `width`; with a letter, not with an accent.
 */
static size_t tail_within(struct bc_str text, size_t width)
{
    size_t at = 0, rest = fit_width(text), len;

    while (at < text.len && (rest > width || char_width(text, at, &len) == 0)) {
        rest -= char_width(text, at, &len);
        at += len;
    }
    return at;
}

void fit_middle(struct bc_buf *out, struct bc_str text, size_t width)
{
    size_t tail;

    if (fit_width(text) <= width) {
        bc_buf_add_str(out, text);
        return;
    }
    bc_buf_add(out, text.at, bytes_within(text, 0, (width - 1) / 3));
    bc_buf_add_str(out, MARK);
    tail = tail_within(text, width - 1 - (width - 1) / 3);
    bc_buf_add(out, text.at + tail, text.len - tail);
}

void fit_end(struct bc_buf *out, struct bc_str text, size_t width)
{
    const bool whole = fit_width(text) <= width;

    bc_buf_add(out, text.at, whole ? text.len : bytes_within(text, 0, width - 1));
    if (!whole)
        bc_buf_add_str(out, MARK);
}

/* May a line end at this byte, a blank? A unit stays with its number ("95 %"). */
static bool is_end(struct bc_str text, size_t at)
{
    if (text.at[at] != ' ')
        return false;
    return !(at > 0 && text.at[at - 1] >= '0' && text.at[at - 1] <= '9' && at + 1 < text.len &&
             text.at[at + 1] == '%');
}

/* Beyond so many columns a text is sentences, not what a cell lists. */
enum { CELL = 48 };

/* Of a line of n bytes that must be shorter, where it may end: in a cell at the blank after a comma
 * that leaves little of it empty ("n 34, median 36.7,"), else at the last one. 0: it has none. */
static size_t last_blank(struct bc_str line, size_t n)
{
    size_t last = 0;

    for (size_t at = n; at-- > 1;) {
        if (!is_end(line, at))
            continue;
        if (last == 0)
            last = at;
        if (n < CELL && line.at[at - 1] == ',' && at >= n - n / 3)
            return at;
    }
    return last;
}

/* Of a word that is longer than a line, how much stands in this one: up to a sign or before a
 * capital after its first third, if there is one ("stages.closed_won.", "qualification"). */
static size_t word_part(struct bc_str word, size_t n)
{
    for (size_t end = n; end > 0 && end >= n / 3; end--) {
        char last = word.at[end - 1], next = word.at[end];

        if (strchr("/.,;:=&?_-", last) ||
            (last >= 'a' && last <= 'z' && next >= 'A' && next <= 'Z'))
            return end;
    }
    return n;
}

/* How many bytes of the text from `at` on are a line. */
static size_t line_bytes(struct bc_str text, size_t at, size_t width)
{
    struct bc_str rest = { text.at + at, text.len - at };
    size_t n = bytes_within(rest, 0, width), blank;

    if (n == 0)
        return bytes_within(rest, 0, 2); /* a wide character in a column of one */
    if (n == rest.len || is_end(rest, n))
        return n;
    blank = last_blank(rest, n);
    return blank ? blank : word_part(rest, n);
}

void fit_wrap(struct bc_buf *out, struct bc_str text, size_t width)
{
    size_t at = 0;

    while (at < text.len) {
        size_t n = line_bytes(text, at, width);

        if (at > 0)
            bc_buf_add_byte(out, '\n');
        bc_buf_add(out, text.at + at, n);
        at += n;
        if (at < text.len && text.at[at] == ' ')
            at++;
    }
}
