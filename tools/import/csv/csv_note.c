/* tools/import/csv/csv_note.c - what rows said, this one and those before. */
#include "tools/import/csv/csv_row.h"

bool csv_rows_noted(const struct csv_rows *rows, struct csv_note *out)
{
    const struct csv_sight *before;

    for (size_t i = rows->note_n; i-- > 0;) {
        const struct csv_note *note = &rows->notes[i];

        if (!csv_digest_same(note->of, out->of))
            continue;
        *out = *note;
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
    BC_GROW(rows->notes, rows->note_n, rows->note_cap);
    rows->notes[rows->note_n] = *note;
    rows->notes[rows->note_n++].here = true;
}
