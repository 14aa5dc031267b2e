#include "projections/walk/about_none.h"

bc_status bc_about_none_read(struct bc_about_none *out, bc_timelines *timelines,
                             const bc_rules *rules, struct bc_visible visible, uint64_t kinds,
                             struct bc_err *err)
{
    const struct bc_str none = { 0 };
    const struct bc_wants wants = { .kinds = kinds | BC_FACT_BIT(BC_FACT_RETRACTED),
                                    .until_us = INT64_MAX };
    const struct bc_deal *folded;
    bc_status rc = bc_timelines_facts(timelines, none, &out->timeline, err);

    if (rc == BC_OK)
        rc = bc_timelines_learning(timelines, none, &out->learning, err);
    if (rc < 0)
        return rc;
    out->folder = bc_folder_new(bc_timelines_strings(timelines), rules, visible);
    bc_folder_want(out->folder, &wants);
    rc = bc_fold_learning(out->folder, none, bc_buf_str(&out->timeline), bc_buf_str(&out->learning),
                          &folded, err);
    if (rc < 0)
        return rc;
    out->facts = folded->learning;
    out->n = folded->learning_n;
    return BC_OK;
}

void bc_about_none_release(struct bc_about_none *none)
{
    bc_folder_free(none->folder);
    bc_buf_release(&none->timeline);
    bc_buf_release(&none->learning);
    *none = (struct bc_about_none){ 0 };
}
