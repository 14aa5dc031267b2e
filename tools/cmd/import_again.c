#include "tools/cmd/import_again.h"

#include "tools/cmd/import_told.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* What is to be remembered once it is appended. */
struct pending {
    struct bc_event event; /* lent by the caller; without a body: nothing */
    size_t telling;        /* that it says again or otherwise, or TOLD_NONE */
    bool same, renumbered;
};

/* Each once, in the order in which they came. */
struct deals {
    struct csv_seen seen;
    struct bc_str *at;
    size_t n, cap;
};

struct import_again {
    struct import_told told;
    bool corrects;
    struct csv_seen deals_now;
    struct deals gone, back;
    struct pending pending;
    size_t rest; /* where import_again_rest goes on */
    bc_arena *scratch;
};

bc_status import_again_read(import_again **out, bc_log *log, const struct importer *source,
                            struct bc_err *err)
{
    import_again *again = bc_calloc(1, sizeof(*again));
    const uint64_t size = bc_log_head(log)->size;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc = size ? bc_cursor_open(&cursor, log, 1, size, err) : BC_DONE;

    import_told_init(&again->told, bc_str_of(source->prefix), source->by_content,
                     bc_str_of(source->gives_way));
    again->scratch = bc_arena_new();
    again->corrects = source->corrects || source->gives_way;
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK)
            import_told_see(&again->told, event);
    }
    bc_cursor_free(cursor);
    if (rc < 0) {
        import_again_free(again);
        return rc;
    }
    *out = again;
    return BC_OK;
}

static void deals_release(struct deals *deals)
{
    csv_seen_release(&deals->seen);
    free(deals->at);
}

void import_again_free(import_again *again)
{
    if (!again)
        return;
    import_told_release(&again->told);
    csv_seen_release(&again->deals_now);
    deals_release(&again->gone);
    deals_release(&again->back);
    bc_arena_free(again->scratch);
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
    bc_buf_add_str(&id, BC_STR(TOLD_RETRACTED));
    if (telling->taken > 0)
        bc_buf_printf(&id, "/%u", telling->taken + 1);
    event.id = bc_arena_copy(again->scratch, bc_buf_str(&id));
    event.occurred_us = now_us;
    event.has_occurred = true;
    event.source_system = system_of(again->told.prefix);
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

    bc_buf_printf(&id, "%.*s" TOLD_AS "%016" PRIx64 ".%u", BC_STR_ARG(event->id),
                  import_told_content(event).high, told + 1);
    out = bc_arena_copy(again->scratch, bc_buf_str(&id));
    bc_buf_release(&id);
    return out;
}

static size_t find(import_again *again, const struct bc_event *event, struct bc_str old_id)
{
    size_t at;

    if (!again->told.by_content)
        return import_told_find(&again->told, event->id);
    if (old_id.len > 0 && import_told_get(&again->told.by_base, old_id, &at) &&
        !again->told.tellings[at].now)
        return at;
    return import_told_alike(&again->told, event);
}

/* A number that no other has which says the same. True: it is another one than it had. */
static bool renumber(import_again *again, struct bc_event *event)
{
    struct bc_buf id = { 0 };
    size_t unused;

    if (!again->told.by_content || !import_told_get(&again->told.by_base, event->id, &unused))
        return false;
    for (uint64_t n = 1; n == 1 || import_told_get(&again->told.by_base, bc_buf_str(&id), &unused);
         n++) {
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
    if (telling->now && !telling->gives_way)
        return bc_err_set(err, BC_E_CONFLICT,
                          "an earlier row of this table makes \"%.*s\" with other content",
                          event->id.len > 600 ? 600 : (int)event->id.len, event->id.at);
    event->id = import_told_base(telling->id, &unused);
    event->id = next_id(again, event, telling->told);
    if (!telling->retracted) {
        bc_status rc;

        *retraction = retract(again, telling,
                              telling->gives_way ? "it was not verified, and what says it is"
                                                 : "a later export says otherwise",
                              now_us);
        if (telling->gives_way)
            retraction->source_system = event->source_system;
        rc = bc_event_check(retraction, NULL, err); /* before either is appended */
        if (rc < 0)
            return rc;
    }
    return bc_event_check(event, NULL, err);
}

/* Where only some of what stands gives way: does this one, to this event? What does itself is kept,
 * since the same import may tell it otherwise. */
static bool has_bearing(const import_again *again, const struct telling *telling,
                        const struct bc_event *event)
{
    const bool gives_way = import_told_gives_way(&again->told, event);

    return again->told.gives_way.len == 0 ||
           (telling ? telling->gives_way && !gives_way : gives_way);
}

bc_status import_again_tell(import_again *again, struct bc_event *event,
                            struct bc_event *retraction, struct bc_str old_id, int64_t now_us,
                            struct bc_err *err)
{
    struct pending pending = { .telling = TOLD_NONE };
    const struct telling *telling = NULL;
    bc_status rc = BC_OK;

    *retraction = (struct bc_event){ .body = BC_NO_BODY };
    again->pending.event.body = BC_NO_BODY;
    if (again->told.by_content && again->told.n == 0) /* the first import by this map: all is new */
        return BC_OK;
    bc_arena_reset(again->scratch);
    pending.telling = find(again, event, old_id);
    if (pending.telling != TOLD_NONE) {
        telling = &again->told.tellings[pending.telling];
        pending.same = csv_digest_same(telling->content, import_told_content(event)) &&
                       !(telling->by_import && again->corrects);
    }
    if (!pending.same && !has_bearing(again, telling, event))
        return BC_OK;
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
    return !again->told.by_content || pending->telling != TOLD_NONE || pending->renumbered;
}

void import_again_told(import_again *again)
{
    const struct pending *pending = &again->pending;

    if (pending->event.body == BC_NO_BODY)
        return;
    if (pending->event.deal.len > 0)
        import_told_set(&again->deals_now, pending->event.deal, 0);
    if (pending->same)
        again->told.tellings[pending->telling].now = true;
    else if (is_kept(again, pending))
        import_told_add(&again->told, &pending->event, true);
    again->pending.event.body = BC_NO_BODY;
}

void import_again_taken_back(import_again *again, const struct bc_event *retraction)
{
    import_told_take_back(&again->told, retraction);
}

static void add_deal(struct deals *deals, struct bc_str deal)
{
    size_t unused;

    if (import_told_get(&deals->seen, deal, &unused))
        return;
    import_told_set(&deals->seen, deal, 0);
    BC_GROW(deals->at, deals->n, deals->cap);
    deals->at[deals->n++] = deal;
}

/* Does it stand, of a deal, without having been made now? */
static bool is_left(const struct telling *telling)
{
    return !telling->now && !telling->retracted && telling->deal.len > 0;
}

bc_status import_again_rest(import_again *again, struct bc_event *retraction, int64_t now_us)
{
    bc_arena_reset(again->scratch);
    while (again->rest < again->told.n) {
        struct telling *telling = &again->told.tellings[again->rest++];
        size_t unused;

        if (!is_left(telling))
            continue;
        if (import_told_get(&again->deals_now, telling->deal, &unused)) {
            *retraction = retract(again, telling, "a later export no longer has it", now_us);
            telling->retracted = telling->by_import = true;
            add_deal(&again->back, telling->deal);
            return BC_OK;
        }
        add_deal(&again->gone, telling->deal);
    }
    return BC_DONE;
}

size_t import_again_gone(const import_again *again, const struct bc_str **deals)
{
    *deals = again->gone.at;
    return again->gone.n;
}

size_t import_again_back(const import_again *again, const struct bc_str **deals)
{
    *deals = again->back.at;
    return again->back.n;
}

void import_again_absent(import_again *again)
{
    size_t unused;

    for (size_t i = 0; i < again->told.n; i++) {
        const struct telling *telling = &again->told.tellings[i];

        if (is_left(telling) && !import_told_get(&again->deals_now, telling->deal, &unused))
            add_deal(&again->gone, telling->deal);
    }
}

uint64_t import_again_untold(const import_again *again)
{
    uint64_t n = 0;
    size_t unused;

    for (size_t i = 0; i < again->told.n; i++) {
        const struct telling *telling = &again->told.tellings[i];

        n += is_left(telling) && import_told_get(&again->deals_now, telling->deal, &unused);
    }
    return n;
}
