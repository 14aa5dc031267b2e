/* tests/support/history.c - making random ledgers: deals walk their stages, and corners are cut. */
#include "tests/support/history.h"

#include "tests/support/check.h"

#define DEAL_MAX 40

struct walker {
    const char *id;
    int64_t now_us;
    size_t stage; /* index in the words */
    bool begun;
};

struct maker {
    struct history *out;
    const struct history_plan *plan;
    struct walker deals[DEAL_MAX];
    size_t deal_n, event_n;
    uint64_t random;
    int64_t recorded_us;
};

static const char *const stages[] = { "enrichment", "outreach",    "discovery",
                                      "proposal",   "closed_won",  "closed_won_complete",
                                      "renewals",   "closed_lost", "limbo",
                                      "Outreach" };

static uint64_t below(struct maker *maker, uint64_t n)
{
    return history_random(&maker->random, n);
}

static bool chance(struct maker *maker, unsigned percent)
{
    return below(maker, 100) < percent;
}

static int64_t pick(struct maker *maker, const int64_t *list, size_t n)
{
    return list[below(maker, n)];
}

static const char *pick_word(struct maker *maker, const char *const *list, size_t n)
{
    return list[below(maker, n)];
}

static int64_t somewhere(struct maker *maker)
{
    const struct history_plan *plan = maker->plan;
    int64_t days = plan->last_day - plan->first_day + 1;

    return plan->first_day * BC_DAY_US + (int64_t)below(maker, (uint64_t)(days * BC_DAY_US));
}

/* Changes of the clocks of Europe/Berlin and America/New_York: days are odd around them. */
static int64_t clock_change(struct maker *maker)
{
    static const struct {
        int year, month, day, hour;
    } changes[] = {
        { 2023, 3, 12, 7 }, { 2023, 3, 26, 1 }, { 2023, 10, 29, 1 }, { 2023, 11, 5, 6 },
        { 2024, 3, 10, 7 }, { 2024, 3, 31, 1 }, { 2024, 10, 27, 1 }, { 2024, 11, 3, 6 },
        { 2025, 3, 9, 7 },  { 2025, 3, 30, 1 }, { 2025, 10, 26, 1 }, { 2025, 11, 2, 6 }
    };
    size_t i = below(maker, ARRAY_LEN(changes));
    int64_t us = bc_day_of_civil(changes[i].year, changes[i].month, changes[i].day) * BC_DAY_US;

    us += changes[i].hour * INT64_C(3600) * BC_SECOND_US;
    return us + ((int64_t)below(maker, 97) - 48) * 1800 * BC_SECOND_US;
}

static void make_asked(struct maker *maker)
{
    const struct history_plan *plan = maker->plan;
    struct history *out = maker->out;
    int32_t span = plan->last_day - plan->first_day + 1;

    for (int i = 0; i < 6; i++)
        out->asked[out->asked_n++] =
            bc_zone_day_end(plan->zone, plan->first_day + (int32_t)below(maker, (uint64_t)span));
    out->asked[out->asked_n++] = bc_zone_day_end(plan->zone, plan->last_day + 40);
    out->asked[out->asked_n++] = bc_zone_day_end(plan->zone, bc_day_of_civil(2024, 2, 29));
    out->asked[out->asked_n++] =
        bc_zone_day_end(plan->zone, (int32_t)(clock_change(maker) / BC_DAY_US));
    out->asked[out->asked_n++] = somewhere(maker);
    out->asked[out->asked_n++] = clock_change(maker);
}

/* The first few more often, so that much happens around them. */
static int64_t some_asked(struct maker *maker)
{
    return maker->out->asked[below(maker, chance(maker, 60) ? 3 : maker->out->asked_n)];
}

/* An edge that some figure has at one of the instants in question, and a microsecond beside it. */
static int64_t edge(struct maker *maker)
{
    static const int64_t windows[] = { 0, 0, 7, 7, 30, 365 };
    static const int64_t lengths[] = { 30, 60 };
    int64_t us = some_asked(maker);
    int32_t days = (int32_t)pick(maker, windows, ARRAY_LEN(windows));

    if (chance(maker, 25))
        us -= pick(maker, lengths, ARRAY_LEN(lengths)) * BC_DAY_US;
    else if (days)
        us = bc_zone_window_begin(maker->plan->zone, us, days);
    return us + (int64_t)below(maker, 3) - 1;
}

static int64_t next_time(struct maker *maker, struct walker *deal)
{
    const struct events *logged = &maker->out->logged;
    int64_t span_us = (maker->plan->last_day - maker->plan->first_day) * BC_DAY_US;
    int64_t step_us = 3 * span_us * (int64_t)maker->deal_n / (int64_t)maker->event_n;
    uint64_t which = below(maker, 100);

    if (which < 15)
        return deal->now_us;
    if (which < 30)
        return edge(maker);
    if (which < 36 && logged->n)
        return logged->at[below(maker, logged->n)].occurred_us;
    if (which < 40)
        return clock_change(maker);
    if (which < 44)
        return somewhere(maker);
    deal->now_us += (int64_t)below(maker, (uint64_t)step_us + 1);
    return deal->now_us;
}

static const char *pick_date(struct maker *maker)
{
    static const char *const odd[] = { "2024-02-30", "2023-02-29", "2024-02-29",
                                       "soon",       "2024-1-05",  "2024-05-01T00:00:00Z",
                                       "9999-12-31", "0001-01-01", "1969-12-31",
                                       "0000-12-31" };
    static const int64_t days[] = {
        -400, -30, -1, 0, 1, 29, 30, 31, 89, 90, 91, 179, 180, 181, 400
    };
    int64_t us = some_asked(maker);
    char text[BC_DAY_LEN];

    if (chance(maker, 12))
        return pick_word(maker, odd, ARRAY_LEN(odd));
    bc_day_print(text,
                 bc_zone_day(maker->plan->zone, us) + (int32_t)pick(maker, days, ARRAY_LEN(days)));
    return events_printf(&maker->out->offered, "%s", text);
}

static const char *pick_type(struct maker *maker)
{
    static const char *const types[] = { "newbusiness",      "newbusiness",
                                         "newbusiness",      "newbusiness",
                                         "existingbusiness", "existingbusiness",
                                         "partner",          "" };

    return pick_word(maker, types, ARRAY_LEN(types));
}

static const char *pick_deal(struct maker *maker)
{
    return maker->deals[below(maker, maker->deal_n)].id;
}

static const char *pick_other(struct maker *maker, const char *deal)
{
    const char *id = pick_deal(maker);

    return strcmp(id, deal) == 0 ? "elsewhere" : id;
}

/* Adds an event to what is offered; the caller fills it and then calls log_last. */
static void add(struct maker *maker, enum bc_body body, const char *deal, int64_t occurred_us)
{
    struct events *offered = &maker->out->offered;
    const char *id =
        events_printf(offered, "%s/%zu", chance(maker, 50) ? "src" : "Zürich", offered->n);
    struct bc_event *event;

    if (chance(maker, 55))
        maker->recorded_us +=
            (int64_t)below(maker, (uint64_t)(2 * (maker->plan->last_day - maker->plan->first_day)) *
                                      (uint64_t)BC_DAY_US / maker->event_n);
    event = events_add(offered, body, id, deal, occurred_us, maker->recorded_us);
    if (chance(maker, 30)) {
        event->has_source_recorded = true;
        event->source_recorded_us =
            chance(maker, 50) ? somewhere(maker) : maker->recorded_us - BC_DAY_US;
    }
}

static void text(struct maker *maker, unsigned field, const char *value)
{
    events_set_text(&maker->out->offered, field, value);
}

static void add_stage(struct maker *maker, struct walker *deal, int64_t us)
{
    bool created = !deal->begun ? !chance(maker, 10) : chance(maker, 6);
    const char *before = stages[deal->stage], *word;

    if (deal->begun && chance(maker, 70))
        deal->stage = (deal->stage + 1) % 5; /* as the playbook has it, up to won, then anew */
    else if (deal->begun || chance(maker, 40))
        deal->stage = below(maker, ARRAY_LEN(stages));
    word = stages[deal->stage];
    deal->begun = true;
    if (created) {
        add(maker, BC_DEAL_CREATED, deal->id, us);
        text(maker, BC_DEAL_CREATED_STAGE, chance(maker, 85) ? word : "");
        text(maker, BC_DEAL_CREATED_DEAL_TYPE, chance(maker, 60) ? pick_type(maker) : "");
        events_set_yes(&maker->out->offered, BC_DEAL_CREATED_OBSERVED, chance(maker, 15));
    } else {
        add(maker, BC_STAGE_CHANGED, deal->id, us);
        text(maker, BC_STAGE_CHANGED_TO, word);
        text(maker, BC_STAGE_CHANGED_FROM, maker->out->offered.n % 3 ? "" : before);
        events_set_yes(&maker->out->offered, BC_STAGE_CHANGED_OBSERVED, chance(maker, 12));
    }
}

static void add_property(struct maker *maker, struct walker *deal, int64_t us)
{
    static const char *const names[] = { "deal_type",      "deal_type",    "contract_start",
                                         "contract_start", "contract_end", "contract_end",
                                         "contract_end",   "renews",       "renews",
                                         "parked_until",   "mrr",          "mood",
                                         "dealtype" };
    const char *name = pick_word(maker, names, ARRAY_LEN(names)), *value = "120";

    if (strcmp(name, "deal_type") == 0)
        value = pick_type(maker);
    else if (strcmp(name, "renews") == 0)
        value = chance(maker, 10) ? "nobody" : pick_deal(maker);
    else if (strcmp(name, "mrr") != 0)
        value = pick_date(maker);
    else if (maker->out->offered.n % 7 == 0)
        value = "about 120";
    add(maker, BC_PROPERTY_CHANGED, deal->id, us);
    text(maker, BC_PROPERTY_CHANGED_NAME, name);
    text(maker, BC_PROPERTY_CHANGED_VALUE, chance(maker, 10) ? "" : value);
}

static void add_meeting(struct maker *maker, const char *deal, int64_t us)
{
    static const char *const outcomes[] = { "completed", "completed", "completed",   "completed",
                                            "scheduled", "no_show",   "rescheduled", "canceled",
                                            "",          "held" };
    static const char *const types[] = { "",        "",         "",      "discovery", "discovery",
                                         "renewal", "proposal", "other", "kickoff" };
    int64_t starts_us = chance(maker, 40)   ? us
                        : chance(maker, 40) ? edge(maker)
                                            : us + (int64_t)below(maker, 9 * BC_DAY_US);

    add(maker, BC_MEETING_LOGGED, deal, us);
    text(maker, BC_MEETING_LOGGED_MEETING,
         events_printf(&maker->out->offered, "m%d", (int)below(maker, 4 + maker->event_n / 12)));
    events_set_time(&maker->out->offered, BC_MEETING_LOGGED_STARTS_AT, starts_us);
    text(maker, BC_MEETING_LOGGED_OUTCOME, pick_word(maker, outcomes, ARRAY_LEN(outcomes)));
    text(maker, BC_MEETING_LOGGED_TYPE, pick_word(maker, types, ARRAY_LEN(types)));
}

static void add_email(struct maker *maker, const char *deal, int64_t us)
{
    static const enum bc_body bodies[] = { BC_EMAIL_SENT,   BC_EMAIL_SENT,   BC_EMAIL_SENT,
                                           BC_EMAIL_OPENED, BC_EMAIL_OPENED, BC_EMAIL_REPLIED };
    static const char *const campaigns[] = { "intro", "intro-v2", "Intro", "über uns", "" };
    enum bc_body body = bodies[below(maker, ARRAY_LEN(bodies))];

    add(maker, body, deal, us);
    text(maker, 1, events_printf(&maker->out->offered, "e%d", (int)below(maker, 4)));
    if (body == BC_EMAIL_SENT)
        text(maker, BC_EMAIL_SENT_CAMPAIGN, pick_word(maker, campaigns, ARRAY_LEN(campaigns)));
}

static void add_pivot(struct maker *maker, const char *deal, int64_t us)
{
    static const char *const lines[] = { "", "outreach_conversion", "discovery_conversion",
                                         "no_wins", "gut_feeling" };

    add(maker, BC_PIVOT_DECIDED, chance(maker, 40) ? deal : "", us);
    text(maker, BC_PIVOT_DECIDED_RED_LINE, pick_word(maker, lines, ARRAY_LEN(lines)));
    text(maker, 2, "try another way");
}

/* Of an earlier event; of a retraction where one is near. */
static void add_retraction(struct maker *maker, const char *deal, int64_t us)
{
    const struct events *logged = &maker->out->logged;
    size_t i = below(maker, logged->n);

    if (chance(maker, 35))
        while (i + 1 < logged->n && logged->at[i].body != BC_RETRACTED)
            i++;
    add(maker, BC_RETRACTED, chance(maker, 50) ? deal : "", us);
    text(maker, BC_RETRACTED_EVENT,
         events_printf(&maker->out->offered, "%.*s", BC_STR_ARG(logged->at[i].id)));
}

/* Every third names a day to ask again, some of them long gone; no random number is taken for it.
 */
static void tell_loss(struct maker *maker, int64_t us)
{
    int year, month, day;

    text(maker, BC_LOSS_RECORDED_REASON, chance(maker, 25) ? "budget" : "price");
    if (maker->out->offered.n % 3)
        return;
    bc_civil_of_day(&year, &month, &day, (int32_t)(us / BC_DAY_US) + 20);
    text(maker, BC_LOSS_RECORDED_REENGAGE_AFTER,
         events_printf(&maker->out->offered, "%04d-%02d-%02d", year, month, day));
}

static void add_other(struct maker *maker, const char *deal, int64_t us)
{
    static const enum bc_body bodies[] = {
        BC_DEAL_DELETED,  BC_DEAL_RESTORED, BC_DEAL_RESTORED,
        BC_DEAL_MERGED,   BC_SERVICE_ENDED, BC_SERVICE_STARTED,
        BC_LOSS_RECORDED, BC_LOSS_RECORDED, BC_OUTREACH_ATTEMPTED
    };
    enum bc_body body = bodies[below(maker, ARRAY_LEN(bodies))];

    add(maker, body, deal, us);
    if (body == BC_DEAL_MERGED)
        text(maker, BC_DEAL_MERGED_INTO, pick_other(maker, deal));
    if (body == BC_LOSS_RECORDED)
        tell_loss(maker, us);
}

/* What an experiment is about, besides its id. */
static void tell_experiment(struct maker *maker)
{
    static const char *const metrics[] = { "outreach_to_discovery",
                                           "days_in_pipeline",
                                           "outreach_email_open_rate",
                                           "outreach_email_open_rate",
                                           "sqd",
                                           "speed",
                                           "" };
    static const char *const targets[] = { "0.2", ".5", "0", "20", "1e2", "soon", "" };
    static const char *const costs[] = { "100", "7.25", "-1", "about 5", "" };
    static const char *const currencies[] = { "EUR", "USD", "" };

    text(maker, 2, chance(maker, 50) ? "so it is" : "");
    text(maker, 4, pick_word(maker, metrics, ARRAY_LEN(metrics)));
    text(maker, 5, pick_word(maker, targets, ARRAY_LEN(targets)));
    text(maker, 7, pick_word(maker, costs, ARRAY_LEN(costs)));
    text(maker, 8, pick_word(maker, currencies, ARRAY_LEN(currencies)));
}

/* What no metric reads: of experiments, leads and publications. */
static void add_learning(struct maker *maker)
{
    static const enum bc_body bodies[] = {
        BC_LEAD_CAPTURED,        BC_LEAD_CAPTURED, BC_QUALIFICATION_RECORDED, BC_DEAL_ENROLLED,
        BC_DEAL_ENROLLED,        BC_DEAL_ENROLLED, BC_ICP_PUBLISHED,          BC_EXPERIMENT_STARTED,
        BC_EXPERIMENT_CONCLUDED, BC_EMAIL_REPLIED, BC_PLAYBOOK_PUBLISHED,     BC_PROPERTY_CHANGED,
        BC_PROPERTY_CHANGED,
    };
    static const char *const names[] = { "x1", "x2", "v2", "intro", "" };
    static const char *const properties[] = { "tier", "icp_version", "owner" };
    static const char *const words[] = { "a", "b", "control", "v2", "" };
    enum bc_body body = bodies[below(maker, ARRAY_LEN(bodies))];
    struct walker *deal = &maker->deals[below(maker, maker->deal_n)];
    const bool alone = body == BC_LEAD_CAPTURED && chance(maker, 30);

    add(maker, body, alone ? "" : deal->id, next_time(maker, deal));
    if (body == BC_QUALIFICATION_RECORDED) {
        for (unsigned field = 1; field <= 3; field++)
            events_set_yes(&maker->out->offered, field, chance(maker, 50));
        text(maker, 4, pick_word(maker, words, ARRAY_LEN(words)));
    } else if (body == BC_PROPERTY_CHANGED) {
        text(maker, 1, pick_word(maker, properties, ARRAY_LEN(properties)));
        text(maker, 2, pick_word(maker, words, ARRAY_LEN(words)));
    } else {
        text(maker, 1, pick_word(maker, names, ARRAY_LEN(names) - (body != BC_LEAD_CAPTURED)));
        if (body == BC_LEAD_CAPTURED || body == BC_DEAL_ENROLLED)
            text(maker, 2, pick_word(maker, words, ARRAY_LEN(words)));
        if (body == BC_EXPERIMENT_STARTED)
            tell_experiment(maker);
        if (body == BC_EXPERIMENT_CONCLUDED)
            text(maker, 3, chance(maker, 50) ? "it was not so" : "");
    }
    events_add_copy(&maker->out->logged, &maker->out->offered.at[maker->out->offered.n - 1]);
}

/* By a random state of its own, so that the rest of the history is as it would be without. */
static void add_beside(struct maker *maker, uint64_t *random)
{
    const uint64_t own = maker->random;

    maker->random = *random;
    if (chance(maker, 12))
        add_learning(maker);
    *random = maker->random;
    maker->random = own;
}

/* The same event once more, recorded later: the log skips it. */
static void add_again(struct maker *maker)
{
    struct history *out = maker->out;

    events_add_copy(&out->offered, &out->logged.at[below(maker, out->logged.n)]);
    out->offered.at[out->offered.n - 1].recorded_us = maker->recorded_us;
}

static void add_event(struct maker *maker)
{
    struct history *out = maker->out;
    struct walker *deal = &maker->deals[below(maker, maker->deal_n)];
    int64_t us = next_time(maker, deal);
    uint64_t which = below(maker, 100);
    const char *id = which % 25 ? deal->id : ""; /* some, of those that may, are about no deal */

    if (which % 25 == 13)
        id = "stray"; /* some, of a deal that nothing tells of */
    if (!deal->begun && !chance(maker, 5))
        which = 0;
    else if (deal->stage == 1 && chance(maker, 30))
        which = 70; /* e-mails are sent in outreach, */
    else if (deal->stage == 4 && chance(maker, 40))
        which = 40; /* and contracts are for those who were won */
    if (out->logged.n && which >= 97) {
        add_again(maker);
        return;
    }
    if (which < 36)
        add_stage(maker, deal, us);
    else if (which < 54)
        add_property(maker, deal, us);
    else if (which < 68)
        add_meeting(maker, id, us);
    else if (which < 81)
        add_email(maker, id, us);
    else if (which < 87 || out->logged.n == 0)
        add_other(maker, deal->id, us);
    else if (which < 89 && maker->plan->seed % 3 == 0)
        add_pivot(maker, deal->id, us);
    else if (which < 91)
        add_stage(maker, deal, us);
    else
        add_retraction(maker, deal->id, us);
    events_add_copy(&out->logged, &out->offered.at[out->offered.n - 1]);
}

static void make_deals(struct maker *maker)
{
    static const char *const prefixes[] = { "d", "d", "deal/", "é", "" };
    int64_t first_us = maker->plan->first_day * BC_DAY_US;

    maker->deal_n = 5 + below(maker, 1 + below(maker, DEAL_MAX - 4));
    for (size_t i = 0; i < maker->deal_n; i++) {
        const char *prefix = pick_word(maker, prefixes, ARRAY_LEN(prefixes));

        maker->deals[i].id = events_printf(&maker->out->offered, "%s%zu", prefix, i);
        maker->deals[i].now_us = first_us + (somewhere(maker) - first_us) / 2;
    }
}

void history_make(struct history *out, const struct history_plan *plan)
{
    struct maker maker = { .out = out, .plan = plan, .random = plan->seed };
    uint64_t beside = ~plan->seed;

    *out = (struct history){ 0 };
    maker.event_n = 50 + below(&maker, 551);
    maker.recorded_us = (plan->first_day - 20) * BC_DAY_US;
    make_asked(&maker);
    make_deals(&maker);
    for (size_t i = 0; i < maker.event_n; i++) {
        add_event(&maker);
        add_beside(&maker, &beside);
    }

    for (int i = 0; i < 8; i++) {
        const struct bc_event *event = &out->logged.at[below(&maker, out->logged.n)];

        out->asked[out->asked_n++] = event->occurred_us - (int64_t)below(&maker, 2);
        event = &out->logged.at[below(&maker, out->logged.n)];
        out->known[out->known_n++] = event->has_source_recorded && chance(&maker, 50)
                                         ? event->source_recorded_us
                                         : event->recorded_us - (int64_t)below(&maker, 2);
    }
}

void history_release(struct history *history)
{
    events_release(&history->offered);
    events_release(&history->logged);
}
