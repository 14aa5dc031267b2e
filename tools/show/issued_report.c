#include "tools/show/issued_report.h"

#include "tools/json/json.h"
#include "tools/show/answer.h"

#include <stdio.h>
#include <stdlib.h>

/* --- writing --- */

/* JSON into memory: a stream that json_out can write to. */
struct sheet {
    char *text;
    size_t len;
    FILE *stream;
    struct json_out json;
};

static bc_status sheet_open(struct sheet *sheet, struct bc_err *err)
{
    *sheet = (struct sheet){ 0 };
    sheet->stream = open_memstream(&sheet->text, &sheet->len);
    if (!sheet->stream)
        return bc_err_errno(err, "write the report into memory");
    sheet->json = json_out_begin(sheet->stream);
    return BC_OK;
}

/* What was written; it lives until sheet_close. */
static struct bc_str sheet_text(struct sheet *sheet)
{
    if (fflush(sheet->stream) != 0)
        bc_out_of_memory(); /* the only way in which memory refuses */
    return (struct bc_str){ sheet->text, sheet->len };
}

static void sheet_close(struct sheet *sheet)
{
    json_out_release(&sheet->json);
    fclose(sheet->stream);
    free(sheet->text);
}

static bc_status add_value(struct issued_texts *out, const struct bc_metric_rule *metric,
                           const char *slice, const struct bc_cell *cell,
                           const struct bc_red_line_rule *red_line,
                           const struct bc_red_line_cell *line, struct bc_err *err)
{
    struct sheet sheet;
    bc_status rc = sheet_open(&sheet, err);

    if (rc < 0)
        return rc;
    if (metric)
        answer_json_cell(&sheet.json, metric, slice, cell);
    else
        answer_json_red_line(&sheet.json, red_line, line);
    out->values[out->n++] = bc_arena_copy(out->arena, sheet_text(&sheet));
    sheet_close(&sheet);
    return BC_OK;
}

static bc_status write_values(struct issued_texts *out, const struct bc_report *report,
                              struct bc_err *err)
{
    const bc_rules *rules = report->rules;
    bc_status rc = BC_OK;

    out->values =
        bc_calloc(rules->metric_n * rules->slice_n + rules->red_line_n, sizeof(*out->values));
    for (size_t m = 0; m < rules->metric_n; m++)
        for (size_t s = 0; rc == BC_OK && s < rules->slice_n; s++)
            rc = add_value(out, &rules->metrics[m], rules->slices[s].name,
                           bc_report_cell(report, 0, m, s), NULL, NULL, err);
    for (size_t i = 0; rc == BC_OK && i < rules->red_line_n; i++)
        rc = add_value(out, NULL, NULL, NULL, &rules->red_lines[i],
                       bc_report_red_line(report, 0, i), err);
    return rc;
}

bc_status issued_write(struct issued_texts *out, const struct asked *asked,
                       const struct bc_report *report, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    struct sheet sheet;
    bc_status rc = sheet_open(&sheet, err);

    if (rc < 0)
        return rc;
    out->arena = bc_arena_new();
    json_out_object(&sheet.json, NULL);
    asked_json(&sheet.json, asked, report->as_of_us[0]);
    json_out_text(&sheet.json, "rulesRef", asked->refs[asked->ref]);
    bc_rules_print(&text, report->rules);
    json_out_string(&sheet.json, "rulesText", bc_buf_str(&text));
    notes_json(&sheet.json, &asked->notes);
    json_out_object_end(&sheet.json);
    bc_buf_add_str(&out->basis, sheet_text(&sheet));
    sheet_close(&sheet);
    bc_buf_release(&text);
    return write_values(out, report, err);
}

void issued_texts_release(struct issued_texts *texts)
{
    bc_buf_release(&texts->basis);
    free(texts->values);
    bc_arena_free(texts->arena);
    *texts = (struct issued_texts){ 0 };
}

/* --- reading --- */

/* One JSON object, and what is looked for in it. */
struct object {
    json_parser *parser;
    const struct json_node *nodes;
    size_t n;
};

static bc_status parse(struct object *object, struct bc_str text, struct bc_err *err)
{
    size_t column;
    bc_status rc = json_parse(object->parser, &object->nodes, &object->n, &column, text, err);

    if (rc == BC_OK && object->nodes[0].type != JSON_OBJECT)
        rc = bc_err_set(err, BC_E_INPUT, "%s, expected an object",
                        json_type_name(object->nodes[0].type));
    return rc;
}

/* A member, also one in an object within (`seq` of `ledger`), or NULL. */
static const struct json_node *member(const struct object *object, const char *key)
{
    for (size_t i = 1; i < object->n; i++)
        if (bc_str_eq(object->nodes[i].key, bc_str_of(key)))
            return &object->nodes[i];
    return NULL;
}

/* The text of a member, "" where there is none. */
static struct bc_str text_of(const struct object *object, const char *key)
{
    const struct json_node *node = member(object, key);

    return node && node->type == JSON_STRING ? node->text : (struct bc_str){ 0 };
}

static bool number_of(const struct object *object, const char *key, bc_arena *arena, double *out)
{
    const struct json_node *node = member(object, key);

    if (!node || node->type != JSON_NUMBER)
        return false;
    *out = strtod(bc_arena_copy(arena, node->text).at, NULL);
    return true;
}

static const char *copy_of(const struct object *object, const char *key, bc_arena *arena)
{
    return bc_arena_copy(arena, text_of(object, key)).at;
}

static bc_status read_seq(uint64_t *out, struct bc_str text, bc_arena *arena, struct bc_err *err)
{
    char *end;
    struct bc_str copy = bc_arena_copy(arena, text);

    *out = strtoull(copy.at, &end, 10);
    if (*out == 0 || *end != '\0' || copy.at[0] == '-')
        return bc_err_set(err, BC_E_INPUT, "ledger.seq \"%s\" is no size of a log", copy.at);
    return BC_OK;
}

static bc_status read_basis(struct issued *out, struct object *object, struct bc_str basis,
                            struct bc_err *err)
{
    bc_status rc = parse(object, basis, err);

    if (rc < 0)
        return rc;
    out->rules_version = copy_of(object, "rules", out->arena);
    out->rules_ref = copy_of(object, "rulesRef", out->arena);
    rc = bc_rules_parse(&out->rules, text_of(object, "rulesText"), "rulesText", err);
    if (rc < 0)
        return rc;
    out->by_source = bc_str_eq(text_of(object, "clock"), BC_STR("source"));
    out->root = bc_arena_copy(out->arena, text_of(object, "root"));
    rc = bc_instant_parse(&out->as_of_us, text_of(object, "asOf"), err);
    if (rc < 0)
        return bc_err_in(err, rc, "asOf");
    out->known_asked = text_of(object, "knownAt").len > 0;
    if (out->known_asked)
        rc = bc_instant_parse(&out->known_us, text_of(object, "knownAt"), err);
    if (rc < 0)
        return bc_err_in(err, rc, "knownAt");
    return read_seq(&out->last_seq, text_of(object, "seq"), out->arena, err);
}

static enum bc_red_line_state state_of(struct bc_str name)
{
    for (int state = BC_LINE_OK; state <= BC_NOT_ENOUGH_DATA; state++)
        if (bc_str_eq(name, bc_str_of(bc_red_line_state_name((enum bc_red_line_state)state))))
            return (enum bc_red_line_state)state;
    return BC_NOT_ENOUGH_DATA;
}

static bc_status read_value(struct issued *out, struct object *object, struct bc_str text,
                            struct bc_err *err)
{
    struct bc_given *given = &out->given[out->given_n];
    double n = 0;
    bc_status rc = parse(object, text, err);

    if (rc < 0)
        return rc;
    *given = (struct bc_given){ .name = bc_arena_copy(out->arena, text_of(object, "name")),
                                .slice = bc_arena_copy(out->arena, text_of(object, "slice")),
                                .red_line = member(object, "slice") == NULL,
                                .figure = { .there = true } };
    if (given->name.len == 0)
        return bc_err_set(err, BC_E_INPUT, "a value without a name");
    given->figure.has_value = number_of(object, "value", out->arena, &given->figure.value);
    (void)number_of(object, given->red_line ? "guard" : "n", out->arena, &n);
    given->figure.n = n > 0 && n < 1e18 ? (uint64_t)n : 0;
    if (given->red_line)
        given->figure.state = state_of(text_of(object, "state"));
    out->given_n++;
    return BC_OK;
}

bc_status issued_read(struct issued *out, const struct bc_issued *event, struct bc_err *err)
{
    struct object object = { .parser = json_parser_new() };
    bc_status rc;

    *out = (struct issued){ .arena = bc_arena_new(),
                            .given = bc_calloc(event->value_n, sizeof(*out->given)) };
    rc = read_basis(out, &object, event->basis, err);
    if (rc < 0)
        rc = bc_err_in(err, rc, "basis");
    for (size_t i = 0; rc == BC_OK && i < event->value_n; i++) {
        rc = read_value(out, &object, event->values[i], err);
        if (rc < 0)
            rc = bc_err_in(err, rc, "values[%zu]", i);
    }
    json_parser_free(object.parser);
    return rc;
}

void issued_release(struct issued *issued)
{
    free(issued->given);
    bc_rules_free(issued->rules);
    bc_arena_free(issued->arena);
    *issued = (struct issued){ 0 };
}
