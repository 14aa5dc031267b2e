/* Evidence. What passes under the key, or under a head that is held, are records that stand in the
 * true ledger, at their place; the checker ends with an exit code that it promises. */
#include "ledger/evidence.h"
#include "ledger/log.h"
#include "ledger/prove.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/story.h"
#include "tools/check.h"

#include <stdlib.h>

static const char origin[] = "PeterNeumann"; /* also the key's name */
static const char private_key[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
static const char story[] =
    "d1 created outreach type newbusiness; d2 created outreach; x: d1 moved discovery;"
    "d3..d9 created outreach; d1 moved proposal; d1 retract x; d2 set mrr 100;"
    "d1 observed discovery; d2 moved discovery; d1 moved closed_won; d10..d14 created outreach";
enum { HELD = 8, RECORDS_MOST = 64 }; /* the head that is held: of so many events */

static struct bc_note_key key;
static struct bc_buf public_text, held_text;
static bc_log *ledger;
static struct bc_buf truth[RECORDS_MOST + 1]; /* by seq */
static uint64_t truth_n;
static struct bc_err err;

#define MUST_DO(call) FUZZ_MUST((call) == BC_OK, "%s: %s", #call, err.message)

static void tell(void)
{
    bc_store *store = bc_store_memory();
    bc_cursor *cursor = NULL;
    const struct bc_event *event;
    struct bc_str stored;

    MUST_DO(bc_log_open(&ledger, store, true, NULL, &err));
    story_append(ledger, story);
    MUST_DO(bc_cursor_open(&cursor, ledger, 1, bc_log_head(ledger)->size, &err));
    while (bc_cursor_next(cursor, &event, &stored, &err) == BC_OK) {
        FUZZ_MUST(++truth_n <= RECORDS_MOST, "the story is too long");
        bc_buf_add_str(&truth[truth_n], stored);
    }
    bc_cursor_free(cursor);
}

static void add_head(struct bc_buf *out, uint64_t size, bool sign)
{
    struct bc_buf text = { 0 };
    struct bc_head head;

    MUST_DO(bc_log_head_at(ledger, size, &head, &err));
    bc_head_text(&text, BC_STR(origin), &head);
    if (sign)
        MUST_DO(bc_note_sign(out, bc_buf_str(&text), &key, &err));
    else
        bc_buf_add_str(out, bc_buf_str(&text));
    bc_buf_release(&text);
}

void fuzz_begin(void)
{
    MUST_DO(bc_note_key_parse(&key, bc_str_of(private_key), &err));
    bc_note_key_public(&public_text, &key);
    bc_buf_add_byte(&public_text, '\0');
    tell();
    add_head(&held_text, HELD, false);
}

/* --- seeds, made by the program, so that they are of the format that it has --- */

static size_t find(uint64_t *seqs, uint64_t size, const char *deal)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    size_t n = 0;

    for (uint64_t seq = 1; seq <= size; seq++) {
        MUST_DO(bc_log_get(ledger, seq, &event, &bytes, arena, &err));
        if (bc_str_eq(event.deal, bc_str_of(deal)))
            seqs[n++] = seq;
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return n;
}

static void make(struct bc_buf *out, const char *deal, uint64_t size, bool since, bool sign)
{
    uint64_t seqs[RECORDS_MOST];
    size_t n = find(seqs, size, deal);
    struct bc_buf note = { 0 };
    struct bc_proof proof;
    struct bc_head head;

    bc_evidence_begin(out, bc_str_of(deal), n);
    for (size_t i = 0; i < n; i++) {
        MUST_DO(bc_log_prove_record(ledger, seqs[i], size, &proof, &err));
        bc_evidence_record(out, seqs[i], bc_buf_str(&truth[seqs[i]]), &proof);
    }
    if (since) {
        MUST_DO(bc_log_prove_prefix(ledger, HELD, size, &proof, &err));
        MUST_DO(bc_log_head_at(ledger, HELD, &head, &err));
        bc_evidence_since(out, BC_STR(origin), &head, &proof);
    }
    add_head(&note, size, sign);
    bc_evidence_head(out, bc_buf_str(&note));
    bc_buf_release(&note);
}

bool fuzz_made(struct bc_buf *out, size_t i)
{
    switch (i) {
    case 0:
        make(out, "d1", truth_n, true, true);
        return true;
    case 1:
        make(out, "d2", truth_n, false, true);
        return true;
    case 2:
        make(out, "d1", HELD, false, false);
        return true;
    case 3:
        make(out, "d12", truth_n, false, true);
        return true;
    default:
        return false;
    }
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
    size_t line = 0;

    MUST_DO(bc_evidence_parse(&evidence, &line, text, &err));
    for (size_t i = 0; i < evidence.n; i++) {
        const struct bc_evidence_record *record = &evidence.records[i];

        FUZZ_MUST(record->seq >= 1 && record->seq <= truth_n &&
                      bc_str_eq(record->bytes, bc_buf_str(&truth[record->seq])),
                  "a forged record %ju passes", (uintmax_t)record->seq);
    }
    bc_evidence_release(&evidence);
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
