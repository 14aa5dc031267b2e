#include "tools/show/finding_out.h"

#include "tools/show/sentence.h"

/* The text of a cell that is one. */
static struct bc_str text_of(const struct bc_finding *finding, enum bc_finding_cell cell)
{
    switch (cell) {
    case BC_CELL_FROM:
        return finding->from;
    case BC_CELL_TO:
        return finding->to;
    case BC_CELL_STAGE:
        return finding->stage;
    case BC_CELL_PROPERTY:
        return bc_str_of(bc_property_name(finding->property));
    case BC_CELL_VALUE:
        return finding->value;
    case BC_CELL_DEAL_TYPE:
        return finding->deal_type;
    case BC_CELL_RED_LINE:
        return finding->red_line;
    case BC_CELL_EVENT:
        return finding->event;
    case BC_CELL_NONE:
    case BC_CELL_SKIPPED:
    case BC_CELL_MISSING:
    case BC_CELL_AT:
    case BC_FINDING_CELL_N:
        break;
    }
    return (struct bc_str){ 0 };
}

static void json_skipped(struct json_out *json, const struct bc_finding *finding)
{
    json_out_array(json, bc_finding_cell_key(BC_CELL_SKIPPED));
    for (size_t i = 0; i < finding->skipped_n; i++)
        json_out_string(json, NULL, finding->skipped[i]);
    json_out_array_end(json);
}

static void json_missing(struct json_out *json, const struct bc_finding *finding)
{
    json_out_array(json, bc_finding_cell_key(BC_CELL_MISSING));
    for (size_t i = 0; i < BC_MISSING_N; i++)
        if (finding->missing & bc_missing_rows[i].bit)
            json_out_text(json, NULL, bc_missing_rows[i].word);
    json_out_array_end(json);
}

void finding_json(struct json_out *json, const struct bc_finding *finding)
{
    const struct bc_finding_row *row = bc_finding_row(finding->kind);

    json_out_object(json, NULL);
    if (!row->no_deal)
        json_out_string(json, "deal", finding->deal);
    json_out_text(json, "finding", row->word);
    for (const enum bc_finding_cell *cell = row->cells; *cell != BC_CELL_NONE; cell++) {
        if (*cell == BC_CELL_AT)
            json_out_instant(json, bc_finding_cell_key(*cell), finding->at_us);
        else if (*cell == BC_CELL_SKIPPED)
            json_skipped(json, finding);
        else if (*cell == BC_CELL_MISSING)
            json_missing(json, finding);
        else
            json_out_string(json, bc_finding_cell_key(*cell), text_of(finding, *cell));
    }
    json_out_object_end(json);
}

static void add_skipped(struct bc_buf *out, const struct bc_finding *finding)
{
    for (size_t i = 0; i < finding->skipped_n; i++)
        bc_buf_printf(out, "%s%.*s", i ? " " : "", BC_STR_ARG(finding->skipped[i]));
}

static void add_missing(struct bc_buf *out, const struct bc_finding *finding)
{
    const char *before = "";

    for (size_t i = 0; i < BC_MISSING_N; i++) {
        if (!(finding->missing & bc_missing_rows[i].bit))
            continue;
        bc_buf_printf(out, "%s%s", before, bc_missing_rows[i].word);
        before = ", ";
    }
}

static void add_cell(struct bc_buf *out, const void *of, struct bc_str key)
{
    const struct bc_finding *finding = of;
    enum bc_finding_cell cell = bc_finding_cell_of(key);

    if (cell == BC_CELL_SKIPPED)
        add_skipped(out, finding);
    else if (cell == BC_CELL_MISSING)
        add_missing(out, finding);
    else
        bc_buf_add_str(out, text_of(finding, cell));
}

void finding_text_add(struct bc_buf *out, const struct bc_finding *finding)
{
    sentence_add(out, bc_finding_row(finding->kind)->sentence, add_cell, finding);
}
