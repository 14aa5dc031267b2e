#include "tools/cmd/review_record.h"

#include "tools/ask/open.h"
#include "tools/byhand/record_append.h"
#include "tools/show/issued_report.h"

#include <inttypes.h>

enum { EVENTS_MAX = 2 };

/* What only a review is asked; since when it looks stands in what it showed. */
static void fill_asked(struct row *row, const void *source, size_t i)
{
    const struct review_typed *typed = source;

    (void)i;
    row_word(row, "review", typed->which);
    if (typed->slice)
        row_word(row, "sliceAsked", typed->slice);
}

static struct bc_event event_of(enum bc_body body, int64_t occurred_us, struct bc_str id)
{
    return (struct bc_event){ .id = id,
                              .has_occurred = true,
                              .occurred_us = occurred_us,
                              .source_system = BC_STR("manual"),
                              .body = body };
}

static bc_status append(const struct cmd_env *env, const struct review_typed *typed,
                        const struct bc_event *events, size_t n, struct bc_err *err)
{
    struct record_taken taken[EVENTS_MAX];
    struct bc_where where = { 0 };
    size_t bad = 0;
    bc_log *log = NULL;
    bc_status rc = open_to_append(&log, env, typed->dir, typed->shared, err);

    if (rc == BC_OK)
        rc = record_append(taken, log, events, n, cmd_now_us(env), &bad, &where, err);
    if (rc == BC_OK)
        rc = open_catch_up(log, err);
    bc_log_close(log);
    return rc;
}

static void add_name(struct bc_buf *out, const struct review_typed *typed)
{
    bc_buf_printf(out, "%s review", typed->which);
}

/* Only one append follows a head, so it makes the ids. */
void review_record_name(struct review_recorded *out, const struct basis *basis,
                        const struct review_typed *typed, bool held)
{
    const uint64_t size = bc_log_head(basis->log)->size;

    bc_buf_printf(&out->report, "report:");
    add_name(&out->report, typed);
    bc_buf_printf(&out->report, ":%" PRIu64, size);
    if (held)
        bc_buf_printf(&out->review, "review:%" PRIu64, size);
}

bc_status review_record(const struct review_recorded *named, const struct cmd_env *env,
                        const struct basis *basis, const struct review_typed *typed,
                        const struct review_answer *answer, struct bc_err *err)
{
    const int64_t now_us = cmd_now_us(env);
    const int64_t occurred_us = basis->as_of_us < now_us ? basis->as_of_us : now_us;
    struct bc_buf name = { 0 }, asked = { 0 };
    struct bc_event events[EVENTS_MAX], *issued = events;
    bc_status rc;

    add_name(&name, typed);
    issued_report_basis_add(&asked, basis, &typed->as_of, fill_asked, typed);
    if (answer->held) {
        events[0] = event_of(BC_REVIEW_HELD, occurred_us, bc_buf_str(&named->review));
        events[0].value[BC_REVIEW_HELD_EXPERIMENTS].items = answer->experiments;
        events[0].value[BC_REVIEW_HELD_EXPERIMENTS].item_n = answer->experiment_n;
        issued++;
    }
    *issued = event_of(BC_REPORT_ISSUED, occurred_us, bc_buf_str(&named->report));
    issued->value[BC_REPORT_ISSUED_NAME].text = bc_buf_str(&name);
    issued->value[BC_REPORT_ISSUED_BASIS].text = bc_buf_str(&asked);
    issued->value[BC_REPORT_ISSUED_VALUES].items = &answer->text;
    issued->value[BC_REPORT_ISSUED_VALUES].item_n = 1;
    issued->value[BC_REPORT_ISSUED_PAGE].text = answer->page;
    rc = append(env, typed, events, (size_t)(issued - events) + 1, err);
    bc_buf_release(&name);
    bc_buf_release(&asked);
    return rc;
}

void review_recorded_release(struct review_recorded *recorded)
{
    bc_buf_release(&recorded->review);
    bc_buf_release(&recorded->report);
}
