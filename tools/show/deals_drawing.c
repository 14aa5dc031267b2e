#include "tools/show/deals_drawing.h"

#include "tools/cli/names.h"
#include "tools/cli/text.h"
#include "tools/show/visit_bars.h"

#include <stdlib.h>

static bc_status read_row(struct timeline_row *row, const struct deals_drawing *drawing,
                          const struct bc_deal_row *deal, struct bc_err *err)
{
    const struct basis *basis = drawing->shown->basis;
    struct bc_history_visit *visits = NULL;
    struct visits_visit *bars;
    size_t n = 0;
    bc_status rc = bc_history_visits(&visits, &n, basis->timelines, &basis->question, deal->deal,
                                     drawing->arena, err);

    if (rc < 0)
        return rc;
    bars = bc_arena_alloc(drawing->arena, (n + 1) * sizeof(*bars));
    visit_bars_fill(bars, basis, visits, n);
    free(visits);
    *row =
        (struct timeline_row){ .name = deal->name.len && !drawing->by_id ? deal->name : deal->deal,
                               .visits = bars,
                               .visit_n = n };
    return BC_OK;
}

bc_status deals_drawing_read(struct deals_drawing *out, const struct deals_shown *shown,
                             const struct names *names, struct bc_err *err)
{
    const struct bc_deal_list *deals = shown->deals;
    bc_status rc = BC_OK;

    *out = (struct deals_drawing){ .shown = shown,
                                   .by_id = names && names->off,
                                   .n = deals->n < DEALS_DRAWN ? deals->n : DEALS_DRAWN,
                                   .arena = bc_arena_new() };
    out->rows = bc_arena_alloc(out->arena, (out->n + 1) * sizeof(*out->rows));
    for (size_t i = 0; rc == BC_OK && i < out->n; i++)
        rc = read_row(&out->rows[i], out, &deals->at[i], err);
    return rc;
}

void deals_drawing_release(struct deals_drawing *drawing)
{
    bc_arena_free(drawing->arena);
}

void deals_drawing_add(struct bc_buf *out, struct sheet_place place, const void *of)
{
    const struct deals_drawing *drawing = of;
    const struct basis *basis = drawing->shown->basis;
    const size_t n = drawing->shown->deals->n;
    struct drawing_lines lines = { 0 };
    struct bc_buf title = { 0 };

    bc_buf_printf(&title, "%zu deal%s, slice %s, ", n, text_plural(n),
                  basis->rules->slices[drawing->shown->ask->slice].name);
    drawing_date(&title, basis, basis->as_of_us);
    if (n > drawing->n)
        bc_buf_printf(drawing_lines_add(&lines), "%zu more deal%s %s not drawn.", n - drawing->n,
                      text_plural(n - drawing->n), n - drawing->n == 1 ? "is" : "are");
    drawing_lines_basis(&lines, place, basis, &basis->as_of_us);
    drawing_lines_end(&lines);
    timeline_draw(out, &(struct timeline){ .place = place,
                                           .title = bc_buf_str(&title),
                                           .time = visit_bars_time(basis),
                                           .rows = drawing->rows,
                                           .n = drawing->n,
                                           .notes = lines.at,
                                           .note_n = lines.n });
    drawing_lines_release(&lines);
    bc_buf_release(&title);
}
