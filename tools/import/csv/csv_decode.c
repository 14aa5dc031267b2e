/* The C library's iconv does the work; what it cannot read it leaves to its caller. */
#include "tools/import/csv/csv_decode.h"

#include "ledger/base/mem.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include <iconv.h>

#define BLOCK (16 << 10)
#define NONE  ((iconv_t)-1)

struct csv_decode {
    gunzip *gz;
    const char *name;
    enum csv_encoding encoding;
    iconv_t how; /* NONE: as it is */
    bool begun, end;
    uint64_t letters; /* beyond ASCII in Windows-1252, as they would be in UTF-8, */
    unsigned rest;    /* bytes that the last of them lacks */
    bool other_bytes; /* that are no such letter's */
    char *at;         /* what is not yet decoded: at[0..len) */
    size_t len;
    char block[BLOCK];
};

csv_decode *csv_decode_new(gunzip *gz, const char *name, enum csv_encoding encoding)
{
    csv_decode *decode = bc_calloc(1, sizeof(*decode));

    decode->gz = gz;
    decode->name = name;
    decode->encoding = encoding;
    decode->how = NONE;
    return decode;
}

void csv_decode_free(csv_decode *decode)
{
    if (!decode)
        return;
    if (decode->how != NONE)
        iconv_close(decode->how);
    free(decode);
}

const char *csv_decode_encoding(const csv_decode *decode)
{
    static const char *const names[] = { "UTF-8", "UTF-8", "UTF-16", "Windows-1252" };

    return names[decode->encoding];
}

static bool begins(const csv_decode *decode, const char *bytes, size_t n)
{
    return decode->len >= n && memcmp(decode->at, bytes, n) == 0;
}

/* "UTF-16LE" or "UTF-16BE", or NULL: it does not look like that. */
static const char *utf_16(const csv_decode *decode)
{
    const char *at = decode->at;

    if (begins(decode, "\xff\xfe", 2))
        return "UTF-16LE";
    if (begins(decode, "\xfe\xff", 2))
        return "UTF-16BE";
    if (decode->len < 4)
        return NULL;
    if (at[0] && !at[1] && at[2] && !at[3])
        return "UTF-16LE";
    return !at[0] && at[1] && !at[2] && at[3] ? "UTF-16BE" : NULL;
}

static bc_status check_text(const csv_decode *decode, struct bc_err *err)
{
    const bool zip = begins(decode, "PK\3\4", 4);

    if (!zip && !begins(decode, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
        return BC_OK;
    bc_err_set(
        err, BC_E_INPUT,
        "a workbook (%s), and no table as text: open it in the spreadsheet program, choose "
        "\"Save as\" (or \"Download\"), \"CSV UTF-8 (comma delimited)\", once for each sheet, "
        "and import that file",
        zip ? ".xlsx, .ods" : ".xls");
    return bc_err_in(err, BC_E_INPUT, "%s:1:1", decode->name);
}

/* Looks at how the file begins. */
static bc_status begin(csv_decode *decode, struct bc_err *err)
{
    const char *from = utf_16(decode);
    bc_status rc = check_text(decode, err);

    if (rc < 0)
        return rc;
    if (decode->encoding == CSV_FOUND)
        decode->encoding = from ? CSV_UTF_16 : CSV_UTF_8;
    if (decode->encoding == CSV_UTF_8)
        return BC_OK;
    if (decode->encoding == CSV_WINDOWS_1252)
        from = "WINDOWS-1252";
    decode->how = iconv_open("UTF-8", from ? from : "UTF-16LE");
    if (decode->how == NONE)
        return bc_err_errno(err, "read %s as %s", decode->name, csv_decode_encoding(decode));
    return BC_OK;
}

/* Reads more after what is there. BC_DONE: there is nothing more, nor was there. */
static bc_status more(csv_decode *decode, struct bc_err *err)
{
    size_t got = 0;
    bc_status rc = BC_OK;

    if (decode->len > 0)
        memmove(decode->block, decode->at, decode->len);
    decode->at = decode->block;
    if (!decode->end && decode->len < BLOCK / 2)
        rc = gunzip_read(decode->gz, decode->block + decode->len, BLOCK - decode->len, &got, err);
    decode->len += got;
    decode->end = decode->end || rc == BC_DONE;
    if (rc == BC_DONE || (rc == BC_OK && decode->end))
        return decode->len > 0 ? BC_OK : BC_DONE;
    return rc;
}

/* Passes over what is no text. */
static void replace(csv_decode *decode, char **out, size_t *room)
{
    size_t unit = decode->encoding == CSV_UTF_16 && decode->len > 1 ? 2 : 1;

    *(*out)++ = '\xff';
    --*room;
    decode->at += unit;
    decode->len -= unit;
}

/* Bytes of Windows-1252 pass; are they those of letters in UTF-8? */
static void look_for_utf_8(csv_decode *decode, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n && !decode->other_bytes; i++) {
        const unsigned char byte = (unsigned char)bytes[i];
        const bool goes_on = byte >= 0x80 && byte < 0xC0;

        if (goes_on != (decode->rest > 0))
            decode->other_bytes = true;
        else if (goes_on)
            decode->rest--;
        else if (byte >= 0xC2) {
            decode->letters++;
            decode->rest = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
        }
    }
}

uint64_t csv_decode_letters_of_utf_8(const csv_decode *decode)
{
    return decode->other_bytes || decode->rest ? 0 : decode->letters;
}

/* Decodes what is there into out[0..size). */
static size_t decode_block(csv_decode *decode, char *out, size_t size)
{
    char *begin = out;
    const char *from = decode->at;

    while (decode->len > 0 && size > 0) {
        if (iconv(decode->how, &decode->at, &decode->len, &out, &size) != (size_t)-1)
            break;
        if (errno == E2BIG || (errno == EINVAL && !decode->end))
            break;
        assert(errno == EILSEQ || errno == EINVAL);
        if (size > 0)
            replace(decode, &out, &size);
    }
    if (decode->encoding == CSV_WINDOWS_1252)
        look_for_utf_8(decode, from, (size_t)(decode->at - from));
    return (size_t)(out - begin);
}

static size_t copy(csv_decode *decode, char *out, size_t size)
{
    size_t n = decode->len < size ? decode->len : size;

    memcpy(out, decode->at, n);
    decode->at += n;
    decode->len -= n;
    return n;
}

bc_status csv_decode_read(csv_decode *decode, char *out, size_t size, size_t *len,
                          struct bc_err *err)
{
    bc_status rc = BC_OK;

    *len = 0;
    while (*len == 0) {
        if (decode->begun && decode->how == NONE && decode->len == 0)
            return gunzip_read(decode->gz, out, size, len, err); /* with no copy between */
        rc = more(decode, err);
        if (rc == BC_OK && !decode->begun)
            rc = begin(decode, err);
        if (rc != BC_OK)
            return rc;
        decode->begun = true;
        *len = decode->how == NONE ? copy(decode, out, size) : decode_block(decode, out, size);
    }
    return BC_OK;
}
