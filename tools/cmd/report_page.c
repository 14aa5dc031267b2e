/* tools/cmd/report_page.c - the page that a report was issued as: the bytes that its event has, so
 * that neither later events nor another style sheet make another page of it. */
#include "tools/ask/ledger_times.h"
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cli/times.h"
#include "tools/cmd/html_file.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/report.h"
#include "tools/print/print_json.h"
#include "tools/show/issued_report.h"

#include <inttypes.h>

struct page_args {
    const char *report, *dir, *html;
    bool json;
};

/* By its id, or by its name where one report alone has it. */
static bc_status find(const struct bc_issued **out, const struct bc_issued_list *list,
                      const char *report, struct bc_err *err)
{
    const struct bc_str wanted = bc_str_of(report);
    const struct bc_issued *found = NULL, *before = NULL;

    for (size_t i = 0; i < list->n; i++) {
        const struct bc_issued *at = &list->at[i];

        if (bc_str_eq(at->id, wanted)) {
            *out = at;
            return BC_OK;
        }
        if (!bc_str_eq(at->name, wanted))
            continue;
        before = found;
        found = at;
    }
    if (before)
        return bc_err_set(
            err, BC_E_USAGE,
            "several reports have the name '%s', such as %.*s and %.*s; expected an id, "
            "`backcast report list` has them",
            report, BC_STR_ARG(before->id), BC_STR_ARG(found->id));
    if (!found)
        return bc_err_set(
            err, BC_E_USAGE,
            "no issued report has the name or id '%s'; `backcast report list` has them", report);
    *out = found;
    return BC_OK;
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct bc_issued *report = source;

    (void)i;
    row_text(row, "report", report->id);
    row_text(row, "name", report->name);
    row_instant(row, "issued", report->issued_us);
    row_said(row, "actor", report->actor);
    row_seq(row, "seq", report->seq);
    row_count(row, "bytes", report->page_len);
}

static void print_text(const struct cmd_env *env, const struct bc_issued *report)
{
    char time[TIMES_LEN];

    times_print_short(time, env->times, report->issued_us);
    fputs("report ", env->out);
    text_put(env->out, report->name);
    fprintf(env->out, ", issued %s", time);
    if (report->actor.len) {
        fputs(" by ", env->out);
        text_put(env->out, report->actor);
    }
    fprintf(env->out, ": a page of %zu bytes in event %" PRIu64 ", ", report->page_len,
            report->seq);
    text_put(env->out, report->id);
    fputc('\n', env->out);
}

static bc_status answer(const struct cmd_env *env, const struct page_args *args,
                        bc_timelines *timelines, struct bc_err *err)
{
    struct html_file html = { 0 };
    struct bc_issued_list list = { 0 };
    const struct bc_issued *report = NULL;
    bc_status rc = bc_issued_read(&list, timelines, &(struct bc_visible){ 0 }, err);

    if (rc == BC_OK)
        rc = find(&report, &list, args->report, err);
    if (rc == BC_OK && report->page_len == 0)
        rc = bc_err_set(err, BC_E_USAGE,
                        "%.*s was issued without a page; expected one of `report issue --html`",
                        BC_STR_ARG(report->id));
    if (rc == BC_OK)
        rc = html_file_open(&html, args->html, err);
    if (rc == BC_OK && args->html)
        rc = bc_issued_page(&html.page, timelines, report->seq, err);
    if (rc == BC_OK)
        rc = html_file_write(&html, env, err);
    if (rc == BC_OK && !html_file_instead(&html) && args->json)
        print_json_of(env, fill, report);
    else if (rc == BC_OK && !html_file_instead(&html))
        print_text(env, report);
    html_file_release(&html);
    bc_issued_release(&list);
    return rc;
}

int cmd_report_page(const struct cmd_env *env, int argc, char **argv)
{
    struct page_args args = { 0 };
    const struct opt opts[] = {
        { NULL, "REPORT", .text = &args.report, .required = true,
          .help = "the report's name, or its id where several have the name" },
        OPT_LEDGER(&args.dir),
        OPT_HTML(&args.html),
        OPT_JSON(&args.json),
        { 0 },
    };
    struct ledger_times times = { 0 };
    bc_timelines *timelines = NULL;
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = opt_parse(opts, cmd_page("backcast report page"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_ledger(&log, env, args.dir, OPEN_READ, &err);
    if (rc == BC_OK)
        rc = open_timelines(&timelines, env, log, &err);
    if (rc == BC_OK && !args.json)
        ledger_times_open(&times, env, log);
    if (rc == BC_OK)
        rc = answer(env, &args, timelines, &err);
    ledger_times_close(&times);
    bc_timelines_free(timelines);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}
