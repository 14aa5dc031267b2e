/* tools/export/ocel_model.h - what a ledger's events are in an object-centric event log (OCEL 2.0):
 * the objects that they are about, and what they tell of them.
 *
 *   object type   its id           its attributes
 *   deal          deal:ID          id, stage, and each property by its name, when it was set
 *   member        member:COMPANY   id
 *   meeting       meeting:ID       id, startsAt, outcome, type, title, when they were told
 *   agreement     agreement:ID     id, state (sent, signed, declined), signer
 *   order         order:ID         id, configuratorUrl
 *   experiment    experiment:ID    id, and what was told when it was started and concluded
 *
 * An id begins with the type, since no two objects of a log have one id; `id` is without it, and
 * set at 1970-01-01, as what an object always was. A property named `id` or `stage`, or
 * one that begins with "property:", gets "property:" before its name. */
#ifndef BC_TOOLS_EXPORT_OCEL_MODEL_H
#define BC_TOOLS_EXPORT_OCEL_MODEL_H

#include "ledger/record/event.h"
#include "projections/rules/rules.h"

enum ocel_object {
    OCEL_DEAL,
    OCEL_MEMBER,
    OCEL_MEETING,
    OCEL_AGREEMENT,
    OCEL_ORDER,
    OCEL_EXPERIMENT,
    OCEL_OBJECT_N
};

struct ocel_column {
    struct bc_str name;
    const char *type; /* "string", "time", "boolean" */
};

/* An object that an event is about, and as what. */
struct ocel_relation {
    enum ocel_object type;
    struct bc_str id; /* without the type */
    const char *qualifier;
};
/* An object's attribute, from the event on. */
struct ocel_told {
    enum ocel_object type;
    struct bc_str id, name, value;
};
/* An event's own attribute. */
struct ocel_value {
    struct bc_str name, text;
};

/* What one event tells; kept from event to event for its memory. `{ 0 }` is empty. */
struct ocel_facts {
    struct ocel_relation *relations; /* the deal first, if the event has one */
    size_t relation_n, relation_cap;
    struct ocel_told *told;
    size_t told_n, told_cap;
    struct ocel_value *values;
    size_t value_n, value_cap;
    size_t lists;    /* of the event that are in none of these */
    bc_arena *arena; /* of texts that are no part of the event */
};
void ocel_facts_release(struct ocel_facts *facts);

const char *ocel_object_word(enum ocel_object type);
/* Puts an object's whole id in place of what `out` holds. */
void ocel_object_id(struct bc_buf *out, enum ocel_object type, struct bc_str id);
/* The attributes of an object's type, but for the properties of deals; at most OCEL_COLUMN_MAX. */
enum { OCEL_COLUMN_MAX = 32 };
size_t ocel_object_columns(struct ocel_column *out, enum ocel_object type);
/* Those of the events of a kind. */
size_t ocel_event_columns(struct ocel_column *out, enum bc_body body);

/* Replaces what `out` holds; views live as long as the event and the rules, and until the next
 * call. */
void ocel_facts_take(struct ocel_facts *out, const bc_rules *rules, const struct bc_event *event);

#endif
