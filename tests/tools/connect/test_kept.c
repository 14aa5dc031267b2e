/* tools/connect/record, untied, known: what is kept of a source comes back as it was put; what is
 * of another form is as if there were none; what the ledger has of a system is what stands. */
#include "tests/support/check.h"
#include "tests/support/events.h"
#include "tests/support/memory_log.h"
#include "tools/connect/compare.h"
#include "tools/connect/record.h"
#include "tools/connect/untied.h"

#include <stdlib.h>

static struct memory_log *log_of(void **state)
{
    return *state;
}

static bc_append *begin(bc_log *log)
{
    struct bc_err err = { 0 };
    bc_append *append = NULL;

    check_ok(bc_append_open(&append, log, 0, &err), &err);
    return append;
}

static void end(bc_append *append)
{
    struct bc_err err = { 0 };

    check_ok(bc_append_commit(append, &err), &err);
    bc_append_free(append);
}

static struct bc_event sent(const char *id)
{
    struct bc_event event = { .has_occurred = true,
                              .occurred_us = 86400000000,
                              .id = bc_str_of(id),
                              .source_system = BC_STR("dropbox_sign"),
                              .source_ref = BC_STR("request/1"),
                              .body = BC_AGREEMENT_SENT };

    event.value[1].text = BC_STR("1");
    return event;
}

static void a_run_comes_back_as_it_was_put(void **state)
{
    bc_log *log = log_of(state)->log;
    json_t *mark = json_pack("{s:i}", "page", 7);
    struct connect_record put = {
        .source = BC_STR("github/x"),
        .system = BC_STR("github"),
        .begun_us = 1,
        .ended_us = 2,
        .read_us = 3,
        .failed = true,
        .error = BC_STR("a \"b\""),
        .read = 4,
        .added = 5,
        .duplicates = 6,
        .corrected = 7,
        .compared = true,
        .agree = 8,
        .differ = 9,
        .untied = 10,
        .difference_n = 1,
        .basis = { .at = { 1, 2 } },
        .state = mark,
        .differences = { { BC_STR("issue/1"), BC_STR("object"), BC_STR("there"), BC_STR("gone") } },
    };
    struct connect_record got;
    struct bc_err err = { 0 };
    bc_append *append;

    assert_int_equal(connect_record_load(&got, log, BC_STR("github/x"), &err), BC_DONE);
    connect_record_release(&got);
    append = begin(log);
    connect_record_put(&put, append);
    end(append);
    check_ok(connect_record_load(&got, log, BC_STR("github/x"), &err), &err);
    assert_true(bc_str_eq(got.system, put.system) && bc_str_eq(got.error, put.error));
    assert_true(got.begun_us == 1 && got.ended_us == 2 && got.read_us == 3 && got.failed);
    assert_true(got.read == 4 && got.added == 5 && got.duplicates == 6 && got.corrected == 7);
    assert_true(got.compared && got.agree == 8 && got.differ == 9 && got.untied == 10);
    assert_int_equal(got.difference_n, 1);
    assert_true(bc_str_eq(got.differences[0].service, BC_STR("gone")));
    assert_memory_equal(&got.basis, &put.basis, sizeof(put.basis));
    assert_true(json_equal(got.state, mark));
    connect_record_release(&got);
    json_decref(mark);
}

static bc_status count(void *payload, const struct connect_record *record, struct bc_err *err)
{
    (void)err;
    *(size_t *)payload += record->source.len;
    return BC_OK;
}

static void what_is_no_run_is_none_and_others_are_named_in_order(void **state)
{
    bc_log *log = log_of(state)->log;
    const char *const broken[] = { "", "[]", "{", "7" };
    struct connect_record got, put = { .source = BC_STR("slack"), .system = BC_STR("slack") };
    struct bc_err err = { 0 };
    size_t lengths = 0;
    bc_append *append = begin(log);

    connect_record_put(&put, append);
    put.source = BC_STR("asana");
    connect_record_put(&put, append);
    end(append);
    for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
        append = begin(log);
        bc_append_put_named(append, BC_META_SOURCE, BC_STR("github"), bc_str_of(broken[i]));
        end(append);
        assert_int_equal(connect_record_load(&got, log, BC_STR("github"), &err), BC_DONE);
        connect_record_release(&got);
    }
    check_ok(connect_record_each(log, count, &lengths, &err), &err);
    assert_int_equal(lengths, strlen("slack") + strlen("asana"));
}

static void events_without_a_deal_come_back_with_their_clues(void **state)
{
    bc_log *log = log_of(state)->log;
    struct connect_clues clues = { 0 }, back;
    struct connect_untied untied, again;
    struct connect_loose *loose = NULL;
    const struct bc_event event = sent("dropbox_sign:request/1/sent");
    struct bc_err err = { 0 };
    bc_append *append;
    int64_t us = 0;

    connect_clue(&clues, CONNECT_OBJECT, BC_STR("request/1"));
    connect_clue(&clues, CONNECT_OBJECT, BC_STR("https://x.org/1"));
    connect_clue(&clues, CONNECT_URL, BC_STR("https://x.org/2"));
    check_ok(connect_untied_load(&untied, log, BC_STR("dropbox-sign"), &err), &err);
    connect_untied_add(&untied, &event, CONNECT_NOT_THERE, BC_STR("d9"), &clues);
    assert_true(untied.changed);
    append = begin(log);
    connect_untied_put(&untied, append, BC_STR("dropbox-sign"));
    assert_false(untied.changed);
    end(append);
    connect_untied_add(&untied, &event, CONNECT_NOT_THERE, BC_STR("d9"), &clues);
    assert_false(untied.changed); /* the same again */
    check_ok(connect_untied_load(&again, log, BC_STR("dropbox-sign"), &err), &err);
    assert_true(connect_untied_when(&again, event.id, &us));
    assert_int_equal(us, event.occurred_us);
    assert_false(connect_untied_when(&again, BC_STR("other"), &us));
    assert_int_equal(connect_untied_list(&loose, &again), 1);
    assert_true(bc_str_eq(loose[0].object, BC_STR("request/1")));
    assert_true(bc_str_eq(loose[0].address, BC_STR("https://x.org/1")));
    assert_true(bc_str_eq(loose[0].deal, BC_STR("d9")));
    assert_int_equal(loose[0].why, CONNECT_NOT_THERE);
    free(loose);
    connect_untied_clues(&back, json_object_get(again.events, "dropbox_sign:request/1/sent"));
    assert_int_equal(back.n, 3);
    connect_untied_drop(&again, event.id);
    assert_int_equal(connect_untied_list(&loose, &again), 0);
    free(loose);
    connect_untied_release(&again);
    connect_untied_release(&untied);
}

/* An event of GitHub's about an issue. */
static void add(struct events *events, enum bc_body body, const char *id, const char *ref)
{
    struct bc_event *event = events_add(events, body, id, "d1", 5, 5);

    event->source_system = BC_STR("github");
    event->source_ref = bc_str_of(ref);
    if (body != BC_RETRACTED)
        events_set_text(events, 1, "https://x.org");
}

static void what_was_retracted_does_not_stand_and_what_is_in_its_place_does(void **state)
{
    bc_log *log = log_of(state)->log;
    const struct connect_object *object;
    struct events events = { 0 };
    connect_known *known = NULL;
    struct bc_err err = { 0 };
    int64_t us = 0;

    add(&events, BC_HANDOFF_OPENED, "github:issue/1/opened", "issue/1");
    add(&events, BC_SERVICE_STARTED, "github:event/7", "issue/1");
    add(&events, BC_RETRACTED, "github:event/7/taken-back/9", "");
    events_set_text(&events, BC_RETRACTED_EVENT, "github:event/7");
    add(&events, BC_HANDOFF_ACCEPTED, "github:event/8", "issue/1");
    add(&events, BC_HANDOFF_ACCEPTED, "github:event/8/as/00ff.1", "issue/1");
    add(&events, BC_RETRACTED, "github:event/8/retracted", "");
    events_set_text(&events, BC_RETRACTED_EVENT, "github:event/8");
    add(&events, BC_HANDOFF_ACCEPTED, "github:event/9", "issue/1");
    add(&events, BC_RETRACTED, "by-hand", "");
    events_set_text(&events, BC_RETRACTED_EVENT, "github:event/9");
    events_append(log, events.at, events.n);
    check_ok(connect_known_read(&known, log, BC_STR("github"), NULL, 0, &err), &err);
    object = connect_known_object(known, BC_STR("issue/1"));
    assert_non_null(object);
    assert_int_equal(object->bodies,
                     connect_body_bit(BC_HANDOFF_OPENED) | connect_body_bit(BC_HANDOFF_ACCEPTED));
    assert_true(bc_str_eq(object->deal, BC_STR("d1")));
    assert_false(connect_known_stands(known, BC_STR("github:event/7")));
    assert_false(connect_known_when(known, BC_STR("github:event/7"), &us)); /* it was none */
    assert_true(connect_known_when(known, BC_STR("github:event/9"), &us) && us == 5);
    assert_false(connect_known_stands(known, BC_STR("github:event/9")));
    assert_true(bc_str_eq(connect_known_standing(known, BC_STR("github:event/8")),
                          BC_STR("github:event/8/as/00ff.1")));
    assert_true(connect_known_deal(known, BC_STR("d1")));
    assert_false(connect_known_deal(known, BC_STR("d2")));
    connect_known_free(known);
    events_release(&events);
}

/* What a run tells is known at once: in the place of what stood, and taken back. */
static void what_a_run_tells_is_known_at_once(void **state)
{
    bc_log *log = log_of(state)->log;
    struct events events = { 0 };
    struct connect_stood stood;
    connect_known *known = NULL;
    struct bc_err err = { 0 };
    size_t at = 0, place;
    int64_t us = 0;

    add(&events, BC_DEAL_ENROLLED, "github:event/1", "enrolment/1/a");
    events_append(log, events.at, events.n);
    check_ok(connect_known_read(&known, log, BC_STR("github"), NULL, 0, &err), &err);
    assert_true(connect_known_stood(known, BC_STR("github:event/1"), &stood) && stood.pass == 0);
    connect_known_leave(known, BC_STR("github:event/1"), 2);
    assert_true(connect_known_stood(known, BC_STR("github:event/1"), &stood) && stood.pass == 2);
    add(&events, BC_DEAL_ENROLLED, "github:event/1/as/00ff.1", "enrolment/1/b");
    connect_known_tell(known, &events.at[events.n - 1], 3);
    assert_true(connect_known_stood(known, BC_STR("github:event/1"), &stood) && stood.pass == 3);
    assert_true(bc_str_eq(stood.as, BC_STR("github:event/1/as/00ff.1")));
    assert_int_equal(connect_known_object(known, BC_STR("enrolment/1/a"))->bodies, 0);
    for (size_t n = 0; n < 2; n++)
        assert_true(connect_known_below(known, BC_STR("enrolment/1"), &at, &place));
    assert_false(connect_known_below(known, BC_STR("enrolment/1"), &at, &place));
    connect_known_take_back(known, stood.as);
    assert_false(connect_known_stands(known, BC_STR("github:event/1")));
    assert_false(connect_known_when(known, BC_STR("github:event/1"), &us));
    connect_known_free(known);
    events_release(&events);
}

static void what_is_kept_of_an_object_and_not_kept_again_is_dropped(void **state)
{
    static const struct connect_clues none;
    struct connect_untied untied;
    struct bc_event signed_event = sent("dropbox_sign:signature/1");
    const struct bc_event event = sent("dropbox_sign:request/1/sent");

    (void)state;
    signed_event.body = BC_AGREEMENT_SIGNED;
    connect_untied_parse(&untied, (struct bc_str){ 0 });
    connect_untied_add(&untied, &event, CONNECT_NO_CLUE, (struct bc_str){ 0 }, &none);
    connect_untied_add(&untied, &signed_event, CONNECT_NO_CLUE, (struct bc_str){ 0 }, &none);
    untied.pass++;
    connect_untied_add(&untied, &event, CONNECT_NO_CLUE, (struct bc_str){ 0 }, &none);
    connect_untied_told_all(&untied, BC_STR("request/1"), connect_body_bit(BC_AGREEMENT_SENT));
    assert_int_equal(json_object_size(untied.events), 2); /* signatures were not looked at */
    connect_untied_told_all(&untied, BC_STR("request/1"), UINT64_MAX);
    assert_int_equal(json_object_size(untied.events), 1);
    assert_non_null(json_object_get(untied.events, "dropbox_sign:request/1/sent"));
    connect_untied_release(&untied);
}

static void ledger_and_service_are_held_against_each_other(void **state)
{
    bc_log *log = log_of(state)->log;
    struct events events = { 0 };
    struct connect_compared compared;
    struct connect_run run;
    connect_known *known = NULL;
    struct bc_err err = { 0 };
    static const struct connect_difference want[] = {
        { BYTES("issue/2"), "serviceStarted", "none", "there" },
        { BYTES("issue/3"), "handoffOpened", "there", "none" },
        { BYTES("issue/4"), "object", "there", "gone" },
    };

    for (char id[] = "e1", ref[] = "issue/1"; id[1] <= '5'; id[1]++, ref[6]++) {
        add(&events, BC_HANDOFF_OPENED, events_printf(&events, "%s", id),
            events_printf(&events, "%s", ref));
    }
    events_append(log, events.at, events.n);
    check_ok(connect_known_read(&known, log, BC_STR("github"), NULL, 0, &err), &err);
    connect_run_init(&run);
    connect_expect(&run, BC_STR("issue/1"), BC_HANDOFF_OPENED, true);
    connect_expect(&run, BC_STR("issue/1"), BC_SERVICE_STARTED, false);
    connect_expect(&run, BC_STR("issue/2"), BC_SERVICE_STARTED, true);
    connect_expect(&run, BC_STR("issue/2"), BC_SERVICE_STARTED, false); /* once is enough */
    connect_expect(&run, BC_STR("issue/3"), BC_HANDOFF_OPENED, false);
    connect_listed(&run, BC_STR("issue/1"));
    connect_listed(&run, BC_STR("issue/2"));
    connect_listed(&run, BC_STR("issue/3"));
    connect_listed(&run, BC_STR("issue/5"));
    connect_listed(&run, BC_STR("issue/6")); /* nothing to be recorded of it */
    connect_listed_all(&run, "issue/");
    connect_compare(&compared, &run, known);
    assert_int_equal(compared.agree, 2);
    assert_int_equal(compared.differ, 3);
    assert_int_equal(compared.n, ARRAY_LEN(want));
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        assert_true(bc_str_eq(compared.differences[i].object, want[i].object));
        assert_string_equal(compared.differences[i].what, want[i].what);
        assert_string_equal(compared.differences[i].ledger, want[i].ledger);
        assert_string_equal(compared.differences[i].service, want[i].service);
    }
    connect_compared_release(&compared);
    connect_known_free(known);
    connect_run_release(&run);
    events_release(&events);
}

/* An event of an object of some system; its id says which one it is. */
static void add_told(struct events *events, const char *system, const char *ref, enum bc_body body,
                     const char *id)
{
    struct bc_event *event = events_add(events, body, id, "d1", (int64_t)events->n + 1, 20);

    event->source_system = bc_str_of(system);
    event->source_ref = bc_str_of(ref);
    events_set_text(events, 1, "https://x.org");
}

static void add_retraction(struct events *events, const char *id, const char *of)
{
    events_add(events, BC_RETRACTED, id, "d1", 20, 20);
    events_set_text(events, BC_RETRACTED_EVENT, of);
}

static void the_events_of_an_object_that_stand_come_in_the_order_of_the_log(void **state)
{
    static const struct {
        const char *id;
        enum bc_body body;
        int64_t us;
    } want[] = { { "github:issue/1/opened", BC_HANDOFF_OPENED, 1 },
                 { "github:event/9", BC_SERVICE_STARTED, 5 },
                 { "github:event/7", BC_HANDOFF_ACCEPTED, 6 } };
    bc_log *log = log_of(state)->log;
    struct events events = { 0 };
    struct bc_err err = { 0 };
    connect_known *known = NULL;
    const struct connect_object *object;
    struct connect_stood stood;
    size_t at = 0;

    add_told(&events, "github", "issue/1", BC_HANDOFF_OPENED, "github:issue/1/opened");
    add_told(&events, "github", "issue/2", BC_HANDOFF_ACCEPTED, "github:event/6");
    add_told(&events, "github", "issue/1", BC_HANDOFF_ACCEPTED, "github:event/7");
    add_told(&events, "asana", "issue/1", BC_HANDOFF_ACCEPTED, "asana:event/7");
    add_told(&events, "github", "issue/1", BC_SERVICE_STARTED, "github:event/9");
    add_told(&events, "github", "issue/1", BC_HANDOFF_ACCEPTED, "github:event/7/as/2");
    add_retraction(&events, "r1", "github:event/7");
    add_retraction(&events, "r2", "github:event/9");
    add_retraction(&events, "r3", "r2"); /* so it stands again */
    add_told(&events, "github", "issue/3", BC_HANDOFF_ACCEPTED, "github:event/10");
    add_retraction(&events, "r4", "github:event/10");
    events_append(log, events.at, events.n);
    check_ok(connect_known_read(&known, log, BC_STR("github"), NULL, 0, &err), &err);

    object = connect_known_object(known, BC_STR("issue/1"));
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        assert_true(connect_known_next(known, object, &at, &stood));
        assert_true(bc_str_eq(stood.id, bc_str_of(want[i].id)));
        assert_int_equal(stood.body, want[i].body);
        assert_int_equal(stood.occurred_us, want[i].us);
    }
    assert_false(connect_known_next(known, object, &at, &stood));
    assert_false(connect_known_next(known, object, &at, &stood)); /* and it stays the end */
    at = 0;
    object = connect_known_object(known, BC_STR("issue/3"));
    assert_false(connect_known_next(known, object, &at, &stood)); /* none of it stands */
    connect_known_free(known);
    events_release(&events);
}

#define WITH_LOG(name) cmocka_unit_test_setup_teardown(name, memory_log_begin, memory_log_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_LOG(a_run_comes_back_as_it_was_put),
        WITH_LOG(what_is_no_run_is_none_and_others_are_named_in_order),
        WITH_LOG(events_without_a_deal_come_back_with_their_clues),
        WITH_LOG(what_was_retracted_does_not_stand_and_what_is_in_its_place_does),
        WITH_LOG(the_events_of_an_object_that_stand_come_in_the_order_of_the_log),
        WITH_LOG(what_a_run_tells_is_known_at_once),
        cmocka_unit_test(what_is_kept_of_an_object_and_not_kept_again_is_dropped),
        WITH_LOG(ledger_and_service_are_held_against_each_other),
    };

    return cmocka_run_group_tests_name("tools/connect/kept", tests, NULL, NULL);
}
