/* tools/site/learning/experiments_page.c - what was tried, on whom, and what came of it: all
 * experiments, and one. */
#include "tools/pages/cohort_table.h"
#include "tools/pages/experiment_table.h"
#include "tools/pages/page_ends.h"
#include "tools/print/print_html.h"
#include "tools/site/learning/learning_pages.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"

enum { SHOWN_MAX = 20 }; /* with their arms, in a section */

static void put_form(struct call_page *call)
{
    if (!form_begin(call, "Which enrolments"))
        return;
    if (call_param(call, "id").len)
        form_hidden(call, "id");
    form_field(call, "mature", "Within days", "any time");
    form_field(call, "days", "Enrolled in the last days", "ever");
    form_field(call, "since", "or since", "a date");
    form_end(call);
}

/* --- all in a table --- */

static void put_name(struct html_out *out, const struct row *row)
{
    const struct document_pair id = { "id", page_cells_text(row, "experiment") };
    const bool linked = document_link(out, "experiment", &id, 1);

    html_out_text(out, id.value);
    document_link_end(out, linked);
    html_out_put(out, "<br><span class=\"q\">");
    page_cells_put(out, row, "hypothesis");
    html_out_put(out, "</span>");
}

static void put_enrolled(struct html_out *out, const struct row *row)
{
    struct row all;

    if (html_out_within(&all, row, "all"))
        page_cells_put(out, &all, "n");
    row_release(&all);
}

static void put_metric(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "metric").len)
        page_cells_metric(out, row);
    else
        page_cells_put(out, row, "metric");
}

static void put_met(struct html_out *out, const struct row *row)
{
    const struct cell *met = row_find(row, "met");

    if (met && met->kind == CELL_BOOL)
        html_out_put(out, met->yes ? "met" : "not met");
    else
        page_cells_put(out, row, "met");
}

static void put_all(struct call_page *call, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "Experiment", .about = true, .draw = put_name },
        { .name = "State", .key = "state" },
        { .name = "Enrolled", .right = true, .draw = put_enrolled },
        { .name = "Measured by", .leave = 1, .draw = put_metric },
        { .name = "Target", .key = "target", .right = true, .leave = 1 },
        { .name = "Reached", .leave = 2, .draw = put_met },
        { .name = "Outcome", .key = "outcome" },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full tight" };

    put_form(call);
    if (rows.n == 0)
        html_out_put(&call->out, "<p class=\"empty\">Nothing was tried yet. <code>backcast record "
                                 "experiment</code> begins an experiment.</p>\n");
    print_html_of(&call->out, &table, rows);
}

/* --- those of a state, with their arms --- */

static size_t put_of_state(struct call_page *call, struct rows rows, struct bc_str state)
{
    struct row experiment = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES,
                              .times = call->env.times };
    size_t n = 0;

    for (size_t i = 0; i < rows.n; i++) {
        row_clear(&experiment);
        rows.fill(&experiment, rows.source, i);
        if (bc_str_eq(page_cells_text(&experiment, "state"), state) && n++ < SHOWN_MAX)
            experiment_table_put(&call->out, &experiment);
    }
    row_release(&experiment);
    return n;
}

static void put_section(struct call_page *call, const struct document_place *place,
                        const char *note, struct rows rows, const char *state)
{
    size_t n;

    document_section(&call->out, place, bc_str_of(note), false);
    n = put_of_state(call, rows, bc_str_of(state));
    if (n == 0)
        html_out_put(&call->out, "<p class=\"empty\">None is %s.</p>\n", state);
    else
        experiment_table_how_to_read(&call->out);
    if (n > SHOWN_MAX)
        html_out_put(&call->out,
                     "<p class=\"note\">These are the first %d of %zu; each is a page of its "
                     "own.</p>\n",
                     (int)SHOWN_MAX, n);
    document_section_end(&call->out);
}

bc_status experiments_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = {
        { "experiments", "Experiments", "All", { 0 } },
        { "running", "Running", "Running", { 0 } },
        { "concluded", "Concluded", "Concluded", { 0 } },
    };
    const struct row *answer = NULL;
    struct ask_with_behind behind;
    struct bc_buf lead = { 0 };
    struct rows rows;
    bc_status rc = ask_with(&answer, call, "experiments", NULL, err);

    if (rc != BC_OK)
        return rc;
    rows = call_rows(answer, "experiments");
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    call_page_begin(call, "Experiments", bc_buf_str(&lead), places, 3);
    document_section(&call->out, &places[0], BC_STR("By their ids."), true);
    put_all(call, rows);
    document_section_end(&call->out);
    ask_with_links(&behind, call, "experiments");
    put_section(call, &places[1], "Not concluded by then.", rows, "running");
    put_section(call, &places[2], "And what came of them.", rows, "concluded");
    call->about.behind = NULL;
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}

/* --- one --- */

static bool find(struct row *out, struct rows rows, struct bc_str id)
{
    for (size_t i = 0; i < rows.n; i++) {
        row_clear(out);
        rows.fill(out, rows.source, i);
        if (bc_str_eq(page_cells_text(out, "experiment"), id))
            return true;
    }
    return false;
}

static void put_one(struct call_page *call, const struct row *experiment)
{
    static const struct document_place place = { "arms", "Arms", "Arms", { 0 } };
    struct ask_with_behind behind;
    struct row all;

    call_page_begin(call, "Experiment", page_cells_text(experiment, "experiment"), &place, 1);
    document_section(&call->out, &place,
                     BC_STR("The deals of each arm by what became of them: the figures lead to "
                            "them."),
                     true);
    put_form(call);
    ask_with_links(&behind, call, "experiments");
    experiment_table_put(&call->out, experiment);
    call->about.behind = NULL;
    (void)html_out_within(&all, experiment, "all");
    cohort_table_put_left_out(&call->out, &all);
    row_release(&all);
    experiment_table_how_to_read(&call->out);
    document_section_end(&call->out);
    call_page_end(call);
}

bc_status experiment_page(struct call_page *call, struct bc_err *err)
{
    const struct bc_str id = call_param(call, "id");
    const struct row *answer = NULL;
    struct row experiment = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES,
                              .times = call->env.times };
    bc_status rc = ask_with(&answer, call, "experiments", NULL, err);

    if (rc != BC_OK)
        return rc;
    if (find(&experiment, call_rows(answer, "experiments"), id))
        put_one(call, &experiment);
    else
        rc = bc_err_set(err, BC_E_USAGE, "there is no experiment '%.*s' by then", BC_STR_ARG(id));
    row_release(&experiment);
    return rc;
}
