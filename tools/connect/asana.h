/* tools/connect/asana.h - the parts of Asana's connector: its account file, what the fields and
 * sections of a project are called, the history of a task, and the events that it makes. */
#ifndef BC_TOOLS_CONNECT_ASANA_H
#define BC_TOOLS_CONNECT_ASANA_H

#include "ledger/base/instant.h"
#include "tools/connect/connector.h"
#include "tools/connect/run.h"

/* ---- the account file ---- */

/* What the tasks of a project are. */
enum asana_role {
    ASANA_EXPERIMENTS,
    ASANA_PLAYBOOK,
    ASANA_ICP,
    ASANA_LEARNINGS,
    ASANA_ARTIFACTS,
    ASANA_DEALS,
    ASANA_ROLE_N
};

/* What a section, an option or a tick says of a task. */
enum asana_word { ASANA_NO_WORD, ASANA_BEFORE, ASANA_STARTED, ASANA_DONE, ASANA_REOPENED };

/* What is read out of a custom field, or of the description or name of a task. */
enum asana_source {
    ASANA_ID,
    ASANA_HYPOTHESIS,
    ASANA_KIND,
    ASANA_METRIC,
    ASANA_TARGET,
    ASANA_CAMPAIGN,
    ASANA_COST,
    ASANA_CURRENCY,
    ASANA_OUTCOME,
    ASANA_LEARNING,
    ASANA_ARM,
    ASANA_VERSION,
    ASANA_TEXT,
    ASANA_CHANGELOG,
    ASANA_TOPIC,
    ASANA_DEAL,
    ASANA_EXPERIMENT,
    ASANA_SOURCE_N
};
extern const char *const asana_source_key[ASANA_SOURCE_N];
/* In the place of a field's name: the description, the name of the task. */
#define ASANA_NOTES BC_STR("notes")
#define ASANA_NAME  BC_STR("name")

/* A section or an option, by name or gid, and what it means. In the account `name` is as written;
 * where it is bound, a gid. */
struct asana_meant {
    struct bc_str field, name; /* field: of an option; empty: a section's, or any field's option */
    struct bc_str text;        /* a word in place of the option's own; the arm of a deals field */
    enum asana_word word;
};
struct asana_meanings {
    struct asana_meant *at;
    size_t n, cap;
};

struct asana_project {
    struct bc_str gid;
    enum asana_role role;
    struct bc_str source[ASANA_SOURCE_N];
    struct asana_meanings sections, states, options, deals;
    const struct bc_str *titles;
    size_t title_n;
    struct bc_str artifact;
    bool completed; /* a tick says that it is done */
};

struct asana_account {
    struct asana_project *projects;
    size_t n;
};

#define ASANA_KEY_N 1
extern const struct bc_field_key asana_keys[ASANA_KEY_N];
bc_status asana_take_account(const void **out, const struct bc_fields *in,
                             const struct bc_yaml *const *values, const struct bc_yaml *file);
/* Is it ASANA_NOTES or ASANA_NAME? */
bool asana_is_own_text(struct bc_str source);
/* Does the project want descriptions? */
bool asana_wants_notes(const struct asana_project *project);

/* ---- asking ---- */

extern const struct http_service asana_service;

/* All records of a listing, each gid once, appended to `out`; `path` is as connect_get has it. A
 * token of a page that has run out begins it anew. BC_DONE: there is no such thing, or the token
 * may not see it. */
bc_status asana_list(struct connect_run *run, json_t *out, struct bc_buf *path, struct bc_err *err);
/* Of how many things, of all that a batch of events is about, no batch before had one. */
size_t asana_new_things(struct http_pages *seen, const json_t *events);
struct bc_str asana_gid(const json_t *object);
/* Digits, as in an address? `text` is NUL-terminated. */
bool asana_is_gid(struct bc_str text);
/* The gid of a member, an object. */
struct bc_str asana_gid_of(const json_t *object, const char *key);

/* ---- a project ---- */

/* As it is read: what the account file names, by gid. */
struct asana_reading {
    struct connect_run *run;
    const struct asana_project *project;
    json_t *state;              /* of the project */
    int64_t asked_us;           /* when its events were asked for last, by Asana's clock */
    json_t *sections, *fields;  /* as the service has them: what is not needed is empty */
    struct asana_project bound; /* of `project`, its names gids; in run->keep */
};

/* Asks for sections and fields, and binds. BC_E_INPUT: the account names one that is not there.
 * BC_DONE: the project is not. A name that was bound before stays bound when it is changed in
 * Asana. */
bc_status asana_bind(struct asana_reading *reading, struct bc_err *err);
void asana_reading_release(struct asana_reading *reading);

/* Adds what is asked of tasks, in opt_fields. */
void asana_add_fields(struct bc_buf *path, const struct asana_project *project);
/* BC_E_REMOTE: something that was asked for is in none of the tasks. */
bc_status asana_check_tasks(const struct asana_reading *reading, const json_t *tasks,
                            struct bc_err *err);

/* ---- a task and its history ---- */

struct asana_task {
    struct asana_reading *reading;
    const json_t *json;     /* borrowed of its page */
    struct bc_str gid, ref; /* "task/1200" */
    struct bc_str actor;    /* who made it */
    int64_t created_us;
    json_t *stories; /* in their order */
};

/* Reads the stories. BC_DONE: it is there no more. */
bc_status asana_task_open(struct asana_task *out, struct asana_reading *reading, const json_t *json,
                          struct bc_err *err);
void asana_task_release(struct asana_task *task);

/* A value of a custom field; NULL: none. */
struct asana_cell {
    const json_t *value;
    enum asana_cell_kind {
        ASANA_CELL_NONE,
        ASANA_CELL_TEXT,
        ASANA_CELL_NUMBER,
        ASANA_CELL_ENUM,
        ASANA_CELL_MULTI,
        ASANA_CELL_DATE
    } kind;
};
/* Is a custom field, as a project or a task has it, of a kind whose values are read? */
bool asana_is_cell(const json_t *field);
/* What a field has now. */
struct asana_cell asana_cell_now(const struct asana_task *task, struct bc_str field);
/* What a story says it had before, or has since. */
struct asana_cell asana_cell_told(const json_t *story, const char *which);
/* What it had from the beginning. */
struct asana_cell asana_cell_first(const struct asana_task *task, struct bc_str field);
/* What it had at an instant. */
struct asana_cell asana_cell_at(const struct asana_task *task, struct bc_str field, int64_t us);
/* As text, an option by the word that the account has for it. Lives until connect_portion. */
struct bc_str asana_cell_text(const struct asana_reading *reading, struct asana_cell cell);
/* What a source has now. */
struct bc_str asana_text(const struct asana_task *task, enum asana_source source);

/* The time of a story, the id that an event of it has, and who did it. */
struct asana_when {
    int64_t us;
    struct bc_str id, actor;
    bool made;     /* with the task: before any story of that moment */
    bool observed; /* no story says it */
};
struct asana_when asana_when_told(const struct asana_task *task, const json_t *story);
/* Of what was so from the beginning; the id ends with `what`. */
struct asana_when asana_when_made(const struct asana_task *task, const char *what);
/* Of what is so now, and no story says since when. */
struct asana_when asana_when_found(const struct asana_task *task, const char *what);
/* Is it the story of a change of that field? */
bool asana_is_change_of(const json_t *story, struct bc_str field);
struct bc_str asana_story_kind(const json_t *story);

/* When a task began and when it was done, by sections, options and ticks. */
struct asana_step {
    struct asana_when when;
    enum asana_word word;
};
struct asana_course {
    struct asana_step *steps;
    size_t n, cap;
    const struct asana_step *started, *done; /* that stand; NULL: none */
};
void asana_course_of(struct asana_course *out, const struct asana_task *task);
void asana_course_release(struct asana_course *course);

/* ---- telling ---- */

/* An event of the task; its fields are still missing. */
struct bc_event asana_event(const struct asana_task *task, enum bc_body body,
                            const struct asana_when *when, struct bc_str ref);
/* What names the deal of a task that is of one deal. */
void asana_clues(struct connect_clues *clues, const struct asana_task *task);

bc_status asana_tell_experiment(struct asana_task *task, struct bc_err *err);
bc_status asana_tell_published(struct asana_task *task, struct bc_err *err);
bc_status asana_tell_learning(struct asana_task *task, struct bc_err *err);
/* The deals of an experiment, by its fields; the experiment of a deal. */
bc_status asana_tell_deals(struct asana_task *task, struct bc_str experiment, struct bc_err *err);
bc_status asana_tell_deal(struct asana_task *task, struct bc_err *err);
/* What an experiment is called in every event. */
struct bc_str asana_experiment(const struct asana_task *task);

/* Is a task, as Asana has it, in the project of that gid? */
bool asana_is_in_project(const json_t *task, struct bc_str project);
/* Tells all that there is of a task of the project, and ends a portion. */
bc_status asana_take_task(struct asana_reading *reading, const json_t *json, struct bc_err *err);

/* ---- what is there no more ---- */

/* Which tasks a project has, without looking at them. BC_DONE: there is no such project. */
bc_status asana_list_gids(struct connect_run *run, struct bc_str project, struct bc_err *err);
/* Is anything recorded, or kept without a deal, of the task? */
bool asana_is_known(struct connect_run *run, struct bc_str gid);
/* What is in no project any more is gone: that only all lists together say. `listed`: of each
 * project of the account, whether its tasks were listed in this run; the others are listed now. */
bc_status asana_say_gone(struct connect_run *run, const bool *listed, struct bc_err *err);

bc_status asana_discover(struct connect_run *run, struct bc_buf *file, struct bc_buf *found,
                         struct bc_err *err);

#endif
