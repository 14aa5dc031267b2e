#include "ledger/base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <malloc.h>

enum { CACHE_LINE = 64, LARGE_PAGE = 2 << 20, LARGE_PIECE = 256 << 10 };

static void say(const char *text)
{
    ssize_t written = write(STDERR_FILENO, text, strlen(text));

    (void)written;
}

void bc_out_of(const char *what)
{
    say("backcast: ");
    say(what);
    say(": nothing unfinished was appended\n");
    _exit(4);
}

void bc_out_of_memory(void)
{
    bc_out_of("out of memory");
}

void bc_mem_give_back(void)
{
    (void)malloc_trim(0);
}

void bc_mem_give_large_back(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, LARGE_PIECE);
}

void *bc_malloc(size_t size)
{
    void *p = malloc(size ? size : 1);

    if (!p)
        bc_out_of_memory();
    return p;
}

void *bc_calloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size ? size : 1);

    if (!p)
        bc_out_of_memory();
    return p;
}

void *bc_realloc(void *old, size_t size)
{
    void *p = realloc(old, size ? size : 1);

    if (!p)
        bc_out_of_memory();
    return p;
}

void *bc_reallocarray(void *old, size_t n, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(n, size, &total))
        bc_out_of_memory();
    return bc_realloc(old, total);
}

void *bc_calloc_scattered(size_t size)
{
    const size_t align = size < LARGE_PAGE ? CACHE_LINE : LARGE_PAGE;
    void *p;

    if (size > SIZE_MAX - align)
        bc_out_of_memory();
    size = (size + align - 1) / align * align;
    p = aligned_alloc(align, size ? size : align);
    if (!p)
        bc_out_of_memory();
    if (align == LARGE_PAGE)
        (void)madvise(p, size, MADV_HUGEPAGE);
    return memset(p, 0, size);
}

char *bc_strdup(struct bc_str s)
{
    char *copy = bc_malloc(s.len + 1);

    if (s.len)
        memcpy(copy, s.at, s.len);
    copy[s.len] = '\0';
    return copy;
}

/* Blocks in a list, the current one first; each twice as large as the one before, up to a bound. */
struct block {
    struct block *next;
    size_t used, size;
    _Alignas(max_align_t) char bytes[];
};

struct bc_arena {
    struct block *blocks;
};

enum { BLOCK_FIRST = 4 << 10, BLOCK_MOST = 1 << 20 };

bc_arena *bc_arena_new(void)
{
    return bc_calloc(1, sizeof(bc_arena));
}

static void arena_grow(bc_arena *arena, size_t size)
{
    size_t want = arena->blocks ? arena->blocks->size * 2 : BLOCK_FIRST;
    struct block *block;

    if (want > BLOCK_MOST)
        want = BLOCK_MOST;
    if (want < size)
        want = size;
    if (want > SIZE_MAX - sizeof(*block))
        bc_out_of_memory();
    block = bc_malloc(sizeof(*block) + want);
    block->next = arena->blocks;
    block->used = 0;
    block->size = want;
    arena->blocks = block;
}

void *bc_arena_alloc(bc_arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    void *p;

    if (size > SIZE_MAX - align)
        bc_out_of_memory();
    size = (size + align - 1) / align * align;
    if (!arena->blocks || arena->blocks->size - arena->blocks->used < size)
        arena_grow(arena, size);
    p = arena->blocks->bytes + arena->blocks->used;
    arena->blocks->used += size;
    return memset(p, 0, size);
}

struct bc_str bc_arena_copy(bc_arena *arena, struct bc_str s)
{
    char *copy = bc_arena_alloc(arena, s.len + 1);

    if (s.len)
        memcpy(copy, s.at, s.len);
    return (struct bc_str){ copy, s.len };
}

void bc_arena_reset(bc_arena *arena)
{
    if (!arena->blocks)
        return;
    while (arena->blocks->next) {
        struct block *old = arena->blocks->next;

        arena->blocks->next = old->next;
        free(old);
    }
    arena->blocks->used = 0;
}

void bc_arena_free(bc_arena *arena)
{
    if (!arena)
        return;
    bc_arena_reset(arena);
    free(arena->blocks);
    free(arena);
}

void bc_buf_grow(struct bc_buf *buf, size_t len)
{
    size_t want;

    if (__builtin_add_overflow(buf->len, len, &want))
        bc_out_of_memory();
    if (want < buf->cap + buf->cap / 2)
        want = buf->cap + buf->cap / 2;
    if (want < 64)
        want = 64;
    buf->at = bc_realloc(buf->at, want);
    buf->cap = want;
}

void bc_buf_add(struct bc_buf *buf, const void *bytes, size_t len)
{
    if (len == 0)
        return;
    memcpy(bc_buf_room(buf, len), bytes, len);
    buf->len += len;
}

void bc_buf_add_str(struct bc_buf *buf, struct bc_str s)
{
    bc_buf_add(buf, s.at, s.len);
}

void bc_buf_vprintf(struct bc_buf *buf, const char *format, va_list args)
{
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    if (len > 0) {
        (void)vsnprintf(bc_buf_room(buf, (size_t)len + 1), (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}

void bc_buf_printf(struct bc_buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    bc_buf_vprintf(buf, format, args);
    va_end(args);
}

void bc_buf_release(struct bc_buf *buf)
{
    free(buf->at);
    *buf = (struct bc_buf){ 0 };
}
