#include "tools/connect/run.h"
#include "tools/connect/told_ids.h"
#include "tools/json/event_json.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

static const struct connect_kind taken_back = {
    "takenBack",
    "event was taken back: it is none by what the service, the account file and the links say now",
    "events were taken back: they are none by what the service, the account file and the links say "
    "now"
};
static const struct connect_kind too_many = {
    "cluesTooMany",
    "event is of an object that names more than can be looked at: its last addresses are left out",
    "events are of objects that name more than can be looked at: their last addresses are left out"
};
static const struct connect_kind several = {
    "stayedOnDeal", "event names more than one deal by now: it stays with the one that it was of",
    "events name more than one deal by now: they stay with those that they were of"
};

struct bc_event connect_event(const struct connect_run *run, enum bc_body body, int64_t occurred_us,
                              struct bc_str ref)
{
    return (struct bc_event){ .has_occurred = true,
                              .occurred_us = occurred_us,
                              .source_system = bc_str_of(run->is->system),
                              .source_ref = ref,
                              .body = body };
}

void connect_set(struct bc_event *event, const char *field, struct bc_str text)
{
    const unsigned number = bc_field_of(event->body, bc_str_of(field));

    assert(number); /* a name of ours */
    event->value[number].text = text;
}

/* BC_DONE: it is left out. */
static bc_status give(struct connect_run *run, struct bc_event *event, struct bc_err *err)
{
    const struct bc_str id = event->id; /* it may get another one */
    bc_status rc;

    if (run->how.len)
        event->source_how = run->how;
    rc = run->sink.take(run->sink.payload, event, err);
    return rc < 0 ? bc_err_in(err, rc, "%.*s", BC_STR_ARG(id)) : rc;
}

bc_status connect_tell(struct connect_run *run, struct bc_event *event, struct bc_err *err)
{
    const bc_status rc = give(run, event, err);

    if (rc == BC_OK && !run->delivered)
        connect_known_tell(run->known, event, run->pass);
    return rc < 0 ? rc : BC_OK;
}

/* Does it stand on a deal that is among those which the clues name? */
static bool stays(struct bc_event *event, struct connect_run *run,
                  const struct connect_clues *clues)
{
    const struct connect_object *object = connect_known_object(run->known, event->source_ref);

    if (!object || !object->deal.len ||
        !connect_names(object->deal, run->links, run->known, bc_str_of(run->is->system), clues))
        return false;
    event->deal = object->deal;
    connect_note(run, &several, event->source_ref);
    return true;
}

/* It is of no deal that is known; on which it stood, it is no more. */
static bc_status keep_untied(struct connect_run *run, struct bc_event *event,
                             enum connect_tied found, const struct connect_clues *clues,
                             struct bc_err *err)
{
    const struct bc_str named = event->deal;
    struct connect_stood stood;
    bc_status rc = BC_OK;

    event->deal = (struct bc_str){ 0 };
    if (run->how.len)
        event->source_how = run->how;
    connect_untold(run, event->source_ref, found == CONNECT_LEFT_OUT);
    if (found == CONNECT_LEFT_OUT)
        rc = connect_take_back(run, event->id, "links.yaml leaves it out", err);
    else if (connect_known_stood(run->known, event->id, &stood) && stood.deal.len)
        rc = connect_take_back(run, event->id, "it is not known any more of which deal it is", err);
    if (found == CONNECT_LEFT_OUT)
        connect_untied_drop(&run->untied, event->id);
    else if (!run->delivered || !connect_known_stands(run->known, event->id))
        connect_untied_add(&run->untied, event, found, named, clues);
    return rc;
}

bc_status connect_tell_tied(struct connect_run *run, struct bc_event *event,
                            const struct connect_clues *clues, enum connect_tied *tied,
                            struct bc_err *err)
{
    enum connect_tied found =
        connect_tie(&event->deal, run->links, run->known, bc_str_of(run->is->system), clues);

    if (clues->dropped)
        connect_note(run, &too_many, event->source_ref);
    if (found == CONNECT_SEVERAL && stays(event, run, clues))
        found = CONNECT_TIED;
    if (tied)
        *tied = found;
    if (found != CONNECT_TIED)
        return keep_untied(run, event, found, clues, err);
    connect_untied_drop(&run->untied, event->id);
    return connect_tell(run, event, err);
}

/* ---- taking back ---- */

static bc_status take_back(struct connect_run *run, const struct connect_stood *stood,
                           const char *why, struct bc_err *err)
{
    struct bc_event event = connect_event(run, BC_RETRACTED, run->now_us, (struct bc_str){ 0 });
    bc_status rc;

    event.id =
        connect_print(run, "%.*s" TOLD_TAKEN_BACK "%" PRId64, BC_STR_ARG(stood->as), run->now_us);
    event.deal = stood->deal;
    event.value[BC_RETRACTED_EVENT].text = stood->as;
    event.value[BC_RETRACTED_REASON].text = bc_str_of(why);
    rc = give(run, &event, err);
    if (rc != BC_OK)
        return rc < 0 ? rc : BC_OK;
    connect_note(run, &taken_back, stood->id);
    connect_known_take_back(run->known, stood->as);
    return BC_OK;
}

bc_status connect_take_back(struct connect_run *run, struct bc_str id, const char *why,
                            struct bc_err *err)
{
    struct connect_stood stood;

    if (run->delivered)
        return BC_OK;
    connect_untied_drop(&run->untied, id);
    return connect_known_stood(run->known, id, &stood) ? take_back(run, &stood, why, err) : BC_OK;
}

void connect_leave(struct connect_run *run, struct bc_str id)
{
    connect_known_leave(run->known, id, run->pass);
}

bc_status connect_told_all(struct connect_run *run, struct bc_str ref, uint64_t bodies,
                           const char *why, struct bc_err *err)
{
    const struct connect_object *object = connect_known_object(run->known, ref);
    struct connect_stood stood;
    size_t at = 0;
    bc_status rc = BC_OK;

    if (run->delivered)
        return BC_OK;
    connect_untied_told_all(&run->untied, ref, bodies);
    while (rc == BC_OK && object && connect_known_next(run->known, object, &at, &stood))
        if (stood.pass != run->pass && (bodies & connect_body_bit(stood.body)))
            rc = take_back(run, &stood, why, err);
    return rc;
}

/* ---- portions ---- */

static void next_pass(struct connect_run *run)
{
    run->untied.pass = ++run->pass;
}

bc_status connect_portion(struct connect_run *run, struct bc_err *err)
{
    bc_status rc = run->sink.portion(run->sink.payload, err);

    next_pass(run);
    bc_arena_reset(run->record);
    return rc;
}

/* The text of an event as it is kept, with a deal: some kinds are none without one. Which deal it
 * is says the tie. Freed by the caller; NULL: it cannot be read. */
static char *with_a_deal(const json_t *kept)
{
    const char *line = json_string_value(json_object_get(kept, "event"));
    json_t *event = line ? json_loads(line, 0, NULL) : NULL;
    char *text = NULL;

    if (event && json_object_set_new(event, "deal", json_string("?")) == 0)
        text = json_dumps(event, JSON_COMPACT);
    json_decref(event);
    return text;
}

static bc_status tell_one_kept(struct connect_run *run, event_reader *reader, const json_t *one,
                               struct bc_err *err)
{
    static const struct connect_kind unread = {
        "keptUnread", "event that was kept until its deal is known cannot be read by this version",
        "events that were kept until their deals are known cannot be read by this version"
    };
    char *text = with_a_deal(one);
    struct connect_clues clues;
    struct bc_event event;
    enum connect_tied tied;
    size_t column;
    bc_status rc = event_reader_read(reader, &event, &column, bc_str_of(text ? text : ""), err);

    if (rc < 0) { /* of a newer build: it stays */
        free(text);
        *err = (struct bc_err){ 0 };
        connect_note(run, &unread, (struct bc_str){ 0 });
        return BC_OK;
    }
    connect_untied_clues(&clues, one);
    rc = connect_tell_tied(run, &event, &clues, &tied, err);
    run->tied_later += rc == BC_OK && tied == CONNECT_TIED;
    free(text);
    return rc;
}

bc_status connect_tell_kept(struct connect_run *run, struct bc_err *err)
{
    json_t *kept = json_copy(run->untied.events); /* which changes on the way */
    event_reader *reader = event_reader_new();
    bc_status rc = BC_OK;
    const char *id;
    json_t *one;

    json_object_foreach(kept, id, one)
    {
        rc = rc == BC_OK ? tell_one_kept(run, reader, one, err) : rc;
    }
    event_reader_free(reader);
    json_decref(kept);
    next_pass(run);
    return rc;
}
