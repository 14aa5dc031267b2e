#include "tools/show/history_drawing.h"

#include "tools/draw/gantt.h"
#include "tools/print/deal_text.h"
#include "tools/show/visit_bars.h"

#include <stdlib.h>

static bool is_held(const struct bc_event *event)
{
    return bc_str_eq(event->value[BC_MEETING_LOGGED_OUTCOME].text, BC_STR("completed"));
}

static struct gantt_event facts(enum gantt_mark mark)
{
    return (struct gantt_event){ .lane = GANTT_FACTS, .mark = mark };
}

/* In which lane an event stands, and as what. */
static struct gantt_event look_of(const struct bc_event *event)
{
    switch (event->body) {
    case BC_DEAL_CREATED:
    case BC_STAGE_CHANGED:
    case BC_DEAL_DELETED:
    case BC_DEAL_RESTORED:
    case BC_DEAL_MERGED:
        return (struct gantt_event){ .lane = GANTT_STAGES };
    case BC_EMAIL_SENT:
    case BC_EMAIL_REPLIED:
        return (struct gantt_event){ .lane = GANTT_MAILS };
    case BC_EMAIL_OPENED:
    case BC_OUTREACH_ATTEMPTED:
        return (struct gantt_event){ .lane = GANTT_MAILS, .mark = GANTT_PLANNED };
    case BC_MEETING_LOGGED:
        return (struct gantt_event){ .lane = GANTT_MEETINGS,
                                     .mark = is_held(event) ? GANTT_HAPPENED : GANTT_PLANNED };
    case BC_ARTIFACT_LINKED:
    case BC_PRICING_REQUESTED:
    case BC_AGREEMENT_SENT:
    case BC_AGREEMENT_SIGNED:
    case BC_AGREEMENT_DECLINED:
    case BC_ORDER_STARTED:
    case BC_ORDER_PLACED:
    case BC_HANDOFF_OPENED:
    case BC_HANDOFF_ACCEPTED:
        return (struct gantt_event){ .lane = GANTT_PAPERS };
    case BC_PROPERTY_CHANGED:
    case BC_DEAL_ENROLLED:
    case BC_ACTION_DECIDED:
        return facts(GANTT_PLANNED);
    case BC_RETRACTED:
        return (struct gantt_event){ .lane = GANTT_RETRACTIONS, .mark = GANTT_RETRACTS };
    case BC_NO_BODY:
    case BC_LEAD_CAPTURED:
    case BC_QUALIFICATION_RECORDED:
    case BC_EXPERIMENT_STARTED:
    case BC_EXPERIMENT_CONCLUDED:
    case BC_ICP_PUBLISHED:
    case BC_PLAYBOOK_PUBLISHED:
    case BC_LOSS_RECORDED:
    case BC_LEARNING_RECORDED:
    case BC_SERVICE_STARTED:
    case BC_SERVICE_ENDED:
    case BC_HEALTH_RECORDED:
    case BC_RENEWAL_INTENT_RECORDED:
    case BC_REVIEW_HELD:
    case BC_PIVOT_DECIDED:
    case BC_REPORT_ISSUED:
    case BC_RULES_PUBLISHED:
    case BC_ACTION_CLOSED:
    case BC_ROLE_ASSIGNED:
    case BC_BODY_END:
        break;
    }
    return facts(GANTT_HAPPENED);
}

static struct gantt_event event_of(const struct bc_deal_event *event)
{
    struct gantt_event look = look_of(&event->event);

    look.occurred_us = event->event.occurred_us;
    look.recorded_us = event->event.recorded_us;
    if (event->retracted_by)
        look.mark = GANTT_RETRACTED;
    return look;
}

void history_drawing_add(struct bc_buf *out, struct sheet_place place, const void *of)
{
    const struct history_shown *shown = of;
    const struct bc_history *history = shown->history;
    struct visits_visit *visits = bc_calloc(history->visit_n + 1, sizeof(*visits));
    struct gantt_event *events = bc_calloc(history->events.n + 1, sizeof(*events));
    struct drawing_lines lines = { 0 };
    struct bc_buf title = { 0 };

    visit_bars_fill(visits, shown->basis, history->visits, history->visit_n);
    for (size_t i = 0; i < history->events.n; i++)
        events[i] = event_of(&history->events.at[i]);
    bc_buf_printf(&title, "Deal ");
    deal_text_add(&title, shown->names, bc_str_of(shown->deal));
    drawing_lines_basis(&lines, place, shown->basis, shown->basis->question.as_of_us);
    drawing_lines_end(&lines);
    gantt_draw(out, &(struct gantt){ .place = place,
                                     .title = bc_buf_str(&title),
                                     .time = visit_bars_time(shown->basis),
                                     .visits = visits,
                                     .visit_n = history->visit_n,
                                     .events = events,
                                     .event_n = history->events.n,
                                     .notes = lines.at,
                                     .note_n = lines.n });
    drawing_lines_release(&lines);
    bc_buf_release(&title);
    free(visits);
    free(events);
}
