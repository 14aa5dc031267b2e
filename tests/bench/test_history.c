/* The benchmark's history is the same on any machine, and one that the ledger takes whole. */
#include "ledger/base/instant.h"
#include "tests/bench/history.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tools/cli/cmd.h"

#include <inttypes.h>
#include <stdlib.h>

#define EVENTS 2000

struct text {
    char *at;
    size_t len;
};

/* feed 0: the history. */
static struct text written(uint64_t seed, unsigned feed)
{
    struct text text = { 0 };
    FILE *out = open_memstream(&text.at, &text.len);

    assert_non_null(out);
    assert_true(feed ? bench_history_feed(out, EVENTS, seed, feed)
                     : bench_history_write(out, EVENTS, seed));
    assert_int_equal(fclose(out), 0);
    return text;
}

/* FNV-1a, of 64 bits. */
static uint64_t hash(const struct text *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < text->len; i++)
        hash = (hash ^ (unsigned char)text->at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static size_t lines(const struct text *text)
{
    size_t n = 0;

    for (size_t i = 0; i < text->len; i++)
        n += text->at[i] == '\n';
    return n;
}

struct row {
    const char *name;
    uint64_t seed;
    unsigned feed;
    size_t lines;
    uint64_t hash;
};

static struct row rows[] = {
    { "a history has its bytes for ever", 1, 0, EVENTS, UINT64_C(0xc77264587d1d420f) },
    { "another seed's has others", 2, 0, EVENTS, UINT64_C(0xf2b17be479935145) },
    { "a feed has its bytes for ever", 1, 7, BENCH_FEED, UINT64_C(0xd6f187e58439978e) },
};

static void bytes(void **state)
{
    const struct row *row = *state;
    struct text text = written(row->seed, row->feed);
    uint64_t made = hash(&text);
    size_t n = lines(&text);

    free(text.at);
    assert_int_equal(n, row->lines);
    if (made != row->hash)
        fail_msg("hash 0x%016" PRIx64, made);
}

/* Fails the test where the command does not end with 0, having said `want`. */
static void run(cmd_fn *command, const char *const *words, const char *want)
{
    struct text out = { 0 }, err = { 0 };
    struct cmd_env env = { .now_us = INT64_C(1800000000000000) };
    char *argv[8] = { 0 };
    int argc = 0, code;

    for (; words[argc]; argc++)
        argv[argc] = bc_strdup(bc_str_of(words[argc]));
    env.out = open_memstream(&out.at, &out.len);
    env.err = open_memstream(&err.at, &err.len);
    code = command(&env, argc, argv);
    fclose(env.out);
    fclose(env.err);
    if (code != 0)
        fail_msg("exit %d: %s", code, err.at);
    if (!strstr(out.at, want))
        fail_msg("no \"%s\" in \"%s\"", want, out.at);
    free(out.at);
    free(err.at);
    while (argc > 0)
        free(argv[--argc]);
}

/* The history, a feed after it, and another seed's, which has no id in common. */
static void taken_whole(void **state)
{
    static const struct {
        uint64_t seed;
        unsigned feed;
        const char *want;
    } parts[] = { { 1, 0, ": 2000 events added, 0 duplicates" },
                  { 1, 1, ": 1000 events added, 0 duplicates" },
                  { 1, 2, ": 1000 events added, 0 duplicates" },
                  { 2, 0, ": 2000 events added, 0 duplicates" } };
    char folder[FOLDER_PATH], ledger[FOLDER_PATH + 8], file[FOLDER_PATH + 8];

    (void)state;
    folder_make(folder);
    snprintf(ledger, sizeof(ledger), "%s/ledger", folder);
    snprintf(file, sizeof(file), "%s/file", folder);
    run(cmd_init, (const char *[]){ "init", "--ledger", ledger, NULL }, "");
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        struct text text = written(parts[i].seed, parts[i].feed);

        file_write(file, (struct bc_str){ text.at, text.len });
        free(text.at);
        run(cmd_import, (const char *[]){ "import", "jsonl", file, "--ledger", ledger, NULL },
            parts[i].want);
    }
    folder_remove(folder);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, bytes, NULL, NULL, &rows[n] };
    tests[n] = (struct CMUnitTest){ "an empty ledger takes all of it, and feeds after it",
                                    taken_whole, NULL, NULL, NULL };
    return cmocka_run_group_tests_name("bench/history", tests, NULL, NULL);
}
