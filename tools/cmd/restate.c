/* tools/cmd/restate.c - issued reports that would read differently today. */
#include "tools/ask/basis_names.h"
#include "tools/ask/ledger_times.h"
#include "tools/ask/open.h"
#include "tools/ask/verify_all.h"
#include "tools/cli/times.h"
#include "tools/cmd/html_file.h"
#include "tools/cmd/pages.h"
#include "tools/pages/restate_page.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_json.h"
#include "tools/show/diff.h"
#include "tools/show/restated_cells.h"

#include <inttypes.h>
#include <stdlib.h>

struct restate {
    const struct cmd_env *env;
    const char *dir, *name, *threads_text;
    const char *html_path;
    bool as_json, verified;
    bool by_id; /* `name` is the id of a report */
    struct notes notes;
    bc_log *log;
    struct restating how;
    struct bc_issued_list list;
    struct bc_question today; /* what the report in turn is asked again; its names are of then */
    int64_t as_of_us;         /* its date: a day as that day, by the rules of today */
    size_t same, different, unreadable;
    struct html_file html;
    struct restate_page page; /* where html.path wants one */
};

/* --- printing --- */

/* What of a review is no figure. */
static void print_parts(const struct cmd_env *env, const struct restated *restated)
{
    struct bc_buf said = { 0 };

    if (restated->parts_problem.message[0]) {
        bc_buf_printf(&said, "its lists were not asked again: ");
        restated_problem_add(&said, &restated->parts_problem);
    }
    for (size_t i = 0; i < restated->part_n; i++)
        bc_buf_printf(&said, "%s%.*s",
                      i ? ", " : "parts that differ: ", BC_STR_ARG(restated->parts[i]));
    if (said.len)
        paragraph_print(env, 0, bc_buf_str(&said));
    bc_buf_release(&said);
}

static void print_text(const struct cmd_env *env, const struct restated *restated)
{
    struct bc_buf said = { 0 };
    char time[TIMES_LEN];

    times_print_short(time, env->times, restated->report->issued_us);
    bc_buf_printf(&said, "%.*s, issued %s", BC_STR_ARG(restated->report->name), time);
    if (!restated->diff) {
        bc_buf_printf(&said, ", cannot be read: ");
        restated_problem_add(&said, &restated->problem);
    } else {
        times_print_short(time, env->times, restated->issued.as_of_us);
        bc_buf_printf(&said, ", as of %s, resting on %" PRIu64 " events, rules %s", time,
                      restated->issued.last_seq, restated->issued.rules_version);
    }
    fputs("report ", env->out);
    paragraph_print(env, strlen("report "), bc_buf_str(&said));
    bc_buf_release(&said);
    fputc('\n', env->out);
    if (!restated->diff)
        return;
    diff_print_table(env, restated->diff);
    print_parts(env, restated);
    fputc('\n', env->out);
}

/* Names on the page are of the report in turn. */
static void ask_today(struct restate *restate, const struct restated *restated)
{
    restate->as_of_us = restated->as_of_us;
    restate->today = restated->today;
    restate->today.as_of_us = &restate->as_of_us;
}

/* `taker` NULL: for people. */
static bc_status show(struct restate *restate, const struct restated *restated,
                      struct row_taker *taker, struct bc_err *err)
{
    restate->unreadable += restated_unknown(restated);
    restate->different += restated_differs(restated) && !restated_unknown(restated);
    restate->same += !restated_differs(restated);
    ask_today(restate, restated);
    if (restate->html.path)
        restate_page_add(&restate->page, restated);
    if (!restated_differs(restated) || html_file_instead(&restate->html))
        return BC_OK;
    if (!taker) {
        print_text(restate->env, restated);
        return BC_OK;
    }
    restated_cells(taker->row, restated);
    return row_take(taker, err);
}

/* --- the whole --- */

/* So many as are asked in one walk. */
static bc_status restate_some(struct restate *restate, const struct bc_issued *const *reports,
                              size_t n, struct row_taker *taker, struct bc_err *err)
{
    struct restated *some = bc_calloc(n, sizeof(*some));
    bc_status rc = restated_make(some, reports, n, &restate->how, err);

    for (size_t i = 0; i < n; i++) {
        if (rc == BC_OK)
            rc = show(restate, &some[i], taker, err);
        restated_release(&some[i]);
    }
    free(some);
    return rc;
}

static bool is_wanted(const struct restate *restate, const struct bc_issued *report)
{
    return !restate->name ||
           bc_str_eq(restate->by_id ? report->id : report->name, bc_str_of(restate->name));
}

static size_t count_wanted(const struct restate *restate)
{
    size_t n = 0;

    for (size_t i = 0; i < restate->list.n; i++)
        n += is_wanted(restate, &restate->list.at[i]);
    return n;
}

static bc_status restate_each(struct restate *restate, struct row_taker *taker, struct bc_err *err)
{
    const struct bc_issued_list *list = &restate->list;
    const struct bc_issued *reports[RESTATED_AT_ONCE];
    size_t n = 0;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < list->n; i++) {
        if (is_wanted(restate, &list->at[i]))
            reports[n++] = &list->at[i];
        if (n < RESTATED_AT_ONCE)
            continue;
        rc = restate_some(restate, reports, n, taker, err);
        n = 0;
    }
    return rc == BC_OK && n ? restate_some(restate, reports, n, taker, err) : rc;
}

static bc_status find_reports(struct row_taker *taker, void *finder, struct bc_err *err)
{
    return restate_each(finder, taker, err);
}

static void fill_end(struct row *row, const void *source, size_t i)
{
    const struct restate *restate = source;

    (void)i;
    row_count(row, "same", restate->same);
    row_head(row, "ledger", bc_log_head(restate->log));
    notes_cells(row, &restate->notes);
}

static void fill(struct row *row, const void *source, size_t i)
{
    struct restate *restate = *(struct restate *const *)source;

    (void)i;
    row_rows(row, "reports", rows_found(find_reports, restate));
    row_rest(row, fill_end, restate);
}

static void print_end(const struct restate *restate)
{
    char root[BC_HASH_TEXT_LEN];
    struct bc_buf text = { 0 };

    bc_hash_print(root, &bc_log_head(restate->log)->root);
    bc_buf_printf(&text, "%zu would read differently, %zu the same, %zu cannot be read",
                  restate->different, restate->same, restate->unreadable);
    fputs("reports   ", restate->env->out);
    paragraph_print(restate->env, strlen("reports   "), bc_buf_str(&text));
    fprintf(restate->env->out, "ledger    %" PRIu64 " events, root %s\n",
            bc_log_head(restate->log)->size, root);
    bc_buf_release(&text);
    notes_print(restate->env, &restate->notes);
}

/* As JSON or for people; while it is printed the page is filled, too. */
static bc_status print_answer(struct restate *restate, struct bc_err *err)
{
    const bool instead = html_file_instead(&restate->html);
    bc_status rc;

    if (restate->as_json && !instead)
        return print_json(restate->env, fill, &restate, err);
    rc = restate_each(restate, NULL, err);
    if (rc == BC_OK && !instead)
        print_end(restate);
    return rc;
}

static bc_status write_page(struct restate *restate, struct bc_err *err)
{
    struct row answer = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };

    if (!restate->html.path)
        return BC_OK;
    fill_end(&answer, restate, 0);
    restate_page_end(&restate->page, &answer);
    restate->html.page = restate->page.out.text;
    restate->page.out.text = (struct bc_buf){ 0 };
    row_release(&answer);
    return html_file_write(&restate->html, restate->env, err);
}

static bc_status print(struct restate *restate, struct bc_err *err)
{
    struct ledger_times times;
    struct basis_names *names;
    bc_status rc;

    ledger_times_open(&times, restate->env, restate->log);
    names = basis_names_open(restate->env->names, restate->how.timelines, &restate->today);
    restate_page_begin(&restate->page, restate->env, count_wanted(restate));
    rc = print_answer(restate, err);
    if (rc == BC_OK)
        rc = write_page(restate, err);
    restate_page_release(&restate->page);
    basis_names_close(names);
    ledger_times_close(&times);
    return rc;
}

static bc_status check_name(struct restate *restate, struct bc_err *err)
{
    restate->by_id = true;
    if (count_wanted(restate))
        return BC_OK;
    restate->by_id = false;
    if (count_wanted(restate))
        return BC_OK;
    return bc_err_set(err, BC_E_USAGE,
                      "no issued report has the name or id '%s'; `backcast report list` has them",
                      restate->name);
}

static bc_status answer(struct restate *restate, struct bc_err *err)
{
    restate->how.events = restate->as_json || restate->html_path;
    restate->how.reviews = true;
    bc_status rc = open_ledger(&restate->log, restate->env, restate->dir, OPEN_READ_ALL, err);

    if (rc == BC_OK)
        notes_add_recorded(&restate->notes, restate->log, restate->env);
    if (rc == BC_OK && restate->verified)
        rc = verify_noted(&restate->notes, restate->log, restate->env, restate->how.threads, err);
    if (rc == BC_OK)
        rc = open_timelines(&restate->how.timelines, restate->env, restate->log, err);
    if (rc == BC_OK)
        rc = rules_shelf_open(&restate->how.shelf, restate->how.timelines,
                              bc_log_head(restate->log)->size, err);
    if (rc == BC_OK)
        rc = bc_issued_read(&restate->list, restate->how.timelines, &(struct bc_visible){ 0 }, err);
    if (rc == BC_OK && restate->name)
        rc = check_name(restate, err);
    if (rc == BC_OK)
        rc = html_file_open(&restate->html, restate->html_path, err);
    return rc == BC_OK ? print(restate, err) : rc;
}

int cmd_restate(const struct cmd_env *env, int argc, char **argv)
{
    struct restate restate = { .env = env };
    const struct opt opts[] = {
        { "report", "REPORT", .text = &restate.name,
          .help = "only reports of this name, or the one of this id" },
        OPT_LEDGER(&restate.dir),
        OPT_VERIFIED(&restate.verified),
        OPT_THREADS(&restate.threads_text),
        OPT_HTML(&restate.html_path),
        OPT_JSON(&restate.as_json),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast restate"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = opt_threads(&restate.how.threads, env, restate.threads_text, &err);
    if (rc == BC_OK)
        rc = answer(&restate, &err);
    rules_shelf_free(restate.how.shelf);
    bc_timelines_free(restate.how.timelines);
    bc_log_close(restate.log);
    bc_issued_release(&restate.list);
    notes_release(&restate.notes);
    html_file_release(&restate.html);
    return cmd_exit(env, rc, &err);
}
