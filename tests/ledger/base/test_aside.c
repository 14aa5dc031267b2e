/* What is made beside a file is new, under a random name: nothing that exists there is written to,
 * and what is put in its place replaces even a link. */
#include "ledger/base/aside.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* Chance, as the test has it: the same number so many times, then others. */
static int same_left;
static uint64_t next_random;

ssize_t getrandom(void *buffer, size_t length, unsigned flags)
{
    uint64_t number = same_left > 0 ? 0x0123456789abcdef : ++next_random;

    (void)flags;
    same_left--;
    assert_int_equal(length, sizeof(number));
    memcpy(buffer, &number, sizeof(number));
    return (ssize_t)length;
}

struct place {
    char folder[FOLDER_PATH], path[FOLDER_PATH + 16], foretold[FOLDER_PATH + 64],
        victim[FOLDER_PATH + 16];
    struct bc_aside aside;
    struct bc_err err;
};

static int setup(void **state)
{
    struct place *place = bc_calloc(1, sizeof(*place));

    folder_make(place->folder);
    (void)snprintf(place->path, sizeof(place->path), "%s/name", place->folder);
    (void)snprintf(place->victim, sizeof(place->victim), "%s/victim", place->folder);
    (void)snprintf(place->foretold, sizeof(place->foretold), "%s/.name-0123456789abcdef",
                   place->folder);
    file_write(place->victim, BC_STR("victim"));
    same_left = 0;
    *state = place;
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;

    folder_remove(place->folder);
    free(place);
    return 0;
}

static void check_text(const char *path, const char *want)
{
    struct bc_buf text = { 0 };
    struct stat status;

    assert_int_equal(lstat(path, &status), 0);
    assert_true(S_ISREG(status.st_mode));
    file_read(&text, path);
    assert_true(bc_str_eq(bc_buf_str(&text), bc_str_of(want)));
    bc_buf_release(&text);
}

static size_t names_in(const char *folder)
{
    struct dirent **names;
    int n = scandir(folder, &names, NULL, NULL);

    for (int i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return (size_t)n - 2;
}

static void write_new(struct place *place)
{
    check_ok(bc_aside_open(&place->aside, place->path, 0600, &place->err), &place->err);
    assert_int_equal(write(place->aside.fd, "new", 3), 3);
}

static void place_it(struct place *place)
{
    check_ok(bc_aside_place(&place->aside, &place->err), &place->err);
    bc_aside_close(&place->aside);
}

static void a_file_is_there_when_it_is_placed(void **state)
{
    struct place *place = *state;

    write_new(place);
    assert_int_equal(access(place->path, F_OK), -1);
    place_it(place);
    check_text(place->path, "new");
    assert_int_equal(names_in(place->folder), 2);
}

static void without_being_placed_nothing_is_left(void **state)
{
    struct place *place = *state;

    write_new(place);
    bc_aside_close(&place->aside);
    bc_aside_close(&place->aside); /* twice is fine */
    assert_int_equal(names_in(place->folder), 1);
}

/* A link at the very name that chance gives first: to a file, to nothing, and a file itself. */
static void what_lies_at_its_name_is_not_touched(void **state)
{
    struct place *place = *state;
    static const char *const to[] = { "victim", "nothing" };

    for (size_t i = 0; i < ARRAY_LEN(to); i++) {
        same_left = 3;
        assert_int_equal(symlink(to[i], place->foretold), 0);
        write_new(place);
        place_it(place);
        assert_true(same_left <= 0);
        check_text(place->path, "new");
        check_text(place->victim, "victim");
        assert_int_equal(names_in(place->folder), 3);
        assert_int_equal(unlink(place->foretold), 0);
    }
    same_left = 3;
    file_write(place->foretold, BC_STR("theirs"));
    write_new(place);
    place_it(place);
    check_text(place->foretold, "theirs");
}

static void where_every_name_is_taken_it_is_an_error(void **state)
{
    struct place *place = *state;
    char made[PATH_MAX];

    same_left = 1000;
    file_write(place->foretold, BC_STR("theirs"));
    assert_int_equal(bc_aside_open(&place->aside, place->path, 0600, &place->err), BC_E_IO);
    assert_int_equal(bc_aside_folder(made, place->path, 0700, &place->err), BC_E_IO);
    check_text(place->foretold, "theirs");
}

static void a_link_in_its_place_is_replaced(void **state)
{
    struct place *place = *state;

    assert_int_equal(symlink("victim", place->path), 0);
    write_new(place);
    place_it(place);
    check_text(place->path, "new");
    check_text(place->victim, "victim");
}

static void a_folder_is_new_and_empty(void **state)
{
    struct place *place = *state;
    char one[PATH_MAX], two[PATH_MAX];

    same_left = 2;
    assert_int_equal(symlink(".", place->foretold), 0);
    check_ok(bc_aside_folder(one, place->path, 0700, &place->err), &place->err);
    check_ok(bc_aside_folder(two, place->path, 0700, &place->err), &place->err);
    assert_string_not_equal(one, two);
    assert_string_not_equal(one, place->foretold);
    assert_int_equal(names_in(one), 0);
    assert_int_equal(names_in(two), 0);
}

static void a_relative_path_and_a_long_name_will_do(void **state)
{
    struct place *place = *state;
    char before[PATH_MAX], name[NAME_MAX + 1];

    memset(name, 'n', NAME_MAX);
    name[NAME_MAX] = '\0';
    assert_non_null(getcwd(before, sizeof(before)));
    assert_int_equal(chdir(place->folder), 0);
    (void)snprintf(place->path, sizeof(place->path), "plain");
    write_new(place);
    place_it(place);
    check_text("plain", "new");
    check_ok(bc_aside_open(&place->aside, name, 0600, &place->err), &place->err);
    assert_true(bc_aside_is_of(place->aside.name, name));
    place_it(place);
    assert_int_equal(access(name, F_OK), 0);
    assert_int_equal(chdir(before), 0);
}

static struct path_row {
    const char *name, *path;
} path_rows[] = {
    { "no name", "/tmp/" },
    { "no folder", "/nowhere/name" },
    { "a file for a folder", "/dev/null/name" },
    { "nothing", "" },
};

static void path_row(void **state)
{
    const struct path_row *row = *state;
    struct bc_aside aside;
    struct bc_err err = { 0 };

    assert_int_equal(bc_aside_open(&aside, row->path, 0600, &err), BC_E_IO);
    assert_non_null(strstr(err.message, "cannot write "));
    bc_aside_close(&aside);
}

static void its_names_are_known_again(void **state)
{
    (void)state;
    assert_true(bc_aside_is_of(".head-0123456789abcdef", "head"));
    assert_false(bc_aside_is_of(".head-0123456789abcdeg", "head"));
    assert_false(bc_aside_is_of(".head-0123456789abcdef0", "head"));
    assert_false(bc_aside_is_of(".head-", "head"));
    assert_false(bc_aside_is_of("head-0123456789abcdef", "head"));
    assert_false(bc_aside_is_of(".header-0123456789abcdef", "head"));
    assert_false(bc_aside_is_of(".he", "head"));
    assert_false(bc_aside_is_of("", "head"));
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test_setup_teardown(a_file_is_there_when_it_is_placed, setup, teardown),
        cmocka_unit_test_setup_teardown(without_being_placed_nothing_is_left, setup, teardown),
        cmocka_unit_test_setup_teardown(what_lies_at_its_name_is_not_touched, setup, teardown),
        cmocka_unit_test_setup_teardown(where_every_name_is_taken_it_is_an_error, setup, teardown),
        cmocka_unit_test_setup_teardown(a_link_in_its_place_is_replaced, setup, teardown),
        cmocka_unit_test_setup_teardown(a_folder_is_new_and_empty, setup, teardown),
        cmocka_unit_test_setup_teardown(a_relative_path_and_a_long_name_will_do, setup, teardown),
        cmocka_unit_test(its_names_are_known_again),
    };
    struct CMUnitTest tests[ARRAY_LEN(others) + ARRAY_LEN(path_rows)];
    size_t n = ARRAY_LEN(others);

    memcpy(tests, others, sizeof(others));
    for (size_t i = 0; i < ARRAY_LEN(path_rows); i++)
        tests[n++] = (struct CMUnitTest){ path_rows[i].name, path_row, NULL, NULL, &path_rows[i] };
    return cmocka_run_group_tests_name("ledger/base/aside", tests, NULL, NULL);
}
