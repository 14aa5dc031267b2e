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
    bc_string_table *objects; /* that are linked: what comes before a colon has '_' for '-' */
    bc_string_table *folded;  /* the same in small letters; */
    uint32_t *exact;          /* of each, by its number - 1, the number in `objects` */
    struct connect_link {
        struct bc_str deal; /* empty: of none */
        size_t at;          /* of its key in the file */
        bool met;           /* by an object, so far */
    } * at;                 /* by its number - 1 */
    size_t n;
    const struct connect_property {
        struct bc_str system, property;
    } * properties;
    size_t property_n;
    struct bc_hash hash;          /* of the file's contents */
    struct bc_yaml_source source; /* the file */
    bc_arena *arena;
};

/* `path` NULL: none. BC_E_INPUT: there is no such file, or a fault in it. */
bc_status connect_links_read(struct connect_links *out, const char *path, struct bc_err *err);
void connect_links_release(struct connect_links *links);
/* What links.yaml says of an object, by its name (with its system before it: "github:issue/3001";
 * or without) or address. Where it has none that is spelt so, capitals do not matter. NULL:
 * nothing. */
struct connect_link *connect_links_find(const struct connect_links *links, struct bc_str object);
/* Adds the line of links.yaml that links an object of a source ("dropbox-sign/team"), to be filled
 * in: `  "dropbox_sign:request/r1": "DEAL"  # ADDRESS`. */
void connect_links_line(struct bc_buf *out, struct bc_str source, struct bc_str object,
                        struct bc_str address);
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
