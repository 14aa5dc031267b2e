/* tools/connect/asana_task.c - one task: in which project it is taken, and that nothing of it
 * stands but what is told now. */
#include "tools/connect/asana.h"

static const struct connect_kind undated = { "tasksUndated", "task has no time: left out",
                                             "tasks have no time: left out" };
static const struct connect_kind meanwhile = {
    "goneMeanwhile", "task was deleted while it was read: the next run will say so",
    "tasks were deleted while they were read: the next run will say so"
};
static const struct connect_kind twice = {
    "tasksTwice", "task is in two projects of one kind: taken in the first of the account file",
    "tasks are in two projects of one kind: taken in the first of the account file"
};

static bc_status tell(struct asana_task *task, struct bc_err *err)
{
    bc_status rc;

    switch (task->reading->project->role) {
    case ASANA_EXPERIMENTS:
        rc = asana_tell_experiment(task, err);
        return rc == BC_OK ? asana_tell_deals(task, asana_experiment(task), err) : rc;
    case ASANA_PLAYBOOK:
    case ASANA_ICP:
        return asana_tell_published(task, err);
    case ASANA_LEARNINGS:
    case ASANA_ARTIFACTS:
        return asana_tell_learning(task, err);
    case ASANA_DEALS:
        return asana_tell_deal(task, err);
    case ASANA_ROLE_N:
        break;
    }
    return BC_OK;
}

bool asana_is_in_project(const json_t *task, struct bc_str project)
{
    const json_t *memberships = json_object_get(task, "memberships");

    for (size_t i = 0; i < json_array_size(memberships); i++)
        if (bc_str_eq(asana_gid_of(json_array_get(memberships, i), "project"), project))
            return true;
    return false;
}

/* Its project of that kind: of several the first one in the account file, so that it is the same
 * one in each run. */
static bool is_taken_here(const struct asana_reading *reading, const json_t *task)
{
    const struct asana_account *account = reading->run->account->own;
    size_t i = 0;

    while (&account->projects[i] != reading->project &&
           (account->projects[i].role != reading->project->role ||
            !asana_is_in_project(task, account->projects[i].gid)))
        i++;
    return &account->projects[i] == reading->project;
}

static uint64_t bodies_of_role(enum asana_role role)
{
    static const enum bc_body bodies[] = { [ASANA_EXPERIMENTS] = BC_EXPERIMENT_STARTED,
                                           [ASANA_PLAYBOOK] = BC_PLAYBOOK_PUBLISHED,
                                           [ASANA_ICP] = BC_ICP_PUBLISHED,
                                           [ASANA_LEARNINGS] = BC_LEARNING_RECORDED,
                                           [ASANA_ARTIFACTS] = BC_ARTIFACT_LINKED,
                                           [ASANA_DEALS] = BC_DEAL_ENROLLED };
    const uint64_t concluded =
        role == ASANA_EXPERIMENTS ? connect_body_bit(BC_EXPERIMENT_CONCLUDED) : 0;

    return connect_body_bit(bodies[role]) | concluded;
}

/* What it was once and is no more is taken back; not what it is in a project of another kind. */
static bc_status take_back_rest(const struct asana_task *task, struct bc_err *err)
{
    static const char why[] = "by what the task and the account file say now it is none";
    struct connect_run *run = task->reading->run;
    const struct asana_account *account = run->account->own;
    uint64_t bodies = CONNECT_ALL_BODIES;
    size_t at = 0, object;
    bc_status rc;

    for (size_t i = 0; i < account->n; i++)
        if (account->projects[i].role != task->reading->project->role &&
            asana_is_in_project(task->json, account->projects[i].gid))
            bodies &= ~bodies_of_role(account->projects[i].role);
    rc = connect_told_all(run, task->ref, bodies, why, err);
    if (!(bodies & connect_body_bit(BC_EXPERIMENT_STARTED)))
        return rc;
    while (rc == BC_OK &&
           connect_known_below(run->known,
                               connect_print(run, "enrolment/%.*s", BC_STR_ARG(task->gid)), &at,
                               &object))
        rc = connect_told_all(run, connect_known_object_at(run->known, object)->ref,
                              CONNECT_ALL_BODIES, why, err);
    return rc;
}

bc_status asana_take_task(struct asana_reading *reading, const json_t *json, struct bc_err *err)
{
    struct connect_run *run = reading->run;
    const struct bc_str gid = asana_gid(json);
    struct asana_task task = { 0 };
    int64_t us;
    bc_status rc;

    connect_listed(run, connect_print(run, "task/%.*s", BC_STR_ARG(gid)));
    if (!is_taken_here(reading, json)) {
        connect_note(run, &twice, gid);
        return BC_OK;
    }
    run->objects++;
    if (!connect_instant(&us, json, "created_at")) {
        connect_note(run, &undated, gid);
        return BC_OK;
    }
    rc = asana_task_open(&task, reading, json, err);
    if (rc == BC_OK) {
        rc = tell(&task, err);
        rc = rc == BC_OK ? take_back_rest(&task, err) : rc;
    } else if (rc == BC_DONE) {
        connect_note(run, &meanwhile, gid);
    }
    asana_task_release(&task);
    return rc < 0 ? rc : connect_portion(run, err);
}
