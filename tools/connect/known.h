/* tools/connect/known.h - what a ledger has already: its deals, by the names under which other
 * systems may mean them, and the events that one system told.
 *
 * Read from the events themselves: so it is right after any crash, and in a copied ledger. */
#ifndef BC_TOOLS_CONNECT_KNOWN_H
#define BC_TOOLS_CONNECT_KNOWN_H

#include "ledger/log/log.h"
#include "ledger/record/merkle.h"
#include "projections/facts/string_table.h"

/* The number of a text in a table, from 1; 0: it is not there, or empty. */
static inline uint32_t connect_number(const bc_string_table *table, struct bc_str text)
{
    const uint32_t word = text.len ? bc_string_table_find(table, text) : BC_WORD_NONE;

    return word == BC_WORD_NONE ? 0 : word;
}

typedef struct connect_known connect_known;

/* An object of the system, as its events show it. */
struct connect_object {
    struct bc_str ref;     /* "issue/3001": source.ref of its events */
    struct bc_str deal;    /* of the last one that stands; or empty */
    struct bc_str address; /* that the last event with an issueUrl gives; or empty */
    uint64_t bodies;       /* a bit a body of which an event stands: connect_body_bit */
};
static inline uint64_t connect_body_bit(enum bc_body body)
{
    return UINT64_C(1) << (body - BC_DEAL_CREATED);
}

/* By what a deal may be meant. */
enum connect_by {
    CONNECT_BY_PROPERTY, /* the value of one of its properties that `properties` names */
    CONNECT_BY_URL,      /* of the configurator of one of its orders */
    CONNECT_BY_NAME,     /* what it is called; where none is called so, what it was called */
    CONNECT_BY_N
};

/* The events of a log up to its head. `system` is that of the objects; `properties` are names of
 * properties of deals, for CONNECT_BY_PROPERTY. Both are borrowed. */
bc_status connect_known_read(connect_known **out, bc_log *log, struct bc_str system,
                             const struct bc_str *properties, size_t property_n,
                             struct bc_err *err);
void connect_known_free(connect_known *known); /* NULL is fine */

bool connect_known_deal(const connect_known *known, struct bc_str deal);
/* The deals that have it, each once, in the order of the log; how many there are. *out is NULL
 * where there is none, and lives as long as `known`. */
size_t connect_known_deals_by(const connect_known *known, enum connect_by by, struct bc_str text,
                              const struct bc_str **out);

/* Does, or did, any deal have that property? Of those that were asked for. */
bool connect_known_property(const connect_known *known, struct bc_str property);

/* An event that stands. */
struct connect_stood {
    struct bc_str id; /* as it was first told, without "/as/..." */
    struct bc_str as; /* as it stands */
    struct bc_str deal;
    enum bc_body body;
    int64_t occurred_us;
    unsigned pass; /* in which a run told it last; 0: none did since the log was read */
};

/* Does it, or what was told in its place ("<id>/as/..."), stand? */
bool connect_known_stands(const connect_known *known, struct bc_str id);
/* The id of the one that does; empty where none does. Lives as long as `known`. */
struct bc_str connect_known_standing(const connect_known *known, struct bc_str id);

/* All of it. False: none does. */
bool connect_known_stood(const connect_known *known, struct bc_str id, struct connect_stood *out);

/* When the last one of that id happened. False: there is none, or it was found to be none. */
bool connect_known_when(const connect_known *known, struct bc_str id, int64_t *us);

size_t connect_known_objects(const connect_known *known);
const struct connect_object *connect_known_object_at(const connect_known *known, size_t i);
/* NULL: there is none. */
const struct connect_object *connect_known_object(const connect_known *known, struct bc_str ref);

/* The place from 0 on of an object whose ref begins with those two parts, "enrolment/1200" of
 * "enrolment/1200/77"; *at is 0 for the first one. False: there is none any more. */
bool connect_known_below(const connect_known *known, struct bc_str two_parts, size_t *at,
                         size_t *out);

/* The events of an object that stand, in the order of the log; *at is 0 for the first one. False:
 * there is none any more. */
bool connect_known_next(const connect_known *known, const struct connect_object *object, size_t *at,
                        struct connect_stood *out);

/* ---- what a run does ---- */

/* It has told an event, in its `pass`-th pass: all answers are up to date with it. Pointers to
 * objects are good no more. */
void connect_known_tell(connect_known *known, const struct bc_event *event, unsigned pass);
/* It leaves what stands under that id as it is. */
void connect_known_leave(connect_known *known, struct bc_str id, unsigned pass);
/* It has taken back what stood under that id (connect_known_standing). */
void connect_known_take_back(connect_known *known, struct bc_str as);

/* What is kept of an address that may name a deal: "sha256:...". It names the same deals. */
#define CONNECT_URL_DIGEST_LEN (sizeof("sha256:") - 1 + BC_HASH_TEXT_LEN)
void connect_url_digest(char out[CONNECT_URL_DIGEST_LEN], struct bc_str url);

#endif
