/* tools/connect/draft_titles.h - patterns of titles, for `titles:` of an account file.
 *
 * A title that has a deal's name or id in it gives a pattern that is sure: "Hub for {name}". Of the
 * others those give one that begin and end alike; whether what differs is a deal's name, people
 * say. */
#ifndef BC_TOOLS_CONNECT_DRAFT_TITLES_H
#define BC_TOOLS_CONNECT_DRAFT_TITLES_H

#include "tools/connect/draft.h"

/* Different titles, each once; of more than there is room for the first ones. `{ 0 }` is empty. */
struct connect_titles {
    struct connect_offers seen;
    uint64_t more; /* that there was no room for */
};
void connect_titles_add(struct connect_titles *titles, struct bc_str title);
void connect_titles_release(struct connect_titles *titles);

/* Adds the patterns, with how many different titles fit each. Those that are sure are taken. */
void connect_titles_patterns(struct connect_offers *out, const struct connect_titles *titles,
                             const struct connect_run *run);
/* Does it fit one of those that are taken? */
bool connect_titles_fits(const struct connect_offers *patterns, struct bc_str title);

#endif
