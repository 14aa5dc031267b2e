#include "tools/cmd/review_record.h"

#include "tools/ask/open.h"
#include "tools/byhand/record_append.h"
#include "tools/show/issued_report.h"

#include <inttypes.h>

#define NAME "weekly review"

enum { EVENTS = 2 };

/* What only a review is asked. */
static void fill_asked(struct row *row, const void *source, size_t i)
{
    const struct review_typed *typed = source;
    char since[WHEN_LEN];

    (void)i;
    row_word(row, "review", "weekly");
    if (typed->slice)
        row_word(row, "sliceAsked", typed->slice);
    if (!typed->since_asked)
        return;
    when_print(since, &typed->since);
    row_format(row, "sinceAsked", "%s", since);
}

static struct bc_event event_of(enum bc_body body, int64_t occurred_us, struct bc_str id)
{
    return (struct bc_event){ .id = id,
                              .has_occurred = true,
                              .occurred_us = occurred_us,
                              .source_system = BC_STR("manual"),
                              .body = body };
}

/* What the events say. */
struct texts {
    struct bc_buf basis, answer;
    struct bc_str value, *experiments;
};

static void write_texts(struct texts *out, const struct review_shown *shown,
                        const struct review_typed *typed, bc_arena *arena)
{
    const struct bc_review *review = shown->review;

    issued_report_basis_add(&out->basis, shown->basis, &typed->as_of, fill_asked, typed);
    review_text_add(&out->answer, shown);
    out->value = bc_buf_str(&out->answer);
    out->experiments = bc_arena_alloc(arena, (review->looked_at_n + 1) * sizeof(struct bc_str));
    for (size_t i = 0; i < review->looked_at_n; i++)
        out->experiments[i] = review->experiments->at[review->looked_at[i]].words.id;
}

static bc_status append(const struct cmd_env *env, const char *dir,
                        const struct bc_event events[EVENTS], struct bc_err *err)
{
    struct record_taken taken[EVENTS];
    struct bc_where where = { 0 };
    size_t bad = 0;
    bc_log *log = NULL;
    bc_status rc = open_to_append(&log, env, dir, err);

    if (rc == BC_OK)
        rc = record_append(taken, log, events, EVENTS, cmd_now_us(env), &bad, &where, err);
    if (rc == BC_OK)
        rc = open_catch_up(log, err);
    bc_log_close(log);
    return rc;
}

bc_status review_record(struct review_recorded *out, const struct cmd_env *env,
                        const struct review_shown *shown, const struct review_typed *typed,
                        struct bc_err *err)
{
    const int64_t as_of_us = shown->review->as_of_us, now_us = cmd_now_us(env);
    const int64_t occurred_us = as_of_us < now_us ? as_of_us : now_us;
    const uint64_t size = bc_log_head(shown->basis->log)->size;
    bc_arena *arena = bc_arena_new();
    struct texts texts = { 0 };
    struct bc_event events[EVENTS];
    bc_status rc;

    /* Only one append follows a head, so it makes the ids. */
    bc_buf_printf(&out->review, "review:%" PRIu64, size);
    bc_buf_printf(&out->report, "report:" NAME ":%" PRIu64, size);
    write_texts(&texts, shown, typed, arena);
    events[0] = event_of(BC_REVIEW_HELD, occurred_us, bc_buf_str(&out->review));
    events[0].value[BC_REVIEW_HELD_EXPERIMENTS].items = texts.experiments;
    events[0].value[BC_REVIEW_HELD_EXPERIMENTS].item_n = shown->review->looked_at_n;
    events[1] = event_of(BC_REPORT_ISSUED, occurred_us, bc_buf_str(&out->report));
    events[1].value[BC_REPORT_ISSUED_NAME].text = BC_STR(NAME);
    events[1].value[BC_REPORT_ISSUED_BASIS].text = bc_buf_str(&texts.basis);
    events[1].value[BC_REPORT_ISSUED_VALUES].items = &texts.value;
    events[1].value[BC_REPORT_ISSUED_VALUES].item_n = 1;
    rc = append(env, typed->dir, events, err);
    bc_buf_release(&texts.basis);
    bc_buf_release(&texts.answer);
    bc_arena_free(arena);
    return rc;
}

void review_recorded_release(struct review_recorded *recorded)
{
    bc_buf_release(&recorded->review);
    bc_buf_release(&recorded->report);
}
