#include "ledger/base/base64.h"

#include <assert.h>

#include <openssl/evp.h>

void bc_base64_add(struct bc_buf *out, const void *bytes, size_t len)
{
    char *at = bc_buf_room(out, (len + 2) / 3 * 4 + 1); /* a NUL is written after it */

    assert(len <= BC_BASE64_MOST);
    out->len += (size_t)EVP_EncodeBlock((uint8_t *)at, bytes, (int)len);
}

/* The library's reader skips blanks, takes padding for zeros and bits that nobody wrote for
 * nothing: what it makes of a text is the text's only if that is made of it again. */
bool bc_base64_read(struct bc_buf *out, struct bc_str text)
{
    const size_t begin = out->len;
    struct bc_buf again = { 0 };

    if (text.len % 4 != 0 || text.len / 4 * 3 > BC_BASE64_MOST)
        return false;
    if (text.len == 0)
        return true;
    char *at = bc_buf_room(out, text.len / 4 * 3);
    const int len = EVP_DecodeBlock((uint8_t *)at, (const uint8_t *)text.at, (int)text.len);

    if (len > 0)
        out->len += (size_t)len - (text.at[text.len - 1] == '=') - (text.at[text.len - 2] == '=');
    bc_base64_add(&again, out->at + begin, out->len - begin);
    const bool same = bc_str_eq(bc_buf_str(&again), text);

    bc_buf_release(&again);
    if (!same)
        out->len = begin;
    return same;
}
