#include "tools/config/config.h"

#include "projections/yaml/fields.h"
#include "projections/yaml/yaml_text.h"
#include "tools/cli/opt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const config_keys[CONFIG_N] = { "ledger",  "pager", "rules",  "slice",
                                            "columns", "zone",  "shared", "people" };

enum { COLUMNS_LEAST = 20, COLUMNS_MOST = 10000, PEOPLE_MOST = 10000 };

/* A file that is read. */
struct reading {
    struct config *config;
    struct bc_fields in;
    bool of_ledger;
    const char *folder; /* that it is in */
};

/* --- values --- */

/* "PATH:LINE" */
static const char *place(const struct reading *reading, const struct bc_yaml *value)
{
    const struct bc_yaml_source *source = reading->in.source;
    struct bc_buf text = { 0 };
    const char *kept;

    bc_buf_printf(&text, "%s:%zu", source->path, bc_yaml_line(source, value->at));
    kept = bc_arena_copy(reading->config->arena, bc_buf_str(&text)).at;
    bc_buf_release(&text);
    return kept;
}

static void keep(const struct reading *reading, enum config_key key, const struct bc_yaml *value,
                 const char *text)
{
    reading->config->settings[key] =
        (struct config_setting){ text, place(reading, value), reading->of_ledger };
}

static bc_status read_text(const struct reading *reading, enum config_key key,
                           const struct bc_yaml *value)
{
    const char *text;
    bc_status rc = bc_fields_text(&reading->in, &text, value);

    if (rc == BC_OK)
        keep(reading, key, value, text);
    return rc;
}

/* A folder as the file has it: from that file's own, or with `~` for the user's. */
static bc_status read_ledger(const struct reading *reading, const struct bc_yaml *value,
                             const char *home)
{
    struct bc_buf path = { 0 };
    const char *text;
    bc_status rc = bc_fields_text(&reading->in, &text, value);

    if (rc < 0)
        return rc;
    if (text[0] == '~' && text[1] == '/' && home)
        bc_buf_printf(&path, "%s%s", home, text + 1);
    else if (text[0] == '/')
        bc_buf_add_str(&path, bc_str_of(text));
    else
        bc_buf_printf(&path, "%s/%s", reading->folder, text);
    keep(reading, CONFIG_LEDGER, value,
         bc_arena_copy(reading->config->arena, bc_buf_str(&path)).at);
    bc_buf_release(&path);
    return BC_OK;
}

static bc_status read_rules(const struct reading *reading, const struct bc_yaml *value)
{
    const char *text;
    bc_status rc = bc_fields_text(&reading->in, &text, value);

    if (rc == BC_OK && strchr(text, ','))
        rc = bc_fields_fault(&reading->in, value, "expected one set of rules, not several");
    if (rc == BC_OK && reading->of_ledger && strchr(text, '/'))
        rc = bc_fields_fault(&reading->in, value,
                             "a ledger may come from anybody, so its file names no other file; "
                             "expected latest, as-then, default or a published version");
    if (rc == BC_OK)
        keep(reading, CONFIG_RULES, value, text);
    return rc;
}

static bc_status read_columns(const struct reading *reading, const struct bc_yaml *value)
{
    int64_t number = -1;
    bc_status rc = BC_OK;

    if (!bc_str_eq(value->text, BC_STR("all")))
        rc = bc_fields_whole(&reading->in, &number, value, COLUMNS_LEAST, COLUMNS_MOST);
    if (rc < 0)
        return rc;
    reading->config->columns = (int)number;
    keep(reading, CONFIG_COLUMNS, value, value->text.at);
    return BC_OK;
}

static bc_status read_zone(const struct reading *reading, const struct bc_yaml *value)
{
    struct config *config = reading->config;
    bc_zone *zone = NULL;
    const char *name;
    bc_status rc = bc_fields_text(&reading->in, &name, value);

    if (rc < 0)
        return rc;
    rc = bc_zone_open(&zone, bc_str_of(name), reading->in.err);
    if (rc < 0)
        return bc_yaml_place(reading->in.source, value->at, rc, reading->in.err);
    bc_zone_free(config->zone);
    config->zone = zone;
    keep(reading, CONFIG_ZONE, value, name);
    return BC_OK;
}

static bc_status read_shared(const struct reading *reading, const struct bc_yaml *value)
{
    struct config *config = reading->config;
    const char *text;
    bc_status rc = bc_fields_text(&reading->in, &text, value);

    if (rc == BC_OK && !opt_yes_no(&config->shared, text))
        rc = bc_fields_fault(&reading->in, value, "expected yes or no");
    if (rc == BC_OK)
        keep(reading, CONFIG_SHARED, value, config->shared ? "yes" : "no");
    return rc;
}

/* --- people --- */

static int by_id(const void *a, const void *b)
{
    return bc_str_cmp(((const struct names_person *)a)->id, ((const struct names_person *)b)->id);
}

/* `before`: of the file that was read first, in order; this one wins. */
static void add_person(struct config *config, size_t before, struct bc_str id, struct bc_str name)
{
    const struct names_person key = { .id = id };
    struct names_person *known =
        before ? bsearch(&key, config->people, before, sizeof(key), by_id) : NULL;

    if (known) {
        known->name = name;
        return;
    }
    BC_GROW(config->people, config->people_n, config->people_cap);
    config->people[config->people_n++] = (struct names_person){ id, name };
}

static bc_status read_people(const struct reading *reading, const struct bc_yaml *value)
{
    struct config *config = reading->config;
    const size_t before = config->people_n;
    struct bc_buf count = { 0 };
    bc_status rc = bc_fields_map(&reading->in, value, "people", 0, PEOPLE_MOST);

    for (const struct bc_yaml *one = value->first; rc == BC_OK && one; one = one->next) {
        const char *id, *name;

        rc = bc_fields_name(&reading->in, &id, one);
        if (rc == BC_OK)
            rc = bc_fields_text(&reading->in, &name, one);
        if (rc == BC_OK)
            add_person(config, before, bc_str_of(id), bc_str_of(name));
    }
    if (rc < 0)
        return rc;
    if (config->people_n)
        qsort(config->people, config->people_n, sizeof(*config->people), by_id);
    bc_buf_printf(&count, "%zu", config->people_n);
    keep(reading, CONFIG_PEOPLE, value, bc_arena_copy(config->arena, bc_buf_str(&count)).at);
    bc_buf_release(&count);
    return BC_OK;
}

/* --- files --- */

/* What a ledger's file may not say. */
static bc_status refuse(const struct reading *reading, const struct bc_yaml *const *values)
{
    if (!reading->of_ledger)
        return BC_OK;
    if (values[CONFIG_PAGER])
        return bc_fields_key_fault(
            &reading->in, values[CONFIG_PAGER],
            "a ledger may come from anybody, so its file names no command that would be run; "
            "write `pager` into your own file (`backcast config` says where)");
    if (values[CONFIG_LEDGER])
        return bc_fields_key_fault(&reading->in, values[CONFIG_LEDGER],
                                   "this file is in a ledger's folder, so it names no other; "
                                   "write `ledger` into your own file");
    if (values[CONFIG_SHARED])
        return bc_fields_key_fault(
            &reading->in, values[CONFIG_SHARED],
            "a ledger may come from anybody, so its file has this machine reach no other; write "
            "`shared` into your own file, or set BACKCAST_SHARED");
    return BC_OK;
}

static bc_status take(const struct reading *reading, const struct bc_yaml *root, const char *home)
{
    struct bc_field_key keys[CONFIG_N];
    const struct bc_yaml *values[CONFIG_N];
    bc_status rc;

    for (size_t i = 0; i < CONFIG_N; i++)
        keys[i] = (struct bc_field_key){ config_keys[i], BC_EVERY_KIND, 0 };
    rc = bc_fields_take(&reading->in, values, root, "the settings", keys, CONFIG_N);
    if (rc == BC_OK)
        rc = refuse(reading, values);
    if (rc == BC_OK && values[CONFIG_LEDGER])
        rc = read_ledger(reading, values[CONFIG_LEDGER], home);
    if (rc == BC_OK && values[CONFIG_PAGER])
        rc = read_text(reading, CONFIG_PAGER, values[CONFIG_PAGER]);
    if (rc == BC_OK && values[CONFIG_RULES])
        rc = read_rules(reading, values[CONFIG_RULES]);
    if (rc == BC_OK && values[CONFIG_SLICE])
        rc = read_text(reading, CONFIG_SLICE, values[CONFIG_SLICE]);
    if (rc == BC_OK && values[CONFIG_COLUMNS])
        rc = read_columns(reading, values[CONFIG_COLUMNS]);
    if (rc == BC_OK && values[CONFIG_ZONE])
        rc = read_zone(reading, values[CONFIG_ZONE]);
    if (rc == BC_OK && values[CONFIG_SHARED])
        rc = read_shared(reading, values[CONFIG_SHARED]);
    if (rc == BC_OK && values[CONFIG_PEOPLE] && !bc_yaml_is_null(values[CONFIG_PEOPLE]))
        rc = read_people(reading, values[CONFIG_PEOPLE]);
    return rc;
}

/* Reads a file that is no pipe and no device, of which at most one byte too much. BC_DONE: there is
 * none. */
static bc_status read_bytes(struct bc_buf *out, const char *path, struct bc_err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat about;
    ssize_t n = 1;

    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return BC_DONE;
    if (fd < 0)
        return bc_err_errno(err, "read %s", path);
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        (void)close(fd);
        return bc_err_set(err, BC_E_IO, "cannot read %s: it is no file", path);
    }
    while (n > 0 && out->len <= BC_YAML_MAX) {
        n = read(fd, bc_buf_room(out, 4096), 4096);
        out->len += n > 0 ? (size_t)n : 0;
    }
    if (n < 0)
        (void)bc_err_errno(err, "read %s", path);
    (void)close(fd);
    return n < 0 ? BC_E_IO : BC_OK;
}

/* Are there but blanks and comments? The settings of such a file are those of none. */
static bool says_nothing(struct bc_str text)
{
    bool comment = false;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\n')
            comment = false;
        else if (text.at[i] == '#')
            comment = true;
        else if (!comment && (text.at[i] == '\0' || !strchr(" \t\r", text.at[i])))
            return false;
    }
    return text.len <= BC_YAML_MAX; /* of a longer one not all was read */
}

static bc_status read_file(struct config *config, struct config_file *file, const char *folder,
                           const char *home, bool of_ledger, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_status rc = read_bytes(&bytes, file->path, err);
    const struct bc_yaml *root = NULL;

    if (rc == BC_OK) {
        const struct bc_yaml_source source = { file->path,
                                               bc_arena_copy(config->arena, bc_buf_str(&bytes)) };
        const struct reading reading = {
            config, { &source, config->arena, err }, of_ledger, folder
        };

        file->there = true;
        rc = says_nothing(source.text) ? BC_DONE : bc_yaml_read(&root, config->arena, &source, err);
        if (rc == BC_OK)
            rc = take(&reading, root, home);
    }
    bc_buf_release(&bytes);
    if (rc < 0) {
        struct bc_err *fault = bc_arena_alloc(config->arena, sizeof(*fault));

        *fault = *err;
        file->fault = fault;
    }
    return rc == BC_DONE ? BC_OK : rc;
}

static const char *path_of(struct config *config, const char *folder, const char *name)
{
    struct bc_buf path = { 0 };
    const char *kept;

    bc_buf_printf(&path, "%s/%s", folder, name);
    kept = bc_arena_copy(config->arena, bc_buf_str(&path)).at;
    bc_buf_release(&path);
    return kept;
}

/* Where the user's own file is, or NULL. */
static const char *user_folder(struct config *config, const struct config_given *given)
{
    if (given->xdg_config_home && given->xdg_config_home[0] == '/')
        return path_of(config, given->xdg_config_home, "backcast");
    if (given->home && given->home[0] == '/')
        return path_of(config, given->home, ".config/backcast");
    return NULL;
}

/* --- the whole --- */

static void set(struct config *config, enum config_key key, const char *value, const char *from)
{
    if (value)
        config->settings[key] = (struct config_setting){ value, from, false };
}

static void set_ledger(struct config *config, const struct config_given *given)
{
    if (given->ledger_env && given->ledger_env[0])
        set(config, CONFIG_LEDGER, given->ledger_env, "$BACKCAST_LEDGER");
    set(config, CONFIG_LEDGER, given->ledger_option, "--ledger");
}

static bc_status set_shared(struct config *config, const char *given, struct bc_err *err)
{
    if (!given || !given[0])
        return BC_OK;
    if (!opt_yes_no(&config->shared, given))
        return bc_err_set(err, BC_E_USAGE, "BACKCAST_SHARED '%s', expected yes or no", given);
    set(config, CONFIG_SHARED, config->shared ? "yes" : "no", "$BACKCAST_SHARED");
    return BC_OK;
}

bc_status config_read(struct config *out, const struct config_given *given, struct bc_err *err)
{
    const char *folder, *ledger;
    struct bc_err second = { 0 };
    bc_status rc = BC_OK, of_ledger = BC_OK;

    out->arena = bc_arena_new();
    folder = given->no_files ? NULL : user_folder(out, given);
    if (folder) {
        out->user.path = path_of(out, folder, CONFIG_FILE);
        rc = read_file(out, &out->user, folder, given->home, false, err);
    }
    set_ledger(out, given);
    ledger = out->settings[CONFIG_LEDGER].value;
    if (ledger && ledger[0] && !given->no_files) {
        out->ledger.path = path_of(out, ledger, CONFIG_FILE);
        of_ledger = read_file(out, &out->ledger, ledger, NULL, true, rc < 0 ? &second : err);
    }
    set(out, CONFIG_PAGER, given->pager_env, "$BACKCAST_PAGER");
    rc = rc < 0 ? rc : of_ledger;
    return rc == BC_OK ? set_shared(out, given->shared_env, err) : rc;
}

void config_release(struct config *config)
{
    bc_zone_free(config->zone);
    free(config->people);
    bc_arena_free(config->arena);
    *config = (struct config){ 0 };
}
