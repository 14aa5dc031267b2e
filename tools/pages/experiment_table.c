#include "tools/pages/experiment_table.h"

#include "ledger/base/number.h"
#include "tools/pages/behind.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/page_pictures.h"
#include "tools/print/print_html.h"

#include <inttypes.h>
#include <string.h>

enum { ARM_WIDE = 300, ARM_NARROW = 150 };

/* --- arms --- */

/* All arms together are the last row. */
static void fill_arm(struct row *row, const void *experiment, size_t i)
{
    const struct rows *arms = &row_find(experiment, "arms")->rows;
    const struct cell *all = row_find(experiment, "all");

    if (i < arms->n)
        arms->fill(row, arms->source, i);
    else
        all->rows.fill(row, all->rows.source, 0);
}

static struct bc_str arm_name(const struct row *row, struct bc_str arm)
{
    if (!row_find(row, "arm"))
        return BC_STR("all");
    return arm.len ? arm : BC_STR("none");
}

static bool is_all(const struct row *row)
{
    return !row_find(row, "arm");
}

static void put_arm(struct html_out *out, const struct row *row)
{
    const struct bc_str arm = page_cells_text(row, "arm");
    const bool linked = !is_all(row) && behind_link(out, arm, "n");

    html_out_text(out, arm_name(row, arm));
    document_link_end(out, linked);
    page_cells_put_rests_on(out, row);
}

static void put_converted(struct html_out *out, const struct row *row)
{
    if (is_all(row))
        page_cells_put_of(out, row, "converted");
    else
        behind_put_of(out, row, page_cells_text(row, "arm"), "converted");
}

static void put_count(struct html_out *out, const struct row *row, const char *key)
{
    if (is_all(row))
        page_cells_put(out, row, key);
    else
        behind_put_count(out, row, page_cells_text(row, "arm"), key);
}

static void put_failed(struct html_out *out, const struct row *row)
{
    put_count(out, row, "failed");
}

static void put_open(struct html_out *out, const struct row *row)
{
    put_count(out, row, "open");
}

/* What was sent and opened, where that is what the experiment is about. */
static void put_mails(struct html_out *out, const struct row *row)
{
    if (!row_find(row, "sent"))
        return;
    html_out_put(out, "%" PRIu64 " of %" PRIu64 ", ", row_find(row, "opened")->count,
                 row_find(row, "sent")->count);
    page_cells_put(out, row, "openRate");
    html_out_put(out, ", %" PRIu64 " replied", row_find(row, "replied")->count);
}

/* A target that is a rate of deals. */
static bool target_of(double *target, const struct row *experiment, const struct row *arm)
{
    return !row_find(arm, "sent") &&
           bc_number_parse(target, page_cells_text(experiment, "target")) && *target >= 0 &&
           *target <= 1;
}

static void put_arm_interval(struct html_out *out, const struct row *row)
{
    const struct bc_str arm = page_cells_text(row, "arm");
    struct interval interval = { .to = 1, .mark = INTERVAL_SQUARE };
    struct bc_buf title = { 0 }, said = { 0 };

    if (page_pictures_read_rate(&interval, &said, row, "rate")) {
        interval.n = row_find(row, "n")->count;
        interval.has_limit = interval.is_target =
            target_of(&interval.limit, page_about(out)->around, row);
        bc_buf_printf(&said, ", n %" PRIu64, interval.n);
        if (interval.has_limit)
            bc_buf_printf(&said, "; target %.0f %%", 100 * interval.limit);
        bc_buf_printf(&title, "Arm %.*s", BC_STR_ARG(arm_name(row, arm)));
        interval.title = bc_buf_str(&title);
        interval.desc = bc_buf_str(&said);
        page_pictures_put_both(out, interval, ARM_WIDE, ARM_NARROW);
    }
    bc_buf_release(&title);
    bc_buf_release(&said);
}

/* The axis of a column of drawings stands in its heading, in both widths. */
static void put_axis(struct html_out *out, struct interval_labels labels)
{
    const double widths[] = { ARM_WIDE, ARM_NARROW };
    struct bc_buf svg = { 0 };

    for (size_t i = 0; i < 2; i++) {
        svg.len = 0;
        labels.width = widths[i];
        html_out_put(out, i ? "<div class=\"cn\">" : "<div class=\"cw\">");
        interval_labels_draw(&svg, &labels);
        html_out_drawing(out, bc_buf_str(&svg));
        html_out_put(out, "</div>");
    }
    bc_buf_release(&svg);
}

static void put_rate_axis(struct html_out *out, const struct row *row)
{
    (void)row;
    html_out_put(out, "<span class=\"sr\">With 95 %% interval, 0 to 100 %%</span>");
    put_axis(out, (struct interval_labels){ .from = BC_STR("0 %"),
                                            .to = BC_STR("100 %"),
                                            .has_between = true,
                                            .at = 0.5,
                                            .between = BC_STR("50 %") });
}

/* What of the columns depends on what it is about. */
#define ARM_COLUMNS                                                                                \
    { .name = "Rate", .key = "rate", .right = true, .class = "big" },                              \
        { .name = "", .class = "pic", .draw = put_arm_interval, .draw_heading = put_rate_axis },   \
    {                                                                                              \
        .name = "95 % interval", .class = "q2", .leave = 1, .draw = page_cells_interval            \
    }

static void put_arms(struct html_out *out, const struct row *experiment)
{
    static const struct column deals[] = {
        { .name = "Arm", .about = true, .draw = put_arm },
        { .name = "Converted", .right = true, .leave = 1, .draw = put_converted },
        { .name = "Failed", .right = true, .leave = 2, .draw = put_failed },
        { .name = "Open", .right = true, .leave = 2, .draw = put_open },
        ARM_COLUMNS,
        { .name = "Median", .key = "medianDays", .right = true, .leave = 2 },
    };
    static const struct column mails[] = {
        { .name = "Arm", .about = true, .draw = put_arm },
        { .name = "Opened one", .right = true, .leave = 1, .draw = put_converted },
        ARM_COLUMNS,
        { .name = "Mails opened", .leave = 2, .draw = put_mails },
    };
    struct row all;
    const bool by_mails = html_out_within(&all, experiment, "all") && row_find(&all, "sent");
    const struct html_table table = { .columns = by_mails ? COLUMNS_OF(mails) : COLUMNS_OF(deals),
                                      .class = "tight",
                                      .all = true };

    print_html_of(out, &table,
                  rows_of(fill_arm, experiment, row_find(experiment, "arms")->rows.n + 1));
    row_release(&all);
}

/* --- arms against one another --- */

static void put_pair(struct html_out *out, const struct row *row)
{
    page_cells_put(out, row, "arm");
    html_out_put(out, " <span class=\"q\">less</span> ");
    page_cells_put(out, row, "control");
}

static void put_difference(struct html_out *out, const struct row *row)
{
    struct interval interval = {
        .title = BC_STR("Difference of the arms"), .from = -1, .to = 1, .mark = INTERVAL_DIAMOND
    };
    struct bc_buf said = { 0 };

    if (page_pictures_read_rate(&interval, &said, row, "difference")) {
        interval.desc = bc_buf_str(&said);
        page_pictures_put_both(out, interval, ARM_WIDE, ARM_NARROW);
    }
    bc_buf_release(&said);
}

static void put_difference_axis(struct html_out *out, const struct row *row)
{
    (void)row;
    html_out_put(out, "<span class=\"sr\">From 100 points less to 100 more</span>");
    put_axis(out, (struct interval_labels){ .from = BC_STR("\xe2\x88\x92"
                                                           "100 pt"),
                                            .to = BC_STR("+100 pt"),
                                            .has_between = true,
                                            .at = 0.5,
                                            .between = BC_STR("no difference") });
}

static void put_chance(struct html_out *out, const struct row *row)
{
    double p;

    if (page_cells_number(&p, row, "p"))
        html_out_put(out, "%.3f", p);
}

static void put_compared(struct html_out *out, const struct row *experiment)
{
    static const struct column columns[] = {
        { .name = "Difference", .about = true, .draw = put_pair },
        { .name = "Points", .key = "difference", .right = true, .class = "big" },
        { .name = "", .class = "pic", .draw = put_difference, .draw_heading = put_difference_axis },
        { .name = "95 % interval", .class = "q2", .leave = 1, .draw = page_cells_interval },
        { .name = "p", .right = true, .leave = 1, .draw = put_chance },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "tight",
                                      .all = true };

    print_html_of(out, &table, row_find(experiment, "compare")->rows);
}

/* --- what can be told --- */

static uint64_t deals_of(const struct row *experiment, struct bc_str arm)
{
    const struct rows *arms = &row_find(experiment, "arms")->rows;
    struct row row = { .readers = experiment->readers };
    uint64_t n = 0;

    for (size_t i = 0; i < arms->n; i++) {
        row_clear(&row);
        arms->fill(&row, arms->source, i);
        if (bc_str_eq(page_cells_text(&row, "arm"), arm))
            n = row_find(&row, "n")->count;
    }
    row_release(&row);
    return n;
}

/* ", short has 4", where that is too few. */
static void put_lacking(struct html_out *out, const struct row *experiment, struct bc_str arm)
{
    const uint64_t n = deals_of(experiment, arm);

    if (n >= (uint64_t)page_about(out)->rules->learning.enough)
        return;
    html_out_put(out, ", ");
    html_out_text(out, arm);
    html_out_put(out, " has %" PRIu64, n);
}

/* On which side of zero the interval is. */
static void put_side(struct html_out *out, const struct row *compared)
{
    double low, high;

    if (!page_cells_number(&low, compared, "low") || !page_cells_number(&high, compared, "high"))
        return;
    html_out_put(out, low > 0    ? ": the interval lies above zero"
                      : high < 0 ? ": the interval lies below zero"
                                 : ": the interval holds zero, so there may be no difference");
}

/* Too few is said first, before any figure. */
static void put_verdict(struct html_out *out, const struct row *experiment,
                        const struct row *compared)
{
    const bool enough = row_find(compared, "enough")->yes;
    const struct bc_str arm = page_cells_text(compared, "arm");
    const struct bc_str control = page_cells_text(compared, "control");

    html_out_put(out, "<p class=\"note\">");
    page_cells_state(out, enough ? PAGE_FINE : PAGE_KNOW,
                     enough ? BC_STR("enough deals") : BC_STR("too few to tell"));
    html_out_put(out, " ");
    html_out_text(out, arm);
    html_out_put(out, " against ");
    html_out_text(out, control);
    if (enough) {
        put_side(out, compared);
    } else {
        html_out_put(out, ": an arm needs %d deals", (int)page_about(out)->rules->learning.enough);
        put_lacking(out, experiment, arm);
        put_lacking(out, experiment, control);
    }
    html_out_put(out, "</p>\n");
}

static void put_verdicts(struct html_out *out, const struct row *experiment)
{
    const struct rows *rows = &row_find(experiment, "compare")->rows;
    struct row compared = { .readers = experiment->readers };

    for (size_t i = 0; i < rows->n; i++) {
        row_clear(&compared);
        rows->fill(&compared, rows->source, i);
        put_verdict(out, experiment, &compared);
    }
    row_release(&compared);
}

/* --- experiments --- */

static void put_said(struct html_out *out, const struct row *experiment, const char *before,
                     const char *key)
{
    const struct bc_str text = page_cells_text(experiment, key);

    if (!text.len)
        return;
    html_out_put(out, "%s", before);
    html_out_text(out, text);
}

static void put_heading(struct html_out *out, const struct row *experiment)
{
    const struct bc_str words = page_cells_text(experiment, "hypothesis");
    const struct cell *ended = row_find(experiment, "concludedAt");
    const struct document_pair id = { "id", page_cells_text(experiment, "experiment") };
    bool linked;

    html_out_put(out, "<h3>");
    linked = document_link(out, "experiment", &id, 1);
    html_out_text(out, words.len ? words : id.value);
    document_link_end(out, linked);
    html_out_put(out, " <span class=\"q\">");
    page_cells_put(out, experiment, "experiment");
    html_out_put(out, ", ");
    page_cells_put(out, experiment, "state");
    if (row_find(experiment, "startedAt")->kind == CELL_INSTANT) {
        html_out_put(out, ", begun ");
        page_cells_put_day(out, row_find(experiment, "startedAt"));
    }
    if (ended->kind == CELL_INSTANT) {
        html_out_put(out, ", ended ");
        page_cells_put_day(out, ended);
    }
    html_out_put(out, "</span></h3>\n");
}

/* "; cost 900.00 USD, 39.13 for each of the converted". */
static void put_cost(struct html_out *out, const struct row *experiment)
{
    if (!page_cells_text(experiment, "cost").len)
        return;
    html_out_put(out, "; cost ");
    page_cells_put_amount(out, experiment, "cost");
    put_said(out, experiment, " ", "currency");
    if (!page_cells_text(experiment, "costPerConverted").len)
        return;
    html_out_put(out, ", ");
    page_cells_put_amount(out, experiment, "costPerConverted");
    html_out_put(out, " for each of the converted");
}

/* What it was to reach and whether it did, what it cost, what came of it. */
static void put_goal(struct html_out *out, const struct row *experiment)
{
    const struct cell *met = row_find(experiment, "met");
    const struct bc_str metric = page_cells_text(experiment, "metric");

    html_out_put(out, "<p class=\"note\">");
    put_said(out, experiment, "", "kind");
    if (metric.len) {
        html_out_put(out, ", by ");
        page_cells_put_metric(out, metric);
    }
    put_said(out, experiment, ", target ", "target");
    if (met->kind == CELL_BOOL)
        html_out_put(out, met->yes ? ": met" : ": not met");
    put_said(out, experiment, "; campaign ", "campaign");
    put_cost(out, experiment);
    put_said(out, experiment, "; outcome: ", "outcome");
    put_said(out, experiment, "; learnt: ", "learning");
    html_out_put(out, "</p>\n");
}

static const char how_to_read[] =
    "<p class=\"note\">p: how often luck alone makes a difference as large. It holds for one look "
    "and one comparison. Without <code class=\"nb\">--mature</code> the arms may have had unlike "
    "time.</p>\n";

/* A path of its arms begins with its id, which ends at the first comma. */
static void read_behind(struct behind *behind, struct bc_buf *before, struct page_about *about,
                        const struct row *experiment)
{
    const struct bc_str id = page_cells_text(experiment, "experiment");

    if (!about->behind)
        return;
    *behind = *about->behind;
    about->behind = id.len == 0 || memchr(id.at, ',', id.len) ? NULL : behind;
    bc_buf_printf(before, "%.*s,", BC_STR_ARG(id));
    behind->before = bc_buf_str(before);
}

void experiment_table_put(struct html_out *out, const struct row *experiment)
{
    const void *kept = out->about;
    struct page_about about = *page_about(out);
    struct bc_buf before = { 0 };
    struct behind behind;

    read_behind(&behind, &before, &about, experiment);
    about.around = experiment;
    out->about = &about;
    put_heading(out, experiment);
    put_goal(out, experiment);
    put_verdicts(out, experiment);
    put_arms(out, experiment);
    put_compared(out, experiment);
    out->about = kept;
    bc_buf_release(&before);
}

void experiment_table_how_to_read(struct html_out *out)
{
    html_out_put(out, "%s", how_to_read);
}
