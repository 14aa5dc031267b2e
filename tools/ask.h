/* tools/ask.h - a question as it is typed, opened against a ledger, and the basis that is printed
 * with every answer. */
#ifndef BC_TOOLS_ASK_H
#define BC_TOOLS_ASK_H

#include "projections/question.h"
#include "tools/cmd.h"
#include "tools/json_out.h"
#include "tools/opt.h"
#include "tools/when.h"

/* The options that every question has. */
struct ask {
    const char *dir, *known_at, *clock, *rules;
};

#define ASK_OPTIONS(ask)                                                                           \
    OPT_LEDGER(&(ask)->dir),                                                                       \
        { "known-at", "WHEN", .text = &(ask)->known_at,                                            \
          .help = "count only what was recorded by then (default: everything)" },                  \
        { "clock", "CLOCK", .text = &(ask)->clock,                                                 \
          .help = "whose recording times: ledger or source (default: ledger)" },                   \
    {                                                                                              \
        "rules", "REF", .text = &(ask)->rules, .help = RULES_REF_HELP                              \
    }

/* A ledger opened for a question. Zeroed before asked_open; released also when that failed. */
struct asked {
    bc_log *log;
    bc_timelines *timelines;
    bc_rules *rules;
    struct bc_question question; /* without dates */
};

bc_status asked_open(struct asked *asked, const struct cmd_env *env, const struct ask *ask,
                     struct bc_err *err);
void asked_close(struct asked *asked);

/* A WHEN in the zone of the rules, as a date or instant; NULL: today. */
bc_status asked_when(struct when *out, const struct asked *asked, const struct cmd_env *env,
                     const char *text, struct bc_err *err);
/* The index of a metric, of a slice of the rules by name; else BC_E_USAGE with what there is. */
bc_status asked_metric(size_t *out, const struct asked *asked, const char *name,
                       struct bc_err *err);
bc_status asked_slice(size_t *out, const struct asked *asked, const char *name, struct bc_err *err);

/* asOf, knownAt, clock, rules, ledger. */
void asked_json(struct json_out *json, const struct asked *asked, int64_t as_of_us);
/* The same below an answer for people; as_of_us NULL: said elsewhere. */
void asked_print(const struct cmd_env *env, const struct asked *asked, const int64_t *as_of_us);

#endif
