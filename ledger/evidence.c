#include "ledger/evidence.h"

#include "ledger/base/base64.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char first_line[] = "backcast evidence 1";

/* --- writing --- */

static void add_proof(struct bc_buf *out, const struct bc_proof *proof)
{
    char text[BC_HASH_TEXT_LEN];

    for (size_t i = 0; i < proof->n; i++) {
        bc_hash_print(text, &proof->at[i]);
        bc_buf_printf(out, "%s\n", text);
    }
    bc_buf_add_byte(out, '\n');
}

void bc_evidence_begin(struct bc_buf *out, struct bc_str deal, size_t records)
{
    bc_buf_printf(out, "%s\ndeal ", first_line);
    bc_base64_add(out, deal.at, deal.len);
    bc_buf_printf(out, "\nrecords %zu\n\n", records);
}

void bc_evidence_record(struct bc_buf *out, uint64_t seq, struct bc_str bytes,
                        const struct bc_proof *proof)
{
    bc_buf_printf(out, "record %" PRIu64 "\n", seq);
    bc_base64_add(out, bytes.at, bytes.len);
    bc_buf_add_byte(out, '\n');
    add_proof(out, proof);
}

void bc_evidence_since(struct bc_buf *out, struct bc_str origin, const struct bc_head *since,
                       const struct bc_proof *proof)
{
    bc_buf_add_str(out, BC_STR("since\n"));
    bc_head_text(out, origin, since);
    add_proof(out, proof);
}

void bc_evidence_head(struct bc_buf *out, struct bc_str note)
{
    bc_buf_add_str(out, BC_STR("head\n"));
    bc_buf_add_str(out, note);
}

/* --- reading --- */

struct reader {
    struct bc_str rest;
    size_t line; /* the one taken last, from 1 */
    size_t cap;  /* of out->records */
    struct bc_evidence *out;
    struct bc_buf bytes;
    struct bc_err *err;
};

static bc_status wrong(struct reader *reader, const char *expected)
{
    return bc_err_set(reader->err, BC_E_INPUT, "this is no evidence, expected %s", expected);
}

static bool take(struct reader *reader, struct bc_str *line)
{
    reader->line++;
    return bc_line_take(&reader->rest, line);
}

/* A line "WORD VALUE". */
static bool take_word(struct reader *reader, const char *word, struct bc_str *value)
{
    size_t len = strlen(word);
    struct bc_str line;

    if (!take(reader, &line) || line.len <= len || memcmp(line.at, word, len) != 0 ||
        line.at[len] != ' ')
        return false;
    *value = (struct bc_str){ line.at + len + 1, line.len - len - 1 };
    return true;
}

/* The bytes that a text stands for, kept in the arena. */
static bool keep_bytes(struct reader *reader, struct bc_str text, struct bc_str *out)
{
    reader->bytes.len = 0;
    if (!bc_base64_read(&reader->bytes, text))
        return false;
    *out = bc_arena_copy(reader->out->arena, bc_buf_str(&reader->bytes));
    return true;
}

/* Hashes, up to an empty line. */
static bc_status read_proof(struct reader *reader, struct bc_proof *proof)
{
    struct bc_str line;

    proof->n = 0;
    for (;;) {
        if (!take(reader, &line))
            return wrong(reader, "a hash or an empty line");
        if (line.len == 0)
            return BC_OK;
        if (proof->n == BC_PROOF_MOST || !bc_hash_parse(&proof->at[proof->n], line))
            return wrong(reader, "a hash or an empty line");
        proof->n++;
    }
}

static bc_status read_record(struct reader *reader, struct bc_str seq)
{
    struct bc_evidence *out = reader->out;
    struct bc_evidence_record *record;
    uint64_t before = out->n ? out->records[out->n - 1].seq : 0;
    struct bc_str line;

    BC_GROW(out->records, out->n, reader->cap);
    record = &out->records[out->n];
    if (!bc_decimal_read(&record->seq, seq) || record->seq <= before)
        return wrong(reader, "a seq beyond that of the record in front");
    if (!take(reader, &line) || !keep_bytes(reader, line, &record->bytes))
        return wrong(reader, "the bytes of a record in base64");
    out->n++;
    return read_proof(reader, &record->proof);
}

static bc_status read_since(struct reader *reader)
{
    struct bc_evidence *out = reader->out;
    struct bc_str lines = reader->rest, rest = lines, line;

    for (int i = 0; i < 3; i++)
        (void)bc_line_take(&rest, &line);
    lines.len -= rest.len;
    if (out->has_since || bc_head_parse(&out->since, &out->since_origin, NULL, lines, NULL) < 0)
        return wrong(reader, "one earlier head: origin, size, root");
    reader->rest = rest;
    reader->line += 3;
    out->has_since = true;
    return read_proof(reader, &out->since_proof);
}

static bc_status read_head(struct reader *reader)
{
    struct bc_evidence *out = reader->out;
    bc_status rc = bc_note_parse(&out->note, reader->rest, reader->err);

    reader->line++;
    return rc < 0 ? rc : bc_head_parse(&out->head, &out->origin, NULL, out->note.text, reader->err);
}

static bc_status read_begin(struct reader *reader, uint64_t *records)
{
    struct bc_str line, value;

    if (!take(reader, &line) || !bc_str_eq(line, bc_str_of(first_line)))
        return wrong(reader, "its first line to be: backcast evidence 1");
    if (!take_word(reader, "deal", &value) || !keep_bytes(reader, value, &reader->out->deal))
        return wrong(reader, "deal and its id in base64");
    if (!take_word(reader, "records", &value) || !bc_decimal_read(records, value))
        return wrong(reader, "records and their number");
    if (!take(reader, &line) || line.len != 0)
        return wrong(reader, "an empty line");
    return BC_OK;
}

static bc_status read_sections(struct reader *reader, uint64_t records)
{
    for (;;) {
        struct bc_str line;
        bc_status rc = BC_OK;

        if (!take(reader, &line))
            return wrong(reader, "a record, an earlier head or the head");
        if (bc_str_eq(line, BC_STR("head"))) {
            if (reader->out->n != records)
                return wrong(reader, "as many records as are announced");
            return read_head(reader);
        }
        if (bc_str_eq(line, BC_STR("since")))
            rc = read_since(reader);
        else if (line.len > 7 && memcmp(line.at, "record ", 7) == 0)
            rc = read_record(reader, (struct bc_str){ line.at + 7, line.len - 7 });
        else
            rc = wrong(reader, "a record, an earlier head or the head");
        if (rc < 0)
            return rc;
    }
}

bc_status bc_evidence_parse(struct bc_evidence *out, size_t *line, struct bc_str text,
                            struct bc_err *err)
{
    struct reader reader = { .rest = text, .out = out, .err = err };
    uint64_t records = 0;
    bc_status rc;

    *out = (struct bc_evidence){ .arena = bc_arena_new() };
    rc = read_begin(&reader, &records);
    if (rc == BC_OK)
        rc = read_sections(&reader, records);
    bc_buf_release(&reader.bytes);
    if (rc < 0)
        bc_evidence_release(out);
    *line = reader.line;
    return rc;
}

void bc_evidence_release(struct bc_evidence *evidence)
{
    free(evidence->records);
    bc_arena_free(evidence->arena);
    *evidence = (struct bc_evidence){ 0 };
}
