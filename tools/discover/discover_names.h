/* tools/discover/discover_names.h - what the name of a column says that it is.
 *
 * Names are those that exports of HubSpot, Salesforce and Pipedrive have, and people's own, in
 * English, German, French, Spanish, Italian, Portuguese and Dutch; letters' case, accents and what
 * stands between words make no difference. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_NAMES_H
#define BC_TOOLS_DISCOVER_DISCOVER_NAMES_H

#include "ledger/base/mem.h"
#include "projections/rules/rules.h"

enum discover_role {
    DISCOVER_NONE,
    DISCOVER_DEAL,     /* its id */
    DISCOVER_NAME,     /* what people call it */
    DISCOVER_STAGE,    /* now, or after a change */
    DISCOVER_STATUS,   /* open, won or lost, beside a stage */
    DISCOVER_FROM,     /* the stage before a change */
    DISCOVER_SINCE,    /* when the deal came into its stage */
    DISCOVER_CHANGED,  /* when what the row says happened */
    DISCOVER_MODIFIED, /* when anything about the deal changed last, or the row's change */
    DISCOVER_CREATED,  /* when the deal began */
    DISCOVER_CLOSED,   /* when it was won or lost, or is expected to be */
    DISCOVER_ENTERED,  /* when it came into the stage that the name says */
    DISCOVER_ACTOR,    /* who changed it */
    DISCOVER_FIELD,    /* of a log of changes: what was changed, */
    DISCOVER_VALUE,    /* and into what */
    DISCOVER_REASON,   /* why it was lost */
    DISCOVER_PROPERTY,
    DISCOVER_ROLES
};

struct discover_named {
    enum discover_role role;
    const char *property; /* of a property: its name in the ledger; "deal_name" also for a deal that
                             may be a name and no id */
    unsigned rank;        /* of several columns of one role, the lowest is meant */
    int stage;            /* DISCOVER_ENTERED: of the rules, or BC_NO_STAGE where it is none */
    bool like;            /* which the name only looks like */
};

/* What a name says; DISCOVER_NONE: nothing. */
struct discover_named discover_name(const bc_rules *rules, struct bc_str name);

#endif
