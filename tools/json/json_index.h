/* tools/json/json_index.h - where the tokens of a JSON text begin: C's interface to simdjson. */
#ifndef BC_TOOLS_JSON_JSON_INDEX_H
#define BC_TOOLS_JSON_JSON_INDEX_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum json_fault {
    JSON_SOUND,
    JSON_EMPTY,       /* no token at all */
    JSON_OPEN_STRING, /* a string does not end */
    JSON_CONTROL,     /* an unescaped control character in a string */
    JSON_NO_UTF8,     /* bytes that are not well-formed UTF-8 */
    JSON_UNREADABLE,  /* none of these; not known to happen */
};

#define JSON_PADDING 64 /* bytes after a text that are read with it */

typedef struct json_index json_index; /* opaque; keeps its memory from text to text */
json_index *json_index_new(void);
void json_index_free(json_index *index); /* NULL is fine */

/* Offsets in `text` of each of `{}[]:,` outside of strings, and of the first byte of everything
 * else that is not white space, in their order, and after them `len` twice. They live until the
 * next call. From one offset to the next there are one token and the white space after it.
 * JSON_PADDING bytes after the text can be read. */
enum json_fault json_index_find(json_index *index, const uint32_t **at, size_t *n, const char *text,
                                size_t len);

/* A copy of a text with JSON_PADDING zeros after it; lives until the next call. */
const char *json_index_pad(json_index *index, const char *text, size_t len);

#ifdef __cplusplus
}
#endif

#endif
