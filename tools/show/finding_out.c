#include "tools/show/finding_out.h"

static void json_event(struct json_out *json, const struct bc_finding *finding)
{
    json_out_instant(json, "at", finding->at_us);
    json_out_string(json, "event", finding->event);
}

/* What a bit of `missing` is called. */
static const char *missing_name(unsigned bit)
{
    switch (bit) {
    case BC_MISSING_START:
        return bc_property_name(BC_P_CONTRACT_START);
    case BC_MISSING_END:
        return bc_property_name(BC_P_CONTRACT_END);
    case BC_MISSING_MRR:
        return bc_property_name(BC_P_MRR);
    case BC_MISSING_AGREEMENT:
        return "agreement";
    case BC_MISSING_ORDER:
        return "order";
    default:
        return "handoff";
    }
}

static void json_missing(struct json_out *json, const struct bc_finding *finding)
{
    json_out_array(json, "missing");
    for (unsigned bit = 1; bit <= BC_MISSING_HANDOFF; bit <<= 1)
        if (finding->missing & bit)
            json_out_text(json, NULL, missing_name(bit));
    json_out_array_end(json);
}

static void json_skipped(struct json_out *json, const struct bc_finding *finding)
{
    json_out_array(json, "skipped");
    for (size_t i = 0; i < finding->skipped_n; i++)
        json_out_string(json, NULL, finding->skipped[i]);
    json_out_array_end(json);
}

void finding_json(struct json_out *json, const struct bc_finding *finding)
{
    json_out_object(json, NULL);
    if (finding->kind != BC_UNKNOWN_RED_LINE)
        json_out_string(json, "deal", finding->deal);
    json_out_text(json, "finding", bc_finding_name(finding->kind));
    switch (finding->kind) {
    case BC_START_NOT_ALLOWED:
    case BC_UNQUALIFIED:
    case BC_MOVED_BEFORE_CREATION:
        json_out_string(json, "to", finding->to);
        json_event(json, finding);
        break;
    case BC_MOVE_NOT_ALLOWED:
    case BC_STAGE_SKIPPED:
        json_out_string(json, "from", finding->from);
        json_out_string(json, "to", finding->to);
        if (finding->kind == BC_STAGE_SKIPPED)
            json_skipped(json, finding);
        json_event(json, finding);
        break;
    case BC_UNKNOWN_STAGE:
        json_out_string(json, "stage", finding->stage);
        json_event(json, finding);
        break;
    case BC_WON_WITHOUT_CONTRACT:
    case BC_WON_WITHOUT_DOCUMENTS:
        json_missing(json, finding);
        break;
    case BC_BAD_DATE:
    case BC_DATE_BEFORE_CREATION:
        json_out_text(json, "property", bc_property_name(finding->property));
        json_out_string(json, "value", finding->value);
        break;
    case BC_UNKNOWN_RED_LINE:
        json_out_string(json, "redLine", finding->red_line);
        json_event(json, finding);
        break;
    case BC_TYPE_DOES_NOT_FIT:
        json_out_string(json, "stage", finding->stage);
        json_out_string(json, "dealType", finding->value);
        json_event(json, finding);
        break;
    case BC_PARKED_PAST_DATE:
        json_out_string(json, "stage", finding->stage);
        json_out_string(json, "value", finding->value);
        break;
    case BC_LOST_WITHOUT_REASON:
    case BC_LOST_WITHOUT_LEARNING:
    case BC_FINDING_KIND_N:
        break;
    }
    json_out_object_end(json);
}

static void add_missing(struct bc_buf *out, const struct bc_finding *finding)
{
    const char *before = "is won without ";

    for (unsigned bit = 1; bit <= BC_MISSING_HANDOFF; bit <<= 1) {
        if (!(finding->missing & bit))
            continue;
        bc_buf_printf(out, "%s%s", before, missing_name(bit));
        before = ", ";
    }
}

/* The kinds about the playbook's habits. */
static void habit_text_add(struct bc_buf *out, const struct bc_finding *finding)
{
    switch (finding->kind) {
    case BC_STAGE_SKIPPED:
        bc_buf_printf(out, "moved from %.*s to %.*s, past", BC_STR_ARG(finding->from),
                      BC_STR_ARG(finding->to));
        for (size_t i = 0; i < finding->skipped_n; i++)
            bc_buf_printf(out, " %.*s", BC_STR_ARG(finding->skipped[i]));
        break;
    case BC_UNQUALIFIED:
        bc_buf_printf(out, "left enrichment for %.*s without a qualification",
                      BC_STR_ARG(finding->to));
        break;
    case BC_MOVED_BEFORE_CREATION:
        bc_buf_printf(out, "came to %.*s before it was created", BC_STR_ARG(finding->to));
        break;
    case BC_DATE_BEFORE_CREATION:
        bc_buf_printf(out, "has %s \"%.*s\", before it was created",
                      bc_property_name(finding->property), BC_STR_ARG(finding->value));
        break;
    case BC_TYPE_DOES_NOT_FIT:
        bc_buf_printf(out, "is of type %.*s and was in %.*s", BC_STR_ARG(finding->value),
                      BC_STR_ARG(finding->stage));
        break;
    default: /* BC_PARKED_PAST_DATE */
        bc_buf_printf(out, "was parked until %.*s, and still is in %.*s",
                      BC_STR_ARG(finding->value), BC_STR_ARG(finding->stage));
        break;
    }
}

void finding_text_add(struct bc_buf *out, const struct bc_finding *finding)
{
    switch (finding->kind) {
    case BC_START_NOT_ALLOWED:
        bc_buf_printf(out, "began in %.*s, where no deal may begin", BC_STR_ARG(finding->to));
        break;
    case BC_MOVE_NOT_ALLOWED:
        bc_buf_printf(out, "moved from %.*s to %.*s, which is not allowed",
                      BC_STR_ARG(finding->from), BC_STR_ARG(finding->to));
        break;
    case BC_UNKNOWN_STAGE:
        bc_buf_printf(out, "stood in %.*s, which the rules do not know",
                      BC_STR_ARG(finding->stage));
        break;
    case BC_LOST_WITHOUT_REASON:
        bc_buf_printf(out, "is lost without a recorded reason");
        break;
    case BC_WON_WITHOUT_CONTRACT:
    case BC_WON_WITHOUT_DOCUMENTS:
        add_missing(out, finding);
        break;
    case BC_BAD_DATE:
        bc_buf_printf(out, "has %s \"%.*s\", which is no date", bc_property_name(finding->property),
                      BC_STR_ARG(finding->value));
        break;
    case BC_UNKNOWN_RED_LINE:
        bc_buf_printf(out, "a pivot names the red line \"%.*s\", which the rules do not know",
                      BC_STR_ARG(finding->red_line));
        break;
    case BC_LOST_WITHOUT_LEARNING:
        bc_buf_printf(out, "is lost without a recorded learning");
        break;
    default:
        habit_text_add(out, finding);
        break;
    }
}
