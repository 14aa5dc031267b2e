#include "tools/show/diff_sides.h"

#include "tools/print/deal_text.h"

#include <string.h>

void diff_sides_cells(struct row *row, const struct diff_sides *sides)
{
    basis_row(row, "old", sides->from, sides->from_us);
    basis_row(row, "new", sides->to, sides->to_us);
}

void diff_sides_print(const struct cmd_env *env, const struct diff_sides *sides)
{
    fputs("\nold", env->out);
    basis_print(env, sides->from, &sides->from_us);
    fputs("\nnew", env->out);
    basis_print(env, sides->to, &sides->to_us);
}

/* --- notes --- */

static bool has_note(const struct notes *notes, const struct note *note)
{
    for (size_t i = 0; i < notes->n; i++)
        if (strcmp(notes->at[i].note, note->note) == 0 &&
            strcmp(notes->at[i].text, note->text) == 0)
            return true;
    return false;
}

/* Those of one side; what the other does not say begins with the side. */
static void add_notes(struct notes *out, const struct notes *notes, const struct notes *others,
                      const char *side)
{
    for (size_t i = 0; i < notes->n; i++) {
        const struct note *note = &notes->at[i];
        struct bc_buf text = { 0 };

        bc_buf_printf(&text, "%s%s%c", has_note(others, note) ? "" : side, note->text, '\0');
        notes_add_count(out, note->note, text.at, note->field, note->count);
        bc_buf_release(&text);
    }
}

void diff_sides_notes(struct notes *out, const struct diff_sides *sides)
{
    add_notes(out, &sides->from->notes, &sides->to->notes, "old: ");
    add_notes(out, &sides->to->notes, &sides->from->notes, "new: ");
}

/* --- words --- */

const char *diff_cause_text(enum bc_cause cause)
{
    static const char *const texts[] = { "other rules",        "another date", "late event",
                                         "property filled in", "correction",   "retraction",
                                         "given otherwise" };

    return texts[cause];
}

const char *diff_how_name(enum diff_how how)
{
    static const char *const names[] = { "", "in", "out", "changed" };

    return names[how];
}

enum { DEALS_SHOWN = 5 };

void diff_deals_text(struct row *row, diff_deal_fn *tell, const void *source, size_t n)
{
    static const char *const signs[] = { "", "+", "-", "~" };
    struct bc_buf *text = row_make(row);
    struct bc_str deal;
    size_t told = 0, all = 0;

    for (size_t i = 0; i < n; i++)
        all += tell(&deal, source, i) != DIFF_HOW_NOT;
    for (size_t i = 0; i < n; i++) {
        const enum diff_how how = tell(&deal, source, i);

        if (how == DIFF_HOW_NOT)
            continue;
        if (told == DEALS_SHOWN && all > DEALS_SHOWN + 1) {
            bc_buf_printf(text, ", and %zu more (--json lists them)", all - told);
            break;
        }
        bc_buf_printf(text, "%s%s", told++ ? ", " : "", signs[how]);
        deal_text_add(text, row->names, deal);
    }
    row_made(row, "deals");
}
