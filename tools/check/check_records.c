/* tools/check/check_records.c - each record against the file's head and its deal; what was
 * retracted. */
#include "ledger/base/search.h"
#include "ledger/record/codec.h"
#include "tools/check/check_impl.h"

#include <inttypes.h>
#include <stdlib.h>

struct id {
    struct bc_str text;
    size_t record;
};

struct checking {
    struct check *check;
    struct id *ids;   /* in the order of records, later by (text, record) */
    size_t *retracts; /* of each retraction: the earlier record that it retracts, or CHECK_NONE */
    struct bc_str *targets; /* the ids that they name; NULL: not a retraction */
    bool *about;            /* carries the deal's id itself */
    bc_arena *kept;         /* ids and targets */
};

/* --- one by one --- */

static void judge_record(struct check *check, size_t i, bool is_in)
{
    const uint64_t seq = check->evidence.records[i].seq;
    struct check_record *record = &check->records[i];

    if (!is_in) {
        record->verdict = CHECK_NOT_PROVED;
        check_fault(check, "record %" PRIu64 " is not in the log of this head", seq);
    } else if (check->head.trusted || (check->earlier.trusted && seq <= check->earlier.head.size)) {
        record->verdict = CHECK_PROVED;
    } else {
        record->verdict = CHECK_UNVOUCHED;
        if (check->earlier.trusted)
            check_fault(check,
                        "record %" PRIu64 " lies after the %" PRIu64
                        " events of the head that you hold: nothing vouches for it",
                        seq, check->earlier.head.size);
    }
}

static void not_proved(struct check *check, size_t i, const char *why)
{
    check->records[i].verdict = CHECK_NOT_PROVED;
    check_fault(check, "record %" PRIu64 " %s", check->evidence.records[i].seq, why);
}

static void note_event(struct checking *checking, size_t i, const struct bc_event *event)
{
    const struct bc_str deal = bc_buf_str(&checking->check->evidence.deal);

    checking->ids[i].text = bc_arena_copy(checking->kept, event->id);
    checking->about[i] = bc_str_eq(event->deal, deal);
    if (event->body == BC_RETRACTED)
        checking->targets[i] = bc_arena_copy(checking->kept, event->value[BC_RETRACTED_EVENT].text);
}

static void check_record(struct checking *checking, size_t i, struct bc_buf *bytes, bc_arena *arena)
{
    struct check *check = checking->check;
    const struct bc_evidence_record *record = &check->evidence.records[i];
    struct bc_proof proof;
    struct bc_event event;
    struct bc_err why;

    bc_arena_reset(arena);
    bc_evidence_bytes(bytes, record);
    bc_evidence_proof(&proof, record);
    judge_record(
        check, i,
        bc_proof_holds_record(&proof, record->seq, bc_buf_str(bytes), &check->evidence.head));
    if (bc_decode(&event, bc_buf_str(bytes), arena, &why) < 0 ||
        bc_event_check(&event, NULL, &why) < 0) {
        not_proved(check, i, "is no event");
        checking->about[i] = true; /* reported once */
        return;
    }
    if (event.seq != record->seq)
        not_proved(check, i, "gives itself another seq");
    note_event(checking, i, &event);
}

/* --- among each other --- */

static int by_text(const void *a, const void *b)
{
    const struct id *left = a, *right = b;
    int order = bc_str_cmp(left->text, right->text);

    return order ? order : (left->record > right->record) - (left->record < right->record);
}

/* The first record of an id, or CHECK_NONE. */
static size_t find(struct checking *checking, struct bc_str text)
{
    const size_t n = checking->check->evidence.n;
    size_t at;

    BC_LOWER_BOUND(at, 0, n, bc_str_cmp(checking->ids[at].text, text) < 0);
    return at < n && bc_str_eq(checking->ids[at].text, text) ? checking->ids[at].record
                                                             : CHECK_NONE;
}

/* Each must be about the deal, or retract one of the records before it. */
static void check_abouts(struct checking *checking)
{
    struct check *check = checking->check;

    for (size_t i = 0; i < check->evidence.n; i++) {
        size_t found = checking->targets[i].at ? find(checking, checking->targets[i]) : CHECK_NONE;

        checking->retracts[i] = found < i ? found : CHECK_NONE;
        if (!checking->about[i] && checking->retracts[i] == CHECK_NONE)
            not_proved(check, i, "is not about this deal");
    }
}

static void check_ids(struct checking *checking)
{
    struct check *check = checking->check;

    for (size_t i = 1; i < check->evidence.n; i++)
        if (checking->ids[i].text.len &&
            bc_str_eq(checking->ids[i].text, checking->ids[i - 1].text))
            not_proved(check, checking->ids[i].record, "has the id of one before it");
}

/* From the last to the first: a retraction names an earlier event, so whether it is itself
 * retracted is known when its turn comes. */
static void mark_retracted(struct checking *checking)
{
    struct check *check = checking->check;

    for (size_t i = check->evidence.n; i-- > 0;) {
        const size_t target = checking->retracts[i];

        if (target != CHECK_NONE && !check->records[i].retracted_by)
            check->records[target].retracted_by = check->evidence.records[i].seq;
    }
}

void check_records(struct check *check)
{
    const size_t n = check->evidence.n;
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct checking checking = { .check = check,
                                 .ids = bc_calloc(n, sizeof(struct id)),
                                 .retracts = bc_calloc(n, sizeof(size_t)),
                                 .targets = bc_calloc(n, sizeof(struct bc_str)),
                                 .about = bc_calloc(n, sizeof(bool)),
                                 .kept = bc_arena_new() };

    check->records = bc_calloc(n, sizeof(*check->records));
    for (size_t i = 0; i < n; i++) {
        checking.ids[i].record = i;
        check_record(&checking, i, &bytes, arena);
    }
    qsort(checking.ids, n, sizeof(*checking.ids), by_text);
    check_ids(&checking);
    check_abouts(&checking);
    mark_retracted(&checking);
    free(checking.ids);
    free(checking.retracts);
    free(checking.targets);
    free(checking.about);
    bc_arena_free(checking.kept);
    bc_arena_free(arena);
    bc_buf_release(&bytes);
}
