#include "tools/print/paragraph.h"

#include "tools/cli/text.h"
#include "tools/print/fit.h"

#include <string.h>

enum {
    LEAST = 20, /* columns: with fewer it reads better at the beginning of the next line */
    LEGEND = 80
};

static void print_within(const struct cmd_env *env, size_t width, size_t indent, struct bc_str text)
{
    struct bc_buf safe = { 0 }, lines = { 0 };

    text_escape(&safe, text);
    if (width >= indent + LEAST)
        fit_wrap(&lines, bc_buf_str(&safe), width - indent);
    else
        bc_buf_add_str(&lines, bc_buf_str(&safe));
    for (size_t i = 0; i < lines.len; i++) {
        fputc(lines.at[i], env->out);
        if (lines.at[i] == '\n')
            fprintf(env->out, "%*s", (int)indent, "");
    }
    fputc('\n', env->out);
    bc_buf_release(&safe);
    bc_buf_release(&lines);
}

void paragraph_print(const struct cmd_env *env, size_t indent, struct bc_str text)
{
    print_within(env, (size_t)env->width, indent, text);
}

void paragraph_legend(const struct cmd_env *env, const char *format, ...)
{
    const size_t indent = strspn(format, " ");
    struct bc_buf text = { 0 };
    va_list args;

    va_start(args, format);
    bc_buf_vprintf(&text, format, args);
    va_end(args);
    fprintf(env->out, "%*s", (int)indent, "");
    print_within(env, env->width > 0 && env->width < LEGEND ? (size_t)env->width : LEGEND, indent,
                 bc_str_part(bc_buf_str(&text), indent, text.len));
    bc_buf_release(&text);
}
