#include "tools/import/ocel/json_stream.h"

#include <inttypes.h>
#include <stdlib.h>

enum { BLOCK = 64 << 10, TEXT_MAX = 16 << 20, TOKEN_MAX = 1 << 10, DEPTH_MAX = 100 };
enum { LOOK_ON = 64 << 20, END = -1, BROKEN = -2 };

struct json_stream {
    gunzip *gz;
    const char *name;
    char block[BLOCK];
    size_t at, len;
    uint64_t before; /* bytes of blocks before this one */
    struct csv_place here, place;
    struct bc_buf raw, key, text;
    bc_status rc; /* where reading failed, which is in `why` */
    struct bc_err why;
};

json_stream *json_stream_new(gunzip *gz, const char *name)
{
    json_stream *self = bc_calloc(1, sizeof(*self));

    self->gz = gz;
    self->name = name;
    self->here = self->place = (struct csv_place){ 1, 1 };
    return self;
}

void json_stream_free(json_stream *self)
{
    if (!self)
        return;
    bc_buf_release(&self->raw);
    bc_buf_release(&self->key);
    bc_buf_release(&self->text);
    free(self);
}

uint64_t json_stream_bytes(const json_stream *self)
{
    return self->before + self->at;
}

struct csv_place json_stream_place(const json_stream *self)
{
    return self->place;
}

/* --- bytes --- */

/* The next byte, which is not taken; END or BROKEN. */
static int peek(json_stream *self)
{
    if (self->at < self->len)
        return (unsigned char)self->block[self->at];
    if (self->rc != BC_OK)
        return self->rc == BC_DONE ? END : BROKEN;
    self->before += self->len;
    self->at = self->len = 0;
    self->rc = gunzip_read(self->gz, self->block, BLOCK, &self->len, &self->why);
    /* What was unpacked before a fault is still looked at. */
    return self->len > 0 ? (unsigned char)self->block[0] : self->rc == BC_DONE ? END : BROKEN;
}

static void take(json_stream *self)
{
    if (self->block[self->at++] == '\n') {
        self->here.line++;
        self->here.column = 1;
    } else {
        self->here.column++;
    }
}

static bc_status placed(json_stream *self, struct bc_err *err)
{
    return bc_err_in(err, BC_E_INPUT, "%s:%" PRIu64 ":%zu", self->name, self->place.line,
                     self->place.column);
}

/* The failure of the file itself. */
static bc_status broken(json_stream *self, struct bc_err *err)
{
    if (err)
        *err = self->why;
    if (self->rc != BC_E_INPUT)
        return self->rc;
    self->place = self->here;
    return placed(self, err);
}

/* What is no JSON may be so since its gzip data is damaged, which is said at a member's end; unless
 * that is far. */
static bool is_damaged(json_stream *self)
{
    uint64_t more = 0;

    while (self->rc == BC_OK && more < LOOK_ON) {
        self->rc = gunzip_read(self->gz, self->block, BLOCK, &self->len, &self->why);
        more += self->len;
    }
    return self->rc == BC_E_INPUT;
}

bc_status json_stream_fault(json_stream *self, struct bc_err *err, const char *format, ...)
{
    va_list args;

    if (is_damaged(self))
        return broken(self, err);
    va_start(args, format);
    (void)bc_err_vset(err, BC_E_INPUT, format, args);
    va_end(args);
    return placed(self, err);
}

static bc_status expected(json_stream *self, int byte, const char *what, struct bc_err *err)
{
    if (byte == BROKEN)
        return broken(self, err);
    self->place = self->here;
    if (byte == END)
        return json_stream_fault(self, err, "the file ends here, expected %s", what);
    return json_stream_fault(self, err, "no JSON here, expected %s", what);
}

static int skip_blanks(json_stream *self)
{
    int byte = peek(self);

    while (byte >= 0 && json_is_space((char)byte)) {
        take(self);
        byte = peek(self);
    }
    return byte;
}

/* --- values --- */

static bc_status unescape(json_stream *self, struct bc_buf *out, struct bc_err *err)
{
    const struct bc_str raw = bc_buf_str(&self->raw);
    const char *wrong;
    size_t at = 0;

    out->len = 0;
    if (bc_str_utf8_fault(raw) != raw.len)
        return json_stream_fault(self, err, "a string that is not UTF-8");
    wrong = json_unescape(bc_buf_room(out, raw.len), &out->len, &at, raw);
    return wrong ? json_stream_fault(self, err, "%s", wrong) : BC_OK;
}

/* A string, whose quote comes next. */
static bc_status take_string(json_stream *self, struct bc_buf *out, struct bc_err *err)
{
    bool escaped = false;

    self->place = self->here;
    self->raw.len = 0;
    take(self);
    for (;;) {
        const int byte = peek(self);

        if (byte < 0)
            return expected(self, byte, "the end of a string", err);
        if (byte < 0x20)
            return json_stream_fault(self, err,
                                     "a string with a control character that is not "
                                     "escaped");
        if (self->raw.len == TEXT_MAX)
            return json_stream_fault(self, err, "a string of more than 16 MiB");
        take(self);
        if (byte == '"' && !escaped)
            return unescape(self, out, err);
        escaped = byte == '\\' && !escaped;
        bc_buf_add_byte(&self->raw, (char)byte);
    }
}

static bool ends_token(int byte)
{
    return byte < 0 || json_is_space((char)byte) || strchr("{}[]:,\"", byte);
}

static bc_status take_token(json_stream *self, enum json_type *type, struct bc_err *err)
{
    self->text.len = 0;
    while (!ends_token(peek(self)) && self->text.len < TOKEN_MAX) {
        bc_buf_add_byte(&self->text, (char)peek(self));
        take(self);
    }
    if (peek(self) == BROKEN)
        return broken(self, err);
    if (!json_scalar(type, bc_buf_str(&self->text)))
        return json_stream_fault(self, err, "no JSON here, expected a value");
    return BC_OK;
}

bc_status json_stream_value(json_stream *self, enum json_type *type, struct bc_str *text,
                            struct bc_err *err)
{
    const int byte = skip_blanks(self);
    bc_status rc = BC_OK;

    *text = (struct bc_str){ 0 };
    self->place = self->here;
    if (byte < 0 || byte == '}' || byte == ']' || byte == ',' || byte == ':')
        return expected(self, byte, "a value", err);
    if (byte == '{' || byte == '[') {
        *type = byte == '{' ? JSON_OBJECT : JSON_ARRAY;
        take(self);
        return BC_OK;
    }
    *type = JSON_STRING;
    rc = byte == '"' ? take_string(self, &self->text, err) : take_token(self, type, err);
    *text = bc_buf_str(&self->text);
    return rc;
}

/* The comma before all but the first of a list or object; BC_DONE: its end. */
static bc_status take_comma(json_stream *self, bool *first, int end, const char *what,
                            struct bc_err *err)
{
    int byte = skip_blanks(self);

    if (byte == end) {
        take(self);
        return BC_DONE;
    }
    if (!*first) {
        if (byte != ',')
            return expected(self, byte, what, err);
        take(self);
        byte = skip_blanks(self);
    }
    *first = false;
    return byte < 0 ? expected(self, byte, "a value", err) : BC_OK;
}

bc_status json_stream_item(json_stream *self, bool *first, struct bc_err *err)
{
    return take_comma(self, first, ']', "`,` or `]`", err);
}

bc_status json_stream_member(json_stream *self, bool *first, struct bc_str *key, struct bc_err *err)
{
    bc_status rc = take_comma(self, first, '}', "`,` or `}`", err);
    int byte;

    if (rc != BC_OK)
        return rc;
    byte = peek(self);
    if (byte != '"')
        return expected(self, byte, "a key in quotes", err);
    rc = take_string(self, &self->key, err);
    if (rc < 0)
        return rc;
    *key = bc_buf_str(&self->key);
    byte = skip_blanks(self);
    if (byte != ':')
        return expected(self, byte, "`:`", err);
    take(self);
    return BC_OK;
}

bc_status json_stream_skip(json_stream *self, enum json_type type, struct bc_err *err)
{
    enum json_type open[DEPTH_MAX];
    bool first = true;
    size_t depth = 0;
    bc_status rc = BC_OK;

    if (type == JSON_OBJECT || type == JSON_ARRAY)
        open[depth++] = type;
    while (rc == BC_OK && depth > 0) {
        struct bc_str text;

        rc = open[depth - 1] == JSON_OBJECT ? json_stream_member(self, &first, &text, err)
                                            : json_stream_item(self, &first, err);
        if (rc == BC_DONE) {
            depth--;
            first = false;
            rc = BC_OK;
            continue;
        }
        if (rc == BC_OK)
            rc = json_stream_value(self, &type, &text, err);
        if (rc < 0 || (type != JSON_OBJECT && type != JSON_ARRAY))
            continue;
        if (depth == DEPTH_MAX)
            return json_stream_fault(self, err, "values within values, more than 100 deep");
        open[depth++] = type;
        first = true;
    }
    return rc;
}

bc_status json_stream_end(json_stream *self, struct bc_err *err)
{
    const int byte = skip_blanks(self);

    return byte == END ? BC_OK : expected(self, byte, "nothing more", err);
}
