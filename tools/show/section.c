#include "tools/show/section.h"

#include "tools/print/paragraph.h"

void section_begin(const struct cmd_env *env, const char *heading, struct bc_str said)
{
    fprintf(env->out, "\n%s%s%s", env->color ? "\033[1m" : "", heading, env->color ? "\033[m" : "");
    if (said.len) {
        fputs("  ", env->out);
        paragraph_print(env, strlen(heading) + 2, said);
    } else {
        fputc('\n', env->out);
    }
    fputc('\n', env->out);
}
