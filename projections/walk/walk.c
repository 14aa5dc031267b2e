#include "projections/walk/walk.h"

#include <stdlib.h>

/* A part of the caller's, and what shows it its deals. */
struct part {
    const struct bc_walker *walker;
    void *of_caller;
    bc_folder *folder;
    struct bc_view view;
};

bc_status bc_walk_init(struct bc_walk *walk, bc_timelines *timelines,
                       const struct bc_question *question, struct bc_err *err)
{
    bc_status rc;

    *walk = (struct bc_walk){
        .timelines = timelines,
        .rules = question->rules,
        .strings = bc_timelines_strings(timelines),
        .wants = { .kinds = BC_FACT_BIT(BC_FACT_STAGE) | BC_FACT_BIT(BC_FACT_STAGE_OBSERVED) |
                            BC_FACT_BIT(BC_FACT_DEAL_TYPE) | BC_FACT_BIT(BC_FACT_DELETED) |
                            BC_FACT_BIT(BC_FACT_RESTORED) | BC_FACT_BIT(BC_FACT_MERGED) |
                            BC_FACT_BIT(BC_FACT_RETRACTED),
                   .until_us = question->as_of_us[question->date_n - 1],
                   .emails_after_us = INT64_MAX },
        .reads = { [BC_P_DEAL_TYPE] = true },
        .threads = question->threads,
    };
    rc = bc_question_known(question, bc_timelines_log(timelines), &walk->visible, err);
    if (rc == BC_OK)
        bc_dates_init(&walk->dates, question->rules->zone, question->as_of_us, question->date_n);
    return rc;
}

void bc_walk_release(struct bc_walk *walk)
{
    bc_dates_release(&walk->dates);
}

void bc_walk_everything(struct bc_walk *walk)
{
    walk->wants.kinds = BC_WANTS_ALL.kinds;
    walk->wants.emails_after_us = BC_WANTS_ALL.emails_after_us;
}

struct bc_str bc_walk_stage(const struct bc_walk *walk, const struct bc_visit *visit)
{
    return visit->stage == BC_NO_STAGE ? bc_string_table_text(walk->strings, visit->word)
                                       : bc_str_of(walk->rules->stages[visit->stage].id);
}

static bc_status see(void *payload, struct bc_str id, struct bc_str facts, struct bc_str learning,
                     struct bc_err *err)
{
    struct part *part = payload;
    const struct bc_deal *deal;
    bc_status rc = bc_fold_learning(part->folder, id, facts, learning, &deal, err);

    return rc < 0 ? rc : part->walker->see(part->of_caller, deal, &part->view, err);
}

static void begin(struct part *part, const struct bc_walk *walk, const struct bc_walker *walker,
                  void *payload)
{
    part->walker = walker;
    part->of_caller = bc_calloc(1, walker->size);
    part->folder = bc_folder_new(walk->strings, walk->rules, walk->visible);
    bc_folder_want(part->folder, &walk->wants);
    bc_view_init(&part->view, walk->rules, walk->strings, &walk->dates);
    for (size_t i = 0; i < BC_P_N; i++)
        part->view.asked_in[i] = walk->reads[i] ? BC_EVERY_STAGE : 0;
    walker->begin(part->of_caller, payload);
}

static void end(struct part *part)
{
    part->walker->end(part->of_caller);
    free(part->of_caller);
    bc_folder_free(part->folder);
    bc_view_release(&part->view);
}

bc_status bc_walk_run(struct bc_walk *walk, const struct bc_walker *walker, void *payload,
                      struct bc_err *err)
{
    struct bc_split split;
    struct part *parts;
    void **payloads;
    bc_status rc = bc_timelines_cut(&split, walk->timelines, walk->threads, err);

    if (rc < 0)
        return rc;
    parts = bc_calloc(split.n + 1, sizeof(*parts));
    payloads = bc_calloc(split.n + 1, sizeof(*payloads));
    for (size_t i = 0; i <= split.n; i++) {
        begin(&parts[i], walk, walker, payload);
        payloads[i] = &parts[i];
    }
    rc = bc_timelines_walk_learning(walk->timelines, &split, walk->threads, see, payloads, err);
    for (size_t i = 0; rc == BC_OK && i <= split.n; i++)
        walker->join(payload, parts[i].of_caller);
    for (size_t i = 0; i <= split.n; i++)
        end(&parts[i]);
    free(parts);
    free(payloads);
    bc_split_release(&split);
    return rc;
}
