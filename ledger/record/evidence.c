#include "ledger/record/evidence.h"

#include "ledger/base/base64.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char first_line[] = "backcast evidence 2", first_line_1[] = "backcast evidence 1";

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

void bc_evidence_list(struct bc_buf *out, uint64_t index, const struct bc_proof *proof)
{
    bc_buf_printf(out, "list %" PRIu64 "\n", index);
    add_proof(out, proof);
}

void bc_evidence_since(struct bc_buf *out, struct bc_str origin, const struct bc_head *since,
                       const struct bc_proof *proof)
{
    bc_buf_add_str(out, BC_STR("since\n"));
    bc_head_text(out, origin, since);
    add_proof(out, proof);
}

void bc_evidence_since_list(struct bc_buf *out, uint64_t index, const struct bc_proof *proof)
{
    bc_buf_add_str(out, BC_STR("since-"));
    bc_evidence_list(out, index, proof);
}

void bc_evidence_head(struct bc_buf *out, struct bc_str note)
{
    bc_buf_add_str(out, BC_STR("head\n"));
    bc_buf_add_str(out, note);
}

/* --- reading --- */

struct reader {
    struct bc_str rest;
    size_t line; /* number of the last one read, from 1 */
    bool lists;  /* may there be any? */
    size_t cap;  /* of out->records */
    struct bc_evidence *out;
    struct bc_buf bytes;
    struct bc_err *err;
};

static bc_status wrong(struct reader *reader, const char *expected)
{
    return bc_err_set(reader->err, BC_E_INPUT, "this is no valid evidence, expected %s", expected);
}

static bool take(struct reader *reader, struct bc_str *line)
{
    reader->line++;
    return bc_line_take(&reader->rest, line);
}

/* Of a line "WORD VALUE" the value; false: it is another line. */
static bool value_of(struct bc_str line, const char *word, struct bc_str *value)
{
    size_t len = strlen(word);

    if (line.len <= len || memcmp(line.at, word, len) != 0 || line.at[len] != ' ')
        return false;
    *value = (struct bc_str){ line.at + len + 1, line.len - len - 1 };
    return true;
}

static bool take_word(struct reader *reader, const char *word, struct bc_str *value)
{
    struct bc_str line;

    return take(reader, &line) && value_of(line, word, value);
}

/* Hashes, up to an empty line; *text is all of them. */
static bc_status read_proof(struct reader *reader, struct bc_proof *proof, struct bc_str *text)
{
    const char *begin = reader->rest.at;
    struct bc_str line;

    proof->n = 0;
    for (;;) {
        if (!take(reader, &line))
            return wrong(reader, "a hash or an empty line");
        if (line.len == 0)
            break;
        if (proof->n == BC_PROOF_MOST || !bc_hash_parse(&proof->at[proof->n], line))
            return wrong(reader, "a hash or an empty line");
        proof->n++;
    }
    if (text)
        *text = (struct bc_str){ begin, (size_t)(line.at - begin) };
    return BC_OK;
}

static bc_status read_record(struct reader *reader, struct bc_str seq)
{
    struct bc_evidence *out = reader->out;
    const uint64_t before = out->n ? out->records[out->n - 1].seq : 0;
    struct bc_evidence_record record;
    struct bc_proof proof;
    bc_status rc;

    if (!bc_decimal_read(&record.seq, seq) || record.seq <= before)
        return wrong(reader, "a seq above the previous record's");
    reader->bytes.len = 0;
    if (!take(reader, &record.bytes) || record.bytes.len / 4 > BC_EVIDENCE_RECORD_MOST / 3 + 1 ||
        !bc_base64_read(&reader->bytes, record.bytes) ||
        reader->bytes.len > BC_EVIDENCE_RECORD_MOST)
        return wrong(reader, "the bytes of a record in base64, at most 16 MiB");
    rc = read_proof(reader, &proof, &record.proof);
    if (rc < 0)
        return rc;
    BC_GROW(out->records, out->n, reader->cap);
    out->records[out->n++] = record;
    return BC_OK;
}

static bc_status read_list(struct reader *reader, struct bc_evidence_list *list,
                           struct bc_str index)
{
    if (!reader->lists || list->is_there || !bc_decimal_read(&list->index, index))
        return wrong(reader, "one list, with the deal's place among the deals");
    list->is_there = true;
    return read_proof(reader, &list->proof, NULL);
}

static bc_status read_since(struct reader *reader)
{
    struct bc_evidence *out = reader->out;
    struct bc_str lines = reader->rest, line;
    const char *end;

    /* Only its three lines: the hashes after them do not belong to it. */
    for (int i = 0; i < 3; i++)
        if (!bc_line_take(&lines, &line))
            return wrong(reader, "one earlier head: origin, size, root");
    end = lines.at;
    lines = (struct bc_str){ reader->rest.at, (size_t)(end - reader->rest.at) };
    if (bc_head_parse(&out->since, &out->since_origin, NULL, lines, NULL) < 0 || out->has_since)
        return wrong(reader, "one earlier head: origin, size, root");
    for (int i = 0; i < 3; i++)
        (void)take(reader, &line);
    out->has_since = true;
    return read_proof(reader, &out->since_proof, NULL);
}

static bc_status read_head(struct reader *reader)
{
    struct bc_evidence *out = reader->out;
    struct bc_str extensions;
    bc_status rc = bc_note_parse(&out->note, reader->rest, reader->err);

    reader->line++;
    if (rc == BC_OK)
        rc = bc_head_parse(&out->head, &out->origin, &extensions, out->note.text, reader->err);
    return rc == BC_OK ? bc_head_lines_read(&out->lines, extensions, reader->err) : rc;
}

static bc_status read_begin(struct reader *reader, uint64_t *records)
{
    struct bc_str line, value;

    if (!take(reader, &line))
        return wrong(reader, "its first line to be: backcast evidence 2");
    if (line.len && line.at[line.len - 1] == '\r')
        return wrong(reader, "lines that end in LF alone: these were changed to CR LF in transit");
    if (!(bc_str_eq(line, BC_STR(first_line)) || bc_str_eq(line, BC_STR(first_line_1))))
        return wrong(reader, "its first line to be: backcast evidence 2");
    reader->lists = bc_str_eq(line, BC_STR(first_line));
    if (!take_word(reader, "deal", &value) || !bc_base64_read(&reader->out->deal, value))
        return wrong(reader, "the line \"deal ID\", the id in base64");
    if (!take_word(reader, "records", &value) || !bc_decimal_read(records, value) || *records == 0)
        return wrong(reader, "the line \"records NUMBER\", at least 1");
    if (!take(reader, &line) || line.len != 0)
        return wrong(reader, "an empty line");
    return BC_OK;
}

/* Any section but the last one. */
static bc_status read_section(struct reader *reader, struct bc_str line)
{
    struct bc_str value;

    if (bc_str_eq(line, BC_STR("since")))
        return read_since(reader);
    if (value_of(line, "record", &value))
        return read_record(reader, value);
    if (value_of(line, "list", &value))
        return read_list(reader, &reader->out->list, value);
    if (reader->out->has_since && value_of(line, "since-list", &value))
        return read_list(reader, &reader->out->since_list, value);
    return wrong(reader, "a record, a list, an earlier head or the head");
}

static bc_status read_sections(struct reader *reader, uint64_t records)
{
    struct bc_str line;
    bc_status rc = BC_OK;

    while (rc == BC_OK) {
        if (!take(reader, &line))
            return wrong(reader, "a record, a list, an earlier head or the head");
        if (bc_str_eq(line, BC_STR("head")))
            return reader->out->n == records ? read_head(reader)
                                             : wrong(reader, "as many records as announced");
        rc = read_section(reader, line);
    }
    return rc;
}

bc_status bc_evidence_parse(struct bc_evidence *out, size_t *line, struct bc_str text,
                            struct bc_err *err)
{
    struct reader reader = { .rest = text, .out = out, .err = err };
    uint64_t records = 0;
    bc_status rc;

    *out = (struct bc_evidence){ 0 };
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
    bc_buf_release(&evidence->deal);
    *evidence = (struct bc_evidence){ 0 };
}

/* It was read without error before. */
void bc_evidence_bytes(struct bc_buf *out, const struct bc_evidence_record *record)
{
    out->len = 0;
    (void)bc_base64_read(out, record->bytes);
}

void bc_evidence_proof(struct bc_proof *out, const struct bc_evidence_record *record)
{
    struct bc_str rest = record->proof, line;

    for (out->n = 0; bc_line_take(&rest, &line); out->n++)
        (void)bc_hash_parse(&out->at[out->n], line);
}
