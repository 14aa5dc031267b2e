#include "tests/model/recount_cohort.h"

#include "tests/model/recount_outcome.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void recount_cohort_print(struct bc_buf *out, const struct bc_cohort *cohort, size_t by_n)
{
    for (size_t i = 0; cohort->values && i < by_n; i++)
        bc_buf_printf(out, "%s%.*s", i ? "," : "", BC_STR_ARG(cohort->values[i]));
    bc_buf_printf(out,
                  "%s %" PRIu64 " of %" PRIu64 ", %" PRIu64 " failed, %" PRIu64 " open, %" PRIu64
                  " already",
                  cohort->values ? ":" : "all", cohort->converted, cohort->n, cohort->failed,
                  cohort->open, cohort->already);
    if (cohort->converted)
        bc_buf_printf(out, "; days %.6f %.6f %.6f", cohort->mean_days, cohort->median_days,
                      cohort->p90_days);
}

void recount_cohorts_print(struct bc_buf *out, const struct bc_cohorts *cohorts, size_t by_n)
{
    recount_cohort_print(out, &cohorts->all, by_n);
    bc_buf_printf(
        out, "; immature %" PRIu64 " excluded %" PRIu64 " gone %" PRIu64 " without %" PRIu64 "\n",
        cohorts->immature, cohorts->excluded, cohorts->gone, cohorts->without_deal);
    for (size_t i = 0; i < cohorts->row_n; i++) {
        recount_cohort_print(out, &cohorts->rows[i], by_n);
        bc_buf_add_byte(out, '\n');
    }
}

/* --- one deal --- */

struct counting {
    const struct world *world;
    const struct bc_cohort_ask *ask;
    bc_stage_set to;
};

/* The event that a deal is counted from, or NULL. */
static const struct bc_event *anchor_of(const struct counting *counting, const struct deal *deal)
{
    const struct bc_cohort_ask *ask = counting->ask;

    if (ask->anchor == BC_ANCHOR_ENTRY) {
        for (size_t i = 0; i < deal->visit_n; i++)
            if (in_set(ask->at, deal->visits[i].stage) && !deal->visits[i].observed)
                return deal->visits[i].event;
        return NULL;
    }
    for (size_t i = 0; i < deal->folded; i++) {
        const struct bc_event *event = deal->events[i];

        if (ask->anchor == BC_ANCHOR_LEAD ? event->body == BC_LEAD_CAPTURED
                                          : event->body == BC_DEAL_ENROLLED &&
                                                bc_str_eq(event->value[1].text, ask->experiment))
            return event;
    }
    return NULL;
}

static bool after(const struct counting *counting, const struct visit *visit,
                  const struct bc_event *anchor)
{
    if (visit->entered_us != anchor->occurred_us)
        return visit->entered_us > anchor->occurred_us;
    return counting->ask->anchor == BC_ANCHOR_LEAD || visit->event->seq > anchor->seq;
}

static int64_t back(const struct counting *counting, int64_t us, int32_t days)
{
    return days == 0 ? us : recount_window_begin(counting->world->rules->zone, us, days);
}

static bool kind_is(const struct counting *counting, int stage, enum bc_stage_kind kind)
{
    return stage != BC_NO_STAGE && counting->world->rules->stages[stage].kind == kind;
}

static char outcome_of(const struct counting *counting, const struct deal *deal,
                       const struct bc_event *anchor, double *days)
{
    const int32_t mature = counting->ask->mature;
    int at_anchor = BC_NO_STAGE, at_end = BC_NO_STAGE;
    const struct visit *hit = NULL;

    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct visit *visit = &deal->visits[i];

        if (!after(counting, visit, anchor))
            at_anchor = visit->stage;
        else if (mature != BC_NOT_MATURE &&
                 back(counting, visit->entered_us, mature) > anchor->occurred_us)
            continue;
        else if (!hit && in_set(counting->to, visit->stage))
            hit = visit;
        at_end = visit->stage;
    }
    if (in_set(counting->to, at_anchor))
        return 'a';
    if (hit)
        *days = (double)(hit->entered_us - anchor->occurred_us) / (double)BC_DAY_US;
    if (hit)
        return 'c';
    return kind_is(counting, at_end, BC_STAGE_LOST) ? 'f' : 'o';
}

char recount_outcome(const struct world *world, const struct bc_cohort_ask *ask, bc_stage_set to,
                     const struct deal *deal, const struct bc_event *anchor, double *days)
{
    const struct counting counting = { world, ask, to };

    return outcome_of(&counting, deal, anchor, days);
}

/* --- keys --- */

/* What an event sets a property to; false: nothing. */
static bool setting(const struct bc_event *event, struct bc_str name, struct bc_str *out)
{
    static const struct {
        const char *name;
        unsigned field;
    } given[] = { { "deal_name", 1 }, { "deal_type", 4 }, { "owner", 5 } };

    if (event->body == BC_PROPERTY_CHANGED && bc_str_eq(event->value[1].text, name)) {
        *out = event->value[2].text;
        return true;
    }
    for (size_t i = 0; event->body == BC_DEAL_CREATED && i < 3; i++)
        if (bc_str_eq(name, bc_str_of(given[i].name)) && event->value[given[i].field].text.len) {
            *out = event->value[given[i].field].text;
            return true;
        }
    return false;
}

static struct bc_str property_at(const struct counting *counting, const struct deal *deal,
                                 struct bc_str name, int64_t us)
{
    struct bc_str by_then = { 0 }, first_after = { 0 }, last = { 0 }, value;
    bool set_by_then = false, set_after = false;
    enum bc_time_mode mode = BC_AS_RECORDED;
    const bc_rules *rules = counting->world->rules;

    for (size_t i = 0; i < deal->event_n; i++) {
        if (!setting(deal->events[i], name, &value))
            continue;
        last = value;
        if (deal->events[i]->occurred_us <= us) {
            by_then = value;
            set_by_then = true;
        } else if (!set_after) {
            first_after = value;
            set_after = true;
        }
    }
    for (size_t i = 0; counting->ask->late_values && i < rules->property_n; i++)
        if (bc_str_eq(bc_str_of(rules->properties[i].name), name))
            mode = rules->properties[i].mode;
    if (mode == BC_BEST_KNOWN)
        return last;
    return mode == BC_BACKFILL && !set_by_then ? first_after : by_then;
}

/* The last event of a body by then, or the first; of a list of events by time. */
static const struct bc_event *event_at(const struct bc_event *const *events, size_t n,
                                       enum bc_body body, int64_t us, bool last)
{
    const struct bc_event *found = NULL;

    for (size_t i = 0; i < n; i++)
        if (events[i]->body == body && events[i]->occurred_us <= us && (last || !found))
            found = events[i];
    return found;
}

static struct bc_str text_at(const struct bc_event *event, unsigned field)
{
    return event ? event->value[field].text : (struct bc_str){ 0 };
}

/* What was published is about no deal: of all events, the last by (occurred, seq). */
static struct bc_str published(const struct world *world, enum bc_body body, int64_t us)
{
    const struct bc_event *last = NULL;

    for (size_t i = 0; i < world->event_n; i++)
        if (world->events[i]->body == body && world->events[i]->occurred_us <= us &&
            (!last || world->events[i]->occurred_us >= last->occurred_us))
            last = world->events[i];
    return text_at(last, 1);
}

static struct bc_str meetings_at(const struct deal *deal, int64_t us)
{
    static const char *const counts[] = { "0", "1", "2", "3+" };
    size_t n = 0;

    for (size_t i = 0; i < deal->event_n; i++) {
        const struct bc_event *event = deal->events[i], *last = event;

        if (event->body != BC_MEETING_LOGGED || event->occurred_us > us)
            continue;
        for (size_t j = i + 1; j < deal->event_n; j++)
            if (deal->events[j]->body == BC_MEETING_LOGGED && deal->events[j]->occurred_us <= us &&
                bc_str_eq(deal->events[j]->value[1].text, event->value[1].text))
                last = deal->events[j];
        n += last == event && event->value[2].us <= us &&
             bc_str_eq(event->value[3].text, BC_STR("completed"));
    }
    return bc_str_of(counts[n < 3 ? n : 3]);
}

static struct bc_str made(const struct counting *counting, const char *text)
{
    return bc_arena_copy(counting->world->arena, bc_str_of(text));
}

static struct bc_str civil(const struct counting *counting, struct bc_str key, int64_t us)
{
    int year, month, day;
    char text[32];

    bc_civil_of_day(&year, &month, &day, bc_zone_day(counting->world->rules->zone, us));
    snprintf(text, sizeof(text), "%04d", year);
    if (bc_str_eq(key, BC_STR("month")))
        snprintf(text, sizeof(text), "%04d-%02d", year, month);
    if (bc_str_eq(key, BC_STR("quarter")))
        snprintf(text, sizeof(text), "%04d-Q%d", year, (month - 1) / 3 + 1);
    return made(counting, text);
}

static struct bc_str yes(bool is)
{
    return is ? BC_STR("yes") : BC_STR("no");
}

static struct bc_str arm_at(const struct deal *deal, struct bc_str experiment, int64_t us)
{
    for (size_t i = 0; i < deal->event_n; i++)
        if (deal->events[i]->body == BC_DEAL_ENROLLED && deal->events[i]->occurred_us <= us &&
            bc_str_eq(deal->events[i]->value[1].text, experiment))
            return deal->events[i]->value[2].text;
    return (struct bc_str){ 0 };
}

static struct bc_str value_of(const struct counting *counting, const struct deal *deal,
                              struct bc_str key, int64_t us)
{
    static const char *const fits[] = { "need", "budget", "icp_fit" };
    const struct bc_event *const *events = (const struct bc_event *const *)deal->events;
    const size_t n = deal->event_n;
    const struct bc_event *judged = event_at(events, n, BC_QUALIFICATION_RECORDED, us, true);

    for (unsigned i = 0; i < 3; i++)
        if (bc_str_eq(key, bc_str_of(fits[i])))
            return judged ? yes(judged->value[i + 1].yes) : (struct bc_str){ 0 };
    if (bc_str_eq(key, BC_STR("icp_version"))) {
        struct bc_str set = property_at(counting, deal, key, us);

        return set.len ? set : text_at(judged, 4);
    }
    if (bc_str_eq(key, BC_STR("icp")))
        return published(counting->world, BC_ICP_PUBLISHED, us);
    if (bc_str_eq(key, BC_STR("playbook")))
        return published(counting->world, BC_PLAYBOOK_PUBLISHED, us);
    if (bc_str_eq(key, BC_STR("campaign")))
        return text_at(event_at(events, n, BC_LEAD_CAPTURED, us, false), 1);
    if (bc_str_eq(key, BC_STR("channel")))
        return text_at(event_at(events, n, BC_LEAD_CAPTURED, us, false), 2);
    if (bc_str_eq(key, BC_STR("month")) || bc_str_eq(key, BC_STR("quarter")) ||
        bc_str_eq(key, BC_STR("year")))
        return civil(counting, key, us);
    if (bc_str_eq(key, BC_STR("meetings")))
        return meetings_at(deal, us);
    if (bc_str_eq(key, BC_STR("opened")))
        return yes(event_at(events, n, BC_EMAIL_OPENED, us, true) != NULL);
    if (bc_str_eq(key, BC_STR("replied")))
        return yes(event_at(events, n, BC_EMAIL_REPLIED, us, true) != NULL);
    if (key.len > 4 && memcmp(key.at, "arm:", 4) == 0)
        return arm_at(deal, (struct bc_str){ key.at + 4, key.len - 4 }, us);
    return property_at(counting, deal, key, us);
}

/* --- all of them --- */

void recount_tally(struct recount_tallied *to, char outcome, double days, bc_arena *arena)
{
    double *grown = bc_arena_alloc(arena, (to->day_n + 1) * sizeof(*grown));

    to->cohort.already += outcome == 'a';
    to->cohort.n += outcome != 'a';
    to->cohort.converted += outcome == 'c';
    to->cohort.failed += outcome == 'f';
    to->cohort.open += outcome == 'o';
    if (outcome != 'c')
        return;
    if (to->day_n)
        memcpy(grown, to->days, to->day_n * sizeof(*grown));
    to->days = grown;
    to->days[to->day_n++] = days;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double quantile(const struct recount_tallied *of, double q)
{
    const double place = q * (double)(of->day_n - 1);
    const size_t at = (size_t)place;
    const double low = of->days[at], high = of->days[at + 1 < of->day_n ? at + 1 : at];

    return low + (high - low) * (place - (double)at);
}

void recount_tally_finish(struct recount_tallied *of)
{
    double sum = 0;

    if (of->day_n == 0)
        return;
    qsort(of->days, of->day_n, sizeof(*of->days), by_size);
    for (size_t i = 0; i < of->day_n; i++)
        sum += of->days[i];
    of->cohort.mean_days = sum / (double)of->day_n;
    of->cohort.median_days = quantile(of, 0.5);
    of->cohort.p90_days = quantile(of, 0.9);
}

static bool same_values(const struct bc_str *a, const struct bc_str *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!bc_str_eq(a[i], b[i]))
            return false;
    return true;
}

static size_t compared_n;

static int in_order(const void *a, const void *b)
{
    const struct bc_cohort *x = &((const struct recount_tallied *)a)->cohort;
    const struct bc_cohort *y = &((const struct recount_tallied *)b)->cohort;
    int order = 0;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    for (size_t i = 0; order == 0 && i < compared_n; i++)
        order = bc_str_cmp(x->values[i], y->values[i]);
    return order;
}

/* Of the slice, gone or not. */
static bool in_slice(const struct counting *counting, const struct deal *deal)
{
    struct deal there = *deal;

    there.gone = false;
    return deal_counts(counting->world, &there, counting->ask->slice);
}

static bool only_found(const struct counting *counting, const struct deal *deal)
{
    for (size_t i = 0; counting->ask->anchor == BC_ANCHOR_ENTRY && i < deal->visit_n; i++)
        if (in_set(counting->ask->at, deal->visits[i].stage))
            return deal->visits[i].entered_us > counting->ask->since_us;
    return false;
}

/* The result of the same values, made if there is none. */
static struct recount_tallied *row_of(const struct counting *counting, struct recount_tallied *rows,
                                      size_t *n, const struct deal *deal, int64_t us)
{
    const size_t by_n = counting->ask->by_n;
    struct bc_str *values =
        bc_arena_alloc(counting->world->arena, (by_n + 1) * sizeof(struct bc_str));

    for (size_t i = 0; i < by_n; i++)
        values[i] = value_of(counting, deal, counting->ask->by[i].text, us);
    for (size_t i = 0; i < *n; i++)
        if (same_values(rows[i].cohort.values, values, by_n))
            return &rows[i];
    rows[*n] = (struct recount_tallied){ .cohort = { .values = values } };
    return &rows[(*n)++];
}

static void count_deal(const struct counting *counting, const struct deal *deal,
                       struct bc_cohorts *sum, struct recount_tallied *all,
                       struct recount_tallied *rows, size_t *n)
{
    const struct bc_cohort_ask *ask = counting->ask;
    const struct bc_event *anchor = anchor_of(counting, deal);
    const bool too_old = anchor && anchor->occurred_us <= ask->since_us;
    double days = 0;
    char outcome;

    if (!in_slice(counting, deal) || too_old)
        return;
    if (!anchor) {
        sum->excluded += !deal->gone && only_found(counting, deal);
    } else if (deal->gone) {
        sum->gone++;
    } else if (ask->mature != BC_NOT_MATURE &&
               anchor->occurred_us > back(counting, counting->world->as_of_us, ask->mature)) {
        sum->immature++;
    } else {
        outcome = outcome_of(counting, deal, anchor, &days);
        recount_tally(all, outcome, days, counting->world->arena);
        recount_tally(row_of(counting, rows, n, deal, anchor->occurred_us), outcome, days,
                      counting->world->arena);
    }
}

/* Leads of no deal: open, in every slice. */
static void count_alone(const struct counting *counting, struct bc_cohorts *sum,
                        struct recount_tallied *all, struct recount_tallied *rows, size_t *n)
{
    const struct world *world = counting->world;
    const struct bc_cohort_ask *ask = counting->ask;

    for (size_t i = 0; ask->anchor == BC_ANCHOR_LEAD && i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];
        const struct deal lead = { .events = &world->events[i], .event_n = 1, .folded = 1 };

        if (event->body != BC_LEAD_CAPTURED || event->deal.len ||
            !in_window(world, ask->since_us, event->occurred_us))
            continue;
        if (ask->mature != BC_NOT_MATURE &&
            event->occurred_us > back(counting, world->as_of_us, ask->mature)) {
            sum->immature++;
            continue;
        }
        sum->without_deal++;
        recount_tally(all, 'o', 0, world->arena);
        recount_tally(row_of(counting, rows, n, &lead, event->occurred_us), 'o', 0, world->arena);
    }
}

struct bc_str recount_key(const struct world *world, const struct deal *deal, struct bc_str key)
{
    const struct bc_cohort_ask ask = { .late_values = true };
    const struct counting counting = { .world = world, .ask = &ask };

    return value_of(&counting, deal, key, world->as_of_us);
}

const struct bc_event *recount_member(const struct world *world, const struct bc_cohort_ask *ask,
                                      const struct deal *deal)
{
    const struct counting counting = { .world = world, .ask = ask };
    const struct bc_event *anchor = anchor_of(&counting, deal);

    if (!anchor || anchor->occurred_us <= ask->since_us || !in_slice(&counting, deal) || deal->gone)
        return NULL;
    return ask->mature != BC_NOT_MATURE &&
                   anchor->occurred_us > back(&counting, world->as_of_us, ask->mature)
               ? NULL
               : anchor;
}

struct bc_cohorts recount_cohort_count(const struct bc_event *events, size_t n,
                                       const struct recount_question *question,
                                       const struct bc_cohort_ask *ask, bc_arena *arena)
{
    struct bc_cohorts sum = { 0 };
    struct recount_tallied all = { 0 }, *rows;
    struct counting counting = { .ask = ask, .to = ask->to };
    struct world world;
    size_t row_n = 0;

    world_make(&world, events, n, question, arena);
    counting.world = &world;
    for (int i = 0; i < (int)question->rules->stage_n; i++)
        if (kind_is(&counting, i, BC_STAGE_WON) || kind_is(&counting, i, BC_STAGE_FINAL))
            counting.to |= UINT64_C(1) << i;
    rows = bc_arena_alloc(arena, (world.deal_n + n + 1) * sizeof(*rows));
    for (size_t i = 0; i < world.deal_n; i++)
        count_deal(&counting, &world.deals[i], &sum, &all, rows, &row_n);
    count_alone(&counting, &sum, &all, rows, &row_n);
    compared_n = ask->by_n;
    if (row_n)
        qsort(rows, row_n, sizeof(*rows), in_order);
    recount_tally_finish(&all);
    sum.all = all.cohort;
    sum.rows = bc_arena_alloc(arena, (row_n + 1) * sizeof(*sum.rows));
    for (sum.row_n = 0; sum.row_n < row_n; sum.row_n++) {
        recount_tally_finish(&rows[sum.row_n]);
        sum.rows[sum.row_n] = rows[sum.row_n].cohort;
    }
    return sum;
}

void recount_cohort(struct bc_buf *out, const struct bc_event *events, size_t n,
                    const struct recount_question *question, const struct bc_cohort_ask *ask)
{
    bc_arena *arena = bc_arena_new();
    const struct bc_cohorts sum = recount_cohort_count(events, n, question, ask, arena);

    recount_cohorts_print(out, &sum, ask->by_n);
    bc_arena_free(arena);
}
