#include "tests/support/event_log.h"

#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <stdio.h>

static char folder[FOLDER_PATH];

int event_log_begin(void **state)
{
    (void)state;
    folder_make(folder);
    return 0;
}

int event_log_end(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

void event_log_read(struct bc_buf *out, event_log_print *print, const char *map, struct bc_str log)
{
    char map_path[FOLDER_PATH + 8], log_path[FOLDER_PATH + 8], *at;

    (void)snprintf(map_path, sizeof(map_path), "%s/map", folder);
    (void)snprintf(log_path, sizeof(log_path), "%s/log", folder);
    file_write(map_path, bc_str_of(map));
    file_write(log_path, log);
    print(out, log_path, map_path, false);
    while ((at = strstr(out->at, folder)))
        memmove(at, at + strlen(folder), strlen(at + strlen(folder)) + 1);
}

void event_log_check(event_log_print *print, const char *map, struct bc_str log, const char *want)
{
    struct bc_buf got = { 0 };

    event_log_read(&got, print, map, log);
    assert_string_equal(got.at, want);
    bc_buf_release(&got);
}

struct bc_buf event_log_repeated(const char *begin, const char *text, size_t n, const char *end)
{
    struct bc_buf out = { 0 };

    bc_buf_add_str(&out, bc_str_of(begin));
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(&out, bc_str_of(text));
    bc_buf_add_str(&out, bc_str_of(end));
    return out;
}
