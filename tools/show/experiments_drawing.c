#include "tools/show/experiments_drawing.h"

#include "ledger/base/number.h"
#include "tools/draw/forest.h"
#include "tools/show/drawing.h"

#include <inttypes.h>

static struct bc_str kept(bc_arena *arena, struct bc_buf *text)
{
    const struct bc_str copy = bc_arena_copy(arena, bc_buf_str(text));

    bc_buf_release(text);
    return copy;
}

static struct forest_arm arm_of(const struct bc_cohort *cohort)
{
    const struct bc_str name = cohort->values[0];

    return (struct forest_arm){ .label = name.len ? name : BC_STR("none"),
                                .n = cohort->n,
                                .hit = cohort->converted,
                                .rate = cohort->rate,
                                .low = cohort->low,
                                .high = cohort->high };
}

static struct forest_difference difference_of(const struct bc_comparison *at, bc_arena *arena)
{
    struct bc_buf label = { 0 };

    bc_buf_add_str(&label, at->arm);
    bc_buf_add_str(&label, BC_STR(" \xe2\x88\x92 "));
    bc_buf_add_str(&label, at->control);
    return (struct forest_difference){ .label = kept(arena, &label),
                                       .known = at->known,
                                       .difference = at->difference,
                                       .low = at->low,
                                       .high = at->high,
                                       .p = at->p };
}

static struct bc_str title_of(const struct bc_experiment *experiment, bc_arena *arena)
{
    const struct bc_str metric = bc_experiment_text(&experiment->words, BC_TEXT_EXPERIMENT_METRIC);
    struct bc_buf title = { 0 };

    bc_buf_add_str(&title, experiment->words.id);
    if (metric.len) {
        bc_buf_add_str(&title, BC_STR(", "));
        bc_buf_add_str(&title, metric);
    }
    return kept(arena, &title);
}

/* That an interval cannot be read comes first, then what was to be shown. */
static struct bc_str said_of(const struct bc_experiment *experiment,
                             const struct experiments_shown *shown, bc_arena *arena)
{
    struct bc_buf said = { 0 };
    bool few = false;

    for (size_t i = 0; i < experiment->compare_n; i++)
        few = few || !experiment->compare[i].enough;
    if (few)
        bc_buf_printf(&said, "Too few to be read: an arm has under %" PRId32 " deals. ",
                      shown->basis->rules->learning.enough);
    bc_buf_add_str(&said, bc_experiment_text(&experiment->words, BC_TEXT_EXPERIMENT_HYPOTHESIS));
    return kept(arena, &said);
}

static struct forest_plot plot_of(const struct bc_experiment *experiment,
                                  const struct experiments_shown *shown, bc_arena *arena)
{
    const size_t arm_n = experiment->cohort->row_n, n = experiment->compare_n;
    struct forest_arm *arms = bc_arena_alloc(arena, (arm_n + 1) * sizeof(*arms));
    struct forest_difference *differences = bc_arena_alloc(arena, (n + 1) * sizeof(*differences));
    struct forest_plot plot = { .title = title_of(experiment, arena),
                                .said = said_of(experiment, shown, arena),
                                .arms = arms,
                                .arm_n = arm_n,
                                .differences = differences,
                                .difference_n = n };

    for (size_t i = 0; i < arm_n; i++)
        arms[i] = arm_of(&experiment->cohort->rows[i]);
    for (size_t i = 0; i < n; i++)
        differences[i] = difference_of(&experiment->compare[i], arena);
    plot.has_target = experiment->goal == BC_GOAL_RATE &&
                      bc_number_parse(&plot.target, bc_experiment_text(&experiment->words,
                                                                       BC_TEXT_EXPERIMENT_TARGET));
    return plot;
}

void experiments_drawing_add(struct bc_buf *out, struct sheet_place place, const void *of)
{
    const struct experiments_shown *shown = of;
    const size_t n = shown->experiments->n;
    bc_arena *arena = bc_arena_new();
    struct forest_plot *plots = bc_arena_alloc(arena, (n + 1) * sizeof(*plots));
    struct drawing_lines lines = { 0 };
    struct bc_buf title = { 0 };

    for (size_t i = 0; i < n; i++)
        plots[i] = plot_of(&shown->experiments->at[i], shown, arena);
    bc_buf_printf(&title, "Experiments, slice %s",
                  shown->basis->rules->slices[shown->ask->slice].name);
    drawing_lines_basis(&lines, place, shown->basis, &shown->basis->as_of_us);
    drawing_lines_end(&lines);
    forest_draw(out, &(struct forest){ .place = place,
                                       .title = bc_buf_str(&title),
                                       .plots = plots,
                                       .n = n,
                                       .notes = lines.at,
                                       .note_n = lines.n });
    drawing_lines_release(&lines);
    bc_buf_release(&title);
    bc_arena_free(arena);
}
