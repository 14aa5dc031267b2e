#include "tools/show/visit_bars.h"

static unsigned open_before(const bc_rules *rules, size_t stage)
{
    unsigned n = 0;

    for (size_t i = 0; i < stage; i++)
        n += rules->stages[i].kind == BC_STAGE_OPEN;
    return n;
}

struct visits_time visit_bars_time(const struct basis *basis)
{
    return (struct visits_time){ .zone = basis->rules->zone,
                                 .as_of_us = basis->question.as_of_us[0],
                                 .step_n = open_before(basis->rules, basis->rules->stage_n) };
}

static enum visits_kind kind_of(const struct bc_stage *stage)
{
    switch (stage->kind) {
    case BC_STAGE_OPEN:
        return VISITS_OPEN;
    case BC_STAGE_LOST:
        return VISITS_LOST;
    case BC_STAGE_WON:
    case BC_STAGE_FINAL:
        break;
    }
    return VISITS_WON;
}

void visit_bars_fill(struct visits_visit *out, const struct basis *basis,
                     const struct bc_history_visit *visits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct bc_visit *visit = &visits[i].visit;

        out[i] = (struct visits_visit){ .stage = visits[i].stage,
                                        .kind = VISITS_OTHER,
                                        .observed = visit->observed,
                                        .entered_us = visit->entered_us,
                                        .left = visit->left_us != BC_NEVER,
                                        .left_us = visit->left_us };
        if (visit->stage >= 0) {
            const struct bc_stage *stage = &basis->rules->stages[visit->stage];

            out[i].stage = bc_str_of(stage->label);
            out[i].kind = kind_of(stage);
            out[i].step = open_before(basis->rules, (size_t)visit->stage);
        }
    }
}
