/* tools/connect/asana_history.c - what a task's fields have and had, by its stories. Their display
 * text is in the reader's language, and is not asked for. */
#include "tools/connect/asana.h"

#include <inttypes.h>
#include <stdlib.h>

#define CHANGED "_custom_field_changed"

static const struct connect_kind undated = { "undated", "story has no time: left out",
                                             "stories have no time: left out" };
static const struct connect_kind unknown = { "storiesUnknown",
                                             "story is of a kind that is not known: left out",
                                             "stories are of kinds that are not known: left out" };

struct bc_str asana_story_kind(const json_t *story)
{
    const json_t *kind = json_object_get(story, "resource_subtype");

    return (struct bc_str){ json_string_value(kind), json_string_length(kind) };
}

static bool is_of_field(struct bc_str kind)
{
    const struct bc_str end = BC_STR(CHANGED);

    return kind.at && kind.len > end.len &&
           bc_str_eq(bc_str_part(kind, kind.len - end.len, kind.len), end);
}

bool asana_is_change_of(const json_t *story, struct bc_str field)
{
    return field.len && is_of_field(asana_story_kind(story)) &&
           bc_str_eq(asana_gid_of(story, "custom_field"), field);
}

/* ---- stories ---- */

/* Those that say nothing of what is asked. */
static bool is_known(struct bc_str kind)
{
    static const char *const kinds[] = {
        "added_to_project",   "added_to_task",    "added_to_tag",         "approval_status_changed",
        "assigned",           "attachment_added", "comment_added",        "dependency_added",
        "dependent_added",    "due_date_changed", "follower_added",       "liked",
        "marked_complete",    "marked_duplicate", "marked_incomplete",    "name_changed",
        "notes_changed",      "reassigned",       "removed_from_project", "section_changed",
        "start_date_changed", "unassigned"
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (bc_str_eq(kind, bc_str_of(kinds[i])))
            return true;
    return is_of_field(kind);
}

/* By time, then by gid, which are numbers. */
static int by_time(const void *a, const void *b)
{
    const json_t *const *left = a, *const *right = b;
    const struct bc_str l = asana_gid(*left), r = asana_gid(*right);
    int64_t l_us = 0, r_us = 0;

    (void)connect_instant(&l_us, *left, "created_at");
    (void)connect_instant(&r_us, *right, "created_at");
    if (l_us != r_us)
        return l_us < r_us ? -1 : 1;
    return l.len != r.len ? (l.len < r.len ? -1 : 1) : bc_str_cmp(l, r);
}

static json_t *sort_stories(struct connect_run *run, const json_t *all)
{
    json_t **at = bc_calloc(json_array_size(all) + 1, sizeof(json_t *));
    json_t *sorted = json_array();
    size_t n = 0;

    for (size_t i = 0; i < json_array_size(all); i++) {
        json_t *story = json_array_get(all, i);
        const struct bc_str kind = asana_story_kind(story);
        int64_t us;

        if (!is_known(kind))
            connect_note(run, &unknown, kind);
        else if (!connect_instant(&us, story, "created_at"))
            connect_note(run, &undated, asana_gid(story));
        else
            at[n++] = story;
    }
    if (n > 1)
        qsort(at, n, sizeof(json_t *), by_time);
    for (size_t i = 0; i < n; i++)
        json_array_append(sorted, at[i]);
    free(at);
    return sorted;
}

/* What was named in opt_fields and is in no story that should have it was not asked for rightly, or
 * is not given to this token: it must not look as if it were empty. */
static bc_status check_stories(const struct asana_task *task, const json_t *all, struct bc_err *err)
{
    static const char *const named[] = { "resource_subtype", "created_at", "custom_field",
                                         "new_section" };
    size_t n[4] = { 0 }, with[4] = { 0 };

    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *story = json_array_get(all, i);
        const struct bc_str kind = asana_story_kind(story);
        const bool has[4] = { true, true, is_of_field(kind),
                              bc_str_eq(kind, BC_STR("section_changed")) };

        for (size_t k = 0; k < 4; k++) {
            n[k] += has[k];
            with[k] += has[k] && json_object_get(story, named[k]);
        }
    }
    for (size_t k = 0; k < 4; k++)
        if (n[k] && !with[k])
            return bc_err_set(err, BC_E_REMOTE,
                              "GET /tasks/%.*s/stories: none of %zu stories has \"%s\", which was "
                              "asked for: the token may not see it",
                              BC_STR_ARG(task->gid), n[k], named[k]);
    return BC_OK;
}

static bc_status read_stories(struct asana_task *task, struct bc_err *err)
{
    struct connect_run *run = task->reading->run;
    json_t *all = json_array();
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_printf(
        &path,
        "/tasks/%.*s/stories?limit=100&opt_fields=created_at,created_by,resource_subtype,project,"
        "old_section,new_section,custom_field,old_text_value,new_text_value,old_number_value,"
        "new_number_value,old_enum_value.name,new_enum_value.name,old_multi_enum_values.name,"
        "new_multi_enum_values.name,old_date_value,new_date_value",
        BC_STR_ARG(task->gid));
    rc = asana_list(run, all, &path, err);
    if (rc == BC_OK)
        rc = check_stories(task, all, err);
    if (rc == BC_OK)
        task->stories = sort_stories(run, all);
    json_decref(all);
    return rc;
}

bc_status asana_task_open(struct asana_task *out, struct asana_reading *reading, const json_t *json,
                          struct bc_err *err)
{
    *out = (struct asana_task){ .reading = reading,
                                .json = json,
                                .gid = asana_gid(json),
                                .actor = asana_gid_of(json, "created_by") };
    out->ref = connect_print(reading->run, "task/%.*s", BC_STR_ARG(out->gid));
    (void)connect_instant(&out->created_us, json, "created_at");
    return read_stories(out, err);
}

void asana_task_release(struct asana_task *task)
{
    json_decref(task->stories);
    task->stories = NULL;
}

/* ---- times and ids ---- */

struct asana_when asana_when_told(const struct asana_task *task, const json_t *story)
{
    struct asana_when when = { .actor = asana_gid_of(story, "created_by") };

    (void)connect_instant(&when.us, story, "created_at");
    when.id = connect_id(task->reading->run, "story/%.*s", BC_STR_ARG(asana_gid(story)));
    return when;
}

struct asana_when asana_when_made(const struct asana_task *task, const char *what)
{
    return (struct asana_when){ .us = task->created_us,
                                .id = connect_id(task->reading->run, "task/%.*s/%s",
                                                 BC_STR_ARG(task->gid), what),
                                .actor = task->actor,
                                .made = true };
}

struct asana_when asana_when_found(const struct asana_task *task, const char *what)
{
    struct connect_run *run = task->reading->run;
    struct asana_when when = { .observed = true };

    when.id = connect_id(run, "task/%.*s/found/%s", BC_STR_ARG(task->gid), what);
    when.us = connect_found_us(run, when.id);
    return when;
}

/* ---- values ---- */

static const struct {
    const char *kind, *now, *before, *since;
    enum asana_cell_kind is;
} cells[] = {
    { "text", "text_value", "old_text_value", "new_text_value", ASANA_CELL_TEXT },
    { "number", "number_value", "old_number_value", "new_number_value", ASANA_CELL_NUMBER },
    { "enum", "enum_value", "old_enum_value", "new_enum_value", ASANA_CELL_ENUM },
    { "multi_enum", "multi_enum_values", "old_multi_enum_values", "new_multi_enum_values",
      ASANA_CELL_MULTI },
    { "date", "date_value", "old_date_value", "new_date_value", ASANA_CELL_DATE },
};
enum { CELL_N = sizeof(cells) / sizeof(cells[0]) };

static struct asana_cell cell_of(const json_t *object, size_t i, const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (!value || json_is_null(value))
        return (struct asana_cell){ 0 };
    return (struct asana_cell){ value, cells[i].is };
}

/* Its place among the kinds; CELL_N: it is of no such kind. */
static size_t cell_kind_of(const json_t *field)
{
    const json_t *kind = json_object_get(field, "resource_subtype");
    size_t i = 0;

    while (i < CELL_N &&
           (!json_is_string(kind) || strcmp(json_string_value(kind), cells[i].kind) != 0))
        i++;
    return i;
}

/* Its number is one that Asana gives the task. */
static bool is_custom_id(const json_t *field)
{
    const json_t *shown = json_object_get(field, "representation_type");

    return json_is_string(shown) && strcmp(json_string_value(shown), "custom_id") == 0;
}

bool asana_is_cell(const json_t *field)
{
    return is_custom_id(field) || cell_kind_of(field) < CELL_N;
}

struct asana_cell asana_cell_now(const struct asana_task *task, struct bc_str field)
{
    const json_t *fields = json_object_get(task->json, "custom_fields");

    for (size_t i = 0; field.len && i < json_array_size(fields); i++) {
        const json_t *one = json_array_get(fields, i);
        const size_t kind = cell_kind_of(one);

        if (!bc_str_eq(asana_gid(one), field))
            continue;
        if (is_custom_id(one))
            return (struct asana_cell){ json_object_get(one, "display_value"), ASANA_CELL_TEXT };
        if (kind < CELL_N)
            return cell_of(one, kind, cells[kind].now);
    }
    return (struct asana_cell){ 0 };
}

/* `which` is "old" or "new". */
struct asana_cell asana_cell_told(const json_t *story, const char *which)
{
    const struct bc_str kind = asana_story_kind(story);

    for (size_t k = 0; k < CELL_N; k++)
        if (kind.len == strlen(cells[k].kind) + strlen(CHANGED) &&
            bc_str_begins(kind, bc_str_of(cells[k].kind)))
            return cell_of(story, k, *which == 'o' ? cells[k].before : cells[k].since);
    return (struct asana_cell){ 0 };
}

struct asana_cell asana_cell_first(const struct asana_task *task, struct bc_str field)
{
    for (size_t i = 0; i < json_array_size(task->stories); i++) {
        const json_t *story = json_array_get(task->stories, i);

        if (asana_is_change_of(story, field))
            return asana_cell_told(story, "old");
    }
    return asana_cell_now(task, field);
}

struct asana_cell asana_cell_at(const struct asana_task *task, struct bc_str field, int64_t us)
{
    struct asana_cell cell = asana_cell_first(task, field);

    for (size_t i = 0; i < json_array_size(task->stories); i++) {
        const json_t *story = json_array_get(task->stories, i);
        int64_t at_us = 0;

        (void)connect_instant(&at_us, story, "created_at");
        if (at_us <= us && asana_is_change_of(story, field))
            cell = asana_cell_told(story, "new");
    }
    return cell;
}

/* ---- as text ---- */

static struct bc_str option_text(const struct asana_reading *reading, const json_t *option)
{
    const struct asana_meanings *options = &reading->bound.options;

    for (size_t i = 0; i < options->n; i++)
        if (bc_str_eq(options->at[i].name, asana_gid(option)))
            return options->at[i].text;
    return connect_text(reading->run, option, "name");
}

/* Without an exponent, and without zeros at the end. */
static struct bc_str number_text(struct connect_run *run, double number)
{
    struct bc_str text = connect_print(run, "%.6f", number);

    while (text.len && text.at[text.len - 1] == '0')
        text.len--;
    if (text.len && text.at[text.len - 1] == '.')
        text.len--;
    return text;
}

static struct bc_str date_text(struct connect_run *run, const json_t *value)
{
    const struct bc_str date = connect_text(run, value, "date");

    return date.len ? date : connect_text(run, value, "date_time");
}

static struct bc_str options_text(const struct asana_reading *reading, const json_t *options)
{
    struct bc_str all = { 0 };

    for (size_t i = 0; i < json_array_size(options); i++) {
        const struct bc_str one = option_text(reading, json_array_get(options, i));

        all = i ? connect_print(reading->run, "%.*s, %.*s", BC_STR_ARG(all), BC_STR_ARG(one)) : one;
    }
    return all;
}

struct bc_str asana_cell_text(const struct asana_reading *reading, struct asana_cell cell)
{
    switch (cell.kind) {
    case ASANA_CELL_TEXT:
        return (struct bc_str){ json_string_value(cell.value), json_string_length(cell.value) };
    case ASANA_CELL_NUMBER:
        return json_is_number(cell.value) ? number_text(reading->run, json_number_value(cell.value))
                                          : (struct bc_str){ 0 };
    case ASANA_CELL_ENUM:
        return option_text(reading, cell.value);
    case ASANA_CELL_MULTI:
        return options_text(reading, cell.value);
    case ASANA_CELL_DATE:
        return date_text(reading->run, cell.value);
    case ASANA_CELL_NONE:
        break;
    }
    return (struct bc_str){ 0 };
}

struct bc_str asana_text(const struct asana_task *task, enum asana_source source)
{
    const struct bc_str from = task->reading->bound.source[source];
    struct connect_run *run = task->reading->run;

    if (bc_str_eq(from, ASANA_NOTES))
        return connect_text(run, task->json, "notes");
    if (bc_str_eq(from, ASANA_NAME))
        return connect_text(run, task->json, "name");
    return asana_cell_text(task->reading, asana_cell_now(task, from));
}
