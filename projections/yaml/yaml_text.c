/* projections/yaml/yaml_text.c - places in a text, for messages; and scalars written as text. */
#include "projections/yaml/yaml_text.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

#define CLIP_MAX     60  /* bytes of a value that a message shows */
#define SHOWN_MAX    100 /* characters of a line that an excerpt shows ... */
#define SHOWN_BEFORE 70  /* ... and of these at most before the caret */

size_t bc_yaml_mark_len(struct bc_str text)
{
    return text.len >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

struct bc_str bc_yaml_clip(struct bc_str text)
{
    if (text.len <= CLIP_MAX)
        return text;
    text.len = CLIP_MAX;
    while (text.len && ((unsigned char)text.at[text.len] & 0xC0) == 0x80)
        text.len--;
    return text;
}

/* A line: its number, from 1, and its bytes without the line end. LF, CRLF and CR end one. */
static struct bc_str line_of(const struct bc_yaml_source *source, size_t at, size_t *number)
{
    struct bc_str text = source->text;
    size_t begin = bc_yaml_mark_len(text), end;

    if (at > text.len)
        at = text.len;
    *number = 1;
    for (size_t i = begin; i < at; i++) {
        bool pair = text.at[i] == '\r' && i + 1 < text.len && text.at[i + 1] == '\n';
        if (text.at[i] == '\n' || (text.at[i] == '\r' && !pair)) {
            (*number)++;
            begin = i + 1;
        }
    }
    for (end = begin; end < text.len && text.at[end] != '\n' && text.at[end] != '\r'; end++)
        ;
    return (struct bc_str){ text.len ? text.at + begin : "", end - begin };
}

size_t bc_yaml_line(const struct bc_yaml_source *source, size_t at)
{
    size_t number;

    line_of(source, at, &number);
    return number;
}

/* Bytes of the character at `at`; those that are broken or unsafe to print have *shown = false. */
static size_t character(struct bc_str s, size_t at, bool *shown)
{
    unsigned char lead = (unsigned char)s.at[at];
    size_t len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

    if (len > s.len - at || bc_str_utf8_fault((struct bc_str){ s.at + at, len }) < len) {
        *shown = false;
        return 1;
    }
    *shown = !bc_char_unsafe(bc_str_char(s, at, &len));
    return len;
}

/* The line with a caret under its byte `column`, cut around it where it is long. Tabs become
 * spaces, and what cannot be shown a question mark, so that the caret stands where it should. */
static void excerpt(struct bc_err *err, struct bc_str line, size_t number, size_t column)
{
    struct bc_buf shown = { 0 };
    size_t first = 0, before = 0, drawn = 0;
    bool fine;

    for (size_t i = 0; i < column && i < line.len; before++)
        i += character(line, i, &fine);
    for (; before > SHOWN_BEFORE; before--)
        first += character(line, first, &fine);
    for (size_t i = first, len; i < line.len && drawn < SHOWN_MAX; i += len, drawn++) {
        len = character(line, i, &fine);
        if (fine)
            bc_buf_add(&shown, line.at + i, len);
        else
            bc_buf_add_byte(&shown, line.at[i] == '\t' ? ' ' : '?');
    }
    int gutter = snprintf(NULL, 0, "%zu", number);
    snprintf(err->excerpt, sizeof(err->excerpt), "%zu | %.*s\n%*s | %*s^", number,
             BC_STR_ARG(bc_buf_str(&shown)), gutter, "", (int)before, "");
    bc_buf_release(&shown);
}

bc_status bc_yaml_place(const struct bc_yaml_source *source, size_t at, bc_status rc,
                        struct bc_err *err)
{
    size_t number;

    if (!err)
        return rc;
    struct bc_str line = line_of(source, at, &number);
    size_t begin = (size_t)(line.at - source->text.at);
    size_t column = source->text.len && at > begin ? at - begin : 0;
    if (column > line.len)
        column = line.len;
    excerpt(err, line, number, column);
    return bc_err_in(err, rc, "%s:%zu:%zu", source->path, number, column + 1);
}

bc_status bc_yaml_fault(const struct bc_yaml_source *source, size_t at, struct bc_err *err,
                        const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)bc_err_vset(err, BC_E_INPUT, format, args);
    va_end(args);
    return bc_yaml_place(source, at, BC_E_INPUT, err);
}

size_t bc_yaml_control(struct bc_str text)
{
    size_t good = bc_str_utf8_fault(text);

    for (size_t i = 0; i < good; i++) {
        const unsigned char *byte = (const unsigned char *)text.at + i;
        if (*byte < 0x20 || *byte == 0x7F)
            return i;
        if (*byte == 0xC2 && byte[1] < 0xA0)
            return i;
        if (*byte == 0xE2 && byte[1] == 0x80 && (byte[2] == 0xA8 || byte[2] == 0xA9))
            return i;
        if (*byte == 0xEF && byte[1] == 0xBB && byte[2] == 0xBF)
            return i;
    }
    return good;
}

bc_status bc_yaml_check_bytes(const struct bc_yaml_source *source, struct bc_err *err)
{
    struct bc_str text = source->text;
    size_t good = bc_str_utf8_fault(text), mark = bc_yaml_mark_len(text);

    if (text.len > BC_YAML_MAX)
        return bc_yaml_fault(source, 0, err, "it has %zu bytes, expected at most %d", text.len,
                             BC_YAML_MAX);
    for (size_t i = 0; i < good; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        bool begins = i == 0 || i == mark || text.at[i - 1] == '\n' || text.at[i - 1] == '\r';
        if (byte == '%' && begins) /* of no use here, and libfyaml is slow with many */
            return bc_yaml_fault(source, i, err, "directives are not read here; leave it out");
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F)
            return bc_yaml_fault(source, i, err, "a control byte, 0x%02X", byte);
    }
    if (good < text.len)
        return bc_yaml_fault(source, good, err, "not valid UTF-8, byte 0x%02X",
                             (unsigned char)text.at[good]);
    return BC_OK;
}

bool bc_yaml_is_null(const struct bc_yaml *node)
{
    return node->kind == BC_YAML_SCALAR && node->plain &&
           (node->text.len == 0 || bc_str_eq(node->text, BC_STR("~")) ||
            (node->text.len == 4 && strncasecmp(node->text.at, "null", 4) == 0));
}

/* Words that some readers of YAML take for something other than a text. */
static bool is_special(struct bc_str text)
{
    static const char *const words[] = {
        "null", "true", "false", "yes", "no", "on", "off", "y", "n"
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (text.len == strlen(words[i]) && strncasecmp(text.at, words[i], text.len) == 0)
            return true;
    }
    return false;
}

static bool is_plain(struct bc_str text)
{
    if (text.len == 0 || !isalpha((unsigned char)text.at[0]) || text.at[text.len - 1] == ' ')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte >= 0x80 || (!isalnum(byte) && !strchr("_-./ ", byte)))
            return false;
    }
    return !is_special(text);
}

void bc_yaml_print_text(struct bc_buf *out, struct bc_str text)
{
    if (is_plain(text)) {
        bc_buf_add_str(out, text);
        return;
    }
    bc_buf_add_byte(out, '"');
    for (size_t i = 0, len; i < text.len; i += len) {
        uint32_t c = bc_str_char(text, i, &len);

        if (c == '"' || c == '\\')
            bc_buf_add_byte(out, '\\');
        if (bc_char_unsafe(c))
            bc_buf_printf(out, c < 0x10000 ? "\\u%04" PRIx32 : "\\U%08" PRIx32, c);
        else
            bc_buf_add(out, text.at + i, len);
    }
    bc_buf_add_byte(out, '"');
}

bc_status bc_yaml_load(struct bc_buf *out, const char *path, struct bc_err *err)
{
    FILE *file = fopen(path, "re");
    bc_status rc = BC_OK;

    if (!file && errno == ENOENT)
        return BC_DONE;
    if (!file)
        return bc_err_errno(err, "read %s", path);
    out->len += fread(bc_buf_room(out, BC_YAML_MAX + 1), 1, BC_YAML_MAX + 1, file);
    if (ferror(file))
        rc = bc_err_errno(err, "read %s", path);
    fclose(file);
    return rc;
}
