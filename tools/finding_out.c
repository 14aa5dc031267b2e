#include "tools/finding_out.h"

static void json_event(struct json_out *json, const struct bc_finding *finding)
{
    json_out_instant(json, "at", finding->at_us);
    json_out_string(json, "event", finding->event);
}

static void json_missing(struct json_out *json, const struct bc_finding *finding)
{
    json_out_array(json, "missing");
    if (finding->missing_start)
        json_out_text(json, NULL, bc_property_name(BC_P_CONTRACT_START));
    if (finding->missing_end)
        json_out_text(json, NULL, bc_property_name(BC_P_CONTRACT_END));
    if (finding->missing_mrr)
        json_out_text(json, NULL, bc_property_name(BC_P_MRR));
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
        json_out_string(json, "to", finding->to);
        json_event(json, finding);
        break;
    case BC_MOVE_NOT_ALLOWED:
        json_out_string(json, "from", finding->from);
        json_out_string(json, "to", finding->to);
        json_event(json, finding);
        break;
    case BC_UNKNOWN_STAGE:
        json_out_string(json, "stage", finding->stage);
        json_event(json, finding);
        break;
    case BC_WON_WITHOUT_CONTRACT:
        json_missing(json, finding);
        break;
    case BC_BAD_DATE:
        json_out_text(json, "property", bc_property_name(finding->property));
        json_out_string(json, "value", finding->value);
        break;
    case BC_UNKNOWN_RED_LINE:
        json_out_string(json, "redLine", finding->red_line);
        json_event(json, finding);
        break;
    case BC_LOST_WITHOUT_REASON:
    case BC_FINDING_KIND_N:
        break;
    }
    json_out_object_end(json);
}

static void add_missing(struct bc_buf *out, const struct bc_finding *finding)
{
    const struct {
        bool missing;
        enum bc_property property;
    } needed[] = {
        { finding->missing_start, BC_P_CONTRACT_START },
        { finding->missing_end, BC_P_CONTRACT_END },
        { finding->missing_mrr, BC_P_MRR },
    };
    const char *before = "is won without ";

    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        if (!needed[i].missing)
            continue;
        bc_buf_printf(out, "%s%s", before, bc_property_name(needed[i].property));
        before = ", ";
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
    case BC_FINDING_KIND_N:
        break;
    }
}
