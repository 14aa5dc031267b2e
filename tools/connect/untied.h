/* tools/connect/untied.h - events of which no deal is known: kept beside the log, told once a link
 * says whose they are, and listed until then. */
#ifndef BC_TOOLS_CONNECT_UNTIED_H
#define BC_TOOLS_CONNECT_UNTIED_H

#include "ledger/log/meta.h"
#include "tools/connect/ties.h"

#include <jansson.h>

/* Each is kept as JSON:
 *   {"event": {...}, "body": "handoffOpened", "ref": "issue/3001", "why": "not_there", "deal":
 * "77", "clues": [["object", "issue/3001"], ["url", "sha256:..."]]} */
struct connect_untied {
    json_t *events; /* an object by the event's id; owned */
    json_t *passes; /* by ref, of each event by its id: in which pass it was kept, or 0 */
    unsigned pass;  /* of the run */
    bool changed;   /* since it was read */
};

/* Of the source of that name, as the last run left it; nothing where there is none. */
bc_status connect_untied_load(struct connect_untied *out, bc_log *log, struct bc_str source,
                              struct bc_err *err);
/* The same of a value as it is stored. */
void connect_untied_parse(struct connect_untied *out, struct bc_str value);
void connect_untied_release(struct connect_untied *untied);
/* Adds it to the append, so that it is committed with the events. */
void connect_untied_put(struct connect_untied *untied, bc_append *append, struct bc_str source);

/* Keeps an event, in the place of one with its id. `deal` is what its clues named, or empty. */
void connect_untied_add(struct connect_untied *untied, const struct bc_event *event,
                        enum connect_tied why, struct bc_str deal,
                        const struct connect_clues *clues);
/* It is told now. */
void connect_untied_drop(struct connect_untied *untied, struct bc_str id);
/* Drops those of an object, of these bodies, that were not kept in this pass. */
void connect_untied_told_all(struct connect_untied *untied, struct bc_str ref, uint64_t bodies);

/* Is anything kept of an object of that name, or whose name begins with it and a slash? */
bool connect_untied_below(const struct connect_untied *untied, struct bc_str ref);

/* When a kept event happened. False: it is not kept. */
bool connect_untied_when(const struct connect_untied *untied, struct bc_str id, int64_t *us);

/* The clues of one of them, which live as long as it. */
void connect_untied_clues(struct connect_clues *out, const json_t *one);

/* For lists: objects that are tied to no deal, each with what is known of it. All texts are
 * borrowed from `untied`. */
struct connect_loose {
    struct bc_str object, address; /* "issue/3001"; "https://...", or empty */
    struct bc_str since;           /* when the first of its events happened, as JSON has it */
    struct bc_str deal;            /* that is named; or empty */
    enum connect_tied why;
    uint64_t events;
};
/* In byte order; the caller frees *out. */
size_t connect_untied_list(struct connect_loose **out, const struct connect_untied *untied);

#endif
