#include "tests/model/recount_deals.h"

#include "tests/model/recount_world.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- printing --- */

static void put_text(struct bc_buf *out, const char *what, struct bc_str text)
{
    if (text.len)
        bc_buf_printf(out, " %s %.*s", what, BC_STR_ARG(text));
}

static void put_length(struct bc_buf *out, int64_t us)
{
    bc_buf_printf(out, " %" PRId64 "d", us / BC_DAY_US);
    if (us % BC_DAY_US)
        bc_buf_printf(out, "+%" PRId64, us % BC_DAY_US);
}

static void put_at(struct bc_buf *out, int64_t us)
{
    char text[BC_INSTANT_LEN];

    bc_instant_print(text, us);
    bc_buf_printf(out, " %s", text);
}

static void put_amount(struct bc_buf *out, const char *what, bool has, int64_t millionths)
{
    char text[BC_AMOUNT_LEN];

    if (!has)
        return;
    bc_amount_print(text, millionths);
    bc_buf_printf(out, " %s %s", what, text);
}

static void print_row(struct bc_buf *out, const struct bc_deal_row *row,
                      const struct bc_action *action)
{
    char day[BC_DAY_LEN];

    bc_buf_printf(out, "%.*s", BC_STR_ARG(row->deal));
    put_text(out, "name", row->name);
    put_text(out, "owner", row->owner);
    put_text(out, "stage", row->stage);
    if (row->stage.len)
        put_length(out, row->in_stage_us);
    bc_buf_printf(out, " age");
    put_length(out, row->age_us);
    put_text(out, "type", row->type);
    bc_buf_printf(out, "%s%s",
                  row->stalled              ? " stalled"
                  : row->stalled_but_parked ? " waits"
                                            : "",
                  row->parked ? " parked" : "");
    if (row->parked) {
        bc_day_print(day, row->parked_until);
        bc_buf_printf(out, " %s", day);
    }
    put_amount(out, "amount", row->has_amount, row->amount);
    put_amount(out, "mrr", row->has_mrr, row->mrr);
    if (row->has_amount || row->has_mrr)
        bc_buf_printf(out, " %.*s", BC_STR_ARG(row->currency));
    if (row->last.what) {
        bc_buf_printf(out, " last %s", bc_schema(row->last.what)->json_name);
        put_at(out, row->last.at_us);
    }
    if (row->next_meeting_us != BC_NEVER) {
        bc_buf_printf(out, " next");
        put_at(out, row->next_meeting_us);
    }
    if (row->finding_n)
        bc_buf_printf(out, " odd %" PRIu32, row->finding_n);
    for (unsigned kind = 0; kind < BC_FINDING_KIND_N; kind++)
        if (row->findings >> kind & 1)
            bc_buf_printf(out, " %s", bc_finding_row((enum bc_finding_kind)kind)->word);
    if (action)
        put_text(out, "action", action->action);
    bc_buf_printf(out, "\n");
}

static void print_action(struct bc_buf *out, const struct bc_action *action)
{
    bc_buf_printf(out, "action %.*s", BC_STR_ARG(action->action));
    put_text(out, "deal", action->deal);
    put_text(out, "owner", action->owner);
    put_text(out, "due", action->due);
    bc_buf_printf(out, "%s", action->late ? " late" : "");
    put_text(out, "text", action->text);
    bc_buf_printf(out, "\n");
}

void recount_deals_print(struct bc_buf *out, const struct bc_deal_list *deals)
{
    for (size_t i = 0; i < deals->n; i++)
        print_row(out, &deals->at[i], bc_actions_of(&deals->actions, deals->at[i].deal));
    for (size_t i = 0; i < deals->actions.n; i++)
        print_action(out, &deals->actions.at[i]);
}

/* --- counting --- */

struct counting {
    const struct world *world;
    const struct bc_deal_list_ask *ask;
    struct bc_action *actions; /* open ones, by id */
    size_t action_n;
    struct recount audit; /* its findings, of all kinds that are usual */
};

static bool after(const struct bc_event *event, const struct bc_event *other)
{
    return event->occurred_us != other->occurred_us ? event->occurred_us > other->occurred_us
                                                    : event->seq > other->seq;
}

/* The name, owner and type of a creation set a property, too. */
static struct bc_str property(const struct world *world, const struct deal *deal, const char *name)
{
    const unsigned field = strcmp(name, "deal_name") == 0   ? BC_DEAL_CREATED_NAME
                           : strcmp(name, "owner") == 0     ? BC_DEAL_CREATED_OWNER
                           : strcmp(name, "deal_type") == 0 ? BC_DEAL_CREATED_DEAL_TYPE
                                                            : 0;
    enum bc_time_mode mode = BC_AS_RECORDED;
    struct bc_str chosen = { 0 };
    bool set = false;

    for (size_t i = 0; i < world->rules->property_n; i++)
        if (strcmp(world->rules->properties[i].name, name) == 0)
            mode = world->rules->properties[i].mode;
    for (size_t i = 0; i < deal->event_n; i++) {
        const struct bc_event *event = deal->events[i];
        struct bc_str value;

        if (event->body == BC_DEAL_CREATED && field && event->value[field].text.len)
            value = event->value[field].text;
        else if (event->body == BC_PROPERTY_CHANGED &&
                 bc_str_eq(event->value[1].text, bc_str_of(name)))
            value = event->value[2].text;
        else
            continue;
        if (i >= deal->folded && (mode == BC_AS_RECORDED || (mode == BC_BACKFILL && set)))
            break;
        chosen = value;
        set = true;
    }
    return chosen;
}

/* The last word about a meeting, as far as the date sees. */
static bool last_word(const struct deal *deal, size_t i)
{
    for (size_t j = i + 1; j < deal->folded; j++)
        if (deal->events[j]->body == BC_MEETING_LOGGED &&
            bc_str_eq(deal->events[j]->value[1].text, deal->events[i]->value[1].text))
            return false;
    return true;
}

static bool outcome_is(const struct bc_event *meeting, const char *outcome)
{
    return bc_str_eq(meeting->value[BC_MEETING_LOGGED_OUTCOME].text, bc_str_of(outcome));
}

static bool begins_visit(const struct deal *deal, const struct bc_event *event)
{
    for (size_t i = 0; i < deal->visit_n; i++)
        if (deal->visits[i].event == event)
            return !deal->visits[i].observed;
    return false;
}

/* When an event was an activity; false: it is none. */
static bool activity(const struct world *world, const struct deal *deal, size_t i, int64_t *us)
{
    const struct bc_event *event = deal->events[i];

    *us = event->occurred_us;
    switch ((int)event->body) {
    case BC_MEETING_LOGGED:
        *us = event->value[BC_MEETING_LOGGED_STARTS_AT].us;
        return last_word(deal, i) && outcome_is(event, "completed") && *us <= world->as_of_us;
    case BC_EMAIL_SENT:
    case BC_EMAIL_OPENED:
    case BC_EMAIL_REPLIED:
    case BC_OUTREACH_ATTEMPTED:
        return true;
    case BC_DEAL_CREATED:
    case BC_STAGE_CHANGED:
        return begins_visit(deal, event);
    default:
        return false;
    }
}

static void find_activities(struct bc_deal_row *row, const struct world *world,
                            const struct deal *deal)
{
    int64_t us;

    row->next_meeting_us = BC_NEVER;
    for (size_t i = 0; i < deal->folded; i++) {
        const struct bc_event *event = deal->events[i];

        if (activity(world, deal, i, &us) &&
            (!row->last.what || us > row->last.at_us ||
             (us == row->last.at_us && event->seq > row->last.seq)))
            row->last = (struct bc_last_activity){ event->body, us, event->seq };
        if (event->body != BC_MEETING_LOGGED || !last_word(deal, i) ||
            (!outcome_is(event, "scheduled") && !outcome_is(event, "rescheduled")))
            continue;
        us = event->value[BC_MEETING_LOGGED_STARTS_AT].us;
        if (us > world->as_of_us && us < row->next_meeting_us)
            row->next_meeting_us = us;
    }
}

static void find_stage(struct bc_deal_row *row, const struct world *world, const struct deal *deal)
{
    const struct visit *visit = deal->visit_n ? &deal->visits[deal->visit_n - 1] : NULL;
    bool waits;

    row->stage_number = BC_NO_STAGE;
    row->parked =
        deal_date(deal, BC_P_PARKED_UNTIL, &row->parked_until) && row->parked_until > world->day;
    if (!visit)
        return;
    row->stage = visit->id;
    row->stage_number = visit->stage;
    row->in_stage_us = world->as_of_us - visit->entered_us;
    waits = visit->stage != BC_NO_STAGE &&
            world->rules->stages[visit->stage].kind == BC_STAGE_OPEN &&
            row->in_stage_us > world->rules->learning.stalled_after_us;
    row->stalled = waits && !row->parked;
    row->stalled_but_parked = waits && row->parked;
}

static bool find_amount(int64_t *out, struct bc_str text)
{
    bc_int128 millionths;
    const bool is = world_amount(text, &millionths);

    if (is)
        *out = (int64_t)millionths;
    return is;
}

/* The first event that tells of it, or NULL: none does, and it is not there. */
static const struct bc_event *first_event(const struct deal *deal)
{
    for (size_t i = 0; i < deal->folded; i++)
        if (event_tells(deal->events[i]))
            return deal->events[i];
    return NULL;
}

static struct bc_deal_row row_of(const struct world *world, const struct deal *deal)
{
    struct bc_deal_row row = { .deal = deal->id,
                               .name = property(world, deal, "deal_name"),
                               .owner = property(world, deal, "owner"),
                               .type = property(world, deal, "deal_type"),
                               .currency = property(world, deal, "currency"),
                               .age_us = world->as_of_us - first_event(deal)->occurred_us };

    if (row.currency.len == 0)
        row.currency = bc_str_of(world->rules->revenue.currency);
    row.has_amount = find_amount(&row.amount, property(world, deal, "amount"));
    row.has_mrr = find_amount(&row.mrr, property(world, deal, "mrr"));
    find_stage(&row, world, deal);
    find_activities(&row, world, deal);
    return row;
}

static bool is_asked(const struct counting *counting, const struct bc_deal_row *row)
{
    const struct bc_deal_list_ask *ask = counting->ask;

    if (ask->stages && !in_set(ask->stages, row->stage_number))
        return false;
    if (ask->open && (row->stage_number == BC_NO_STAGE ||
                      counting->world->rules->stages[row->stage_number].kind != BC_STAGE_OPEN))
        return false;
    if (ask->by_owner && !bc_str_eq(ask->owner, row->owner))
        return false;
    return ask->only == 0 || (ask->only & BC_DEALS_STALLED && row->stalled) ||
           (ask->only & BC_DEALS_PARKED && row->stalled_but_parked);
}

/* Of the kinds that are wanted. */
static void find_findings(struct bc_deal_row *row, const struct counting *counting)
{
    for (size_t i = 0; i < counting->audit.finding_n; i++) {
        const struct recount_finding *finding = &counting->audit.findings[i];

        if (!bc_str_eq(finding->deal, row->deal))
            continue;
        for (unsigned kind = 0; kind < BC_FINDING_KIND_N; kind++) {
            const char *word = bc_finding_row((enum bc_finding_kind)kind)->word;

            if (!(counting->ask->findings >> kind & 1) || strcmp(finding->kind, word) != 0)
                continue;
            row->finding_n++;
            row->findings |= BC_FINDING_BIT(kind);
        }
    }
}

/* --- actions --- */

static bool deal_is_there(const struct counting *counting, struct bc_str id)
{
    const struct world *world = counting->world;

    for (size_t i = 0; i < world->deal_n; i++)
        if (bc_str_eq(world->deals[i].id, id))
            return deal_counts(world, &world->deals[i], counting->ask->slice);
    return id.len == 0;
}

static bool about(const struct world *world, const struct bc_event *event, enum bc_body body)
{
    return event->body == body && event->occurred_us <= world->as_of_us;
}

static bool is_open(const struct counting *counting, const struct bc_event *decided)
{
    const struct world *world = counting->world;

    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];

        if ((about(world, event, BC_ACTION_CLOSED) || about(world, event, BC_ACTION_DECIDED)) &&
            bc_str_eq(event->value[1].text, decided->value[1].text) && after(event, decided))
            return false;
    }
    return deal_is_there(counting, decided->deal);
}

static int by_action(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_action *)a)->action, ((const struct bc_action *)b)->action);
}

static void find_actions(struct counting *counting)
{
    const struct world *world = counting->world;

    counting->actions = bc_calloc(world->event_n + 1, sizeof(*counting->actions));
    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];
        int32_t due;

        if (!about(world, event, BC_ACTION_DECIDED) || !is_open(counting, event))
            continue;
        counting->actions[counting->action_n++] = (struct bc_action){
            .action = event->value[1].text,
            .deal = event->deal,
            .text = event->value[2].text,
            .owner = event->value[3].text,
            .due = event->value[4].text,
            .late = bc_day_parse(&due, event->value[4].text) && due < world->day,
            .decided_us = event->occurred_us,
            .seq = event->seq,
        };
    }
    qsort(counting->actions, counting->action_n, sizeof(*counting->actions), by_action);
}

static const struct bc_action *last_of(const struct counting *counting, struct bc_str deal)
{
    const struct bc_action *last = NULL;

    for (size_t i = 0; i < counting->action_n; i++) {
        const struct bc_action *action = &counting->actions[i];

        if (bc_str_eq(action->deal, deal) &&
            (!last || action->decided_us > last->decided_us ||
             (action->decided_us == last->decided_us && action->seq > last->seq)))
            last = action;
    }
    return last;
}

void recount_deals(struct bc_buf *out, const struct bc_event *events, size_t n,
                   const struct recount_question *question, const struct bc_deal_list_ask *ask)
{
    bc_arena *arena = bc_arena_new();
    struct counting counting = { .ask = ask };
    struct world world;

    world_make(&world, events, n, question, arena);
    counting.world = &world;
    find_actions(&counting);
    counting.audit.arena = arena;
    world_audit(&world, &counting.audit);
    for (size_t i = 0; i < world.deal_n; i++) {
        struct bc_deal_row row;

        if (!deal_counts(&world, &world.deals[i], ask->slice) || !first_event(&world.deals[i]))
            continue;
        row = row_of(&world, &world.deals[i]);
        find_findings(&row, &counting);
        if (is_asked(&counting, &row))
            print_row(out, &row, last_of(&counting, row.deal));
    }
    for (size_t i = 0; i < counting.action_n; i++)
        print_action(out, &counting.actions[i]);
    free(counting.actions);
    bc_arena_free(arena);
}
