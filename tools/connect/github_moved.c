/* tools/connect/github_moved.c - an issue that is transferred to another repository gets another id
 * and number there, and is missing from the lists of the old one without a word; so is one that was
 * deleted. Both are found once a day: all issues are listed, and what the ledger has and no list
 * has is asked for at its address. A transferred one is led to from there, and stays the hand-off
 * that it was.
 *
 * The state has, by its new id: for good its name in the ledger and where it is now, and in
 * "movedTold" when it had changed last when it was told. */
#include "tools/connect/github.h"

#include <stdlib.h>

#define SWEPT     "swept"
#define TOLD      "movedTold"
#define EVERY_US  BC_DAY_US
#define WITHDRAWN "the issue was transferred here: it is the hand-off that it was before"

static const struct connect_kind transferred = {
    "issuesTransferred", "issue was transferred: it stays the hand-off that it was",
    "issues were transferred: they stay the hand-offs that they were"
};
static const struct connect_kind deleted = {
    "issuesDeleted", "issue was deleted: what was recorded of it stays",
    "issues were deleted: what was recorded of them stays"
};
static const struct connect_kind unseen = {
    "issuesUnseen", "issue cannot be seen any more: what was recorded of it stays",
    "issues cannot be seen any more: what was recorded of them stays"
};

/* Whatever was recorded while it was taken for another one is taken back. */
static bc_status take_back_other(struct connect_run *run, struct bc_str id, struct bc_err *err)
{
    const struct connect_object *other = connect_known_object(run->known, github_ref(run, id));
    struct connect_stood stood;
    size_t at = 0;
    bc_status rc = BC_OK;

    while (rc == BC_OK && other && connect_known_next(run->known, other, &at, &stood))
        rc = connect_take_back(run, stood.id, WITHDRAWN, err);
    return rc;
}

/* An object in an object, which is made where it is not there. */
static json_t *member(json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);

    if (!json_is_object(value)) {
        value = json_object();
        json_object_set_new(object, key, value);
    }
    return value;
}

static bc_status move(struct connect_run *run, struct bc_str ref, const json_t *issue,
                      const char *path, struct bc_err *err)
{
    const struct bc_str id = connect_text(run, issue, "id");
    json_t *one = json_object();
    json_t *moved = member(member(run->state, CONNECT_FOR_GOOD), GITHUB_MOVED);

    json_object_set_new(one, "ref", json_stringn(ref.at, ref.len));
    json_object_set_new(one, "path", json_stringn(path, strcspn(path, "?")));
    json_object_setn_new_nocheck(moved, id.at, id.len, one);
    connect_listed(run, ref);
    connect_note(run, &transferred, ref);
    return take_back_other(run, id, err);
}

/* ---- those that no list has ---- */

static bool is_out_of_sight(const struct github_reading *reading, struct bc_str repository)
{
    for (size_t i = 0; i < reading->account->repository_n; i++)
        if (bc_str_eq(reading->repositories[i].name, repository) ||
            bc_str_eq(reading->repositories[i].now, repository))
            return !reading->repositories[i].there;
    return false;
}

/* Where it was, another issue is if a transfer led there, or another repository took the name. */
static bc_status judge(struct connect_run *run, struct bc_str ref, struct bc_str asked,
                       const struct http_answer *answer, struct bc_err *err)
{
    const struct bc_str id = connect_text(run, answer->root, "id");
    const bool led = !bc_str_eq(asked, bc_str_of(answer->path));

    if (answer->status < 300 && id.len && bc_str_eq(github_ref(run, id), ref))
        connect_listed(run, ref); /* it slipped by, or its repository is read no more */
    else if (answer->status < 300 && id.len && led)
        return move(run, ref, answer->root, answer->path, err);
    else
        connect_note(run, answer->status == 410 ? &deleted : &unseen, ref);
    return BC_OK;
}

static bc_status ask(struct github_reading *reading, struct bc_str ref, struct bc_str address,
                     struct bc_err *err)
{
    struct connect_run *run = reading->run;
    struct bc_str repository, number, asked;
    struct http_answer answer;
    struct bc_buf path = { 0 };
    bc_status rc;

    if (!bc_str_begins(ref, github_ref(run, (struct bc_str){ 0 })) || connect_is_listed(run, ref) ||
        !github_parts_of(&repository, &number, address) || is_out_of_sight(reading, repository))
        return BC_OK;
    asked =
        connect_print(run, "/repos/%.*s/issues/%.*s", BC_STR_ARG(repository), BC_STR_ARG(number));
    bc_buf_add_str(&path, asked);
    rc = connect_get(run, &answer, &path, &(struct http_request){ .allowed = github_gone }, err);
    if (rc == BC_OK)
        rc = judge(run, ref, asked, &answer, err);
    http_answer_release(&answer);
    return rc;
}

static bc_status ask_known(struct github_reading *reading, struct bc_err *err)
{
    const connect_known *known = reading->run->known;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < connect_known_objects(known); i++) {
        const struct connect_object *object = connect_known_object_at(known, i);

        if (object->bodies)
            rc = ask(reading, object->ref, object->address, err);
    }
    return rc;
}

static bc_status ask_untied(struct github_reading *reading, struct bc_err *err)
{
    struct connect_loose *loose;
    const size_t n = connect_untied_list(&loose, &reading->run->untied);
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++)
        rc = ask(reading, loose[i].object, loose[i].address, err);
    free(loose);
    return rc;
}

/* ---- a sweep ---- */

static bc_status list_issue(void *payload, const json_t *issue, struct bc_err *err)
{
    struct connect_run *run = payload;

    (void)err;
    if (connect_text(run, issue, "id").len)
        connect_listed(run, github_name(run, issue).ref);
    return BC_OK;
}

static bc_status list_all(struct github_reading *reading, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < reading->account->repository_n; i++) {
        const struct github_repository *repository = &reading->repositories[i];
        struct bc_buf path = { 0 };

        if (!repository->there)
            continue;
        bc_buf_printf(&path, "/repos/%.*s/issues?state=all&sort=created&direction=asc&per_page=100",
                      BC_STR_ARG(repository->now));
        rc = github_list(reading->run, &path, NULL, list_issue, reading->run, err);
    }
    return rc;
}

bc_status github_sweep(struct github_reading *reading, struct bc_err *err)
{
    const struct connect_run *run = reading->run;
    bc_status rc = BC_OK;

    if (reading->swept)
        return BC_OK;
    reading->swept = true;
    if (connect_known_objects(run->known) + json_object_size(run->untied.events) == 0)
        return BC_OK; /* nothing can be missing */
    rc = list_all(reading, err);
    if (rc == BC_OK)
        rc = ask_known(reading, err);
    return rc == BC_OK ? ask_untied(reading, err) : rc;
}

bc_status github_sweep_if_due(struct github_reading *reading, struct bc_err *err)
{
    const json_t *swept = json_object_get(reading->run->state, SWEPT);
    const int64_t now_us = reading->repositories[0].begun_us;

    if (json_is_integer(swept) && json_integer_value(swept) <= now_us &&
        now_us < json_integer_value(swept) + EVERY_US)
        return BC_OK;
    return github_sweep(reading, err);
}

void github_swept(struct github_reading *reading)
{
    if (reading->swept)
        json_object_set_new(reading->run->state, SWEPT,
                            json_integer(reading->repositories[0].begun_us));
}

/* ---- those that were transferred ---- */

void github_moved_told(struct connect_run *run, const json_t *issue)
{
    const struct bc_str id = connect_text(run, issue, "id");

    if (github_moved(run, id))
        json_object_setn_nocheck(member(run->state, TOLD), id.at, id.len,
                                 json_object_get(issue, "updated_at"));
}

static bc_status tell_moved(struct github_reading *reading, const json_t *issue, const char *path,
                            struct bc_err *err)
{
    struct connect_run *run = reading->run;
    const struct github_named named = github_name(run, issue);
    bc_status rc;

    run->objects++;
    rc = github_tell(reading, &named, issue, bc_str_of(path), (struct bc_str){ 0 }, err);
    if (rc == BC_OK)
        github_moved_told(run, issue);
    return rc == BC_OK ? connect_portion(run, err) : rc;
}

static bc_status look_at_moved(struct github_reading *reading, const char *id, const json_t *one,
                               struct bc_err *err)
{
    struct connect_run *run = reading->run;
    const struct bc_str ref = bc_str_of(json_string_value(json_object_get(one, "ref")));
    const struct bc_str path = bc_str_of(json_string_value(json_object_get(one, "path")));
    struct bc_buf asked = { 0 };
    struct http_answer answer;
    bc_status rc;

    if (path.len == 0 || (reading->swept && !connect_is_listed(run, ref)))
        return BC_OK; /* it was asked for already, and is gone */
    bc_buf_add_str(&asked, path);
    rc = connect_get(run, &answer, &asked, &(struct http_request){ .allowed = github_gone }, err);
    if (rc == BC_OK && (answer.status >= 300 || connect_text(run, answer.root, "id").len == 0)) {
        connect_note(run, answer.status == 410 ? &deleted : &unseen, ref);
    } else if (rc == BC_OK) {
        connect_listed(run, ref);
        if (!bc_str_eq(connect_text(run, answer.root, "id"), bc_str_of(id))) { /* and once more */
            rc = move(run, ref, answer.root, answer.path, err);
            json_object_del(github_all_moved(run), id);
            json_object_del(member(run->state, TOLD), id);
        }
        if (rc == BC_OK && !json_equal(json_object_get(json_object_get(run->state, TOLD), id),
                                       json_object_get(answer.root, "updated_at")))
            rc = tell_moved(reading, answer.root, answer.path, err);
    }
    http_answer_release(&answer);
    return rc;
}

bc_status github_read_moved(struct github_reading *reading, struct bc_err *err)
{
    json_t *moved = json_copy(github_all_moved(reading->run)); /* which changes on the way */
    bc_status rc = BC_OK;
    const char *id;
    json_t *one;

    json_object_foreach(moved, id, one)
    {
        rc = rc == BC_OK ? look_at_moved(reading, id, one, err) : rc;
    }
    json_decref(moved);
    return rc;
}
