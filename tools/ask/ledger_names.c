#include "tools/ask/ledger_names.h"

#include "tools/ask/open.h"
#include "tools/cli/names.h"
#include "tools/cli/text.h"

void ledger_names_open(struct ledger_names *out, const struct cmd_env *env, bc_log *log,
                       const bc_rules *rules)
{
    struct bc_err err = { 0 };

    *out = (struct ledger_names){ .question = { .rules = rules } };
    if (!env->names || env->names->off || !rules)
        return;
    if (open_timelines(&out->timelines, env, log, &err) < 0) {
        fputs("backcast: warning: deals have no names, since they cannot be read: ", env->err);
        text_put(env->err, bc_str_of(err.message));
        fputc('\n', env->err);
        return;
    }
    out->names = basis_names_open(env->names, out->timelines, &out->question);
}

void ledger_names_close(struct ledger_names *names)
{
    basis_names_close(names->names);
    bc_timelines_free(names->timelines);
    *names = (struct ledger_names){ 0 };
}
