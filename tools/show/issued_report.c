#include "tools/show/issued_report.h"

#include "tools/json/json.h"
#include "tools/print/print_json.h"
#include "tools/show/report.h"

#include <stddef.h>
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
    const struct when *as_of;
    row_fill_fn *more;
    const void *source;
};

static void fill_basis(struct row *row, const void *source, size_t i)
{
    const struct basis_shown *shown = source;
    char when[WHEN_LEN];

    (void)i;
    basis_cells(row, shown->basis, shown->basis->as_of_us);
    when_print(when, shown->as_of);
    row_format(row, "asOfAsked", "%s", when);
    if (shown->basis->question.known_asked) {
        when_print(when, &shown->basis->known);
        row_format(row, "knownAtAsked", "%s", when);
    }
    row_word(row, "rulesRef", shown->basis->refs[shown->basis->ref]);
    bc_rules_print(row_make(row), shown->basis->rules);
    row_made(row, "rulesText");
    if (shown->more)
        shown->more(row, shown->source, 0);
    notes_cells(row, &shown->basis->notes);
}

void issued_report_basis_add(struct bc_buf *out, const struct basis *basis,
                             const struct when *as_of, row_fill_fn *more, const void *source)
{
    print_json_add(out, fill_basis, &(struct basis_shown){ basis, as_of, more, source }, 0);
}

void issued_report_write(struct issued_report_texts *out, const struct basis *basis,
                         const struct when *as_of, const struct bc_report *report)
{
    out->arena = bc_arena_new();
    issued_report_basis_add(&out->basis, basis, as_of, NULL, NULL);
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

enum { REVIEW_DEPTH = 16 }; /* levels of JSON: a review has 6 */

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

/* What was asked for; a report that does not say it is taken for the day that its instant ends. */
static bc_status read_asked(struct when *out, const struct object *object, const char *key,
                            int64_t us, const bc_rules *rules, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (text_of(object, key).len)
        rc = when_read(out, text_of(object, key), err);
    else
        *out = when_of_instant(us, rules->zone);
    return rc < 0 ? bc_err_in(err, rc, "%s", key) : rc;
}

static bc_status read_basis(struct issued_report *out, struct object *object, struct bc_str basis,
                            struct bc_err *err)
{
    bc_status rc = parse(object, basis, err);

    if (rc < 0)
        return rc;
    out->rules_version = copy_of(object, "rules", out->arena);
    out->rules_ref = copy_of(object, "rulesRef", out->arena);
    out->review = bc_arena_copy(out->arena, text_of(object, "review"));
    out->slice_asked = bc_arena_copy(out->arena, text_of(object, "sliceAsked"));
    out->is_review = out->review.len > 0;
    rc = bc_rules_parse(&out->rules, text_of(object, "rulesText"), "rulesText", err);
    if (rc < 0)
        return rc;
    out->by_source = bc_str_eq(text_of(object, "clock"), BC_STR("source"));
    out->root = bc_arena_copy(out->arena, text_of(object, "root"));
    rc = bc_instant_parse(&out->as_of_us, text_of(object, "asOf"), err);
    if (rc < 0)
        return bc_err_in(err, rc, "asOf");
    rc = read_asked(&out->as_of, object, "asOfAsked", out->as_of_us, out->rules, err);
    if (rc < 0)
        return rc;
    out->known_asked = text_of(object, "knownAt").len > 0;
    if (out->known_asked)
        rc = bc_instant_parse(&out->known_us, text_of(object, "knownAt"), err);
    if (rc < 0)
        return bc_err_in(err, rc, "knownAt");
    if (out->known_asked)
        rc = read_asked(&out->known, object, "knownAtAsked", out->known_us, out->rules, err);
    if (rc < 0)
        return rc;
    return read_seq(&out->last_seq, text_of(object, "seq"), out->arena, err);
}

static enum bc_red_line_state state_of(struct bc_str name)
{
    for (int state = BC_LINE_OK; state <= BC_NOT_ENOUGH_DATA; state++)
        if (bc_str_eq(name, bc_str_of(bc_red_line_state_name((enum bc_red_line_state)state))))
            return (enum bc_red_line_state)state;
    return BC_NOT_ENOUGH_DATA;
}

/* A number of a value: what it is printed under, and where it goes, as a count or a double. */
struct place {
    const char *key;
    enum bc_figure_field field;
    size_t at;
    bool count;
};

#define IN_CELL(member) offsetof(struct bc_cell, member)
static const struct place cell_places[] = {
    { "converted", BC_FIGURE_HIT, IN_CELL(hit), true },
    { "opened", BC_FIGURE_HIT, IN_CELL(hit), true },
    { "low", BC_FIGURE_LOW, IN_CELL(low), false },
    { "high", BC_FIGURE_HIGH, IN_CELL(high), false },
    { "median", BC_FIGURE_MEDIAN, IN_CELL(median), false },
    { "p90", BC_FIGURE_P90, IN_CELL(p90), false },
    { "closedMean", BC_FIGURE_CLOSED_MEAN, IN_CELL(closed_mean), false },
    { "closedN", BC_FIGURE_CLOSED_N, IN_CELL(closed_n), true },
    { "excluded", BC_FIGURE_EXCLUDED, IN_CELL(excluded), true },
};

#define IN_LINE(member) offsetof(struct bc_red_line_cell, member)
static const struct place line_places[] = {
    { "guardNeeds", BC_FIGURE_GUARD_NEEDS, IN_LINE(guard_needs), true },
    { "threshold", BC_FIGURE_THRESHOLD, IN_LINE(threshold), false },
    { "worst", BC_FIGURE_WORST, IN_LINE(worst), false },
};

static uint64_t count_of(double number)
{
    return number > 0 && number < 1e18 ? (uint64_t)number : 0;
}

/* Puts the numbers that are there into a cell; which, as bits. A null leaves 0. */
static uint32_t read_places(void *cell, const struct place *places, size_t n,
                            const struct object *object, bc_arena *arena)
{
    uint32_t known = 0;

    for (size_t i = 0; i < n; i++) {
        char *at = (char *)cell + places[i].at;
        double number = 0;

        if (!member(object, places[i].key))
            continue;
        known |= BC_FIGURE_BIT(places[i].field);
        (void)number_of(object, places[i].key, arena, &number);
        if (places[i].count)
            *(uint64_t *)(void *)at = count_of(number);
        else
            *(double *)(void *)at = number;
    }
    return known;
}

/* How many nodes of a list, at any depth, follow its own. */
static size_t list_size(const struct object *object, const struct json_node *list)
{
    const struct json_node *end = object->nodes + object->n;
    size_t n = 0;

    while (list + 1 + n < end && list[1 + n].depth > list->depth)
        n++;
    return n;
}

static uint32_t read_stalled(struct bc_cell *cell, const struct object *object, bc_arena *arena)
{
    const struct json_node *list = member(object, "stalled");
    struct bc_str *deals;
    size_t n;

    if (!list || list->type != JSON_ARRAY)
        return 0;
    n = list_size(object, list);
    deals = bc_arena_alloc(arena, n * sizeof(*deals));
    for (size_t i = 0; i < n; i++)
        deals[i] = bc_arena_copy(arena, list[1 + i].text);
    cell->stalled = deals;
    cell->stalled_n = n;
    return BC_FIGURE_BIT(BC_FIGURE_STALLED);
}

static uint32_t read_campaigns(struct bc_cell *cell, const struct object *object, bc_arena *arena)
{
    const struct json_node *list = member(object, "byCampaign");
    struct bc_campaign *campaigns;
    size_t n;

    if (!list || list->type != JSON_ARRAY)
        return 0;
    n = list_size(object, list);
    campaigns = bc_arena_alloc(arena, n * sizeof(*campaigns));
    for (size_t i = 1; i <= n; i++) {
        struct object campaign = { .nodes = &list[i], .n = 1 + list_size(object, &list[i]) };
        double sent = 0, opened = 0;

        if (list[i].type != JSON_OBJECT)
            continue;
        (void)number_of(&campaign, "sent", arena, &sent);
        (void)number_of(&campaign, "opened", arena, &opened);
        campaigns[cell->campaign_n++] =
            (struct bc_campaign){ bc_arena_copy(arena, text_of(&campaign, "campaign")),
                                  count_of(sent), count_of(opened) };
    }
    cell->campaigns = campaigns;
    return BC_FIGURE_BIT(BC_FIGURE_CAMPAIGNS);
}

/* What is printed of a figure beside itself. What this build does not print is left aside. */
static void read_more(struct bc_figure *figure, bool red_line, const struct object *object,
                      bc_arena *arena)
{
    struct bc_red_line_cell *line;
    struct bc_cell *cell;

    if (red_line) {
        line = bc_arena_alloc(arena, sizeof(*line));
        *line = (struct bc_red_line_cell){ .state = figure->state,
                                           .guard = figure->n,
                                           .has_value = figure->has_value,
                                           .value = figure->value };
        figure->more = read_places(line, line_places, sizeof(line_places) / sizeof(line_places[0]),
                                   object, arena);
        line->has_worst = member(object, "worst") && member(object, "worst")->type == JSON_NUMBER;
        figure->line = line;
        return;
    }
    cell = bc_arena_alloc(arena, sizeof(*cell));
    *cell =
        (struct bc_cell){ .n = figure->n, .has_value = figure->has_value, .value = figure->value };
    figure->more = read_places(cell, cell_places, sizeof(cell_places) / sizeof(cell_places[0]),
                               object, arena) |
                   read_stalled(cell, object, arena) | read_campaigns(cell, object, arena);
    figure->cell = cell;
}

/* `value`: under which key its value stands. */
static bc_status read_figure(struct issued_report *out, const struct object *object,
                             const char *value, struct bc_err *err)
{
    struct bc_given *given = &out->given[out->given_n];
    double n = 0;

    *given = (struct bc_given){ .name = bc_arena_copy(out->arena, text_of(object, "name")),
                                .slice = bc_arena_copy(out->arena, text_of(object, "slice")),
                                .red_line = member(object, "slice") == NULL,
                                .figure = { .there = true } };
    if (given->name.len == 0)
        return bc_err_set(err, BC_E_INPUT, "a value without a name");
    given->figure.has_value = number_of(object, value, out->arena, &given->figure.value);
    (void)number_of(object, given->red_line ? "guard" : "n", out->arena, &n);
    given->figure.n = count_of(n);
    if (given->red_line)
        given->figure.state = state_of(text_of(object, "state"));
    read_more(&given->figure, given->red_line, object, out->arena);
    out->given_n++;
    return BC_OK;
}

/* The objects of a list within a review. */
static bc_status read_figures(struct issued_report *out, const struct object *review,
                              const char *list, const char *value, struct bc_err *err)
{
    const struct json_node *at = member(review, list);
    const size_t n = at && at->type == JSON_ARRAY ? list_size(review, at) : 0;
    bc_status rc = BC_OK;

    for (size_t i = 1; rc == BC_OK && i <= n; i++) {
        const struct object one = { .nodes = &at[i], .n = 1 + list_size(review, &at[i]) };

        if (at[i].type == JSON_OBJECT && at[i].depth == at->depth + 1)
            rc = read_figure(out, &one, value, err);
    }
    return rc < 0 ? bc_err_in(err, rc, "%s", list) : rc;
}

static bc_status read_review(struct issued_report *out, struct object *object, struct bc_err *err)
{
    bc_status rc;

    free(out->given);
    out->given = bc_calloc(object->n, sizeof(*out->given));
    rc = read_figures(out, object, "figures", "now", err);
    return rc < 0 ? rc : read_figures(out, object, "redLines", "value", err);
}

static bc_status read_value(struct issued_report *out, struct object *object, struct bc_str text,
                            struct bc_err *err)
{
    bc_status rc = parse(object, text, err);

    if (rc == BC_OK)
        rc =
            out->is_review ? read_review(out, object, err) : read_figure(out, object, "value", err);
    return rc;
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
    if (out->is_review)
        json_parser_deepen(object.parser, REVIEW_DEPTH);
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
