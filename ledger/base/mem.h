/* ledger/base/mem.h - allocation that does not fail, an arena, and a growing buffer.
 *
 * When memory runs out the process says so and ends with exit code 4. That is safe: an append is
 * invisible until it is whole on disk, so ending at any moment leaves the ledger as it was. */
#ifndef BC_LEDGER_BASE_MEM_H
#define BC_LEDGER_BASE_MEM_H

#include "ledger/base/str.h"

#include <stdarg.h>
#include <stdint.h>

/* Never NULL. Sizes of zero are fine. */
void *bc_malloc(size_t size) __attribute__((malloc, returns_nonnull));
void *bc_calloc(size_t n, size_t size) __attribute__((malloc, returns_nonnull));
void *bc_realloc(void *old, size_t size) __attribute__((returns_nonnull));
/* Room for n items of `size` bytes each in place of `old`; the product is checked. */
void *bc_reallocarray(void *old, size_t n, size_t size) __attribute__((returns_nonnull));
/* Zeroed memory that is read all over at random: in large pages where the system has them, since
 * the search for small ones costs as much as the read. At least on a cache line. */
void *bc_calloc_scattered(size_t size) __attribute__((malloc, returns_nonnull));
/* A copy that ends with a NUL; the caller frees it. */
char *bc_strdup(struct bc_str s) __attribute__((malloc, returns_nonnull));

/* Gives freed memory back to the system, since the C library keeps the small pieces. Worth a call
 * when very many were freed and large ones come next. */
void bc_mem_give_back(void);
/* Has large pieces go back to the system as soon as they are freed, also those that are larger than
 * any before, which the C library would keep. For the start of a program. */
void bc_mem_give_large_back(void);

/* Says that memory ran out and ends the process with exit code 4. Allocates nothing. */
void bc_out_of_memory(void) __attribute__((noreturn));
/* The same for another limit of the program, "backcast: WHAT: nothing unfinished was appended". */
void bc_out_of(const char *what) __attribute__((noreturn));

/* Grows `array` (a pointer variable) so that it has room for one more than `n` items. */
#define BC_GROW(array, n, cap)                                                                     \
    do {                                                                                           \
        if ((n) == (cap)) {                                                                        \
            (cap) = (cap) ? (cap)*2 : 16;                                                          \
            (array) = bc_reallocarray((array), (cap), sizeof(*(array)));                           \
        }                                                                                          \
    } while (0)

/* Many small allocations, freed together. */
typedef struct bc_arena bc_arena;
bc_arena *bc_arena_new(void);
/* Aligned for any type; zeroed; lives until the next reset or free. */
void *bc_arena_alloc(bc_arena *arena, size_t size);
/* A copy that ends with a NUL (not counted in len). */
struct bc_str bc_arena_copy(bc_arena *arena, struct bc_str s);
/* Forgets everything handed out, and keeps one block for reuse. */
void bc_arena_reset(bc_arena *arena);
void bc_arena_free(bc_arena *arena); /* NULL is fine */

/* Growing bytes. `{ 0 }` is empty and needs no init. */
struct bc_buf {
    char *at;
    size_t len, cap;
};
void bc_buf_add(struct bc_buf *buf, const void *bytes, size_t len);
void bc_buf_add_str(struct bc_buf *buf, struct bc_str s);
void bc_buf_printf(struct bc_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void bc_buf_vprintf(struct bc_buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
void bc_buf_grow(struct bc_buf *buf, size_t len); /* for bc_buf_room */
void bc_buf_release(struct bc_buf *buf);          /* frees the bytes; the buffer is empty again */

/* Room for `len` more bytes after the end, which the caller fills and counts into buf->len. Never
 * NULL, also for no bytes in an empty buffer. */
static inline char *bc_buf_room(struct bc_buf *buf, size_t len)
{
    if (len >= buf->cap - buf->len)
        bc_buf_grow(buf, len);
    return buf->at + buf->len;
}

static inline void bc_buf_add_byte(struct bc_buf *buf, char byte)
{
    *bc_buf_room(buf, 1) = byte;
    buf->len++;
}

static inline struct bc_str bc_buf_str(const struct bc_buf *buf)
{
    return (struct bc_str){ buf->at, buf->len };
}

#endif
