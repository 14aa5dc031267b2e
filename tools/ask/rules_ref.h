/* tools/ask/rules_ref.h - the rules that `--rules REF` names.
 *
 *   latest    the last rules published (the default); where there are none, the built-in ones
 *   as-then   those in force at the date in question; a day is read in the zone of the latest ones
 *   VERSION   the last published under that name
 *   default   the built-in ones
 *   FILE      rules that are not published; where they have the version of published or built-in
 *             ones and say something else, "+changed" is added to it */
#ifndef BC_TOOLS_ASK_RULES_REF_H
#define BC_TOOLS_ASK_RULES_REF_H

#include "projections/events/published.h"
#include "projections/rules/rules.h"
#include "tools/ask/when.h"

#define RULES_REF_WORDS "latest, as-then, a published version, default, or a\nfile"
#define RULES_REF_HELP  RULES_REF_WORDS " (default: latest)"

/* Rules by reference, each read once; borrows its timelines. */
typedef struct rules_shelf rules_shelf;
/* Holds what was published among the events up to `last_seq` and not retracted by then. */
bc_status rules_shelf_open(rules_shelf **out, bc_timelines *timelines, uint64_t last_seq,
                           struct bc_err *err);
void rules_shelf_free(rules_shelf *shelf); /* NULL is fine */
const struct bc_published *rules_shelf_published(const rules_shelf *shelf);
/* From now on no reference is taken as a file: it is from a ledger's own settings, which may be
 * anybody's. */
void rules_shelf_open_no_file(rules_shelf *shelf);
/* The rules of a reference (NULL: latest); *out lives as long as the shelf. `when` is for as-then,
 * and may be NULL for others. */
bc_status rules_shelf_get(const bc_rules **out, rules_shelf *shelf, const char *ref,
                          const struct when *when, struct bc_err *err);

/* Does the choice of rules depend on a date? */
bool rules_ref_as_then(const char *ref);
/* The latest rules of a log; the caller frees them. */
bc_status rules_ref_latest(bc_rules **out, bc_log *log, struct bc_err *err);
/* Rules from a file, and its text too unless `text` is NULL; the caller frees both. */
bc_status rules_ref_file(bc_rules **out, struct bc_buf *text, const char *path, struct bc_err *err);
/* The built-in ones or those of a file, which need no ledger. BC_DONE: the reference is neither. */
bc_status rules_ref_without(bc_rules **out, const char *ref, struct bc_err *err);

#endif
