/* Strings of JSON texts, both ways. */
#include "tools/json/json.h"

static int hex4(const char *at, const char *end)
{
    int value = 0;

    if (end - at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = at[i];

        if (c >= '0' && c <= '9')
            value = value * 16 + (c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            value = value * 16 + ((c | 0x20) - 'a' + 10);
        else
            return -1;
    }
    return value;
}

static size_t put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

/* Reads `\uXXXX`, or two of them that are one character, after the `\u`. NULL or what is wrong. */
static const char *unescape_u(uint32_t *out, const char **in, const char *end)
{
    int first = hex4(*in, end), second;

    if (first < 0)
        return "\\u without four hexadecimal digits";
    if (first == 0)
        return "U+0000 in a string";
    *in += 4;
    *out = (uint32_t)first;
    if (first < 0xd800 || first > 0xdfff)
        return NULL;
    if (first > 0xdbff || end - *in < 6 || (*in)[0] != '\\' || (*in)[1] != 'u')
        return "an unpaired surrogate";
    second = hex4(*in + 2, end);
    if (second < 0xdc00 || second > 0xdfff)
        return "an unpaired surrogate";
    *in += 6;
    *out = 0x10000U + (((uint32_t)first - 0xd800U) << 10) + ((uint32_t)second - 0xdc00U);
    return NULL;
}

/* Reads one escape after its backslash; adds its character. NULL or what is wrong. */
static const char *unescape_one(char *out, size_t *out_len, const char **in, const char *end)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *known = *in < end && **in ? strchr(from, **in) : NULL;
    const char *fault;
    uint32_t c;

    if (known) {
        out[(*out_len)++] = to[known - from];
        *in += 1;
        return NULL;
    }
    if (*in == end || **in != 'u')
        return "an unknown escape in a string";
    *in += 1;
    fault = unescape_u(&c, in, end);
    if (!fault)
        *out_len += put_utf8(out + *out_len, c);
    return fault;
}

const char *json_unescape(char *out, size_t *out_len, size_t *at, struct bc_str raw)
{
    const char *in = raw.at, *end = raw.at + raw.len, *slash, *fault;
    size_t len = 0;

    while (in < end) {
        slash = memchr(in, '\\', (size_t)(end - in));
        if (!slash)
            slash = end;
        memcpy(out + len, in, (size_t)(slash - in));
        len += (size_t)(slash - in);
        in = slash;
        if (in == end)
            break;
        in++;
        fault = unescape_one(out, &len, &in, end);
        if (fault) {
            *at = (size_t)(slash - raw.at);
            return fault;
        }
    }
    *out_len = len;
    return NULL;
}

/* Whether eight bytes are ASCII of which none needs an escape. */
static bool all_plain(const unsigned char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t bytes, quotes, slashes;

    memcpy(&bytes, at, sizeof(bytes));
    quotes = bytes ^ ones * '"';
    slashes = bytes ^ ones * '\\';
    /* A top bit for each byte above U+007F, below a space, DEL, a quote, a backslash. */
    return !((bytes | (bytes - ones * 0x20) | (bytes + ones) | (quotes - ones) | (slashes - ones)) &
             tops);
}

/* How many bytes from `at` on need no escape. */
static size_t plain(const unsigned char *at, size_t len)
{
    size_t i = 0;

    for (;;) {
        while (len - i >= 8 && all_plain(at + i))
            i += 8;
        if (i == len || at[i] < 0x20 || at[i] == '"' || at[i] == '\\' || at[i] == 0x7f ||
            (at[i] == 0xc2 && i + 1 < len && at[i + 1] < 0xa0)) /* C1: U+0080 to U+009F */
            return i;
        i++;
    }
}

/* Escapes the character at `at`; returns how many bytes it has. */
static size_t escape(struct bc_buf *out, const unsigned char *at)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *known = at[0] ? strchr(from, at[0]) : NULL;

    if (known) {
        bc_buf_add_byte(out, '\\');
        bc_buf_add_byte(out, to[known - from]);
        return 1;
    }
    if (at[0] == 0xc2) {
        bc_buf_printf(out, "\\u%04x", at[1]);
        return 2;
    }
    bc_buf_printf(out, "\\u%04x", at[0]);
    return 1;
}

void json_add_string(struct bc_buf *out, struct bc_str text)
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    size_t i = 0, n;

    bc_buf_add_byte(out, '"');
    while (i < text.len) {
        n = plain(bytes + i, text.len - i);
        bc_buf_add(out, bytes + i, n);
        i += n;
        if (i < text.len)
            i += escape(out, bytes + i);
    }
    bc_buf_add_byte(out, '"');
}
