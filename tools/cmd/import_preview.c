#include "tools/cmd/import_preview.h"

#include "tools/cli/text.h"
#include "tools/json/event_text.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- a ledger in memory --- */

static bc_status open_scratch(struct import_preview *preview, struct bc_err *err)
{
    bc_store *store = bc_store_memory();
    bc_status rc = bc_log_open(&preview->scratch, store, true, NULL, err);

    if (rc < 0)
        bc_store_close(store);
    return rc;
}

static bc_status copy_events(bc_log *to, bc_log *from, int64_t now_us, struct bc_err *err)
{
    const uint64_t size = bc_log_head(from)->size;
    const struct bc_event *event;
    bc_append *append = NULL;
    bc_cursor *cursor = NULL;
    struct bc_str stored;
    bc_status rc = bc_append_open(&append, to, now_us, err);

    if (rc == BC_OK)
        rc = bc_cursor_open(&cursor, from, 1, size, err);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, &stored, err);
        if (rc == BC_OK)
            rc = bc_append_add_stored(append, event, stored, err);
    }
    if (rc == BC_DONE)
        rc = bc_append_commit(append, err);
    bc_cursor_free(cursor);
    bc_append_free(append);
    return rc;
}

bc_status import_preview_open(struct import_preview *out, bc_log *log, int64_t now_us,
                              struct bc_err *err)
{
    const uint64_t size = bc_log_head(log)->size;
    bc_status rc;

    *out = (struct import_preview){ .events = size };
    if (size > PREVIEW_MOST)
        return BC_OK;
    rc = open_scratch(out, err);
    if (rc == BC_OK && size > 0)
        rc = copy_events(out->scratch, log, now_us, err);
    if (rc == BC_OK)
        rc = bc_append_open(&out->append, out->scratch, now_us, err);
    return rc;
}

static void close_scratch(struct import_preview *preview)
{
    bc_append_free(preview->append);
    bc_timelines_free(preview->timelines);
    bc_log_close(preview->scratch);
    preview->append = NULL;
    preview->timelines = NULL;
    preview->scratch = NULL;
}

/* --- what would be added --- */

static void keep_first(struct import_preview *preview, const struct bc_event *event, uint64_t line)
{
    const bool new_row = preview->first_n == 0 || preview->first[preview->first_n - 1].line != line;
    struct preview_event *kept = &preview->first[preview->first_n];
    struct bc_buf text = { 0 };

    if (preview->first_n == PREVIEW_EVENTS || (new_row && preview->row_n == PREVIEW_ROWS))
        return;
    event_text_add(&text, event, NULL, NULL);
    *kept = (struct preview_event){ line, bc_strdup(event->deal), bc_strdup(bc_buf_str(&text)),
                                    event->occurred_us };
    preview->first_n++;
    preview->row_n += new_row;
    bc_buf_release(&text);
}

bc_status import_preview_see(struct import_preview *preview, const struct bc_event *event,
                             uint64_t line, bool keep_recorded, struct bc_err *err)
{
    bc_status rc;

    preview->seen++;
    keep_first(preview, event, line);
    preview->kinds[event->body]++;
    if (event->body != BC_RETRACTED && event->occurred_us > preview->last_us)
        preview->last_us = event->occurred_us;
    if (++preview->events > PREVIEW_MOST)
        close_scratch(preview);
    if (!preview->append)
        return BC_OK;
    rc = bc_append_add(preview->append, event, line, keep_recorded, NULL, NULL, err);
    return rc < 0 ? rc : BC_OK;
}

bc_status import_preview_end(struct import_preview *preview, const bc_rules *rules,
                             struct bc_err *err)
{
    const struct bc_report_options options = { 0 };
    const struct bc_question question = {
        .rules = rules, .as_of_us = &preview->last_us, .date_n = 1, .threads = 1
    };
    bc_status rc;

    if (!preview->append || preview->last_us == 0)
        return BC_OK;
    rc = bc_append_commit(preview->append, err);
    if (rc == BC_OK)
        rc = bc_timelines_open(&preview->timelines, preview->scratch, BC_FROM_LOG, err);
    if (rc == BC_OK)
        rc = bc_report_make(&preview->report, preview->timelines, &question, &options, err);
    report_part_init(&preview->part, rules, NULL, NULL);
    return rc;
}

void import_preview_release(struct import_preview *preview)
{
    bc_report_free(preview->report);
    close_scratch(preview);
    for (size_t i = 0; i < preview->first_n; i++) {
        free(preview->first[i].deal);
        free(preview->first[i].text);
    }
    report_part_release(&preview->part);
    *preview = (struct import_preview){ 0 };
}

/* --- for programs --- */

static void fill_event(struct row *row, const void *source, size_t i)
{
    const struct preview_event *event = &((const struct import_preview *)source)->first[i];

    if (event->line)
        row_count(row, "line", event->line);
    else
        row_null(row, "line");
    row_word(row, "deal", event->deal);
    row_instant(row, "occurredAt", event->occurred_us);
    row_word(row, "event", event->text);
}

static void fill_kinds(struct row *row, const void *source, size_t i)
{
    const struct import_preview *preview = source;

    (void)i;
    for (unsigned body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        if (preview->kinds[body])
            row_count(row, bc_schema((enum bc_body)body)->json_name, preview->kinds[body]);
}

static void fill_metric(struct row *row, const void *source, size_t i)
{
    const struct import_preview *preview = source;
    const bc_rules *rules = preview->report->rules;
    const size_t metric = i / rules->slice_n, slice = i % rules->slice_n;

    report_metric_cells(row, &rules->metrics[metric], rules->slices[slice].name,
                        bc_report_cell(preview->report, 0, metric, slice));
}

static void fill_preview(struct row *row, const void *source, size_t i)
{
    const struct import_preview *preview = source;
    const struct bc_report *report = preview->report;

    (void)i;
    row_rows(row, "events", rows_of(fill_event, preview, preview->first_n));
    row_row(row, "kinds", fill_kinds, preview);
    if (!report)
        return;
    row_instant(row, "asOf", preview->last_us);
    row_rows(row, "metrics",
             rows_of(fill_metric, preview, report->rules->metric_n * report->rules->slice_n));
}

void import_preview_cells(struct row *row, const struct import_preview *preview)
{
    row_row(row, "preview", fill_preview, preview);
}

/* --- for people --- */

void import_preview_print(const struct cmd_env *env, const struct import_preview *preview)
{
    size_t n = 0;

    for (size_t i = 0; i < preview->first_n; i++) {
        const struct preview_event *event = &preview->first[i];
        char when[BC_INSTANT_LEN];

        bc_instant_print_short(when, event->occurred_us);
        if (event->line)
            fprintf(env->out, "line %-5" PRIu64 " %s  ", event->line, when);
        else
            fprintf(env->out, "the end    %s  ", when);
        text_put(env->out, bc_str_of(event->deal));
        fputs(event->deal[0] ? "  " : "", env->out);
        text_put(env->out, bc_str_of(event->text));
        fputc('\n', env->out);
    }
    if (preview->seen > preview->first_n)
        fprintf(env->out, "and %" PRIu64 " more\n", preview->seen - preview->first_n);
    for (unsigned body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        if (preview->kinds[body])
            fprintf(env->out, "%s%" PRIu64 " %s", n++ ? ", " : "in all: ", preview->kinds[body],
                    bc_schema((enum bc_body)body)->json_name);
    fputs(n ? "\n" : "", env->out);
}

void import_preview_print_figures(const struct cmd_env *env, const struct import_preview *preview)
{
    char when[BC_INSTANT_LEN];

    if (preview->last_us == 0)
        return;
    bc_instant_print_short(when, preview->last_us);
    if (!preview->report) {
        fprintf(env->out, "no figures here: ledger and file have more than %d events\n",
                PREVIEW_MOST);
        return;
    }
    fprintf(env->out, "\nthe ledger would then say, as of the last of these events, %s:\n", when);
    report_print(env, &(struct report_shown){ .report = preview->report, .part = &preview->part });
}
