#include "tools/cmd/import_kept.h"

#include <inttypes.h>

bc_status import_kept_begin(struct connect_record *record, bc_log *log, const char *source,
                            const char *system, int64_t begun_us, struct bc_err *err)
{
    bc_status rc = connect_record_load(record, log, bc_str_of(source), err);

    record->source = bc_str_of(source);
    record->system = bc_str_of(system);
    record->begun_us = begun_us;
    return rc;
}

void import_kept_put(struct connect_record *record, bc_append *append, const struct cmd_env *env,
                     const char *error)
{
    record->ended_us = cmd_now_us(env);
    record->failed = error != NULL;
    record->error = bc_str_of(error);
    connect_record_put(record, append);
}

void import_kept_done(struct connect_record *record, uint64_t read, struct bc_appended sum)
{
    record->read_us = record->begun_us;
    record->read = read;
    record->added = sum.added;
    record->duplicates = sum.duplicates;
    record->compared = false;
    record->difference_n = 0;
}

void import_kept_failed(struct connect_record *record, bc_log *log, const struct cmd_env *env,
                        uint64_t kept, struct bc_err *err)
{
    const size_t len = strlen(err->message);
    bc_append *append = NULL;
    struct bc_buf said = { 0 };

    if (kept > 0)
        (void)snprintf(err->message + len, sizeof(err->message) - len,
                       "; %" PRIu64 " event%s kept, and the next run goes on from there", kept,
                       kept == 1 ? " was" : "s were");
    if (bc_append_open(&append, log, cmd_now_us(env), NULL) < 0)
        return;
    bc_buf_printf(&said, "%s%s%s", err->context, err->context[0] ? ": " : "", err->message);
    bc_buf_add_byte(&said, '\0');
    import_kept_put(record, append, env, said.at);
    (void)bc_append_commit(append, NULL); /* the error that counts is said already */
    bc_append_free(append);
    bc_buf_release(&said);
}
