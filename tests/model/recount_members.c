#include "tests/model/recount_members.h"

#include "tests/model/recount_world.h"

#include <inttypes.h>
#include <stdlib.h>

void recount_members_print(struct bc_buf *out, const struct bc_members *members)
{
    static const char *const states[] = { "active", "upcoming", "overdue", "ended" };

    for (size_t i = 0; i < members->row_n; i++) {
        const struct bc_member *member = &members->rows[i];
        char mrr[BC_AMOUNT_LEN], start[BC_DAY_LEN], end[BC_DAY_LEN];

        bc_amount_print(mrr, member->mrr);
        bc_day_print(start, member->start);
        bc_day_print(end, member->end);
        bc_buf_printf(
            out, "%s%.*s: %" PRIu64 " deals, %s, %s to %s, %s, health %.*s, intent %.*s\n",
            member->is_deal ? "deal " : "", BC_STR_ARG(member->name), member->deals, mrr, start,
            end, states[member->state], BC_STR_ARG(member->health), BC_STR_ARG(member->intent));
    }
    bc_buf_printf(out, "other %" PRIu64 "\n", members->other_currency);
}

static enum bc_stage_kind kind_of(const struct world *world, const struct deal *deal)
{
    const int stage = deal_stage(deal);

    return stage == BC_NO_STAGE ? BC_STAGE_OPEN : world->rules->stages[stage].kind;
}

static bool has_contract(const struct world *world, const struct deal *deal, int32_t days[2])
{
    const enum bc_stage_kind kind = kind_of(world, deal);

    return (kind == BC_STAGE_WON || kind == BC_STAGE_FINAL) &&
           bc_day_parse(&days[0], world_property(world, deal, "contract_start")) &&
           bc_day_parse(&days[1], world_property(world, deal, "contract_end"));
}

/* The last event of a body of any of some deals. */
static struct bc_str last_of(const struct deal *const *deals, size_t n, enum bc_body body)
{
    const struct bc_event *last = NULL;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < deals[i]->folded; j++) {
            const struct bc_event *event = deals[i]->events[j];

            if (event->body == body &&
                (!last || event->occurred_us > last->occurred_us ||
                 (event->occurred_us == last->occurred_us && event->seq > last->seq)))
                last = event;
        }
    return last ? last->value[1].text : (struct bc_str){ 0 };
}

/* The row of some deals of one member; false: none has a contract. */
static bool member_row(const struct world *world, const struct deal *const *deals, size_t n,
                       struct bc_member *out)
{
    bool active = false, upcoming = false, overdue = false;

    for (size_t i = 0; i < n; i++) {
        int32_t days[2];

        active |= world_counts(world, "existing_business_active", deals[i]->id);
        overdue |= world_counts(world, "overdue_renewal", deals[i]->id);
        upcoming |= kind_of(world, deals[i]) == BC_STAGE_WON &&
                    bc_day_parse(&days[0], world_property(world, deals[i], "contract_start")) &&
                    days[0] > world->day;
        if (!has_contract(world, deals[i], days))
            continue;
        out->start = !out->deals || days[0] < out->start ? days[0] : out->start;
        out->end = !out->deals || days[1] > out->end ? days[1] : out->end;
        out->mrr += world_contract_worth(world, deals[i]);
        out->deals++;
    }
    out->state = active     ? BC_MEMBER_ACTIVE
                 : upcoming ? BC_MEMBER_UPCOMING
                 : overdue  ? BC_MEMBER_OVERDUE
                            : BC_MEMBER_ENDED;
    out->health = last_of(deals, n, BC_HEALTH_RECORDED);
    out->intent = last_of(deals, n, BC_RENEWAL_INTENT_RECORDED);
    return out->deals > 0;
}

/* Companies first, then deals without one: each by the smallest name not yet taken. */
static const struct deal *next_member(const struct world *world, const struct deal *const *all,
                                      size_t n, bool companies, struct bc_str after)
{
    const struct deal *next = NULL;
    struct bc_str name = { 0 };

    for (size_t i = 0; i < n; i++) {
        const struct bc_str company = world_property(world, all[i], "company");
        const struct bc_str own = companies ? company : all[i]->id;

        if ((company.len > 0) != companies || bc_str_cmp(own, after) <= 0 ||
            (next && bc_str_cmp(own, name) >= 0))
            continue;
        next = all[i];
        name = own;
    }
    return next;
}

static void add_members(const struct world *world, const struct deal *const *all, size_t n,
                        bool companies, struct bc_members *out)
{
    const struct deal **own = bc_arena_alloc(world->arena, (n + 1) * sizeof(*own));
    struct bc_str name = { 0 };
    const struct deal *next;

    while ((next = next_member(world, all, n, companies, name)) != NULL) {
        struct bc_member *row = &out->rows[out->row_n];
        size_t own_n = 0;

        name = companies ? world_property(world, next, "company") : next->id;
        for (size_t i = 0; i < n; i++)
            if (companies ? bc_str_eq(world_property(world, all[i], "company"), name)
                          : all[i] == next)
                own[own_n++] = all[i];
        *row = (struct bc_member){ .name = name, .is_deal = !companies };
        out->row_n += member_row(world, own, own_n, row);
    }
}

static int by_name(const void *a, const void *b)
{
    const struct bc_member *x = a, *y = b;
    const int order = bc_str_cmp(x->name, y->name);

    return order ? order : (int)x->is_deal - (int)y->is_deal;
}

void recount_members(struct bc_buf *out, const struct bc_event *events, size_t n,
                     const struct recount_question *question, unsigned slice)
{
    bc_arena *arena = bc_arena_new();
    struct bc_members members = { 0 };
    const struct deal **all;
    struct world world;
    size_t all_n = 0;

    world_make(&world, events, n, question, arena);
    all = bc_arena_alloc(arena, (world.deal_n + 1) * sizeof(*all));
    members.rows = bc_arena_alloc(arena, (world.deal_n + 1) * sizeof(*members.rows));
    for (size_t i = 0; i < world.deal_n; i++) {
        const struct deal *deal = &world.deals[i];
        int32_t days[2];

        if (!deal_counts(&world, deal, slice))
            continue;
        if (world_other_currency(&world, deal))
            members.other_currency += has_contract(&world, deal, days);
        else
            all[all_n++] = deal;
    }
    add_members(&world, all, all_n, true, &members);
    add_members(&world, all, all_n, false, &members);
    if (members.row_n)
        qsort(members.rows, members.row_n, sizeof(*members.rows), by_name);
    recount_members_print(out, &members);
    bc_arena_free(arena);
}
