/* tools/hubspot/index.h - what a ledger already holds of an account.
 *
 * Read from the events themselves, by their ids: so it is right after any crash, and in a copied
 * ledger, and includes what was retracted since. */
#ifndef BC_TOOLS_HUBSPOT_INDEX_H
#define BC_TOOLS_HUBSPOT_INDEX_H

#include "ledger/log/log.h"

#define HUBSPOT_SYSTEM "hubspot"

typedef struct hubspot_index hubspot_index;

/* A deal of the account, as its events show it. */
struct hubspot_index_deal {
    struct bc_str id;
    bool own;              /* the ledger has more of it than its merging */
    bool carried;          /* it came out of a merge; its values were recorded */
    bool gone;             /* archived, and not restored since */
    int64_t gone_us;       /* when; meaningful where gone */
    int64_t changed_us;    /* when a stage, property or loss was first set; INT64_MAX: never */
    struct bc_str company; /* as last seen */
};

/* The last value of `mrr` of a deal by date. */
struct hubspot_index_mrr {
    struct bc_str value; /* none: unset */
    struct bc_str id;    /* of its event; none: retracted, and what it is is not known */
    int64_t us;
};

/* The events of a log up to its head. */
bc_status hubspot_index_read(hubspot_index **out, bc_log *log, struct bc_err *err);
hubspot_index *hubspot_index_new(void);
void hubspot_index_free(hubspot_index *known); /* NULL is fine */
/* Adds one more event; those of other sources change nothing but a deal's `mrr`. */
void hubspot_index_add(hubspot_index *known, const struct bc_event *event);

size_t hubspot_index_deals(const hubspot_index *known);
/* By number or id; NULL where there is none. Lives until the next hubspot_index_add. */
const struct hubspot_index_deal *hubspot_index_deal_at(const hubspot_index *known, size_t i);
const struct hubspot_index_deal *hubspot_index_deal(const hubspot_index *known, struct bc_str id);
/* From whatever source, also before HubSpot's first event of the deal; NULL: it was never set.
 * Lives until the next hubspot_index_add. */
const struct hubspot_index_mrr *hubspot_index_mrr(const hubspot_index *known, struct bc_str deal);
/* Before the id of a call, where it is that of a meeting. */
#define HUBSPOT_CALL_ID "call/"
/* Is an object tied to the deal in some event? `what`: "meeting", "call", "email", "order", or
 * "opened", "replied" for an e-mail. */
bool hubspot_index_tie(const hubspot_index *known, const char *what, struct bc_str object,
                       struct bc_str deal);
/* An object of a deal, with the events about the two. */
struct hubspot_index_tie {
    const char *what; /* "meeting", "call", "email" (its opens and replies too), "order" */
    struct bc_str object, deal;
    size_t first; /* its first event, for hubspot_index_act_at */
};
/* One of them. It is retracted where `turns` is odd: so often it was, and that taken back. */
struct hubspot_index_act {
    struct bc_str id;
    unsigned turns;
    size_t next; /* 0: none */
};
size_t hubspot_index_ties(const hubspot_index *known);
/* Both live until the next hubspot_index_add of an event that is no retraction. */
const struct hubspot_index_tie *hubspot_index_tie_at(const hubspot_index *known, size_t i);
const struct hubspot_index_act *hubspot_index_act_at(const hubspot_index *known, size_t at);
/* Is the tie there, and were its events retracted? */
bool hubspot_index_untied(const hubspot_index *known, const char *what, struct bc_str object,
                          struct bc_str deal);
/* Is there any object of that kind? */
bool hubspot_index_any(const hubspot_index *known, const char *what);
/* Is an event with this id there? Only for ids of deals' stages, properties and losses. */
bool hubspot_index_change(const hubspot_index *known, struct bc_str id);

/* A change of stage or property or a loss, as it was last recorded. Where the account file has
 * since meant another stage, value or reason by it, the first version was retracted, and recorded
 * again as "<id>/as/<value>/<n>". */
struct hubspot_index_version {
    struct bc_str id, value; /* of the version that counts */
    unsigned later_n;        /* how many other versions followed the first */
    bool retracted;          /* by an import: none counts */
};
/* By the id of the first version, or "hubspot:deal/<id>/found/<property>" and the same with "tied",
 * of which the last value found counts; NULL: none. Lives until the next hubspot_index_add. */
const struct hubspot_index_version *hubspot_index_version(const hubspot_index *known,
                                                          struct bc_str id);
/* The stage, value or reason of such an event; none of another. Lives as long as the event. */
struct bc_str hubspot_index_value(const struct bc_event *event);

#endif
