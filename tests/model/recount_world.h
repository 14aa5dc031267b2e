/* tests/model/recount_world.h - the deals of a log as they stand at one date; within the recount.
 */
#ifndef BC_TESTS_MODEL_RECOUNT_WORLD_H
#define BC_TESTS_MODEL_RECOUNT_WORLD_H

#include "ledger/base/amount.h"
#include "tests/model/recount.h"

#define SINCE_EVER INT64_MIN

struct visit {
    int stage;        /* BC_NO_STAGE: one that the rules do not know */
    struct bc_str id; /* the stage's id in the rules, or as it came */
    int64_t entered_us, left_us;
    bool open, observed;
    const struct bc_event *event; /* that began it */
};

struct deal {
    struct bc_str id;
    const struct bc_event **events; /* that count, whenever they occurred, by (occurred, seq) */
    size_t event_n;
    size_t folded; /* of them, up to the date; at least one */
    struct visit *visits;
    size_t visit_n;
    bool gone, service_ended, loss_recorded;
    struct bc_str property[BC_P_N];        /* the chosen value; empty: unset */
    const struct bc_event *set_by[BC_P_N]; /* what set it, or NULL */
};

struct world {
    const struct recount_question *question;
    const bc_rules *rules;
    int64_t as_of_us;
    int32_t day;                    /* D */
    const struct bc_event **events; /* that count, in log order */
    size_t event_n;
    struct deal *deals; /* by id */
    size_t deal_n;
    const struct bc_metric_rule *counted; /* its conditions hold for every deal; NULL: none do */
    bc_arena *arena;
};

void world_make(struct world *out, const struct bc_event *events, size_t n,
                const struct recount_question *question, bc_arena *arena);

/* The same log at an earlier date. */
void world_earlier(struct world *out, const struct world *world, int64_t as_of_us, bc_arena *arena);

/* Not gone, of the slice's deal type, and as the metric being counted wants it. */
bool deal_counts(const struct world *world, const struct deal *deal, unsigned slice);
/* Whether an event tells something of its deal; others carry one, and are about all of them. */
bool event_tells(const struct bc_event *event);
/* The stage of the last visit, or BC_NO_STAGE. */
int deal_stage(const struct deal *deal);
/* The stage of the visit that holds an instant, or BC_NO_STAGE. */
int deal_stage_at(const struct deal *deal, int64_t us);
/* A property of any name that only changes of it set, by its time mode; empty: unset. */
struct bc_str world_property(const struct world *world, const struct deal *deal, const char *name);
/* recount_revenue.c: the amount that a text is, in millionths. */
bool world_amount(struct bc_str text, bc_int128 *out);
/* The same: whether a metric counts a deal in some slice; a deal in another currency than that of
 * the rules; what its contract is worth in the month of the date, in millionths. */
bool world_counts(const struct world *world, const char *metric, struct bc_str deal);
bool world_other_currency(const struct world *world, const struct deal *deal);
bc_int128 world_contract_worth(const struct world *world, const struct deal *deal);
/* A date property: set and a day that exists. */
bool deal_date(const struct deal *deal, enum bc_property property, int32_t *out_day);

static inline bool in_set(bc_stage_set set, int stage)
{
    return stage != BC_NO_STAGE && (set >> stage & 1);
}

/* begin < us <= as-of */
static inline bool in_window(const struct world *world, int64_t begin_us, int64_t us)
{
    return us > begin_us && us <= world->as_of_us;
}

static inline struct recount_number number(double at)
{
    return (struct recount_number){ true, at };
}

/* Value, n and interval of a rate. */
void rate(struct recount_metric *out, uint64_t hits, uint64_t n);
/* The first visit to a stage of the set that is not observed, or the number of visits. */
size_t first_entry(const struct deal *deal, bc_stage_set stages);

/* The kinds of metrics: recount_metrics.c, recount_activity.c and recount_days.c. */
typedef void world_kind(const struct world *world, const struct bc_metric_rule *rule,
                        unsigned slice, int64_t begin_us, struct recount_metric *out);
world_kind world_held_meetings, world_email_rate, world_lead_time, world_time_in_stage;
/* By kind; NULL: none yet. */
extern world_kind *const world_kinds[BC_METRIC_KIND_N];
/* A metric of any kind. */
void world_metric(const struct world *world, const struct bc_metric_rule *rule, unsigned slice,
                  int64_t begin_us, struct recount_metric *out);
/* recount_lines.c */
void world_line(const struct world *world, const struct bc_red_line_rule *rule,
                struct recount_line *out);
/* recount_audit.c */
void world_audit(const struct world *world, struct recount *out);
struct recount_finding *world_find(const struct world *world, struct recount *out, const char *kind,
                                   const struct deal *deal);
/* recount_red_lines.c */
void world_breaches(const struct world *world, struct recount *out);
/* recount_words.c */
/* Once the findings are there. */
void world_unknown(const struct world *world, struct recount *out);
void world_audit_words(const struct world *world, const struct deal *deal, struct recount *out);
/* recount_audit_experiments.c */
void world_audit_experiments(const struct world *world, struct recount *out);

/* What a conversion counts in one slice; a visit that was left is an attempt. */
struct attempts {
    uint64_t n, converted;
};
struct attempts deal_attempts(const struct world *world, const struct deal *deal, bc_stage_set from,
                              bc_stage_set to, int64_t begin_us);

/* Meetings held in a window, distinct within a slice, and the deals through which they qualify. */
struct held {
    bc_stage_set stages;
    const struct bc_str *types, *outcomes;
    size_t type_n, outcome_n;
};
uint64_t world_meetings(const struct world *world, const struct held *held, unsigned slice,
                        int64_t begin_us, struct recount_ids *deals);

/* Adds an id to a sorted list unless it is there. */
void ids_add(bc_arena *arena, struct recount_ids *ids, struct bc_str id);

#endif
