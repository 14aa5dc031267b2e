/* tools/ask/notes.h - remarks about an answer, besides its figures: a list of {note, text, ...},
 * each kind of note by its name, in the order in which they were added.
 *
 * An answer for programs ends with them, and has no such key where there are none; one for people
 * has a line for each after its basis. A report records them with its basis, and not among its
 * values: repeated, it may have others. */
#ifndef BC_TOOLS_ASK_NOTES_H
#define BC_TOOLS_ASK_NOTES_H

#include "ledger/log/log.h"
#include "tools/cli/cmd.h"
#include "tools/print/row.h"

struct note {
    const char *note; /* its kind, a constant: "verified" */
    char *text;
    const char *field; /* what it counts, a constant; NULL: nothing */
    uint64_t count;
};

/* `{ 0 }` is empty. */
struct notes {
    struct note *at;
    size_t n, cap;
};

/* Copies the text. One that is there already is not added again. */
void notes_add(struct notes *notes, const char *note, const char *text);
void notes_add_count(struct notes *notes, const char *note, const char *text, const char *field,
                     uint64_t count);
void notes_add_all(struct notes *notes, const struct notes *more);
void notes_release(struct notes *notes);

/* That the last event was recorded in the future of our clock, where it was: "recorded_in_future".
 */
void notes_add_recorded(struct notes *notes, const bc_log *log, const struct cmd_env *env);

/* The last cell of an answer, if there are any: rows of note and text. */
void notes_cells(struct row *row, const struct notes *notes);
void notes_print(const struct cmd_env *env, const struct notes *notes);

#endif
