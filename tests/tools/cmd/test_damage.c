/* A byte changed anywhere in a ledger's files is found, or it changes no answer: never another
 * number without a word.
 *
 * Each byte of the small files and a sample of the large ones is changed in turn, and a process of
 * its own, which a crash cannot hide in, asks. BC_SEED chooses another sample, BC_FLIPS how many
 * bytes of each large file (0: all of them, which takes hours). */
#include "ledger/base/mem.h"
#include "tests/support/check.h"
#include "tests/support/command.h"
#include "tests/support/folder.h"
#include "tests/support/history.h"
#include "tools/cli/cmd.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAMPLE BC_SOURCE_DIR "/tests/sample/sample.jsonl"

enum { SMALL_FILE = 200, FLIPS = 4, EVENTS = 700, ARGS_MOST = 8 };

static char folder[FOLDER_PATH], ledger[FOLDER_PATH + 16];

/* The questions; verify first. */
static const struct question {
    cmd_fn *run;
    const char *argv[ARGS_MOST];
} questions[] = {
    { cmd_verify, { "verify", NULL } },
    { cmd_head, { "head", "export", NULL } },
    { cmd_metrics, { "metrics", "--as-of", "2024-09-30", "--json", NULL } },
    { cmd_metrics,
      { "metrics", "--as-of", "2024-09-30", "--known-at", "2024-07-31", "--json", NULL } },
    { cmd_history, { "history", "058-quincecombe", "--json", NULL } },
    { cmd_evidence, { "evidence", "058-quincecombe", NULL } },
    { cmd_export, { "export", "jsonl", NULL } },
};

struct answer {
    int code;
    char *out, *err;
};
static struct answer sound[ARRAY_LEN(questions)];

static struct answer ask(cmd_fn *run, const char *const argv[])
{
    const struct cmd_env env = { .now_us = INT64_C(1730000000000000),
                                 .rehearsed = true,
                                 .ledger_dir = ledger };
    struct answer answer;

    answer.code = command_run(&env, run, argv, &answer.out, &answer.err);
    return answer;
}

/* The first events of the sample, in a few files: one append is large enough to be seen in tables,
 * the last is still in the journal. */
static int make_ledger(void)
{
    static const char *const init[] = { "init", NULL };
    char part[FOLDER_PATH + 32];
    FILE *sample = fopen(SAMPLE, "re");
    char *line = NULL;
    size_t cap = 0, n = 0;
    int code = ask(cmd_init, init).code;

    for (int i = 0; sample && i < 3 && code == 0; i++) {
        const char *const import[] = { "import", "jsonl", "--keep-recorded-at", part, NULL };
        FILE *file;

        (void)snprintf(part, sizeof(part), "%s/part%d.jsonl", folder, i);
        file = fopen(part, "we");
        for (size_t last = n + EVENTS / 3; file && n < last && getline(&line, &cap, sample) > 0;
             n++)
            fputs(line, file);
        if (!file || fclose(file) != 0)
            return 1;
        code = ask(cmd_import, import).code;
    }
    free(line);
    return !sample || fclose(sample) != 0 || n < EVENTS - 3 ? 1 : code;
}

/* In a process of its own, since the database leaves threads behind. */
static int in_child(int (*run)(void))
{
    int status;
    pid_t child;

    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(run());
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void answer_path(char out[FOLDER_PATH + 32], size_t i)
{
    (void)snprintf(out, FOLDER_PATH + 32, "%s/answer%zu", folder, i);
}

static int write_answers(void)
{
    char path[FOLDER_PATH + 32];
    int code = 0;

    for (size_t i = 0; i < ARRAY_LEN(questions) && code == 0; i++) {
        struct answer answer = ask(questions[i].run, questions[i].argv);

        if (answer.code != 0)
            fprintf(stderr, "%s: %s", questions[i].argv[0], answer.err);
        answer_path(path, i);
        file_write(path, bc_str_of(answer.out));
        code = answer.code;
    }
    return code;
}

static int setup(void **state)
{
    char path[FOLDER_PATH + 32];

    (void)state;
    folder_make(folder);
    (void)snprintf(ledger, sizeof(ledger), "%s/ledger", folder);
    if (in_child(make_ledger) != 0 || in_child(write_answers) != 0)
        return -1;
    for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
        struct bc_buf text = { 0 };

        answer_path(path, i);
        file_read(&text, path);
        bc_buf_add_byte(&text, '\0');
        sound[i].out = text.at;
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(questions); i++)
        free(sound[i].out);
    folder_remove(folder);
    return 0;
}

/* A refusal is one that names damage, an invalid format or a newer one, and says so. */
static bool is_refusal(const struct answer *answer)
{
    return (answer->code == 3 || answer->code == 5 || answer->code == 7) &&
           strncmp(answer->err, "backcast: ", 10) == 0 && strchr(answer->err, '\n');
}

/* In the child. */
static int check_answers(void)
{
    bool verified = false;

    for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
        struct answer answer = ask(questions[i].run, questions[i].argv);
        bool same = answer.code == 0 && strcmp(answer.out, sound[i].out) == 0;

        if (i == 0)
            verified = answer.code == 0;
        if (!same && (verified || !is_refusal(&answer))) {
            fprintf(stderr, "%s ended with %d%s: %s", questions[i].argv[0], answer.code,
                    verified ? ", though verified" : "", answer.err);
            return 1;
        }
        free(answer.out);
        free(answer.err);
    }
    return verified ? 0 : 2;
}

struct tally {
    size_t flips, found, harmless;
};

static uint8_t change_byte(const char *path, off_t at, uint8_t mask)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    uint8_t byte;

    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &byte, 1, at), 1);
    byte ^= mask;
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    assert_int_equal(close(fd), 0);
    return byte;
}

static void flip(const char *path, size_t at, uint8_t mask, struct tally *tally)
{
    int code;

    change_byte(path, (off_t)at, mask);
    code = in_child(check_answers);
    change_byte(path, (off_t)at, mask);
    if (code != 0 && code != 2)
        fail_msg("%s, byte %zu ^ 0x%02x: ended with %d", path, at, mask, code);
    tally->flips++;
    tally->found += code == 2;
    tally->harmless += code == 0;
}

static void flip_file(const char *path, uint64_t *random)
{
    const char *asked = getenv("BC_FLIPS");
    size_t most = asked ? strtoul(asked, NULL, 10) : FLIPS, len;
    struct tally tally = { 0 };
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    len = (size_t)info.st_size;
    if (len <= SMALL_FILE || most == 0 || most >= len) {
        for (size_t at = 0; at < len; at++)
            flip(path, at, (uint8_t)(1U << history_random(random, 8)), &tally);
    } else {
        for (size_t i = 0; i < most; i++)
            flip(path, history_random(random, len), (uint8_t)(1 + history_random(random, 255)),
                 &tally);
    }
    print_message("%s: %zu bytes, %zu changed, %zu found, %zu without effect\n",
                  path + strlen(folder) + 1, len, tally.flips, tally.found, tally.harmless);
}

static void each_file_in(const char *dir, void (*visit)(const char *path, uint64_t *random),
                         uint64_t *random)
{
    struct dirent **names;
    int n = scandir(dir, &names, NULL, alphasort);

    assert_true(n >= 0);
    for (int i = 0; i < n; i++) {
        char path[FOLDER_PATH + 300];
        struct stat info;

        (void)snprintf(path, sizeof(path), "%s/%s", dir, names[i]->d_name);
        assert_int_equal(stat(path, &info), 0);
        if (S_ISREG(info.st_mode))
            visit(path, random);
        else if (names[i]->d_name[0] != '.')
            each_file_in(path, visit, random);
        free(names[i]);
    }
    free(names);
}

static void a_changed_byte_is_found_or_changes_no_answer(void **state)
{
    const char *asked = getenv("BC_SEED");
    uint64_t seed = asked ? strtoull(asked, NULL, 10) : 1, random = seed;

    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    each_file_in(ledger, flip_file, &random);
}

static void cut_file(const char *path, uint64_t *random)
{
    struct bc_buf bytes = { 0 };
    int code;

    file_read(&bytes, path);
    for (int i = 0; i < 3 && bytes.len > 0; i++) {
        size_t len = i == 0 ? 0 : i == 1 ? bytes.len - 1 : history_random(random, bytes.len);

        assert_int_equal(truncate(path, (off_t)len), 0);
        code = in_child(check_answers);
        file_write(path, bc_buf_str(&bytes));
        if (code != 0 && code != 2)
            fail_msg("%s cut to %zu: ended with %d", path, len, code);
    }
    bc_buf_release(&bytes);
}

static void a_file_cut_short_is_found_or_changes_no_answer(void **state)
{
    uint64_t random = 1;

    (void)state;
    each_file_in(ledger, cut_file, &random);
}

static void hide_file(const char *path, uint64_t *random)
{
    char hidden[FOLDER_PATH + 32];
    int code;

    (void)random;
    (void)snprintf(hidden, sizeof(hidden), "%s/hidden", folder);
    assert_int_equal(rename(path, hidden), 0);
    code = in_child(check_answers);
    assert_int_equal(rename(hidden, path), 0);
    if (code != 0 && code != 2)
        fail_msg("%s gone: ended with %d", path, code);
}

static void a_file_that_is_gone_is_found_or_changes_no_answer(void **state)
{
    (void)state;
    each_file_in(ledger, hide_file, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_byte_is_found_or_changes_no_answer),
        cmocka_unit_test(a_file_cut_short_is_found_or_changes_no_answer),
        cmocka_unit_test(a_file_that_is_gone_is_found_or_changes_no_answer),
    };

    return cmocka_run_group_tests_name("tools/cmd/damage", tests, setup, teardown);
}
