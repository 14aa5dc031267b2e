/* tests/fuzz/engine.c - a target under libFuzzer. */
#include "tests/fuzz/fuzz.h"

#include <sys/stat.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void write_made(const char *folder)
{
    struct bc_buf seed = { 0 };
    char path[512];

    for (size_t i = 0; fuzz_made(&seed, i); i++) {
        FILE *file;

        (void)snprintf(path, sizeof(path), "%s/made-%zu", folder, i);
        file = fopen(path, "wbe");
        FUZZ_MUST(file && fwrite(seed.at, 1, seed.len, file) == seed.len && fclose(file) == 0,
                  "%s cannot be written", path);
        seed.len = 0;
    }
    bc_buf_release(&seed);
}

/* The first folder named is the corpus that grows. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct stat status;

    fuzz_begin();
    for (int i = 1; i < *argc; i++) {
        if ((*argv)[i][0] == '-' || stat((*argv)[i], &status) != 0 || !S_ISDIR(status.st_mode))
            continue;
        write_made((*argv)[i]);
        break;
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    return fuzz_one(data, len);
}
