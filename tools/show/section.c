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

void section_print_more(const struct cmd_env *env, size_t n, const char *command)
{
    struct bc_buf text = { 0 };

    if (n <= SECTION_ROWS)
        return;
    bc_buf_printf(&text, "and %zu more; `backcast %s` lists them", n - SECTION_ROWS, command);
    fputc('\n', env->out);
    paragraph_print(env, 0, bc_buf_str(&text));
    bc_buf_release(&text);
}
