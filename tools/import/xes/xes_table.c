/* The columns are not known before the last event, so the log is read twice: for its columns, and
 * for its rows. */
#include "tools/import/xes/xes_table.h"

#include "ledger/base/mem.h"
#include "tools/cli/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <strings.h>
#include <unistd.h>

struct making {
    struct xes_table *table;
    struct bc_buf name;
    uint64_t read; /* bytes */
    uint64_t left_out;
    struct csv_place left_at; /* the first event that is left out, */
    enum xes_lack lack;       /* and why */
};

/* The steps of the standard's model. */
static const char *const steps[] = { "schedule",   "assign",   "withdraw", "reassign",  "start",
                                     "suspend",    "resume",   "pi_abort", "ate_abort", "complete",
                                     "manualskip", "autoskip", "unknown" };

static const char *step_of(struct bc_str text)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (strlen(steps[i]) == text.len && strncasecmp(steps[i], text.at, text.len) == 0)
            return steps[i];
    return NULL;
}

static struct bc_str find(const struct xes_attributes *of, const char *key)
{
    for (size_t i = 0; i < of->n; i++)
        if (bc_str_eq(of->at[i].key, bc_str_of(key)))
            return of->at[i].value;
    return (struct bc_str){ 0 };
}

static enum xes_lack lack_of(const struct xes_event *event)
{
    if (find(&event->of_trace, "concept:name").len == 0)
        return XES_NO_CASE;
    if (find(&event->own, "concept:name").len == 0)
        return XES_NO_NAME;
    return find(&event->own, "time:timestamp").len == 0 ? XES_NO_TIME : XES_LACK_N;
}

static struct bc_str name_of(struct making *making, struct bc_str key, bool of_trace)
{
    if (!of_trace)
        return key;
    making->name.len = 0;
    bc_buf_add_str(&making->name, BC_STR("case:"));
    bc_buf_add_str(&making->name, key);
    return bc_buf_str(&making->name);
}

static bc_status add_columns(struct making *making, const struct xes_attributes *of, bool of_trace,
                             struct csv_place *fault, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < of->n; i++) {
        *fault = of->at[i].at;
        rc = csv_making_column(&making->table->making, name_of(making, of->at[i].key, of_trace),
                               of->at[i].at, err);
    }
    return rc;
}

static bc_status take_columns(void *to, const struct xes_event *event, struct csv_place *fault,
                              struct bc_err *err)
{
    struct making *making = to;
    const enum xes_lack lack = lack_of(event);
    bc_status rc;

    if (lack != XES_LACK_N) {
        if (making->left_out++ == 0) {
            making->left_at = event->at;
            making->lack = lack;
        }
        return BC_OK;
    }
    rc = add_columns(making, &event->of_trace, true, fault, err);
    return rc == BC_OK ? add_columns(making, &event->own, false, fault, err) : rc;
}

static bc_status set_cells(struct making *making, const struct xes_attributes *of, bool of_trace,
                           struct csv_place *fault, struct bc_err *err)
{
    for (size_t i = 0; i < of->n; i++) {
        struct bc_str name = name_of(making, of->at[i].key, of_trace);
        struct bc_str cell = of->at[i].value;

        *fault = of->at[i].at;
        if (!of_trace && bc_str_eq(name, BC_STR("lifecycle:transition")) && step_of(cell))
            cell = bc_str_of(step_of(cell));
        if (!csv_making_cell(&making->table->making, name, cell))
            return bc_err_set(err, BC_E_INPUT, "the attribute \"%.*s\" twice",
                              (int)text_cut(name, 200), name.at);
    }
    return BC_OK;
}

/* A step that the standard does not name. */
static void note_step(struct xes_table *table, const struct xes_event *event)
{
    const struct bc_str step = find(&event->own, "lifecycle:transition");

    if (step.len == 0 || step_of(step))
        return;
    if (table->other_steps.n == 0)
        (void)snprintf(table->step, sizeof(table->step), "%.*s",
                       (int)text_cut(step, sizeof(table->step) - 1), step.at);
    csv_times_add(&table->other_steps, event->at.line);
}

static bc_status take_row(void *to, const struct xes_event *event, struct csv_place *fault,
                          struct bc_err *err)
{
    struct making *making = to;
    const enum xes_lack lack = lack_of(event);
    bc_status rc;

    if (lack != XES_LACK_N) {
        csv_times_add(&making->table->lacks[lack], event->at.line);
        return BC_OK;
    }
    note_step(making->table, event);
    rc = set_cells(making, &event->of_trace, true, fault, err);
    if (rc == BC_OK)
        rc = set_cells(making, &event->own, false, fault, err);
    if (rc < 0)
        return rc;
    *fault = event->at;
    return csv_making_row(&making->table->making, event->at, making->read, err);
}

static bc_status no_event(const struct making *making, const char *name, struct bc_err *err)
{
    static const char *const lacks[XES_LACK_N] = {
        [XES_NO_CASE] = "is of a case without a concept:name",
        [XES_NO_NAME] = "has no concept:name",
        [XES_NO_TIME] = "has no time:timestamp",
    };

    if (making->left_out == 0) {
        bc_err_set(err, BC_E_INPUT, "no event in a trace");
        return bc_err_in(err, BC_E_INPUT, "%s:1:1", name);
    }
    bc_err_set(err, BC_E_INPUT,
               "no event with a case, a concept:name and a time:timestamp; of %" PRIu64
               " event%s the first %s",
               making->left_out, making->left_out == 1 ? "" : "s", lacks[making->lack]);
    return bc_err_in(err, BC_E_INPUT, "%s:%" PRIu64 ":%zu", name, making->left_at.line,
                     making->left_at.column);
}

static bc_status read_again(struct making *making, struct source_twice *source, const char *name,
                            struct bc_err *err)
{
    gunzip *gz;
    bc_status rc = source_twice_again(source, name, err);

    if (rc < 0)
        return rc;
    gz = gunzip_new(source->fd, name);
    rc = xes_read(gz, name, take_row, making, &making->table->passed, &making->read, err);
    gunzip_free(gz);
    return rc;
}

bc_status xes_table_make(struct xes_table *out, struct source_twice *source, const char *name,
                         struct bc_err *err)
{
    struct making making = { .table = out };
    bc_status rc;

    *out = (struct xes_table){ .fd = -1 };
    rc = csv_making_open(&out->making, name, err);
    if (rc == BC_OK)
        rc = xes_read(source->first, name, take_columns, &making, &out->passed, &making.read, err);
    if (rc == BC_OK && out->making.n == 0)
        rc = no_event(&making, name, err);
    if (rc == BC_OK)
        rc = csv_making_names(&out->making, err);
    if (rc == BC_OK)
        rc = read_again(&making, source, name, err);
    if (rc == BC_OK)
        rc = csv_making_file(&out->making, &out->fd, name, err);
    if (rc < 0)
        xes_table_release(out);
    bc_buf_release(&making.name);
    return rc;
}

void xes_table_release(struct xes_table *table)
{
    if (table->fd >= 0)
        (void)close(table->fd);
    csv_making_release(&table->making);
    *table = (struct xes_table){ .fd = -1 };
}
