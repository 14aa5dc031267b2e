/* ledger/record/evidence.h - a deal's records with the proofs that they are in a log, and that they
 * are all: one file, which can be checked without the log.
 *
 *   backcast evidence 2
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
 *   list 7                           where the head has a line of deals (head_lines.h): the
 *   Uc3c5GFTw30wKmFP...              deal's place among them, from 0, and the inclusion proof
 *   ...                              of the list that all records above form
 *
 *   since                            if one was given: an earlier head,
 *   backcast/ledger/0a1b...
 *   20
 *   LavJEi8U9hAlvb9w...
 *   qz1hD0b7...                      and the proof that it is a prefix (2.1.2), a hash a line
 *
 *   since-list 6                     where that head has a line of deals: the same for the
 *   zzQnwnotbm6B+ytd...              list that the records up to that head form
 *
 *   head                             up to the end of the file: the head that the proofs are about,
 *   backcast/ledger/0a1b...          as a checkpoint, signed or not (ledger/record/note.h)
 *   48211
 *   CsUYapGGPo4dkMgI...
 *   deals 190 47DEQpj8...
 *
 * The hashes of a record and the head are what https://c2sp.org/tlog-proof has for an entry of the
 * index seq - 1. "backcast evidence 1", which earlier versions wrote, has no lists. */
#ifndef BC_LEDGER_RECORD_EVIDENCE_H
#define BC_LEDGER_RECORD_EVIDENCE_H

#include "ledger/record/event.h"
#include "ledger/record/head.h"
#include "ledger/record/head_lines.h"
#include "ledger/record/note.h"
#include "ledger/record/proof.h"

#define BC_EVIDENCE_MOST        ((size_t)256 << 20)         /* bytes of a file */
#define BC_EVIDENCE_RECORD_MOST ((size_t)BC_EVENT_MAX + 64) /* bytes of a record */

/* Views into the file, decoded when needed. */
struct bc_evidence_record {
    uint64_t seq;
    struct bc_str bytes, proof;
};

/* The place of the deal's list in the tree over the deals. */
struct bc_evidence_list {
    bool is_there;
    uint64_t index; /* from 0 */
    struct bc_proof proof;
};

/* What the file says; whether it is true is for the caller to check. */
struct bc_evidence {
    struct bc_buf deal;
    struct bc_evidence_record *records; /* at least one; seq ascends */
    size_t n;
    struct bc_evidence_list list, since_list;
    bool has_since;
    struct bc_str since_origin;
    struct bc_head since;
    struct bc_proof since_proof;
    struct bc_note note; /* the head with its signatures */
    struct bc_str origin;
    struct bc_head head;
    struct bc_head_lines lines;
};

/* Reads a file's text, which must outlive *out. Takes time and memory in proportion to it.
 * BC_E_INPUT: it is not evidence, or is of a version unknown here; *line is where. */
bc_status bc_evidence_parse(struct bc_evidence *out, size_t *line, struct bc_str text,
                            struct bc_err *err);
void bc_evidence_release(struct bc_evidence *evidence); /* a zeroed one is fine */
/* Decodes a record's bytes into a buffer, replacing what it holds; and its proof. */
void bc_evidence_bytes(struct bc_buf *out, const struct bc_evidence_record *record);
void bc_evidence_proof(struct bc_proof *out, const struct bc_evidence_record *record);

/* Writing one: begin, its records, their list or none, an earlier head or none with its list or
 * none, the head. `note` is its text, signed or not. */
void bc_evidence_begin(struct bc_buf *out, struct bc_str deal, size_t records);
void bc_evidence_record(struct bc_buf *out, uint64_t seq, struct bc_str bytes,
                        const struct bc_proof *proof);
void bc_evidence_list(struct bc_buf *out, uint64_t index, const struct bc_proof *proof);
void bc_evidence_since(struct bc_buf *out, struct bc_str origin, const struct bc_head *since,
                       const struct bc_proof *proof);
void bc_evidence_since_list(struct bc_buf *out, uint64_t index, const struct bc_proof *proof);
void bc_evidence_head(struct bc_buf *out, struct bc_str note);

#endif
