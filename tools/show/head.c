#include "tools/show/head.h"

#include "tools/print/print_json.h"

static void fill(struct row *row, const void *source, size_t i)
{
    (void)i;
    row_head(row, NULL, source);
}

void head_json(const struct cmd_env *env, const struct bc_head *head)
{
    print_json_of(env, fill, head);
}
