/* tools/lib/append: all or nothing, with places in the log, beside other writers; and what is
 * remarked on. */
#include "ledger/ledger.h"
#include "tests/support/library.h"

#include <stdio.h>

static void what_is_appended_has_its_places_and_is_asked(void **state)
{
    static const char first[] = LIBRARY_REVIEW("a", "1") "\n" LIBRARY_REVIEW("b", "2");
    static const char second[] = LIBRARY_REVIEW("b", "2") LIBRARY_REVIEW("c", "3")
        LIBRARY_REVIEW("c", "3") LIBRARY_REVIEW("a", "1");
    static const char *const words[] = { "log", "--grep", "3" };
    backcast_ledger *ledger = library_make("appended");
    struct backcast_appended appended;
    unsigned answers = 0;

    (void)state;
    library_check(backcast_append(ledger, first, strlen(first), &appended), ledger);
    assert_int_equal(appended.added, 2);
    assert_int_equal(appended.n, 2);
    assert_int_equal(appended.seqs[0], 1);
    assert_int_equal(appended.seqs[1], 2);
    assert_int_equal(library_size(ledger), 2);
    library_check(backcast_append(ledger, second, strlen(second), &appended), ledger);
    assert_int_equal(appended.added, 1);
    assert_int_equal(appended.duplicates, 3);
    assert_int_equal(appended.n, 4);
    assert_int_equal(appended.seqs[0], 2);
    assert_int_equal(appended.seqs[1], 3);
    assert_int_equal(appended.seqs[2], 3);
    assert_int_equal(appended.seqs[3], 1);
    library_check(backcast_ask(ledger, words, ARRAY_LEN(words), library_count, &answers), ledger);
    assert_int_equal(answers, 1);
    library_check(backcast_append(ledger, NULL, 0, &appended), ledger);
    assert_int_equal(appended.n, 0);
    backcast_close(ledger);
}

static void a_bad_event_leaves_the_ledger_as_it_was(void **state)
{
    static const struct {
        const char *lines, *message;
    } rows[] = {
        { LIBRARY_REVIEW("x", "1") "{\"id\":\"y\"," LIBRARY_AT "}\n", "events:2:1: " },
        { LIBRARY_REVIEW("x", "1") "\n{\"id\":1}\n", "events:3:7: " },
        { LIBRARY_REVIEW("x", "1") LIBRARY_REVIEW("x", "2"),
          "events:2:7: the id \"x\" is taken: line 1 has other content" },
        { LIBRARY_REVIEW("x", "1") LIBRARY_REVIEW("there", "2"), "events:2:" },
        { "{", "events:1:" },
    };
    backcast_ledger *ledger = library_make("refused");
    struct backcast_appended appended = { .n = 7 };

    (void)state;
    library_check(backcast_append(ledger, LIBRARY_REVIEW("there", "1"),
                                  strlen(LIBRARY_REVIEW("there", "1")), NULL),
                  ledger);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *message;

        assert_int_equal(backcast_append(ledger, rows[i].lines, strlen(rows[i].lines), &appended),
                         BACKCAST_INPUT);
        message = backcast_message(ledger);
        if (strncmp(message, rows[i].message, strlen(rows[i].message)) != 0)
            fail_msg("%zu: %s", i, message);
        assert_int_equal(library_size(ledger), 1);
    }
    assert_int_equal(appended.n, 7);
    backcast_close(ledger);
}

static void what_others_append_is_seen_at_the_next_call(void **state)
{
    backcast_ledger *one = library_make("shared"), *other;
    char path[FOLDER_PATH + 32];

    (void)state;
    (void)snprintf(path, sizeof(path), "%s/shared", library.folder);
    library_check(backcast_open(&other, path, &library.options), other);
    for (uint64_t n = 1; n <= 3; n++) {
        char line[256];

        (void)snprintf(line, sizeof(line), LIBRARY_REVIEW("e%d", ""), (int)n);
        library_check(backcast_append(other, line, strlen(line), NULL), other);
        assert_int_equal(library_size(one), n);
        assert_int_equal(library_size(other), n);
    }
    backcast_close(one);
    backcast_close(other);
}

static void another_writer_is_not_waited_for(void **state)
{
    backcast_ledger *ledger = library_make("held");
    char path[FOLDER_PATH + 32];
    struct bc_err err = { 0 };
    bc_log *writer;

    (void)state;
    (void)snprintf(path, sizeof(path), "%s/held", library.folder);
    check_ok(bc_ledger_open(&writer, path, true, &err), &err);
    assert_int_equal(backcast_append(ledger, "", 0, NULL), BACKCAST_BUSY);
    assert_int_equal(library_size(ledger), 0);
    bc_log_close(writer);
    library_check(backcast_append(ledger, "", 0, NULL), ledger);
    backcast_close(ledger);
}

static void remarks_are_of_the_last_call(void **state)
{
    static const char lines[] =
        "{\"id\":\"s\"," LIBRARY_AT ",\"deal\":\"d\",\"stageChanged\":{\"to\":\"limbo\"}}\n";
    static const char *const words[] = { "log", "--grep", "nowhere" };
    backcast_ledger *ledger = library_make("remarks");

    (void)state;
    library_check(backcast_append(ledger, lines, strlen(lines), NULL), ledger);
    assert_non_null(strstr(backcast_remarks(ledger), "limbo"));
    library_check(backcast_ask(ledger, words, ARRAY_LEN(words), library_count, NULL), ledger);
    assert_string_equal(backcast_remarks(ledger),
                        "backcast: nothing matched: 1 event was looked at\n");
    (void)library_size(ledger);
    assert_string_equal(backcast_remarks(ledger), "");
    backcast_close(ledger);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_appended_has_its_places_and_is_asked),
        cmocka_unit_test(a_bad_event_leaves_the_ledger_as_it_was),
        cmocka_unit_test(what_others_append_is_seen_at_the_next_call),
        cmocka_unit_test(another_writer_is_not_waited_for),
        cmocka_unit_test(remarks_are_of_the_last_call),
    };

    return cmocka_run_group_tests_name("tools/lib/append", tests, library_begin, library_end);
}
