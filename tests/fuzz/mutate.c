#include "tests/fuzz/mutate.h"

#include "tests/support/check.h"
#include "tests/support/history.h"

/* What readers tend to stumble over. */
static const struct bc_str words[] = {
    BYTES(""),
    BYTES("\0"),
    BYTES("\n"),
    BYTES("\r"),
    BYTES("\r\n"),
    BYTES("\n\n"),
    BYTES("\""),
    BYTES("'"),
    BYTES("\\"),
    BYTES("\\u0000"),
    BYTES("\\ud800"),
    BYTES("{"),
    BYTES("}"),
    BYTES("["),
    BYTES("]"),
    BYTES(","),
    BYTES(":"),
    BYTES(": "),
    BYTES("#"),
    BYTES("&a "),
    BYTES("*a"),
    BYTES("-"),
    BYTES("+"),
    BYTES("="),
    BYTES("%"),
    BYTES("null"),
    BYTES("true"),
    BYTES("0"),
    BYTES("-1"),
    BYTES("1e400"),
    BYTES("2147483648"),
    BYTES("9223372036854775808"),
    BYTES("18446744073709551616"),
    BYTES("1969-12-31T23:59:59Z"),
    BYTES("9999-12-31T23:59:59.999999Z"),
    BYTES("2025-02-29"),
    BYTES("\xef\xbb\xbf"),
    BYTES("\xc3"),
    BYTES("\xed\xa0\x80"),
    BYTES("\xf4\x90\x80\x80"),
    BYTES("\xe2\x80\xae"),
    BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
    BYTES("\x1f\x8b\x08"),
};

/* Puts `piece` in place of `gone` bytes at `at`. */
static void replace(struct bc_buf *bytes, size_t at, size_t gone, struct bc_str piece)
{
    struct bc_buf out = { 0 };

    bc_buf_add(&out, bytes->at, at);
    bc_buf_add_str(&out, piece);
    bc_buf_add(&out, bytes->at + at + gone, bytes->len - at - gone);
    bc_buf_release(bytes);
    *bytes = out;
}

/* A piece of a text, more often a short one. */
static struct bc_str piece_of(struct bc_str text, uint64_t *random)
{
    uint64_t most = history_random(random, 4) ? 16 : text.len + 1;
    size_t at = history_random(random, text.len + 1), len = history_random(random, most);

    return (struct bc_str){ text.at + at, len < text.len - at ? len : text.len - at };
}

static void change(struct bc_buf *bytes, struct bc_str other, uint64_t *random)
{
    struct bc_str here = piece_of(bc_buf_str(bytes), random), piece;
    size_t at = (size_t)(here.at - bytes->at);
    char byte;

    switch (history_random(random, 6)) {
    case 0: /* a bit */
        at = history_random(random, bytes->len);
        bytes->at[at] ^= (char)(1 << history_random(random, 8));
        return;
    case 1: /* a byte */
        at = history_random(random, bytes->len);
        byte = (char)history_random(random, 256);
        replace(bytes, at, 1, (struct bc_str){ &byte, 1 });
        return;
    case 2: /* some gone */
        replace(bytes, at, here.len, (struct bc_str){ "", 0 });
        return;
    case 3: /* some twice */
        replace(bytes, at, 0, here);
        return;
    case 4: /* a word in place of some, or before them */
        piece = words[history_random(random, ARRAY_LEN(words))];
        replace(bytes, at, history_random(random, 2) ? here.len : 0, piece);
        return;
    default: /* some of the other */
        piece = other.len ? piece_of(other, random) : (struct bc_str){ "", 0 };
        replace(bytes, at, history_random(random, 2) ? here.len : 0, piece);
    }
}

void mutate(struct bc_buf *bytes, struct bc_str other, uint64_t *random)
{
    size_t times = 1 + history_random(random, 4);

    for (size_t i = 0; i < times; i++) {
        if (bytes->len == 0)
            bc_buf_add_byte(bytes, '\n');
        change(bytes, other, random);
    }
}
