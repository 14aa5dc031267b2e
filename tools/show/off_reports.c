/* tools/show/off_reports.c - of what may be off in a review, the issued reports that would read
 * differently now. */
#include "projections/diff/diff.h"
#include "tools/show/diff_sides.h"
#include "tools/show/off_kind.h"

static size_t report_n(const struct review_shown *shown)
{
    return shown->differing_n;
}

static enum off_state report_state(const struct review_shown *shown, size_t i)
{
    (void)shown;
    (void)i;
    return OFF_STATE_OFF;
}

static size_t causes_of(struct bc_str *out, const struct review_differing *differing)
{
    size_t n = 0;

    for (unsigned cause = 0; cause < BC_CAUSE_N; cause++)
        if (differing->causes >> cause & 1)
            out[n++] = bc_str_of(bc_cause_name((enum bc_cause)cause));
    return n;
}

static void report_cells(struct row *row, const struct review_shown *shown, size_t i)
{
    const struct review_differing *differing = &shown->differing[i];
    struct bc_str causes[BC_CAUSE_N], *kept;
    const size_t n = causes_of(causes, differing);

    row_text(row, "report", differing->report);
    row_text(row, "name", differing->name);
    if (differing->problem)
        row_null(row, "figures");
    else
        row_count(row, "figures", differing->figures);
    kept = row_make_texts(row, "causes", n);
    for (size_t c = 0; c < n; c++)
        kept[c] = causes[c];
    if (differing->problem)
        row_word(row, "problem", differing->problem);
}

static void tell_report(struct bc_buf *out, const struct review_shown *shown, size_t i)
{
    const struct review_differing *differing = &shown->differing[i];
    const char *between = ": ";

    bc_buf_printf(out, "report %.*s, issued ", BC_STR_ARG(differing->name));
    named_day_add(out, &shown->named, differing->issued_us);
    if (differing->problem) {
        bc_buf_printf(out, ", cannot be read again: %s", differing->problem);
        return;
    }
    bc_buf_printf(out, ", would read differently now in %zu figure%s", differing->figures,
                  differing->figures == 1 ? "" : "s");
    for (unsigned cause = 0; cause < BC_CAUSE_N; cause++) {
        if (!(differing->causes >> cause & 1))
            continue;
        bc_buf_printf(out, "%s%s", between, diff_cause_text((enum bc_cause)cause));
        between = ", ";
    }
    bc_buf_printf(out, "; see `backcast restate`");
}

static void say_report(struct off_said *said, const struct review_shown *shown, size_t i)
{
    const struct review_differing *differing = &shown->differing[i];
    const char *between = "";

    bc_buf_printf(&said->what, "Report %.*s %s", BC_STR_ARG(differing->name),
                  differing->problem ? "cannot be read again" : "would read differently now");
    if (!differing->problem)
        bc_buf_printf(&said->much, "%zu figure%s", differing->figures,
                      differing->figures == 1 ? "" : "s");
    bc_buf_printf(&said->why, "issued ");
    named_day_add(&said->why, &shown->named, differing->issued_us);
    bc_buf_printf(&said->why, "%s%s", differing->problem ? "; " : ": ",
                  differing->problem ? differing->problem : "");
    for (unsigned cause = 0; !differing->problem && cause < BC_CAUSE_N; cause++) {
        if (!(differing->causes >> cause & 1))
            continue;
        bc_buf_printf(&said->why, "%s%s", between, diff_cause_text((enum bc_cause)cause));
        between = ", ";
    }
}

const struct off_kind off_kind_differs = { "report_differs", "see `backcast restate`",
                                           report_n,         report_state,
                                           report_cells,     tell_report,
                                           say_report,       NULL };
