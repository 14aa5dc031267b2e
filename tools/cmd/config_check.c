#include "tools/cmd/config_check.h"

#include "tools/ask/basis.h"
#include "tools/ask/open.h"
#include "tools/cli/names.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/config/config.h"
#include "tools/print/print_json.h"

#include <stdlib.h>

struct check {
    const struct config *config;
    const struct config_file *files[2]; /* that were looked for */
    size_t file_n;
    const struct names_person **strangers; /* whom no event of the ledger speaks of */
    size_t stranger_n;
    bool unread; /* so nothing is known of them */
};

/* --- people --- */

/* Of those who are left, the one of an id is known now. */
static void see_person(struct check *check, struct bc_str id)
{
    for (size_t i = 0; id.len && i < check->stranger_n; i++)
        if (bc_str_eq(check->strangers[i]->id, id)) {
            check->strangers[i] = check->strangers[--check->stranger_n];
            return;
        }
}

/* Any text of an event may be somebody: who owns a deal is a property's value. */
static void see_event(struct check *check, const struct bc_event *event)
{
    see_person(check, event->actor);
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        see_person(check, event->value[number].text);
}

static int by_id(const void *a, const void *b)
{
    return bc_str_cmp((*(const struct names_person *const *)a)->id,
                      (*(const struct names_person *const *)b)->id);
}

/* Reads the log until everybody was met. */
static bc_status find_strangers(struct check *check, const struct cmd_env *env, const char *dir,
                                struct bc_err *err)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_log *log = NULL;
    bc_status rc = open_ledger(&log, env, dir, OPEN_READ, err);

    check->strangers = bc_calloc(check->config->people_n + 1, sizeof(*check->strangers));
    for (size_t i = 0; i < check->config->people_n; i++)
        check->strangers[check->stranger_n++] = &check->config->people[i];
    if (rc == BC_OK)
        rc = bc_cursor_open(&cursor, log, 1, bc_log_head(log)->size, err);
    while (rc == BC_OK && check->stranger_n) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK)
            see_event(check, event);
    }
    bc_cursor_free(cursor);
    bc_log_close(log);
    check->unread = rc < 0;
    if (check->unread)
        check->stranger_n = 0;
    if (check->stranger_n)
        qsort(check->strangers, check->stranger_n, sizeof(*check->strangers), by_id);
    return rc == BC_DONE ? BC_OK : rc;
}

/* --- rules and slice --- */

/* Whether the ledger has what questions are asked with. */
static bc_status check_asked(const struct cmd_env *env, const char *dir, struct bc_err *err)
{
    const struct typed typed = { .dir = dir, .rules = env->rules.value, .several = true };
    struct basis basis = { 0 };
    size_t slice;
    bc_status rc;

    if (!env->rules.value && !env->slice.value)
        return BC_OK;
    rc = basis_open(&basis, env, &typed, err);
    if (rc == BC_OK && env->slice.value)
        rc = basis_slice(&slice, &basis, env->slice.value, err);
    basis_close(&basis);
    return rc;
}

/* --- printing --- */

static void fill_file(struct row *row, const void *source, size_t i)
{
    const struct config_file *file = ((const struct check *)source)->files[i];

    row_word(row, "file", file->path);
    row_bool(row, "there", file->there || file->fault);
    if (file->fault) {
        row_word(row, "place", file->fault->context);
        row_word(row, "fault", file->fault->message);
    }
}

static void fill_stranger(struct row *row, const void *source, size_t i)
{
    const struct names_person *person = ((const struct check *)source)->strangers[i];

    row_text(row, "id", person->id);
    row_text(row, "name", person->name);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct check *check = source;

    (void)i;
    row_rows(row, "files", rows_of(fill_file, check, check->file_n));
    if (check->unread)
        row_null(row, "nobody");
    else
        row_rows(row, "nobody", rows_of(fill_stranger, check, check->stranger_n));
}

static void print_file(FILE *out, const struct config_file *file)
{
    const struct bc_err *fault = file->fault;

    text_put(out, bc_str_of(fault && fault->context[0] ? fault->context : file->path));
    fputs(": ", out);
    if (fault)
        text_put(out, bc_str_of(fault->message));
    else
        fputs(file->there ? "no fault found" : "not there", out);
    fputc('\n', out);
}

static void print(const struct cmd_env *env, const struct check *check)
{
    if (check->file_n == 0)
        fputs("no settings file is looked for\n", env->out);
    for (size_t i = 0; i < check->file_n; i++)
        print_file(env->out, check->files[i]);
    for (size_t i = 0; i < check->stranger_n; i++) {
        fputs("warning: no event speaks of ", env->out);
        text_put(env->out, check->strangers[i]->id);
        fputs(", who is called ", env->out);
        text_put(env->out, check->strangers[i]->name);
        fputc('\n', env->out);
    }
}

/* --- the command --- */

static bc_status say_faults(const struct check *check, struct bc_err *err)
{
    bc_status status = BC_OK;
    size_t n = 0;

    for (size_t i = 0; i < check->file_n; i++)
        if (check->files[i]->fault)
            status = n++ ? status : check->files[i]->fault->status;
    return n ? bc_err_set(err, status, "%zu of %zu settings files %s a fault", n, check->file_n,
                          n == 1 ? "has" : "have")
             : BC_OK;
}

int config_check(const struct cmd_env *env, int argc, char **argv)
{
    static const struct config none = { 0 };
    struct check check = { .config = env->config ? env->config : &none };
    const char *dir = NULL;
    bool json = false, strict = false;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        { "strict", NULL, .flag = &strict, .help = "exit with 1 if there are warnings" },
        OPT_JSON(&json),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast config check"), env, argc, argv, &err);
    bc_status written = BC_OK;
    const bool asked = rc == BC_OK;

    if (check.config->user.path)
        check.files[check.file_n++] = &check.config->user;
    if (check.config->ledger.path)
        check.files[check.file_n++] = &check.config->ledger;
    if (rc == BC_OK && check.config->people_n && check.config->ledger.path)
        rc = find_strangers(&check, env, dir, &err);
    if (rc == BC_OK && check.config->ledger.path)
        rc = check_asked(env, dir, &err);
    if (asked && json) /* the files, too, where the ledger cannot be read */
        print_json_of(env, fill, &check);
    else if (asked)
        print(env, &check);
    if (asked) /* what is wrong before how many are, and before what failed */
        written = cmd_written(env, rc == BC_OK ? &err : NULL);
    if (rc == BC_OK)
        rc = written;
    if (rc == BC_OK)
        rc = say_faults(&check, &err);
    if (rc == BC_OK && strict && check.stranger_n)
        rc = BC_NO;
    free(check.strangers);
    return cmd_exit(env, rc, &err);
}
