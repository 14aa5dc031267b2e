#include "projections/audit/finding.h"

#define EVENT BC_CELL_AT, BC_CELL_EVENT

static const struct bc_finding_row rows[] = {
    [BC_START_NOT_ALLOWED] = { .word = "start_not_allowed",
                               .usual = true,
                               .cells = { BC_CELL_TO, EVENT },
                               .sentence = "began in {to}, where no deal may begin" },
    [BC_MOVE_NOT_ALLOWED] = { .word = "move_not_allowed",
                              .usual = true,
                              .cells = { BC_CELL_FROM, BC_CELL_TO, EVENT },
                              .sentence = "moved from {from} to {to}, which is not allowed" },
    [BC_UNKNOWN_STAGE] = { .word = "unknown_stage",
                           .usual = true,
                           .cells = { BC_CELL_STAGE, EVENT },
                           .sentence = "stood in {stage}, which the rules do not know" },
    [BC_LOST_WITHOUT_REASON] = { .word = "lost_without_reason",
                                 .usual = true,
                                 .sentence = "is lost without a recorded reason" },
    [BC_WON_WITHOUT_CONTRACT] = { .word = "won_without_contract",
                                  .usual = true,
                                  .cells = { BC_CELL_MISSING },
                                  .sentence = "is won without {missing}" },
    [BC_BAD_DATE] = { .word = "bad_date",
                      .usual = true,
                      .cells = { BC_CELL_PROPERTY, BC_CELL_VALUE },
                      .sentence = "has {property} \"{value}\", which is no date" },
    [BC_UNKNOWN_RED_LINE] = { .word = "unknown_red_line",
                              .usual = true,
                              .no_deal = true,
                              .cells = { BC_CELL_RED_LINE, EVENT },
                              .sentence = "a pivot names the red line \"{redLine}\", which the "
                                          "rules do not know" },
    [BC_DATED_AFTER_RECORDED] = { .word = "dated_after_recorded",
                                  .usual = true,
                                  .cells = { EVENT },
                                  .sentence = "event {event} is dated after it was recorded" },
    [BC_FROM_DIFFERS] = { .word = "from_differs",
                          .usual = true,
                          .cells = { BC_CELL_TOLD, BC_CELL_FOUND, EVENT },
                          .sentence = "changed its stage from {told}, as event {event} has it, "
                                      "and was in {found}" },
    [BC_UNKNOWN_WORD] = { .word = "unknown_word",
                          .usual = true,
                          .cells = { BC_CELL_FIELD, BC_CELL_VALUE, BC_CELL_COSTS, EVENT },
                          .sentence = "has the {field} \"{value}\", which the rules do not know: "
                                      "{costs}" },
    [BC_RENEWS_UNKNOWN] = { .word = "renews_unknown",
                            .usual = true,
                            .cells = { BC_CELL_VALUE, EVENT },
                            .sentence = "renews \"{value}\", and there is no such deal" },
    [BC_NEVER_CREATED] = { .word = "never_created",
                           .usual = true,
                           .cells = { EVENT },
                           .sentence =
                               "was never created nor in a stage, and {event} is about it" },
    [BC_CREATED_TWICE] = { .word = "created_twice",
                           .usual = true,
                           .cells = { EVENT },
                           .sentence = "was created again by {event}" },
    [BC_ARM_CHANGED] = { .word = "arm_changed",
                         .usual = true,
                         .cells = { BC_CELL_EXPERIMENT, BC_CELL_FROM, BC_CELL_TO, EVENT },
                         .sentence = "was enrolled in arm \"{to}\" of {experiment}, and is in "
                                     "\"{from}\"" },
    [BC_ENROLLED_AFTER_CONCLUSION] = { .word = "enrolled_after_conclusion",
                                       .usual = true,
                                       .cells = { BC_CELL_EXPERIMENT, EVENT },
                                       .sentence = "was enrolled in {experiment} after that was "
                                                   "concluded" },
    [BC_TOO_MANY_RUNNING] = { .word = "too_many_running",
                              .usual = true,
                              .no_deal = true,
                              .cells = { BC_CELL_N, BC_CELL_EXPERIMENTS },
                              .sentence = "{n} experiments are running at once: {experiments}" },
    [BC_NO_HYPOTHESIS] = { .word = "no_hypothesis",
                           .usual = true,
                           .no_deal = true,
                           .cells = { BC_CELL_EXPERIMENT },
                           .sentence = "the experiment {experiment} has no hypothesis" },
    [BC_CONCLUDED_WITHOUT_LEARNING] = { .word = "concluded_without_learning",
                                        .usual = true,
                                        .no_deal = true,
                                        .cells = { BC_CELL_EXPERIMENT },
                                        .sentence = "the experiment {experiment} was concluded "
                                                    "without a learning" },
    [BC_UNKNOWN_METRIC] = { .word = "unknown_metric",
                            .usual = true,
                            .no_deal = true,
                            .cells = { BC_CELL_EXPERIMENT, BC_CELL_METRIC },
                            .sentence =
                                "the experiment {experiment} names the metric \"{metric}\", "
                                "which the rules do not know" },
    [BC_BAD_AMOUNT] = { .word = "bad_amount",
                        .usual = true,
                        .cells = { BC_CELL_EXPERIMENT, BC_CELL_PROPERTY, BC_CELL_VALUE },
                        .sentence = "{property} is \"{value}\", which is no amount" },
    [BC_BAD_INTERVAL] = { .word = "bad_interval",
                          .usual = true,
                          .cells = { BC_CELL_PROPERTY, BC_CELL_START, BC_CELL_END },
                          .sentence = "{property} is {end}, before its start {start}" },
    [BC_BREACH_UNANSWERED] = { .word = "breach_unanswered",
                               .usual = true,
                               .no_deal = true,
                               .cells = { BC_CELL_RED_LINE, BC_CELL_DATE },
                               .sentence = "the red line {redLine} was breached on {date}, and "
                                           "no pivot was decided within {days} days" },
    [BC_STAGE_SKIPPED] = { .word = "stage_skipped",
                           .cells = { BC_CELL_FROM, BC_CELL_TO, BC_CELL_SKIPPED, EVENT },
                           .sentence = "moved from {from} to {to}, past {skipped}" },
    [BC_UNQUALIFIED] = { .word = "left_enrichment_unqualified",
                         .cells = { BC_CELL_TO, EVENT },
                         .sentence = "left {from} for {to} without a qualification" },
    [BC_MOVED_BEFORE_CREATION] = { .word = "moved_before_creation",
                                   .cells = { BC_CELL_TO, EVENT },
                                   .sentence = "came to {to} before it was created" },
    [BC_DATE_BEFORE_CREATION] = { .word = "date_before_creation",
                                  .cells = { BC_CELL_PROPERTY, BC_CELL_VALUE },
                                  .sentence = "has {property} \"{value}\", before it was created" },
    [BC_TYPE_DOES_NOT_FIT] = { .word = "type_does_not_fit",
                               .cells = { BC_CELL_STAGE, BC_CELL_DEAL_TYPE, EVENT },
                               .sentence = "is of type {dealType} and was in {stage}" },
    [BC_PARKED_PAST_DATE] = { .word = "parked_past_date",
                              .cells = { BC_CELL_STAGE, BC_CELL_VALUE },
                              .sentence = "was parked until {value}, and still is in {stage}" },
    [BC_LOST_WITHOUT_LEARNING] = { .word = "lost_without_learning",
                                   .sentence = "is lost without a recorded learning" },
    [BC_WON_WITHOUT_DOCUMENTS] = { .word = "won_without_documents",
                                   .cells = { BC_CELL_MISSING },
                                   .sentence = "is won without {missing}" },
};
_Static_assert(sizeof(rows) / sizeof(rows[0]) == BC_FINDING_KIND_N, "a row for each kind");

static const char *const cell_keys[] = {
    [BC_CELL_NONE] = "",
    [BC_CELL_FROM] = "from",
    [BC_CELL_TO] = "to",
    [BC_CELL_STAGE] = "stage",
    [BC_CELL_SKIPPED] = "skipped",
    [BC_CELL_MISSING] = "missing",
    [BC_CELL_FIELD] = "field",
    [BC_CELL_PROPERTY] = "property",
    [BC_CELL_VALUE] = "value",
    [BC_CELL_COSTS] = "costs",
    [BC_CELL_DEAL_TYPE] = "dealType",
    [BC_CELL_RED_LINE] = "redLine",
    [BC_CELL_DATE] = "date",
    [BC_CELL_DAYS] = "days",
    [BC_CELL_EXPERIMENT] = "experiment",
    [BC_CELL_METRIC] = "metric",
    [BC_CELL_N] = "n",
    [BC_CELL_EXPERIMENTS] = "experiments",
    [BC_CELL_TOLD] = "told",
    [BC_CELL_FOUND] = "found",
    [BC_CELL_AT] = "at",
    [BC_CELL_EVENT] = "event",

    [BC_CELL_START] = "start",
    [BC_CELL_END] = "end",
};
_Static_assert(sizeof(cell_keys) / sizeof(cell_keys[0]) == BC_FINDING_CELL_N,
               "a key for each cell");

const struct bc_missing_row bc_missing_rows[BC_MISSING_N] = {
    { BC_MISSING_START, "contract_start" },
    { BC_MISSING_END, "contract_end" },
    { BC_MISSING_MRR, "mrr" },
    { BC_MISSING_AGREEMENT, "agreement" },
    { BC_MISSING_ORDER, "order" },
    { BC_MISSING_HANDOFF, "handoff" },
};

const struct bc_finding_row *bc_finding_row(enum bc_finding_kind kind)
{
    return &rows[kind];
}

bool bc_finding_has(enum bc_finding_kind kind, enum bc_finding_cell cell)
{
    for (const enum bc_finding_cell *has = rows[kind].cells; *has != BC_CELL_NONE; has++)
        if (*has == cell)
            return true;
    return false;
}

const char *bc_finding_cell_key(enum bc_finding_cell cell)
{
    return cell_keys[cell];
}

enum bc_finding_cell bc_finding_cell_of(struct bc_str key)
{
    for (int cell = BC_CELL_NONE + 1; cell < BC_FINDING_CELL_N; cell++)
        if (bc_str_eq(key, bc_str_of(cell_keys[cell])))
            return (enum bc_finding_cell)cell;
    return BC_CELL_NONE;
}

bc_finding_set bc_findings_usual(void)
{
    bc_finding_set set = 0;

    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++)
        if (rows[kind].usual)
            set |= BC_FINDING_BIT(kind);
    return set;
}

bc_finding_set bc_findings_all(void)
{
    bc_finding_set set = 0;

    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++)
        set |= BC_FINDING_BIT(kind);
    return set;
}

bc_finding_set bc_findings_of_deals(void)
{
    bc_finding_set set = bc_findings_usual();

    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++)
        if (rows[kind].no_deal)
            set &= ~BC_FINDING_BIT(kind);
    return set;
}

bc_finding_set bc_findings_of_learning(void)
{
    return BC_FINDING_BIT(BC_ARM_CHANGED) | BC_FINDING_BIT(BC_ENROLLED_AFTER_CONCLUSION) |
           BC_FINDING_BIT(BC_TOO_MANY_RUNNING) | BC_FINDING_BIT(BC_NO_HYPOTHESIS) |
           BC_FINDING_BIT(BC_CONCLUDED_WITHOUT_LEARNING) | BC_FINDING_BIT(BC_UNKNOWN_METRIC) |
           BC_FINDING_BIT(BC_BAD_AMOUNT) | BC_FINDING_BIT(BC_BAD_INTERVAL);
}
