/* on-terminal COLUMNS COMMAND... - runs it on a terminal of that width, prints what stands there,
 * and ends with its exit code. For the golden cases, whose own output is a file. */
#include "tests/support/screen.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    struct screen screen = { .rows = 24 };
    struct bc_buf out = { 0 };
    int code;

    if (argc < 3)
        return 2;
    screen.columns = (unsigned short)strtoul(argv[1], NULL, 10);
    code = screen_run(&screen, argv + 2, &out);
    (void)fwrite(out.at, 1, out.len, stdout);
    bc_buf_release(&out);
    return code < 0 ? 128 : code;
}
