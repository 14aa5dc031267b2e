#include "projections/walk/deal_names.h"

#include "projections/events/deal_events.h"
#include "projections/facts/learning.h"
#include "projections/walk/properties.h"

#include <stdlib.h>

struct bc_deal_names {
    bc_timelines *timelines;
    const bc_rules *rules;
    struct bc_visible visible;
    int64_t as_of_us;
    bc_folder *folder;
    struct bc_buf facts;   /* scratch */
    bc_string_table *read; /* the deals that were read, numbered from 1 on */
    struct bc_deal_name *at;
    size_t cap;
    bc_arena *arena;
};

bc_status bc_deal_names_open(bc_deal_names **out, bc_timelines *timelines,
                             const struct bc_question *question, struct bc_err *err)
{
    const struct bc_wants wants = { .kinds = BC_FACT_BIT(BC_FACT_PROPERTY), .until_us = INT64_MAX };
    bc_deal_names *names;
    struct bc_visible visible;
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &visible, err);

    if (rc < 0)
        return rc;
    names = bc_calloc(1, sizeof(*names));
    *names = (bc_deal_names){
        .timelines = timelines,
        .rules = question->rules,
        .visible = visible,
        .as_of_us = question->date_n ? question->as_of_us[question->date_n - 1] : INT64_MAX,
        .folder = bc_folder_new(bc_timelines_strings(timelines), question->rules,
                                (struct bc_visible){ 0 }),
        .read = bc_string_table_new(),
        .arena = bc_arena_new(),
    };
    bc_folder_want(names->folder, &wants);
    *out = names;
    return BC_OK;
}

void bc_deal_names_free(bc_deal_names *names)
{
    if (!names)
        return;
    bc_folder_free(names->folder);
    bc_buf_release(&names->facts);
    bc_string_table_free(names->read);
    free(names->at);
    bc_arena_free(names->arena);
    free(names);
}

static struct bc_str property(const bc_deal_names *names, const struct bc_deal *deal,
                              struct bc_str name)
{
    const enum bc_time_mode mode = bc_properties_mode(names->rules, name);

    return bc_arena_copy(names->arena, bc_properties_at(deal, name, mode, names->as_of_us));
}

/* What the events set becomes facts, as the family learning has them, so that properties are read
 * over time in one way. What is not visible or was retracted is none. */
static bc_status fold(const struct bc_deal **out, bc_deal_names *names, struct bc_str deal,
                      const struct bc_deal_events *events, struct bc_err *err)
{
    names->facts.len = 0;
    for (size_t i = 0; i < events->n; i++) {
        const struct bc_event *event = &events->at[i].event;

        if (!events->at[i].retracted_by &&
            (event->body == BC_DEAL_CREATED || event->body == BC_PROPERTY_CHANGED))
            bc_learning_add(&names->facts, event, event->seq);
    }
    return bc_fold_learning(names->folder, deal, (struct bc_str){ 0 }, bc_buf_str(&names->facts),
                            out, err);
}

static bc_status read_deal(struct bc_deal_name *out, bc_deal_names *names, struct bc_str deal,
                           struct bc_err *err)
{
    struct bc_deal_events events;
    const struct bc_deal *folded;
    bc_status rc = bc_deal_events_read(&events, names->timelines, &names->visible, deal, err);

    if (rc < 0)
        return rc;
    rc = fold(&folded, names, deal, &events, err);
    if (rc == BC_OK)
        *out = (struct bc_deal_name){ property(names, folded, BC_STR("deal_name")),
                                      property(names, folded, BC_STR("owner")) };
    bc_deal_events_release(&events);
    return rc;
}

bc_status bc_deal_names_get(bc_deal_names *names, struct bc_deal_name *out, struct bc_str deal,
                            struct bc_err *err)
{
    uint32_t number = bc_string_table_find(names->read, deal);
    struct bc_deal_name name = { 0 };
    bc_status rc;

    if (deal.len == 0) {
        *out = name;
        return BC_OK;
    }
    if (number == BC_WORD_NONE) {
        rc = read_deal(&name, names, deal, err);
        if (rc < 0)
            return rc;
        number = bc_string_table_add(names->read, deal);
        BC_GROW(names->at, number - 1, names->cap);
        names->at[number - 1] = name;
    }
    *out = names->at[number - 1];
    return BC_OK;
}
