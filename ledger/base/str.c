#include "ledger/base/str.h"

#include <stdlib.h>

int bc_str_cmp(struct bc_str a, struct bc_str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.at, b.at, common) : 0;

    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

int bc_str_order(const void *a, const void *b)
{
    return bc_str_cmp(*(const struct bc_str *)a, *(const struct bc_str *)b);
}

size_t bc_str_sort_once(struct bc_str *at, size_t n)
{
    size_t kept = 0;

    if (n > 1)
        qsort(at, n, sizeof(*at), bc_str_order);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !bc_str_eq(at[kept - 1], at[i]))
            at[kept++] = at[i];
    return kept;
}

/* Eight bytes at a time, each mixed in by a product whose upper half is folded into the lower. */
size_t bc_str_hash(struct bc_str s)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash = s.len * odd, eight;
    size_t at = 0;

    for (; s.len - at >= sizeof(eight); at += sizeof(eight)) {
        memcpy(&eight, s.at + at, sizeof(eight));
        hash = (hash ^ eight) * odd;
        hash ^= hash >> 32;
    }
    eight = 0;
    if (at < s.len)
        memcpy(&eight, s.at + at, s.len - at);
    hash = (hash ^ eight) * odd;
    hash = (hash ^ hash >> 32) * odd;
    return (size_t)(hash ^ hash >> 32);
}

/* The length of the well-formed sequence at `at`, or 0: table 3-7 of the Unicode standard. */
static size_t utf8_sequence(const uint8_t *at, size_t left)
{
    uint8_t low = 0x80, high = 0xbf;
    size_t len;

    if (at[0] < 0x80)
        return 1;
    if (at[0] < 0xc2 || at[0] > 0xf4)
        return 0;
    len = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    if (len > left)
        return 0;
    if (at[0] == 0xe0)
        low = 0xa0; /* shorter forms exist */
    else if (at[0] == 0xed)
        high = 0x9f; /* surrogates */
    else if (at[0] == 0xf0)
        low = 0x90;
    else if (at[0] == 0xf4)
        high = 0x8f; /* past U+10FFFF */
    if (at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    return len;
}

size_t bc_str_utf8_fault(struct bc_str s)
{
    size_t i = 0;

    while (i < s.len) {
        uint64_t eight;
        size_t len;

        if (s.len - i >= 8) {
            memcpy(&eight, s.at + i, 8);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                i += 8;
                continue;
            }
        }
        len = utf8_sequence((const uint8_t *)s.at + i, s.len - i);
        if (len == 0)
            return i;
        i += len;
    }
    return s.len;
}

uint32_t bc_str_char(struct bc_str s, size_t at, size_t *len)
{
    const uint8_t *byte = (const uint8_t *)s.at + at;
    uint32_t c;

    *len = byte[0] < 0x80 ? 1 : byte[0] < 0xe0 ? 2 : byte[0] < 0xf0 ? 3 : 4;
    c = *len == 1 ? byte[0] : byte[0] & (0x7fU >> *len);
    for (size_t i = 1; i < *len; i++)
        c = c << 6 | (byte[i] & 0x3f);
    return c;
}

bool bc_char_unsafe(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        { 0x00, 0x1f },       /* C0 */
        { 0x7f, 0x9f },       /* DEL, C1 */
        { 0xad, 0xad },       /* an invisible hyphen */
        { 0x34f, 0x34f },     /* a joiner */
        { 0x61c, 0x61c },     /* a mark of direction */
        { 0x115f, 0x1160 },   /* fillers */
        { 0x17b4, 0x17b5 },   /* invisible vowels */
        { 0x180b, 0x180f },   /* selectors of variants, a separator */
        { 0x200b, 0x200f },   /* of no width; joiners; marks of direction */
        { 0x2028, 0x202e },   /* ends of lines and paragraphs; embeddings and overrides */
        { 0x2060, 0x206f },   /* invisible joiners and operators; isolates */
        { 0x2800, 0x2800 },   /* an invisible blank */
        { 0x3164, 0x3164 },   /* a filler */
        { 0xfe00, 0xfe0f },   /* selectors of variants */
        { 0xfeff, 0xfeff },   /* the byte order mark */
        { 0xffa0, 0xffa0 },   /* a filler */
        { 0xfff0, 0xfffb },   /* not assigned; annotations */
        { 0xfffe, 0xffff },   /* no characters: XML has none of them */
        { 0x110bd, 0x110bd }, /* a mark of numbers */
        { 0x13430, 0x1343f }, /* joiners of hieroglyphs */
        { 0x1bca0, 0x1bca3 }, /* of shorthand */
        { 0x1d173, 0x1d17a }, /* of music */
        { 0xe0000, 0xe0fff }, /* tags, selectors of variants */
    };

    if (c >= 0x20 && c < 0x7f)
        return false;
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

bool bc_char_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}
