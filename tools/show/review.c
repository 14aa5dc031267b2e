#include "tools/show/review.h"

#include "tools/cli/names.h"
#include "tools/print/print_json.h"
#include "tools/show/review_part.h"
#include "tools/show/review_title.h"

void review_shown_init(struct review_shown *out, const struct basis *basis,
                       const struct bc_review_ask *ask, const struct bc_review *review)
{
    *out =
        (struct review_shown){ .basis = basis,
                               .ask = ask,
                               .review = review,
                               .between = *basis,
                               .named = { .names = &review->names, .zone = basis->rules->zone } };
    out->between.question.as_of_us = review->flow_us;
    out->between.question.date_n = 2;
    out->flow = (struct flow_shown){ &out->between, &review->flow_ask, review->flow };
    out->stages = (struct stages_shown){ basis, &review->stages_ask, review->stages };
    out->experiments =
        (struct experiments_shown){ basis, &review->experiments_ask, review->experiments };
    out->handoff =
        (struct handoff_shown){ basis, &review->handoff_ask, review->handoff, &review->names };
}

static const struct {
    review_part_cells *cells;
    review_part_print *print;
} parts[] = {
    { review_part_off_cells, review_part_off },
    { review_part_figures_cells, review_part_figures },
    { review_part_flow_cells, review_part_flow },
    { review_part_stages_cells, review_part_stages },
    { review_part_stalled_cells, review_part_stalled },
    { review_part_closed_cells, review_part_closed },
    { review_part_experiments_cells, review_part_experiments },
    { review_part_red_lines_cells, review_part_red_lines },
    { review_part_renewals_cells, review_part_renewals },
    { review_part_handoff_cells, review_part_handoff },
    { review_part_actions_cells, review_part_actions },
};

static void answer_cells(struct row *row, const struct review_shown *shown)
{
    row_word(row, "slice", shown->basis->rules->slices[shown->review->slice].name);
    row_instant(row, "since", shown->review->since_us);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        parts[i].cells(row, shown);
}

static void fill_answer(struct row *row, const void *source, size_t i)
{
    (void)i;
    answer_cells(row, source);
}

void review_text_add(struct bc_buf *out, const struct review_shown *shown)
{
    print_json_add(out, fill_answer, shown, 0);
}

/* --- forms --- */

struct answer {
    const struct review_shown *shown;
    const struct review_recorded *recorded; /* or NULL */
};

void review_cells(struct row *row, const struct review_shown *shown,
                  const struct review_recorded *recorded)
{
    basis_cells(row, shown->basis, shown->review->as_of_us);
    answer_cells(row, shown);
    recorded_cells(row, recorded);
    notes_cells(row, &shown->basis->notes);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct answer *answer = source;

    (void)i;
    review_cells(row, answer->shown, answer->recorded);
}

void review_show_json(const struct cmd_env *env, const struct review_shown *shown,
                      const struct review_recorded *recorded)
{
    print_json_of(env, fill, &(struct answer){ shown, recorded });
}

void review_show(const struct cmd_env *env, const struct review_shown *shown,
                 const struct review_recorded *recorded)
{
    struct review_shown told = *shown;

    named_as_asked(&told.named, env);
    review_when(told.since, env, shown->basis, shown->review->since_us);
    review_title_print(env, "weekly", shown->basis, shown->ask, told.since);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        parts[i].print(env, &told);
    recorded_print(env, recorded);
    basis_print(env, shown->basis, &shown->review->as_of_us);
}
