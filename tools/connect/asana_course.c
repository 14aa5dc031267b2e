/* tools/connect/asana_course.c - when a task began and was done. What a later story says otherwise
 * undoes it; a section or option without a word says nothing. */
#include "tools/connect/asana.h"

#include <stdlib.h>

static void add(struct asana_course *course, struct asana_when when, enum asana_word word)
{
    if (word == ASANA_NO_WORD)
        return;
    BC_GROW(course->steps, course->n, course->cap);
    course->steps[course->n++] = (struct asana_step){ when, word };
}

/* The word of a section, whose field is empty, or of a field's option. */
static enum asana_word word_of(const struct asana_meanings *meanings, struct bc_str field,
                               struct bc_str gid)
{
    for (size_t i = 0; gid.len && i < meanings->n; i++)
        if (bc_str_eq(meanings->at[i].field, field) && bc_str_eq(meanings->at[i].name, gid))
            return meanings->at[i].word;
    return ASANA_NO_WORD;
}

static enum asana_word word_of_section(const struct asana_reading *reading, struct bc_str gid)
{
    return word_of(&reading->bound.sections, (struct bc_str){ 0 }, gid);
}

static enum asana_word word_of_cell(const struct asana_reading *reading, struct bc_str field,
                                    struct asana_cell cell)
{
    if (cell.kind != ASANA_CELL_ENUM)
        return ASANA_NO_WORD;
    return word_of(&reading->bound.states, field, asana_gid(cell.value));
}

static const char *made_of(const struct asana_reading *reading, enum asana_word word)
{
    if (word == ASANA_STARTED)
        return "started";
    return reading->project->role == ASANA_EXPERIMENTS ? "concluded" : "recorded";
}

/* ---- sections ---- */

/* A story of a move names no project: its sections say whether it is in this one. */
static bool is_here(const struct asana_reading *reading, struct bc_str section)
{
    for (size_t i = 0; i < json_array_size(reading->sections); i++)
        if (bc_str_eq(asana_gid(json_array_get(reading->sections, i)), section))
            return true;
    return word_of_section(reading, section) != ASANA_NO_WORD;
}

static bool is_move(const struct asana_reading *reading, const json_t *story)
{
    return bc_str_eq(asana_story_kind(story), BC_STR("section_changed")) &&
           (is_here(reading, asana_gid_of(story, "new_section")) ||
            is_here(reading, asana_gid_of(story, "old_section")));
}

static struct bc_str section_now(const struct asana_task *task)
{
    const json_t *memberships = json_object_get(task->json, "memberships");

    for (size_t i = 0; i < json_array_size(memberships); i++) {
        const json_t *one = json_array_get(memberships, i);

        if (bc_str_eq(asana_gid_of(one, "project"), task->reading->project->gid))
            return asana_gid_of(one, "section");
    }
    return (struct bc_str){ 0 };
}

/* The first move leads out of it; of a task that never moved it is the present one. */
static struct bc_str section_first(const struct asana_task *task)
{
    for (size_t i = 0; i < json_array_size(task->stories); i++) {
        const json_t *story = json_array_get(task->stories, i);

        if (is_move(task->reading, story))
            return asana_gid_of(story, "old_section");
    }
    return section_now(task);
}

static bool is_arrival(const struct asana_task *task, const json_t *story)
{
    return bc_str_eq(asana_story_kind(story), BC_STR("added_to_project")) &&
           bc_str_eq(asana_gid_of(story, "project"), task->reading->project->gid);
}

/* When it came into the project. */
static struct asana_when arrival_of(const struct asana_task *task, enum asana_word word)
{
    for (size_t i = 0; i < json_array_size(task->stories); i++)
        if (is_arrival(task, json_array_get(task->stories, i)))
            return asana_when_told(task, json_array_get(task->stories, i));
    return asana_when_made(task, made_of(task->reading, word));
}

/* ---- the course ---- */

/* Is it the first option of its field in the list? So that a field is asked once. */
static bool is_first_of_field(const struct asana_meanings *states, size_t i)
{
    for (size_t before = 0; before < i; before++)
        if (bc_str_eq(states->at[before].field, states->at[i].field))
            return false;
    return true;
}

static void add_first(struct asana_course *course, const struct asana_task *task)
{
    const struct asana_reading *reading = task->reading;
    const struct asana_meanings *states = &reading->bound.states;

    for (size_t i = 0; i < states->n; i++) {
        const struct bc_str field = states->at[i].field;
        enum asana_word word;

        if (!is_first_of_field(states, i))
            continue;
        word = word_of_cell(reading, field, asana_cell_first(task, field));
        add(course, asana_when_made(task, made_of(reading, word)), word);
    }
    if (reading->project->sections.n) {
        const enum asana_word word = word_of_section(reading, section_first(task));

        add(course, arrival_of(task, word), word);
    }
}

static enum asana_word word_of_story(const struct asana_task *task, const json_t *story)
{
    const struct asana_reading *reading = task->reading;
    const struct bc_str kind = asana_story_kind(story);
    const struct bc_str field = asana_gid_of(story, "custom_field");

    if (bc_str_eq(kind, BC_STR("section_changed")))
        return word_of_section(reading, asana_gid_of(story, "new_section"));
    if (bc_str_eq(kind, BC_STR("marked_complete")) && reading->project->completed)
        return ASANA_DONE;
    if (bc_str_eq(kind, BC_STR("marked_incomplete")) && reading->project->completed)
        return ASANA_REOPENED;
    if (asana_is_change_of(story, field))
        return word_of_cell(reading, field, asana_cell_told(story, "new"));
    return ASANA_NO_WORD;
}

static int by_time(const void *a, const void *b)
{
    const struct asana_step *left = a, *right = b;

    if (left->when.us != right->when.us)
        return left->when.us < right->when.us ? -1 : 1;
    if (left->when.made != right->when.made)
        return left->when.made ? -1 : 1;
    if (left->when.id.len != right->when.id.len) /* their gids are numbers */
        return left->when.id.len < right->when.id.len ? -1 : 1;
    return bc_str_cmp(left->when.id, right->when.id);
}

static void fold(struct asana_course *course)
{
    for (size_t i = 0; i < course->n; i++) {
        const struct asana_step *step = &course->steps[i];

        if (step->word == ASANA_BEFORE)
            course->started = NULL;
        if (step->word == ASANA_STARTED && !course->started)
            course->started = step;
        if (step->word != ASANA_DONE)
            course->done = NULL;
        else if (!course->done)
            course->done = step;
    }
}

static bool says_now(const struct asana_task *task, enum asana_word word)
{
    const struct asana_reading *reading = task->reading;
    const struct asana_meanings *states = &reading->bound.states;
    bool says = word_of_section(reading, section_now(task)) == word;

    for (size_t i = 0; i < states->n; i++)
        says |= word_of_cell(reading, states->at[i].field,
                             asana_cell_now(task, states->at[i].field)) == word;
    return says || (word == ASANA_DONE && reading->project->completed &&
                    json_is_true(json_object_get(task->json, "completed")));
}

static bool has(const struct asana_course *course, size_t n, enum asana_word word)
{
    for (size_t i = 0; i < n; i++)
        if (course->steps[i].word == word)
            return true;
    return false;
}

/* Stories are not always complete: what is so now and never came about was found now. What is not
 * found stands nowhere, and is taken back if it was told once. */
void asana_course_of(struct asana_course *out, const struct asana_task *task)
{
    static const enum asana_word words[] = { ASANA_STARTED, ASANA_DONE };
    size_t n, found[2];

    *out = (struct asana_course){ 0 };
    add_first(out, task);
    for (size_t i = 0; i < json_array_size(task->stories); i++) {
        const json_t *story = json_array_get(task->stories, i);

        add(out, asana_when_told(task, story), word_of_story(task, story));
    }
    if (out->n > 1)
        qsort(out->steps, out->n, sizeof(*out->steps), by_time);
    n = out->n;
    for (size_t i = 0; i < 2; i++) {
        found[i] = out->n;
        add(out, asana_when_found(task, made_of(task->reading, words[i])), words[i]);
    }
    out->n = n;
    fold(out);
    if (!has(out, n, ASANA_STARTED) && says_now(task, ASANA_STARTED))
        out->started = &out->steps[found[0]];
    if (!has(out, n, ASANA_DONE) && says_now(task, ASANA_DONE))
        out->done = &out->steps[found[1]];
    out->n = n + 2;
}

void asana_course_release(struct asana_course *course)
{
    free(course->steps);
    *course = (struct asana_course){ 0 };
}
