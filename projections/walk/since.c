#include "projections/walk/since.h"

#include "projections/walk/about_none.h"

enum { REVIEW_DAYS = 7, PLAYBOOK_DAYS = 31 };

static void find(struct bc_since *out, const struct bc_about_none *none,
                 const struct bc_question *question)
{
    const int64_t as_of_us = question->as_of_us[0];
    const bc_zone *zone = question->rules->zone;

    *out = (struct bc_since){ .review_us = bc_zone_window_begin(zone, as_of_us, REVIEW_DAYS),
                              .playbook_us = bc_zone_window_begin(zone, as_of_us, PLAYBOOK_DAYS) };
    for (size_t i = 0; i < none->n && none->facts[i].occurred_us < as_of_us; i++) {
        if (none->facts[i].kind == BC_FACT_REVIEW) {
            out->review_us = none->facts[i].occurred_us;
            out->held = true;
        } else {
            out->playbook_us = none->facts[i].occurred_us;
            out->published = true;
        }
    }
}

bc_status bc_since_read(struct bc_since *out, bc_timelines *timelines,
                        const struct bc_question *question, struct bc_err *err)
{
    struct bc_about_none none = { 0 };
    struct bc_visible visible = { 0 };
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &visible, err);

    if (rc == BC_OK)
        rc = bc_about_none_read(&none, timelines, question->rules, visible,
                                BC_FACT_BIT(BC_FACT_REVIEW) | BC_FACT_BIT(BC_FACT_PLAYBOOK), err);
    if (rc == BC_OK)
        find(out, &none, question);
    bc_about_none_release(&none);
    return rc;
}
