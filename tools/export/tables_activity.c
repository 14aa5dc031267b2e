/* tools/export/tables_activity.c - a deal's meetings and e-mails. Their facts have digests of the
 * ids; the ids themselves are read from the log. */
#include "tools/export/tables_impl.h"

#include <stdlib.h>

/* One version of a meeting or an e-mail, and its id. */
struct told {
    const struct bc_activity *activity;
    struct bc_str id;
};

/* Those of a deal: by when they were told. */
struct told_list {
    struct told *at;
    size_t n;
    bc_arena *arena;
};

static int by_telling(const void *a, const void *b)
{
    const struct bc_activity *left = ((const struct told *)a)->activity;
    const struct bc_activity *right = ((const struct told *)b)->activity;

    return bc_fold_order(left->occurred_us, left->seq, right->occurred_us, right->seq);
}

static bc_status take_id(void *payload, size_t name, const struct bc_event *event,
                         struct bc_err *err)
{
    const struct told_list *list = payload;
    const unsigned field =
        event->body == BC_MEETING_LOGGED ? BC_MEETING_LOGGED_MEETING : BC_EMAIL_SENT_EMAIL;
    const struct bc_str id = event->value[field].text;

    if ((event->body != BC_MEETING_LOGGED && event->body != BC_EMAIL_SENT) ||
        !bc_id128_eq(bc_id128_of(id), list->at[name].activity->id))
        return bc_err_damaged(err, "the facts of event %llu are not those of the log",
                              (unsigned long long)event->seq);
    list->at[name].id = bc_arena_copy(list->arena, id);
    return BC_OK;
}

static bc_status read_told(struct told_list *out, const struct tables_deal *deals,
                           const struct bc_activity *activities, size_t n, struct bc_err *err)
{
    struct bc_wanted *wanted;
    bc_status rc;

    *out = (struct told_list){ .at = bc_calloc(n, sizeof(*out->at)), .n = n };
    out->arena = bc_arena_new();
    wanted = bc_calloc(n, sizeof(*wanted));
    for (size_t i = 0; i < n; i++)
        out->at[i].activity = &activities[i];
    qsort(out->at, n, sizeof(*out->at), by_telling);
    for (size_t i = 0; i < n; i++)
        wanted[i] = (struct bc_wanted){ out->at[i].activity->seq, i };
    rc = bc_log_read_each(deals->out->ask->basis->log, wanted, n, take_id, out, err);
    free(wanted);
    return rc;
}

static void release_told(struct told_list *list)
{
    free(list->at);
    bc_arena_free(list->arena);
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
                               const struct told *told, struct bc_err *err)
{
    const struct bc_activity *meeting = told->activity;
    const bc_string_table *strings = deals->walk->strings;
    struct tables_row row = tables_row_of(TABLE_MEETINGS);

    tables_text(&row, "deal", deal->id);
    tables_text(&row, "meeting", told->id);
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
                             const struct told *told, struct bc_err *err)
{
    const struct bc_activity *email = told->activity;
    struct tables_row row = tables_row_of(TABLE_EMAILS);

    tables_text(&row, "deal", deal->id);
    tables_text(&row, "email", told->id);
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

typedef bc_status write_told_fn(const struct tables_deal *deals, const struct bc_deal *deal,
                                const struct told *told, struct bc_err *err);

static bc_status write_told(const struct tables_deal *deals, const struct bc_deal *deal,
                            const struct bc_activity *activities, size_t n, write_told_fn *write,
                            struct bc_err *err)
{
    struct told_list list;
    bc_status rc;

    if (n == 0)
        return BC_OK;
    rc = read_told(&list, deals, activities, n, err);
    for (size_t i = 0; rc == BC_OK && i < n; i++)
        rc = write(deals, deal, &list.at[i], err);
    release_told(&list);
    return rc;
}

bc_status tables_write_activity(const struct tables_deal *deals, const struct bc_deal *deal,
                                struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (tables_wanted(deals->out, TABLE_MEETINGS))
        rc = write_told(deals, deal, deal->meetings, deal->meeting_n, write_meeting, err);
    if (rc == BC_OK && tables_wanted(deals->out, TABLE_EMAILS))
        rc = write_told(deals, deal, deal->emails, deal->email_n, write_email, err);
    return rc;
}
