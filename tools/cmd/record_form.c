/* tools/cmd/record_form.c - events by hand from a form, and the form to fill in. */
#include "tools/byhand/record_form.h"

#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/input.h"
#include "tools/cli/opt.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/record.h"

#include <inttypes.h>
#include <stdlib.h>

struct file {
    const char *path, *dir, *actor;
    bool shared;
    struct record_leave leave;
    struct record_done how;
    struct input input;
    struct record_form form;
    struct record_sheet sheet;
    size_t *order;
};

static bc_status read_text(struct file *file, struct bc_err *err)
{
    bc_status rc = input_open(&file->input, file->path, err);

    if (rc == BC_OK)
        rc = input_fill(&file->input, BC_YAML_MAX + 1, err);
    if (rc < 0)
        return rc;
    file->form.source = (struct bc_yaml_source){ file->input.name, input_rest(&file->input) };
    file->form.actor = file->actor;
    return BC_OK;
}

/* A fault of an event, at its place in the form. */
static bc_status place(const struct file *file, const struct record_fault *fault, bc_status rc,
                       struct bc_err *err)
{
    const struct record_place *at = &file->form.places[file->order[fault->event]];
    const struct bc_str id = file->sheet.events[fault->event].id;
    size_t offset = fault->field ? at->field_at[fault->field] : 0;

    if (rc != BC_E_INPUT && rc != BC_E_USAGE && rc != BC_E_CONFLICT)
        return rc;
    if (rc == BC_E_CONFLICT)
        bc_err_set(err, rc,
                   "the id \"%.*s\" is there with other content; expected the same, or an id of "
                   "its own",
                   BC_STR_ARG(id));
    return bc_yaml_place(&file->form.source, offset ? offset : at->at,
                         rc == BC_E_USAGE ? BC_E_INPUT : rc, err);
}

static bc_status take(struct file *file, const struct cmd_env *env, struct bc_err *err)
{
    struct record_desk desk = { 0 };
    struct record_fault fault = { 0 };
    bc_status rc = record_desk_open(&desk, env, file->dir,
                                    file->how.dry  ? RECORD_LOOK
                                    : file->shared ? RECORD_SHARED
                                                   : RECORD_APPEND,
                                    err);

    if (rc == BC_OK)
        rc = record_form_read(&file->form, &file->sheet, &desk.reading, err);
    if (rc == BC_OK)
        rc = record_form_settle(&file->form, &file->sheet, desk.log, desk.reading.arena, err);
    if (rc == BC_OK) {
        file->order = record_sheet_sort(&file->sheet);
        rc = record_sheet_check(&file->sheet, &desk, env, file->leave, &fault, err);
        if (rc == BC_OK)
            rc = record_sheet_take(&file->sheet, &desk, env, file->how, &fault, err);
        if (rc < 0)
            rc = place(file, &fault, rc, err);
    }
    record_desk_close(&desk);
    return rc;
}

/* --- the form to fill in --- */

/* By the rules of the ledger, if one is named; else by the built-in ones. */
static bc_status print_template(const struct file *file, const struct cmd_env *env,
                                struct bc_err *err)
{
    const bool ledger = file->dir || (env->ledger_dir && env->ledger_dir[0]);
    bc_rules *rules = NULL;
    bc_log *log = NULL;
    bc_status rc = ledger ? open_ledger(&log, env, file->dir, OPEN_READ, err) : BC_OK;

    if (rc == BC_OK)
        rc = ledger ? rules_ref_latest(&rules, log, err) : bc_rules_default(&rules, err);
    if (rc == BC_OK)
        record_form_template(env->out, rules, bc_zone_day(rules->zone, env->now_us));
    bc_rules_free(rules);
    bc_log_close(log);
    return rc;
}

/* --- the command --- */

static bc_status parse(struct file *file, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        { "file", "FORM", .text = &file->path,
          .help = "append what this form says; - is standard input" },
        { "dry-run", NULL, .flag = &file->how.dry, .help = "show the events, append nothing" },
        { "actor", "WHO", .text = &file->actor, .help = "who did it, where the form names nobody" },
        OPT_LEDGER(&file->dir),
        OPT_SHARED(&file->shared),
        { "new", NULL, .flag = &file->leave.first,
          .help = "a deal may have its first event here without a dealCreated" },
        { "anyway", NULL, .flag = &file->leave.anyway,
          .help = "take words that the rules do not know, and values that are no number or date" },
        OPT_JSON(&file->how.json),
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast record form"), env, argc, argv, err);

    if (rc == BC_OK && !file->path &&
        (file->how.dry || file->how.json || file->actor || file->leave.first || file->leave.anyway))
        return bc_err_set(err, BC_E_USAGE,
                          "--file FORM is missing; without it, and without other options than "
                          "--ledger, the form to fill in is printed");
    return rc;
}

int record_form(const struct cmd_env *env, int argc, char **argv)
{
    struct file file = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = parse(&file, env, argc, argv, &err);

    if (rc == BC_OK && !file.path) {
        rc = print_template(&file, env, &err);
    } else if (rc == BC_OK) {
        rc = read_text(&file, &err);
        if (rc == BC_OK)
            rc = take(&file, env, &err);
        input_close(&file.input);
    }
    free(file.order);
    free(file.form.places);
    record_sheet_release(&file.sheet);
    return cmd_exit(env, rc, &err);
}
