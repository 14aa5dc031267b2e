#include "tools/connect/asana.h"

const struct bc_field_key asana_keys[ASANA_KEY_N] = { { "projects", BC_EVERY_KIND,
                                                        BC_EVERY_KIND } };

const char *const asana_source_key[ASANA_SOURCE_N] = {
    [ASANA_ID] = "id",
    [ASANA_HYPOTHESIS] = "hypothesis",
    [ASANA_KIND] = "kind",
    [ASANA_METRIC] = "metric",
    [ASANA_TARGET] = "target",
    [ASANA_CAMPAIGN] = "campaign",
    [ASANA_COST] = "cost",
    [ASANA_CURRENCY] = "currency",
    [ASANA_OUTCOME] = "outcome",
    [ASANA_LEARNING] = "learning",
    [ASANA_ARM] = "arm",
    [ASANA_VERSION] = "version",
    [ASANA_TEXT] = "text",
    [ASANA_CHANGELOG] = "changelog",
    [ASANA_TOPIC] = "topic",
    [ASANA_DEAL] = "deal",
    [ASANA_EXPERIMENT] = "experiment",
};

static const char *const roles[ASANA_ROLE_N] = {
    [ASANA_EXPERIMENTS] = "experiments", [ASANA_PLAYBOOK] = "playbook",   [ASANA_ICP] = "icp",
    [ASANA_LEARNINGS] = "learnings",     [ASANA_ARTIFACTS] = "artifacts", [ASANA_DEALS] = "deals",
};

/* ---- the keys of a project ---- */

enum {
    AS = ASANA_SOURCE_N,
    SECTIONS,
    STATES,
    COMPLETED,
    OPTIONS,
    DEALS,
    TITLES,
    ARTIFACT,
    PROJECT_KEY_N
};
enum {
    EXPERIMENTS = 1 << ASANA_EXPERIMENTS,
    PUBLISHED = 1 << ASANA_PLAYBOOK | 1 << ASANA_ICP,
    LEARNINGS = 1 << ASANA_LEARNINGS,
    ARTIFACTS = 1 << ASANA_ARTIFACTS,
    OF_DEALS = 1 << ASANA_DEALS,
    WITH_STATES = EXPERIMENTS | LEARNINGS | ARTIFACTS,
    OF_ONE_DEAL = LEARNINGS | ARTIFACTS | OF_DEALS,
};

static const struct bc_field_key project_keys[PROJECT_KEY_N] = {
    [ASANA_ID] = { "id", EXPERIMENTS, 0 },
    [ASANA_HYPOTHESIS] = { "hypothesis", EXPERIMENTS, 0 },
    [ASANA_KIND] = { "kind", EXPERIMENTS, 0 },
    [ASANA_METRIC] = { "metric", EXPERIMENTS, 0 },
    [ASANA_TARGET] = { "target", EXPERIMENTS, 0 },
    [ASANA_CAMPAIGN] = { "campaign", EXPERIMENTS, 0 },
    [ASANA_COST] = { "cost", EXPERIMENTS, 0 },
    [ASANA_CURRENCY] = { "currency", EXPERIMENTS, 0 },
    [ASANA_OUTCOME] = { "outcome", EXPERIMENTS, 0 },
    [ASANA_LEARNING] = { "learning", EXPERIMENTS, 0 },
    [ASANA_ARM] = { "arm", EXPERIMENTS | OF_DEALS, 0 },
    [ASANA_VERSION] = { "version", PUBLISHED, PUBLISHED },
    [ASANA_TEXT] = { "text", PUBLISHED | LEARNINGS, 0 },
    [ASANA_CHANGELOG] = { "changelog", PUBLISHED, 0 },
    [ASANA_TOPIC] = { "topic", LEARNINGS, 0 },
    [ASANA_DEAL] = { "deal", OF_ONE_DEAL, 0 },
    [ASANA_EXPERIMENT] = { "experiment", OF_DEALS, OF_DEALS },
    [AS] = { "as", BC_EVERY_KIND, BC_EVERY_KIND },
    [SECTIONS] = { "sections", WITH_STATES, 0 },
    [STATES] = { "states", WITH_STATES, 0 },
    [COMPLETED] = { "completed", WITH_STATES, 0 },
    [OPTIONS] = { "options", BC_EVERY_KIND, 0 },
    [DEALS] = { "deals", EXPERIMENTS, 0 },
    [TITLES] = { "titles", OF_ONE_DEAL, 0 },
    [ARTIFACT] = { "artifact", LEARNINGS | ARTIFACTS, ARTIFACTS },
};

/* As many as a map may have. */
enum { MEANT_MAX = 500, PROJECTS_MAX = 100 };

bool asana_is_gid(struct bc_str text)
{
    return text.len > 0 && text.len <= 32 && strspn(text.at, "0123456789") == text.len;
}

static void mean(const struct bc_fields *in, struct asana_meanings *out, struct asana_meant one)
{
    if (!out->at)
        out->at = bc_arena_alloc(in->arena, MEANT_MAX * sizeof(*out->at));
    out->at[out->n++] = one;
}

static bc_status take_words(const struct bc_fields *in, struct asana_meanings *out,
                            enum asana_role role, struct bc_str field, const struct bc_yaml *map,
                            const char *what)
{
    static const char *const of_experiments[] = { "planned", "started", "concluded" };
    static const char *const of_others[] = { "draft", "recorded" };
    static const enum asana_word meanings[] = { ASANA_BEFORE, ASANA_STARTED, ASANA_DONE };
    const bool is_experiment = role == ASANA_EXPERIMENTS;
    bc_status rc = bc_fields_map(in, map, what, 1, MEANT_MAX - out->n);

    for (const struct bc_yaml *one = map->first; rc == BC_OK && one; one = one->next) {
        struct asana_meant meant = { .field = field, .name = one->key };
        unsigned word = 0;

        rc = bc_fields_word(in, &word, one, is_experiment ? "state of an experiment" : "state",
                            is_experiment ? of_experiments : of_others, is_experiment ? 3 : 2);
        if (rc < 0)
            break;
        meant.word = is_experiment || word == 0 ? meanings[word] : ASANA_DONE;
        mean(in, out, meant);
    }
    return rc;
}

/* field: { option: word } */
static bc_status take_states(const struct bc_fields *in, struct asana_project *project,
                             const struct bc_yaml *map)
{
    bc_status rc = bc_fields_map(in, map, "states", 1, MEANT_MAX);

    for (const struct bc_yaml *one = map->first; rc == BC_OK && one; one = one->next)
        rc = take_words(in, &project->states, project->role, one->key, one,
                        "the options of a field");
    return rc;
}

/* option: a word in its place */
static bc_status take_options(const struct bc_fields *in, struct asana_project *project,
                              const struct bc_yaml *map)
{
    bc_status rc = bc_fields_map(in, map, "options", 1, MEANT_MAX);

    for (const struct bc_yaml *one = map->first; rc == BC_OK && one; one = one->next) {
        struct asana_meant meant = { .name = one->key };
        const char *text = NULL;

        rc = bc_fields_text(in, &text, one);
        meant.text = bc_str_of(text);
        if (rc == BC_OK)
            mean(in, &project->options, meant);
    }
    return rc;
}

/* A field, or arm: field. */
static bc_status take_deals(const struct bc_fields *in, struct asana_project *project,
                            const struct bc_yaml *value)
{
    const struct bc_yaml *one = value->kind == BC_YAML_MAP ? value->first : value;
    const char *field = NULL;
    bc_status rc = BC_OK;

    if (value->kind == BC_YAML_MAP)
        rc = bc_fields_map(in, value, "deals", 1, MEANT_MAX);
    for (; rc == BC_OK && one; one = value->kind == BC_YAML_MAP ? one->next : NULL) {
        rc = bc_fields_text(in, &field, one);
        if (rc == BC_OK && bc_str_eq(bc_str_of(field), ASANA_NAME))
            rc = bc_fields_fault(in, one,
                                 "expected a custom field, or notes for what those link to");
        if (rc == BC_OK)
            mean(in, &project->deals,
                 (struct asana_meant){ .field = bc_str_of(field),
                                       .text = value->kind == BC_YAML_MAP ? one->key
                                                                          : (struct bc_str){ 0 } });
    }
    return rc;
}

static bc_status take_sources(const struct bc_fields *in, struct asana_project *project,
                              const struct bc_yaml *const *values)
{
    bc_status rc = BC_OK;

    if (project->role == ASANA_EXPERIMENTS)
        project->source[ASANA_HYPOTHESIS] = ASANA_NAME;
    if (project->role == ASANA_PLAYBOOK || project->role == ASANA_ICP)
        project->source[ASANA_CHANGELOG] = ASANA_NOTES;
    if (project->role == ASANA_LEARNINGS)
        project->source[ASANA_TEXT] = ASANA_NOTES;
    for (unsigned i = 0; rc == BC_OK && i < ASANA_SOURCE_N; i++) {
        const char *text = NULL;

        if (!values[i])
            continue;
        if (!bc_yaml_is_null(values[i]))
            rc = bc_fields_text(in, &text, values[i]);
        project->source[i] = bc_str_of(text);
    }
    if (rc == BC_OK && values[ASANA_VERSION] && asana_is_own_text(project->source[ASANA_VERSION]))
        rc = bc_fields_fault(in, values[ASANA_VERSION],
                             "expected a custom field: its history says when a version began");
    if (rc == BC_OK && values[ASANA_EXPERIMENT] &&
        asana_is_own_text(project->source[ASANA_EXPERIMENT]))
        rc = bc_fields_fault(in, values[ASANA_EXPERIMENT],
                             "expected a custom field: its history says since when");
    return rc;
}

static bc_status take_lists(const struct bc_fields *in, struct asana_project *project,
                            const struct bc_yaml *const *values)
{
    const char *artifact = NULL;
    bc_status rc = BC_OK;

    if (values[SECTIONS])
        rc = take_words(in, &project->sections, project->role, (struct bc_str){ 0 },
                        values[SECTIONS], "sections");
    if (rc == BC_OK && values[STATES])
        rc = take_states(in, project, values[STATES]);
    if (rc == BC_OK && values[COMPLETED])
        rc = bc_fields_bool(in, &project->completed, values[COMPLETED]);
    if (rc == BC_OK && values[OPTIONS])
        rc = take_options(in, project, values[OPTIONS]);
    if (rc == BC_OK && values[DEALS])
        rc = take_deals(in, project, values[DEALS]);
    if (rc == BC_OK)
        rc = connect_account_titles(&project->titles, &project->title_n, in, values[TITLES]);
    if (rc == BC_OK && values[ARTIFACT])
        rc = bc_fields_text(in, &artifact, values[ARTIFACT]);
    project->artifact = bc_str_of(artifact);
    return rc;
}

static bc_status take_project(const struct bc_fields *in, struct asana_project *project,
                              const struct bc_yaml *map)
{
    const struct bc_yaml *values[PROJECT_KEY_N] = { 0 };
    unsigned role = 0;
    bc_status rc;

    *project = (struct asana_project){ .gid = map->key };
    if (!asana_is_gid(map->key))
        return bc_fields_key_fault(in, map,
                                   "\"%.100s\" is not a project's gid; expected digits, as in the "
                                   "project's address",
                                   map->key.at);
    rc = bc_fields_take(in, values, map, "a project", project_keys, PROJECT_KEY_N);
    if (rc == BC_OK)
        rc = bc_fields_word(in, &role, values[AS], "kind of project", roles, ASANA_ROLE_N);
    if (rc == BC_OK)
        rc = bc_fields_kind(in, values, map, "a project", roles[role], 1U << role, project_keys,
                            PROJECT_KEY_N);
    project->role = (enum asana_role)role;
    if (rc == BC_OK)
        rc = take_sources(in, project, values);
    if (rc == BC_OK)
        rc = take_lists(in, project, values);
    if (rc == BC_OK && role == ASANA_EXPERIMENTS && !project->sections.n && !project->states.n &&
        !project->completed)
        rc = bc_fields_key_fault(in, map,
                                 "expected sections:, states: or completed:, which say when an "
                                 "experiment starts and ends");
    return rc;
}

bc_status asana_take_account(const void **out, const struct bc_fields *in,
                             const struct bc_yaml *const *values, const struct bc_yaml *file)
{
    struct asana_account *account = bc_arena_alloc(in->arena, sizeof(*account));
    bc_status rc = bc_fields_map(in, values[0], "projects", 1, PROJECTS_MAX);

    (void)file;
    *out = account;
    if (rc < 0)
        return rc;
    account->projects = bc_arena_alloc(in->arena, values[0]->n * sizeof(*account->projects));
    for (const struct bc_yaml *one = values[0]->first; rc == BC_OK && one; one = one->next)
        rc = take_project(in, &account->projects[account->n++], one);
    return rc;
}

bool asana_is_own_text(struct bc_str source)
{
    return bc_str_eq(source, ASANA_NOTES) || bc_str_eq(source, ASANA_NAME);
}

bool asana_wants_notes(const struct asana_project *project)
{
    for (unsigned i = 0; i < ASANA_SOURCE_N; i++)
        if (bc_str_eq(project->source[i], ASANA_NOTES))
            return true;
    for (size_t i = 0; i < project->deals.n; i++)
        if (bc_str_eq(project->deals.at[i].field, ASANA_NOTES))
            return true;
    return project->role >= ASANA_LEARNINGS; /* they may link to their deal */
}
