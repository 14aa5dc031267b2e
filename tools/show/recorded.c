#include "tools/show/recorded.h"

#include "tools/cli/text.h"

static void fill(struct row *row, const void *source, size_t i)
{
    const struct review_recorded *recorded = source;

    (void)i;
    row_said(row, "review", bc_buf_str(&recorded->review));
    row_text(row, "report", bc_buf_str(&recorded->report));
}

void recorded_cells(struct row *row, const struct review_recorded *recorded)
{
    if (recorded)
        row_row(row, "recorded", fill, recorded);
}

void recorded_print(const struct cmd_env *env, const struct review_recorded *recorded)
{
    if (!recorded)
        return;
    fputs("\nrecorded  ", env->out);
    if (recorded->review.len) {
        text_put(env->out, bc_buf_str(&recorded->review));
        fputs(" and ", env->out);
    }
    text_put(env->out, bc_buf_str(&recorded->report));
    fputc('\n', env->out);
}
