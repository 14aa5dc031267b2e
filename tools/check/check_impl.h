/* tools/check/check_impl.h - the inside of backcast-check: what an evidence file proves, and
 * against what. Each step takes time and memory in proportion to the file. */
#ifndef BC_TOOLS_CHECK_CHECK_IMPL_H
#define BC_TOOLS_CHECK_CHECK_IMPL_H

#include "ledger/record/evidence.h"
#include "tools/cli/cmd.h"
#include "tools/cli/head_file.h"

#define CHECK_NONE SIZE_MAX

/* A head that somebody else vouches for: what is proved against it counts as proved. */
struct check_anchor {
    bool trusted;
    struct bc_head head;
    struct bc_head_lines lines; /* as vouched for */
    struct bc_buf by;           /* "that KEY signed on ...", "whose head you hold"; safe to print */
    struct bc_buf key_name;     /* who signed it; empty: nobody, you hold it */
    char key_id[BC_NOTE_ID_LEN];
    bool list_fits; /* the records up to it are the deal's whole list */
};

enum check_verdict {
    CHECK_PROVED,     /* in the log of an anchor */
    CHECK_UNVOUCHED,  /* in the log of the file's head, which nobody vouches for */
    CHECK_NOT_PROVED, /* in neither, or not valid */
};

struct check_record {
    enum check_verdict verdict;
    uint64_t retracted_by; /* seq of the retraction that counts, or 0 */
};

struct check {
    struct bc_evidence evidence;
    struct check_record *records;      /* as those of the evidence */
    struct check_anchor head, earlier; /* the file's head; the earlier one in it */
    struct bc_buf faults, words;       /* sentences, a line each */
};

void check_release(struct check *check); /* a zeroed one is fine */

/* A fault, as a sentence. */
void check_fault(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* First: which of the two heads are vouched for? By `key` (or NULL), which must be the key of the
 * ledger `origin` (NULL: of the one that it is named for), and by a head `held` (or NULL). */
void check_heads(struct check *check, const struct bc_note_key *key, const char *origin,
                 const struct head_file *held);
/* Then each record, and what was retracted. */
void check_records(struct check *check);
/* Last, where a head that is vouched for has a line of deals: are the records the whole list? */
void check_lists(struct check *check);

bool check_passed(const struct check *check);
void check_print(const struct cmd_env *env, const struct check *check);
void check_print_json(const struct cmd_env *env, const struct check *check);

#endif
