/* tools/hubspot/read.h - HubSpot's ways of reading records, as requests to be queued; http_run then
 * gets the answers. The arguments must live until then. */
#ifndef BC_TOOLS_HUBSPOT_READ_H
#define BC_TOOLS_HUBSPOT_READ_H

#include "tools/hubspot/run.h"

/* Receives one whole record; a portion ends after a page or batch of them (hubspot_portion). A
 * negative return ends the run. */
typedef bc_status hubspot_record_fn(void *payload, const json_t *record, struct bc_err *err);

#define HUBSPOT_PAGE         100  /* records of one page */
#define HUBSPOT_PAGE_HISTORY 50   /* the same, with their history */
#define HUBSPOT_QUERY_MAX    2000 /* bytes of property names that fit into an address */

/* Which records, and what of them. */
struct hubspot_want {
    const char *type;       /* "deals" */
    const char *properties; /* comma-separated */
    const char *history;    /* the same, of those whose history is wanted; NULL: none */
    bool archived;
    hubspot_record_fn *take;
    /* Called with a record of a batch that HubSpot refuses, or fails to read, after
     * HUBSPOT_PART_TRIES. */
    void (*unread)(void *payload, struct bc_str id);
    void *payload;
};

/* All records, page by page. */
void hubspot_list(struct hubspot_run *run, const struct hubspot_want *want);
/* The records of `ids`, as many in a request as HubSpot accepts. Missing ones are skipped; those
 * that HubSpot fails to read are asked for again. */
void hubspot_batch(struct hubspot_run *run, const struct hubspot_want *want,
                   const bc_string_table *ids);

/* Ids of the records changed at or after an instant, by HubSpot's clock, into `ids`; the latest
 * change into *seen_us if it is later. Goes on past the 10,000 that a search gives, and through a
 * millisecond with more than that. Where HubSpot refuses it, that is noted and *refused set;
 * `refused` NULL: then the run ends. */
void hubspot_search(struct hubspot_run *run, const char *type, int64_t from_us,
                    bc_string_table *ids, int64_t *seen_us, bool *refused);

/* Calls `take` for each object of `to` (a type) that a deal of `ids` is tied to, with the
 * `associationTypes` of the tie. The deals whose list HubSpot refuses or fails to give go into
 * `unread`. */
typedef bc_status hubspot_tie_fn(void *payload, struct bc_str deal, struct bc_str object,
                                 const json_t *types, struct bc_err *err);
void hubspot_ties(struct hubspot_run *run, const char *to, const bc_string_table *ids,
                  hubspot_tie_fn *take, void *payload, bc_string_table *unread);
/* Is it the one that HubSpot holds to be the main one, of the companies of a deal? */
bool hubspot_tie_is_primary(const json_t *types);

/* The list under `results`; BC_E_REMOTE: there is none. */
bc_status hubspot_results(const json_t **out, const json_t *root, struct bc_err *err);

#endif
