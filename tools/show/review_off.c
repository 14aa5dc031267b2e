/* tools/show/review_off.c - of a review, what is off: the worst first. */
#include "tools/print/print_table.h"
#include "tools/show/off_kind.h"
#include "tools/show/review_part.h"
#include "tools/show/section.h"

static const struct {
    const char *word, *told, *color;
} states[] = {
    [OFF_STATE_OFF] = { "off", "off", "red" },
    [OFF_STATE_RISK] = { "risk", "at risk", "yellow" },
    [OFF_STATE_KNOW] = { "know", "to know", NULL },
};

static const struct off_kind *const kinds[] = {
    &off_kind_red_line, &off_kind_breach,  &off_kind_renewal,      &off_kind_differs,
    &off_kind_action,   &off_kind_stalled, &off_kind_closed,       &off_kind_handoff,
    &off_kind_running,  &off_kind_late,    &off_kind_old_breaches,
};

struct found {
    const struct off_kind *kind;
    size_t i;
    enum off_state state;
    size_t more; /* it stands for so many, of which nothing else is told */
};

/* By how bad it is, then in their order; `out` NULL: how many. */
static size_t find(struct found *out, const struct review_shown *shown)
{
    size_t n = 0;

    for (enum off_state state = OFF_STATE_OFF; state < OFF_STATE_FINE; state++)
        for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
            for (size_t i = 0; i < kinds[k]->n(shown); i++) {
                if (kinds[k]->state(shown, i) != state)
                    continue;
                if (out)
                    out[n] = (struct found){ kinds[k], i, state, 0 };
                n++;
            }
    return n;
}

/* Of each kind the first, then one for the rest; how many are left. */
static size_t fold(struct found *at, size_t n)
{
    size_t kept = 0, alike = 0;

    for (size_t i = 0; i < n; i++) {
        const struct found one = at[i];
        const struct found *last = kept ? &at[kept - 1] : NULL;

        alike = last && last->kind == one.kind && last->state == one.state ? alike + 1 : 0;
        if (alike <= OFF_TOLD)
            at[kept++] = one;
        if (alike >= OFF_TOLD)
            at[kept - 1].more++;
    }
    return kept;
}

/* What is said of it, and where on the page more of it is. */
static void said_cells(struct row *row, const struct review_shown *shown, const struct found *found)
{
    struct off_said said = { 0 };

    found->kind->say(&said, shown, found->i);
    row_format(row, "saidWhat", "%.*s", BC_STR_ARG(bc_buf_str(&said.what)));
    row_format(row, "saidMuch", "%.*s", BC_STR_ARG(bc_buf_str(&said.much)));
    row_format(row, "saidWhy", "%.*s", BC_STR_ARG(bc_buf_str(&said.why)));
    if (found->kind->place)
        row_word(row, "place", found->kind->place);
    bc_buf_release(&said.what);
    bc_buf_release(&said.much);
    bc_buf_release(&said.why);
}

struct all_found {
    const struct review_shown *shown;
    struct found *at;
};

static void fill_found(struct row *row, const void *source, size_t i)
{
    const struct all_found *all = source;
    const struct found *found = &all->at[i];
    struct bc_buf *text;

    if (row_for_people(row)) {
        row_word(row, "state", states[found->state].told);
        row_color(row, states[found->state].color);
        text = row_make(row);
        if (found->more)
            bc_buf_printf(text, "and %zu more; %s", found->more, found->kind->all);
        else
            found->kind->tell(text, all->shown, found->i);
        row_made(row, "what");
        return;
    }
    row_word(row, "what", found->kind->what);
    row_word(row, "state", states[found->state].word);
    found->kind->cells(row, all->shown, found->i);
    if (row_for_pages(row))
        said_cells(row, all->shown, found);
}

static struct rows found_rows(struct row *row, const struct review_shown *shown)
{
    const size_t n = find(NULL, shown);
    struct all_found *all = row_alloc(row, sizeof(*all));

    *all = (struct all_found){ shown, row_alloc(row, (n + 1) * sizeof(*all->at)) };
    (void)find(all->at, shown);
    return rows_of(fill_found, all, row_for_people(row) ? fold(all->at, n) : n);
}

void review_part_off_cells(struct row *row, const struct review_shown *shown)
{
    row_rows(row, "off", found_rows(row, shown));
}

void review_part_off(const struct cmd_env *env, const struct review_shown *shown)
{
    static const struct column columns[] = {
        { .name = "STATE", .key = "state" },
        { .name = "WHAT", .key = "what", .fit = COLUMN_WRAP },
    };
    struct row room = { .readers = ROW_FOR_PEOPLE };
    const struct rows rows = found_rows(&room, shown);

    section_format(env, "What is off", "the worst first");
    if (rows.n == 0)
        fputs("nothing\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), rows);
    row_release(&room);
}
