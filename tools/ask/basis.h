/* tools/ask/basis.h - a question as typed, opened against a ledger, and the basis that is printed
 * with every answer. */
#ifndef BC_TOOLS_ASK_BASIS_H
#define BC_TOOLS_ASK_BASIS_H

#include "projections/report/question.h"
#include "tools/ask/notes.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/cmd.h"
#include "tools/cli/opt.h"
#include "tools/print/row.h"

struct basis_names; /* tools/ask/basis_names.h */

/* The options that every question has, as typed. */
struct typed {
    const char *dir, *known_at, *clock, *rules;
    const char *threads; /* where the command has OPT_THREADS; NULL: the default */
    bool verified;       /* verify the ledger first, where the command has OPT_VERIFIED */
    bool several;        /* it can be answered under several rules, side by side */
    bool learning;       /* it reads what no metric reads (projections/facts/learning.h) */
};

#define QUESTION_OPTIONS(typed) QUESTION_OPTIONS_RULES(typed, "REF", RULES_REF_HELP)
#define QUESTION_OPTIONS_SEVERAL(typed)                                                            \
    QUESTION_OPTIONS_RULES(typed, "REF,...", RULES_REF_HELP ";\nseveral are shown side by side")
#define QUESTION_OPTIONS_RULES(typed, rules_value, rules_help)                                     \
    QUESTION_OPTIONS_BUT_RULES(typed),                                                             \
    {                                                                                              \
        "rules", rules_value, .text = &(typed)->rules, .help = (rules_help)                        \
    }
#define QUESTION_OPTIONS_BUT_RULES(typed)                                                          \
    OPT_LEDGER(&(typed)->dir),                                                                     \
        { "known-at", "WHEN", .text = &(typed)->known_at,                                          \
          .help = "count only what was recorded by then (default: everything)" },                  \
    {                                                                                              \
        "clock", "ledger|source", .text = &(typed)->clock,                                         \
                                  .help = "whose recording times (default: ledger)"                \
    }

#define OPT_VERIFIED(flag_)                                                                        \
    {                                                                                              \
        "verified", NULL, .flag = (flag_),                                                         \
                          .help = "verify the ledger first, and answer only if it is right"        \
    }

/* What an answer rests on: a ledger opened for a question. Zeroed before basis_open; released also
 * when that failed. */
struct basis {
    bc_log *log;
    bc_timelines *timelines;
    rules_shelf *shelf;
    char *refs_text;   /* what `refs` point into */
    const char **refs; /* the rules given, in that order */
    size_t ref_n;
    size_t ref;                  /* the one in use */
    const bc_rules *rules;       /* its rules; live as long as the shelf */
    const bc_rules **chosen;     /* of each reference, as it was last in use; or NULL */
    struct bc_question question; /* under those rules; without dates, till it is given some */
    int64_t as_of_us;            /* of a question of one date */
    struct when known;           /* set where question.known_asked */
    struct notes notes;          /* to be printed with the answer */
    struct times *times;         /* of the answer, where no other basis has set them */
    struct basis_names *names;   /* of the deals that are printed; NULL: nobody asks */
};

/* Afterwards the first of the rules are in use; if they depend on a date, the latest in their
 * place. */
bc_status basis_open(struct basis *basis, const struct cmd_env *env, const struct typed *typed,
                     struct bc_err *err);
void basis_close(struct basis *basis);

/* Puts the rules of reference `ref` into use, as they are chosen for a date; NULL: for none. */
bc_status basis_use(struct basis *basis, size_t ref, const struct when *when, struct bc_err *err);
/* A WHEN in the zone of the rules in use, as a date or instant; NULL: today. Rules that depend on a
 * date are chosen by it. */
bc_status basis_when(struct when *out, struct basis *basis, const struct cmd_env *env,
                     const char *text, struct bc_err *err);
/* The same where a time of day is wrong use; `option` is the name of the one that it was given by.
 */
bc_status basis_day(int32_t *out, struct basis *basis, const struct cmd_env *env,
                    const char *option, const char *text, struct bc_err *err);
/* The same of a first date: of a period its first day. */
bc_status basis_first_day(int32_t *out, struct basis *basis, const struct cmd_env *env,
                          const char *option, const char *text, struct bc_err *err);
/* What goes from a period (or NULL) to a date that was not given goes to the period's end: the text
 * to read for that date. NULL: to today, as where it begins with a day, or the period has not ended
 * yet. */
const char *basis_until(const struct basis *basis, const struct cmd_env *env, const char *from);
/* The help of such a date. */
#define BASIS_TO_HELP(what)                                                                        \
    what " (default: today, or the\nend of a period that --from is, as in --from 2025-q1)"
/* Gives the question one date. */
void basis_set_date(struct basis *basis, const struct when *when);
/* Asked about a deal of which the ledger knows nothing: BC_E_USAGE. */
bc_status basis_no_deal(const char *deal, struct bc_err *err);
/* The index of a metric, or of a slice of the rules, by name; else BC_E_USAGE with a list of the
 * names. */
bc_status basis_metric(size_t *out, const struct basis *basis, const char *name,
                       struct bc_err *err);
bc_status basis_slice(size_t *out, const struct basis *basis, const char *name, struct bc_err *err);

/* A note where of the values of a key, of which there are `n`, none is one: so that a key that was
 * mistyped is not taken for one that nobody has. */
void basis_note_values(struct basis *basis, struct bc_str key, const struct bc_str *values,
                       size_t n);

/* The label of a reference beside others: the version, or as it was typed. Every reference was in
 * use before. */
const char *basis_label(const struct basis *basis, size_t ref);

/* asOf, knownAt, clock, rules, ledger. The notes go at the answer's end (tools/ask/notes.h). */
void basis_cells(struct row *row, const struct basis *basis, int64_t as_of_us);
/* The same as a row within, of what is asked now: it may be put to other use before it is printed.
 */
void basis_row(struct row *row, const char *key, const struct basis *basis, int64_t as_of_us);
/* The same below an answer for people, and the notes; as_of_us has one for each reference, or is
 * NULL: printed elsewhere. */
void basis_print(const struct cmd_env *env, const struct basis *basis, const int64_t *as_of_us);

#endif
