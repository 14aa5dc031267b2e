/* tools/cmd/history.c - what happened to one deal. */
#include "tools/show/history.h"

#include "tools/cmd/pages.h"
#include "tools/show/history_drawing.h"
#include "tools/show/unknown_notes.h"

struct args {
    struct typed typed;
    const char *deal, *as_of, *svg;
    bool ids, json;
};

/* The drawing, if one is asked for; then the answer, unless the drawing has its place. */
static bc_status show(const struct cmd_env *env, const struct history_shown *shown,
                      const struct args *args, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (args->svg)
        rc = drawing_write(env, args->svg, history_drawing_add, shown, err);
    if (rc < 0 || drawing_instead(env, args->svg))
        return rc;
    (args->json ? history_json : history_print)(env, shown);
    return BC_OK;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, const struct args *args,
                        struct bc_err *err)
{
    struct bc_history *history = NULL;
    struct when when;
    bc_status rc = basis_when(&when, basis, env, args->as_of, err);

    if (rc < 0)
        return rc;
    basis_set_date(basis, &when);
    rc = bc_history_make(&history, basis->timelines, &basis->question, bc_str_of(args->deal), err);
    if (rc == BC_DONE)
        return basis_no_deal(args->deal, err);
    if (rc < 0)
        return rc;
    unknown_notes_add_deal(&basis->notes, basis->rules, &history->unknown, -1);
    rc = show(env, &(struct history_shown){ basis, args->deal, history, args->ids, env->names },
              args, err);
    bc_history_free(history);
    return rc;
}

int cmd_history(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .typed = { .learning = true } };
    const struct opt opts[] = {
        { NULL, "DEAL", .text = &args.deal, .help = "the deal's id", .required = true },
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "visits and findings as of then (default: today)" },
        QUESTION_OPTIONS(&args.typed),
        OPT_VERIFIED(&args.typed.verified),
        { "ids", NULL, .flag = &args.ids, .help = "the id of each event, too; --json has them" },
        OPT_SVG(&args.svg),
        OPT_JSON(&args.json),
        { 0 },
    };
    struct basis basis = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast history"), env, argc, argv, &err);

    if (rc == BC_OK && args.deal[0] == '\0')
        rc = bc_err_set(&err, BC_E_USAGE, "DEAL is empty, expected a deal's id");
    if (rc == BC_OK && args.ids && args.json)
        rc = bc_err_set(&err, BC_E_USAGE, "--ids is for people: --json has the ids of all events");
    if (rc == BC_OK)
        rc = basis_open(&basis, env, &args.typed, &err);
    if (rc == BC_OK)
        rc = answer(env, &basis, &args, &err);
    basis_close(&basis);
    return cmd_exit(env, rc, &err);
}
