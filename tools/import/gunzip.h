/* tools/import/gunzip.h - the bytes of a file, unpacked where it is gzipped (RFC 1952).
 *
 * A gzipped file is a sequence of members, each with a checksum and a length at its end, all of
 * which are compared with what was unpacked. After the last one there may be zeros, which fill up
 * tapes and blocks: they are skipped, as gzip(1) does. Anything else there is a fault: gzip(1)
 * warns of it and ignores it, but it may be a member whose first bytes were lost. */
#ifndef BC_TOOLS_IMPORT_GUNZIP_H
#define BC_TOOLS_IMPORT_GUNZIP_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"

#include <stdint.h>
#include <stdio.h>

#define GUNZIP_BLOCK (64 << 10)
#define GUNZIP_MAGIC "\x1f\x8b" /* with which a member begins */

typedef struct gunzip gunzip; /* opaque */

/* Whether what begins with these bytes is gzipped. */
static inline bool gunzip_begins(struct bc_str bytes)
{
    const struct bc_str magic = BC_STR(GUNZIP_MAGIC);

    return bytes.len >= magic.len && memcmp(bytes.at, magic.at, magic.len) == 0;
}

/* Reads a regular file from the descriptor's position on, and does not move that: so several may
 * read from one descriptor, which is borrowed. `name` (borrowed) is for messages. */
gunzip *gunzip_new(int fd, const char *name);
/* Reads a pipe as it comes: what was read of it before, at most GUNZIP_BLOCK bytes, and the rest.
 * Each byte is also written to `aside` (borrowed), so that it can be read again. */
gunzip *gunzip_new_aside(int fd, struct bc_str begun, FILE *aside, const char *name);
void gunzip_free(gunzip *gz); /* NULL is fine */

/* BC_OK: 1 to `size` bytes, *len of them. BC_DONE: the end. BC_E_INPUT: the gzip data is damaged,
 * ends too early or is followed by something else; *err says which member, and the byte at which it
 * begins; *len bytes were unpacked before that. BC_E_IO: the file cannot be read, or its copy not
 * be written. After a failure nothing more is read. */
bc_status gunzip_read(gunzip *gz, char *out, size_t size, size_t *len, struct bc_err *err);
/* Reads a gzipped file to its end, and of another the first bytes alone. BC_E_INPUT as gunzip_read,
 * with the file and the line up to which it can be read; or a line of more than `line_max` bytes
 * (0: any), of which there may be far more than the file has. The checksum of a member is at its
 * end, and nothing in it is certain before: so this comes before anything of it is taken. */
bc_status gunzip_check(int fd, const char *name, size_t line_max, struct bc_err *err);
/* The same of a pipe, which is read to its end also where it is not gzipped. */
bc_status gunzip_check_aside(gunzip *gz, size_t line_max, struct bc_err *err);
/* Bytes of the file read so far. */
uint64_t gunzip_bytes(const gunzip *gz);

#endif
