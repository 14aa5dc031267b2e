/* ledger/base/str.h - a view of bytes that somebody else owns, without a final NUL. */
#ifndef BC_LEDGER_BASE_STR_H
#define BC_LEDGER_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bc_str {
    const char *at; /* may be NULL where len is 0 */
    size_t len;
};

/* A view of a literal or a C string. */
#define BC_STR(literal) ((struct bc_str){ (literal), sizeof(literal) - 1 })

/* For printf's "%.*s". */
#define BC_STR_ARG(s) (int)(s).len, (s).len ? (s).at : ""

static inline struct bc_str bc_str_of(const char *text)
{
    return (struct bc_str){ text, text ? strlen(text) : 0 };
}

static inline bool bc_str_eq(struct bc_str a, struct bc_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* The bytes begin <= i < end of a view, which may be NULL if there are none: adding 0 to NULL is
 * undefined in C. */
static inline struct bc_str bc_str_part(struct bc_str s, size_t begin, size_t end)
{
    return (struct bc_str){ s.at ? s.at + begin : s.at, end - begin };
}

static inline bool bc_str_begins(struct bc_str s, struct bc_str with)
{
    return with.len == 0 || (s.len >= with.len && memcmp(s.at, with.at, with.len) == 0);
}

/* Byte order: what memcmp says, then the shorter first. */
int bc_str_cmp(struct bc_str a, struct bc_str b);
/* The same of two structs in an array, for qsort. */
int bc_str_order(const void *a, const void *b);
/* Sorts them, and keeps each once: how many are left. */
size_t bc_str_sort_once(struct bc_str *at, size_t n);

/* A hash for tables in memory; never stored. */
size_t bc_str_hash(struct bc_str s);

/* The offset of the first byte that is not well-formed UTF-8 (surrogates and overlong forms are
 * not), or len. */
size_t bc_str_utf8_fault(struct bc_str s);
/* The character at `at` of well-formed UTF-8, and how many bytes it has. */
uint32_t bc_str_char(struct bc_str s, size_t at, size_t *len);

/* Must a character be shown by its number? It commands a terminal (C0, DEL, C1), or it turns, hides
 * or breaks the text around it: marks of direction, zero-width characters, line and paragraph
 * separators, byte order marks, annotations, tags. Every printer of text for people uses this. (An
 * emoji that is joined from several shows its U+200D, since a joiner can also hide in a name.) */
bool bc_char_unsafe(uint32_t c);
/* Unicode's White_Space. */
bool bc_char_blank(uint32_t c);

#endif
