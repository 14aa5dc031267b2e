/* ledger/evidence.h - a deal's records with the proofs that they are in a log: one file, which can
 * be checked without the log.
 *
 *   backcast evidence 1
 *   deal MTIzNDU=                    the deal's id; base64, as are all bytes here
 *   records 2
 *
 *   record 17                        a record's seq,
 *   CBESCAiAnb...                    its bytes as they are stored,
 *   Fd3sYyjOuQwMUJ8E...              and its inclusion proof (RFC 6962, 2.1.1), a hash a line
 *   47DEQpj8HBSa+/TI...
 *
 *   record 25
 *   ...
 *
 *   since                            where it was asked for: an earlier head,
 *   backcast/ledger/0a1b...
 *   20
 *   LavJEi8U9hAlvb9w...
 *   qz1hD0b7...                      and the proof that it is a prefix (2.1.2), a hash a line
 *
 *   head                             up to the end of the file: the head that the proofs are about,
 *   backcast/ledger/0a1b...          as a checkpoint, signed or not (ledger/note.h)
 *   48211
 *   CsUYapGGPo4dkMgI...
 *
 * It shows that these records are in the log. That the deal has no others, it cannot show. */
#ifndef BC_LEDGER_EVIDENCE_H
#define BC_LEDGER_EVIDENCE_H

#include "ledger/head.h"
#include "ledger/note.h"
#include "ledger/proof.h"

struct bc_evidence_record {
    uint64_t seq;
    struct bc_str bytes;
    struct bc_proof proof;
};

/* What the file says; whether it is true is for the caller to check. Texts live in it. */
struct bc_evidence {
    struct bc_str deal;
    struct bc_evidence_record *records; /* seq ascends */
    size_t n;
    bool has_since;
    struct bc_str since_origin;
    struct bc_head since;
    struct bc_proof since_proof;
    struct bc_note note; /* the head with its signatures */
    struct bc_str origin;
    struct bc_head head;
    bc_arena *arena;
};

/* Reads a file's text, which must outlive *out. BC_E_INPUT: it is no evidence, or of a form that
 * this version does not know; *line is where. */
bc_status bc_evidence_parse(struct bc_evidence *out, size_t *line, struct bc_str text,
                            struct bc_err *err);
void bc_evidence_release(struct bc_evidence *evidence); /* a zeroed one is fine */

/* Writing one: begin, its records, an earlier head or none, the head. `note` is its text, signed or
 * not. */
void bc_evidence_begin(struct bc_buf *out, struct bc_str deal, size_t records);
void bc_evidence_record(struct bc_buf *out, uint64_t seq, struct bc_str bytes,
                        const struct bc_proof *proof);
void bc_evidence_since(struct bc_buf *out, struct bc_str origin, const struct bc_head *since,
                       const struct bc_proof *proof);
void bc_evidence_head(struct bc_buf *out, struct bc_str note);

#endif
