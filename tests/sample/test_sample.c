/* The sample is what the generator makes, and tells the story that it is there to tell. */
#include "ledger/base/instant.h"
#include "tests/sample/generate.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHIPPED BC_SOURCE_DIR "/tests/sample/sample.jsonl"

static size_t same_bytes(struct bc_str a, struct bc_str b)
{
    size_t n = a.len < b.len ? a.len : b.len, i = 0;

    while (i < n && a.at[i] == b.at[i])
        i++;
    return i;
}

static void shipped_is_generated(void **state)
{
    struct bc_buf made = { 0 }, shipped = { 0 };

    (void)state;
    sample_generate(&made, SAMPLE_SEED);
    if (getenv("BC_UPDATE"))
        file_write(SHIPPED, bc_buf_str(&made));
    file_read(&shipped, SHIPPED);
    if (!bc_str_eq(bc_buf_str(&made), bc_buf_str(&shipped)))
        fail_msg("differs from byte %zu on; BC_UPDATE=1 writes it anew",
                 same_bytes(bc_buf_str(&made), bc_buf_str(&shipped)));
    bc_buf_release(&made);
    bc_buf_release(&shipped);
}

static void seeds_differ(void **state)
{
    struct bc_buf one = { 0 }, two = { 0 };

    (void)state;
    sample_generate(&one, 1);
    sample_generate(&two, 2);
    assert_false(bc_str_eq(bc_buf_str(&one), bc_buf_str(&two)));
    bc_buf_release(&one);
    bc_buf_release(&two);
}

/* The text between `"key":"` and the next quote in a line; empty where there is none. */
static struct bc_str text_of(struct bc_str line, const char *key)
{
    char pattern[64];
    const char *at, *end;

    snprintf(pattern, sizeof(pattern), "\"%s\":\"", key);
    at = memmem(line.at, line.len, pattern, strlen(pattern));
    if (!at)
        return (struct bc_str){ 0 };
    at += strlen(pattern);
    end = memchr(at, '"', (size_t)(line.at + line.len - at));
    assert_non_null(end);
    return (struct bc_str){ at, (size_t)(end - at) };
}

/* Takes the next line off a text. */
static bool next_line(struct bc_str *line, struct bc_str *rest)
{
    const char *end;

    if (rest->len == 0)
        return false;
    end = memchr(rest->at, '\n', rest->len);
    assert_non_null(end);
    *line = (struct bc_str){ rest->at, (size_t)(end - rest->at) };
    *rest = (struct bc_str){ end + 1, rest->len - line->len - 1 };
    return true;
}

static int64_t instant_of(struct bc_str line, const char *key)
{
    struct bc_err err = { 0 };
    int64_t us = 0;

    check_ok(bc_instant_parse(&us, text_of(line, key), &err), &err);
    return us;
}

/* What `import jsonl --keep-recorded-at` asks of a file. */
static void recording_never_runs_backwards(void **state)
{
    struct bc_buf made = { 0 };
    struct bc_str rest, line;
    int64_t last_us = 0;

    (void)state;
    sample_generate(&made, SAMPLE_SEED);
    rest = bc_buf_str(&made);
    while (next_line(&line, &rest)) {
        int64_t recorded_us = instant_of(line, "recordedAt");

        assert_true(recorded_us >= last_us);
        assert_true(recorded_us >= instant_of(line, "occurredAt"));
        last_us = recorded_us;
    }
    bc_buf_release(&made);
}

static void retractions_name_earlier_events(void **state)
{
    struct bc_buf made = { 0 };
    struct bc_str rest, line, named;
    char pattern[256];
    size_t found = 0;

    (void)state;
    sample_generate(&made, SAMPLE_SEED);
    rest = bc_buf_str(&made);
    while (next_line(&line, &rest)) {
        named = text_of(line, "event");
        if (named.len == 0)
            continue;
        snprintf(pattern, sizeof(pattern), "{\"id\":\"%.*s\",", BC_STR_ARG(named));
        assert_non_null(memmem(made.at, (size_t)(line.at - made.at), pattern, strlen(pattern)));
        found++;
    }
    assert_true(found > 10);
    bc_buf_release(&made);
}

/* Each body of the contract that a team of people produces is there to be seen. */
static void every_body_occurs(void **state)
{
    static const char *const bodies[] = {
        "dealCreated",
        "stageChanged",
        "propertyChanged",
        "dealDeleted",
        "dealRestored",
        "dealMerged",
        "leadCaptured",
        "qualificationRecorded",
        "meetingLogged",
        "outreachAttempted",
        "emailSent",
        "emailOpened",
        "emailReplied",
        "experimentStarted",
        "experimentConcluded",
        "dealEnrolled",
        "icpPublished",
        "playbookPublished",
        "pricingRequested",
        "lossRecorded",
        "learningRecorded",
        "artifactLinked",
        "agreementSent",
        "agreementSigned",
        "agreementDeclined",
        "orderPlaced",
        "handoffOpened",
        "handoffAccepted",
        "serviceStarted",
        "serviceEnded",
        "healthRecorded",
        "reviewHeld",
        "pivotDecided",
        "retracted",
        "renewalIntentRecorded",
        "orderStarted",
        "actionDecided",
        "actionClosed",
        "roleAssigned",
    };
    struct bc_buf made = { 0 };
    char pattern[64];

    (void)state;
    sample_generate(&made, SAMPLE_SEED);
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        snprintf(pattern, sizeof(pattern), ",\"%s\":{", bodies[i]);
        if (!memmem(made.at, made.len, pattern, strlen(pattern)))
            fail_msg("there is no %s", bodies[i]);
    }
    bc_buf_release(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "the shipped file is what the generator makes, byte for byte", shipped_is_generated, NULL,
          NULL, NULL },
        { "another seed makes another team", seeds_differ, NULL, NULL, NULL },
        { "recorded times never run backwards, nor before what they record",
          recording_never_runs_backwards, NULL, NULL, NULL },
        { "a retraction names an event that stands before it", retractions_name_earlier_events,
          NULL, NULL, NULL },
        { "every kind of event that people make occurs", every_body_occurs, NULL, NULL, NULL },
    };

    return cmocka_run_group_tests_name("sample", tests, NULL, NULL);
}
