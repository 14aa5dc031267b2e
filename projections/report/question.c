#include "projections/report/question.h"

#include "ledger/log/prove.h"

bc_status bc_question_known(const struct bc_question *question, bc_log *log, struct bc_known *out,
                            struct bc_err *err)
{
    struct bc_known known = { .asked = question->known_asked,
                              .by_source = question->by_source,
                              .us = question->known_us,
                              .last_seq = question->last_seq,
                              .apart = question->apart };

    if (known.asked) {
        bc_status rc = bc_log_known_by(log, known.us, &known.seq, err);

        if (rc < 0)
            return rc;
    }
    *out = known;
    return BC_OK;
}
