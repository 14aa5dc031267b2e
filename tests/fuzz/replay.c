/* tests/fuzz/replay.c - a target over its corpus: each file as it is, and some hundred others much
 * like it, always the same ones for a seed.
 *
 *     replay FOLDER    every file in it, every seed made by the target, and mutations of each
 *     replay FILE      that one, as it is: to see again what a fuzzer found
 *
 * Where something does not hold, the input is left in a file, and its name is said. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate.h"
#include "tests/support/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MUTATIONS = 200, SEED = 1 };

/* Called by AddressSanitizer, so that what it finds ends in `on_abort` too. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "abort_on_error=1";
}

static struct {
    char name[512]; /* of the seed under way */
    unsigned nth;   /* its mutation; 0: as it is */
    struct bc_str input;
    char left_at[512], words[1600];
} now;

/* Only what a signal handler may do. */
static void on_abort(int sig)
{
    int fd = open(now.left_at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    ssize_t done = 0;

    signal(sig, SIG_DFL);
    if (fd >= 0 && now.input.len)
        done = write(fd, now.input.at, now.input.len);
    if (fd >= 0 && done == (ssize_t)now.input.len)
        done = write(STDERR_FILENO, now.words, strlen(now.words));
    raise(sig);
}

/* From a copy that ends where the input ends, so that a read beyond it is noticed. */
static void run(struct bc_str input, unsigned nth)
{
    char *copy = bc_malloc(input.len);

    if (input.len)
        memcpy(copy, input.at, input.len);
    now.nth = nth;
    now.input = (struct bc_str){ copy, input.len };
    (void)snprintf(now.words, sizeof(now.words),
                   "%s, mutation %u of seed %d: see it again by %s %s\n", now.name, nth, SEED,
                   program_invocation_name, now.left_at);
    (void)fuzz_one((const uint8_t *)copy, input.len);
    now.input = (struct bc_str){ 0 };
    free(copy);
}

struct seed {
    char *name;
    struct bc_buf bytes;
};

struct seeds {
    struct seed *at;
    size_t n, cap;
};

static void add(struct seeds *seeds, const char *name, struct bc_buf bytes)
{
    BC_GROW(seeds->at, seeds->n, seeds->cap);
    seeds->at[seeds->n++] = (struct seed){ bc_strdup(bc_str_of(name)), bytes };
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct seed *)a)->name, ((const struct seed *)b)->name);
}

static void gather(struct seeds *seeds, const char *folder)
{
    DIR *dir = opendir(folder);
    struct bc_buf bytes = { 0 };
    char name[512];

    FUZZ_MUST(dir, "%s is no folder", folder);
    for (const struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(name, sizeof(name), "%s/%s", folder, entry->d_name);
        file_read(&bytes, name);
        add(seeds, name, bytes);
        bytes = (struct bc_buf){ 0 };
    }
    closedir(dir);
    for (size_t i = 0; fuzz_made(&bytes, i); i++) {
        (void)snprintf(name, sizeof(name), "made seed %zu", i);
        add(seeds, name, bytes);
        bytes = (struct bc_buf){ 0 };
    }
    FUZZ_MUST(seeds->n > 0, "%s is empty", folder);
    qsort(seeds->at, seeds->n, sizeof(*seeds->at), by_name);
    bc_buf_release(&bytes);
}

static void replay(const struct seeds *seeds, size_t i)
{
    struct bc_str bytes = bc_buf_str(&seeds->at[i].bytes);
    uint64_t random = SEED + i;
    struct bc_buf other = { 0 };

    (void)snprintf(now.name, sizeof(now.name), "%s", seeds->at[i].name);
    run(bytes, 0);
    for (unsigned nth = 1; nth <= MUTATIONS; nth++) {
        const struct seed *lender = &seeds->at[(i + nth) % seeds->n];

        other.len = 0;
        bc_buf_add_str(&other, bytes);
        mutate(&other, bc_buf_str(&lender->bytes), &random);
        run(bc_buf_str(&other), nth);
    }
    bc_buf_release(&other);
}

static void replay_folder(const char *folder)
{
    struct seeds seeds = { 0 };

    gather(&seeds, folder);
    for (size_t i = 0; i < seeds.n; i++)
        replay(&seeds, i);
    printf("%zu seeds, %d mutations of each by seed %d\n", seeds.n, MUTATIONS, SEED);
    for (size_t i = 0; i < seeds.n; i++) {
        free(seeds.at[i].name);
        bc_buf_release(&seeds.at[i].bytes);
    }
    free(seeds.at);
}

static void replay_file(const char *path)
{
    struct bc_buf bytes = { 0 };

    file_read(&bytes, path);
    (void)snprintf(now.name, sizeof(now.name), "%s", path);
    run(bc_buf_str(&bytes), 0);
    bc_buf_release(&bytes);
}

int main(int argc, char **argv)
{
    struct stat status;

    if (argc != 2 || stat(argv[1], &status) != 0) {
        fprintf(stderr, "usage: %s FOLDER|FILE\n", argv[0]);
        return 2;
    }
    (void)snprintf(now.left_at, sizeof(now.left_at), "%s.found", argv[0]);
    signal(SIGABRT, on_abort);
    fuzz_begin();
    if (S_ISDIR(status.st_mode))
        replay_folder(argv[1]);
    else
        replay_file(argv[1]);
    return 0;
}
