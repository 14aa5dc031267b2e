#include "projections/report/question.h"

#include "ledger/log/prove.h"

bc_status bc_question_known(const struct bc_question *question, bc_log *log, struct bc_visible *out,
                            struct bc_err *err)
{
    struct bc_visible visible = { .asked = question->known_asked,
                                  .by_source = question->by_source,
                                  .us = question->known_us,
                                  .last_seq = question->last_seq,
                                  .override = question->override };

    if (visible.asked) {
        bc_status rc = bc_log_known_by(log, visible.us, &visible.seq, err);

        if (rc < 0)
            return rc;
    }
    *out = visible;
    return BC_OK;
}
