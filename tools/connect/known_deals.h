/* tools/connect/known_deals.h - known.h's part: the deals of a ledger, and by what each is meant.
 */
#ifndef BC_TOOLS_CONNECT_KNOWN_DEALS_H
#define BC_TOOLS_CONNECT_KNOWN_DEALS_H

#include "tools/connect/known.h"

/* What deals have at the moment, under some text. */
struct known_meant {
    struct bc_str *deals;
    size_t n, cap;
};
struct known_meanings {
    bc_string_table *texts;
    struct known_meant *at; /* by word - 1 */
    size_t n, cap;
};

struct known_deals {
    const struct bc_str *properties; /* of CONNECT_BY_PROPERTY */
    size_t property_n;
    bool *had; /* of each: does a deal have it? */
    bc_string_table *all;
    struct known_meanings by[CONNECT_BY_N];
    struct known_meanings former; /* names that deals had */
    bc_string_table *held_keys;   /* "DEAL<NUL>PROPERTY": its value in `held`, by word - 1 */
    struct bc_str *held;
    size_t held_n, held_cap;
    bc_arena *arena;
};

/* `arena` and `properties` are borrowed. */
void known_deals_init(struct known_deals *out, bc_arena *arena, const struct bc_str *properties,
                      size_t property_n);
void known_deals_release(struct known_deals *deals);

/* An event of the log, in its order, of whatever system. */
void known_deals_see(struct known_deals *deals, const struct bc_event *event);
/* connect_known_deals_by */
size_t known_deals_by(const struct known_deals *deals, enum connect_by by, struct bc_str text,
                      const struct bc_str **out);

#endif
