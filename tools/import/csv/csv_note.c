/* tools/import/csv/csv_note.c - what rows said, this one and those before. */
#include "tools/import/csv/csv_row.h"

enum { FEW = 32 }; /* notes of a row, which are looked through; a cell may list a million deals */

/* This row's last one, or NULL. */
static const struct csv_note *find_here(const struct csv_rows *rows, struct csv_digest of)
{
    const struct csv_sight *sight;

    if (rows->note_n > FEW) {
        sight = csv_seen_find(&rows->noted, of);
        return sight ? &rows->notes[sight->number] : NULL;
    }
    for (size_t i = rows->note_n; i-- > 0;)
        if (csv_digest_same(rows->notes[i].of, of))
            return &rows->notes[i];
    return NULL;
}

bool csv_rows_noted(const struct csv_rows *rows, struct csv_note *out)
{
    const struct csv_note *here = find_here(rows, out->of);
    const struct csv_sight *before;

    if (here) {
        *out = *here;
        return true;
    }
    before = csv_seen_find(&rows->values, out->of);
    if (before) {
        out->said = before->said;
        out->us = before->number;
    }
    return before != NULL;
}

void csv_rows_note(struct csv_rows *rows, const struct csv_note *note)
{
    size_t i = rows->note_n;

    BC_GROW(rows->notes, rows->note_n, rows->note_cap);
    rows->notes[rows->note_n] = *note;
    rows->notes[rows->note_n++].here = true;
    for (i = i == FEW ? 0 : i; rows->note_n > FEW && i < rows->note_n; i++)
        csv_seen_add(&rows->noted, rows->notes[i].of, rows->notes[i].said, (int64_t)i);
}

void csv_rows_unnote(struct csv_rows *rows)
{
    rows->note_n = 0;
    csv_seen_release(&rows->noted);
}
