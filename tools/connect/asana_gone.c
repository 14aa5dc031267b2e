/* tools/connect/asana_gone.c - tasks that are there no more. What the ledger has of them stays, and
 * is said; what is kept of them without a deal goes. */
#include "tools/connect/asana.h"

#include <stdlib.h>

#define ENROLMENTS "enrolment/"

static const struct connect_kind loose_gone = {
    "unlinkedGone", "task of no known deal is there no more: what was kept of it is dropped",
    "tasks of no known deal are there no more: what was kept of them is dropped"
};

bc_status asana_list_gids(struct connect_run *run, struct bc_str project, struct bc_err *err)
{
    json_t *tasks = json_array();
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_printf(&path, "/tasks?project=%.*s&limit=100", BC_STR_ARG(project));
    rc = asana_list(run, tasks, &path, err);
    for (size_t i = 0; rc == BC_OK && i < json_array_size(tasks); i++)
        connect_listed(
            run, connect_print(run, "task/%.*s", BC_STR_ARG(asana_gid(json_array_get(tasks, i)))));
    json_decref(tasks);
    return rc;
}

bool asana_is_known(struct connect_run *run, struct bc_str gid)
{
    const struct bc_str task = connect_print(run, "task/%.*s", BC_STR_ARG(gid));
    const struct bc_str enrolments = connect_print(run, ENROLMENTS "%.*s", BC_STR_ARG(gid));
    size_t at = 0, unused;

    return connect_known_object(run->known, task) ||
           connect_known_below(run->known, enrolments, &at, &unused) ||
           connect_untied_below(&run->untied, task) ||
           connect_untied_below(&run->untied, enrolments);
}

/* The task of "task/1200" or "enrolment/1200/77" is there. */
static bool is_there(struct connect_run *run, struct bc_str ref)
{
    const char *slash = memchr(ref.at, '/', ref.len);
    const size_t begin = slash ? (size_t)(slash - ref.at) + 1 : 0;
    size_t end = begin;

    while (end < ref.len && ref.at[end] != '/')
        end++;
    return connect_is_listed(
        run, connect_print(run, "task/%.*s", BC_STR_ARG(bc_str_part(ref, begin, end))));
}

static void drop_loose(struct connect_run *run)
{
    struct connect_loose *loose;
    const size_t n = connect_untied_list(&loose, &run->untied);

    for (size_t i = 0; i < n; i++) {
        const struct bc_str ref = connect_print(run, "%.*s", BC_STR_ARG(loose[i].object));

        if (is_there(run, ref))
            continue;
        connect_note(run, &loose_gone, ref);
        connect_untied_told_all(&run->untied, ref, CONNECT_ALL_BODIES);
    }
    free(loose);
}

bc_status asana_say_gone(struct connect_run *run, const bool *listed, struct bc_err *err)
{
    const struct asana_account *account = run->account->own;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < account->n; i++)
        if (!listed[i])
            rc = asana_list_gids(run, account->projects[i].gid, err);
    if (rc != BC_OK)
        return rc < 0 ? rc : BC_OK;
    connect_listed_all(run, "task/");
    for (size_t i = 0; i < connect_known_objects(run->known); i++) {
        const struct bc_str ref = connect_known_object_at(run->known, i)->ref;

        if (bc_str_begins(ref, BC_STR(ENROLMENTS)) && is_there(run, ref))
            connect_listed(run, ref);
    }
    connect_listed_all(run, ENROLMENTS);
    drop_loose(run);
    return BC_OK;
}
