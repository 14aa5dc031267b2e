#include "tools/show/review_again.h"

#include "tools/json/json.h"
#include "tools/show/monthly.h"
#include "tools/show/review.h"

/* --- two texts --- */

enum { DEPTH = 16 }; /* levels of JSON: a review has 6 */

/* One value, with what is in it. */
struct value {
    const struct json_node *at;
    const struct json_node *end; /* of all nodes of its text */
};

/* The first node after a value. */
static const struct json_node *past(struct value value)
{
    const struct json_node *at = value.at + 1;

    while (at < value.end && at->depth > value.at->depth)
        at++;
    return at;
}

/* The first value in an object or list, and the next of one; at NULL: there is none. */
static struct value first_in(struct value whole)
{
    const struct json_node *end = past(whole);

    return (struct value){ whole.at + 1 < end ? whole.at + 1 : NULL, end };
}

static struct value next_of(struct value value)
{
    const struct json_node *at = past(value);

    return (struct value){ at < value.end ? at : NULL, value.end };
}

static struct value member(struct value object, struct bc_str key)
{
    struct value at = first_in(object);

    while (at.at && !bc_str_eq(at.at->key, key))
        at = next_of(at);
    return at;
}

/* Which issued reports differ is another thing at every date. */
static bool is_aside(struct value value)
{
    const struct value what =
        value.at->type == JSON_OBJECT ? member(value, BC_STR("what")) : (struct value){ 0 };

    return what.at && bc_str_eq(what.at->text, BC_STR("report_differs"));
}

static struct value but_aside(struct value value)
{
    while (value.at && is_aside(value))
        value = next_of(value);
    return value;
}

static bool same(struct value a, struct value b);

static bool same_list(struct value a, struct value b)
{
    struct value left = but_aside(first_in(a)), right = but_aside(first_in(b));

    while (left.at && right.at && same(left, right)) {
        left = but_aside(next_of(left));
        right = but_aside(next_of(right));
    }
    return !left.at && !right.at;
}

static bool same_object(struct value a, struct value b)
{
    for (struct value left = first_in(a); left.at; left = next_of(left)) {
        const struct value right = member(b, left.at->key);

        if (right.at && !same(left, right))
            return false;
    }
    return true;
}

/* To DEPTH levels, since no text has more. */
static bool same(struct value a, struct value b)
{
    if (a.at->type != b.at->type)
        return false;
    if (a.at->type == JSON_ARRAY)
        return same_list(a, b);
    if (a.at->type == JSON_OBJECT)
        return same_object(a, b);
    return bc_str_eq(a.at->text, b.at->text);
}

static bc_status parse(struct value *out, json_parser *parser, struct bc_str text,
                       struct bc_err *err)
{
    const struct json_node *nodes;
    size_t n, column;
    bc_status rc;

    json_parser_deepen(parser, DEPTH);
    rc = json_parse(parser, &nodes, &n, &column, text, err);
    if (rc < 0)
        return rc;
    if (nodes[0].type != JSON_OBJECT)
        return bc_err_set(err, BC_E_INPUT, "%s, expected a review", json_type_name(nodes[0].type));
    *out = (struct value){ nodes, nodes + n };
    return BC_OK;
}

static bc_status find_parts(struct bc_str **out, size_t *out_n, struct value then,
                            struct bc_str text, bc_arena *arena, struct bc_err *err)
{
    json_parser *parser = json_parser_new();
    struct value now;
    bc_status rc = parse(&now, parser, text, err);

    *out_n = 0;
    *out = bc_arena_alloc(arena, (size_t)(past(then) - then.at) * sizeof(**out));
    for (struct value part = first_in(then); rc == BC_OK && part.at; part = next_of(part)) {
        const struct value other = member(now, part.at->key);

        if (other.at && !same(part, other))
            (*out)[(*out_n)++] = bc_arena_copy(arena, part.at->key);
    }
    json_parser_free(parser);
    return rc;
}

/* --- asked again --- */

static bc_status read_ask(struct bc_review_ask *out, const struct issued_report *issued,
                          struct value then, const bc_rules *rules, struct bc_err *err)
{
    const struct value since = member(then, BC_STR("since"));
    bc_status rc;

    *out = (struct bc_review_ask){ .slice = BC_SLICE_OF_ITS_OWN, .since_asked = true };
    if (!since.at)
        return bc_err_set(err, BC_E_INPUT, "it does not say since when it looks");
    rc = bc_instant_parse(&out->since_us, since.at->text, err);
    if (rc < 0)
        return bc_err_in(err, rc, "since");
    if (issued->slice_asked.len)
        out->slice = bc_rules_slice(rules, issued->slice_asked);
    if (issued->slice_asked.len && out->slice < 0)
        return bc_err_set(err, BC_E_INPUT, "the rules have no slice \"%.*s\"",
                          BC_STR_ARG(issued->slice_asked));
    return BC_OK;
}

static bc_status make_weekly(struct bc_buf *out, const struct basis *today,
                             const struct bc_review_ask *ask, struct bc_err *err)
{
    struct bc_review *review = NULL;
    struct review_shown shown;
    bc_status rc = bc_review_make(&review, today->timelines, &today->question, ask, err);

    if (rc < 0)
        return rc;
    review_shown_init(&shown, today, ask, review);
    review_text_add(out, &shown);
    bc_review_free(review);
    return BC_OK;
}

static bc_status make_monthly(struct bc_buf *out, const struct basis *today,
                              const struct bc_review_ask *ask, struct bc_err *err)
{
    struct bc_monthly *monthly = NULL;
    struct monthly_shown shown;
    bc_status rc = bc_monthly_make(&monthly, today->timelines, &today->question, ask, err);

    if (rc < 0)
        return rc;
    monthly_shown_init(&shown, today, ask, monthly);
    monthly_text_add(out, &shown);
    bc_monthly_free(monthly);
    return BC_OK;
}

static bc_status make_text(struct bc_buf *out, struct bc_str which, const struct basis *today,
                           const struct bc_review_ask *ask, struct bc_err *err)
{
    bc_status rc;

    if (bc_str_eq(which, BC_STR("weekly")))
        rc = make_weekly(out, today, ask, err);
    else if (bc_str_eq(which, BC_STR("monthly")))
        rc = make_monthly(out, today, ask, err);
    else
        return bc_err_set(err, BC_E_INPUT, "there is no \"%.*s\" review", BC_STR_ARG(which));
    return rc == BC_E_USAGE ? BC_E_INPUT : rc;
}

bc_status review_again(struct bc_str **out, size_t *out_n, const struct issued_report *issued,
                       struct bc_str answer, const struct basis *today, struct bc_err *err)
{
    json_parser *parser = json_parser_new();
    struct bc_review_ask ask;
    struct bc_buf text = { 0 };
    struct value then;
    bc_status rc = parse(&then, parser, answer, err);

    if (rc == BC_OK)
        rc = read_ask(&ask, issued, then, today->question.rules, err);
    if (rc == BC_OK)
        rc = make_text(&text, issued->review, today, &ask, err);
    if (rc == BC_OK)
        rc = find_parts(out, out_n, then, bc_buf_str(&text), issued->arena, err);
    bc_buf_release(&text);
    json_parser_free(parser);
    return rc;
}
