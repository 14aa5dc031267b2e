#include "projections/cohorts/cohort_keys.h"

#include "projections/facts/learning.h"
#include "projections/walk/properties.h"

#include <stdio.h>

static const struct {
    const char *word;
    enum bc_by_kind kind;
} words[] = {
    { "need", BC_BY_NEED },         { "budget", BC_BY_BUDGET },
    { "icp_fit", BC_BY_ICP_FIT },   { "icp_version", BC_BY_ICP_VERSION },
    { "icp", BC_BY_ICP },           { "playbook", BC_BY_PLAYBOOK },
    { "campaign", BC_BY_CAMPAIGN }, { "channel", BC_BY_CHANNEL },
    { "month", BC_BY_MONTH },       { "quarter", BC_BY_QUARTER },
    { "year", BC_BY_YEAR },         { "meetings", BC_BY_MEETINGS },
    { "opened", BC_BY_OPENED },     { "replied", BC_BY_REPLIED },
};

bool bc_by_parse(struct bc_by *out, struct bc_str text)
{
    const struct bc_str arm = BC_STR("arm:");

    *out = (struct bc_by){ .text = text, .name = text };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (bc_str_eq(text, bc_str_of(words[i].word)))
            out->kind = words[i].kind;
    if (text.len >= arm.len && bc_str_eq(bc_str_part(text, 0, arm.len), arm)) {
        out->kind = BC_BY_ARM;
        out->name = bc_str_part(text, arm.len, text.len);
    }
    return out->name.len > 0 && bc_str_utf8_fault(text) == text.len;
}

bool bc_by_fixed(struct bc_by *out, size_t i)
{
    return i < sizeof(words) / sizeof(words[0]) && bc_by_parse(out, bc_str_of(words[i].word));
}

bool bc_by_is_civil(const struct bc_by *by)
{
    return by->kind == BC_BY_MONTH || by->kind == BC_BY_QUARTER || by->kind == BC_BY_YEAR;
}

void bc_by_ask(const struct bc_by *by, struct bc_wants *wants)
{
    switch (by->kind) {
    case BC_BY_PROPERTY:
        wants->kinds |= BC_FACT_BIT(BC_FACT_PROPERTY);
        break;
    case BC_BY_NEED:
    case BC_BY_BUDGET:
    case BC_BY_ICP_FIT:
        wants->kinds |= BC_FACT_BIT(BC_FACT_QUALIFICATION);
        break;
    case BC_BY_ICP_VERSION:
        wants->kinds |= BC_FACT_BIT(BC_FACT_QUALIFICATION) | BC_FACT_BIT(BC_FACT_PROPERTY);
        break;
    case BC_BY_CAMPAIGN:
    case BC_BY_CHANNEL:
        wants->kinds |= BC_FACT_BIT(BC_FACT_LEAD);
        break;
    case BC_BY_ARM:
        wants->kinds |= BC_FACT_BIT(BC_FACT_ENROLMENT);
        break;
    case BC_BY_MEETINGS:
        wants->kinds |= BC_FACT_BIT(BC_FACT_MEETING);
        break;
    case BC_BY_OPENED:
        wants->kinds |= BC_FACT_BIT(BC_FACT_EMAIL_OPENED);
        break;
    case BC_BY_REPLIED:
        wants->kinds |= BC_FACT_BIT(BC_FACT_REPLY);
        break;
    case BC_BY_ICP:
    case BC_BY_PLAYBOOK:
    case BC_BY_MONTH:
    case BC_BY_QUARTER:
    case BC_BY_YEAR:
        break; /* nothing of the deal */
    }
}

/* --- values --- */

static struct bc_str property(const struct bc_by_world *world, const struct bc_deal *deal,
                              struct bc_str name, int64_t at_us)
{
    return bc_properties_at(
        deal, name, world->late_values ? bc_properties_mode(world->rules, name) : BC_AS_RECORDED,
        at_us);
}

/* The last fact of a kind by then, or the first; NULL: none. */
static const struct bc_fact_at *find(const struct bc_fact_at *facts, size_t n,
                                     enum bc_learning_kind kind, int64_t at_us, bool last)
{
    const struct bc_fact_at *found = NULL;

    for (size_t i = 0; i < n && facts[i].occurred_us <= at_us; i++) {
        if (facts[i].kind != kind)
            continue;
        found = &facts[i];
        if (!last)
            break;
    }
    return found;
}

static struct bc_str text_of(const struct bc_fact_at *fact, size_t i)
{
    return fact ? bc_learning_text(fact, i) : (struct bc_str){ 0 };
}

static struct bc_str yes_or_no(bool yes)
{
    return yes ? BC_STR("yes") : BC_STR("no");
}

static struct bc_str qualification(const struct bc_deal *deal, size_t i, int64_t at_us)
{
    const struct bc_fact_at *fact =
        find(deal->learning, deal->learning_n, BC_FACT_QUALIFICATION, at_us, true);

    return fact ? yes_or_no(bc_learning_text(fact, i).len > 0) : (struct bc_str){ 0 };
}

static struct bc_str icp_version(const struct bc_by_world *world, const struct bc_deal *deal,
                                 int64_t at_us)
{
    const struct bc_str set = property(world, deal, BC_STR("icp_version"), at_us);

    return set.len
               ? set
               : text_of(find(deal->learning, deal->learning_n, BC_FACT_QUALIFICATION, at_us, true),
                         BC_TEXT_QUALIFICATION_ICP_VERSION);
}

static struct bc_str arm(const struct bc_deal *deal, struct bc_str experiment, int64_t at_us)
{
    for (size_t i = 0; i < deal->learning_n && deal->learning[i].occurred_us <= at_us; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];

        if (fact->kind == BC_FACT_ENROLMENT &&
            bc_str_eq(bc_learning_text(fact, BC_TEXT_ENROLMENT_EXPERIMENT), experiment))
            return bc_learning_text(fact, BC_TEXT_ENROLMENT_ARM);
    }
    return (struct bc_str){ 0 };
}

static struct bc_str civil(enum bc_by_kind kind, const bc_zone *zone, int64_t at_us,
                           char room[BC_BY_ROOM])
{
    int year, month, day, len;

    bc_civil_of_day(&year, &month, &day, bc_zone_day(zone, at_us));
    if (kind == BC_BY_YEAR)
        len = snprintf(room, BC_BY_ROOM, "%04u", (unsigned)year % 10000u);
    else if (kind == BC_BY_QUARTER)
        len = snprintf(room, BC_BY_ROOM, "%04u-Q%u", (unsigned)year % 10000u,
                       (unsigned)(month + 2) / 3u % 10u);
    else
        len = snprintf(room, BC_BY_ROOM, "%04u-%02u", (unsigned)year % 10000u,
                       (unsigned)month % 100u);
    return (struct bc_str){ room, (size_t)len };
}

/* Versions of a meeting are adjacent; the last by then tells. */
static struct bc_str meetings(const struct bc_by_world *world, const struct bc_deal *deal,
                              int64_t at_us)
{
    static const struct bc_str counts[] = { { "0", 1 }, { "1", 1 }, { "2", 1 }, { "3+", 2 } };
    size_t n = 0;

    for (size_t i = 0; n < 3 && i < deal->meeting_n; i++) {
        const struct bc_activity *meeting = &deal->meetings[i];

        n += meeting->occurred_us <= at_us && meeting->until_us > at_us &&
             meeting->outcome == world->held && meeting->starts_us <= at_us;
    }
    return counts[n];
}

struct bc_by_world bc_by_world_of(const bc_rules *rules, const bc_string_table *strings)
{
    return (struct bc_by_world){ .rules = rules,
                                 .strings = strings,
                                 .held = bc_string_table_find(strings, BC_STR("completed")) };
}

struct bc_str bc_by_value(const struct bc_by *by, const struct bc_by_world *world,
                          const struct bc_deal *deal, int64_t at_us, char room[BC_BY_ROOM])
{
    const struct bc_fact_at *facts = deal->learning;
    const size_t n = deal->learning_n;

    switch (by->kind) {
    case BC_BY_PROPERTY:
        return property(world, deal, by->name, at_us);
    case BC_BY_NEED:
        return qualification(deal, BC_TEXT_QUALIFICATION_NEED, at_us);
    case BC_BY_BUDGET:
        return qualification(deal, BC_TEXT_QUALIFICATION_BUDGET, at_us);
    case BC_BY_ICP_FIT:
        return qualification(deal, BC_TEXT_QUALIFICATION_ICP_FIT, at_us);
    case BC_BY_ICP_VERSION:
        return icp_version(world, deal, at_us);
    case BC_BY_ICP:
        return text_of(find(world->published, world->published_n, BC_FACT_ICP, at_us, true),
                       BC_TEXT_PUBLISHED_VERSION);
    case BC_BY_PLAYBOOK:
        return text_of(find(world->published, world->published_n, BC_FACT_PLAYBOOK, at_us, true),
                       BC_TEXT_PUBLISHED_VERSION);
    case BC_BY_CAMPAIGN:
        return text_of(find(facts, n, BC_FACT_LEAD, at_us, false), BC_TEXT_LEAD_CAMPAIGN);
    case BC_BY_CHANNEL:
        return text_of(find(facts, n, BC_FACT_LEAD, at_us, false), BC_TEXT_LEAD_CHANNEL);
    case BC_BY_ARM:
        return arm(deal, by->name, at_us);
    case BC_BY_MONTH:
    case BC_BY_QUARTER:
    case BC_BY_YEAR:
        return civil(by->kind, world->rules->zone, at_us, room);
    case BC_BY_MEETINGS:
        return meetings(world, deal, at_us);
    case BC_BY_OPENED:
        return yes_or_no(deal->opened_us <= at_us);
    case BC_BY_REPLIED:
        return yes_or_no(find(facts, n, BC_FACT_REPLY, at_us, false) != NULL);
    }
    return (struct bc_str){ 0 };
}
