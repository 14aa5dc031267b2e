/* ledger/base/ledger_dir: what lies in the folder of a ledger is known, by whatever path, and
 * nothing else is taken for it. */
#include "ledger/base/ledger_dir.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    char before[FOLDER_PATH], folder[FOLDER_PATH];
    struct bc_err err;
};

static void make_folder(const char *name)
{
    assert_int_equal(mkdir(name, 0700), 0);
}

/* Ledgers in each of their states, as far as their files tell, and folders that are none. */
static int setup(void **state)
{
    struct place *place = bc_calloc(1, sizeof(*place));

    assert_non_null(getcwd(place->before, sizeof(place->before)));
    folder_make(place->folder);
    assert_int_equal(chdir(place->folder), 0);
    make_folder("ledger");
    make_folder("ledger/db");
    file_write("ledger/format", BC_STR("backcast ledger 1\n"));
    make_folder("newer");
    file_write("newer/format", BC_STR("backcast ledger 12\n"));
    make_folder("unfinished");
    file_write("unfinished/making", BC_STR("backcast ledger 1\n"));
    make_folder("damaged");
    make_folder("damaged/db");
    file_write("damaged/db/IDENTITY", BC_STR("x"));
    file_write("damaged/head", BC_STR("x"));
    file_write("damaged/format", BC_STR("backc"));
    make_folder("other");
    make_folder("other/db");
    file_write("other/head", BC_STR("x"));
    file_write("other/format", BC_STR("backcast"));
    make_folder("empty");
    assert_int_equal(symlink("ledger/db", "link"), 0);
    assert_int_equal(symlink("ledger/head", "other/last"), 0);
    *state = place;
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;

    assert_int_equal(chdir(place->before), 0);
    folder_remove(place->folder);
    free(place);
    return 0;
}

static void what_lies_in_a_ledger_is_refused_by_whatever_path(void **state)
{
    static const struct row {
        const char *path;
        bool refused;
    } rows[] = {
        { "ledger/new", true },
        { "ledger/format", true },
        { "./empty/.././ledger//new", true },
        { "ledger/db/new", true },
        { "ledger/new/", true },
        { "link/new", true },
        { "link/../new", true },
        { "newer/new", true },
        { "unfinished/new", true },
        { "damaged/new", true },
        { "new", false },
        { "/new", false },
        { "ledger", false },
        { "ledger/", false },
        { "ledger.jsonl", false },
        { "ledger/../new", false },
        { "other/new", false },
        { "other/last", false }, /* the link is replaced */
        { "empty/new", false },
        { "none/new", false },
        { "", false },
    };
    struct place *place = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const bc_status rc = bc_ledger_dir_refuse(rows[i].path, &place->err);

        if (rc != (rows[i].refused ? BC_E_USAGE : BC_OK))
            fail_msg("\"%s\": %d", rows[i].path, (int)rc);
    }
}

static void a_name_alone_is_one_in_the_working_folder(void **state)
{
    struct place *place = *state;

    assert_int_equal(chdir("ledger/db"), 0);
    assert_int_equal(bc_ledger_dir_refuse("new", &place->err), BC_E_USAGE);
    assert_int_equal(bc_ledger_dir_refuse("../new", &place->err), BC_E_USAGE);
    assert_int_equal(bc_ledger_dir_refuse("../../new", &place->err), BC_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_lies_in_a_ledger_is_refused_by_whatever_path, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_name_alone_is_one_in_the_working_folder, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
