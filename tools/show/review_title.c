#include "tools/show/review_title.h"

#include "tools/cli/text.h"

void review_when(char out[TIMES_LEN], const struct cmd_env *env, const struct basis *basis,
                 int64_t us)
{
    const struct when when = when_of_instant(us, basis->rules->zone);

    if (when.is_day)
        bc_day_print(out, when.day);
    else
        times_print_short(out, env->times, us);
}

void review_title_print(const struct cmd_env *env, const char *which, const struct basis *basis,
                        const struct bc_review_ask *ask, const char *since)
{
    char as_of[TIMES_LEN];

    review_when(as_of, env, basis, basis->as_of_us);
    fprintf(env->out, "%s review, %s, since %s", which, as_of, since);
    if (ask->slice >= 0) {
        fputs(", slice ", env->out);
        text_put(env->out, bc_str_of(basis->rules->slices[ask->slice].name));
    }
    fputc('\n', env->out);
}
