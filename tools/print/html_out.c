#include "tools/print/html_out.h"

#include "tools/cli/text.h"
#include "tools/print/cell_text.h"

#include <stdarg.h>
#include <string.h>

#define MINUS "\xe2\x88\x92"
#define KEEP  "\xc2\xa0" /* a space at which no line ends */

enum {
    WORD_MOST = 18, /* letters that stay together */
    DATE = 10       /* all of a date does */
};

void html_out_put(struct html_out *out, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    bc_buf_vprintf(&out->text, format, args);
    va_end(args);
}

void html_out_plain(struct html_out *out, struct bc_str text)
{
    text_markup(&out->text, text);
}

/* Bytes of the letter that begins `text`: one of UTF-8, or what is written for one. */
static size_t letter(struct bc_str text)
{
    const char *end = text.at[0] == '&' ? memchr(text.at, ';', text.len) : NULL;
    size_t len = 1;

    if (end)
        return (size_t)(end - text.at) + 1;
    while (len < text.len && ((unsigned char)text.at[len] & 0xc0) == 0x80)
        len++;
    return len;
}

/* Does a "%" stand after this space? */
static bool is_unit(struct bc_str text, size_t at)
{
    return text.at[at] == ' ' && at + 1 < text.len && text.at[at + 1] == '%';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_of_word(char byte)
{
    return is_digit(byte) || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* Is it a date that stands here, "2026-03-29", and no part of a longer word? */
static bool is_date(struct bc_str text, size_t at)
{
    static const char like[DATE + 1] = "0000-00-00";
    const char *date = text.at + at;

    if (text.len - at < DATE || (at && is_of_word(text.at[at - 1])) ||
        (at + DATE < text.len && is_of_word(date[DATE]) && date[DATE] != 'T'))
        return false;
    for (size_t i = 0; i < DATE; i++)
        if (like[i] == '-' ? date[i] != '-' : !is_digit(date[i]))
            return false;
    return memcmp(date + 5, "00", 2) > 0 && memcmp(date + 5, "12", 2) <= 0 &&
           memcmp(date + 8, "00", 2) > 0 && memcmp(date + 8, "31", 2) <= 0;
}

void html_out_text(struct html_out *out, struct bc_str text)
{
    struct bc_buf safe = { 0 };
    size_t run = 0, len;

    text_markup(&safe, text);
    for (size_t i = 0; i < safe.len;) {
        if (is_date(bc_buf_str(&safe), i)) {
            html_out_put(out, "<time>%.*s</time>", DATE, safe.at + i);
            run = 0;
            i += DATE;
            if (i < safe.len && safe.at[i] == 'T')
                bc_buf_add_str(&out->text, BC_STR("<wbr>"));
            continue;
        }
        len = letter((struct bc_str){ safe.at + i, safe.len - i });

        run = safe.at[i] == ' ' || safe.at[i] == '-' ? 0 : run + 1;
        if (run > WORD_MOST) {
            bc_buf_add_str(&out->text, BC_STR("<wbr>"));
            run = 1;
        }
        if (is_unit(bc_buf_str(&safe), i))
            bc_buf_add_str(&out->text, BC_STR(KEEP));
        else
            bc_buf_add(&out->text, safe.at + i, len);
        i += len;
    }
    bc_buf_release(&safe);
}

void html_out_marked(struct html_out *out, struct bc_str text)
{
    bool code = false;

    for (size_t at = 0; at < text.len; code = !code) {
        const char *end = memchr(text.at + at, '`', text.len - at);
        const size_t len = end ? (size_t)(end - text.at) - at : text.len - at;

        html_out_put(out, code ? "<code>" : "");
        html_out_text(out, (struct bc_str){ text.at + at, len });
        html_out_put(out, code ? "</code>" : "");
        at += len + 1;
    }
}

static bool is_figure(enum cell_kind kind)
{
    switch (kind) {
    case CELL_COUNT:
    case CELL_INTEGER:
    case CELL_NUMBER:
    case CELL_TENTHS:
    case CELL_RATE:
    case CELL_POINTS:
    case CELL_DAYS:
    case CELL_AMOUNT:
        return true;
    case CELL_NULL:
    case CELL_TEXT:
    case CELL_TEXTS:
    case CELL_BOOL:
    case CELL_SEQ:
    case CELL_INSTANT:
    case CELL_HEAD:
    case CELL_JSON:
    case CELL_ROW:
    case CELL_ROWS:
    case CELL_REST:
        break;
    }
    return false;
}

void html_out_figure(struct html_out *out, struct bc_str figure)
{
    for (size_t i = 0; i < figure.len; i++) {
        if (figure.at[i] == '-')
            bc_buf_add_str(&out->text, BC_STR(MINUS));
        else if (figure.at[i] == ' ')
            bc_buf_add_str(&out->text, BC_STR(KEEP));
        else
            bc_buf_add_byte(&out->text, figure.at[i]);
    }
}

void html_out_cell(struct html_out *out, const struct cell *cell)
{
    struct bc_buf text = { 0 };

    cell_text_add(&text, cell, out->env->times);
    if (is_figure(cell->kind))
        html_out_figure(out, bc_buf_str(&text));
    else
        html_out_text(out, bc_buf_str(&text));
    bc_buf_release(&text);
}

void html_out_drawing(struct html_out *out, struct bc_str svg)
{
    for (size_t i = 0; i < svg.len; i++)
        if (svg.at[i] != '\n')
            bc_buf_add_byte(&out->text, svg.at[i]);
}

bool html_out_within(struct row *within, const struct row *row, const char *key)
{
    const struct cell *cell = row_find(row, key);

    *within = (struct row){ .readers = row->readers, .times = row->times, .names = row->names };
    if (!cell || cell->kind != CELL_ROW)
        return false;
    cell->rows.fill(within, cell->rows.source, 0);
    return true;
}
