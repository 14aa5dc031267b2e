#include "projections/activity/deal_list.h"

#include "projections/audit/audit.h"
#include "projections/walk/about_none.h"
#include "projections/walk/properties.h"

#include <stdlib.h>

struct making {
    struct bc_deal_list **out;
    const struct bc_question *question;
    const struct bc_deal_list_ask *ask;
    struct bc_walk walk;
    struct bc_deal_row_reader reader;
    struct bc_deal_list *deals;
};

/* Some of the deals. */
struct part {
    const struct making *making;
    struct bc_deal_row *rows;
    size_t n, cap, there, owned;
    struct bc_action_notes notes;
    bc_arena *arena;
};

static bool is_owned(const struct bc_deal_list_ask *ask, const struct bc_deal_row *row)
{
    return ask->by_owner && bc_str_eq(ask->owner, row->owner);
}

static bool is_asked(const struct making *making, const struct bc_deal_row *row)
{
    const struct bc_deal_list_ask *ask = making->ask;
    const bool open = row->stage_number != BC_NO_STAGE &&
                      making->walk.rules->stages[row->stage_number].kind == BC_STAGE_OPEN;

    return (!ask->deal.len || bc_str_eq(ask->deal, row->deal)) &&
           (!ask->stages || bc_stage_in(ask->stages, row->stage_number)) && (!ask->open || open) &&
           (!ask->open_within_us || open ||
            (row->stage.len && row->in_stage_us <= ask->open_within_us)) &&
           (!ask->by_owner || is_owned(ask, row)) &&
           (!ask->only || (ask->only & BC_DEALS_STALLED && row->stalled) ||
            (ask->only & BC_DEALS_PARKED && row->stalled_but_parked));
}

static void read_properties(struct bc_deal_row *row, const struct making *making,
                            const struct bc_deal *deal, bc_arena *arena)
{
    const char *const *names = making->ask->properties;
    struct bc_str *values;
    size_t n = 0;

    while (names && names[n])
        n++;
    if (n == 0)
        return;
    values = bc_arena_alloc(arena, n * sizeof(*values));
    for (size_t i = 0; i < n; i++) {
        const struct bc_str name = bc_str_of(names[i]);

        values[i] = bc_arena_copy(
            arena, bc_properties_at(deal, name, bc_properties_mode(making->walk.rules, name),
                                    making->question->as_of_us[0]));
    }
    row->properties = values;
}

/* From the arena of a part to that of the whole. */
static void keep_properties(struct bc_deal_row *row, const struct bc_deal_list_ask *ask,
                            bc_arena *arena)
{
    const struct bc_str *from = row->properties;
    struct bc_str *values;
    size_t n = 0;

    while (from && ask->properties[n])
        n++;
    if (n == 0)
        return;
    values = bc_arena_alloc(arena, n * sizeof(*values));
    for (size_t i = 0; i < n; i++)
        values[i] = bc_arena_copy(arena, from[i]);
    row->properties = values;
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    struct bc_deal_row row;
    bool there;

    (void)err;
    bc_view_at(view, deal);
    there = bc_deal_row_there(deal, view, 0, making->ask->slice);
    bc_action_notes_see(&part->notes, deal, there, making->walk.wants.until_us);
    if (!there)
        return BC_OK;
    bc_deal_row_read(&row, &making->reader, deal, view, 0);
    part->there++;
    part->owned += is_owned(making->ask, &row);
    if (!is_asked(making, &row))
        return BC_OK;
    bc_deal_row_keep(&row, part->arena);
    read_properties(&row, making, deal, part->arena);
    BC_GROW(part->rows, part->n, part->cap);
    part->rows[part->n++] = row;
    return BC_OK;
}

static bool is_the_one(void *payload, struct bc_str deal)
{
    return bc_str_eq(deal, ((const struct part *)payload)->making->ask->deal);
}

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;

    part->making = of;
    part->arena = bc_arena_new();
}

static void join_part(void *payload, void *of)
{
    struct bc_deal_list *deals = ((struct making *)payload)->deals;
    const struct part *part = of;

    for (size_t i = 0; i < part->n; i++) {
        struct bc_deal_row *row;

        BC_GROW(deals->at, deals->n, deals->cap);
        row = &deals->at[deals->n++];
        *row = part->rows[i];
        bc_deal_row_keep(row, deals->arena);
        keep_properties(row, part->making->ask, deals->arena);
    }
    deals->there += part->there;
    deals->owned += part->owned;
    bc_action_notes_join(&deals->notes, &part->notes);
}

static void end_part(void *payload)
{
    struct part *part = payload;

    free(part->rows);
    bc_action_notes_release(&part->notes);
    bc_arena_free(part->arena);
}

/* Those about no deal. */
static bc_status read_alone(struct making *making, struct bc_err *err)
{
    struct bc_about_none none = { 0 };
    bc_status rc = bc_about_none_read(&none, making->walk.timelines, making->walk.rules,
                                      making->walk.visible, BC_ACTION_KINDS, err);

    if (rc == BC_OK)
        bc_action_notes_alone(&making->deals->notes, none.facts, none.n,
                              making->walk.wants.until_us);
    bc_about_none_release(&none);
    return rc;
}

static int by_deal(const void *a, const void *b)
{
    return bc_str_cmp((*(struct bc_deal_row *const *)a)->deal,
                      (*(struct bc_deal_row *const *)b)->deal);
}

static void count_findings(struct bc_deal_row **rows, size_t n, const struct bc_audit *audit)
{
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        struct bc_deal_row *row = rows[i];

        while (at < audit->n && bc_str_cmp(audit->findings[at].deal, row->deal) < 0)
            at++;
        for (; at < audit->n && bc_str_eq(audit->findings[at].deal, row->deal); at++) {
            row->finding_n++;
            row->findings |= BC_FINDING_BIT(audit->findings[at].kind);
        }
    }
}

/* Beyond so many deals it takes less time to see all there are. */
enum { READ_EACH = 512 };

bc_status bc_deal_list_find(struct bc_deal_list *deals, bc_timelines *timelines,
                            const struct bc_question *question, bc_finding_set findings,
                            struct bc_err *err)
{
    struct bc_deal_row **rows = bc_reallocarray(NULL, deals->n + 1, sizeof(struct bc_deal_row *));
    struct bc_str *ids = bc_reallocarray(NULL, deals->n + 1, sizeof(*ids));
    struct bc_audit *audit = NULL;
    bc_status rc;

    for (size_t i = 0; i < deals->n; i++)
        rows[i] = &deals->at[i];
    if (deals->n > 1)
        qsort(rows, deals->n, sizeof(struct bc_deal_row *), by_deal);
    for (size_t i = 0; i < deals->n; i++)
        ids[i] = rows[i]->deal;
    rc = bc_audit_kinds(&audit, timelines, question, findings, deals->n > READ_EACH ? NULL : ids,
                        deals->n, err);
    if (rc == BC_OK)
        count_findings(rows, deals->n, audit);
    bc_audit_free(audit);
    free(ids);
    free(rows);
    return rc;
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;
    struct bc_deal_list *deals = making->deals;

    if (rc == BC_OK)
        rc = read_alone(making, err);
    if (rc == BC_OK && making->ask->findings)
        rc = bc_deal_list_find(deals, making->walk.timelines, making->question,
                               making->ask->findings, err);
    if (rc == BC_OK) {
        bc_actions_settle(&deals->actions, &deals->notes, making->walk.dates.day[0]);
        *making->out = deals;
    } else {
        bc_deal_list_free(deals);
    }
    bc_walk_release(&making->walk);
    free(making);
    return rc;
}

bc_status bc_deal_list_begin(struct bc_walked *walked, struct bc_deal_list **out,
                             bc_timelines *timelines, const struct bc_question *question,
                             const struct bc_deal_list_ask *ask, struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    making->question = question;
    making->ask = ask;
    making->deals = bc_calloc(1, sizeof(*making->deals));
    making->deals->arena = bc_arena_new();
    rc = bc_walk_init(&making->walk, timelines, question, err);
    if (rc < 0)
        return rc;
    bc_walk_everything(&making->walk);
    if (ask->deal.len)
        making->walk.wants_deal = is_the_one;
    bc_deal_row_ask(&making->reader, &making->walk);
    return BC_OK;
}

bc_status bc_deal_list_make(struct bc_deal_list **out, bc_timelines *timelines,
                            const struct bc_question *question, const struct bc_deal_list_ask *ask,
                            struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_deal_list_begin(&walked, out, timelines, question, ask, err);

    return bc_walk_answer(&walked, 1, rc, err);
}

/* --- order --- */

static int stage_rank(const struct bc_deal_row *row)
{
    if (row->stage.len == 0)
        return BC_STAGE_MAX + 1;
    return row->stage_number == BC_NO_STAGE ? BC_STAGE_MAX : row->stage_number;
}

static int by_stage(const void *a, const void *b)
{
    const struct bc_deal_row *left = a, *right = b;
    int order = stage_rank(left) - stage_rank(right);

    if (order == 0)
        order = bc_str_cmp(left->stage, right->stage);
    if (order == 0)
        order = (left->in_stage_us < right->in_stage_us) - (left->in_stage_us > right->in_stage_us);
    return order ? order : bc_str_cmp(left->deal, right->deal);
}

void bc_deal_list_by_stage(struct bc_deal_list *deals)
{
    if (deals->n)
        qsort(deals->at, deals->n, sizeof(*deals->at), by_stage);
}

void bc_deal_list_free(struct bc_deal_list *deals)
{
    if (!deals)
        return;
    bc_actions_release(&deals->actions);
    bc_action_notes_release(&deals->notes);
    bc_arena_free(deals->arena);
    free(deals->at);
    free(deals);
}
