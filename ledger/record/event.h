/* ledger/record/event.h - an event in memory, and the schema of its bodies.
 *
 * An event is a view: its texts point into bytes that somebody else owns (a stored record, a line
 * of input), for as long as those live. Body fields are reached by their number in the schema
 * (proto/, the one place where bodies and fields are defined). */
#ifndef BC_LEDGER_RECORD_EVENT_H
#define BC_LEDGER_RECORD_EVENT_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"
#include "ledger/base/str.h"

#include <stdint.h>

/* Numbers of the bodies in the envelope; the schema is checked against them on first use. */
enum bc_body {
    BC_NO_BODY = 0, /* none that this build knows */
    BC_DEAL_CREATED = 16,
    BC_STAGE_CHANGED,
    BC_PROPERTY_CHANGED,
    BC_DEAL_DELETED,
    BC_DEAL_RESTORED,
    BC_DEAL_MERGED,
    BC_LEAD_CAPTURED,
    BC_QUALIFICATION_RECORDED,
    BC_MEETING_LOGGED,
    BC_OUTREACH_ATTEMPTED,
    BC_EMAIL_SENT,
    BC_EMAIL_OPENED,
    BC_EMAIL_REPLIED,
    BC_EXPERIMENT_STARTED,
    BC_EXPERIMENT_CONCLUDED,
    BC_DEAL_ENROLLED,
    BC_ICP_PUBLISHED,
    BC_PLAYBOOK_PUBLISHED,
    BC_PRICING_REQUESTED,
    BC_LOSS_RECORDED,
    BC_LEARNING_RECORDED,
    BC_ARTIFACT_LINKED,
    BC_AGREEMENT_SENT,
    BC_AGREEMENT_SIGNED,
    BC_AGREEMENT_DECLINED,
    BC_ORDER_PLACED,
    BC_HANDOFF_OPENED,
    BC_HANDOFF_ACCEPTED,
    BC_SERVICE_STARTED,
    BC_SERVICE_ENDED,
    BC_HEALTH_RECORDED,
    BC_RENEWAL_INTENT_RECORDED,
    BC_REVIEW_HELD,
    BC_PIVOT_DECIDED,
    BC_REPORT_ISSUED,
    BC_RULES_PUBLISHED,
    BC_RETRACTED,
    BC_ACTION_DECIDED,
    BC_ACTION_CLOSED,
    BC_ORDER_STARTED,
    BC_ROLE_ASSIGNED,
    BC_BODY_END, /* one past the last */
};

/* Numbers of the body fields that code reads by name. */
enum {
    BC_DEAL_CREATED_NAME = 1,
    BC_DEAL_CREATED_STAGE = 3,
    BC_DEAL_CREATED_DEAL_TYPE = 4,
    BC_DEAL_CREATED_OWNER = 5,
    BC_DEAL_CREATED_OBSERVED = 6,
    BC_STAGE_CHANGED_TO = 1,
    BC_STAGE_CHANGED_FROM = 2,
    BC_STAGE_CHANGED_OBSERVED = 3,
    BC_PROPERTY_CHANGED_NAME = 1,
    BC_PROPERTY_CHANGED_VALUE = 2,
    BC_DEAL_DELETED_REASON = 1,
    BC_DEAL_RESTORED_REASON = 1,
    BC_DEAL_MERGED_INTO = 1,
    BC_MEETING_LOGGED_MEETING = 1,
    BC_MEETING_LOGGED_STARTS_AT = 2,
    BC_MEETING_LOGGED_OUTCOME = 3,
    BC_MEETING_LOGGED_TYPE = 4,
    BC_EMAIL_SENT_EMAIL = 1,
    BC_EMAIL_SENT_CAMPAIGN = 2,
    BC_EMAIL_OPENED_EMAIL = 1,
    BC_EMAIL_OPENED_COUNTED = 2,
    BC_EMAIL_REPLIED_EMAIL = 1,
    BC_EMAIL_REPLIED_COUNTED = 2,
    BC_LOSS_RECORDED_REASON = 1,
    BC_LOSS_RECORDED_NOTE = 2,
    BC_LOSS_RECORDED_REENGAGE_AFTER = 3,
    BC_ORDER_PLACED_ORDER = 1,
    BC_ORDER_PLACED_CONFIGURATOR_URL = 2,
    BC_PIVOT_DECIDED_RED_LINE = 1,
    BC_PIVOT_DECIDED_DECISION = 2,
    BC_PIVOT_DECIDED_STAY = 3,
    BC_REVIEW_HELD_EXPERIMENTS = 2,
    BC_REPORT_ISSUED_NAME = 1,
    BC_REPORT_ISSUED_BASIS = 2,
    BC_REPORT_ISSUED_VALUES = 3,
    BC_REPORT_ISSUED_PAGE = 4,
    BC_RULES_PUBLISHED_VERSION = 1,
    BC_RULES_PUBLISHED_EFFECTIVE_FROM = 2,
    BC_RULES_PUBLISHED_TEXT = 3,
    BC_RETRACTED_EVENT = 1,
    BC_RETRACTED_REASON = 2,
};

#ifndef BC_FIELD_MAX
#define BC_FIELD_MAX 15 /* field numbers of a body are 1 to BC_FIELD_MAX: one byte of tag each */
#endif
#define BC_ID_MAX    512
#define BC_DEAL_MAX  256
#define BC_EVENT_MAX (16 << 20) /* bytes of one event, encoded */

enum bc_type { BC_TEXT, BC_BOOL, BC_TIME, BC_DAY, BC_LIST };

struct bc_field {
    const char *name;      /* "starts_at" */
    const char *json_name; /* "startsAt" */
    size_t json_len;       /* bytes of it */
    enum bc_type type;
    bool required;
};

struct bc_schema {
    const char *name;                        /* "meeting_logged" */
    const char *json_name;                   /* "meetingLogged" */
    size_t json_len;                         /* bytes of it */
    bool needs_deal;                         /* is bad input without a deal */
    unsigned field_end;                      /* one past the last field's number */
    struct bc_field field[BC_FIELD_MAX + 1]; /* by number; .name is NULL where there is none */
};

/* The schema of a body, for BC_DEAL_CREATED <= body < BC_BODY_END. */
const struct bc_schema *bc_schema(enum bc_body body);
/* The body of a JSON name ("stageChanged"), or BC_NO_BODY. */
enum bc_body bc_body_of(struct bc_str json_name);
/* The field of a JSON name within a body, or 0. */
unsigned bc_field_of(enum bc_body body, struct bc_str json_name);
/* Whether values of this property are civil dates ("contract_start", ...) or amounts of money
 * ("mrr", ...), as decimal text. */
bool bc_property_is_day(struct bc_str name);
bool bc_property_is_amount(struct bc_str name);

/* One field's value; the schema says which member counts. Absent: all zero. */
struct bc_value {
    struct bc_str text;         /* BC_TEXT, BC_DAY; absent: len 0 */
    bool yes;                   /* BC_BOOL; absent: false */
    bool set;                   /* BC_TIME: given; us is an instant */
    int64_t us;                 /* BC_TIME */
    const struct bc_str *items; /* BC_LIST */
    size_t item_n;
};

struct bc_event {
    uint64_t seq;        /* 0: not yet in a log */
    int64_t recorded_us; /* meaningful where seq is not 0, or has_recorded */
    bool has_recorded;
    struct bc_str id;
    bool has_occurred; /* false only before the event was checked */
    int64_t occurred_us;
    bool has_source_recorded;
    int64_t source_recorded_us;
    struct bc_str deal, actor;
    struct bc_str source_system, source_ref, source_how;
    bool sound; /* all texts are known to be well-formed UTF-8 without U+0000 */
    enum bc_body body;
    struct bc_value value[BC_FIELD_MAX + 1]; /* by field number */
    /* Encoded fields that this build does not know, in the order found. */
    struct bc_str unknown, source_unknown, body_unknown;
};

/* Which part of an event a fault is in, so that a reader can say where it is in the input. */
struct bc_where {
    const char *part; /* JSON name of an envelope key or of the body; never NULL after a fault */
    unsigned field;   /* a field of the body, or 0 */
};

/* Checks an event against the schema and the limits: id, occurredAt, exactly one body (or an
 * unknown one), required fields, a deal where one is needed, lengths, instants in range,
 * well-formed UTF-8 without U+0000 (unless known to be `sound`). BC_E_INPUT says what is wrong;
 * *where (unless NULL) says in which part. */
bc_status bc_event_check(const struct bc_event *event, struct bc_where *where, struct bc_err *err);

#endif
