/* Facts tell what was published and what was taken back; who did it, and what is in it, the log. */
#include "projections/walk/versions.h"

#include "projections/deal/fact_order.h"
#include "projections/walk/about_none.h"

#include <stdlib.h>

enum { CHANGELOG = 3 }; /* the field of an ICP and of a playbook */

struct reading {
    bc_timelines *timelines;
    int64_t since_us, as_of_us;
    struct bc_version *at;
    size_t n, cap;
    bc_arena *arena;
};

static void add(struct reading *reading, const struct bc_fact_at *facts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct bc_fact_at *fact = &facts[i];

        if (fact->occurred_us <= reading->since_us || fact->occurred_us > reading->as_of_us)
            continue;
        BC_GROW(reading->at, reading->n, reading->cap);
        reading->at[reading->n++] =
            (struct bc_version){ .what = fact->kind == BC_FACT_RULES ? BC_VERSION_RULES
                                         : fact->kind == BC_FACT_ICP ? BC_VERSION_ICP
                                                                     : BC_VERSION_PLAYBOOK,
                                 .at_us = fact->occurred_us,
                                 .seq = fact->seq };
    }
}

/* Rules stand among the facts that metrics read, the others beside them. */
static bc_status find(struct reading *reading, const struct bc_question *question,
                      struct bc_visible visible, struct bc_err *err)
{
    const bc_string_table *strings = bc_timelines_strings(reading->timelines);
    struct bc_fact_order order = {
        .visible = visible,
        .wants = { .kinds = BC_FACT_BIT(BC_FACT_RULES) | BC_FACT_BIT(BC_FACT_RETRACTED),
                   .until_us = INT64_MAX },
        .word_n = (uint32_t)bc_string_table_count(strings),
    };
    struct bc_about_none none = { 0 };
    bc_status rc =
        bc_about_none_read(&none, reading->timelines, question->rules, visible,
                           BC_FACT_BIT(BC_FACT_ICP) | BC_FACT_BIT(BC_FACT_PLAYBOOK), err);

    if (rc == BC_OK && !bc_fact_order_make(&order, bc_buf_str(&none.timeline)))
        rc = bc_err_damaged(err, "the facts of no deal cannot be read");
    if (rc == BC_OK) {
        add(reading, none.facts, none.n);
        for (size_t i = 0; i < order.n; i++)
            if (order.facts[i].kind == BC_FACT_RULES)
                add(reading, &order.facts[i], 1);
    }
    bc_fact_order_release(&order);
    bc_about_none_release(&none);
    return rc;
}

static bc_status read_event(struct reading *reading, struct bc_version *version, struct bc_err *err)
{
    bc_arena *scratch = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_status rc = bc_log_get(bc_timelines_log(reading->timelines), version->seq, &event, &bytes,
                              scratch, err);

    if (rc == BC_OK) {
        version->version = bc_arena_copy(reading->arena, event.value[1].text);
        version->actor = bc_arena_copy(reading->arena, event.actor);
        if (version->what != BC_VERSION_RULES)
            version->changelog = bc_arena_copy(reading->arena, event.value[CHANGELOG].text);
    }
    bc_buf_release(&bytes);
    bc_arena_free(scratch);
    return rc;
}

static int by_time(const void *a, const void *b)
{
    const struct bc_version *left = a, *right = b;

    return bc_fold_order(left->at_us, left->seq, right->at_us, right->seq);
}

bc_status bc_versions_read(struct bc_versions *out, bc_timelines *timelines,
                           const struct bc_question *question, int64_t since_us, struct bc_err *err)
{
    struct reading reading = { .timelines = timelines,
                               .since_us = since_us,
                               .as_of_us = question->as_of_us[0],
                               .arena = bc_arena_new() };
    struct bc_visible visible = { 0 };
    bc_status rc = bc_timelines_check_facts(timelines, err);

    if (rc == BC_OK)
        rc = bc_timelines_check_learning(timelines, err);
    if (rc == BC_OK)
        rc = bc_question_known(question, bc_timelines_log(timelines), &visible, err);
    if (rc == BC_OK)
        rc = find(&reading, question, visible, err);
    for (size_t i = 0; rc == BC_OK && i < reading.n; i++)
        rc = read_event(&reading, &reading.at[i], err);
    *out = (struct bc_versions){ .at = reading.at, .n = reading.n, .arena = reading.arena };
    if (rc < 0)
        bc_versions_release(out);
    else if (reading.n)
        qsort(reading.at, reading.n, sizeof(*reading.at), by_time);
    return rc;
}

void bc_versions_release(struct bc_versions *versions)
{
    free(versions->at);
    bc_arena_free(versions->arena);
    *versions = (struct bc_versions){ 0 };
}
