/* tools/cmd/config.c - the settings that hold, and where each is from. */
#include "tools/config/config.h"

#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/config_check.h"
#include "tools/cmd/pages.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

/* Options, the environment and paths are bytes, which JSON has no place for. */
static void text_cell(struct row *row, const char *key, const char *text)
{
    const struct bc_str given = bc_str_of(text);

    if (bc_str_utf8_fault(given) == given.len) {
        row_said(row, key, given);
        return;
    }
    text_escape(row_make(row), given);
    row_made(row, key);
}

static void fill_setting(struct row *row, const void *source, size_t i)
{
    const struct config_setting *setting = &((const struct config *)source)->settings[i];

    row_word(row, "setting", config_keys[i]);
    text_cell(row, "value", setting->value);
    text_cell(row, "from", setting->from);
}

static void fill_person(struct row *row, const void *source, size_t i)
{
    const struct names_person *person = &((const struct config *)source)->people[i];

    row_text(row, "id", person->id);
    row_text(row, "name", person->name);
}

/* The ledger's file first, since it wins. */
static void fill_file(struct row *row, const void *source, size_t i)
{
    const struct config *config = source;
    const struct config_file *file =
        i == 0 && config->ledger.path ? &config->ledger : &config->user;

    text_cell(row, "file", file->path);
    row_bool(row, "there", file->there);
    if (row_for_people(row))
        row_word(row, "state", file->there ? "read" : "not there");
}

static struct rows files_of(const struct config *config)
{
    return rows_of(fill_file, config,
                   (size_t)(config->ledger.path != NULL) + (config->user.path != NULL));
}

static struct rows settings_of(const struct config *config)
{
    return rows_of(fill_setting, config, CONFIG_N);
}

static struct rows people_of(const struct config *config)
{
    return rows_of(fill_person, config, config->people_n);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct config *config = source;

    (void)i;
    row_rows(row, "files", files_of(config));
    row_rows(row, "settings", settings_of(config));
    row_rows(row, "people", people_of(config));
}

static void print(const struct cmd_env *env, const struct config *config)
{
    static const struct column settings[] = {
        { "SETTING", "setting", .dash = false },
        { "VALUE", "value", .fit = COLUMN_MIDDLE },
        { "FROM", "from", .fit = COLUMN_MIDDLE },
    };
    static const struct column people[] = {
        { "ID", "id", .fit = COLUMN_MIDDLE },
        { "IS", "name", .fit = COLUMN_END },
    };
    static const struct column files[] = {
        { "FILE", "file", .fit = COLUMN_MIDDLE },
        { "STATE", "state", .dash = false },
    };

    print_table_of(env, COLUMNS_OF(settings), settings_of(config));
    if (config->people_n) {
        fputc('\n', env->out);
        print_table_of(env, COLUMNS_OF(people), people_of(config));
    }
    if (files_of(config).n) {
        fputc('\n', env->out);
        print_table_of(env, COLUMNS_OF(files), files_of(config));
    }
}

static int show(const struct cmd_env *env, int argc, char **argv)
{
    static const struct config none = { 0 };
    const struct config *config = env->config ? env->config : &none;
    const char *dir = NULL;
    bool json = false;
    const struct opt opts[] = { OPT_LEDGER(&dir), OPT_JSON(&json), { 0 } };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast config"), env, argc, argv, &err);

    if (rc == BC_OK && json)
        print_json_of(env, fill, config);
    else if (rc == BC_OK)
        print(env, config);
    return cmd_exit(env, rc, &err);
}

int cmd_config(const struct cmd_env *env, int argc, char **argv)
{
    static const struct cmd commands[] = { { "check", config_check }, { 0 } };
    static const struct cmd_group group = { "backcast config", commands, cmd_pages };

    if (env->complete && argc == 2)
        cmd_candidates(env->complete, &group);
    if (argc > 1 && strcmp(argv[1], "check") == 0)
        return config_check(env, argc - 1, argv + 1);
    return show(env, argc, argv);
}
