/* projections/rules/rules.h - the definitions of stages, metrics and red lines, as data.
 *
 * Stages and the moves between them, slices, how properties are read over time, metrics, red lines.
 * A set of rules is made from text (YAML) and never changes after. Everything in it lives as long
 * as the rules do. */
#ifndef BC_PROJECTIONS_RULES_RULES_H
#define BC_PROJECTIONS_RULES_RULES_H

#include "ledger/base/err.h"
#include "ledger/base/instant.h"
#include "ledger/base/mem.h"
#include "projections/rules/metric_kinds.h"

#define BC_STAGE_MAX    64  /* stages of a rule set */
#define BC_SLICE_MAX    8   /* slices */
#define BC_METRIC_MAX   256 /* metrics */
#define BC_RED_LINE_MAX 64  /* red lines */
#define BC_PROPERTY_MAX 256 /* properties with a mode of their own */
#define BC_NO_STAGE     (-1)

/* A set of stages: bit i for stage i. */
typedef uint64_t bc_stage_set;

/* BC_NO_STAGE is in none. */
static inline bool bc_stage_in(bc_stage_set set, int stage)
{
    return stage >= 0 && (set >> stage & 1);
}

enum bc_stage_kind { BC_STAGE_OPEN, BC_STAGE_WON, BC_STAGE_LOST, BC_STAGE_FINAL };

struct bc_stage {
    const char *id, *label;
    enum bc_stage_kind kind;
    bool start;            /* a deal may begin here */
    bool leaves_qualified; /* to leave it with no qualification recorded before is a finding */
    bc_stage_set next;     /* the stages a deal may move to from here */
    const struct bc_str *deal_types; /* the deal types that belong here; none: any */
    size_t deal_type_n;
    const struct bc_str *crm_ids; /* the CRM's own ids that mean this stage, beside `id` itself */
    size_t crm_id_n;
};

/* The properties that rules read. */
enum bc_property {
    BC_P_DEAL_TYPE,
    BC_P_CONTRACT_START,
    BC_P_CONTRACT_END,
    BC_P_MRR,
    BC_P_RENEWS,
    BC_P_PARKED_UNTIL,
    BC_P_N
};
/* "deal_type", ...; and the other way round, or BC_P_N. */
const char *bc_property_name(enum bc_property property);
enum bc_property bc_property_of(struct bc_str name);

enum bc_time_mode {
    BC_AS_RECORDED, /* the last value set <= A */
    BC_BACKFILL,    /* ...; if none was set by then, the first one set after A */
    BC_BEST_KNOWN   /* the last value set at any time */
};
/* A property and its mode, in the order of the file; after them the known ones that it leaves out,
 * in their default mode. Any other property is read as recorded. */
struct bc_property_rule {
    const char *name;
    enum bc_time_mode mode;
};

struct bc_slice {
    const char *name;
    const struct bc_str *deal_types;
    size_t deal_type_n; /* 0: every deal, with a type or not */
};

enum bc_basis { BC_EXITS, BC_COHORT };

/* A count's condition on the contract; D is the civil date in question. */
enum bc_contract {
    BC_CONTRACT_ANY,
    BC_CONTRACT_ACTIVE,  /* start <= D <= end */
    BC_CONTRACT_OVERDUE, /* end < D, service not ended, not renewed */
    BC_CONTRACT_ENDS_IN, /* days_min <= end - D <= days_max */
};

#define BC_NO_WINDOW 0 /* since the beginning */

/* What the kind has no key for is 0. */
struct bc_metric_rule {
    const char *name;
    enum bc_metric_kind kind;
    unsigned headline;   /* index of the slice that is shown first */
    int32_t window_days; /* 1.., or BC_NO_WINDOW */
    bc_stage_set stages;
    bc_stage_set from, to;
    enum bc_basis basis;
    enum bc_contract contract;
    int32_t days_min, days_max; /* BC_CONTRACT_ENDS_IN, inclusive; below 0: days ago */
    bc_stage_set renewed_by;    /* BC_CONTRACT_OVERDUE: a deal in these renews the one it names */
    const struct bc_str *types; /* of meetings: those that count */
    size_t type_n;
    const struct bc_str *outcomes; /* of meetings: those that count as held */
    size_t outcome_n;
    int64_t stalled_after_us; /* written in days */
    /* Conditions on a deal at the date, for every kind. */
    const struct bc_str *deal_types; /* of one of these types; none: of any, or without one */
    size_t deal_type_n;
    unsigned having, lacking; /* sets of 1 << enum bc_property: with a value, without one */
};

/* What must have happened before a red line is judged. A conversion also needs at least one
 * attempt, whatever the guard: over nothing there is no rate. Attempts are those from `from`. */
enum bc_guard { BC_GUARD_ATTEMPTS, BC_GUARD_MEETINGS, BC_GUARD_ENTRIES };

struct bc_red_line_rule {
    const char *name;
    const char *says; /* what a breach means */
    unsigned slice;   /* index of the slice it is about */
    bool conversion;  /* value: conversion from `from` to `to`; else deals that entered `to` */
    bc_stage_set from, to;
    double threshold; /* breached when the value is below */
    enum bc_guard guard;
    uint64_t guard_needs;
    bc_stage_set guard_stages;        /* entries: into these; meetings of no type: in these */
    const struct bc_str *guard_types; /* meetings */
    size_t guard_type_n;
    const struct bc_str *guard_outcomes; /* meetings: what counts as held */
    size_t guard_outcome_n;
    int64_t
        open_counts_after_us; /* conversion: an open visit longer than this is failed in `worst` */
};

/* What the questions about experiments, flow and the meetings go by. */
struct bc_learning_rule {
    int64_t stalled_after_us;       /* written in days: an open visit longer than this is stalled */
    int32_t max_running;            /* experiments at once; more are a finding */
    int32_t enough;                 /* deals of each arm, for an interval that can be read */
    double lead_target;             /* of the lead qualification rate */
    int32_t closed_min, closed_max; /* deals that close between two playbooks */
    int32_t answer_breach_days; /* civil days for a pivot decision after a red line is breached */
    int32_t handoff_days;       /* days that a hand-off's step may wait */
};

#define BC_MILLIONTHS 1000000

/* What a month's open opportunities are weighted with: so many millionths, or the share that was
 * won of late. */
struct bc_weight {
    bool measured;
    int32_t millionths;
};

struct bc_revenue_rule {
    const char *currency;       /* of amounts whose deal has no property `currency` */
    const struct bc_str *value; /* the properties that say what a deal is worth: the first set */
    size_t value_n;
    struct bc_weight renewal, new_business;
    double renewal_target; /* of the renewal rate */
};

/* An id of a stage, by the rules or by the CRM. */
struct bc_stage_id {
    struct bc_str id;
    int stage;
};

typedef struct bc_rules bc_rules;
struct bc_rules {
    const char *version;
    const char *timezone;
    bc_zone *zone; /* owned */
    struct bc_stage stages[BC_STAGE_MAX];
    size_t stage_n;
    const struct bc_stage_id *stage_ids; /* every id that means a stage, sorted by it */
    size_t stage_id_n;
    struct bc_property_rule *properties; /* as in the file */
    size_t property_n;
    enum bc_time_mode mode[BC_P_N]; /* of the properties that rules read */
    struct bc_slice slices[BC_SLICE_MAX];
    size_t slice_n;
    struct bc_metric_rule *metrics;
    size_t metric_n;
    struct bc_red_line_rule *red_lines;
    size_t red_line_n;
    struct bc_learning_rule learning;
    struct bc_revenue_rule revenue;
    bc_stage_set won;  /* stages of kind won: for the audit */
    bc_stage_set lost; /* stages of kind lost */
    bc_arena *arena;   /* owns everything above */
};

/* Rules from YAML. `path` is for messages: "rules.yml". BC_E_INPUT: *err names line and column, and
 * holds the line with a caret. What may be left out: timezone (UTC), properties, red_lines,
 * learning, revenue, and of the last two any key; a stage's label, start, next, crm_ids and
 * leaves_qualified (true for the id `enrichment`); a metric's headline (the first slice),
 * window_days (since the beginning), contract (any), basis (exits), outcomes (completed),
 * stalled_after (30). A set of one may be written without brackets.
 */
bc_status bc_rules_parse(bc_rules **out, struct bc_str yaml, const char *path, struct bc_err *err);
/* The built-in rules, `version: default`. */
bc_status bc_rules_default(bc_rules **out, struct bc_err *err);
/* Their text, with its comments. */
struct bc_str bc_rules_default_text(void);
void bc_rules_free(bc_rules *rules); /* NULL is fine */

/* The rules as YAML that bc_rules_parse reads back to the same rules, every parameter written out
 * but for leaves_qualified where it is what leaving it out means: issued reports hold printed
 * rules, and builds that do not know the key read them, too. */
void bc_rules_print(struct bc_buf *out, const bc_rules *rules);

/* The stage that an id (the rules' own or the CRM's) means, or BC_NO_STAGE. */
int bc_rules_stage(const bc_rules *rules, struct bc_str id);
/* By name; NULL where there is none. */
const struct bc_metric_rule *bc_rules_metric(const bc_rules *rules, struct bc_str name);
/* Index of a slice by name, or -1. */
int bc_rules_slice(const bc_rules *rules, struct bc_str name);
/* Index of a red line by name, or -1. */
int bc_rules_red_line(const bc_rules *rules, struct bc_str name);
/* The slice that is taken where none is asked for: that of this name, or the rules' first. */
unsigned bc_rules_usual_slice(const bc_rules *rules, struct bc_str name);
/* The stages that a lead qualifies by: those of the metric `sqd`, if the rules have it. */
bc_stage_set bc_rules_qualified(const bc_rules *rules);
/* Where the rules have a conversion from just these stages, its target; else none. */
bc_stage_set bc_rules_target(const bc_rules *rules, bc_stage_set from);
/* The stages of a deal that was won: those of kind won and final. */
bc_stage_set bc_rules_closed(const bc_rules *rules);

/* The words of the file, by the enums above. */
extern const char *const bc_stage_kind_words[4];
extern const char *const bc_basis_words[2];
extern const char *const bc_contract_words[4];

static inline const struct bc_kind *bc_rules_kind(const struct bc_metric_rule *metric)
{
    return &bc_metric_kinds[metric->kind];
}
/* What a metric's `n` counts; by cohort an attempt is a deal. */
static inline enum bc_subject bc_rules_subject(const struct bc_metric_rule *metric)
{
    return metric->basis == BC_COHORT ? BC_OF_DEALS : bc_rules_kind(metric)->of;
}

#endif
