/* tools/connect/ties.h - to which deal an object of another system belongs.
 *
 * A file, links.yaml, says it where nothing else does, and wins over all else:
 *
 *   links:                                  # an object, or its address: a deal
 *     "github:issue/3001": "900100"
 *     "https://github.com/o/r/issues/57": "900101"
 *     "asana:task/1200": ~                  # of no deal: left out
 *   properties:                             # of deals, that hold an object's id or address
 *     github: handoff_issue
 *     asana: [asana_task, asana_url]
 *
 * Then, in this order: such a property; a deal that the object itself names (metadata, a field, the
 * link of a record of HubSpot in its text); the address of an order's configurator in its text; the
 * deal's name (where none is called so now, one that it had), where a pattern finds it in the
 * title. What one of these says is taken, if it is one deal and the ledger has it. */
#ifndef BC_TOOLS_CONNECT_TIES_H
#define BC_TOOLS_CONNECT_TIES_H

#include "projections/yaml/fields.h"
#include "tools/connect/known.h"

/* What links.yaml says. */
struct connect_links {
    bc_string_table *objects;   /* that are linked */
    const struct bc_str *deals; /* of each, by its number - 1; empty: of none */
    const struct connect_property {
        struct bc_str system, property;
    } * properties;
    size_t property_n;
    struct bc_hash hash; /* of the file's contents */
    bc_arena *arena;
};

/* `path` NULL: none. BC_E_INPUT: there is no such file, or a fault in it. */
bc_status connect_links_read(struct connect_links *out, const char *path, struct bc_err *err);
void connect_links_release(struct connect_links *links);
/* The properties of a system, in `arena`. */
size_t connect_links_properties(const struct connect_links *links, struct bc_str system,
                                const struct bc_str **out, bc_arena *arena);

/* What may say of which deal an object is. */
enum connect_clue_kind {
    CONNECT_OBJECT, /* a name or address of the object: "issue/3001" (its ref), "o/r#57" */
    CONNECT_DEAL,   /* the id of a deal */
    CONNECT_URL,    /* in its text */
    CONNECT_NAME,   /* of a deal */
    CONNECT_CLUE_KIND_N
};
extern const char *const connect_clue_word[CONNECT_CLUE_KIND_N];

enum { CONNECT_CLUES_MAX = 24 };
struct connect_clues {
    struct connect_clue {
        enum connect_clue_kind kind;
        struct bc_str text;
    } at[CONNECT_CLUES_MAX];
    size_t n;
    size_t dropped; /* that were too many: other addresses in a text before all else */
};

/* Each adds a clue, unless it is empty, there already, or there are too many. Texts are borrowed.
 */
void connect_clue(struct connect_clues *clues, enum connect_clue_kind kind, struct bc_str text);
/* The records of HubSpot's deals that a text links to, and other addresses in it. */
void connect_clue_text(struct connect_clues *clues, struct bc_str text);
/* What stands for "{deal}" or "{name}" of a pattern, "GM agreement {name}", where the title fits it
 * whole. */
void connect_clue_title(struct connect_clues *clues, struct bc_str title, struct bc_str pattern);

enum connect_tied {
    CONNECT_TIED,
    CONNECT_LEFT_OUT,  /* of no deal, by links.yaml */
    CONNECT_NO_CLUE,   /* nothing says of which deal it is */
    CONNECT_NOT_THERE, /* of a deal that the ledger has not */
    CONNECT_SEVERAL,   /* of more than one */
    CONNECT_TIED_N
};
/* For people: "nothing names its deal". */
extern const char *const connect_tied_text[CONNECT_TIED_N];
/* In JSON: "no_clue". */
extern const char *const connect_tied_word[CONNECT_TIED_N];

/* Is that deal among those which the step that decides names? */
bool connect_names(struct bc_str deal, const struct connect_links *links,
                   const connect_known *known, struct bc_str system,
                   const struct connect_clues *clues);
/* *deal is its deal; of CONNECT_NOT_THERE and CONNECT_SEVERAL the first that is named. Lives as
 * long as all that was given. */
enum connect_tied connect_tie(struct bc_str *deal, const struct connect_links *links,
                              const connect_known *known, struct bc_str system,
                              const struct connect_clues *clues);

#endif
