#include "tests/support/file.h"

#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[256];

const char *file_make(struct bc_str bytes)
{
    const char *folder = getenv("TMPDIR");
    FILE *file;
    int fd;

    (void)snprintf(path, sizeof(path), "%s/backcast-test-XXXXXX", folder ? folder : "/tmp");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    file = fdopen(fd, "wb");
    assert_non_null(file);
    if (bytes.len)
        assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    return path;
}

void file_remove(void)
{
    assert_int_equal(unlink(path), 0);
}
