/* tools/config: what wins over what, where each setting is from, and what a file may not say. */
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tools/config/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char folder[FOLDER_PATH];

static int make_folder(void **state)
{
    (void)state;
    folder_make(folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

/* `%` is the scratch folder: the user's own file is in %/home/.config/backcast, a ledger in %/l. */
static struct row {
    const char *name, *user, *ledger; /* NULL: there is no such file */
    const char *option, *env, *pager; /* of the ledger; of the pager */
    const char *shared;
    const char *want; /* settings that hold, or the error */
    bool no_files;
} rows[] = {
    { "nobody says anything", .want = "" },
    { "the user's own file", .user = "rules: R1\nslice: all\n",
      .want = "rules R1 USER:1; slice all USER:2; " },
    { "an empty file says nothing", .user = "\n# rules: R1\n  # more\n", .want = "" },
    { "a ledger from the file's folder", .user = "ledger: ../../../l\n",
      .want = "ledger %/home/.config/backcast/../../../l USER:1; " },
    { "a ledger in the user's folder", .user = "ledger: ~/sales\n",
      .want = "ledger %/home/sales USER:1; " },
    { "a ledger anywhere", .user = "ledger: /srv/sales\n", .want = "ledger /srv/sales USER:1; " },
    { "the environment wins over it", .user = "ledger: /srv/sales\npager: more\n",
      .env = "/srv/env", .pager = "cat",
      .want = "ledger /srv/env $BACKCAST_LEDGER; pager cat $BACKCAST_PAGER; " },
    { "an option wins over that", .user = "ledger: /srv/sales\n", .env = "/srv/env",
      .option = "/srv/option", .want = "ledger /srv/option --ledger; " },
    { "an empty variable is none", .user = "ledger: /srv/sales\n", .env = "",
      .want = "ledger /srv/sales USER:1; " },
    { "an empty pager is none at all", .user = "pager: more\n", .pager = "",
      .want = "pager  $BACKCAST_PAGER; " },
    { "the ledger's file wins over the user's", .user = "rules: R1\nslice: all\n",
      .ledger = "# of ours\nslice: new\n", .option = "%/l",
      .want = "ledger %/l --ledger; rules R1 USER:1; slice new LEDGER:2; " },
    { "that of another ledger is not read", .ledger = "slice: new\n", .option = "%/other",
      .want = "ledger %/other --ledger; " },
    { "it is that of the ledger that the user's file names", .user = "ledger: ../../../l\n",
      .ledger = "slice: new\n",
      .want = "ledger %/home/.config/backcast/../../../l USER:1; "
              "slice new %/home/.config/backcast/../../../l/backcast.yaml:1; " },
    { "columns", .user = "columns: 100\n", .want = "columns 100 USER:1; " },
    { "a zone", .user = "zone: Europe/Berlin\n", .want = "zone Europe/Berlin USER:1; " },
    { "the ledger's is the nearer one", .user = "zone: UTC\n", .ledger = "zone: Asia/Tokyo\n",
      .option = "%/l", .want = "ledger %/l --ledger; zone Asia/Tokyo LEDGER:1; " },
    { "all of them", .user = "columns: all\n", .want = "columns all USER:1; " },
    { "people of both, the ledger's first", .user = "people:\n  u1: Ada\n  u3: Cy\n",
      .ledger = "people: {u1: Eve, u2: Bob}\n", .option = "%/l",
      .want = "ledger %/l --ledger; people 3 LEDGER:1; u1 is Eve; u2 is Bob; u3 is Cy; " },
    { "appends are shared", .user = "shared: yes\n", .want = "shared yes USER:1; " },
    { "or not", .user = "shared: yes\n", .shared = "no", .want = "shared no $BACKCAST_SHARED; " },
    { "nobody yet", .user = "people:\n", .want = "" },

    { "without files", .user = "slice: new\n", .ledger = "slice: all\n", .option = "%/l",
      .no_files = true, .want = "ledger %/l --ledger; " },

    { "an unknown key", .user = "rules: R1\nslce: new\n",
      .want = "USER:2:1: \"slce\" is no key of the settings, did you mean \"slice\"?" },
    { "no map", .user = "- rules\n",
      .want = "USER:1:1: the settings: expected a map, of \"key: value\" lines" },
    { "no YAML", .user = "rules: [R1\n",
      .want = "USER:2:1: this cannot be read as YAML: flow sequence without a closing bracket" },
    { "no zone", .user = "zone: Nowhere/Else\n",
      .want = "USER:1:7: the time zone \"Nowhere/Else\" is not known here, expected an IANA name "
              "such as Europe/Berlin" },
    { "several rules", .user = "rules: R1,R2\n",
      .want = "USER:1:8: expected one set of rules, not several" },
    { "too few columns", .user = "columns: 3\n",
      .want = "USER:1:10: \"3\", expected a whole number from 20 to 10000" },
    { "a ledger's file runs nothing", .ledger = "slice: new\npager: rm -rf ~\n", .option = "%/l",
      .want = "LEDGER:2:1: a ledger may come from anybody, so its file names no command that would "
              "be run; write `pager` into your own file (`backcast config` says where)" },
    { "nor names another ledger", .ledger = "ledger: /srv/sales\n", .option = "%/l",
      .want = "LEDGER:1:1: this file is in a ledger's folder, so it names no other; write `ledger` "
              "into your own file" },
    { "nor reaches other machines", .ledger = "shared: yes\n", .option = "%/l",
      .want = "LEDGER:1:1: a ledger may come from anybody, so its file has this machine reach no "
              "other; write `shared` into your own file, or set BACKCAST_SHARED" },
    { "a word that is none", .user = "shared: perhaps\n", .want = "USER:1:9: expected yes or no" },
    { "nor in the environment", .shared = "perhaps",
      .want = ": BACKCAST_SHARED 'perhaps', expected yes or no" },
    { "nor a file", .ledger = "rules: ../../etc/passwd\n", .option = "%/l",
      .want = "LEDGER:1:8: a ledger may come from anybody, so its file names no other file; "
              "expected latest, as-then, default or a published version" },
};

static void put(const char *path, const char *text)
{
    char whole[FOLDER_PATH + 64];

    snprintf(whole, sizeof(whole), "%s/%s", folder, path);
    (void)remove(whole);
    if (text)
        file_write(whole, bc_str_of(text));
}

/* With the scratch folder for each %, or NULL. */
static char *filled(const char *text)
{
    struct bc_buf out = { 0 };

    if (!text)
        return NULL;
    for (; *text; text++)
        bc_buf_add_str(&out, *text == '%' ? bc_str_of(folder) : (struct bc_str){ text, 1 });
    bc_buf_add_byte(&out, '\0');
    return out.at;
}

/* USER and LEDGER for the paths of the two files. */
static void add_place(struct bc_buf *out, const struct config *config, const char *place)
{
    const char *const paths[] = { config->user.path, config->ledger.path };
    static const char *const words[] = { "USER", "LEDGER" };

    for (size_t i = 0; i < 2; i++) {
        const size_t len = paths[i] ? strlen(paths[i]) : 0;

        if (len && strncmp(place, paths[i], len) == 0 && !strstr(place, "/../")) {
            bc_buf_printf(out, "%s%s", words[i], place + len);
            return;
        }
    }
    bc_buf_add_str(out, bc_str_of(place));
}

static void tell(struct bc_buf *out, const struct config *config)
{
    for (size_t i = 0; i < CONFIG_N; i++) {
        if (!config->settings[i].value)
            continue;
        bc_buf_printf(out, "%s %s ", config_keys[i], config->settings[i].value);
        add_place(out, config, config->settings[i].from);
        bc_buf_add_str(out, BC_STR("; "));
    }
    for (size_t i = 0; i < config->people_n; i++)
        bc_buf_printf(out, "%.*s is %.*s; ", BC_STR_ARG(config->people[i].id),
                      BC_STR_ARG(config->people[i].name));
}

static void make_folders(void)
{
    static const char *const names[] = { "home", "home/.config", "home/.config/backcast", "l" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char path[FOLDER_PATH + 64];

        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        (void)mkdir(path, 0700);
    }
}

static void config_row(void **state)
{
    const struct row *row = *state;
    char *home = filled("%/home"), *option = filled(row->option), *want = filled(row->want);
    const struct config_given given = { .ledger_option = option,
                                        .ledger_env = row->env,
                                        .pager_env = row->pager,
                                        .shared_env = row->shared,
                                        .xdg_config_home = "not/absolute",
                                        .home = home,
                                        .no_files = row->no_files };
    struct config config = { 0 };
    struct bc_buf got = { 0 };
    struct bc_err err = { 0 };
    bc_status rc;

    make_folders();
    put("home/.config/backcast/backcast.yaml", row->user);
    put("l/backcast.yaml", row->ledger);
    rc = config_read(&config, &given, &err);
    if (rc < 0) {
        assert_int_equal(rc, row->shared ? BC_E_USAGE : BC_E_INPUT);
        add_place(&got, &config, err.context);
        bc_buf_printf(&got, ": %s", err.message);
    } else {
        tell(&got, &config);
    }
    bc_buf_add_byte(&got, '\0');
    assert_string_equal(got.at, want);
    bc_buf_release(&got);
    config_release(&config);
    free(home);
    free(option);
    free(want);
}

static void what_is_no_file_is_not_waited_for(void **state)
{
    const struct config_given given = { .ledger_option = folder };
    char path[FOLDER_PATH + 64];
    struct config config = { 0 };
    struct bc_err err = { 0 };

    (void)state;
    snprintf(path, sizeof(path), "%s/backcast.yaml", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(config_read(&config, &given, &err), BC_E_IO);
    assert_non_null(strstr(err.message, "it is no file"));
    config_release(&config);
    assert_int_equal(remove(path), 0);
}

static void the_folder_of_settings_is_where_the_environment_says(void **state)
{
    struct config_given given = { .xdg_config_home = "/x", .home = "/h" };
    struct config config = { 0 };
    struct bc_err err = { 0 };

    (void)state;
    check_ok(config_read(&config, &given, &err), &err);
    assert_string_equal(config.user.path, "/x/backcast/backcast.yaml");
    assert_false(config.user.there);
    config_release(&config);
    given.xdg_config_home = "";
    check_ok(config_read(&config, &given, &err), &err);
    assert_string_equal(config.user.path, "/h/.config/backcast/backcast.yaml");
    config_release(&config);
    given.home = NULL;
    check_ok(config_read(&config, &given, &err), &err);
    assert_null(config.user.path);
    config_release(&config);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 2] = {
        cmocka_unit_test(what_is_no_file_is_not_waited_for),
        cmocka_unit_test(the_folder_of_settings_is_where_the_environment_says),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 2] = (struct CMUnitTest){ rows[i].name, config_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/config/config", tests, make_folder, remove_folder);
}
