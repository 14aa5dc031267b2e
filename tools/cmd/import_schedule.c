#include "tools/cmd/import_schedule.h"

#include "tools/cli/complete.h"
#include "tools/cmd/import_service.h"
#include "tools/connect/account.h"
#include "tools/import/csv/csv_map.h"

cmd_fn *import_schedule_command(const struct cmd_env *env)
{
    const struct cmd *command = env->commands ? env->commands->commands : NULL;

    while (command && command->name && strcmp(command->name, "import") != 0)
        command++;
    return command ? command->run : NULL;
}

static const struct connector *service_of(const char *import)
{
    const struct connector *const *services;
    const size_t n = import_services(&services);

    for (size_t i = 0; i < n; i++)
        if (strcmp(services[i]->word, import) == 0)
            return services[i];
    return NULL;
}

bool import_schedule_keeps(const char *import)
{
    return service_of(import) || strcmp(import, "hubspot") == 0 || strcmp(import, "sheet") == 0;
}

/* ---- what an import takes ---- */

static bool is_candidate(const struct complete *complete, const char *text)
{
    for (size_t i = 0; i < complete->n; i++)
        if (bc_str_eq(complete->at[i].text, bc_str_of(text)))
            return true;
    return false;
}

/* As completion has it, so that each command's own table of options says so. */
static bool takes(const void *payload, const char *import, const char *what)
{
    struct cmd_env env = *(const struct cmd_env *)payload;
    const bool option = what && what[0] == '-';
    const char *const last = !what ? import : option ? what : "";
    const char *const argv[] = { "import", what ? import : last, last, NULL };
    struct complete complete;
    bool found;

    complete_begin(&complete, last);
    env.complete = &complete;
    (void)import_schedule_command (&env)(&env, what ? 3 : 2, (char **)(uintptr_t)argv);
    if (!what || option)
        found = is_candidate(&complete, last);
    else
        found = complete.value && strcmp(complete.value, what) == 0;
    complete_release(&complete);
    return found;
}

/* But for `all`, which names the others. */
static size_t list(const void *payload, const struct bc_str **out, bc_arena *arena)
{
    struct cmd_env env = *(const struct cmd_env *)payload;
    const char *const argv[] = { "import", "", NULL };
    struct complete complete;
    struct bc_str *at;
    size_t n = 0;

    complete_begin(&complete, "");
    env.complete = &complete;
    (void)import_schedule_command (&env)(&env, 2, (char **)(uintptr_t)argv);
    *out = at = bc_arena_alloc(arena, complete.n * sizeof(*at) + 1);
    for (size_t i = 0; i < complete.n; i++)
        if (!bc_str_eq(complete.at[i].text, BC_STR("all")))
            at[n++] = bc_arena_copy(arena, complete.at[i].text);
    complete_release(&complete);
    return n;
}

/* ---- where it keeps its runs ---- */

static const char *account_name(const struct connector *service,
                                const struct connect_scheduled *one, bc_arena *arena)
{
    const char *const given = connect_schedule_option(one, "--account");
    struct connect_account *account = NULL;
    struct bc_buf path = { 0 };
    const char *name = NULL;

    bc_buf_printf(&path, "%s.yaml", service->word);
    bc_buf_add_byte(&path, '\0');
    if (connect_account_read(&account, service, given ? given : path.at,
                             connect_schedule_option(one, "--base-url"), NULL) == BC_OK)
        name = bc_arena_copy(arena, bc_str_of(account->name)).at;
    connect_account_free(account);
    bc_buf_release(&path);
    return name;
}

static const char *sheet_name(const struct connect_scheduled *one, bc_arena *arena)
{
    const char *const path = connect_schedule_option(one, "--map");
    struct bc_buf text = { 0 };
    csv_map *map = NULL;
    const char *name = NULL;

    if (path && csv_map_open(&map, path, NULL) == BC_OK) {
        bc_buf_printf(&text, "sheet/%s", map->name);
        name = bc_arena_copy(arena, bc_buf_str(&text)).at;
    }
    csv_map_free(map);
    bc_buf_release(&text);
    return name;
}

/* What cannot be read has no name yet: its import says why. */
static const char *named(const void *payload, const struct connect_scheduled *one, bc_arena *arena)
{
    const struct connector *service = service_of(one->import);

    (void)payload;
    if (service)
        return account_name(service, one, arena);
    if (strcmp(one->import, "sheet") == 0)
        return sheet_name(one, arena);
    return strcmp(one->import, "hubspot") == 0 ? "hubspot" : NULL;
}

bc_status import_schedule_read(struct connect_schedule *out, const struct cmd_env *env,
                               const char *path, struct bc_err *err)
{
    const struct connect_imports imports = { takes, named, list, env };
    bc_status rc = connect_schedule_read(out, path ? path : SOURCES_FILE, &imports, err);

    if (rc == BC_DONE && path)
        rc = bc_err_set(err, BC_E_INPUT, "there is no file %s", path);
    return rc;
}
