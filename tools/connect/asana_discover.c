/* tools/connect/asana_discover.c - a first account file: every project that the token sees, by gid,
 * with what it probably is by its name; sections and fields likewise. */
#include "tools/connect/asana.h"
#include "tools/connect/draft.h"

#include <strings.h>

enum { PROJECTS_MAX = 100 };

struct finding {
    struct connect_run *run;
    struct bc_buf *file;
    size_t projects, guessed, seen;
};

static const struct connect_guess of_project[] = {
    { "experiment", "experiments" }, { "playbook", "playbook" },       { "icp", "icp" },
    { "ideal customer", "icp" },     { "learning", "learnings" },      { "win/loss", "learnings" },
    { "win-loss", "learnings" },     { "retrospective", "learnings" }, { NULL, NULL },
};
static const struct connect_guess of_section[] = {
    { "backlog", "planned" },  { "idea", "planned" },       { "plan", "planned" },
    { "to do", "planned" },    { "running", "started" },    { "progress", "started" },
    { "doing", "started" },    { "active", "started" },     { "done", "concluded" },
    { "conclu", "concluded" }, { "complete", "concluded" }, { NULL, NULL },
};

/* A line of a project: a comment where nothing is guessed. */
static void add_line(const struct finding *found, bool sure, const char *indent, struct bc_str key,
                     const char *value, struct bc_str name)
{
    bc_buf_printf(found->file, "%s%s\"%.*s\": %s", sure ? "" : "#", indent, BC_STR_ARG(key), value);
    connect_draft_name(found->file, name);
}

static void add_sections(const struct finding *found, const json_t *sections, const char *role)
{
    const bool wanted = role && strcmp(role, "experiments") == 0;
    bool any = false;

    for (size_t i = 0; i < json_array_size(sections); i++)
        any |= connect_guess_of(of_section, connect_text(found->run, json_array_get(sections, i),
                                                         "name")) != NULL;
    bc_buf_printf(found->file, "%s    sections:\n", wanted && any ? "" : "#");
    for (size_t i = 0; i < json_array_size(sections); i++) {
        const json_t *one = json_array_get(sections, i);
        const struct bc_str name = connect_text(found->run, one, "name");
        const char *means = connect_guess_of(of_section, name);

        add_line(found, wanted && means, "      ", asana_gid(one), means ? means : "WORD", name);
    }
    if (wanted && !any)
        bc_buf_add_str(found->file, BC_STR("    completed: true\n"));
}

static const char *key_of(struct bc_str name, const char *role)
{
    static const struct {
        const char *role;
        unsigned from, to;
    } keys[] = { { "experiments", ASANA_HYPOTHESIS, ASANA_ARM },
                 { "playbook", ASANA_VERSION, ASANA_CHANGELOG },
                 { "icp", ASANA_VERSION, ASANA_CHANGELOG },
                 { "learnings", ASANA_TOPIC, ASANA_DEAL } };

    for (size_t r = 0; role && r < sizeof(keys) / sizeof(keys[0]); r++)
        for (unsigned i = keys[r].from; strcmp(keys[r].role, role) == 0 && i <= keys[r].to; i++)
            if (name.len == strlen(asana_source_key[i]) &&
                strncasecmp(name.at, asana_source_key[i], name.len) == 0)
                return asana_source_key[i];
    return NULL;
}

/* A field that is called as a key is, each key once; the others in comments. */
static void add_fields(const struct finding *found, const json_t *settings, const char *role)
{
    json_t *used = json_object();

    for (size_t i = 0; i < json_array_size(settings); i++) {
        const json_t *field = json_object_get(json_array_get(settings, i), "custom_field");
        const struct bc_str name = connect_text(found->run, field, "name");
        const char *key = key_of(name, role);
        const bool sure = key && !json_object_get(used, key);

        bc_buf_printf(found->file, "%s    %s: \"%.*s\"", sure ? "" : "#", sure ? key : "KEY",
                      BC_STR_ARG(asana_gid(field)));
        connect_draft_name(found->file, name);
        if (sure)
            json_object_set_new(used, key, json_true());
    }
    json_decref(used);
}

static bool has_version(const struct finding *found, const json_t *settings)
{
    for (size_t i = 0; i < json_array_size(settings); i++) {
        const json_t *field = json_object_get(json_array_get(settings, i), "custom_field");
        const char *key = key_of(connect_text(found->run, field, "name"), "playbook");

        if (key && strcmp(key, "version") == 0)
            return true;
    }
    return false;
}

static bc_status add_project(struct finding *found, const json_t *project, struct bc_err *err)
{
    const struct bc_str gid = asana_gid(project), name = connect_text(found->run, project, "name");
    const char *role = connect_guess_of(of_project, name);
    json_t *sections = json_array(), *settings = json_array();
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_printf(&path, "/projects/%.*s/sections?limit=100&opt_fields=name", BC_STR_ARG(gid));
    rc = asana_list(found->run, sections, &path, err);
    if (rc == BC_OK) {
        bc_buf_printf(&path,
                      "/projects/%.*s/custom_field_settings?limit=100&"
                      "opt_fields=custom_field.name",
                      BC_STR_ARG(gid));
        rc = asana_list(found->run, settings, &path, err);
    }
    if (role && (strcmp(role, "playbook") == 0 || strcmp(role, "icp") == 0) &&
        !has_version(found, settings))
        role = NULL;
    if (rc == BC_OK) {
        add_line(found, role != NULL, "  ", gid, "", name);
        bc_buf_printf(found->file, "%s    as: %s\n", role ? "" : "#",
                      role ? role : "experiments|playbook|icp|learnings|artifacts|deals");
        add_sections(found, sections, role);
        add_fields(found, settings, role);
        found->projects++;
        found->guessed += role != NULL;
    }
    json_decref(sections);
    json_decref(settings);
    return rc < 0 ? rc : BC_OK;
}

static bc_status add_workspace(struct finding *found, const json_t *workspace, struct bc_err *err)
{
    json_t *projects = json_array();
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_printf(&path, "/projects?workspace=%.*s&archived=false&limit=100&opt_fields=name",
                  BC_STR_ARG(asana_gid(workspace)));
    rc = asana_list(found->run, projects, &path, err);
    found->seen += json_array_size(projects);
    for (size_t i = 0;
         rc == BC_OK && i < json_array_size(projects) && found->projects < PROJECTS_MAX; i++)
        rc = add_project(found, json_array_get(projects, i), err);
    json_decref(projects);
    return rc < 0 ? rc : BC_OK;
}

bc_status asana_discover(struct connect_run *run, struct bc_buf *file, struct bc_buf *found,
                         struct bc_err *err)
{
    struct finding finding = { .run = run, .file = file };
    struct http_answer answer;
    struct bc_buf path = { 0 };
    const json_t *workspaces;
    bc_status rc;

    bc_buf_add_str(&path, BC_STR("/users/me?opt_fields=workspaces.name"));
    rc = connect_get(run, &answer, &path, NULL, err);
    workspaces = json_object_get(json_object_get(answer.root, "data"), "workspaces");
    bc_buf_add_str(file, BC_STR("projects:\n"));
    for (size_t i = 0; rc == BC_OK && i < json_array_size(workspaces); i++)
        rc = add_workspace(&finding, json_array_get(workspaces, i), err);
    http_answer_release(&answer);
    if (rc == BC_OK && finding.seen > finding.projects)
        connect_draft_say(file, "and %zu projects more, which are not looked at",
                          finding.seen - finding.projects);
    bc_buf_printf(found,
                  "of %zu projects %zu are taken by their names, %zu stand there as comments",
                  finding.seen, finding.guessed, finding.projects - finding.guessed);
    if (finding.seen > finding.projects)
        bc_buf_printf(found, ", %zu were not looked at (%d are, and what the token may see)",
                      finding.seen - finding.projects, PROJECTS_MAX);
    bc_buf_add_str(found,
                   BC_STR(": say of each what it is, and what its sections and fields mean"));
    return rc;
}
