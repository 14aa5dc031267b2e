/* bc_sample [SEED]: prints the sample, the shipped one unless another seed is given. */
#include "tests/sample/generate.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    struct bc_buf out = { 0 };
    char *end = NULL;
    uint64_t seed = argc > 1 ? strtoull(argv[1], &end, 10) : SAMPLE_SEED;
    bool written;

    if (argc > 2 || (end && (end == argv[1] || *end))) {
        fprintf(stderr, "usage: bc_sample [SEED]\n");
        return 2;
    }
    sample_generate(&out, seed);
    written = fwrite(out.at, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    bc_buf_release(&out);
    if (!written)
        perror("bc_sample");
    return written ? 0 : 4;
}
