#include "ledger/share/nkey.h"

#include "ledger/base/secret_file.h"

#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>

enum {
    KEY_LEN = 32,
    CRC_LEN = 2,
    SEED_BYTES = 2 + KEY_LEN + CRC_LEN, /* what it is, and whose, take two */
    PUBLIC_BYTES = 1 + KEY_LEN + CRC_LEN,
    IS_SEED = 18 << 3, /* "S" */
    IS_USER = 20 << 3, /* "U" */
    FILE_MOST = 4096,
};

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* CRC-16/XMODEM. */
static uint16_t crc_of(const uint8_t *bytes, size_t len)
{
    uint16_t crc = 0;

    for (size_t i = 0; i < len; i++) {
        crc ^= (uint16_t)(bytes[i] << 8);
        for (int bit = 0; bit < 8; bit++)
            crc = (uint16_t)(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
    }
    return crc;
}

/* Base32 without padding, of as many bytes as are wanted; bits that are left over are zero. */
static bool read_base32(uint8_t *out, size_t len, struct bc_str text)
{
    unsigned held = 0, bits = 0;
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        const char *at = memchr(alphabet, text.at[i], sizeof(alphabet) - 1);

        if (!at)
            return false;
        held = held << 5 | (unsigned)(at - alphabet);
        bits += 5;
        if (bits < 8)
            continue;
        if (n == len)
            return false;
        bits -= 8;
        out[n++] = (uint8_t)(held >> bits);
        held &= (1U << bits) - 1;
    }
    return n == len && held == 0;
}

static void write_base32(char *out, const uint8_t *bytes, size_t len)
{
    unsigned held = 0, bits = 0;

    for (size_t i = 0; i < len; i++) {
        held = (held & 31) << 8 | bytes[i];
        for (bits += 8; bits >= 5; bits -= 5)
            *out++ = alphabet[held >> (bits - 5) & 31];
    }
    if (bits)
        *out++ = alphabet[held << (5 - bits) & 31];
    *out = '\0';
}

static bool derive(uint8_t out[KEY_LEN], const uint8_t seed[KEY_LEN])
{
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, KEY_LEN);
    size_t len = KEY_LEN;
    const bool done = key && EVP_PKEY_get_raw_public_key(key, out, &len) == 1;

    EVP_PKEY_free(key);
    return done;
}

bool bc_nkey_public(char out[BC_NKEY_PUBLIC_LEN + 1], struct bc_str seed)
{
    uint8_t bytes[SEED_BYTES], key[PUBLIC_BYTES] = { IS_USER };
    const size_t body = SEED_BYTES - CRC_LEN;
    bool good = seed.len == BC_NKEY_SEED_LEN && read_base32(bytes, sizeof(bytes), seed);
    uint16_t crc;

    if (good) {
        crc = crc_of(bytes, body);
        good = (bytes[0] & 0xf8) == IS_SEED && bytes[body] == (crc & 0xff) &&
               bytes[body + 1] == crc >> 8 && ((bytes[0] & 7) << 5 | bytes[1] >> 3) == IS_USER &&
               derive(key + 1, bytes + 2);
    }
    explicit_bzero(bytes, sizeof(bytes));
    if (!good)
        return false;
    crc = crc_of(key, 1 + KEY_LEN);
    key[1 + KEY_LEN] = (uint8_t)(crc & 0xff);
    key[2 + KEY_LEN] = (uint8_t)(crc >> 8);
    write_base32(out, key, sizeof(key));
    return true;
}

bc_status bc_nkey_file_public(char out[BC_NKEY_PUBLIC_LEN + 1], const char *path,
                              struct bc_err *err)
{
    char bytes[FILE_MOST + 1];
    size_t len = 0, from = 0;
    bool found = false;
    int fd;
    bc_status rc = bc_secret_open(&fd, path, "a seed", err);

    if (rc != BC_OK)
        return rc;
    rc = bc_secret_read(bytes, FILE_MOST, &len, fd, path, "a seed", err);
    close(fd);
    while (rc == BC_OK && !found && from < len) {
        const char *end = memchr(bytes + from, '\n', len - from);
        size_t to = end ? (size_t)(end - bytes) : len, next = to + 1;

        while (to > from && memchr("\r \t", bytes[to - 1], 3))
            to--;
        found = bc_nkey_public(out, (struct bc_str){ bytes + from, to - from });
        from = next;
    }
    explicit_bzero(bytes, sizeof(bytes));
    if (rc == BC_OK && !found)
        rc = bc_err_set(err, BC_E_INPUT, "there is no seed of a user's NKey in %s", path);
    return rc;
}
