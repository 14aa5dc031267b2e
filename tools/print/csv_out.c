#include "tools/print/csv_out.h"

#include "tools/cli/text.h"
#include "tools/print/number.h"

#include <ctype.h>

/* Nearly every cell is: a name of ours, a date, an id. */
static bool is_plain(struct bc_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (!isalnum((unsigned char)c) && (i == 0 || c == '\0' || !strchr("_-.: /", c)))
            return false;
    }
    return true;
}

/* What is unsafe is written as an escape, which begins no formula. */
static bool is_passed_over(uint32_t c)
{
    return (bc_char_blank(c) && !bc_char_unsafe(c)) || c == '"' || c == '\'';
}

/* Would a spreadsheet compute it, or lose its beginning? */
static bool begins_as_formula(struct bc_str text)
{
    size_t good = bc_str_utf8_fault(text), len;

    for (size_t i = 0; i < good; i += len) {
        uint32_t c = bc_str_char(text, i, &len);

        if (c >= 0xff01 && c <= 0xff5e)
            c -= 0xff01 - 0x21; /* full width */
        if (c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' || c == '\n')
            return true;
        if (!is_passed_over(c))
            return false;
    }
    return false;
}

/* Tabs and line ends stay: the quotes hold them. */
static void add_safe(struct bc_buf *out, struct bc_str text)
{
    size_t begin = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\t' && text.at[i] != '\r' && text.at[i] != '\n')
            continue;
        text_escape(out, (struct bc_str){ text.at + begin, i - begin });
        bc_buf_add_byte(out, text.at[i]);
        begin = i + 1;
    }
    text_escape(out, (struct bc_str){ text.at + begin, text.len - begin });
}

void csv_out_text(FILE *out, struct bc_str text)
{
    struct bc_buf cell = { 0 };
    bool quotes = false;

    if (is_plain(text)) {
        if (text.len) /* one of length 0 may be NULL */
            fwrite(text.at, 1, text.len, out);
        return;
    }
    if (begins_as_formula(text))
        bc_buf_add_byte(&cell, '\'');
    add_safe(&cell, text);
    for (size_t i = 0; i < cell.len; i++)
        quotes |= strchr("\",\t\r\n", cell.at[i]) != NULL;
    if (quotes)
        fputc('"', out);
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '"')
            fputc('"', out);
        fputc(cell.at[i], out);
    }
    if (quotes)
        fputc('"', out);
    bc_buf_release(&cell);
}

void csv_out_number(FILE *out, double value)
{
    char text[NUMBER_LEN];

    number_print(text, value);
    fputs(text, out);
}
