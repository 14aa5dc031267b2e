/* A recursive descent over the tokens that simdjson found, which gives every fault its place. It
 * recurses to the depth that is asked for and no deeper. */
#include "tools/json/json.h"

#include "tools/json/json_index.h"

#include <stdlib.h>

struct json_parser {
    json_index *index;
    struct json_node *nodes;
    size_t node_n, node_cap;
    char *text; /* unescaped strings; as long as the line, which is always enough */
    size_t text_len, text_cap;
    uint32_t depth_max;
};

struct walk {
    json_parser *parser;
    struct bc_str line;
    const uint32_t *at; /* offsets of the tokens */
    size_t n, next;
    size_t *column;
    struct bc_err *err;
};

json_parser *json_parser_new(void)
{
    json_parser *parser = bc_calloc(1, sizeof(*parser));

    parser->index = json_index_new();
    parser->depth_max = JSON_DEPTH_MAX;
    return parser;
}

void json_parser_deepen(json_parser *parser, uint32_t depth_max)
{
    parser->depth_max = depth_max;
}

void json_parser_free(json_parser *parser)
{
    if (!parser)
        return;
    json_index_free(parser->index);
    free(parser->nodes);
    free(parser->text);
    free(parser);
}

const char *json_type_name(enum json_type type)
{
    switch (type) {
    case JSON_NULL:
        return "null";
    case JSON_FALSE:
        return "false";
    case JSON_TRUE:
        return "true";
    case JSON_NUMBER:
        return "a number";
    case JSON_STRING:
        return "a string";
    case JSON_ARRAY:
        return "a list";
    case JSON_OBJECT:
        return "an object";
    }
    return "?";
}

/* Where the string begins that `offset` is in; `offset` itself outside of strings. */
static size_t value_at(struct bc_str line, size_t offset)
{
    size_t quote = 0;
    bool within = false;

    for (size_t i = 0; i < offset; i++) {
        if (line.at[i] == '"') {
            within = !within;
            quote = i;
        } else if (line.at[i] == '\\') {
            i++;
        }
    }
    return within ? quote : offset;
}

static bool is_control(char byte)
{
    return (unsigned char)byte < 0x20;
}

/* The first control character within a string, or len. */
static size_t control_at(struct bc_str line)
{
    bool within = false;

    for (size_t i = 0; i < line.len; i++) {
        if (within && is_control(line.at[i]))
            return i;
        if (line.at[i] == '"')
            within = !within;
        else if (line.at[i] == '\\' && i + 1 < line.len && !is_control(line.at[i + 1]))
            i++;
    }
    return line.len;
}

/* Reports what keeps a line from being read token by token. */
static bc_status line_fault(enum json_fault fault, struct bc_str line, size_t *column,
                            struct bc_err *err)
{
    size_t at = 0;

    switch (fault) {
    case JSON_SOUND:
        break;
    case JSON_EMPTY:
        *column = 1;
        return bc_err_set(err, BC_E_INPUT, "nothing, expected a JSON value");
    case JSON_OPEN_STRING:
        *column = value_at(line, line.len) + 1;
        return bc_err_set(err, BC_E_INPUT, "a string without its closing quote");
    case JSON_CONTROL:
        at = control_at(line);
        *column = value_at(line, at) + 1;
        return bc_err_set(err, BC_E_INPUT,
                          "control character U+%04X in a string (byte %zu), expected it escaped",
                          at < line.len ? (unsigned)line.at[at] : 0U, at + 1);
    case JSON_NO_UTF8:
        at = bc_str_utf8_fault(line);
        *column = value_at(line, at) + 1;
        return bc_err_set(err, BC_E_INPUT, "invalid UTF-8 (byte %zu)", at + 1);
    case JSON_UNREADABLE:
        break;
    }
    *column = 1;
    return bc_err_set(err, BC_E_INPUT, "no JSON that can be read");
}

/* The current token without the white space after it; empty at the end. */
static struct bc_str token(const struct walk *w)
{
    size_t begin = w->next < w->n ? w->at[w->next] : w->line.len;
    size_t end = w->next + 1 < w->n ? w->at[w->next + 1] : w->line.len;

    while (end > begin && json_is_space(w->line.at[end - 1]))
        end--;
    return (struct bc_str){ w->line.at + begin, end - begin };
}

static size_t offset_of(const struct walk *w, struct bc_str token)
{
    return (size_t)(token.at - w->line.at);
}

/* Something else was expected in the place of `token`. */
static bc_status unexpected(struct walk *w, struct bc_str token, const char *expected)
{
    size_t shown = token.len < 32 ? token.len : 32;

    *w->column = offset_of(w, token) + 1;
    if (token.len == 0)
        return bc_err_set(w->err, BC_E_INPUT, "the line ends, expected %s", expected);
    while (shown > 1 && shown < token.len && ((unsigned char)token.at[shown] & 0xc0) == 0x80)
        shown--;
    if (memchr(token.at, '\0', shown))
        return bc_err_set(w->err, BC_E_INPUT, "a NUL byte, expected %s", expected);
    return bc_err_set(w->err, BC_E_INPUT, "found %.*s, expected %s", (int)shown, token.at,
                      expected);
}

static bc_status unescape(struct walk *w, struct bc_str *out, struct bc_str raw)
{
    json_parser *parser = w->parser;
    const char *fault;
    size_t at;

    if (parser->text_cap < w->line.len) { /* the line's first escape: nothing points in here yet */
        free(parser->text);
        parser->text_cap = w->line.len * 2;
        parser->text = bc_malloc(parser->text_cap);
    }
    *out = (struct bc_str){ parser->text + parser->text_len, 0 };
    fault = json_unescape(parser->text + parser->text_len, &out->len, &at, raw);
    if (fault) {
        *w->column = offset_of(w, raw); /* the byte before: the opening quote */
        return bc_err_set(w->err, BC_E_INPUT, "%s (byte %zu)", fault, offset_of(w, raw) + at + 1);
    }
    parser->text_len += out->len;
    return BC_OK;
}

static bc_status string(struct walk *w, struct bc_str *out, struct bc_str token)
{
    struct bc_str raw;

    if (token.len < 2 || token.at[token.len - 1] != '"')
        return unexpected(w, token, "a string");
    raw = (struct bc_str){ token.at + 1, token.len - 2 };
    w->next++;
    if (memchr(raw.at, '\\', raw.len))
        return unescape(w, out, raw);
    *out = raw;
    return BC_OK;
}

static const char *skip_digits(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

/* RFC 8259, section 6. */
static bool is_number(struct bc_str token)
{
    const char *at = token.len ? token.at : "", *end = at + token.len, *digits;

    if (at < end && *at == '-')
        at++;
    digits = at;
    at = skip_digits(at, end);
    if (at == digits || (*digits == '0' && at > digits + 1))
        return false;
    if (at < end && *at == '.') {
        digits = ++at;
        at = skip_digits(at, end);
        if (at == digits)
            return false;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (at < end && (*at == '+' || *at == '-'))
            at++;
        digits = at;
        at = skip_digits(at, end);
        if (at == digits)
            return false;
    }
    return at == end;
}

bool json_scalar(enum json_type *type, struct bc_str token)
{
    if (is_number(token))
        *type = JSON_NUMBER;
    else if (bc_str_eq(token, BC_STR("null")))
        *type = JSON_NULL;
    else if (bc_str_eq(token, BC_STR("true")))
        *type = JSON_TRUE;
    else if (bc_str_eq(token, BC_STR("false")))
        *type = JSON_FALSE;
    else
        return false;
    return true;
}

static bc_status value(struct walk *w, struct json_node node);

static bc_status list(struct walk *w, uint32_t depth)
{
    struct bc_str t = token(w);
    bc_status rc;

    if (t.len == 1 && t.at[0] == ']') {
        w->next++;
        return BC_OK;
    }
    for (;;) {
        rc = value(w, (struct json_node){ .depth = depth });
        if (rc < 0)
            return rc;
        t = token(w);
        if (t.len != 1 || (t.at[0] != ',' && t.at[0] != ']'))
            return unexpected(w, t, "\",\" or \"]\"");
        w->next++;
        if (t.at[0] == ']')
            return BC_OK;
    }
}

/* Reads `"key":` into `node`; `keys` are the nodes of the object's members so far. */
static bc_status member_key(struct walk *w, struct json_node *node, const size_t *keys, size_t n)
{
    struct bc_str t = token(w);
    bc_status rc;

    if (t.len == 0 || t.at[0] != '"')
        return unexpected(w, t, "a key in quotes");
    node->key_column = (uint32_t)offset_of(w, t) + 1;
    rc = string(w, &node->key, t);
    if (rc < 0)
        return rc;
    *w->column = node->key_column;
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(w->parser->nodes[keys[i]].key, node->key))
            return bc_err_set(w->err, BC_E_INPUT, "key \"%.*s\" a second time in one object",
                              (int)(node->key.len < 64 ? node->key.len : 64), node->key.at);
    if (n == JSON_KEYS_MAX)
        return bc_err_set(w->err, BC_E_INPUT, "more than %d keys in one object", JSON_KEYS_MAX);
    t = token(w);
    if (t.len != 1 || t.at[0] != ':')
        return unexpected(w, t, "\":\" after the key");
    w->next++;
    return BC_OK;
}

static bc_status object(struct walk *w, uint32_t depth)
{
    size_t keys[JSON_KEYS_MAX], n = 0;
    struct bc_str t = token(w);
    bc_status rc;

    if (t.len == 1 && t.at[0] == '}') {
        w->next++;
        return BC_OK;
    }
    for (;;) {
        struct json_node node = { .depth = depth };

        rc = member_key(w, &node, keys, n);
        if (rc < 0)
            return rc;
        keys[n++] = w->parser->node_n;
        rc = value(w, node);
        if (rc < 0)
            return rc;
        t = token(w);
        if (t.len != 1 || (t.at[0] != ',' && t.at[0] != '}'))
            return unexpected(w, t, "\",\" or \"}\"");
        w->next++;
        if (t.at[0] == '}')
            return BC_OK;
    }
}

/* Adds the value that begins here, with what is in it. */
static bc_status value(struct walk *w, struct json_node node)
{
    json_parser *parser = w->parser;
    struct bc_str t = token(w);
    char first = '\0';
    bc_status rc = BC_OK;

    if (t.len)
        first = t.at[0];
    node.column = (uint32_t)offset_of(w, t) + 1;
    if (first == '{' || first == '[') {
        if (node.depth >= parser->depth_max) {
            *w->column = node.column;
            return bc_err_set(w->err, BC_E_INPUT,
                              "more than %d objects and lists within each other",
                              (int)parser->depth_max);
        }
        node.type = first == '{' ? JSON_OBJECT : JSON_ARRAY;
        w->next++;
    } else if (first == '"') {
        node.type = JSON_STRING;
        rc = string(w, &node.text, t);
    } else if (json_scalar(&node.type, t)) {
        if (node.type == JSON_NUMBER)
            node.text = t;
        w->next++;
    } else {
        return unexpected(w, t, "a value");
    }
    if (rc < 0)
        return rc;
    BC_GROW(parser->nodes, parser->node_n, parser->node_cap);
    parser->nodes[parser->node_n++] = node;
    if (node.type == JSON_OBJECT)
        return object(w, node.depth + 1);
    return node.type == JSON_ARRAY ? list(w, node.depth + 1) : BC_OK;
}

bc_status json_parse(json_parser *parser, const struct json_node **nodes, size_t *n, size_t *column,
                     struct bc_str line, struct bc_err *err)
{
    struct walk w = { .parser = parser, .line = line, .column = column, .err = err };
    enum json_fault fault;
    bc_status rc;

    *column = 1;
    if (line.len > JSON_LEN_MAX) {
        *column = JSON_LEN_MAX + 1;
        return bc_err_set(err, BC_E_INPUT, "more than %d bytes", JSON_LEN_MAX);
    }
    fault = json_index_find(parser->index, &w.at, &w.n,
                            json_index_pad(parser->index, line.at, line.len), line.len);
    if (fault != JSON_SOUND)
        return line_fault(fault, line, column, err);
    parser->node_n = 0;
    parser->text_len = 0;
    rc = value(&w, (struct json_node){ .depth = 0 });
    if (rc < 0)
        return rc;
    if (w.next < w.n)
        return unexpected(&w, token(&w), "the end of the line");
    *nodes = parser->nodes;
    *n = parser->node_n;
    return BC_OK;
}
