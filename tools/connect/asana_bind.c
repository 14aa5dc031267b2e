/* tools/connect/asana_bind.c - what the account file names, by gid. */
#include "tools/connect/asana.h"

static const struct connect_kind renamed = {
    "renamed", "name of the account file is another one in Asana now: it is read by its gid",
    "names of the account file are others in Asana now: they are read by their gids"
};

/* Something that has names. */
struct list {
    const json_t *records; /* with gid and name */
    const char *what;      /* "section" */
};

/* The gids that have the name, or the one that it is. */
static json_t *find(struct connect_run *run, const struct list *list, struct bc_str name)
{
    json_t *found = json_array();

    for (size_t i = 0; i < json_array_size(list->records); i++) {
        const json_t *record = json_array_get(list->records, i);
        const struct bc_str gid = asana_gid(record);

        if (gid.len && (bc_str_eq(gid, name) || bc_str_eq(connect_text(run, record, "name"), name)))
            json_array_append_new(found, json_stringn(gid.at, gid.len));
    }
    if (json_array_size(found) == 0 && asana_is_gid(name)) /* of what is not listed any more */
        json_array_append_new(found, json_stringn(name.at, name.len));
    return found;
}

/* By the gids that the name had before. */
static json_t *find_kept(const struct asana_reading *reading, const struct list *list,
                         const char *key)
{
    const json_t *kept = json_object_get(json_object_get(reading->state, "names"), key);
    json_t *found = json_array();

    for (size_t i = 0; i < json_array_size(kept); i++) {
        json_t *gid = json_array_get(kept, i);

        for (size_t r = 0; r < json_array_size(list->records); r++)
            if (json_equal(gid, json_object_get(json_array_get(list->records, r), "gid")))
                json_array_append(found, gid);
    }
    return found;
}

static bc_status not_there(const struct asana_reading *reading, const struct list *list,
                           struct bc_str name, struct bc_err *err)
{
    struct bc_buf names = { 0 };
    bc_status rc;

    for (size_t i = 0; i < json_array_size(list->records) && i < 30; i++)
        bc_buf_printf(&names, "%s\"%.60s\"", i ? ", " : "",
                      connect_text(reading->run, json_array_get(list->records, i), "name").at
                          ? connect_text(reading->run, json_array_get(list->records, i), "name").at
                          : "");
    rc = bc_err_set(err, BC_E_INPUT,
                    "project %.*s has no %s \"%.*s\", which the account file names; it has: %.*s",
                    BC_STR_ARG(reading->project->gid), list->what, BC_STR_ARG(name),
                    BC_STR_ARG(bc_buf_str(&names)));
    bc_buf_release(&names);
    return rc;
}

static void keep(const struct asana_reading *reading, const char *key, json_t *found)
{
    json_t *names = json_object_get(reading->state, "names");

    if (!names) {
        names = json_object();
        json_object_set_new(reading->state, "names", names);
    }
    json_object_set(names, key, found);
}

/* *out is an array of gids, of the caller. */
static bc_status resolve(const struct asana_reading *reading, json_t **out, const struct list *list,
                         struct bc_str name, bool several, struct bc_err *err)
{
    struct connect_run *run = reading->run;
    const struct bc_str key = connect_print(run, "%s %.*s", list->what, BC_STR_ARG(name));
    bc_status rc = BC_OK;

    *out = find(run, list, name);
    if (json_array_size(*out) == 0) {
        json_decref(*out);
        *out = find_kept(reading, list, key.at);
        if (json_array_size(*out) == 0)
            rc = not_there(reading, list, name, err);
        else
            connect_note(run, &renamed, name);
    }
    if (rc == BC_OK && !several && json_array_size(*out) > 1)
        rc = bc_err_set(err, BC_E_INPUT,
                        "project %.*s has more than one %s \"%.*s\": give its gid in the account "
                        "file, %s or another one",
                        BC_STR_ARG(reading->project->gid), list->what, BC_STR_ARG(name),
                        json_string_value(json_array_get(*out, 0)));
    if (rc == BC_OK)
        keep(reading, key.at, *out);
    return rc;
}

static struct bc_str keep_gid(const struct asana_reading *reading, const json_t *gids, size_t i)
{
    return bc_arena_copy(reading->run->keep, bc_str_of(json_string_value(json_array_get(gids, i))));
}

/* A field of another kind would always be empty. */
static bc_status check_kind(const struct asana_reading *reading, struct bc_str field,
                            struct bc_str name, struct bc_err *err)
{
    struct connect_run *run = reading->run;

    for (size_t i = 0; i < json_array_size(reading->fields); i++) {
        const json_t *one = json_array_get(reading->fields, i);
        const struct bc_str kind = connect_text(run, one, "resource_subtype");

        if (bc_str_eq(asana_gid(one), field) && kind.len && !asana_is_cell(one))
            return bc_err_set(err, BC_E_INPUT,
                              "project %.*s: the custom field \"%.*s\" is of the kind %.*s, which "
                              "is not read; expected text, number, enum, multi_enum or date",
                              BC_STR_ARG(reading->project->gid), BC_STR_ARG(name),
                              BC_STR_ARG(kind));
    }
    return BC_OK;
}

static bc_status bind_field(const struct asana_reading *reading, struct bc_str *out,
                            struct bc_str name, struct bc_err *err)
{
    const struct list fields = { reading->fields, "custom field" };
    json_t *gids = NULL;
    bc_status rc;

    *out = name;
    if (name.len == 0 || asana_is_own_text(name))
        return BC_OK;
    rc = resolve(reading, &gids, &fields, name, false, err);
    if (rc == BC_OK)
        *out = keep_gid(reading, gids, 0);
    json_decref(gids);
    return rc == BC_OK ? check_kind(reading, *out, name, err) : rc;
}

/* The options of a field, or of all. */
static json_t *options_of(const struct asana_reading *reading, struct bc_str field)
{
    json_t *options = json_array();

    for (size_t i = 0; i < json_array_size(reading->fields); i++) {
        const json_t *one = json_array_get(reading->fields, i);

        if (field.len == 0 || bc_str_eq(asana_gid(one), field))
            json_array_extend(options, json_object_get(one, "enum_options"));
    }
    return options;
}

static bc_status bind_meant(const struct asana_reading *reading, struct asana_meanings *out,
                            const struct asana_meant *meant, const struct list *list,
                            struct bc_str field, struct bc_err *err)
{
    json_t *gids = NULL;
    bc_status rc = resolve(reading, &gids, list, meant->name, true, err);

    for (size_t i = 0; rc == BC_OK && i < json_array_size(gids); i++) {
        struct asana_meant bound = *meant;

        bound.field = field;
        bound.name = keep_gid(reading, gids, i);
        if (out->n == out->cap) { /* in an arena */
            struct asana_meant *more =
                bc_arena_alloc(reading->run->keep, (2 * out->cap + 16) * sizeof(*more));

            if (out->n)
                memcpy(more, out->at, out->n * sizeof(*more));
            out->at = more;
            out->cap = 2 * out->cap + 16;
        }
        out->at[out->n++] = bound;
    }
    json_decref(gids);
    return rc;
}

static bc_status bind_options(const struct asana_reading *reading, struct asana_meanings *out,
                              const struct asana_meanings *from, struct bc_err *err)
{
    bc_status rc = BC_OK;

    *out = (struct asana_meanings){ 0 };
    for (size_t i = 0; rc == BC_OK && i < from->n; i++) {
        struct list list = { NULL, "option" };
        struct bc_str field = { 0 };
        json_t *options;

        rc = bind_field(reading, &field, from->at[i].field, err);
        list.records = options = options_of(reading, field);
        if (rc == BC_OK)
            rc = bind_meant(reading, out, &from->at[i], &list, field, err);
        json_decref(options);
    }
    return rc;
}

static bc_status bind_all(struct asana_reading *reading, struct bc_err *err)
{
    const struct asana_project *project = reading->project;
    const struct list sections = { reading->sections, "section" };
    struct asana_project *bound = &reading->bound;
    bc_status rc = BC_OK;

    *bound = *project;
    for (unsigned i = 0; rc == BC_OK && i < ASANA_SOURCE_N; i++)
        rc = bind_field(reading, &bound->source[i], project->source[i], err);
    bound->sections = (struct asana_meanings){ 0 };
    for (size_t i = 0; rc == BC_OK && i < project->sections.n; i++)
        rc = bind_meant(reading, &bound->sections, &project->sections.at[i], &sections,
                        (struct bc_str){ 0 }, err);
    if (rc == BC_OK)
        rc = bind_options(reading, &bound->states, &project->states, err);
    if (rc == BC_OK)
        rc = bind_options(reading, &bound->options, &project->options, err);
    if (rc == BC_OK && project->deals.n)
        bound->deals.at =
            bc_arena_alloc(reading->run->keep, project->deals.n * sizeof(*bound->deals.at));
    for (size_t i = 0; rc == BC_OK && i < project->deals.n; i++) {
        bound->deals.at[i] = project->deals.at[i];
        rc = bind_field(reading, &bound->deals.at[i].field, project->deals.at[i].field, err);
    }
    return rc;
}

static bool names_fields(const struct asana_project *project)
{
    bool names = project->states.n || project->options.n || project->deals.n;

    for (unsigned i = 0; i < ASANA_SOURCE_N; i++)
        names |= project->source[i].len && !asana_is_own_text(project->source[i]);
    return names;
}

/* The fields themselves, out of what a project says of each. */
static void take_fields(struct asana_reading *reading, const json_t *settings)
{
    for (size_t i = 0; i < json_array_size(settings); i++) {
        json_t *field = json_object_get(json_array_get(settings, i), "custom_field");

        if (field)
            json_array_append(reading->fields, field);
    }
}

bc_status asana_bind(struct asana_reading *reading, struct bc_err *err)
{
    const struct asana_project *project = reading->project;
    json_t *settings = json_array();
    struct bc_buf path = { 0 };
    bc_status rc = BC_OK;

    reading->sections = json_array();
    reading->fields = json_array();
    if (project->sections.n) {
        bc_buf_printf(&path, "/projects/%.*s/sections?limit=100&opt_fields=name",
                      BC_STR_ARG(project->gid));
        rc = asana_list(reading->run, reading->sections, &path, err);
    }
    if (rc == BC_OK && names_fields(project)) {
        bc_buf_printf(&path,
                      "/projects/%.*s/custom_field_settings?limit=100&opt_fields=custom_field.name,"
                      "custom_field.resource_subtype,custom_field.representation_type,"
                      "custom_field.enum_options.name",
                      BC_STR_ARG(project->gid));
        rc = asana_list(reading->run, settings, &path, err);
        take_fields(reading, settings);
    }
    if (rc == BC_OK)
        rc = bind_all(reading, err);
    json_decref(settings);
    return rc;
}

void asana_reading_release(struct asana_reading *reading)
{
    json_decref(reading->sections);
    json_decref(reading->fields);
    reading->sections = reading->fields = NULL;
}
