#include "tools/cmd/review_differing.h"

#include <stdlib.h>

static struct review_differing differing_of(const struct restated *restated, bc_arena *arena)
{
    const struct bc_err *problem = &restated->problem;
    struct review_differing one = { .report = restated->report->id,
                                    .name = restated->report->name,
                                    .issued_us = restated->report->issued_us };
    struct bc_buf text = { 0 };

    if (restated->diff) {
        one.figures = restated->diff->n;
        one.causes = bc_diff_causes(restated->diff);
        return one;
    }
    bc_buf_printf(&text, "%s%s%s", problem->context, problem->context[0] ? ": " : "",
                  problem->message);
    one.problem = bc_arena_copy(arena, bc_buf_str(&text)).at;
    bc_buf_release(&text);
    return one;
}

bc_status review_differing_read(struct review_differing_list *out, const struct basis *basis,
                                struct bc_err *err)
{
    bc_status rc = restated_lately(&out->restated, basis, basis->as_of_us, err);

    if (rc < 0)
        return rc;
    out->arena = bc_arena_new();
    out->n = out->restated.n;
    out->at = bc_calloc(out->n + 1, sizeof(*out->at));
    for (size_t i = 0; i < out->n; i++)
        out->at[i] = differing_of(&out->restated.at[i], out->arena);
    return BC_OK;
}

void review_differing_release(struct review_differing_list *list)
{
    restated_list_release(&list->restated);
    free(list->at);
    bc_arena_free(list->arena);
}
