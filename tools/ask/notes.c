/* tools/ask/notes.c - remarks about an answer. */
#include "tools/ask/notes.h"

#include "ledger/base/instant.h"
#include "ledger/base/mem.h"
#include "tools/print/paragraph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void notes_add(struct notes *notes, const char *note, const char *text)
{
    notes_add_count(notes, note, text, NULL, 0);
}

void notes_add_all(struct notes *notes, const struct notes *more)
{
    for (size_t i = 0; i < more->n; i++)
        notes_add_count(notes, more->at[i].note, more->at[i].text, more->at[i].field,
                        more->at[i].count);
}

void notes_add_count(struct notes *notes, const char *note, const char *text, const char *field,
                     uint64_t count)
{
    for (size_t i = 0; i < notes->n; i++)
        if (strcmp(notes->at[i].note, note) == 0 && strcmp(notes->at[i].text, text) == 0)
            return;
    BC_GROW(notes->at, notes->n, notes->cap);
    notes->at[notes->n++] = (struct note){ note, bc_strdup(bc_str_of(text)), field, count };
}

void notes_release(struct notes *notes)
{
    for (size_t i = 0; i < notes->n; i++)
        free(notes->at[i].text);
    free(notes->at);
    *notes = (struct notes){ 0 };
}

void notes_add_recorded(struct notes *notes, const bc_log *log, const struct cmd_env *env)
{
    const int64_t last_us = bc_log_last_recorded(log);
    char last[BC_INSTANT_LEN], text[256];

    if (!bc_log_in_future(last_us, cmd_now_us(env)))
        return;
    bc_instant_print(last, last_us);
    (void)snprintf(text, sizeof(text),
                   "the last event was recorded at %s, which has not come: what is appended until "
                   "then is recorded then, too",
                   last);
    notes_add(notes, "recorded_in_future", text);
}

static void fill_note(struct row *row, const void *source, size_t i)
{
    const struct notes *notes = source;

    row_word(row, "note", notes->at[i].note);
    row_word(row, "text", notes->at[i].text);
    if (!notes->at[i].field)
        return;
    row_word(row, "field", notes->at[i].field);
    row_count(row, "n", notes->at[i].count);
}

void notes_cells(struct row *row, const struct notes *notes)
{
    if (notes->n)
        row_rows(row, "notes", rows_of(fill_note, notes, notes->n));
}

void notes_print(const struct cmd_env *env, const struct notes *notes)
{
    for (size_t i = 0; i < notes->n; i++) {
        int indent = fprintf(env->out, "%-9s ", notes->at[i].note);

        paragraph_print(env, indent > 0 ? (size_t)indent : 0, bc_str_of(notes->at[i].text));
    }
}
