/* tests/support/forger.h - a forger has evidence about several deals, of several heads and of
 * another ledger, every record of the log, and no key. Whatever is changed, dropped or exchanged:
 * what passes says only what is true, all of a deal's records and the retractions of them.
 *
 * A file that passes is read again and held against the log that it is said to be about. */
#ifndef BC_TESTS_SUPPORT_FORGER_H
#define BC_TESTS_SUPPORT_FORGER_H

#include "ledger/record/head.h"

/* Of the ledger, as it is. */
struct forger_truth {
    struct bc_buf *records; /* by seq - 1 */
    struct bc_hash *roots;  /* of the log of each size, from 0 */
    size_t n;
    uint64_t *seqs; /* of d1 */
    size_t seq_n;
    struct bc_buf origin;
};
extern struct forger_truth forger_truth;

/* Whom a stranger trusts. */
enum { FORGER_TRUSTS = 4 };
struct forger_trust {
    const char *name, *key, *head;
};
extern const struct forger_trust forger_trusts[FORGER_TRUSTS];

/* For cmocka's groups: the ledgers "l" and "other"; files "old.head" (5 events), "new.head" (9),
 * and evidence "signed", "old", "both", "unsigned", "d2", "of-other". */
int forger_begin(void **state);
int forger_end(void **state);

/* A name in the folder; a few live at once. */
const char *forger_at(const char *name);
/* Does a file that passed say nothing but the truth, and all of it? */
bool forger_is_true(struct bc_str file);
/* What backcast-check ends with. */
int forger_check(struct bc_str file, const struct forger_trust *trust);
void forger_must_fail(struct bc_str file, const struct forger_trust *trust, const char *what);

#endif
