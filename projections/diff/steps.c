#include "projections/diff/steps.h"

const char *bc_cause_name(enum bc_cause cause)
{
    static const char *const names[] = { "rule",           "time",
                                         "late_event",     "property_filled_in",
                                         "correction",     "retraction",
                                         "given_otherwise" };

    return names[cause];
}

static bool same_rules(const bc_rules *a, const bc_rules *b)
{
    struct bc_buf left = { 0 }, right = { 0 };
    bool same = a == b;

    if (!same) {
        bc_rules_print(&left, a);
        bc_rules_print(&right, b);
        same = bc_str_eq(bc_buf_str(&left), bc_buf_str(&right));
    }
    bc_buf_release(&left);
    bc_buf_release(&right);
    return same;
}

static struct bc_point *add_point(struct bc_steps *steps, enum bc_cause cause, enum bc_way as,
                                  const struct bc_question *question)
{
    struct bc_point *point = &steps->points[steps->n++];

    *point = (struct bc_point){ .cause = cause, .as = as, .question = *question };
    return point;
}

static bc_status read_changed(struct bc_steps *steps, bc_timelines *timelines,
                              const struct bc_ways *ways, struct bc_err *err)
{
    bc_log *log = bc_timelines_log(timelines);
    struct bc_visible from, to;
    bc_status rc = bc_question_known(&ways->turned, log, &from, err);

    if (rc == BC_OK)
        rc = bc_question_known(&ways->to, log, &to, err);
    if (rc == BC_OK)
        rc = bc_changed_events_read(&steps->changed, timelines, &from, &to, ways->to.as_of_us[0],
                                    err);
    return rc;
}

/* The changed events come last, cause by cause; till then all is known as it was. */
static void add_changed(struct bc_steps *steps, const struct bc_question *then)
{
    const struct bc_changed_events *changed = &steps->changed;

    for (unsigned cause = 0; cause < BC_CHANGED_N; cause++) {
        unsigned groups = 1u << cause | 1u << (cause + BC_CHANGED_N);
        struct bc_point *point;

        if (!(changed->any & groups))
            continue;
        point = add_point(steps, BC_CAUSE_LATE + cause, BC_WAY_TO, then);
        point->override = bc_changed_events_apart(changed, bc_changed_events_known(cause + 1));
        point->question.override = &point->override;
    }
}

bc_status bc_steps_plan(struct bc_steps *out, bc_timelines *timelines, const struct bc_ways *ways,
                        struct bc_err *err)
{
    struct bc_question then = ways->turned;
    bc_status rc = read_changed(out, timelines, ways, err);

    if (rc < 0)
        return rc;
    then.as_of_us = ways->to.as_of_us;
    if (!same_rules(ways->from.rules, ways->to.rules))
        add_point(out, BC_CAUSE_RULE, BC_WAY_FROM, &ways->from);
    /* The first where the rules are the same, and those of the second have the places. */
    add_point(out, BC_CAUSE_RULE, BC_WAY_TURNED, &ways->turned);
    if (ways->turned.as_of_us[0] != ways->to.as_of_us[0])
        add_point(out, BC_CAUSE_TIME, BC_WAY_TO, &then);
    add_changed(out, &then);
    return BC_OK;
}

void bc_steps_release(struct bc_steps *steps)
{
    bc_changed_events_release(&steps->changed);
}
