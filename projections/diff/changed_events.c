#include "projections/diff/changed_events.h"

#include "ledger/base/search.h"

#include <stdlib.h>

/* An event that only one of the questions sees. */
struct changed_event {
    uint64_t seq, target; /* target: of a retraction, else 0 */
    int64_t recorded_us;
    struct bc_id128 key; /* what it is about: events of one key can replace each other */
    bool gained;
    bool taken; /* it replaces the target of a retraction, and can be no other's replacement */
    enum bc_change_cause cause;
};

struct reading {
    bc_log *log;
    const struct bc_visible *from, *to;
    int64_t as_of_us;
    struct changed_event *at;
    size_t n, cap;
    struct changed_event **by_key; /* all but retractions, by (recorded_us, key, seq) */
    size_t by_key_n;
    struct bc_buf bytes, scratch;
    bc_arena *arena;
};

/* --- what an event is about --- */

static void add_part(struct bc_buf *out, struct bc_str part)
{
    bc_buf_add_str(out, part);
    bc_buf_add_byte(out, '\0');
}

static struct bc_id128 key_of(struct bc_buf *scratch, const struct bc_event *event)
{
    enum bc_body body = event->body == BC_DEAL_CREATED ? BC_STAGE_CHANGED : event->body;

    scratch->len = 0;
    bc_buf_add_byte(scratch, (char)body);
    add_part(scratch, event->deal);
    if (body == BC_PROPERTY_CHANGED)
        add_part(scratch, event->value[BC_PROPERTY_CHANGED_NAME].text);
    if (body == BC_MEETING_LOGGED)
        add_part(scratch, event->value[BC_MEETING_LOGGED_MEETING].text);
    if (body == BC_EMAIL_SENT || body == BC_EMAIL_OPENED)
        add_part(scratch, event->value[BC_EMAIL_SENT_EMAIL].text);
    return bc_id128_of(bc_buf_str(scratch));
}

static int in_key_order(const struct changed_event *left, const struct changed_event *right)
{
    if (left->recorded_us != right->recorded_us)
        return left->recorded_us < right->recorded_us ? -1 : 1;
    if (!bc_id128_eq(left->key, right->key))
        return bc_id128_cmp(left->key, right->key);
    return (left->seq > right->seq) - (left->seq < right->seq);
}

static int by_key(const void *a, const void *b)
{
    const struct changed_event *const *left = a, *const *right = b;

    return in_key_order(*left, *right);
}

/* --- reading --- */

/* A creation sets a deal type, perhaps. */
static bool sets_property(const struct bc_event *event)
{
    return event->body == BC_PROPERTY_CHANGED || event->body == BC_DEAL_CREATED;
}

static bc_status find_target(const struct reading *reading, uint64_t seq, uint64_t *target,
                             struct bc_err *err)
{
    uint64_t root;
    bc_status rc = bc_log_retraction(reading->log, seq, target, &root, err);

    return rc == BC_DONE ? bc_err_damaged(err, "retraction %llu has no entry in its index",
                                          (unsigned long long)seq)
                         : rc;
}

static bc_status add(struct reading *reading, const struct bc_event *event, bool gained,
                     struct bc_err *err)
{
    struct changed_event changed_event = { .seq = event->seq,
                                           .recorded_us = event->recorded_us,
                                           .gained = gained,
                                           .cause = BC_CHANGED_LATE };
    bc_status rc = BC_OK;

    if (event->body == BC_RETRACTED)
        rc = find_target(reading, event->seq, &changed_event.target, err);
    else
        changed_event.key = key_of(&reading->scratch, event);
    if (sets_property(event) && event->occurred_us > reading->as_of_us)
        changed_event.cause = BC_CHANGED_FILLED_IN;
    BC_GROW(reading->at, reading->n, reading->cap);
    reading->at[reading->n++] = changed_event;
    return rc;
}

/* The last seq that can be visible. */
static uint64_t bound(const struct bc_visible *visible, uint64_t size)
{
    uint64_t last = visible->last_seq && visible->last_seq < size ? visible->last_seq : size;

    return visible->asked && !visible->by_source && visible->seq < last ? visible->seq : last;
}

static bc_status read_changed_events(struct reading *reading, struct bc_err *err)
{
    uint64_t size = bc_log_head(reading->log)->size;
    uint64_t first = bound(reading->from, size), last = bound(reading->to, size);
    bool by_source = (reading->from->asked && reading->from->by_source) ||
                     (reading->to->asked && reading->to->by_source);
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc;

    if (first > last) {
        uint64_t swap = first;

        first = last;
        last = swap;
    }
    rc = bc_cursor_open(&cursor, reading->log, by_source ? 1 : first + 1, last, err);
    while (rc == BC_OK) {
        const int64_t *source_us;
        bool before, after;

        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc != BC_OK)
            break;
        source_us = event->has_source_recorded ? &event->source_recorded_us : NULL;
        before = bc_visible_has(reading->from, event->seq, source_us);
        after = bc_visible_has(reading->to, event->seq, source_us);
        if (before != after)
            rc = add(reading, event, after, err);
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

/* --- causes --- */

static struct changed_event *find(const struct reading *reading, uint64_t seq)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, reading->n, reading->at[at].seq < seq);
    return at < reading->n && reading->at[at].seq == seq ? &reading->at[at] : NULL;
}

static bool can_replace(const struct changed_event *one, const struct changed_event *wanted)
{
    return one->recorded_us == wanted->recorded_us && bc_id128_eq(one->key, wanted->key) &&
           one->gained == wanted->gained && !one->taken;
}

/* The nearest event that replaces the target of a retraction, or NULL. */
static struct changed_event *replacement(const struct reading *reading,
                                         const struct changed_event *wanted)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, reading->by_key_n, in_key_order(reading->by_key[at], wanted) < 0);
    if (at < reading->by_key_n && can_replace(reading->by_key[at], wanted))
        return reading->by_key[at];
    if (at > 0 && can_replace(reading->by_key[at - 1], wanted))
        return reading->by_key[at - 1];
    return NULL;
}

static bc_status classify_retraction(struct reading *reading, struct changed_event *by,
                                     struct bc_err *err)
{
    const struct changed_event *target = find(reading, by->target);
    struct changed_event *instead, wanted = *by;
    struct bc_event event;
    bc_status rc;

    if (target && target->gained == by->gained) {
        by->cause = target->cause;
        return BC_OK;
    }
    bc_arena_reset(reading->arena);
    rc = bc_log_get(reading->log, by->target, &event, &reading->bytes, reading->arena, err);
    if (rc < 0)
        return rc;
    wanted.key = key_of(&reading->scratch, &event);
    instead = event.body == BC_RETRACTED ? NULL : replacement(reading, &wanted);
    by->cause = instead ? BC_CHANGED_CORRECTED : BC_CHANGED_RETRACTED;
    if (instead) {
        instead->taken = true;
        instead->cause = BC_CHANGED_CORRECTED;
    }
    return BC_OK;
}

/* In the order of seq: a retraction comes after its target, whose cause is then known. A
 * replacement may come after the retraction, and is found by its key. */
static bc_status classify_all(struct reading *reading, struct bc_err *err)
{
    bc_status rc = BC_OK;

    reading->by_key = bc_calloc(reading->n, sizeof(struct changed_event *));
    for (size_t i = 0; i < reading->n; i++)
        if (reading->at[i].target == 0)
            reading->by_key[reading->by_key_n++] = &reading->at[i];
    if (reading->by_key_n > 1)
        qsort(reading->by_key, reading->by_key_n, sizeof(struct changed_event *), by_key);
    for (size_t i = 0; rc == BC_OK && i < reading->n; i++)
        if (reading->at[i].target)
            rc = classify_retraction(reading, &reading->at[i], err);
    return rc;
}

static void hand_out(const struct reading *reading, struct bc_changed_events *out)
{
    out->end = reading->n ? reading->at[reading->n - 1].seq + 1 : 0;
    out->groups = bc_calloc(out->end, sizeof(*out->groups));
    for (size_t i = 0; i < reading->n; i++) {
        const struct changed_event *one = &reading->at[i];

        out->groups[one->seq] =
            (uint8_t)(1u << ((unsigned)one->cause + (one->gained ? 0 : BC_CHANGED_N)));
        out->any |= out->groups[one->seq];
    }
}

bc_status bc_changed_events_read(struct bc_changed_events *out, bc_timelines *timelines,
                                 const struct bc_visible *from, const struct bc_visible *to,
                                 int64_t as_of_us, struct bc_err *err)
{
    struct reading reading = { .log = bc_timelines_log(timelines),
                               .from = from,
                               .to = to,
                               .as_of_us = as_of_us,
                               .arena = bc_arena_new() };
    bc_status rc = read_changed_events(&reading, err);

    if (rc == BC_OK)
        rc = classify_all(&reading, err);
    if (rc == BC_OK)
        hand_out(&reading, out);
    free(reading.at);
    free(reading.by_key);
    bc_buf_release(&reading.bytes);
    bc_buf_release(&reading.scratch);
    bc_arena_free(reading.arena);
    return rc;
}

void bc_changed_events_release(struct bc_changed_events *changed)
{
    free(changed->groups);
    *changed = (struct bc_changed_events){ 0 };
}

uint8_t bc_changed_events_known(unsigned causes)
{
    unsigned done = (1u << causes) - 1, all = (1u << BC_CHANGED_N) - 1;

    return (uint8_t)(done | (all & ~done) << BC_CHANGED_N);
}
