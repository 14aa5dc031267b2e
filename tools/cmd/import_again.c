#include "tools/cmd/import_again.h"

#include "ledger/record/codec.h"
#include "tools/import/csv/csv_id.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define AS        "/as/"
#define RETRACTED "/retracted"
#define NONE      SIZE_MAX
enum { DIGEST_LEN = 16 };

struct telling {
    struct bc_str id, deal;
    struct csv_digest content; /* without its id */
    struct csv_digest said;    /* where ids are made of that (csv_id.h) */
    unsigned told;             /* how often another content came */
    unsigned taken;            /* how often an import has taken it back, as it stands */
    bool retracted, by_import; /* by an import, and not by hand */
    bool now;                  /* this import told it */
};

/* An event that takes a telling back, or takes that back. */
struct taking {
    size_t telling;
    struct bc_str id; /* under which the telling stood */
    bool back;
};

/* What is to be remembered once it is appended. */
struct pending {
    struct bc_event event; /* lent by the caller; without a body: nothing */
    size_t telling;        /* that it says again or otherwise, or NONE */
    bool same, renumbered;
};

/* Of the tellings that say the same, one, and the next. */
struct alike {
    size_t telling, next;
};

struct import_again {
    struct bc_str prefix;
    bool corrects, by_content;
    struct telling *tellings;
    size_t n, cap;
    struct taking *takings;
    size_t taking_n, taking_cap;
    struct csv_seen by_base; /* the id that the importer makes: a telling */
    struct csv_seen by_id;   /* the id under which it stands: a telling */
    struct csv_seen by_taking;
    struct csv_seen by_said; /* what tellings say: the first that are alike */
    struct alike *alike;
    size_t alike_n, alike_cap;
    struct csv_seen deals_now, deals_gone;
    struct bc_str *gone;
    size_t gone_n, gone_cap;
    struct pending pending;
    size_t rest; /* where import_again_rest goes on */
    bc_arena *arena, *scratch;
};

static struct csv_digest content_of(const struct bc_event *event)
{
    struct bc_event same = *event;
    struct bc_buf bytes = { 0 };
    struct csv_digest digest;

    same.id = (struct bc_str){ 0 };
    bc_encode_content(&bytes, &same);
    digest = csv_digest_of(bc_buf_str(&bytes));
    bc_buf_release(&bytes);
    return digest;
}

static bool same_digest(struct csv_digest a, struct csv_digest b)
{
    return a.high == b.high && a.low == b.low;
}

/* The id that the importer made: without "/as/<digest>.<n>". */
static struct bc_str base_of(struct bc_str id, unsigned *told)
{
    size_t at = id.len;

    *told = 0;
    while (at > 0 && id.at[at - 1] >= '0' && id.at[at - 1] <= '9')
        at--;
    if (at == id.len || at < sizeof(AS) + DIGEST_LEN || id.at[at - 1] != '.' ||
        memcmp(id.at + at - DIGEST_LEN - sizeof(AS), AS, sizeof(AS) - 1) != 0)
        return id;
    for (size_t i = at; i < id.len && i < at + 6; i++)
        *told = *told * 10 + (unsigned)(id.at[i] - '0');
    return (struct bc_str){ id.at, at - DIGEST_LEN - sizeof(AS) };
}

static void map_set(struct csv_seen *map, struct bc_str id, size_t value)
{
    csv_seen_add(map, csv_digest_of(id), (struct csv_digest){ 0 }, (int64_t)value);
}

static bool map_get(const struct csv_seen *map, struct bc_str id, size_t *value)
{
    const struct csv_sight *sight = csv_seen_find(map, csv_digest_of(id));

    if (sight)
        *value = (size_t)sight->us;
    return sight != NULL;
}

/* After those that say the same. */
static void add_alike(import_again *again, size_t telling)
{
    const struct csv_digest said = again->tellings[telling].said;
    const struct csv_sight *before = csv_seen_find(&again->by_said, said);
    const struct csv_digest last = { .low = again->alike_n };
    const int64_t first = before ? before->us : (int64_t)again->alike_n;

    BC_GROW(again->alike, again->alike_n, again->alike_cap);
    if (before)
        again->alike[before->said.low].next = again->alike_n;
    csv_seen_add(&again->by_said, said, last, first);
    again->alike[again->alike_n++] = (struct alike){ telling, NONE };
}

static void remember(import_again *again, const struct bc_event *event, bool now)
{
    struct telling telling = { .now = now, .content = content_of(event) };
    struct bc_str base = base_of(event->id, &telling.told);
    bool says_new = again->by_content;
    size_t at;

    telling.id = bc_arena_copy(again->arena, event->id);
    telling.deal = bc_arena_copy(again->arena, event->deal);
    if (again->by_content)
        telling.said = csv_id_said(event);
    if (!map_get(&again->by_base, base, &at)) {
        BC_GROW(again->tellings, again->n, again->cap);
        at = again->n++;
        map_set(&again->by_base, base, at);
    } else if (same_digest(again->tellings[at].said, telling.said)) {
        says_new = false;
    }
    again->tellings[at] = telling;
    map_set(&again->by_id, telling.id, at);
    if (says_new)
        add_alike(again, at);
}

/* Has an import taken it back, "<id>/retracted", "<id>/retracted/2" ..., and not a hand? */
static bool is_ours(struct bc_str id, struct bc_str target)
{
    const size_t len = target.len + sizeof(RETRACTED) - 1;

    return id.len >= len && memcmp(id.at + target.len, RETRACTED, sizeof(RETRACTED) - 1) == 0 &&
           (id.len == len || id.at[len] == '/');
}

/* What is about a telling before the one that stands no longer matters. */
static void note_retraction(import_again *again, const struct bc_event *event)
{
    const struct bc_str target = event->value[BC_RETRACTED_EVENT].text;
    struct taking taking = { .back = true };
    struct telling *telling;
    size_t at;

    if (map_get(&again->by_taking, target, &at)) {
        taking = again->takings[at];
        taking.back = !taking.back;
    } else if (map_get(&again->by_id, target, &taking.telling)) {
        taking.id = bc_arena_copy(again->arena, target);
    } else {
        return;
    }
    BC_GROW(again->takings, again->taking_n, again->taking_cap);
    map_set(&again->by_taking, event->id, again->taking_n);
    again->takings[again->taking_n++] = taking;
    telling = &again->tellings[taking.telling];
    if (!bc_str_eq(telling->id, taking.id))
        return;
    telling->retracted = taking.back;
    telling->by_import = taking.back && is_ours(event->id, target);
    telling->taken += telling->by_import;
}

bc_status import_again_read(import_again **out, bc_log *log, const struct importer *source,
                            struct bc_err *err)
{
    import_again *again = bc_calloc(1, sizeof(*again));
    const uint64_t size = bc_log_head(log)->size;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc = size ? bc_cursor_open(&cursor, log, 1, size, err) : BC_DONE;

    again->arena = bc_arena_new();
    again->scratch = bc_arena_new();
    again->prefix = bc_arena_copy(again->arena, bc_str_of(source->prefix));
    again->corrects = source->corrects;
    again->by_content = source->by_content;
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc != BC_OK)
            break;
        if (event->body == BC_RETRACTED)
            note_retraction(again, event);
        else if (event->id.len > again->prefix.len &&
                 memcmp(event->id.at, again->prefix.at, again->prefix.len) == 0)
            remember(again, event, false);
    }
    bc_cursor_free(cursor);
    if (rc < 0) {
        import_again_free(again);
        return rc;
    }
    *out = again;
    return BC_OK;
}

void import_again_free(import_again *again)
{
    if (!again)
        return;
    csv_seen_release(&again->by_base);
    csv_seen_release(&again->by_id);
    csv_seen_release(&again->by_taking);
    csv_seen_release(&again->by_said);
    csv_seen_release(&again->deals_now);
    csv_seen_release(&again->deals_gone);
    bc_arena_free(again->arena);
    bc_arena_free(again->scratch);
    free(again->tellings);
    free(again->takings);
    free(again->alike);
    free(again->gone);
    free(again);
}

/* "csv" of "csv:deals/". */
static struct bc_str system_of(struct bc_str prefix)
{
    const char *colon = memchr(prefix.at, ':', prefix.len);

    return (struct bc_str){ prefix.at, colon ? (size_t)(colon - prefix.at) : prefix.len };
}

static struct bc_event retract(const import_again *again, const struct telling *telling,
                               const char *reason, int64_t now_us)
{
    struct bc_event event = { .deal = telling->deal, .body = BC_RETRACTED };
    struct bc_buf id = { 0 };

    bc_buf_add_str(&id, telling->id);
    bc_buf_add_str(&id, BC_STR(RETRACTED));
    if (telling->taken > 0)
        bc_buf_printf(&id, "/%u", telling->taken + 1);
    event.id = bc_arena_copy(again->scratch, bc_buf_str(&id));
    event.occurred_us = now_us;
    event.has_occurred = true;
    event.source_system = system_of(again->prefix);
    event.value[BC_RETRACTED_EVENT].text = bc_arena_copy(again->scratch, telling->id);
    event.value[BC_RETRACTED_EVENT + 1].text = bc_str_of(reason);
    bc_buf_release(&id);
    return event;
}

/* The id of another telling: of its content, and of how many there were. */
static struct bc_str next_id(import_again *again, const struct bc_event *event, unsigned told)
{
    struct bc_buf id = { 0 };
    struct bc_str out;

    bc_buf_printf(&id, "%.*s" AS "%016" PRIx64 ".%u", BC_STR_ARG(event->id), content_of(event).high,
                  told + 1);
    out = bc_arena_copy(again->scratch, bc_buf_str(&id));
    bc_buf_release(&id);
    return out;
}

/* How well a telling fits an event that says the same: best one that stands as it is told now. */
static unsigned fit(const struct telling *telling, struct csv_digest content)
{
    if (!same_digest(telling->content, content))
        return 1;
    if (!telling->retracted)
        return 4;
    return telling->by_import ? 2 : 3;
}

/* The one of those that say the same which fits best and does not stand for another one now, or
 * NONE. */
static size_t find_alike(import_again *again, const struct bc_event *event)
{
    const struct csv_digest said = csv_id_said(event);
    struct csv_sight *first = csv_seen_find(&again->by_said, said);
    size_t best = NONE, i = first ? (size_t)first->us : NONE;
    struct csv_digest content;
    unsigned best_fit = 0;

    if (!first)
        return NONE;
    content = content_of(event);
    while (i != NONE && best_fit < 4) {
        const struct alike *alike = &again->alike[i];
        const struct telling *telling = &again->tellings[alike->telling];
        const bool spent = telling->now || !same_digest(telling->said, said);

        if (spent && i == (size_t)first->us && alike->next != NONE)
            first->us = (int64_t)alike->next; /* not to be passed again */
        if (!spent && fit(telling, content) > best_fit) {
            best_fit = fit(telling, content);
            best = alike->telling;
        }
        i = alike->next;
    }
    return best;
}

static size_t find(import_again *again, const struct bc_event *event, struct bc_str old_id)
{
    size_t at;

    if (!again->by_content)
        return map_get(&again->by_base, event->id, &at) ? at : NONE;
    if (old_id.len > 0 && map_get(&again->by_base, old_id, &at) && !again->tellings[at].now)
        return at;
    return find_alike(again, event);
}

/* A number that no other has which says the same. True: it is another one than it had. */
static bool renumber(import_again *again, struct bc_event *event)
{
    struct bc_buf id = { 0 };
    size_t unused;

    if (!again->by_content || !map_get(&again->by_base, event->id, &unused))
        return false;
    for (uint64_t n = 1; n == 1 || map_get(&again->by_base, bc_buf_str(&id), &unused); n++) {
        id.len = 0;
        csv_id_number(&id, event->id, n);
    }
    event->id = bc_arena_copy(again->scratch, bc_buf_str(&id));
    bc_buf_release(&id);
    return true;
}

static bc_status tell_otherwise(import_again *again, struct bc_event *event,
                                struct bc_event *retraction, const struct telling *telling,
                                int64_t now_us, struct bc_err *err)
{
    unsigned unused;

    if (!again->corrects) { /* the log refuses it */
        event->id = bc_arena_copy(again->scratch, telling->id);
        return BC_OK;
    }
    if (telling->now)
        return bc_err_set(err, BC_E_CONFLICT,
                          "an earlier row of this table makes \"%.*s\" with other content",
                          event->id.len > 600 ? 600 : (int)event->id.len, event->id.at);
    event->id = base_of(telling->id, &unused);
    event->id = next_id(again, event, telling->told);
    if (!telling->retracted) {
        bc_status rc;

        *retraction = retract(again, telling, "a later export says otherwise", now_us);
        rc = bc_event_check(retraction, NULL, err); /* before either is appended */
        if (rc < 0)
            return rc;
    }
    return bc_event_check(event, NULL, err);
}

bc_status import_again_tell(import_again *again, struct bc_event *event,
                            struct bc_event *retraction, struct bc_str old_id, int64_t now_us,
                            struct bc_err *err)
{
    struct pending pending = { .telling = NONE };
    const struct telling *telling = NULL;
    bc_status rc = BC_OK;

    *retraction = (struct bc_event){ .body = BC_NO_BODY };
    again->pending.event.body = BC_NO_BODY;
    if (again->by_content && again->n == 0) /* the first import by this map: all is new */
        return BC_OK;
    bc_arena_reset(again->scratch);
    pending.telling = find(again, event, old_id);
    if (pending.telling != NONE) {
        telling = &again->tellings[pending.telling];
        pending.same = same_digest(telling->content, content_of(event)) &&
                       !(telling->by_import && again->corrects);
    }
    if (pending.same)
        event->id = bc_arena_copy(again->scratch, telling->id);
    else if (telling)
        rc = tell_otherwise(again, event, retraction, telling, now_us, err);
    else
        pending.renumbered = renumber(again, event);
    if (rc < 0)
        return rc;
    pending.event = *event;
    again->pending = pending;
    return BC_OK;
}

/* What is new, and known by what it says, need not be kept: no other event gets its id. */
static bool is_kept(const import_again *again, const struct pending *pending)
{
    return !again->by_content || pending->telling != NONE || pending->renumbered;
}

void import_again_told(import_again *again)
{
    const struct pending *pending = &again->pending;

    if (pending->event.body == BC_NO_BODY)
        return;
    if (pending->event.deal.len > 0)
        map_set(&again->deals_now, pending->event.deal, 0);
    if (pending->same)
        again->tellings[pending->telling].now = true;
    else if (is_kept(again, pending))
        remember(again, &pending->event, true);
    again->pending.event.body = BC_NO_BODY;
}

static void add_gone(import_again *again, struct bc_str deal)
{
    size_t unused;

    if (map_get(&again->deals_gone, deal, &unused))
        return;
    map_set(&again->deals_gone, deal, 0);
    BC_GROW(again->gone, again->gone_n, again->gone_cap);
    again->gone[again->gone_n++] = deal;
}

/* Does it stand, of a deal, without having been made now? */
static bool is_left(const struct telling *telling)
{
    return !telling->now && !telling->retracted && telling->deal.len > 0;
}

bc_status import_again_rest(import_again *again, struct bc_event *retraction, int64_t now_us)
{
    bc_arena_reset(again->scratch);
    while (again->rest < again->n) {
        struct telling *telling = &again->tellings[again->rest++];
        size_t unused;

        if (!is_left(telling))
            continue;
        if (map_get(&again->deals_now, telling->deal, &unused)) {
            *retraction = retract(again, telling, "a later export no longer has it", now_us);
            telling->retracted = telling->by_import = true;
            return BC_OK;
        }
        add_gone(again, telling->deal);
    }
    return BC_DONE;
}

size_t import_again_gone(const import_again *again, const struct bc_str **deals)
{
    *deals = again->gone;
    return again->gone_n;
}

uint64_t import_again_untold(const import_again *again)
{
    uint64_t n = 0;
    size_t unused;

    for (size_t i = 0; i < again->n; i++) {
        const struct telling *telling = &again->tellings[i];

        n += is_left(telling) && map_get(&again->deals_now, telling->deal, &unused);
    }
    return n;
}
