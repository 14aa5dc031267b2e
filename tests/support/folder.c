#include "tests/support/folder.h"

#include "tests/support/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <ftw.h>

void folder_make(char out[FOLDER_PATH])
{
    const char *base = getenv("TMPDIR");

    assert_true(snprintf(out, FOLDER_PATH, "%s/backcast-XXXXXX", base ? base : "/tmp") <
                FOLDER_PATH);
    assert_non_null(mkdtemp(out));
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void folder_remove(const char *path)
{
    (void)nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void folder_copy(const char *from, const char *to)
{
    struct dirent **names;
    int n = scandir(from, &names, NULL, NULL);

    assert_true(n >= 0);
    assert_int_equal(mkdir(to, 0777), 0);
    for (int i = 0; i < n; i++) {
        char source[FOLDER_PATH + 300], target[FOLDER_PATH + 300];
        struct bc_buf bytes = { 0 };
        struct stat info;

        (void)snprintf(source, sizeof(source), "%s/%s", from, names[i]->d_name);
        (void)snprintf(target, sizeof(target), "%s/%s", to, names[i]->d_name);
        assert_int_equal(stat(source, &info), 0);
        if (S_ISREG(info.st_mode)) {
            file_read(&bytes, source);
            file_write(target, bc_buf_str(&bytes));
        } else if (names[i]->d_name[0] != '.') {
            folder_copy(source, target);
        }
        bc_buf_release(&bytes);
        free(names[i]);
    }
    free(names);
}

void file_read(struct bc_buf *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t n;

    if (!file)
        fail_msg("cannot read %s", path);
    while ((n = fread(bc_buf_room(out, 65536), 1, 65536, file)) > 0)
        out->len += n;
    (void)fclose(file);
}

void file_write(const char *path, struct bc_str bytes)
{
    FILE *file = fopen(path, "wb");

    if (!file)
        fail_msg("cannot write %s", path);
    if (bytes.len)
        assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

int folder_place_begin(void **state)
{
    struct folder_place *place = bc_calloc(1, sizeof(*place));

    folder_make(place->folder);
    (void)snprintf(place->dir, sizeof(place->dir), "%s/ledger", place->folder);
    *state = place;
    return 0;
}

int folder_place_end(void **state)
{
    struct folder_place *place = *state;

    folder_remove(place->folder);
    free(place);
    return 0;
}
