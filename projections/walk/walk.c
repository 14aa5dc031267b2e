#include "projections/walk/walk.h"

#include <assert.h>
#include <stdlib.h>

/* A part of one question, and its view. */
struct seer {
    const struct bc_walk *walk;
    const struct bc_walker *walker;
    void *of_caller;
    struct bc_view view;
};

/* Some of the deals, for all questions. */
struct part {
    bc_folder *folder;
    struct seer *seers; /* one for each question */
    size_t n;
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

static bool is_wanted(const struct part *part, struct bc_str id)
{
    for (size_t i = 0; i < part->n; i++) {
        const struct seer *seer = &part->seers[i];

        if (!seer->walk->wants_deal || seer->walk->wants_deal(seer->of_caller, id))
            return true;
    }
    return false;
}

static bc_status see(void *payload, struct bc_str id, struct bc_str facts, struct bc_str learning,
                     struct bc_err *err)
{
    struct part *part = payload;
    const struct bc_deal *deal;
    bc_status rc;

    if (!is_wanted(part, id))
        return BC_OK;
    rc = bc_fold_learning(part->folder, id, facts, learning, &deal, err);
    for (size_t i = 0; rc >= 0 && i < part->n; i++)
        rc = part->seers[i].walker->see(part->seers[i].of_caller, deal, &part->seers[i].view, err);
    return rc;
}

static void begin_seer(struct seer *seer, const struct bc_walked *walked)
{
    const struct bc_walk *walk = walked->walk;

    seer->walk = walk;
    seer->walker = walked->walker;
    seer->of_caller = bc_calloc(1, walked->walker->size);
    bc_view_init(&seer->view, walk->rules, walk->strings, &walk->dates);
    for (size_t i = 0; i < BC_P_N; i++)
        seer->view.asked_in[i] = walk->reads[i] ? BC_EVERY_STAGE : 0;
    walked->walker->begin(seer->of_caller, walked->payload);
}

/* What any of them wants. */
static struct bc_wants wants_of(const struct bc_walked *all, size_t n)
{
    struct bc_wants wants = all[0].walk->wants;

    for (size_t i = 1; i < n; i++) {
        const struct bc_wants *other = &all[i].walk->wants;

        wants.kinds |= other->kinds;
        if (other->until_us > wants.until_us)
            wants.until_us = other->until_us;
        if (other->emails_after_us < wants.emails_after_us)
            wants.emails_after_us = other->emails_after_us;
    }
    return wants;
}

static void begin(struct part *part, const struct bc_walked *all, size_t n)
{
    const struct bc_walk *walk = all[0].walk;
    const struct bc_wants wants = wants_of(all, n);

    part->folder = bc_folder_new(walk->strings, walk->rules, walk->visible);
    bc_folder_want(part->folder, &wants);
    part->seers = bc_calloc(n, sizeof(*part->seers));
    part->n = n;
    for (size_t i = 0; i < n; i++)
        begin_seer(&part->seers[i], &all[i]);
}

static void join(const struct part *part, const struct bc_walked *all)
{
    for (size_t i = 0; i < part->n; i++)
        all[i].walker->join(all[i].payload, part->seers[i].of_caller);
}

static void end(struct part *part)
{
    for (size_t i = 0; i < part->n; i++) {
        part->seers[i].walker->end(part->seers[i].of_caller);
        free(part->seers[i].of_caller);
        bc_view_release(&part->seers[i].view);
    }
    free(part->seers);
    bc_folder_free(part->folder);
}

static bc_status run(const struct bc_walked *all, size_t n, struct bc_err *err)
{
    const struct bc_walk *walk = all[0].walk;
    struct bc_split split;
    struct part *parts;
    void **payloads;
    bc_status rc = bc_timelines_cut(&split, walk->timelines, walk->threads, err);

    if (rc < 0)
        return rc;
    for (size_t i = 1; i < n; i++) {
        assert(all[i].walk->timelines == walk->timelines && all[i].walk->rules == walk->rules);
        assert(bc_visible_same(&all[i].walk->visible, &walk->visible));
    }
    parts = bc_calloc(split.n + 1, sizeof(*parts));
    payloads = bc_calloc(split.n + 1, sizeof(*payloads));
    for (size_t i = 0; i <= split.n; i++) {
        begin(&parts[i], all, n);
        payloads[i] = &parts[i];
    }
    rc = bc_timelines_walk_learning(walk->timelines, &split, walk->threads, see, payloads, err);
    for (size_t i = 0; i <= split.n; i++) {
        if (rc == BC_OK)
            join(&parts[i], all);
        end(&parts[i]); /* at once: what was joined is not held twice */
    }
    free(parts);
    free(payloads);
    bc_split_release(&split);
    return rc;
}

bc_status bc_walk_run(struct bc_walk *walk, const struct bc_walker *walker, void *payload,
                      struct bc_err *err)
{
    return run(&(struct bc_walked){ .walk = walk, .walker = walker, .payload = payload }, 1, err);
}

bc_status bc_walk_answer(const struct bc_walked *all, size_t n, bc_status rc, struct bc_err *err)
{
    if (rc == BC_OK)
        rc = run(all, n, err);
    for (size_t i = 0; i < n; i++)
        if (all[i].end)
            rc = all[i].end(all[i].payload, rc, err);
    return rc;
}
