/* Evidence that was altered in any byte does not pass, and no bytes make the checker stumble. */
#include "ledger/record/codec.h"
#include "tests/support/check.h"
#include "tests/support/command.h"
#include "tests/support/folder.h"
#include "tests/support/history.h"
#include "tools/check/check.h"
#include "tools/check/check_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <malloc.h>

static char folder[FOLDER_PATH], ledger[FOLDER_PATH + 8], key[FOLDER_PATH + 8],
    public_key[FOLDER_PATH + 16], head[FOLDER_PATH + 8], file[FOLDER_PATH + 16];
static struct bc_buf sound; /* the evidence */

static int run(cmd_fn *command, char **printed, const char *const argv[])
{
    const struct cmd_env env = { .now_us = INT64_C(1730000000000000),
                                 .rehearsed = true,
                                 .ledger_dir = ledger };

    return command_run(&env, command, argv, printed, NULL);
}

#define RUN(command, ...) run(command, NULL, (const char *const[]){ __VA_ARGS__, NULL })

static int record(const char *id, const char *stage)
{
    return RUN(cmd_record, "record", "stageChanged", "--deal", "d1", "--id", id, "--to", stage,
               "--new", "--anyway", "--occurred-at", "2024-05-01T00:00:00Z");
}

static int setup(void **state)
{
    (void)state;
    folder_make(folder);
    (void)snprintf(ledger, sizeof(ledger), "%s/ledger", folder);
    (void)snprintf(key, sizeof(key), "%s/key", folder);
    (void)snprintf(public_key, sizeof(public_key), "%s/key.pub", folder);
    (void)snprintf(head, sizeof(head), "%s/head", folder);
    (void)snprintf(file, sizeof(file), "%s/evidence", folder);
    if (RUN(cmd_init, "init") || RUN(cmd_head, "head", "keygen", key) || record("e1", "outreach") ||
        record("e2", "discovery") || RUN(cmd_head, "head", "sign", "--key", key, "-o", head) ||
        record("e3", "proposal") ||
        RUN(cmd_evidence, "evidence", "d1", "--key", key, "--since", head, "-o", file))
        return -1;
    file_read(&sound, file);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    bc_buf_release(&sound);
    folder_remove(folder);
    return 0;
}

static int check_file(struct bc_str bytes)
{
    file_write(file, bytes);
    return RUN(check_evidence, "backcast-check", file, "--public-key", public_key, "--head", head);
}

static void sound_evidence_passes(void **state)
{
    (void)state;
    assert_int_equal(check_file(bc_buf_str(&sound)), 0);
}

/* Each byte with one bit changed, and with any other. */
static void evidence_altered_in_any_byte_does_not_pass(void **state)
{
    uint64_t random = 1;

    (void)state;
    for (size_t at = 0; at < sound.len; at++) {
        for (int i = 0; i < 2; i++) {
            uint64_t other =
                i ? 1 + history_random(&random, 255) : UINT64_C(1) << history_random(&random, 8);
            int code;

            sound.at[at] ^= (char)other;
            code = check_file(bc_buf_str(&sound));
            sound.at[at] ^= (char)other;
            if (code != 1 && code != 3)
                fail_msg("byte %zu ^ 0x%02x: %d", at, (unsigned)other, code);
        }
    }
}

static void evidence_cut_anywhere_does_not_pass(void **state)
{
    (void)state;
    for (size_t len = 0; len < sound.len; len++) {
        int code = check_file((struct bc_str){ sound.at, len });

        if (code != 1 && code != 3)
            fail_msg("cut to %zu: %d", len, code);
    }
}

/* A line removed, or there twice; except for the last one, a signature, which may be. */
static void evidence_with_other_lines_does_not_pass(void **state)
{
    struct bc_buf other = { 0 };
    size_t begin = 0;

    (void)state;
    for (size_t at = 0; at < sound.len; at++) {
        if (sound.at[at] != '\n')
            continue;
        for (size_t times = 0; times <= 2 && (times == 0 || at + 1 < sound.len); times += 2) {
            other.len = 0;
            bc_buf_add(&other, sound.at, begin);
            for (size_t i = 0; i < times; i++)
                bc_buf_add(&other, sound.at + begin, at + 1 - begin);
            bc_buf_add(&other, sound.at + at + 1, sound.len - at - 1);
            if (check_file(bc_buf_str(&other)) == 0)
                fail_msg("the line at byte %zu, %zu times", begin, times);
        }
        begin = at + 1;
    }
    bc_buf_release(&other);
}

/* --- what it costs --- */

extern size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t allocated(void)
{
    return __sanitizer_get_current_allocated_bytes ? __sanitizer_get_current_allocated_bytes()
                                                   : mallinfo2().uordblks;
}

/* Somebody else's file of n retractions, each of which names the one before it, or nothing. */
static void write_retractions(struct bc_buf *out, size_t n, bool chain)
{
    const struct bc_proof none = { 0 };
    struct bc_buf bytes = { 0 };

    bc_evidence_begin(out, BC_STR("d1"), n);
    for (size_t i = 1; i <= n; i++) {
        char id[32], target[32];
        struct bc_event event = { .body = BC_RETRACTED, .has_occurred = true, .occurred_us = 1 };

        (void)snprintf(id, sizeof(id), "r%zu", i);
        (void)snprintf(target, sizeof(target), chain ? "r%zu" : "x%zu", i - 1);
        event.id = bc_str_of(id);
        event.deal = chain && i == 1 ? BC_STR("d1") : BC_STR("");
        event.value[BC_RETRACTED_EVENT].text = bc_str_of(target);
        bytes.len = 0;
        bc_encode_prefix(&bytes, i, 1);
        bc_encode_content(&bytes, &event);
        bc_evidence_record(out, i, bc_buf_str(&bytes), &none);
    }
    bc_evidence_head(out, BC_STR("x\n40000\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"));
    bc_buf_release(&bytes);
}

struct cost {
    size_t file, memory;
};

static struct cost cost_of(size_t n, bool chain)
{
    struct bc_buf text = { 0 };
    struct check check = { 0 };
    struct bc_err err = { 0 };
    struct cost cost;
    size_t line, before;

    write_retractions(&text, n, chain);
    before = allocated();
    check_ok(bc_evidence_parse(&check.evidence, &line, bc_buf_str(&text), &err), &err);
    check_heads(&check, NULL, NULL, NULL);
    check_records(&check);
    check_lists(&check);
    cost = (struct cost){ text.len, allocated() - before };
    assert_false(check_passed(&check));
    check_release(&check);
    bc_buf_release(&text);
    return cost;
}

static void memory_grows_with_the_file(void **state)
{
    (void)state;
    for (int chain = 0; chain <= 1; chain++) {
        const struct cost small = cost_of(5000, chain), large = cost_of(10000, chain);

        assert_true(large.memory < small.memory * 3);
        assert_true(large.memory < 8 * large.file);
    }
}

/* --- limits --- */

static void a_record_is_at_most_16_mib(void **state)
{
    (void)state;
    for (size_t more = 0; more <= 3; more += 3) { /* base64 goes by threes */
        const size_t len = BC_EVIDENCE_RECORD_MOST / 3 * 3 + more;
        const struct bc_proof none = { 0 };
        struct bc_evidence evidence;
        struct bc_buf text = { 0 };
        char *bytes = bc_calloc(len, 1);
        struct bc_err err = { 0 };
        size_t line;

        bc_evidence_begin(&text, BC_STR("d1"), 1);
        bc_evidence_record(&text, 1, (struct bc_str){ bytes, len }, &none);
        bc_evidence_head(&text, BC_STR("x\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"));
        assert_int_equal(bc_evidence_parse(&evidence, &line, bc_buf_str(&text), &err),
                         more ? BC_E_INPUT : BC_OK);
        if (more)
            assert_int_equal(line, 6);
        bc_evidence_release(&evidence);
        bc_buf_release(&text);
        free(bytes);
    }
}

/* A file of holes, so that it takes no room. */
static void a_file_is_at_most_256_mib(void **state)
{
    (void)state;
    file_write(file, BC_STR(""));
    assert_int_equal(truncate(file, (off_t)BC_EVIDENCE_MOST + 1), 0);
    assert_int_equal(RUN(check_evidence, "backcast-check", file, "--public-key", public_key), 3);
    file_write(file, BC_STR(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_evidence_passes),
        cmocka_unit_test(evidence_altered_in_any_byte_does_not_pass),
        cmocka_unit_test(evidence_cut_anywhere_does_not_pass),
        cmocka_unit_test(evidence_with_other_lines_does_not_pass),
        cmocka_unit_test(memory_grows_with_the_file),
        cmocka_unit_test(a_record_is_at_most_16_mib),
        cmocka_unit_test(a_file_is_at_most_256_mib),
    };

    return cmocka_run_group_tests_name("tools/check/check", tests, setup, teardown);
}
