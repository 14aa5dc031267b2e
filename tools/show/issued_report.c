#include "tools/show/issued_report.h"

#include "tools/json/json.h"
#include "tools/print/print_json.h"
#include "tools/show/report.h"

#include <stdlib.h>

/* --- writing --- */

/* The values in their order: each metric in each slice, then the red lines. */
static void fill_value(struct row *row, const void *source, size_t i)
{
    const struct bc_report *report = source;
    const bc_rules *rules = report->rules;
    size_t slice_n = rules->slice_n, metrics = rules->metric_n * slice_n;

    if (i < metrics)
        report_metric_cells(row, &rules->metrics[i / slice_n], rules->slices[i % slice_n].name,
                            bc_report_cell(report, 0, i / slice_n, i % slice_n));
    else
        report_line_cells(row, &rules->red_lines[i - metrics],
                          bc_report_red_line(report, 0, i - metrics));
}

static void write_values(struct issued_report_texts *out, const struct bc_report *report)
{
    const bc_rules *rules = report->rules;
    struct bc_buf text = { 0 };

    out->n = rules->metric_n * rules->slice_n + rules->red_line_n;
    out->values = bc_calloc(out->n, sizeof(*out->values));
    for (size_t i = 0; i < out->n; i++) {
        text.len = 0;
        print_json_add(&text, fill_value, report, i);
        out->values[i] = bc_arena_copy(out->arena, bc_buf_str(&text));
    }
    bc_buf_release(&text);
}

struct basis_shown {
    const struct basis *basis;
    const struct bc_report *report;
};

static void fill_basis(struct row *row, const void *source, size_t i)
{
    const struct basis_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->report->as_of_us[0]);
    row_word(row, "rulesRef", shown->basis->refs[shown->basis->ref]);
    bc_rules_print(row_make(row), shown->report->rules);
    row_made(row, "rulesText");
    notes_cells(row, &shown->basis->notes);
}

void issued_report_write(struct issued_report_texts *out, const struct basis *basis,
                         const struct bc_report *report)
{
    out->arena = bc_arena_new();
    print_json_add(&out->basis, fill_basis, &(struct basis_shown){ basis, report }, 0);
    write_values(out, report);
}

void issued_report_texts_release(struct issued_report_texts *texts)
{
    bc_buf_release(&texts->basis);
    free(texts->values);
    bc_arena_free(texts->arena);
    *texts = (struct issued_report_texts){ 0 };
}

/* --- reading --- */

/* One JSON object, and what is sought in it. */
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

static bc_status read_basis(struct issued_report *out, struct object *object, struct bc_str basis,
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

static bc_status read_value(struct issued_report *out, struct object *object, struct bc_str text,
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

bc_status issued_report_read(struct issued_report *out, const struct bc_issued *event,
                             struct bc_err *err)
{
    struct object object = { .parser = json_parser_new() };
    bc_status rc;

    *out = (struct issued_report){ .arena = bc_arena_new(),
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

void issued_report_release(struct issued_report *issued)
{
    free(issued->given);
    bc_rules_free(issued->rules);
    bc_arena_free(issued->arena);
    *issued = (struct issued_report){ 0 };
}
