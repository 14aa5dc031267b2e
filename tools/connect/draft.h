/* tools/connect/draft.h - a first account file, of what a service has: each thing that a key may
 * name is offered, with how often it is there. What is taken stands as it is read; the rest stands
 * as comments, so that people say what it is. */
#ifndef BC_TOOLS_CONNECT_DRAFT_H
#define BC_TOOLS_CONNECT_DRAFT_H

#include "tools/connect/run.h"

/* A word that a name has in it, and what it probably means; the last one is { NULL, NULL }. */
struct connect_guess {
    const char *in, *means;
};
/* By the first that fits; NULL: none does. */
const char *connect_guess_of(const struct connect_guess *guesses, struct bc_str name);

/* Things that were found, each once. `{ 0 }` is empty. */
struct connect_offers {
    bc_string_table *texts;
    struct connect_offer {
        struct bc_str text;
        struct bc_str called; /* what it is for people, where the text is an id; or empty */
        uint64_t n;           /* so often it is there */
        uint64_t deals;       /* of these with a deal of the ledger */
        bool taken;
    } * at;
    size_t n, cap;
};
/* The offer of a text, which is not empty: it is new, with n == 0, or there. It lives until the
 * next call, its text as long as `offers`. */
struct connect_offer *connect_offer(struct connect_offers *offers, struct bc_str text);
void connect_offers_release(struct connect_offers *offers);
size_t connect_offers_taken(const struct connect_offers *offers);

/* How one of a list is said: "issue", "issues". */
struct connect_unit {
    const char *one, *many;
};
/* A key and its list, the most frequent first, each with how often it is there; where nothing is
 * taken the key is a comment, too. `in` is how far the key is indented. What cannot be in such a
 * file, or is longer than its texts may be, is counted in a comment. */
void connect_draft_list(struct bc_buf *file, unsigned in, const char *key,
                        struct connect_offers *offers, struct connect_unit unit);
/* A comment of its own: "# Labels of issues." */
void connect_draft_say(struct bc_buf *file, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A name of the service's after a line, as a comment; ends the line. */
void connect_draft_name(struct bc_buf *file, struct bc_str name);

/* Does the ledger have the deal? Where there is no ledger, it has none. */
bool connect_draft_is_deal(const struct connect_run *run, struct bc_str id);

#endif
