#include "tests/support/made.h"

#include "ledger/record/codec.h"
#include "tests/support/check.h"

#include <inttypes.h>
#include <stdio.h>

const struct bc_event *made_event(struct made *made, uint64_t n, size_t filler)
{
    struct bc_event *event = &made->event;

    (void)snprintf(made->id, sizeof(made->id), "made/%" PRIu64, n);
    (void)snprintf(made->deal, sizeof(made->deal), "d%" PRIu64, n % 97);
    (void)snprintf(made->value, sizeof(made->value), "%" PRIu64, n * n);
    *event = (struct bc_event){ .id = bc_str_of(made->id),
                                .has_occurred = true,
                                .occurred_us = INT64_C(1600000000000000) + (int64_t)n * 1000,
                                .deal = bc_str_of(made->deal),
                                .actor = BC_STR("somebody"),
                                .source_system = BC_STR("manual") };
    while (made->filler.len < filler)
        bc_buf_add_byte(&made->filler, (char)('a' + made->filler.len % 26));
    if (n % 13 == 0) {
        (void)snprintf(made->target, sizeof(made->target), "made/%" PRIu64,
                       n % 2    ? n - 1
                       : n > 13 ? n - 13
                                : n - 2);
        event->body = BC_RETRACTED;
        event->value[BC_RETRACTED_EVENT].text = bc_str_of(made->target);
        return event;
    }
    event->body = BC_PROPERTY_CHANGED;
    event->value[BC_PROPERTY_CHANGED_NAME].text = BC_STR("amount");
    event->value[BC_PROPERTY_CHANGED_VALUE].text =
        filler ? (struct bc_str){ made->filler.at, filler } : bc_str_of(made->value);
    return event;
}

void made_release(struct made *made)
{
    bc_buf_release(&made->filler);
}

bc_status made_append(bc_log *log, uint64_t first, uint64_t last, size_t filler, int64_t now_us,
                      struct bc_err *err)
{
    struct made made = { 0 };
    bc_append *append = NULL;
    bc_status rc = bc_append_open(&append, log, now_us, err);

    for (uint64_t n = first; rc >= 0 && n <= last; n++)
        rc = bc_append_add(append, made_event(&made, n, filler), n, false, NULL, NULL, err);
    if (rc >= 0)
        rc = bc_append_commit(append, err);
    bc_append_free(append);
    made_release(&made);
    return rc;
}

void made_check(bc_log *log, uint64_t size, size_t filler)
{
    struct bc_buf want = { 0 }, got = { 0 };
    struct made made = { 0 };
    const struct bc_event *event;
    struct bc_err err = { 0 };
    bc_cursor *cursor;

    assert_int_equal(bc_log_head(log)->size, size);
    check_ok(bc_cursor_open(&cursor, log, 1, size, &err), &err);
    for (uint64_t n = 1; n <= size; n++) {
        check_ok(bc_cursor_next(cursor, &event, NULL, &err), &err);
        want.len = got.len = 0;
        bc_encode_content(&want, made_event(&made, n, filler));
        bc_encode_content(&got, event);
        assert_true(bc_str_eq(bc_buf_str(&want), bc_buf_str(&got)));
        assert_int_equal(event->seq, n);
    }
    assert_int_equal(bc_cursor_next(cursor, &event, NULL, &err), BC_DONE);
    bc_cursor_free(cursor);
    bc_buf_release(&want);
    bc_buf_release(&got);
    made_release(&made);
}
