/* tools/ask/ask.h - a question as typed, opened against a ledger, and the basis that is printed
 * with every answer. */
#ifndef BC_TOOLS_ASK_ASK_H
#define BC_TOOLS_ASK_ASK_H

#include "projections/report/question.h"
#include "tools/ask/notes.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/cmd.h"
#include "tools/cli/opt.h"
#include "tools/print/row.h"

/* The options that every question has. */
struct ask {
    const char *dir, *known_at, *clock, *rules;
    const char *threads; /* where the command has OPT_THREADS; NULL: the default */
    bool verified;       /* verify the ledger first, where the command has OPT_VERIFIED */
    bool several;        /* it can be answered under several rules, side by side */
};

#define ASK_OPTIONS(ask) ASK_OPTIONS_RULES(ask, RULES_REF_HELP)
#define ASK_OPTIONS_SEVERAL(ask)                                                                   \
    ASK_OPTIONS_RULES(ask, RULES_REF_HELP ";\nseveral with commas, side by side")
#define ASK_OPTIONS_RULES(ask, rules_help)                                                         \
    ASK_OPTIONS_BUT_RULES(ask),                                                                    \
    {                                                                                              \
        "rules", "REF", .text = &(ask)->rules, .help = (rules_help)                                \
    }
#define ASK_OPTIONS_BUT_RULES(ask)                                                                 \
    OPT_LEDGER(&(ask)->dir),                                                                       \
        { "known-at", "WHEN", .text = &(ask)->known_at,                                            \
          .help = "count only what was recorded by then (default: everything)" },                  \
    {                                                                                              \
        "clock", "CLOCK", .text = &(ask)->clock,                                                   \
                          .help = "whose recording times: ledger or source (default: ledger)"      \
    }

#define OPT_VERIFIED(flag_)                                                                        \
    {                                                                                              \
        "verified", NULL, .flag = (flag_),                                                         \
                          .help = "verify the ledger first, and answer only if it is right"        \
    }

/* A ledger opened for a question. Zeroed before asked_open; released also when that failed. */
struct asked {
    bc_log *log;
    bc_timelines *timelines;
    rules_shelf *shelf;
    char *refs_text;   /* what `refs` point into */
    const char **refs; /* the rules given, in that order */
    size_t ref_n;
    size_t ref;                  /* the one in use */
    const bc_rules *rules;       /* its rules; live as long as the shelf */
    const bc_rules **chosen;     /* of each reference, as it was last in use; or NULL */
    struct bc_question question; /* under those rules; without dates */
    struct when known;           /* set where question.known_asked */
    struct notes notes;          /* to be printed with the answer */
};

/* Afterwards the first of the rules are in use; if they depend on a date, the latest in their
 * place. */
bc_status asked_open(struct asked *asked, const struct cmd_env *env, const struct ask *ask,
                     struct bc_err *err);
void asked_close(struct asked *asked);

/* Puts the rules of reference `ref` into use, as they are chosen for a date; NULL: for none. */
bc_status asked_use(struct asked *asked, size_t ref, const struct when *when, struct bc_err *err);
/* A WHEN in the zone of the rules in use, as a date or instant; NULL: today. Rules that depend on a
 * date are chosen by it. */
bc_status asked_when(struct when *out, struct asked *asked, const struct cmd_env *env,
                     const char *text, struct bc_err *err);
/* The index of a metric, or of a slice of the rules, by name; else BC_E_USAGE with a list of the
 * names. */
bc_status asked_metric(size_t *out, const struct asked *asked, const char *name,
                       struct bc_err *err);
bc_status asked_slice(size_t *out, const struct asked *asked, const char *name, struct bc_err *err);

/* The label of a reference beside others: the version, or as it was typed. Every reference was in
 * use before. */
const char *asked_label(const struct asked *asked, size_t ref);

/* asOf, knownAt, clock, rules, ledger. The notes go at the answer's end (tools/ask/notes.h). */
void asked_cells(struct row *row, const struct asked *asked, int64_t as_of_us);
/* The same as a row within, of what is asked now: it may be put to other use before it is printed.
 */
void asked_row(struct row *row, const char *key, const struct asked *asked, int64_t as_of_us);
/* The same below an answer for people, and the notes; as_of_us has one for each reference, or is
 * NULL: printed elsewhere. */
void asked_print(const struct cmd_env *env, const struct asked *asked, const int64_t *as_of_us);

#endif
