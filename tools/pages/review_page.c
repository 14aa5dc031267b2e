#include "tools/pages/review_page.h"

#include "tools/pages/page_cells.h"
#include "tools/pages/page_ends.h"
#include "tools/pages/review_page_part.h"
#include "tools/show/labels.h"

#include <inttypes.h>

/* --- what a section counts, in a sentence --- */

typedef void note_fn(struct bc_buf *out, const struct review_shown *shown);

static void note_off(struct bc_buf *out, const struct review_shown *shown)
{
    (void)shown;
    bc_buf_printf(out, "The worst first. Each has its place below.");
}

static void note_figures(struct bc_buf *out, const struct review_shown *shown)
{
    bc_buf_printf(out, "The change is since %s, of rates in points.", shown->since);
}

static void add_slice(struct bc_buf *out, const struct review_shown *shown, unsigned slice)
{
    const struct bc_str name = bc_str_of(shown->basis->rules->slices[slice].name);

    bc_buf_printf(out, "%.*s", BC_STR_ARG(labels_slice(name)));
}

static void note_flow(struct bc_buf *out, const struct review_shown *shown)
{
    const bc_rules *rules = shown->basis->rules;
    const char *before = ", in ";

    add_slice(out, shown, shown->review->flow_ask.slice);
    for (size_t i = 0; i < rules->stage_n; i++) {
        if (!(shown->review->flow_ask.stages >> i & 1))
            continue;
        bc_buf_printf(out, "%s%.*s", before,
                      BC_STR_ARG(labels_stage(rules, bc_str_of(rules->stages[i].id))));
        before = ", ";
    }
    bc_buf_printf(out, ".");
}

static void note_stages(struct bc_buf *out, const struct review_shown *shown)
{
    add_slice(out, shown, shown->review->stages_ask.slice);
    bc_buf_printf(out, ", visits that ended in the last %d days.", BC_REVIEW_DAYS);
}

static void note_stalled(struct bc_buf *out, const struct review_shown *shown)
{
    bc_buf_printf(out, "In an open stage for over %.0f days, and not parked.",
                  (double)shown->basis->rules->learning.stalled_after_us / (double)BC_DAY_US);
}

static void note_closed(struct bc_buf *out, const struct review_shown *shown)
{
    bc_buf_printf(out, "Since %s; days from the first stage on.", shown->since);
}

static void note_experiments(struct bc_buf *out, const struct review_shown *shown)
{
    bc_buf_printf(out, "Running, or ended since %s. At most %d are to run at once.", shown->since,
                  (int)shown->basis->rules->learning.max_running);
}

static void note_red_lines(struct bc_buf *out, const struct review_shown *shown)
{
    (void)shown;
    bc_buf_printf(out, "Since the last pivot that names them.");
}

static void note_renewals(struct bc_buf *out, const struct review_shown *shown)
{
    (void)shown;
    bc_buf_printf(out, "Contracts that ended, or end soon.");
}

static void note_handoff(struct bc_buf *out, const struct review_shown *shown)
{
    bc_buf_printf(out, "Won deals with a step to go. Off after %d days.",
                  (int)shown->basis->rules->learning.handoff_days);
}

static void note_actions(struct bc_buf *out, const struct review_shown *shown)
{
    (void)shown;
    bc_buf_printf(out, "Decided and not closed.");
}

/* --- the sections --- */

static const struct part {
    struct document_place place;
    note_fn *note;
    review_page_part *put;
    const char *rows, *within; /* of which the list of sections has the count */
} parts[] = {
    { { "off", "What is off", "Off", { 0 } }, note_off, review_page_off, "off", NULL },
    { { "figures", "Figures", "Figures", { 0 } },
      note_figures,
      review_page_figures,
      "figures",
      NULL },
    { { "flow", "Flow", "Flow", { 0 } }, note_flow, review_page_flow, NULL, NULL },
    { { "stages", "Stages", "Stages", { 0 } }, note_stages, review_page_stages, NULL, NULL },
    { { "stalled", "Stalled", "Stalled", { 0 } },
      note_stalled,
      review_page_stalled,
      "stalled",
      NULL },
    { { "closed", "Closed", "Closed", { 0 } }, note_closed, review_page_closed, "closed", NULL },
    { { "experiments", "Experiments", "Experiments", { 0 } },
      note_experiments,
      review_page_experiments,
      "experiments",
      NULL },
    { { "red-lines", "Red lines", "Red lines", { 0 } },
      note_red_lines,
      review_page_red_lines,
      "redLines",
      NULL },
    { { "renewals", "Renewals", "Renewals", { 0 } },
      note_renewals,
      review_page_renewals,
      "renewals",
      NULL },
    { { "handoff", "Hand-offs", "Hand-offs", { 0 } },
      note_handoff,
      review_page_handoff,
      "handoff",
      "deals" },
    { { "actions", "Actions", "Actions", { 0 } },
      note_actions,
      review_page_actions,
      "actions",
      NULL },
};
enum { PART_N = sizeof(parts) / sizeof(parts[0]) };

/* In the list of sections: how many rows it has; of the flow, what came and went. */
static void add_count(struct bc_buf *out, const struct part *part, const struct row *answer)
{
    struct row within;
    const struct cell *rows;

    if (!part->rows && part->put == review_page_flow) {
        (void)html_out_within(&within, answer, "flow");
        bc_buf_printf(out, "+%" PRIu64 " -%" PRIu64, row_find(&within, "in")->count,
                      row_find(&within, "out")->count);
        row_release(&within);
    }
    if (!part->rows)
        return;
    if (!part->within) {
        bc_buf_printf(out, "%zu", row_find(answer, part->rows)->rows.n);
        return;
    }
    (void)html_out_within(&within, answer, part->rows);
    rows = row_find(&within, part->within);
    bc_buf_printf(out, "%zu", rows->rows.n);
    row_release(&within);
}

static void put_all(struct html_out *out, const struct review_shown *shown,
                    const struct row *answer)
{
    struct document_place places[PART_N + 1];
    struct bc_buf counts[PART_N] = { { 0 } }, note = { 0 };

    for (size_t i = 0; i < PART_N; i++) {
        add_count(&counts[i], &parts[i], answer);
        places[i] = parts[i].place;
        places[i].count = bc_buf_str(&counts[i]);
    }
    places[PART_N] = page_ends_notes;
    page_ends_begin(out, "Weekly review", shown->basis, answer,
                    shown->ask->slice >= 0 ? shown->basis->rules->slices[shown->ask->slice].name
                                           : NULL,
                    places, PART_N + page_ends_has_notes(answer));
    page_ends_beside(out, "monthly", "The monthly review");
    for (size_t i = 0; i < PART_N; i++) {
        note.len = 0;
        parts[i].note(&note, shown);
        document_section(out, &parts[i].place, bc_buf_str(&note), i == 0);
        parts[i].put(out, shown, answer);
        document_section_end(out);
        bc_buf_release(&counts[i]);
    }
    page_ends_end(out, shown->basis, answer);
    bc_buf_release(&note);
}

void review_page_add(struct bc_buf *out, const struct cmd_env *env,
                     const struct review_shown *shown, const struct review_recorded *recorded)
{
    struct review_shown told = *shown;
    struct row answer = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES, .times = env->times };
    const struct page_about about = { .rules = shown->basis->rules };
    /* With a slider it is made again and again: what is folded of long tables is most of it. */
    struct html_out page = { .env = env,
                             .about = &about,
                             .brief = env->frame && env->frame->script };

    named_as_asked(&told.named, env);
    told.named.most = 0; /* a page has no width of a terminal */
    page_ends_when_short(told.since, told.basis, told.review->since_us);
    review_cells(&answer, &told, recorded);
    put_all(&page, &told, &answer);
    bc_buf_add_str(out, bc_buf_str(&page.text));
    bc_buf_release(&page.text);
    row_release(&answer);
}
