/* `backcast import hubspot`, broken off: a run that fails or is killed leaves whole objects, and
 * the next one ends as if nothing had happened, without reading anew what is there. */
#include "tests/support/check.h"
#include "tests/support/place.h"
#include "tests/support/process.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Every line of `some` is one of `all`; both are sorted. */
static void check_part(char **some, char **all)
{
    for (; *some; some++) {
        while (*all && strcmp(*all, *some) < 0)
            all++;
        if (!*all || strcmp(*all, *some) != 0)
            fail_msg("not in the whole: %s", *some);
    }
}

/* Imports with `n` questions answered. False: that was enough. */
static bool break_off(struct place *place, size_t n)
{
    char rule[32], said[64];
    uint64_t before = place_count(place), kept;
    int code;

    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    (void)snprintf(rule, sizeof(rule), "daily+%zu", n);
    fake_hubspot_do(&place->fake, rule);
    code = IMPORT(place, "--json");
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    if (code == 0)
        return false;
    place_check_code(place, code, 8);
    (void)snprintf(said, sizeof(said), "; ");
    if (strstr(place->err, " kept, and the next run goes on from there"))
        (void)snprintf(said, sizeof(said), "%s", strrchr(place->err, ';'));
    kept = place_count(place) - before;
    assert_int_equal(strtoull(said + 2, NULL, 10), kept);
    return true;
}

static void check_content(struct place *place, char **want)
{
    char **got = place_content(place);

    place_check_same(got, want);
    place_content_free(got);
}

static void broken_off_behind_any_question_it_goes_on_from_there(void **state)
{
    struct place *place = place_begin(NULL);
    char **want, **part;
    size_t n = 5, kept = 0;

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    want = place_content(place);
    for (bool more = true; more; n++) {
        char name[32];

        (void)snprintf(name, sizeof(name), "broken-%zu", n);
        place_ledger(place, name);
        more = break_off(place, n);
        part = place_content(place);
        check_part(part, want);
        kept += part[0] != NULL;
        place_content_free(part);
        place_check_import(place, NULL, -1, 13, 1);
        place_check_code(place, RUN(place, cmd_verify, "verify"), 0);
        check_content(place, want);
    }
    assert_true(n > 15);
    assert_true(kept > n - 5 - 3); /* all but those without a page of deals */
    place_content_free(want);
    place_end(place);
}

/* However often: no run reads anew what those before it have kept. */
static void broken_off_again_and_again_it_comes_to_its_end(void **state)
{
    struct place *place = place_begin((const char *const[]){ "--many", "300", NULL });
    uint64_t last = 0;
    json_t *answer;
    char **want;
    size_t runs = 0;

    (void)state;
    place_check_import(place, NULL, -1, 313, 1);
    want = place_content(place);
    place_ledger(place, "again");
    for (; break_off(place, 14 + 2 * runs); runs++) {
        uint64_t now = place_count(place);

        assert_true(runs < 8);
        assert_true(now >= last);
        last = now;
    }
    answer = json_loads(place->out, 0, NULL);
    assert_true(runs > 1);
    assert_true(place_number(answer, "dealsRead") < 50);
    assert_true(last > 300UL * 21);
    json_decref(answer);
    check_content(place, want);
    place_check_import(place, NULL, 0, 313, 1);
    place_content_free(want);
    place_end(place);
}

/* What one run saw as changed may only be skipped by the next once all of it was imported. */
static void a_later_run_that_was_broken_off_misses_nothing(void **state)
{
    struct place *place = place_begin(NULL);
    char base[sizeof(place->ledger)], **want = NULL;

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    memcpy(base, place->ledger, sizeof(base));
    place_later(place);
    for (size_t n = 1000; n > 5; n = n == 1000 ? 19 : n - 1) {
        char name[32];

        (void)snprintf(name, sizeof(name), "later-%u", (unsigned)n);
        place_copy(place, base, name);
        if (n == 1000) {
            place_check_import(place, NULL, -1, 15, 1);
            want = place_content(place);
            continue;
        }
        (void)break_off(place, n);
        place_check_import(place, NULL, -1, 15, 1);
        check_content(place, want);
    }
    place_content_free(want);
    place_end(place);
}

/* What was being recorded anew under one account file when the run broke off is recorded anew by
 * the next run: as that file has it, or as the old one again. */
static void an_account_file_that_changes_is_followed_after_a_break(void **state)
{
    struct place *place = place_begin((const char *const[]){ "--many", "120", NULL });
    char base[sizeof(place->ledger)], **want, *stage;
    struct bc_buf text = { 0 };

    (void)state;
    place_check_import(place, NULL, -1, 133, 1);
    memcpy(base, place->ledger, sizeof(base));
    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    stage = strstr(text.at, "\"1003\": discovery");
    assert_non_null(stage);
    memcpy(stage + 8, "proposal ", 9);
    file_write(place->account, bc_str_of(text.at));
    place_copy(place, base, "at-once");
    place_check_import(place, NULL, -1, 133, 1);
    want = place_content(place);
    place_copy(place, base, "broken");
    assert_true(break_off(place, 8));
    memcpy(base, place->ledger, sizeof(base));
    place_copy(place, base, "the-same");
    place_check_import(place, NULL, -1, 133, 1);
    check_content(place, want);
    place_copy(place, base, "the-old");
    memcpy(stage + 8, "discovery", 9);
    file_write(place->account, bc_str_of(text.at));
    place_check_import(place, NULL, -1, 133, 1);
    place_content_free(want);
    bc_buf_release(&text);
    place_end(place);
}

/* --- killed --- */

static int import_as_child(char **argv)
{
    struct place place = { .now_us = PLACE_APRIL_US };

    snprintf(place.ledger, sizeof(place.ledger), "%s", argv[2]);
    snprintf(place.account, sizeof(place.account), "%s", argv[3]);
    snprintf(place.fake.url, sizeof(place.fake.url), "%s", argv[4]);
    return IMPORT(&place, "--json");
}

static void killed_anywhere_and_run_again_it_ends_the_same(void **state)
{
    static const size_t after[] = { 1, 7, 9, 13, 16 };
    struct place *place = place_begin(NULL);
    char **want, **got;

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    want = place_content(place);
    for (size_t i = 0; i < ARRAY_LEN(after); i++) {
        const char *args[] = { "import", place->ledger, place->account, place->fake.url, NULL };
        char name[32];
        bool ended = false;
        pid_t child;
        int code;

        snprintf(name, sizeof(name), "killed-%zu", i);
        place_ledger(place, name);
        json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
        child = process_start(args);
        while (!ended && fake_hubspot_asked(&place->fake, "/") < after[i]) {
            usleep(1000);
            ended = process_ended(child, &code);
        }
        if (!ended) {
            kill(child, SIGKILL);
            process_wait(child);
        }
        place_check_import(place, NULL, -1, 13, 1);
        place_check_code(place, RUN(place, cmd_verify, "verify"), 0);
        got = place_content(place);
        place_check_same(got, want);
        place_content_free(got);
    }
    place_content_free(want);
    place_end(place);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_off_behind_any_question_it_goes_on_from_there),
        cmocka_unit_test(broken_off_again_and_again_it_comes_to_its_end),
        cmocka_unit_test(a_later_run_that_was_broken_off_misses_nothing),
        cmocka_unit_test(an_account_file_that_changes_is_followed_after_a_break),
        cmocka_unit_test(killed_anywhere_and_run_again_it_ends_the_same),
    };

    if (argc == 5 && strcmp(argv[1], "import") == 0)
        return import_as_child(argv);
    return cmocka_run_group_tests_name("tools/hubspot/hubspot_broken_off", tests, NULL, NULL);
}
