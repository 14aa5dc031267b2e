#include "tools/byhand/record_desk.h"

#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/times.h"

bc_status record_desk_open(struct record_desk *desk, const struct cmd_env *env, const char *dir,
                           enum record_for what, struct bc_err *err)
{
    bc_status rc;

    *desk = (struct record_desk){ .reading = { .now_us = cmd_now_us(env) } };
    desk->reading.arena = bc_arena_new();
    rc = what == RECORD_LOOK ? open_ledger(&desk->log, env, dir, OPEN_READ, err)
                             : open_to_append(&desk->log, env, dir, what == RECORD_SHARED, err);
    if (rc == BC_OK)
        rc = rules_ref_latest(&desk->rules, desk->log, err);
    if (rc == BC_OK)
        rc = bc_timelines_open(&desk->timelines, desk->log, BC_FROM_CACHE, err);
    if (rc < 0)
        return rc;
    desk->reading.zone = desk->rules->zone;
    desk->times = env->times;
    if (desk->times)
        desk->times->zone = desk->rules->zone;
    return BC_OK;
}

void record_desk_leave(struct record_desk *desk)
{
    bc_timelines_free(desk->timelines);
    bc_log_close(desk->log);
    desk->timelines = NULL;
    desk->log = NULL;
}

void record_desk_close(struct record_desk *desk)
{
    record_desk_leave(desk);
    if (desk->times)
        desk->times->zone = NULL;
    bc_rules_free(desk->rules);
    bc_arena_free(desk->reading.arena);
    *desk = (struct record_desk){ 0 };
}
