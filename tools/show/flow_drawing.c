#include "tools/show/flow_drawing.h"

#include "tools/draw/sankey.h"
#include "tools/show/drawing.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

enum { UNKNOWN_MAX = 12 }; /* stages that the rules do not know; more share one place */

/* The places of one side: those of the rules in their order, others by their bytes, and nowhere
 * first on the left, last on the right. */
struct side {
    const struct basis *basis;
    bool right;
    struct bc_str *ids, *labels;
    size_t n;
};

struct drawing {
    const struct flow_shown *shown;
    struct side sides[2];
    struct sankey_ribbon *ribbons;
    size_t ribbon_n;
    uint64_t closed; /* on both dates */
    bool shared;     /* stages that the rules do not know share a place */
};

static int stage_of(const struct drawing *drawing, struct bc_str id)
{
    return bc_rules_stage(drawing->shown->basis->rules, id);
}

static bool is_lost(const struct drawing *drawing, struct bc_str id)
{
    return bc_stage_in(drawing->shown->basis->rules->lost, stage_of(drawing, id));
}

static bool is_won(const struct drawing *drawing, struct bc_str id)
{
    return bc_stage_in(bc_rules_closed(drawing->shown->basis->rules), stage_of(drawing, id));
}

static bool is_closed(const struct drawing *drawing, struct bc_str id)
{
    return is_lost(drawing, id) || is_won(drawing, id);
}

/* --- sides --- */

static long rank(const struct side *side, struct bc_str id)
{
    const int stage = bc_rules_stage(side->basis->rules, id);

    if (id.len == 0)
        return side->right ? LONG_MAX : -1;
    return stage == BC_NO_STAGE ? BC_STAGE_MAX : stage;
}

static int in_order(const void *a, const void *b, void *of)
{
    const struct bc_str *left = a, *right = b;
    const long one = rank(of, *left), other = rank(of, *right);

    return one != other ? (one > other) - (one < other) : bc_str_cmp(*left, *right);
}

static size_t place_of(const struct side *side, struct bc_str id)
{
    size_t place = 0;

    while (place < side->n && !bc_str_eq(side->ids[place], id))
        place++;
    return place;
}

static void add_place(struct side *side, struct bc_str id)
{
    if (place_of(side, id) == side->n)
        side->ids[side->n++] = id;
}

static void settle(struct side *side)
{
    const bc_rules *rules = side->basis->rules;

    if (side->n > 1)
        qsort_r(side->ids, side->n, sizeof(*side->ids), in_order, side);
    for (size_t i = 0; i < side->n; i++) {
        const int stage = bc_rules_stage(rules, side->ids[i]);

        side->labels[i] = side->ids[i].len == 0  ? BC_STR("Not there")
                          : stage == BC_NO_STAGE ? side->ids[i]
                                                 : bc_str_of(rules->stages[stage].label);
    }
}

/* --- ribbons --- */

static enum sankey_kind kind_of(const struct drawing *drawing, const struct bc_move *move)
{
    const int from = stage_of(drawing, move->from), to = stage_of(drawing, move->to);

    if (bc_str_eq(move->from, move->to))
        return SANKEY_STAYED;
    if (move->to.len == 0)
        return SANKEY_WENT;
    if (is_lost(drawing, move->to))
        return SANKEY_LOST;
    if (is_won(drawing, move->to))
        return SANKEY_WON;
    if (move->from.len == 0)
        return SANKEY_CAME;
    return to < from ? SANKEY_BACK : SANKEY_ON;
}

static bool is_drawn(const struct drawing *drawing, const struct bc_move *move)
{
    return !is_closed(drawing, move->from) || !is_closed(drawing, move->to);
}

static bool is_unknown(const struct drawing *drawing, struct bc_str id)
{
    return id.len && stage_of(drawing, id) == BC_NO_STAGE;
}

static struct bc_str shown_id(const struct drawing *drawing, struct bc_str id)
{
    return drawing->shared && is_unknown(drawing, id) ? BC_STR("other stages") : id;
}

/* Whether there are too many of them, each of which somebody once wrote. */
static bool has_many_unknown(const struct drawing *drawing)
{
    const struct bc_flow *flow = drawing->shown->flow;
    struct bc_str ids[UNKNOWN_MAX];
    size_t n = 0;

    for (size_t i = 0; i < 2 * flow->move_n; i++) {
        const struct bc_str id = i % 2 ? flow->moves[i / 2].to : flow->moves[i / 2].from;
        size_t at = 0;

        if (!is_unknown(drawing, id))
            continue;
        while (at < n && !bc_str_eq(ids[at], id))
            at++;
        if (at == UNKNOWN_MAX)
            return true;
        ids[at] = id;
        n += at == n;
    }
    return false;
}

/* Ways of a kind from one place to another are one. */
static void add_ribbon(struct drawing *drawing, const struct bc_move *move)
{
    const struct sankey_ribbon ribbon = {
        .from = place_of(&drawing->sides[0], shown_id(drawing, move->from)),
        .to = place_of(&drawing->sides[1], shown_id(drawing, move->to)),
        .n = move->n,
        .kind = kind_of(drawing, move),
    };

    for (size_t i = 0; i < drawing->ribbon_n; i++) {
        struct sankey_ribbon *other = &drawing->ribbons[i];

        if (other->from == ribbon.from && other->to == ribbon.to && other->kind == ribbon.kind) {
            other->n += ribbon.n;
            return;
        }
    }
    drawing->ribbons[drawing->ribbon_n++] = ribbon;
}

static void add_moves(struct drawing *drawing)
{
    const struct bc_flow *flow = drawing->shown->flow;
    struct side *left = &drawing->sides[0], *right = &drawing->sides[1];

    drawing->shared = has_many_unknown(drawing);
    for (size_t i = 0; i < flow->move_n; i++) {
        if (!is_drawn(drawing, &flow->moves[i])) {
            drawing->closed += flow->moves[i].n;
            continue;
        }
        add_place(left, shown_id(drawing, flow->moves[i].from));
        add_place(right, shown_id(drawing, flow->moves[i].to));
    }
    settle(left);
    settle(right);
    for (size_t i = 0; i < flow->move_n; i++)
        if (is_drawn(drawing, &flow->moves[i]))
            add_ribbon(drawing, &flow->moves[i]);
}

/* --- words --- */

static void add_title(struct bc_buf *out, const struct flow_shown *shown, struct bc_str from,
                      struct bc_str to)
{
    bc_buf_printf(out, "Flow in slice %s from ",
                  shown->basis->rules->slices[shown->ask->slice].name);
    bc_buf_add_str(out, from);
    bc_buf_add_str(out, BC_STR(" to "));
    bc_buf_add_str(out, to);
}

/* "10 in the stages asked for, +13 in: 13 new, −9 out: 1 won, 8 lost, = 14". */
static void add_sum(struct bc_buf *out, const struct bc_flow *flow)
{
    static const char *const signs[] = { "+", "\xe2\x88\x92" };

    bc_buf_printf(out, "%" PRIu64 " in the stages asked for", flow_before(flow));
    for (int group = BC_FLOW_IN; group <= BC_FLOW_OUT; group++) {
        const struct bc_flow_group_row *row = &bc_flow_groups[group];
        const char *before = ": ";

        bc_buf_printf(out, ", %s%" PRIu64 " %s", signs[group],
                      bc_flow_group_n(flow, (enum bc_flow_group)group), row->word);
        for (unsigned kind = row->first; kind < row->end; kind++) {
            if (flow->n[kind] == 0)
                continue;
            bc_buf_printf(out, "%s%" PRIu64 " %s", before, flow->n[kind],
                          bc_flow_kind_word((enum bc_flow_kind)kind));
            before = ", ";
        }
    }
    bc_buf_printf(out, ", = %" PRIu64, flow_after(flow));
}

static void add_notes(struct drawing_lines *lines, struct sheet_place place,
                      const struct drawing *drawing)
{
    if (drawing->ribbon_n == 0)
        bc_buf_printf(drawing_lines_add(lines), "No deal is there to be drawn.");
    if (drawing->closed)
        bc_buf_printf(drawing_lines_add(lines),
                      "%" PRIu64 " deal%s closed on both dates %s not drawn.", drawing->closed,
                      drawing->closed == 1 ? "" : "s", drawing->closed == 1 ? "is" : "are");
    drawing_lines_basis(lines, place, drawing->shown->basis, &drawing->shown->basis->as_of_us);
    drawing_lines_end(lines);
}

static void draw(struct bc_buf *out, struct sheet_place place, const struct drawing *drawing)
{
    const struct flow_shown *shown = drawing->shown;
    const int64_t *dates_us = shown->basis->question.as_of_us;
    const struct side *left = &drawing->sides[0], *right = &drawing->sides[1];
    struct bc_buf from = { 0 }, to = { 0 }, title = { 0 }, sum = { 0 };
    struct drawing_lines lines = { 0 };

    drawing_date(&from, shown->basis, dates_us[0]);
    drawing_date(&to, shown->basis, dates_us[1]);
    add_title(&title, shown, bc_buf_str(&from), bc_buf_str(&to));
    if (place.number == 0) /* a page says it itself */
        add_sum(&sum, shown->flow);
    add_notes(&lines, place, drawing);
    sankey_draw(out, &(struct sankey){ .place = place,
                                       .title = bc_buf_str(&title),
                                       .sum = bc_buf_str(&sum),
                                       .left = { bc_buf_str(&from), left->labels, left->n },
                                       .right = { bc_buf_str(&to), right->labels, right->n },
                                       .ribbons = drawing->ribbons,
                                       .ribbon_n = drawing->ribbon_n,
                                       .notes = lines.at,
                                       .note_n = lines.n });
    bc_buf_release(&from);
    bc_buf_release(&to);
    bc_buf_release(&title);
    bc_buf_release(&sum);
    drawing_lines_release(&lines);
}

void flow_drawing_add(struct bc_buf *out, struct sheet_place place, const void *of)
{
    const struct flow_shown *shown = of;
    const size_t n = shown->flow->move_n + 1;
    struct drawing drawing = { .shown = shown };

    drawing.ribbons = bc_calloc(n, sizeof(*drawing.ribbons));
    for (int i = 0; i < 2; i++)
        drawing.sides[i] = (struct side){ .basis = shown->basis,
                                          .right = i == 1,
                                          .ids = bc_calloc(n, sizeof(struct bc_str)),
                                          .labels = bc_calloc(n, sizeof(struct bc_str)) };
    add_moves(&drawing);
    draw(out, place, &drawing);
    for (int i = 0; i < 2; i++) {
        free(drawing.sides[i].ids);
        free(drawing.sides[i].labels);
    }
    free(drawing.ribbons);
}
