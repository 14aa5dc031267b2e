/* tools/json/json_lines.h - lines of JSON, token by token, as far as they are valid.
 *
 * The tokens of many lines are found in one pass, and a line is then walked in the order of its
 * text:
 *
 *            begin                                                 end
 *              v                                                    v
 *     ...}} \n {"id": "a\"b", "deal": "17", "reviewHeld": {"note":""}} \n {"id": ...
 *              ^^   ^ ^     ^ ^     ^ ^   ^ ^           ^ ^^     ^^ ^^    ^^   ^
 *               |       ^
 *             token   slash: no backslash between what was read and here
 *
 * A string ends at the next token, without the white space before that. Raw line ends are not
 * allowed in a string, so none reaches into the next line; a list or object that does is noticed at
 * its end. A caller that finds no valid JSON here calls json_parse, which says what is wrong and
 * where. */
#ifndef BC_TOOLS_JSON_JSON_LINES_H
#define BC_TOOLS_JSON_JSON_LINES_H

#include "ledger/base/mem.h"
#include "ledger/base/str.h"
#include "tools/json/json_index.h"

#include <stdint.h>

struct json_lines {
    json_index *index;
    struct bc_str ahead; /* the lines whose tokens are known; empty: none */
    const char *base;    /* the tokens' offsets count from here */
    const uint32_t *first, *token;
    const char *begin, *end; /* of the current line, in the indexed text */
    const char *slash, *text_end;
    struct bc_buf unescaped; /* of the current line; never grows while it is walked */
};

void json_lines_init(struct json_lines *lines);
void json_lines_release(struct json_lines *lines);

/* Lines that will be begun while the text stays in place: whole ones, without the last one's end.
 * After them come a line end or zeros, and JSON_PADDING bytes that can be read. */
void json_lines_ahead(struct json_lines *lines, struct bc_str text);

/* Begins a line, one of those indexed or any other. False: it is not valid. */
bool json_lines_begin(struct json_lines *lines, struct bc_str line);
/* Whether the line ends after the tokens taken, and not before. */
bool json_lines_done(const struct json_lines *lines);

/* The first byte of the next token; after the last line a byte that begins none. */
static inline char json_lines_peek(const struct json_lines *lines)
{
    return lines->base[lines->token[0]];
}

/* The column of the next token. */
static inline uint32_t json_lines_column(const struct json_lines *lines)
{
    return (uint32_t)(lines->base + lines->token[0] - lines->begin) + 1;
}

/* Takes the next token if it is this one of `{}[]:,`. */
static inline bool json_lines_take(struct json_lines *lines, char token)
{
    if (json_lines_peek(lines) != token)
        return false;
    lines->token++;
    return true;
}

/* The next token, whole. */
struct bc_str json_lines_token(const struct json_lines *lines);

/* Unescapes a string that may hold backslashes. False: it is not valid. */
bool json_lines_unescape(struct json_lines *lines, struct bc_str *raw);

/* Takes a string; its text lives as long as the line, and until the next begins. */
static inline bool json_lines_string(struct json_lines *lines, struct bc_str *out)
{
    const char *at = lines->base + lines->token[0], *end;

    if (*at != '"')
        return false;
    end = lines->base + lines->token[1];
    if (end[-1] != '"' || end - at < 2) {
        struct bc_str token = json_lines_token(lines);

        end = at + token.len;
        if (end[-1] != '"' || token.len < 2)
            return false;
    }
    lines->token++;
    *out = (struct bc_str){ at + 1, (size_t)(end - at) - 2 };
    return end <= lines->slash || json_lines_unescape(lines, out);
}

#endif
