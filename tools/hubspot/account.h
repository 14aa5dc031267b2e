/* tools/hubspot/account.h - what is particular to one HubSpot account, as a YAML file.
 *
 *   base_url: https://api.hubapi.com   # one of HubSpot's own hosts: the token goes there
 *   api: numbered                      # or a dated version, "2026-03": moves every address
 *   urls: { owners: /crm/v3/owners }   # one family's own address, before `api`
 *   timezone: America/Phoenix          # by which times are days; left out: as HubSpot says
 *   pipelines: [default]               # those whose deals are read; left out: all of them
 *   stages: { "111": outreach }        # HubSpot's stage id: ours; others are taken as they are
 *   properties: { contract_start: start_date, ... }   # ours: HubSpot's name
 *   deal_types: { New Logo: newbusiness }   # HubSpot's value: a deal type of the rules
 *   meeting_types: { Discovery call: discovery }
 *   calls: meetings                    # calls count as meetings; left out: they are not read
 *   call_outcomes: { f240bbac-87c9-4f6e-bf70-924b57d47db7: completed }   # a meeting's outcome
 *   loss_reason: closed_lost_reason    # a property; and what its values mean
 *   loss_reasons: { Too expensive: price }
 *   email_campaign: hs_template_id     # the property of an e-mail that names its campaign
 *   renews_label: Renews               # of an association: this deal renews the other
 *   order_url: configurator_url        # the property of an order that holds its configuration
 *   observed_sources: [IMPORT, MIGRATION]   # a first stage from these was observed, not entered
 *   read: [meetings, emails, companies, orders]
 *
 * Every key may be left out; hubspot_account_print writes all of them. */
#ifndef BC_TOOLS_HUBSPOT_ACCOUNT_H
#define BC_TOOLS_HUBSPOT_ACCOUNT_H

#include "ledger/base/err.h"
#include "ledger/base/instant.h"
#include "ledger/base/mem.h"
#include "ledger/record/merkle.h"

#define HUBSPOT_DOMAIN "hubapi.com" /* all of HubSpot's hosts are below it */

/* The families of addresses. */
enum hubspot_family {
    HUBSPOT_OBJECTS,   /* {type} */
    HUBSPOT_PIPELINES, /* {type} */
    HUBSPOT_OWNERS,
    HUBSPOT_PROPERTIES,   /* {type} */
    HUBSPOT_ASSOCIATIONS, /* {from} {to} */
    HUBSPOT_LABELS,       /* {from} {to} */
    HUBSPOT_DETAILS,      /* the account itself */
    HUBSPOT_FAMILY_N
};

/* Objects beside the deals. */
enum hubspot_kind {
    HUBSPOT_MEETINGS,
    HUBSPOT_EMAILS,
    HUBSPOT_COMPANIES,
    HUBSPOT_ORDERS,
    HUBSPOT_CALLS, /* by a key of their own: calls count for nothing by themselves */
    HUBSPOT_KIND_N
};
extern const char *const hubspot_kind_name[HUBSPOT_KIND_N]; /* "meetings", ... */

/* The outcomes of calls that every account has. */
#define HUBSPOT_CALL_OUTCOME_N 6
struct hubspot_call_outcome {
    const char *id, *label, *outcome; /* a meeting's outcome: who was not spoken to was not met */
};
extern const struct hubspot_call_outcome hubspot_call_outcome[HUBSPOT_CALL_OUTCOME_N];

struct hubspot_pair {
    struct bc_str from, to; /* each ends with a NUL that is not counted */
};
struct hubspot_map {
    struct hubspot_pair *pairs;
    size_t n;
};

/* All texts live as long as the account. */
struct hubspot_account {
    const char *base_url;
    const char *api;
    const char *urls[HUBSPOT_FAMILY_N]; /* templates; NULL: as `api` says */
    bc_zone *zone;                      /* owned; NULL: as HubSpot says */
    struct hubspot_map stages, deal_types, meeting_types, call_outcomes, loss_reasons;
    struct hubspot_map properties;                        /* HubSpot's name -> ours */
    const char *loss_reason, *email_campaign, *order_url; /* NULL: none */
    const char *renews_label; /* a label of associations between deals, or its number; NULL: none */
    const struct bc_str *pipelines; /* ids of those that are read */
    size_t pipeline_n;              /* 0: all */
    const struct bc_str *observed_sources;
    size_t observed_source_n;
    bool read[HUBSPOT_KIND_N];
    struct bc_hash hash; /* of the file's contents */
    bc_arena *arena;
};

/* The defaults of any HubSpot account: no stage mapped, standard properties. */
struct hubspot_account *hubspot_account_new(void);
/* From a file's text. `base_url` (borrowed), unless NULL, is used as given instead of the file's;
 * without it the file's must be HubSpot's own, since whoever may write the file must not thereby
 * decide where the token goes. BC_E_INPUT: *err names line and column. */
bc_status hubspot_account_parse(struct hubspot_account **out, struct bc_str text, const char *path,
                                const char *base_url, struct bc_err *err);
bc_status hubspot_account_read(struct hubspot_account **out, const char *path, const char *base_url,
                               struct bc_err *err);
void hubspot_account_free(struct hubspot_account *account); /* NULL is fine */

/* What `from` is mapped to, else `from` itself. */
struct bc_str hubspot_map_word(const struct hubspot_map *map, struct bc_str from);
/* What is mapped to `to`; none where nothing is. */
struct bc_str hubspot_map_key(const struct hubspot_map *map, struct bc_str to);
/* The pair of `from`, or NULL. */
const struct hubspot_pair *hubspot_map_find(const struct hubspot_map *map, struct bc_str from);
/* Adds a pair, copied into the account. */
void hubspot_map_add(struct hubspot_account *account, struct hubspot_map *map, struct bc_str from,
                     struct bc_str to);

/* Adds the path of a family, `{type}` or `{from}` and `{to}` filled in and escaped. `to` may be
 * NULL where the family has none. */
void hubspot_account_path(const struct hubspot_account *account, struct bc_buf *path,
                          enum hubspot_family family, const char *type, const char *to);

#endif
