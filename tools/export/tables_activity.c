/* tools/export/tables_activity.c - a deal's meetings and e-mails, by when they were recorded. */
#include "tools/export/tables_impl.h"

#include <inttypes.h>
#include <stdlib.h>

static int by_occurrence(const void *a, const void *b)
{
    const struct bc_activity *left = *(const struct bc_activity *const *)a;
    const struct bc_activity *right = *(const struct bc_activity *const *)b;

    return bc_fold_order(left->occurred_us, left->seq, right->occurred_us, right->seq);
}

/* What it is called; lives until the next one. */
static bc_status read_id(struct bc_str *out, struct tables_deal *deals,
                         const struct bc_activity *activity, struct bc_err *err)
{
    bc_status rc = tables_ids_get(&deals->ids, activity->seq, &deals->id, err);

    *out = bc_buf_str(&deals->id);
    if (rc == BC_OK && !bc_id128_eq(bc_id128_of(*out), activity->id))
        rc = bc_err_damaged(err, "the facts of event %" PRIu64 " are not those of the log",
                            activity->seq);
    return rc;
}

/* The stage that a deal was in at an instant. */
static void stage_at(struct tables_row *row, const struct tables_deal *deals,
                     const struct bc_deal *deal, int64_t us)
{
    const struct bc_visit *visit = bc_deal_visit_at(deal, us);

    if (visit)
        tables_text(row, "stage", bc_walk_stage(deals->walk, visit));
    else
        tables_null(row, "stage");
}

static bc_status write_meeting(const struct tables_deal *deals, const struct bc_deal *deal,
                               const struct bc_activity *meeting, struct bc_str id,
                               struct bc_err *err)
{
    const bc_string_table *strings = deals->walk->strings;
    struct tables_row row = tables_row_of(TABLE_MEETINGS);

    tables_text(&row, "deal", deal->id);
    tables_text(&row, "meeting", id);
    tables_instant(&row, "starts", meeting->starts_us);
    tables_text(&row, "outcome", bc_string_table_text(strings, meeting->outcome));
    tables_text_or_null(&row, "type", bc_string_table_text(strings, meeting->type));
    stage_at(&row, deals, deal, meeting->starts_us);
    tables_instant(&row, "logged", meeting->occurred_us);
    tables_instant_or_null(&row, "ends", meeting->until_us, BC_NEVER);
    tables_integer(&row, "seq", (int64_t)meeting->seq);
    tables_integer(&row, "starts_day", tables_day(deals->out, meeting->starts_us));
    tables_integer(&row, "first_day", tables_day(deals->out, meeting->occurred_us));
    tables_integer(&row, "until_day", tables_until_day(deals->out, meeting->until_us));
    return tables_row_end(&row, deals->out, err);
}

static bc_status write_email(const struct tables_deal *deals, const struct bc_deal *deal,
                             const struct bc_activity *email, struct bc_str id, struct bc_err *err)
{
    struct tables_row row = tables_row_of(TABLE_EMAILS);

    tables_text(&row, "deal", deal->id);
    tables_text(&row, "email", id);
    tables_instant(&row, "sent", email->occurred_us);
    tables_text_or_null(&row, "campaign",
                        bc_string_table_text(deals->walk->strings, email->campaign));
    stage_at(&row, deals, deal, email->occurred_us);
    tables_instant_or_null(&row, "opened", email->opened_us, BC_NEVER);
    tables_instant_or_null(&row, "ends", email->until_us, BC_NEVER);
    tables_integer(&row, "seq", (int64_t)email->seq);
    tables_integer(&row, "opened_day", tables_until_day(deals->out, email->opened_us));
    tables_integer(&row, "first_day", tables_day(deals->out, email->occurred_us));
    tables_integer(&row, "until_day", tables_until_day(deals->out, email->until_us));
    return tables_row_end(&row, deals->out, err);
}

typedef bc_status write_fn(const struct tables_deal *deals, const struct bc_deal *deal,
                           const struct bc_activity *activity, struct bc_str id,
                           struct bc_err *err);

static bc_status write_all(struct tables_deal *deals, const struct bc_deal *deal,
                           const struct bc_activity *activities, size_t n, write_fn *write,
                           struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; i < n; i++) {
        BC_GROW(deals->activities, i, deals->activity_cap);
        deals->activities[i] = &activities[i];
    }
    if (n > 1)
        qsort(deals->activities, n, sizeof(*deals->activities), by_occurrence);
    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        struct bc_str id;

        rc = read_id(&id, deals, deals->activities[i], err);
        if (rc == BC_OK)
            rc = write(deals, deal, deals->activities[i], id, err);
    }
    return rc;
}

bc_status tables_write_activity(struct tables_deal *deals, const struct bc_deal *deal,
                                struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (tables_wanted(deals->out, TABLE_MEETINGS))
        rc = write_all(deals, deal, deal->meetings, deal->meeting_n, write_meeting, err);
    if (rc == BC_OK && tables_wanted(deals->out, TABLE_EMAILS))
        rc = write_all(deals, deal, deal->emails, deal->email_n, write_email, err);
    return rc;
}
