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

struct bc_buf file_read(const char *from)
{
    struct bc_buf text = { 0 };
    FILE *file = fopen(from, "rb");
    size_t n = 1;

    if (!file)
        fail_msg("cannot open %s", from);
    while (n > 0) {
        n = fread(bc_buf_room(&text, 65536), 1, 65536, file);
        text.len += n;
    }
    fclose(file);
    bc_buf_add_byte(&text, '\0');
    return text;
}

void file_write(const char *to, struct bc_str text)
{
    FILE *file = fopen(to, "wb");

    if (!file)
        fail_msg("cannot write %s", to);
    assert_int_equal(fwrite(text.at, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}
