/* tools/show/off_kind.h - for insiders: what may be off in a review, kind by kind. */
#ifndef BC_TOOLS_SHOW_OFF_KIND_H
#define BC_TOOLS_SHOW_OFF_KIND_H

#include "tools/show/review.h"

/* How bad; FINE: it is not off. */
enum off_state { OFF_STATE_OFF, OFF_STATE_RISK, OFF_STATE_KNOW, OFF_STATE_FINE };

/* What is said of it on a page, beside its deal: in a few words, how much, and why; each may be
 * empty. */
struct off_said {
    struct bc_buf what, much, why;
};

struct off_kind {
    const char *what;
    const char *all; /* where all of them stand, for people: "see Closed"; NULL: one tells it all */
    size_t (*n)(const struct review_shown *shown); /* how many may be */
    /* Of the i-th of them: how bad it is, its cells, and a sentence. */
    enum off_state (*state)(const struct review_shown *shown, size_t i);
    void (*cells)(struct row *row, const struct review_shown *shown, size_t i);
    void (*tell)(struct bc_buf *out, const struct review_shown *shown, size_t i);
    void (*say)(struct off_said *said, const struct review_shown *shown, size_t i);
    const char *place; /* the section of the page that has more of it; NULL: none has */
};

extern const struct off_kind off_kind_red_line, off_kind_breach, off_kind_renewal, off_kind_differs,
    off_kind_action, off_kind_stalled, off_kind_closed, off_kind_handoff, off_kind_running,
    off_kind_late, off_kind_old_breaches;

enum { OFF_TOLD = 5 }; /* so many of a kind are told to people */

/* Of what is off as a whole, the count. */
size_t off_kind_one(const struct review_shown *shown);

#endif
