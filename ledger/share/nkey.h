/* ledger/share/nkey.h - an NKey of NATS: an Ed25519 key pair, whose halves are texts.
 *
 * A user's seed is 58 characters of base32 that begin with "SU", its public key 56 that begin with
 * "U"; both end with a checksum. */
#ifndef BC_LEDGER_SHARE_NKEY_H
#define BC_LEDGER_SHARE_NKEY_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"

enum { BC_NKEY_PUBLIC_LEN = 56, BC_NKEY_SEED_LEN = 58 };

/* The public key of a user's seed. False: it is no seed, and nothing is said of what it is. */
bool bc_nkey_public(char out[BC_NKEY_PUBLIC_LEN + 1], struct bc_str seed);
/* The same of the seed in a file, which only its owner may read; a line that begins with "SU" is
 * it. */
bc_status bc_nkey_file_public(char out[BC_NKEY_PUBLIC_LEN + 1], const char *path,
                              struct bc_err *err);

#endif
