/* tools/connect/asana_tell.c - experiments, published versions and learnings. */
#include "tools/connect/asana.h"

#include <strings.h>

#define HOUR_US (INT64_C(3600) * BC_SECOND_US)

static const struct connect_kind no_version = { "withoutVersion", "task has no version: left out",
                                                "tasks have no version: left out" };
static const struct connect_kind no_text = { "withoutText", "task has no text: no learning is told",
                                             "tasks have no text: no learnings are told" };
static const struct connect_kind alone = { "learningsAlone",
                                           "learning names no deal: told without one",
                                           "learnings name no deal: told without one" };
static const struct connect_kind found_now = {
    "foundNow", "change has no story: told as of when it was found",
    "changes have no stories: told as of when they were found"
};
static const struct connect_kind outcome_unknown = {
    "outcomesUnknown",
    "outcome is neither validated, refuted nor inconclusive (`options` can say which it is): told "
    "as it is",
    "outcomes are neither validated, refuted nor inconclusive (`options` can say which they are): "
    "told as they are"
};

struct bc_event asana_event(const struct asana_task *task, enum bc_body body,
                            const struct asana_when *when, struct bc_str ref)
{
    struct connect_run *run = task->reading->run;
    struct bc_event event = connect_event(run, body, when->us, ref);

    event.id = when->id;
    event.actor = when->actor;
    if (when->observed) {
        event.source_how = CONNECT_OBSERVED;
        connect_note(run, &found_now, task->ref);
    }
    return event;
}

static void set(struct bc_event *event, const struct asana_task *task, enum asana_source source,
                const char *field)
{
    connect_set(event, field, asana_text(task, source));
}

/* ---- experiments ---- */

struct bc_str asana_experiment(const struct asana_task *task)
{
    const struct bc_str id = asana_text(task, ASANA_ID);

    return id.len ? id : connect_id(task->reading->run, "%.*s", BC_STR_ARG(task->ref));
}

static struct bc_str outcome_of(const struct asana_task *task)
{
    static const char *const outcomes[] = { "validated", "refuted", "inconclusive" };
    const struct bc_str text = asana_text(task, ASANA_OUTCOME);

    for (size_t i = 0; i < 3; i++)
        if (text.len == strlen(outcomes[i]) && strncasecmp(text.at, outcomes[i], text.len) == 0)
            return bc_str_of(outcomes[i]);
    if (text.len)
        connect_note(task->reading->run, &outcome_unknown, task->ref);
    return text;
}

static bc_status tell_started(const struct asana_task *task, const struct asana_when *when,
                              struct bc_err *err)
{
    struct bc_event event = asana_event(task, BC_EXPERIMENT_STARTED, when, task->ref);

    connect_set(&event, "experiment", asana_experiment(task));
    for (unsigned i = ASANA_HYPOTHESIS; i <= ASANA_CURRENCY; i++)
        set(&event, task, (enum asana_source)i, asana_source_key[i]);
    return connect_tell(task->reading->run, &event, err);
}

static bc_status tell_concluded(const struct asana_task *task, const struct asana_when *when,
                                struct bc_err *err)
{
    struct bc_event event = asana_event(task, BC_EXPERIMENT_CONCLUDED, when, task->ref);

    connect_set(&event, "experiment", asana_experiment(task));
    connect_set(&event, "outcome", outcome_of(task));
    set(&event, task, ASANA_LEARNING, "learning");
    return connect_tell(task->reading->run, &event, err);
}

bc_status asana_tell_experiment(struct asana_task *task, struct bc_err *err)
{
    struct connect_run *run = task->reading->run;
    struct asana_course course;
    bc_status rc = BC_OK;

    asana_course_of(&course, task);
    if (course.started)
        rc = tell_started(task, &course.started->when, err);
    if (rc == BC_OK && course.done)
        rc = tell_concluded(task, &course.done->when, err);
    connect_expect(run, task->ref, BC_EXPERIMENT_STARTED, course.started != NULL);
    connect_expect(run, task->ref, BC_EXPERIMENT_CONCLUDED, course.done != NULL);
    asana_course_release(&course);
    return rc;
}

/* ---- published versions ---- */

struct version {
    struct asana_when when;
    struct bc_str text;
    int64_t until_us; /* of the next one; INT64_MAX: it is the present one */
};

/* The description, whose history Asana does not have, is that of the present version. A field is
 * as it was within an hour after the version. */
static struct bc_str text_of(const struct asana_task *task, const struct version *version,
                             enum asana_source source)
{
    const struct bc_str from = task->reading->bound.source[source];
    const int64_t late_us = version->when.us + HOUR_US;

    if (asana_is_own_text(from))
        return version->until_us == INT64_MAX ? asana_text(task, source) : (struct bc_str){ 0 };
    return asana_cell_text(
        task->reading,
        asana_cell_at(task, from, late_us < version->until_us ? late_us : version->until_us - 1));
}

static bc_status tell_version(const struct asana_task *task, const struct version *version,
                              struct bc_err *err)
{
    const struct asana_reading *reading = task->reading;
    const bool of_now = asana_is_own_text(reading->bound.source[ASANA_TEXT]) ||
                        asana_is_own_text(reading->bound.source[ASANA_CHANGELOG]);
    const enum bc_body body =
        reading->project->role == ASANA_PLAYBOOK ? BC_PLAYBOOK_PUBLISHED : BC_ICP_PUBLISHED;
    struct bc_event event;

    connect_expect(reading->run, task->ref, body, true);
    if (of_now && version->until_us != INT64_MAX &&
        connect_known_stands(reading->run->known, version->when.id)) {
        connect_leave(reading->run, version->when.id); /* with the description that it had then */
        return BC_OK;
    }
    event = asana_event(task, body, &version->when, task->ref);
    connect_set(&event, "version", version->text);
    connect_set(&event, "text", text_of(task, version, ASANA_TEXT));
    connect_set(&event, "changelog", text_of(task, version, ASANA_CHANGELOG));
    return connect_tell(reading->run, &event, err);
}

/* Goes on to another version; the one so far is told. */
static bc_status turn(const struct asana_task *task, struct version *version,
                      struct asana_when when, struct bc_str text, struct bc_err *err)
{
    bc_status rc = BC_OK;

    version->until_us = when.us;
    if (version->text.len)
        rc = tell_version(task, version, err);
    *version = (struct version){ when, text, INT64_MAX };
    return rc;
}

bc_status asana_tell_published(struct asana_task *task, struct bc_err *err)
{
    const struct asana_reading *reading = task->reading;
    const struct bc_str field = reading->bound.source[ASANA_VERSION];
    const struct bc_str now = asana_cell_text(reading, asana_cell_now(task, field));
    const struct asana_when found = asana_when_found(task, "published");
    struct version version = { asana_when_made(task, "published"),
                               asana_cell_text(reading, asana_cell_first(task, field)), INT64_MAX };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < json_array_size(task->stories); i++) {
        const json_t *story = json_array_get(task->stories, i);

        if (asana_is_change_of(story, field))
            rc = turn(task, &version, asana_when_told(task, story),
                      asana_cell_text(reading, asana_cell_told(story, "new")), err);
    }
    if (rc == BC_OK && now.len && !bc_str_eq(now, version.text))
        rc = turn(task, &version, found, now, err);
    if (rc == BC_OK && version.text.len)
        rc = tell_version(task, &version, err);
    else if (rc == BC_OK)
        connect_note(reading->run, &no_version, task->ref);
    return rc;
}

/* ---- learnings ---- */

static void clue_of_deal(struct connect_clues *clues, struct bc_str value)
{
    if (value.len && memmem(value.at, value.len, "://", 3))
        connect_clue_text(clues, value);
    else
        connect_clue(clues, CONNECT_DEAL, value);
}

static struct bc_str address_of(const struct asana_task *task)
{
    return connect_print(task->reading->run, "https://app.asana.com/0/0/%.*s",
                         BC_STR_ARG(task->gid));
}

void asana_clues(struct connect_clues *clues, const struct asana_task *task)
{
    struct connect_run *run = task->reading->run;
    const struct asana_project *project = task->reading->project;

    connect_clue(clues, CONNECT_OBJECT, task->ref);
    connect_clue(clues, CONNECT_OBJECT, address_of(task));
    connect_clue(clues, CONNECT_OBJECT, connect_text(run, task->json, "permalink_url"));
    clue_of_deal(clues, asana_text(task, ASANA_DEAL));
    for (size_t i = 0; i < project->title_n; i++)
        connect_clue_title(clues, connect_text(run, task->json, "name"), project->titles[i]);
    connect_clue_text(clues, connect_text(run, task->json, "notes"));
}

static bc_status tell_learning(const struct asana_task *task, const struct asana_when *when,
                               const struct connect_clues *clues, struct bc_err *err)
{
    struct connect_run *run = task->reading->run;
    struct bc_event event = asana_event(task, BC_LEARNING_RECORDED, when, task->ref);
    struct bc_str text = asana_text(task, ASANA_TEXT), deal;

    if (text.len == 0)
        text = connect_text(run, task->json, "name");
    if (text.len == 0) {
        connect_note(run, &no_text, task->ref);
        return BC_OK;
    }
    connect_expect(run, task->ref, BC_LEARNING_RECORDED, true);
    connect_set(&event, "text", text);
    set(&event, task, ASANA_TOPIC, "topic");
    if (connect_tie(&deal, run->links, run->known, bc_str_of(run->is->system), clues) !=
        CONNECT_NO_CLUE)
        return connect_tell_tied(run, &event, clues, NULL, err);
    connect_note(run, &alone, task->ref);
    connect_untied_drop(&run->untied, event.id);
    return connect_tell(run, &event, err);
}

/* Its address is made from its gid: those that Asana gives change with its projects. */
static bc_status tell_artifact(const struct asana_task *task, const struct asana_when *when,
                               const struct connect_clues *clues, struct bc_err *err)
{
    struct connect_run *run = task->reading->run;
    struct bc_event event = asana_event(task, BC_ARTIFACT_LINKED, when, task->ref);
    struct bc_str deal;

    if (task->reading->project->role == ASANA_LEARNINGS &&
        connect_tie(&deal, run->links, run->known, bc_str_of(run->is->system), clues) ==
            CONNECT_NO_CLUE)
        return BC_OK; /* of no deal: the learning says all */
    event.id = connect_print(run, "%.*s/artifact", BC_STR_ARG(when->id));
    connect_expect(run, task->ref, BC_ARTIFACT_LINKED, true);
    connect_set(&event, "kind", task->reading->project->artifact);
    connect_set(&event, "url", address_of(task));
    return connect_tell_tied(run, &event, clues, NULL, err);
}

static bc_status tell_recorded(const struct asana_task *task, const struct asana_when *when,
                               struct bc_err *err)
{
    const struct asana_project *project = task->reading->project;
    struct connect_clues clues = { 0 };
    bc_status rc = BC_OK;

    asana_clues(&clues, task);
    if (project->role == ASANA_LEARNINGS)
        rc = tell_learning(task, when, &clues, err);
    if (rc == BC_OK && project->artifact.len)
        rc = tell_artifact(task, when, &clues, err);
    return rc;
}

bc_status asana_tell_learning(struct asana_task *task, struct bc_err *err)
{
    const struct asana_project *project = task->reading->project;
    struct connect_run *run = task->reading->run;
    struct asana_course course;
    bc_status rc = BC_OK;

    if (!project->sections.n && !project->states.n && !project->completed) {
        const struct asana_when made = asana_when_made(task, "recorded");

        return tell_recorded(task, &made, err);
    }
    asana_course_of(&course, task);
    if (course.done)
        rc = tell_recorded(task, &course.done->when, err);
    if (!course.done) {
        connect_expect(run, task->ref, BC_LEARNING_RECORDED, false);
        connect_expect(run, task->ref, BC_ARTIFACT_LINKED, false);
    }
    asana_course_release(&course);
    return rc;
}
