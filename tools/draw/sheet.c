#include "tools/draw/sheet.h"

#include "tools/cli/text.h"
#include "tools/draw/svg.h"

enum {
    MARGIN = 16, /* of a file */
    BELOW = 8,   /* within a page */
    TITLE = 24,  /* the height of a file's first line */
    LINES = 4,   /* of one text */
    KEY_LINE = 16,
    KEY_GAP = 6,    /* from a sign to its word */
    KEY_APART = 20, /* from a word to the next sign */
};

static const double PROSE = 6.6; /* of a letter, on the average of a sentence, in a wide face */

static bool is_file(const struct sheet *sheet)
{
    return sheet->place.number == 0;
}

void sheet_begin(struct sheet *out, struct sheet_place place, struct bc_str title)
{
    const double width = place.width > 0 ? place.width : SHEET_FILE;

    *out = (struct sheet){ .place = { width, place.number }, .right = width };
    if (!is_file(out))
        return;
    out->left = MARGIN;
    out->right = width - MARGIN;
    out->y = TITLE - SVG_LINE + 3;
    sheet_text(out, "hi b", title);
}

void sheet_end(struct sheet *sheet, struct bc_buf *out, struct bc_str title, struct bc_str desc)
{
    const struct svg_head head = { .width = sheet->place.width,
                                   .height = sheet->y + (is_file(sheet) ? MARGIN : BELOW),
                                   .title = title,
                                   .desc = desc };

    if (is_file(sheet))
        svg_begin(out, &head);
    else
        svg_begin_within(out, &head, sheet->place.number);
    bc_buf_add_str(out, bc_buf_str(&sheet->body));
    svg_end(out);
    bc_buf_release(&sheet->body);
}

/* --- texts --- */

void sheet_text(struct sheet *sheet, const char *class, struct bc_str text)
{
    const size_t letters = (size_t)((sheet->right - sheet->left) / PROSE);
    struct bc_buf safe = { 0 }, room = { 0 };
    struct bc_str rest;

    text_escape(&safe, text);
    rest = bc_buf_str(&safe);
    for (int line = 1; rest.len; line++) {
        const struct bc_str whole = rest;
        const struct bc_str one = line < LINES ? svg_line_of(&rest, letters) : whole;

        sheet->y += SVG_LINE;
        svg_text(&sheet->body, class, sheet->left, sheet->y - 3,
                 line < LINES ? one : svg_cut(&room, whole, letters));
        if (line == LINES)
            break;
    }
    bc_buf_release(&safe);
    bc_buf_release(&room);
}

void sheet_texts(struct sheet *sheet, const char *class, const struct bc_str *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sheet_text(sheet, class, texts[i]);
}

/* --- keys --- */

void sheet_key(struct sheet *sheet, const struct sheet_sign *signs, size_t n)
{
    double x = sheet->left;

    if (n)
        sheet->y += KEY_LINE;
    for (size_t i = 0; i < n; i++) {
        const double word = (double)(svg_letters(signs[i].word) * SVG_LETTER);
        const double width = signs[i].width + KEY_GAP + word;

        if (x > sheet->left && x + width > sheet->right) {
            x = sheet->left;
            sheet->y += KEY_LINE;
        }
        signs[i].draw(&sheet->body, signs[i].of, x, sheet->y - 8);
        svg_text(&sheet->body, "", x + signs[i].width + KEY_GAP, sheet->y - 4, signs[i].word);
        x += width + KEY_APART;
    }
}
