#include "tools/ask/ledger_times.h"

#include "tools/ask/rules_ref.h"
#include "tools/cli/text.h"
#include "tools/cli/times.h"

void ledger_times_open(struct ledger_times *out, const struct cmd_env *env, bc_log *log)
{
    struct bc_err err = { 0 };

    *out = (struct ledger_times){ 0 };
    if (!env->times)
        return;
    if (rules_ref_latest(&out->rules, log, &err) < 0) {
        fputs("backcast: warning: times are in UTC, since the rules cannot be read: ", env->err);
        text_put(env->err, bc_str_of(err.message));
        fputc('\n', env->err);
        return;
    }
    out->of = env->times;
    out->of->zone = out->rules->zone;
}

void ledger_times_close(struct ledger_times *times)
{
    if (times->of)
        times->of->zone = NULL;
    bc_rules_free(times->rules);
    *times = (struct ledger_times){ 0 };
}
