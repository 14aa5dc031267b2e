#include "tools/connect/schedule.h"

#include "ledger/base/instant.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define EARLY_US (INT64_C(5) * 60 * BC_SECOND_US)

/* ---- a value ---- */

/* "90m", "1h", "2d", "1w" */
static bc_status take_every(int64_t *out, const struct bc_fields *in, const struct bc_yaml *value)
{
    static const struct {
        char unit;
        int64_t us;
    } units[] = { { 'm', 60 * BC_SECOND_US },
                  { 'h', 3600 * BC_SECOND_US },
                  { 'd', BC_DAY_US },
                  { 'w', 7 * BC_DAY_US } };
    const char *text = NULL;
    bc_status rc = bc_fields_text(in, &text, value);
    size_t digits;

    if (rc < 0)
        return rc;
    digits = strspn(text, "0123456789");
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (digits >= 1 && digits <= 4 && text[digits] == units[i].unit && !text[digits + 1] &&
            atoi(text) > 0) {
            *out = atoi(text) * units[i].us;
            return BC_OK;
        }
    return bc_fields_fault(in, value, "expected how often, as 30m, 1h, 1d or 1w");
}

/* ---- an import ---- */

enum {
    IMPORT,
    NAME,
    EVERY,
    FILE_,
    ADDRESS,
    OPTION, /* and what follows are options of the command */
    TRUSTING =
        OPTION + 5, /* and what follows runs something, names a file, or says where a token goes */
};
static const struct bc_field_key keys[] = {
    [IMPORT] = { "import", 1, 1 },
    [NAME] = { "name", 1, 0 },
    [EVERY] = { "every", 1, 0 },
    [FILE_] = { "file", 1, 0 },
    [ADDRESS] = { "address", 1, 0 },
    [OPTION] = { "give-up-after", 1, 0 },
    { "shrunk-below", 1, 0 },
    { "repair", 1, 0 },
    { "keep-recorded-at", 1, 0 },
    { "threads", 1, 0 },
    [TRUSTING] = { "account", 1, 0 },
    { "links", 1, 0 },
    { "map", 1, 0 },
    { "token-file", 1, 0 },
    { "token-command", 1, 0 },
    { "base-url", 1, 0 },
    { "trace", 1, 0 },
    { "rejects", 1, 0 },
    { "secret-file", 1, 0 },
};
enum { KEY_N = sizeof(keys) / sizeof(keys[0]) };

static bool is_trusting(size_t key)
{
    return key == FILE_ || key >= TRUSTING;
}

struct reading {
    const struct bc_fields *in;
    const struct connect_imports *imports;
    bool trusted; /* nobody else may write the file */
};

static const char *option_of(bc_arena *arena, const char *key, const char *value)
{
    struct bc_buf text = { 0 };
    const char *kept;

    bc_buf_printf(&text, "--%s=%s", key, value);
    kept = bc_arena_copy(arena, bc_buf_str(&text)).at;
    bc_buf_release(&text);
    return kept;
}

static void add_arg(struct connect_scheduled *out, const char *arg)
{
    if (out->arg_n < CONNECT_ARGS_MAX)
        out->args[out->arg_n++] = arg;
}

/* Is the key one that this import has a use for, here? */
static bc_status check_key(const struct reading *reading, const struct connect_scheduled *one,
                           size_t key, const struct bc_yaml *value)
{
    const struct connect_imports *imports = reading->imports;
    const char *const name = keys[key].name;
    struct bc_buf what = { 0 };
    bool takes;

    bc_buf_printf(&what, "--%s", name);
    bc_buf_add_byte(&what, '\0');
    takes = imports->takes(imports->payload, one->import,
                           key == FILE_     ? "FILE"
                           : key == ADDRESS ? "ADDRESS"
                                            : what.at);
    bc_buf_release(&what);
    if (!takes)
        return bc_fields_key_fault(reading->in, value, "`backcast import %s` takes no `%s`",
                                   one->import, name);
    if (is_trusting(key) && !reading->trusted)
        return bc_fields_key_fault(reading->in, value,
                                   "`%s` is taken only from a file that belongs to you or root, "
                                   "and that nobody else may write or replace",
                                   name);
    return BC_OK;
}

/* What the command cannot do without is missed here, before anything is imported. */
static bc_status check_needed(const struct reading *reading, const struct connect_scheduled *one,
                              const struct bc_yaml *const *values, const struct bc_yaml *map)
{
    const struct connect_imports *imports = reading->imports;
    static const struct {
        unsigned key;
        const char *what;
    } needed[] = { { FILE_, "FILE" }, { ADDRESS, "ADDRESS" } };

    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
        if (!values[needed[i].key] && imports->takes(imports->payload, one->import, needed[i].what))
            return bc_fields_fault(reading->in, map, "`backcast import %s` needs `%s:`",
                                   one->import, keys[needed[i].key].name);
    return BC_OK;
}

static bc_status take_args(struct connect_scheduled *out, const struct reading *reading,
                           const struct bc_yaml *const *values)
{
    const struct bc_fields *in = reading->in;
    bc_status rc = BC_OK;

    add_arg(out, "import");
    add_arg(out, out->import);
    for (size_t i = FILE_; rc == BC_OK && i < KEY_N; i++) {
        const char *text = NULL;

        if (!values[i])
            continue;
        rc = check_key(reading, out, i, values[i]);
        if (rc == BC_OK)
            rc = bc_fields_text(in, &text, values[i]);
        if (rc == BC_OK && i < OPTION && text[0] == '-')
            rc = bc_fields_fault(in, values[i], "expected a file or an address");
        if (rc == BC_OK)
            add_arg(out, i < OPTION ? text : option_of(in->arena, keys[i].name, text));
    }
    return rc;
}

/* The source's name is the one under which the import keeps its runs: another would never be
 * found. */
static bc_status take_name(struct connect_scheduled *out, const struct reading *reading,
                           const struct bc_yaml *value)
{
    const struct connect_imports *imports = reading->imports;
    const char *const own = imports->named(imports->payload, out, reading->in->arena);
    bc_status rc = BC_OK;

    out->name = own ? own : out->import;
    if (value)
        rc = bc_fields_text(reading->in, &out->name, value);
    if (rc == BC_OK && own && strcmp(out->name, own) != 0)
        return bc_fields_fault(reading->in, value,
                               "this import keeps its runs as %s; expected that, or no `name:`",
                               own);
    return rc;
}

static bool is_word(const char *text)
{
    return *text && text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0' &&
           text[0] != '-';
}

static struct bc_str command_at(const void *of, size_t i)
{
    return ((const struct bc_str *)of)[i];
}

static bc_status refuse_import(const struct reading *reading, const struct bc_yaml *value)
{
    const struct connect_imports *imports = reading->imports;
    const struct bc_str *commands = NULL;
    const size_t n = imports->list(imports->payload, &commands, reading->in->arena);

    return bc_fields_unknown(reading->in, value->at, value->text, "command of `backcast import`",
                             command_at, commands, n);
}

static bc_status take_import(struct connect_scheduled *out, const struct reading *reading,
                             const struct bc_yaml *map)
{
    const struct bc_fields *in = reading->in;
    const struct connect_imports *imports = reading->imports;
    const struct bc_yaml *values[KEY_N] = { 0 };
    bc_status rc = bc_fields_take(in, values, map, "an import", keys, KEY_N);

    if (rc == BC_OK && !values[IMPORT])
        rc = bc_fields_fault(in, map, "expected `import:` and a command of `backcast import`");
    if (rc == BC_OK)
        rc = bc_fields_text(in, &out->import, values[IMPORT]);
    if (rc == BC_OK && values[IMPORT] &&
        (!is_word(out->import) || strcmp(out->import, "all") == 0 ||
         !imports->takes(imports->payload, out->import, NULL)))
        rc = refuse_import(reading, values[IMPORT]);
    if (rc == BC_OK && values[EVERY])
        rc = take_every(&out->every_us, in, values[EVERY]);
    if (rc == BC_OK)
        rc = take_args(out, reading, values);
    if (rc == BC_OK)
        rc = check_needed(reading, out, values, map);
    return rc == BC_OK ? take_name(out, reading, values[NAME]) : rc;
}

/* ---- the file ---- */

static bc_status check_names(const struct connect_schedule *schedule, const struct bc_fields *in,
                             const struct bc_yaml *list)
{
    const struct bc_yaml *one = list->first;

    for (size_t i = 0; one && i < schedule->n; i++, one = one->next)
        for (size_t j = 0; j < i; j++)
            if (strcmp(schedule->at[i].name, schedule->at[j].name) == 0)
                return bc_fields_fault(in, one,
                                       "a second import named %s; expected a `name:` of its own",
                                       schedule->at[i].name);
    return BC_OK;
}

static bc_status take(struct connect_schedule *out, const struct reading *reading,
                      const struct bc_yaml *file)
{
    const struct bc_fields *in = reading->in;
    static const struct bc_field_key top[] = { { "sources", 1, 1 } };
    const struct bc_yaml *list = NULL;
    bc_status rc = bc_fields_take(in, &list, file, "sources", top, 1);

    if (rc < 0)
        return rc;
    if (!list || list->kind != BC_YAML_LIST || list->n == 0)
        return bc_fields_fault(in, list ? list : file, "expected `sources:` and a list of imports");
    out->at = bc_arena_alloc(out->arena, list->n * sizeof(*out->at));
    for (const struct bc_yaml *one = list->first; rc == BC_OK && one; one = one->next)
        rc = take_import(&out->at[out->n++], reading, one);
    return rc == BC_OK ? check_names(out, in, list) : rc;
}

/* Who may write a folder replaces what is in it, unless its sticky bit is set. */
static bool is_safe_folder(const char *path, mode_t others)
{
    struct stat status;

    return stat(path, &status) == 0 &&
           ((status.st_mode & others) == 0 || (status.st_mode & S_ISVTX));
}

/* The folders above its own may be a group's. */
static bool nobody_else_writes(const char *path)
{
    mode_t others = S_IWGRP | S_IWOTH;
    struct stat status;
    char *whole, *slash;
    bool safe;

    if (stat(path, &status) != 0 || (status.st_uid != geteuid() && status.st_uid != 0) ||
        (status.st_mode & others))
        return false;
    whole = realpath(path, NULL);
    safe = whole != NULL;
    while (safe && (slash = strrchr(whole, '/')) != whole) {
        *slash = '\0';
        safe = is_safe_folder(whole, others);
        others = S_IWOTH;
    }
    free(whole);
    return safe;
}

bc_status connect_schedule_read(struct connect_schedule *out, const char *path,
                                const struct connect_imports *imports, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    const struct bc_yaml *file = NULL;
    bc_status rc = bc_yaml_load(&text, path, err);

    *out = (struct connect_schedule){ .arena = bc_arena_new() };
    if (rc == BC_OK) {
        const struct bc_yaml_source source = { path, bc_buf_str(&text) };
        const struct bc_fields in = { &source, out->arena, err };
        const struct reading reading = { &in, imports, nobody_else_writes(path) };

        rc = bc_yaml_read(&file, out->arena, &source, err);
        if (rc == BC_OK)
            rc = take(out, &reading, file);
    }
    bc_buf_release(&text);
    return rc;
}

const char *connect_schedule_option(const struct connect_scheduled *one, const char *option)
{
    const size_t len = strlen(option);

    for (int i = 2; i < one->arg_n; i++)
        if (strncmp(one->args[i], option, len) == 0 && one->args[i][len] == '=')
            return one->args[i] + len + 1;
    return NULL;
}

void connect_schedule_one(struct connect_schedule *out, const char *import)
{
    *out = (struct connect_schedule){ .n = 1, .arena = bc_arena_new() };
    out->at = bc_arena_alloc(out->arena, sizeof(*out->at));
    out->at[0] = (struct connect_scheduled){ .import = import, .name = import };
    add_arg(&out->at[0], "import");
    add_arg(&out->at[0], import);
}

void connect_schedule_release(struct connect_schedule *schedule)
{
    bc_arena_free(schedule->arena);
    *schedule = (struct connect_schedule){ 0 };
}

bool connect_schedule_due(const struct connect_scheduled *one, int64_t begun_us, bool failed,
                          int64_t now_us)
{
    return failed || begun_us == 0 || begun_us > now_us ||
           now_us - begun_us + EARLY_US >= one->every_us;
}
