#include "tools/print/paragraph.h"

#include "tools/cli/text.h"
#include "tools/print/fit.h"

enum { LEAST = 20 }; /* columns: with fewer it reads better at the beginning of the next line */

void paragraph_print(const struct cmd_env *env, size_t indent, struct bc_str text)
{
    size_t width = (size_t)env->width;
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
