#include "ledger/base/base64.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void bc_base64_add(struct bc_buf *out, const void *bytes, size_t len)
{
    const uint8_t *in = bytes;
    char *at = bc_buf_room(out, (len + 2) / 3 * 4);

    for (size_t i = 0; i < len; i += 3) {
        size_t left = len - i;
        uint32_t group = (uint32_t)in[i] << 16 | (left > 1 ? (uint32_t)in[i + 1] << 8 : 0) |
                         (left > 2 ? in[i + 2] : 0U);

        *at++ = digits[group >> 18];
        *at++ = digits[group >> 12 & 63];
        *at++ = '=';
        *at++ = '=';
        if (left > 1)
            at[-2] = digits[group >> 6 & 63];
        if (left > 2)
            at[-1] = digits[group & 63];
    }
    out->len += (len + 2) / 3 * 4;
}

static int digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Four characters, of which the last `padding` were '='; -1: they stand for nothing. */
static int32_t read_group(const char *at, size_t padding)
{
    int32_t group = 0;

    for (size_t i = 0; i < 4; i++) {
        int value = i < 4 - padding ? digit(at[i]) : 0;

        if (value < 0)
            return -1;
        group = group << 6 | value;
    }
    return group & ((1 << 8 * (int)padding) - 1) ? -1 : group; /* bits that nobody wrote */
}

bool bc_base64_read(struct bc_buf *out, struct bc_str text)
{
    size_t begin = out->len;

    if (text.len % 4 != 0)
        return false;
    for (size_t i = 0; i < text.len; i += 4) {
        const char *at = text.at + i;
        bool last = i + 4 == text.len;
        size_t padding = !last || at[3] != '=' ? 0 : at[2] != '=' ? 1 : 2;
        int32_t group = read_group(at, padding);
        char bytes[3];

        if (group < 0) {
            out->len = begin;
            return false;
        }
        bytes[0] = (char)(group >> 16);
        bytes[1] = (char)(group >> 8);
        bytes[2] = (char)group;
        bc_buf_add(out, bytes, 3 - padding);
    }
    return true;
}
