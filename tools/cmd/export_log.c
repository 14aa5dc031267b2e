#include "tools/cmd/export_log.h"

#include "ledger/base/instant.h"
#include "tools/cli/outfile.h"

#include <inttypes.h>
#include <limits.h>

void export_log_left_out(struct export_log *log, uint64_t n, const char *one, const char *many)
{
    if (n > 0)
        bc_buf_printf(&log->left_out, "%s%" PRIu64 " %s", log->left_out.len > 0 ? ", " : "", n,
                      n == 1 ? one : many);
}

static void add_uncounted(struct export_log *log)
{
    const struct counted_out *out = &log->counted.out;

    export_log_left_out(log, out->retracted, "event that was taken back",
                        "events that were taken back");
    export_log_left_out(log, out->retractions, "retraction", "retractions");
    export_log_left_out(log, out->later, "event dated later", "events dated later");
    export_log_left_out(log, out->unknown, "event of a kind that this version does not know",
                        "events of kinds that this version does not know");
}

static void say_left_out(const struct cmd_env *env, const struct export_log *log)
{
    if (log->left_out.len > 0)
        fprintf(env->err, "backcast: left out: %.*s\n", BC_STR_ARG(bc_buf_str(&log->left_out)));
}

static bc_status open_all(struct export_log *log, const struct cmd_env *env, struct bc_err *err)
{
    struct basis *basis = &log->basis;
    int64_t as_of_us = BC_INSTANT_MAX;
    struct bc_visible visible;
    struct when when;
    bc_status rc = basis_open(basis, env, &log->typed, err);

    if (rc == BC_OK && log->as_of) {
        rc = basis_when(&when, basis, env, log->as_of, err);
        if (rc == BC_OK)
            basis_set_date(basis, &when);
        as_of_us = rc == BC_OK ? basis->as_of_us : as_of_us;
    }
    if (rc == BC_OK)
        rc = bc_question_known(&basis->question, basis->log, &visible, err);
    if (rc == BC_OK)
        rc = counted_open(&log->counted, basis->log, &visible, as_of_us, err);
    return rc;
}

static bc_status write_file(struct export_log *log, const struct cmd_env *env,
                            export_log_write *write, void *payload, struct bc_err *err)
{
    struct outfile file = { 0 };
    struct export_to to = { 0 };
    char name[PATH_MAX];
    bc_status rc = outfile_open(&file, log->output, err);

    if (rc == BC_OK && log->named)
        rc = outfile_name(&file, name, err);
    if (rc == BC_OK) {
        to = (struct export_to){ .file = log->named ? NULL : file.file, .name = name };
        rc = write(log, env, &to, payload, err);
    }
    if (rc == BC_OK)
        rc = outfile_commit(&file, err);
    outfile_release(&file);
    return rc;
}

bc_status export_log_run(struct export_log *log, const struct cmd_env *env, export_log_write *write,
                         void *payload, struct bc_err *err)
{
    const bool to_file = log->output && strcmp(log->output, "-") != 0;
    const struct export_to out = { .file = env->out };
    bc_status rc = open_all(log, env, err);

    if (rc < 0)
        return rc;
    add_uncounted(log);
    rc = to_file ? write_file(log, env, write, payload, err) : write(log, env, &out, payload, err);
    if (rc == BC_OK && !to_file)
        rc = cmd_written(env, err);
    if (rc == BC_OK)
        say_left_out(env, log);
    return rc;
}

void export_log_release(struct export_log *log)
{
    counted_release(&log->counted);
    basis_close(&log->basis);
    bc_buf_release(&log->left_out);
}
