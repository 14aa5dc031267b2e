/* tools/cmd/report.c - reports as they are given out: issuing them, and listing what was
 * issued. */
#include "tools/cmd/report.h"

#include "tools/ask/ledger_times.h"
#include "tools/ask/open.h"
#include "tools/cli/text.h"
#include "tools/cli/times.h"
#include "tools/cmd/html_file.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/report_html.h"
#include "tools/pages/metrics_page.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/issued_figures.h"
#include "tools/show/issued_report.h"
#include "tools/show/unknown_notes.h"

#include <inttypes.h>

/* --- issue --- */

struct issue {
    struct typed typed;
    const char *name, *as_of, *actor, *html_path;
    bool shared, json;
    int64_t now_us; /* when it is issued */
    struct issued_report_texts texts;
    struct html_file html;
    struct bc_buf id;
    struct bc_head head; /* that the report rests on */
    struct notes notes;
    uint64_t seq; /* of its event */
};

/* The page that goes into the event, too: it names the event, whose id is known before. */
static void make_page(struct issue *issue, const struct cmd_env *env, const struct basis *basis,
                      const struct bc_report *report)
{
    const struct metrics_issued issued = { .name = bc_str_of(issue->name),
                                           .actor = bc_str_of(issue->actor),
                                           .id = bc_buf_str(&issue->id),
                                           .us = issue->now_us };
    struct metrics_page page = { .n = 1, .issued = &issued };
    struct report_part part;

    report_part_init(&part, basis->rules, NULL, NULL);
    metrics_page_add(&page, env,
                     &(struct report_shown){ .basis = basis, .report = report, .part = &part }, "");
    issue->html.page = page.out.text;
    report_part_release(&part);
}

static bc_status make_texts(struct issue *issue, const struct cmd_env *env, struct bc_err *err)
{
    const struct bc_report_options options = { .lists = true };
    struct bc_report *report = NULL;
    struct basis basis = { 0 };
    struct when when;
    bc_status rc = basis_open(&basis, env, &issue->typed, err);

    if (rc == BC_OK)
        rc = basis_when(&when, &basis, env, issue->as_of, err);
    if (rc == BC_OK) {
        basis_set_date(&basis, &when);
        issue->head = *bc_log_head(basis.log);
        rc = bc_report_make(&report, basis.timelines, &basis.question, &options, err);
    }
    if (rc == BC_OK) {
        issued_report_write(&issue->texts, &basis, &when, report);
        bc_buf_printf(&issue->id, "report:%s:%" PRIu64, issue->name, issue->head.size);
    }
    if (rc == BC_OK && issue->html_path)
        make_page(issue, env, &basis, report);
    if (rc == BC_OK) /* said, and no part of what is issued */
        unknown_notes_add(&basis.notes, basis.rules, report->unknown, -1, "");
    issue->notes = basis.notes;
    basis.notes = (struct notes){ 0 };
    bc_report_free(report);
    basis_close(&basis);
    return rc;
}

/* Only one event follows a head, so name and head make an id. */
static bc_status append(struct issue *issue, const struct cmd_env *env, bc_log *log,
                        struct bc_err *err)
{
    struct bc_event event = { .has_occurred = true,
                              .occurred_us = issue->now_us,
                              .actor = bc_str_of(issue->actor),
                              .source_system = BC_STR("manual"),
                              .body = BC_REPORT_ISSUED };
    bc_append *append = NULL;
    bc_status rc = bc_append_open(&append, log, cmd_now_us(env), err);

    event.id = bc_buf_str(&issue->id);
    event.value[BC_REPORT_ISSUED_NAME].text = bc_str_of(issue->name);
    event.value[BC_REPORT_ISSUED_BASIS].text = bc_buf_str(&issue->texts.basis);
    event.value[BC_REPORT_ISSUED_VALUES].items = issue->texts.values;
    event.value[BC_REPORT_ISSUED_VALUES].item_n = issue->texts.n;
    event.value[BC_REPORT_ISSUED_PAGE].text = bc_buf_str(&issue->html.page);
    if (rc == BC_OK)
        rc = bc_append_add(append, &event, 1, false, NULL, NULL, err);
    if (rc == BC_DONE)
        rc = bc_err_set(err, BC_E_CONFLICT,
                        "the report \"%s\" was issued at this state of the "
                        "ledger already",
                        issue->name);
    if (rc == BC_OK)
        rc = bc_append_commit(append, err);
    if (rc == BC_OK)
        rc = bc_log_find(log, event.id, &issue->seq, err);
    bc_append_free(append);
    return rc;
}

static void fill_issue(struct row *row, const void *source, size_t i)
{
    const struct issue *issue = source;

    (void)i;
    row_text(row, "report", bc_buf_str(&issue->id));
    row_word(row, "name", issue->name);
    row_seq(row, "seq", issue->seq);
    row_count(row, "values", issue->texts.n);
    row_json(row, "basis", bc_buf_str(&issue->texts.basis));
    notes_cells(row, &issue->notes);
}

static void print_issue(const struct cmd_env *env, const struct issue *issue)
{
    if (issue->json) {
        print_json_of(env, fill_issue, issue);
        return;
    }
    fputs("report ", env->out);
    text_put(env->out, bc_str_of(issue->name));
    fprintf(env->out,
            " issued as event %" PRIu64 ", with %zu figures, resting on %" PRIu64 " events\n",
            issue->seq, issue->texts.n, issue->head.size);
    notes_print(env, &issue->notes);
}

static int cmd_report_issue(const struct cmd_env *env, int argc, char **argv)
{
    struct issue issue = { .typed = { .verified = true } };
    const struct opt opts[] = {
        { NULL, "NAME", .text = &issue.name, .required = true,
          .help = "what the report is called; reports may share a name" },
        { "as-of", "WHEN", .text = &issue.as_of,
          .help = "count what had happened by then (default: today)" },
        { "actor", "WHO", .text = &issue.actor, .help = "who issues it" },
        QUESTION_OPTIONS(&issue.typed),
        OPT_SHARED(&issue.shared),
        OPT_THREADS(&issue.typed.threads),
        OPT_HTML(&issue.html_path),
        OPT_JSON(&issue.json),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = opt_parse(opts, cmd_page("backcast report issue"), env, argc, argv, &err);

    issue.now_us = cmd_now_us(env);
    if (rc == BC_OK)
        rc = html_file_open(&issue.html, issue.html_path, &err);
    if (rc == BC_OK)
        rc = open_before_answer(env, issue.typed.dir, issue.shared, &err);
    if (rc == BC_OK)
        rc = make_texts(&issue, env, &err);
    if (rc == BC_OK)
        rc = open_to_append(&log, env, issue.typed.dir, issue.shared, &err);
    if (rc == BC_OK)
        rc = append(&issue, env, log, &err);
    if (rc == BC_OK)
        rc = open_catch_up(log, &err);
    if (rc == BC_OK)
        rc = html_file_write_recorded(&issue.html, env, &issue.id, &err);
    if (rc == BC_OK && !html_file_instead(&issue.html))
        print_issue(env, &issue);
    bc_log_close(log);
    html_file_release(&issue.html);
    issued_report_texts_release(&issue.texts);
    bc_buf_release(&issue.id);
    notes_release(&issue.notes);
    return cmd_exit(env, rc, &err);
}

/* --- list --- */

static void fill_report(struct row *row, const void *source, size_t i)
{
    const struct bc_issued *report = &((const struct bc_issued_list *)source)->at[i];

    row_text(row, "report", report->id);
    row_text(row, "name", report->name);
    row_instant(row, "issued", report->issued_us);
    row_seq(row, "seq", report->seq);
    row_count(row, "values", report->value_n);
    row_said(row, "actor", report->actor);
    row_bool(row, "page", report->page_len > 0);
    if (row_for_pages(row))
        issued_figures_cells(row, report);
}

struct listed {
    struct bc_issued_list reports;
    struct notes notes;
};

static void fill_list(struct row *row, const void *source, size_t i)
{
    const struct listed *listed = source;

    (void)i;
    row_rows(row, "reports", rows_of(fill_report, &listed->reports, listed->reports.n));
    notes_cells(row, &listed->notes);
}

static void print_list(const struct cmd_env *env, const struct listed *listed)
{
    const struct bc_issued_list *list = &listed->reports;
    static const struct column columns[] = {
        { .name = "ISSUED", .key = "issued" },
        { .name = "NAME", .key = "name", .fit = COLUMN_WRAP },
        { .name = "FIGURES", .key = "values", .right = true },
        { .name = "PAGE", .key = "page" },
        { .name = "SEQ", .key = "seq", .right = true },
        { .name = "ID", .key = "report", .fit = COLUMN_MIDDLE },
    };

    if (list->n == 0)
        fputs("no report was issued\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_report, list, list->n));
    if (list->n) {
        fputc('\n', env->out);
        times_tell(env);
    }
    notes_print(env, &listed->notes);
}

static int cmd_report_list(const struct cmd_env *env, int argc, char **argv)
{
    struct listed list = { 0 };
    struct ledger_times times = { 0 };
    bc_timelines *timelines = NULL;
    const char *dir = NULL;
    bool json = false;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        OPT_JSON(&json),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = opt_parse(opts, cmd_page("backcast report list"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_ledger(&log, env, dir, OPEN_READ, &err);
    if (rc == BC_OK)
        rc = open_timelines(&timelines, env, log, &err);
    if (rc == BC_OK)
        rc = bc_issued_read(&list.reports, timelines, &(struct bc_visible){ 0 }, &err);
    if (rc == BC_OK)
        notes_add_recorded(&list.notes, log, env);
    if (rc == BC_OK && json)
        print_json_of(env, fill_list, &list);
    else if (rc == BC_OK)
        ledger_times_open(&times, env, log);
    if (rc == BC_OK && !json)
        print_list(env, &list);
    ledger_times_close(&times);
    bc_issued_release(&list.reports);
    notes_release(&list.notes);
    bc_timelines_free(timelines);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}

int cmd_report(const struct cmd_env *env, int argc, char **argv)
{
    static const struct cmd commands[] = {
        { "issue", cmd_report_issue },
        { "page", cmd_report_page },
        { "list", cmd_report_list },
        { "html", cmd_report_html },
        { 0 },
    };
    static const struct cmd_group group = { "backcast report", commands, cmd_pages };

    return cmd_dispatch(env, &group, argc, argv);
}
