#include "tests/linear/count.h"

#include <stdlib.h>
#include <string.h>

#include <malloc.h>

enum { AT_ONCE = 16 }; /* bytes of memory that one step may look at */

static uint64_t steps;
static size_t held, held_most, held_first;

void count_begin(void)
{
    steps = 0;
    held_first = held_most = held;
}

struct cost count_end(void)
{
    return (struct cost){ steps, held_most - held_first };
}

/* Called by the compiler's code wherever a branch leads. */
void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    steps++;
}

static void bytes(size_t n)
{
    steps += 1 + n / AT_ONCE;
}

/* --- the C library's, by the linker's --wrap --- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *p);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *p);

static void *taken(void *p)
{
    steps++;
    held += p ? malloc_usable_size(p) : 0;
    held_most = held > held_most ? held : held_most;
    return p;
}

void *__wrap_malloc(size_t size)
{
    return taken(__real_malloc(size));
}

void *__wrap_calloc(size_t n, size_t size)
{
    return taken(__real_calloc(n, size));
}

/* What a foreign library made may be freed here, and the other way round. */
static void given(void *p)
{
    size_t size = p ? malloc_usable_size(p) : 0;

    steps++;
    held -= size < held ? size : held;
}

void *__wrap_realloc(void *old, size_t size)
{
    bytes(old ? malloc_usable_size(old) : 0);
    given(old);
    return taken(__real_realloc(old, size));
}

void __wrap_free(void *p)
{
    given(p);
    __real_free(p);
}

void *__real_memchr(const void *at, int byte, size_t n);
void *__real_memrchr(const void *at, int byte, size_t n);
void *__real_memcpy(void *to, const void *from, size_t n);
void *__real_memmove(void *to, const void *from, size_t n);
int __real_memcmp(const void *a, const void *b, size_t n);
void *__real_memset(void *to, int byte, size_t n);
size_t __real_strlen(const char *text);
int __real_strcmp(const char *a, const char *b);
void *__wrap_memchr(const void *at, int byte, size_t n);
void *__wrap_memrchr(const void *at, int byte, size_t n);
void *__wrap_memcpy(void *to, const void *from, size_t n);
void *__wrap_memmove(void *to, const void *from, size_t n);
int __wrap_memcmp(const void *a, const void *b, size_t n);
void *__wrap_memset(void *to, int byte, size_t n);
size_t __wrap_strlen(const char *text);
int __wrap_strcmp(const char *a, const char *b);

void *__wrap_memchr(const void *at, int byte, size_t n)
{
    const char *found = __real_memchr(at, byte, n);

    bytes(found ? (size_t)(found - (const char *)at) : n);
    return (void *)(uintptr_t)found;
}

void *__wrap_memrchr(const void *at, int byte, size_t n)
{
    const char *found = __real_memrchr(at, byte, n);

    bytes(found ? n - (size_t)(found - (const char *)at) : n);
    return (void *)(uintptr_t)found;
}

void *__wrap_memcpy(void *to, const void *from, size_t n)
{
    bytes(n);
    return __real_memcpy(to, from, n);
}

void *__wrap_memmove(void *to, const void *from, size_t n)
{
    bytes(n);
    return __real_memmove(to, from, n);
}

int __wrap_memcmp(const void *a, const void *b, size_t n)
{
    bytes(n);
    return __real_memcmp(a, b, n);
}

void *__wrap_memset(void *to, int byte, size_t n)
{
    bytes(n);
    return __real_memset(to, byte, n);
}

size_t __wrap_strlen(const char *text)
{
    size_t len = __real_strlen(text);

    bytes(len);
    return len;
}

int __wrap_strcmp(const char *a, const char *b)
{
    steps++;
    return __real_strcmp(a, b);
}
