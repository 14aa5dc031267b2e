#include "tools/show/restated_cells.h"

#include "tools/show/diff.h"

void restated_problem_add(struct bc_buf *out, const struct bc_err *problem)
{
    bc_buf_printf(out, "%s%s%s", problem->context, problem->context[0] ? ": " : "",
                  problem->message);
}

void restated_cells(struct row *row, const struct restated *restated)
{
    row_text(row, "report", restated->report->id);
    row_text(row, "name", restated->report->name);
    row_instant(row, "issued", restated->report->issued_us);
    if (!restated->diff) {
        restated_problem_add(row_make(row), &restated->problem);
        row_made(row, "problem");
        return;
    }
    row_instant(row, "asOf", restated->issued.as_of_us);
    row_word(row, "rules", restated->issued.rules_version);
    diff_cells(row, restated->diff);
    if (!restated->issued.is_review)
        return;
    row_texts(row, "parts", restated->parts, restated->part_n);
    if (restated->parts_problem.message[0]) {
        restated_problem_add(row_make(row), &restated->parts_problem);
        row_made(row, "partsProblem");
    }
}
