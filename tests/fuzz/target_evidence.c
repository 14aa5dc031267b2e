/* Evidence. What passes under the key, or under a head that is held, are records of the true
 * ledger, at their place, and all of their deal; the checker ends with an exit code that it
 * promises. */
#include "ledger/log/log.h"
#include "ledger/log/prove.h"
#include "ledger/record/evidence.h"
#include "projections/timelines/deal_proof.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/story.h"
#include "tools/check/check.h"

#include <stdlib.h>

static const char origin[] = "PeterNeumann"; /* also the key's name */
static const char private_key[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
/* What happened; and what somebody would rather have it be, from the head on that is held. */
#define BEGINNING                                                                                  \
    "d1 created outreach type newbusiness; d2 created outreach; x: d1 moved discovery;"            \
    "d3..d7 created outreach;"
static const char story[] =
    BEGINNING "d1 moved proposal; d1 retract x; d2 set mrr 100; d1 observed discovery;"
              "d2 moved discovery; d1 moved closed_lost; d10..d14 created outreach";
static const char lie[] =
    BEGINNING "d1 moved proposal; d1 moved closed_won; d2 set mrr 100; d10..d16 created outreach";
enum { HELD = 8, RECORDS_MOST = 64 }; /* the head that is held: of so many events */

struct told {
    bc_log *log;
    struct bc_buf records[RECORDS_MOST + 1]; /* by seq */
    uint64_t n;
};

static struct bc_note_key key;
static struct bc_buf public_text, held_text;
static struct told truth, forged;
static struct bc_err err;

#define MUST_DO(call) FUZZ_MUST((call) == BC_OK, "%s: %s", #call, err.message)

static void tell(struct told *told, const char *words)
{
    bc_store *store = bc_store_memory();
    bc_cursor *cursor = NULL;
    const struct bc_event *event;
    struct bc_str stored;

    MUST_DO(bc_log_open(&told->log, store, true, NULL, &err));
    story_append(told->log, words);
    MUST_DO(bc_cursor_open(&cursor, told->log, 1, bc_log_head(told->log)->size, &err));
    while (bc_cursor_next(cursor, &event, &stored, &err) == BC_OK) {
        FUZZ_MUST(++told->n <= RECORDS_MOST, "the story is too long");
        bc_buf_add_str(&told->records[told->n], stored);
    }
    bc_cursor_free(cursor);
}

enum signing { UNSIGNED, SIGNED, SIGNATURE_OF_ANOTHER };

static void add_head(struct bc_buf *out, const char *name, const struct told *told, uint64_t size,
                     enum signing signing)
{
    struct bc_head_lines lines = { .has_deals = true };
    struct bc_buf text = { 0 }, other = { 0 };
    struct bc_head head;

    MUST_DO(bc_log_head_at(told->log, size, &head, &err));
    MUST_DO(bc_deals_head(&lines.deals, told->log, size, &err));
    bc_head_text(&text, bc_str_of(name), &head);
    bc_head_lines_add(&text, &lines);
    switch (signing) {
    case UNSIGNED:
        bc_buf_add_str(out, bc_buf_str(&text));
        break;
    case SIGNED:
        MUST_DO(bc_note_sign(out, bc_buf_str(&text), &key, &err));
        break;
    case SIGNATURE_OF_ANOTHER:
        bc_buf_add_str(out, bc_buf_str(&text));
        MUST_DO(bc_note_sign(&other, BC_STR("another text\n"), &key, &err));
        bc_buf_add(out, other.at + strlen("another text\n"), other.len - strlen("another text\n"));
        break;
    }
    bc_buf_release(&text);
    bc_buf_release(&other);
}

/* --- seeds, made by the program, so that they are of the format that it has --- */

/* The deal's list up to a size, and its place among those of the deals. */
static size_t find(uint64_t *seqs, struct bc_deal_proof *list, const struct told *told,
                   uint64_t size, struct bc_str deal)
{
    bc_timelines *timelines = NULL;
    uint64_t *all;
    size_t all_n, n = 0;

    MUST_DO(bc_timelines_open(&timelines, told->log, BC_FROM_CACHE, &err));
    MUST_DO(bc_deal_proof_list(timelines, deal, &all, &all_n, &err));
    MUST_DO(bc_deal_proof_make(list, timelines, size, deal, &err));
    for (size_t i = 0; i < all_n && all[i] <= size; i++)
        seqs[n++] = all[i];
    free(all);
    bc_timelines_free(timelines);
    return n;
}

static void add_since(struct bc_buf *out, const struct told *told, uint64_t size)
{
    struct bc_proof proof;
    struct bc_head head;

    MUST_DO(bc_log_prove_prefix(told->log, HELD, size, &proof, &err));
    MUST_DO(bc_log_head_at(told->log, HELD, &head, &err));
    bc_evidence_since(out, BC_STR(origin), &head, &proof);
}

struct kind {
    const struct told *told;
    const char *deal;
    bool up_to_held; /* else all */
    bool since;
    enum signing signing;
    bool other_origin; /* a ledger of another name, which the same key signed */
};

static const struct kind kinds[] = {
    { &truth, "d1", false, true, SIGNED, false },
    { &truth, "d2", false, false, SIGNED, false },
    { &truth, "d1", true, false, UNSIGNED, false },
    { &truth, "d12", false, false, SIGNED, false },
    { &forged, "d1", false, false, UNSIGNED, false },
    { &forged, "d1", false, false, SIGNATURE_OF_ANOTHER, false },
    { &forged, "d1", false, true, UNSIGNED, false }, /* after the head that is held */
    { &forged, "d1", false, false, SIGNED, true },
    { &truth, "nobody", false, false, SIGNED, false },
};

bool fuzz_made(struct bc_buf *out, size_t i)
{
    const struct kind *kind = &kinds[i];
    uint64_t seqs[RECORDS_MOST], size;
    struct bc_deal_proof list;
    struct bc_buf note = { 0 };
    struct bc_proof proof;
    size_t n;

    if (i == sizeof(kinds) / sizeof(kinds[0]))
        return false;
    size = kind->up_to_held ? HELD : kind->told->n;
    n = find(seqs, &list, kind->told, size, bc_str_of(kind->deal));
    bc_evidence_begin(out, bc_str_of(kind->deal), n);
    for (size_t r = 0; r < n; r++) {
        MUST_DO(bc_log_prove_record(kind->told->log, seqs[r], size, &proof, &err));
        bc_evidence_record(out, seqs[r], bc_buf_str(&kind->told->records[seqs[r]]), &proof);
    }
    if (list.has_deal)
        bc_evidence_list(out, list.index, &list.proof);
    if (kind->since)
        add_since(out, kind->told, size);
    add_head(&note, kind->other_origin ? "other.example" : origin, kind->told, size, kind->signing);
    bc_evidence_head(out, bc_buf_str(&note));
    bc_buf_release(&note);
    return true;
}

/* --- the claim --- */

static int check(const char *path, const char *option, const char *value)
{
    struct cmd_env env = { .out = fuzz_nowhere(), .err = fuzz_nowhere() };
    char *args[] = { bc_strdup(BC_STR("backcast-check")), bc_strdup(bc_str_of(path)),
                     bc_strdup(bc_str_of(option)), bc_strdup(bc_str_of(value)) };
    int code = check_evidence(&env, 4, args);

    for (int i = 0; i < 4; i++)
        free(args[i]);
    FUZZ_MUST(code >= 0 && code <= 4, "exit code %d", code);
    return code;
}

static void must_be_true(struct bc_str text)
{
    struct bc_evidence evidence;
    uint64_t seqs[RECORDS_MOST];
    struct bc_deal_proof list;
    struct bc_buf bytes = { 0 };
    size_t line = 0, n;

    MUST_DO(bc_evidence_parse(&evidence, &line, text, &err));
    FUZZ_MUST(evidence.n > 0, "evidence of nothing passes");
    FUZZ_MUST(evidence.head.size <= truth.n, "a head that is none passes");
    n = find(seqs, &list, &truth, evidence.head.size, bc_buf_str(&evidence.deal));
    FUZZ_MUST(evidence.n == n, "%zu records of %zu pass", evidence.n, n);
    for (size_t i = 0; i < n; i++) {
        bc_evidence_bytes(&bytes, &evidence.records[i]);
        FUZZ_MUST(evidence.records[i].seq == seqs[i] &&
                      bc_str_eq(bc_buf_str(&bytes), bc_buf_str(&truth.records[seqs[i]])),
                  "a forged record %ju passes", (uintmax_t)evidence.records[i].seq);
    }
    bc_buf_release(&bytes);
    bc_evidence_release(&evidence);
}

/* A law about what passes says nothing where nothing does. */
static void must_pass(size_t nth, const char *option, const char *value)
{
    struct bc_buf text = { 0 };

    FUZZ_MUST(fuzz_made(&text, nth), "no seed %zu", nth);
    FUZZ_MUST(check(fuzz_file(0, bc_buf_str(&text)), option, value) == 0,
              "true evidence does not pass");
    bc_buf_release(&text);
}

void fuzz_begin(void)
{
    MUST_DO(bc_note_key_parse(&key, bc_str_of(private_key), &err));
    bc_note_key_public(&public_text, &key);
    bc_buf_add_byte(&public_text, '\0');
    tell(&truth, story);
    tell(&forged, lie);
    add_head(&held_text, origin, &truth, HELD, UNSIGNED);
    must_pass(0, "--public-key", public_text.at);
    must_pass(2, "--head", fuzz_file(1, bc_buf_str(&held_text)));
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str text = { (const char *)data, len };
    const char *path = fuzz_file(0, text);

    if (check(path, "--public-key", public_text.at) == 0)
        must_be_true(text);
    if (check(path, "--head", fuzz_file(1, bc_buf_str(&held_text))) == 0)
        must_be_true(text);
    return 0;
}
