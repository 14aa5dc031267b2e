#include "tools/show/learning_cells.h"

#include "tools/cli/text.h"

void learning_cells_since(struct row *row, int64_t since_us)
{
    if (since_us == INT64_MIN)
        row_null(row, "since");
    else
        row_instant(row, "since", since_us);
}

void learning_cells_deals(const struct cmd_env *env, const struct bc_str *deals, size_t n)
{
    if (n)
        fputs("\nDEALS\n", env->out);
    for (size_t i = 0; i < n; i++) {
        text_put(env->out, deals[i]);
        fputc('\n', env->out);
    }
}
