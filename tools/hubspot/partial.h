/* tools/hubspot/partial.h - what a batch asks for, and what an answer leaves open.
 *
 * An answer of status 207 is part of what was asked. It names what was not found, which is an
 * answer, and what HubSpot failed to read, which is not: that is asked again. */
#ifndef BC_TOOLS_HUBSPOT_PARTIAL_H
#define BC_TOOLS_HUBSPOT_PARTIAL_H

#include "tools/hubspot/run.h"

#define HUBSPOT_PART_TRIES 5 /* of one input; then it stays unread */

/* A record, or one page of its associations. */
struct hubspot_input {
    struct bc_str id, after; /* `after` empty: the first page */
};

/* What HubSpot failed to read of the inputs, into `rest`, which has room for all of them; their
 * number. Where each failure among the errors names its ids: the inputs named by one and not
 * answered. Where one names none: all that `root` neither answers nor says are not found. Without
 * a failure: 0, whatever is left out. */
size_t hubspot_partial_rest(struct hubspot_input *rest, const struct hubspot_input *inputs,
                            size_t n, const json_t *root);
/* As the body of a request has them. */
json_t *hubspot_partial_body(const struct hubspot_input *inputs, size_t n);

#endif
