/* tools/cmd/restate.c - issued reports that would read differently today. */
#include "tools/ask/open.h"
#include "tools/ask/verify_all.h"
#include "tools/cmd/pages.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_json.h"
#include "tools/show/diff.h"
#include "tools/show/issued_report.h"

#include <inttypes.h>

struct restating {
    const struct cmd_env *env;
    const char *dir, *name, *threads_text;
    unsigned threads;
    bool as_json, verified;
    struct notes notes;
    bc_log *log;
    bc_timelines *timelines;
    rules_shelf *shelf; /* of today */
    struct bc_issued_list list;
    size_t same, different, unreadable;
};

/* --- what a report would read today --- */

/* The rules that the report's reference chooses today; those of a file, and any that no longer
 * exist, are as they were. */
static bc_status rules_today(const bc_rules **out, const struct restating *restating,
                             const struct issued_report *issued, struct bc_err *err)
{
    const char *ref = issued->rules_ref;

    if (strcmp(ref, "latest") == 0 || strcmp(ref, "default") == 0 || rules_ref_as_then(ref) ||
        bc_published_version(rules_shelf_published(restating->shelf), bc_str_of(ref)))
        return rules_shelf_get(out, restating->shelf, ref, &issued->as_of, err);
    *out = issued->rules;
    return BC_OK;
}

/* BC_E_INPUT: the report rests on another log. */
static bc_status check_head(bc_log *log, const struct issued_report *issued, struct bc_err *err)
{
    char root[BC_HASH_TEXT_LEN];
    struct bc_head head;
    bc_status rc;

    if (issued->last_seq > bc_log_head(log)->size)
        return bc_err_set(err, BC_E_INPUT,
                          "it rests on %" PRIu64 " events, and the ledger has %" PRIu64,
                          issued->last_seq, bc_log_head(log)->size);
    rc = bc_log_head_at(log, issued->last_seq, &head, err);
    if (rc < 0)
        return rc;
    bc_hash_print(root, &head.root);
    if (!bc_str_eq(bc_str_of(root), issued->root))
        return bc_err_set(err, BC_E_INPUT,
                          "its %" PRIu64 " events were not the first ones of this ledger",
                          issued->last_seq);
    return BC_OK;
}

static bc_status compare(struct bc_diff **out, const struct restating *restating,
                         const struct issued_report *issued, struct bc_err *err)
{
    int64_t as_of_us; /* a day as that day, by the rules of today */
    struct bc_diff_question question = {
        .from = { .rules = issued->rules,
                  .as_of_us = &issued->as_of_us,
                  .date_n = 1,
                  .known_asked = issued->known_asked,
                  .known_us = issued->known_us,
                  .by_source = issued->by_source,
                  .threads = restating->threads,
                  .last_seq = issued->last_seq },
        .to = { .as_of_us = &as_of_us,
                .date_n = 1,
                .by_source = issued->by_source,
                .threads = restating->threads },
        .given = issued->given,
        .given_n = issued->given_n,
        .events = restating->as_json,
    };
    bc_status rc = check_head(restating->log, issued, err);

    if (rc == BC_OK)
        rc = rules_today(&question.to.rules, restating, issued, err);
    if (rc < 0)
        return rc;
    as_of_us = when_instant(&issued->as_of, question.to.rules->zone);
    question.turned = question.from;
    question.turned.rules = question.to.rules;
    question.turned.as_of_us = &as_of_us;
    if (issued->known_asked)
        question.turned.known_us = when_instant(&issued->known, question.to.rules->zone);
    return bc_diff_make(out, restating->timelines, &question, err);
}

/* --- printing --- */

static void fill_report(struct row *row, const struct bc_issued *report,
                        const struct issued_report *issued, const struct bc_diff *diff,
                        const struct bc_err *problem)
{
    row_text(row, "report", report->id);
    row_text(row, "name", report->name);
    row_instant(row, "issued", report->issued_us);
    if (problem) {
        row_format(row, "problem", "%s%s%s", problem->context, problem->context[0] ? ": " : "",
                   problem->message);
        return;
    }
    row_instant(row, "asOf", issued->as_of_us);
    row_word(row, "rules", issued->rules_version);
    diff_cells(row, diff);
}

static void print_text(const struct restating *restating, const struct bc_issued *report,
                       const struct issued_report *issued, const struct bc_diff *diff,
                       const struct bc_err *problem)
{
    FILE *out = restating->env->out;
    struct bc_buf said = { 0 };
    char time[BC_INSTANT_LEN];

    bc_instant_print_short(time, report->issued_us);
    bc_buf_printf(&said, "%.*s, issued %s", BC_STR_ARG(report->name), time);
    if (problem) {
        bc_buf_printf(&said, ", cannot be read: %s%s%s", problem->context,
                      problem->context[0] ? ": " : "", problem->message);
    } else {
        bc_instant_print_short(time, issued->as_of_us);
        bc_buf_printf(&said, ", as of %s, resting on %" PRIu64 " events, rules %s", time,
                      issued->last_seq, issued->rules_version);
    }
    fputs("report ", out);
    paragraph_print(restating->env, strlen("report "), bc_buf_str(&said));
    bc_buf_release(&said);
    fputc('\n', out);
    if (problem)
        return;
    diff_print_table(restating->env, diff);
    fputc('\n', out);
}

/* `taker` NULL: for people. */
static bc_status restate_one(struct restating *restating, const struct bc_issued *report,
                             struct row_taker *taker, struct bc_err *err)
{
    struct bc_diff *diff = NULL;
    struct issued_report issued;
    struct bc_err problem = { 0 };
    bc_status rc = issued_report_read(&issued, report, &problem);
    bool unreadable;

    if (rc == BC_OK)
        rc = compare(&diff, restating, &issued, &problem);
    unreadable = rc == BC_E_INPUT;
    if (rc != BC_OK && !unreadable) {
        *err = problem;
    } else if (!unreadable && diff->n == 0) {
        restating->same++;
    } else {
        restating->unreadable += unreadable;
        restating->different += !unreadable;
        rc = BC_OK;
        if (taker) {
            fill_report(taker->row, report, &issued, diff, unreadable ? &problem : NULL);
            rc = row_take(taker, err);
        } else {
            print_text(restating, report, &issued, diff, unreadable ? &problem : NULL);
        }
    }
    bc_diff_free(diff);
    issued_report_release(&issued);
    return rc;
}

/* --- the whole --- */

static bc_status restate_each(struct restating *restating, struct row_taker *taker,
                              struct bc_err *err)
{
    const struct bc_issued_list *list = &restating->list;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < list->n; i++)
        if (!restating->name || bc_str_eq(list->at[i].name, bc_str_of(restating->name)))
            rc = restate_one(restating, &list->at[i], taker, err);
    return rc;
}

static bc_status find_reports(struct row_taker *taker, void *finder, struct bc_err *err)
{
    return restate_each(finder, taker, err);
}

static void fill_end(struct row *row, const void *source, size_t i)
{
    const struct restating *restating = source;

    (void)i;
    row_count(row, "same", restating->same);
    row_head(row, "ledger", bc_log_head(restating->log));
    notes_cells(row, &restating->notes);
}

static void fill(struct row *row, const void *source, size_t i)
{
    struct restating *restating = *(struct restating *const *)source;

    (void)i;
    row_rows(row, "reports", rows_found(find_reports, restating));
    row_rest(row, fill_end, restating);
}

static void print_end(const struct restating *restating)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &bc_log_head(restating->log)->root);
    fprintf(restating->env->out,
            "reports   %zu would read differently, %zu the same, %zu cannot be read\n"
            "ledger    %" PRIu64 " events, root %s\n",
            restating->different, restating->same, restating->unreadable,
            bc_log_head(restating->log)->size, root);
    notes_print(restating->env, &restating->notes);
}

static bc_status print(struct restating *restating, struct bc_err *err)
{
    bc_status rc;

    if (restating->as_json)
        return print_json(restating->env->out, fill, &restating, err);
    rc = restate_each(restating, NULL, err);
    if (rc == BC_OK)
        print_end(restating);
    return rc;
}

static bc_status check_name(const struct restating *restating, struct bc_err *err)
{
    const struct bc_issued_list *list = &restating->list;

    for (size_t i = 0; i < list->n; i++)
        if (bc_str_eq(list->at[i].name, bc_str_of(restating->name)))
            return BC_OK;
    return bc_err_set(err, BC_E_USAGE,
                      "no issued report has the name '%s'; `backcast report list` has them",
                      restating->name);
}

static bc_status restate(struct restating *restating, struct bc_err *err)
{
    bc_status rc = open_ledger(&restating->log, restating->env, restating->dir,
                               restating->verified ? OPEN_READ_ALL : OPEN_READ, err);

    if (rc == BC_OK)
        notes_add_recorded(&restating->notes, restating->log, restating->env);
    if (rc == BC_OK && restating->verified)
        rc = verify_noted(&restating->notes, restating->log, restating->env, restating->threads,
                          err);
    if (rc == BC_OK)
        rc = bc_timelines_open(&restating->timelines, restating->log, BC_FROM_CACHE, err);
    if (rc == BC_OK)
        rc = rules_shelf_open(&restating->shelf, restating->timelines,
                              bc_log_head(restating->log)->size, err);
    if (rc == BC_OK)
        rc = bc_issued_read(&restating->list, restating->timelines, err);
    if (rc == BC_OK && restating->name)
        rc = check_name(restating, err);
    return rc == BC_OK ? print(restating, err) : rc;
}

int cmd_restate(const struct cmd_env *env, int argc, char **argv)
{
    struct restating restating = { .env = env };
    const struct opt opts[] = {
        { "report", "NAME", .text = &restating.name, .help = "only reports of this name" },
        OPT_LEDGER(&restating.dir),
        OPT_VERIFIED(&restating.verified),
        OPT_THREADS(&restating.threads_text),
        OPT_JSON(&restating.as_json),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast restate"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = opt_threads(&restating.threads, env, restating.threads_text, &err);
    if (rc == BC_OK)
        rc = restate(&restating, &err);
    rules_shelf_free(restating.shelf);
    bc_timelines_free(restating.timelines);
    bc_log_close(restating.log);
    bc_issued_release(&restating.list);
    notes_release(&restating.notes);
    return cmd_exit(env, rc, &err);
}
