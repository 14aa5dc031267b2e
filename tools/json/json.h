/* tools/json/json.h - JSON text: one line in, its values as a flat list; and a string out.
 *
 * Strict RFC 8259, and stricter where events need it: no key twice in an object, at most
 * JSON_KEYS_MAX keys in one, at most JSON_DEPTH_MAX levels of objects and lists (unless more are
 * asked for), no U+0000 and no
 * unpaired surrogate, escaped or not. Columns count bytes from 1. */
#ifndef BC_TOOLS_JSON_JSON_H
#define BC_TOOLS_JSON_JSON_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"
#include "ledger/base/str.h"

#include <stdint.h>

#define JSON_LEN_MAX   (16 << 20) /* bytes of one text */
#define JSON_DEPTH_MAX 3
#define JSON_KEYS_MAX  64

enum json_type {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
};

struct json_node {
    struct bc_str key;   /* a member's, unescaped; else empty */
    struct bc_str text;  /* a string, unescaped; a number as written */
    uint32_t column;     /* of the value's first byte */
    uint32_t key_column; /* of the key's opening quote; 0 where there is no key */
    uint32_t depth;      /* 0 for the outermost value, 1 for what is in it, ... */
    enum json_type type;
};

typedef struct json_parser json_parser; /* opaque; keeps its memory from line to line */
json_parser *json_parser_new(void);
void json_parser_free(json_parser *parser); /* NULL is fine */
/* Reads so many levels: answers of ours have more of them than events. */
void json_parser_deepen(json_parser *parser, uint32_t depth_max);

/* Reads one text. The nodes are in the order of the text, the contents of an object or list right
 * after it; they live until the next call, and their texts point into `line` or the parser. `line`
 * needs no bytes after its end. BC_E_INPUT: *column is where the value (or key) begins that is
 * wrong, or where something else was expected. */
bc_status json_parse(json_parser *parser, const struct json_node **nodes, size_t *n, size_t *column,
                     struct bc_str line, struct bc_err *err);

/* "a string", "an object", ... for messages. */
const char *json_type_name(enum json_type type);

/* Whether a token is a number by RFC 8259, true, false or null, and which. */
bool json_scalar(enum json_type *type, struct bc_str token);

static inline bool json_is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Unescapes the text between the quotes of a string, into `out`, which has room for raw.len bytes.
 * NULL, or what is wrong: the escape *at bytes into `raw`. */
const char *json_unescape(char *out, size_t *out_len, size_t *at, struct bc_str raw);

/* Adds well-formed UTF-8 as a JSON string with its quotes. Control characters (C0, DEL, C1) are
 * escaped, so that no text of the data commands a terminal. */
void json_add_string(struct bc_buf *out, struct bc_str text);

#endif
