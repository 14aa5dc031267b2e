/* tools/cmd/import_again.h - what a source told in earlier imports, for one that may tell it
 * otherwise.
 *
 * A telling is an event under the id that the importer makes. Told with another content it is
 * retracted, and stands again under "<id>/as/<digest of the content>.<n>"; the retraction is
 * "<telling>/retracted". All of it is read from the log, by ids, so it is right after any crash. */
#ifndef BC_TOOLS_CMD_IMPORT_AGAIN_H
#define BC_TOOLS_CMD_IMPORT_AGAIN_H

#include "ledger/log/log.h"
#include "tools/import/importer.h"

typedef struct import_again import_again; /* opaque */

/* Reads the events of the log whose ids begin with source->prefix (NULL: all). What the source says
 * of itself is kept, the source is not. */
bc_status import_again_read(import_again **out, bc_log *log, const struct importer *source,
                            struct bc_err *err);
void import_again_free(import_again *again); /* NULL is fine */

/* Before an event is appended: gives it the id that it is to have. A source whose ids are made of
 * what events say gets that of an event that was told before and says the same, or that stands
 * under `old_id`, whatever it is; each is given once. *retraction, unless it has no body, is to be
 * appended with it, in the same append. BC_E_INPUT: the event is bad; BC_E_CONFLICT: this import
 * has told it otherwise. What is handed out lives until the next call. */
bc_status import_again_tell(import_again *again, struct bc_event *event,
                            struct bc_event *retraction, struct bc_str old_id, int64_t now_us,
                            struct bc_err *err);
/* The event told last, and its retraction, were appended; without this it is as if it had not been
 * told. */
void import_again_told(import_again *again);
/* The import has appended a retraction of its own making of what it told: told again, it is new. */
void import_again_taken_back(import_again *again, const struct bc_event *retraction);

/* After the last: the retraction of something that was told before and not now, about a deal that
 * is in this import. BC_DONE: there are no more. */
bc_status import_again_rest(import_again *again, struct bc_event *retraction, int64_t now_us);
/* Finds the deals of earlier imports that this one has not, where nothing is taken back. */
void import_again_absent(import_again *again);
/* They, each once, in the order of the log: after that, or after import_again_rest has said
 * BC_DONE. */
size_t import_again_gone(const import_again *again, const struct bc_str **deals);
/* The same of those of which something was taken back. */
size_t import_again_back(const import_again *again, const struct bc_str **deals);
/* How many events about the deals of this import stand that were told before, and not now. */
uint64_t import_again_untold(const import_again *again);

#endif
