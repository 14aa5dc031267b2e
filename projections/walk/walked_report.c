#include "projections/walk/walked_report.h"

#include "projections/report/report_making.h"

#include <stdlib.h>

struct making {
    struct bc_report **out;
    struct bc_walk walk;
    struct bc_report_making making;
};

/* Kept by the report, which joins its parts itself: their texts have to last that long. */
struct part {
    struct bc_report_making_part *part;
};

static void begin_part(void *payload, void *of)
{
    ((struct part *)payload)->part = bc_report_making_add_part(&((struct making *)of)->making);
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    (void)view;
    (void)err;
    bc_report_making_part_see(((struct part *)payload)->part, deal);
    return BC_OK;
}

static void join_part(void *payload, void *part)
{
    (void)payload;
    (void)part;
}

static void end_part(void *part)
{
    (void)part;
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;

    (void)err;
    if (rc == BC_OK) {
        bc_report_making_finish(&making->making);
        *making->out = making->making.report;
    } else {
        bc_report_free(making->making.report);
    }
    if (making->making.report)
        bc_report_making_end(&making->making);
    bc_walk_release(&making->walk);
    free(making);
    return rc;
}

bc_status bc_walked_report_begin(struct bc_walked *walked, struct bc_report **out,
                                 bc_timelines *timelines, const struct bc_question *question,
                                 const struct bc_report_options *options, struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    rc = bc_walk_init(&making->walk, timelines, question, err);
    if (rc == BC_OK)
        rc = bc_report_making_begin(&making->making, timelines, question, NULL, options, err);
    making->walk.wants = making->making.wants;
    return rc;
}
