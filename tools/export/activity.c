#include "tools/export/activity.h"

struct bc_str activity_stage(const bc_rules *rules, const struct bc_event *event)
{
    struct bc_str stage = { 0 };
    int known;

    if (event->body == BC_STAGE_CHANGED)
        stage = event->value[BC_STAGE_CHANGED_TO].text;
    else if (event->body == BC_DEAL_CREATED)
        stage = event->value[BC_DEAL_CREATED_STAGE].text;
    known = stage.len > 0 ? bc_rules_stage(rules, stage) : BC_NO_STAGE;
    return known == BC_NO_STAGE ? stage : bc_str_of(rules->stages[known].id);
}

void activity_of_stage(struct bc_buf *out, struct bc_str stage)
{
    out->len = 0;
    bc_buf_add_str(out, BC_STR("enter "));
    bc_buf_add_str(out, stage);
}

void activity_name(struct bc_buf *out, const bc_rules *rules, const struct bc_event *event)
{
    if (event->body == BC_STAGE_CHANGED) {
        activity_of_stage(out, activity_stage(rules, event));
        return;
    }
    out->len = 0;
    bc_buf_add_str(out, bc_str_of(bc_schema(event->body)->json_name));
}
