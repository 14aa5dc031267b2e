#include "projections/flow/stalled.h"

void bc_stalled_ask(struct bc_walk *walk)
{
    walk->wants.kinds |= BC_FACT_BIT(BC_FACT_PARKED_UNTIL);
    walk->reads[BC_P_PARKED_UNTIL] = true;
}

static bool stands_long(const struct bc_deal *deal, const struct bc_view *view, uint32_t date)
{
    const int64_t us = view->dates->as_of_us[date];
    const struct bc_visit *visit = bc_deal_visit_at(deal, us);

    return visit && visit->stage != BC_NO_STAGE &&
           view->rules->stages[visit->stage].kind == BC_STAGE_OPEN &&
           us - visit->entered_us > view->rules->learning.stalled_after_us;
}

bool bc_stalled_parked(int32_t *until, const struct bc_view *view, uint32_t date)
{
    const struct bc_value_range range = { .setting =
                                              bc_view_setting(view, BC_P_PARKED_UNTIL, date) };
    int32_t day;

    if (!bc_value_range_day(&range, &day) || day <= view->dates->day[date])
        return false;
    if (until)
        *until = day;
    return true;
}

bool bc_is_stalled(const struct bc_deal *deal, const struct bc_view *view, uint32_t date)
{
    return stands_long(deal, view, date) && !bc_stalled_parked(NULL, view, date);
}

bool bc_is_stalled_but_parked(const struct bc_deal *deal, const struct bc_view *view, uint32_t date)
{
    return stands_long(deal, view, date) && bc_stalled_parked(NULL, view, date);
}
