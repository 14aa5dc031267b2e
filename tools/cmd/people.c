/* tools/cmd/people.c - who did what in a window. */
#include "tools/show/people.h"

#include "tools/cmd/learning_args.h"
#include "tools/print/print_csv.h"

struct args {
    struct learning_args common;
    const char *by;
};

/* What is after the last point of a path: a count of a row, or a kind of event. */
static bool read_count(struct bc_people_ask *ask, struct bc_str count)
{
    ask->list_move = BC_PERSON_MOVE_N;
    if (bc_str_eq(count, BC_STR("n")) || bc_str_eq(count, BC_STR("deals")))
        return true;
    for (size_t kind = 0; kind < BC_PERSON_MOVE_N; kind++)
        if (bc_str_eq(count, bc_str_of(people_moves[kind])))
            ask->list_move = (enum bc_person_move_kind)kind;
    ask->list_body = bc_body_of(count);
    return ask->list_move != BC_PERSON_MOVE_N || ask->list_body != BC_NO_BODY;
}

/* An actor may have points in its name. */
static void read_list(struct bc_people_ask *ask, const char *typed)
{
    const char *point = typed ? strrchr(typed, '.') : NULL;
    struct bc_str who = bc_str_of(typed ? typed : "");

    ask->list = typed != NULL;
    ask->list_move = BC_PERSON_MOVE_N;
    if (point && read_count(ask, bc_str_of(point + 1)))
        who = bc_str_part(who, 0, (size_t)(point - typed));
    ask->list_who = bc_str_eq(who, BC_STR("none")) ? (struct bc_str){ 0 } : who;
}

static bc_status read_by(struct bc_people_ask *ask, const char *typed, struct bc_err *err)
{
    for (size_t by = 0; typed && by < sizeof(people_by) / sizeof(people_by[0]); by++)
        if (strcmp(typed, people_by[by]) == 0) {
            ask->by = (enum bc_people_by)by;
            return BC_OK;
        }
    return typed ? bc_err_set(err, BC_E_USAGE, "--by '%s': expected actor or source", typed)
                 : BC_OK;
}

static bc_status check_listed(const struct bc_people_ask *ask, const struct bc_people *people,
                              const char *typed, struct bc_err *err)
{
    for (size_t i = 0; i < people->row_n; i++)
        if (bc_str_eq(people->rows[i].who, ask->list_who))
            return BC_OK;
    return bc_err_set(err, BC_E_USAGE,
                      "--list '%s': no row is of that %s; expected one of a row, and perhaps .n, "
                      ".forward, .backward, .lost, .reopened or a kind of event as .stageChanged",
                      typed, people_by[ask->by]);
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    struct learning_asked asked = { 0 };
    struct bc_people_ask ask = { 0 };
    struct bc_people *people = NULL;
    struct people_shown shown = { basis, &ask, NULL };
    bc_status rc = learning_args_read(&asked, &args->common, basis, env,
                                      (struct learning_usual){ .slice = "all", .days = 365 }, err);

    ask.slice = asked.slice;
    ask.since_us = asked.since_us;
    read_list(&ask, args->common.list);
    if (rc == BC_OK)
        rc = read_by(&ask, args->by, err);
    if (rc == BC_OK)
        rc = bc_people_make(&people, basis->timelines, &basis->question, &ask, err);
    if (rc == BC_OK && ask.list)
        rc = check_listed(&ask, people, args->common.list, err);
    shown.people = people;
    if (rc == BC_OK)
        (args->common.json  ? people_show_json
         : args->common.csv ? people_show_csv
                            : people_show)(env, &shown);
    bc_people_free(people);
    return rc;
}

int cmd_people(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = LEARNING_ARGS };
    const struct opt opts[] = {
        { "by", "actor|source", .text = &args.by, .help = "a row for each (default: actor)" },
        { "list", "PATH", .text = &args.common.list,
          .help = "name the deals of what one did, an id: user:7.forward,\n"
                  "user:7.emailSent, or user:7 for all" },
        LEARNING_WINDOW_OPTIONS(&args.common, "events", "the last 365 days"),
        LEARNING_OPTIONS(&args.common, "all"),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast people", opts, &args.common.typed, answer, &args });
}
