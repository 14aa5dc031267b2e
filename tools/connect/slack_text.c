#include "tools/connect/slack_text.h"

#include <strings.h>

enum { NESTED_MAX = 12, LABEL_MAX = 60 };
#define MARKS "*_~`"

static struct bc_str member(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return (struct bc_str){ json_string_value(value), json_string_length(value) };
}

static void end_line(struct bc_buf *out)
{
    bc_buf_add_byte(out, '\n');
}

static void add_link(struct slack_text *out, struct bc_str url)
{
    bc_buf_add_str(&out->links, url);
    end_line(&out->links);
}

/* ---- text with marks ---- */

/* What is escaped in it: three characters. */
static void unescape(struct bc_buf *out, struct bc_str text)
{
    static const struct {
        struct bc_str name;
        char c;
    } escapes[] = { { { "&amp;", 5 }, '&' }, { { "&lt;", 4 }, '<' }, { { "&gt;", 4 }, '>' } };

    for (size_t i = 0; i < text.len;) {
        const struct bc_str rest = bc_str_part(text, i, text.len);
        size_t e = 0;

        while (e < 3 && !bc_str_begins(rest, escapes[e].name))
            e++;
        bc_buf_add_byte(out, (char)(e < 3 ? escapes[e].c : text.at[i]));
        i += e < 3 ? escapes[e].name.len : 1;
    }
}

/* What stands between '<' and '>': "@U1|name", "#C1|name", "!date^...|Feb 3", "https://...|label".
 */
static void add_reference(struct slack_text *out, struct bc_str inner)
{
    const char *bar = inner.len ? memchr(inner.at, '|', inner.len) : NULL;
    const size_t first = bar ? (size_t)(bar - inner.at) : inner.len;
    const struct bc_str target = bc_str_part(inner, 0, first);
    const struct bc_str label = bc_str_part(inner, bar ? first + 1 : first, inner.len);

    if (inner.len && (inner.at[0] == '@' || inner.at[0] == '#')) {
        unescape(&out->lines, bc_str_part(target, 1, target.len));
        return;
    }
    if (inner.len && inner.at[0] != '!') {
        unescape(&out->links, target);
        end_line(&out->links);
    }
    unescape(&out->lines, label.len ? label : target);
}

static void add_marked(struct slack_text *out, struct bc_str text)
{
    for (size_t at = 0; at < text.len;) {
        const char *open = memchr(text.at + at, '<', text.len - at);
        const size_t begin = open ? (size_t)(open - text.at) : text.len;
        const char *close = open ? memchr(open, '>', text.len - begin) : NULL;
        const size_t end = close ? (size_t)(close - text.at) : text.len;

        unescape(&out->lines, bc_str_part(text, at, begin));
        if (!open)
            return;
        if (!close) {
            unescape(&out->lines, bc_str_part(text, begin, text.len));
            return;
        }
        add_reference(out, bc_str_part(text, begin + 1, end));
        at = end + 1;
    }
}

/* A text of a block: an object that says whether there are marks in it; or a bare string, with. */
static void add_text(struct slack_text *out, const json_t *text)
{
    const struct bc_str bare = { json_string_value(text), json_string_length(text) };

    if (json_is_object(text) && bc_str_eq(member(text, "type"), BC_STR("plain_text")))
        bc_buf_add_str(&out->lines, member(text, "text"));
    else
        add_marked(out, json_is_object(text) ? member(text, "text") : bare);
    if (json_is_object(text) || bare.len)
        end_line(&out->lines);
}

/* ---- rich text ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void add_bold(struct bc_buf *out, struct bc_str text)
{
    size_t begin = 0, end = text.len;

    while (begin < end && is_blank(text.at[begin]))
        begin++;
    while (end > begin && is_blank(text.at[end - 1]))
        end--;
    bc_buf_add_str(out, bc_str_part(text, 0, begin));
    if (end > begin) {
        bc_buf_add_byte(out, '*');
        bc_buf_add_str(out, bc_str_part(text, begin, end));
        bc_buf_add_byte(out, '*');
    }
    bc_buf_add_str(out, bc_str_part(text, end, text.len));
}

static void add_leaf(struct slack_text *out, const json_t *leaf)
{
    static const struct {
        const char *type, *key;
    } others[] = { { "user", "user_id" },   { "channel", "channel_id" },
                   { "team", "team_id" },   { "usergroup", "usergroup_id" },
                   { "date", "fallback" },  { "color", "value" },
                   { "broadcast", "range" } };
    const struct bc_str type = member(leaf, "type"), text = member(leaf, "text");

    if (bc_str_eq(type, BC_STR("text"))) {
        if (json_is_true(json_object_get(json_object_get(leaf, "style"), "bold")))
            add_bold(&out->lines, text);
        else
            bc_buf_add_str(&out->lines, text);
    } else if (bc_str_eq(type, BC_STR("link"))) {
        add_link(out, member(leaf, "url"));
        bc_buf_add_str(&out->lines, text.len ? text : member(leaf, "url"));
    } else if (bc_str_eq(type, BC_STR("emoji"))) {
        bc_buf_printf(&out->lines, ":%.*s:", BC_STR_ARG(member(leaf, "name")));
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (bc_str_eq(type, bc_str_of(others[i].type)))
            bc_buf_add_str(&out->lines, member(leaf, others[i].key));
}

/* Sections, lists, quotes: what has elements is a line of its own. */
static void add_rich(struct slack_text *out, const json_t *node, unsigned depth)
{
    const json_t *elements = json_object_get(node, "elements");

    if (!json_is_array(elements) || depth == NESTED_MAX) {
        add_leaf(out, node);
        return;
    }
    for (size_t i = 0; i < json_array_size(elements); i++)
        add_rich(out, json_array_get(elements, i), depth + 1);
    end_line(&out->lines);
}

/* ---- a message ---- */

static void add_blocks(struct slack_text *out, const json_t *blocks)
{
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        const json_t *block = json_array_get(blocks, i), *fields = json_object_get(block, "fields");

        if (bc_str_eq(member(block, "type"), BC_STR("rich_text"))) {
            add_rich(out, block, 0);
            continue;
        }
        add_text(out, json_object_get(block, "text"));
        for (size_t f = 0; f < json_array_size(fields); f++) {
            add_text(out, json_array_get(fields, f));
            end_line(&out->lines); /* an answer that is missing is not the next label */
        }
    }
}

static void add_attachment(struct slack_text *out, const json_t *attachment)
{
    const json_t *fields = json_object_get(attachment, "fields");

    add_blocks(out, json_object_get(attachment, "blocks"));
    add_text(out, json_object_get(attachment, "text"));
    for (size_t i = 0; i < json_array_size(fields); i++) {
        const json_t *field = json_array_get(fields, i);

        add_bold(&out->lines, member(field, "title"));
        end_line(&out->lines);
        add_text(out, json_object_get(field, "value"));
        end_line(&out->lines);
    }
    add_text(out, json_object_get(attachment, "fallback"));
}

/* What an app says for programs: names and values. */
static void add_payload(struct slack_text *out, const json_t *payload)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)payload, key, value)
    {
        if (json_is_string(value))
            bc_buf_printf(&out->lines, "%s: %s\n", key, json_string_value(value));
        else if (json_is_integer(value))
            bc_buf_printf(&out->lines, "%s: %" JSON_INTEGER_FORMAT "\n", key,
                          json_integer_value(value));
    }
}

void slack_text_read(struct slack_text *out, const json_t *message)
{
    const json_t *attachments = json_object_get(message, "attachments");

    out->lines.len = out->links.len = 0;
    add_payload(out, json_object_get(json_object_get(message, "metadata"), "event_payload"));
    add_blocks(out, json_object_get(message, "blocks"));
    end_line(&out->lines);
    add_text(out, json_object_get(message, "text"));
    for (size_t i = 0; i < json_array_size(attachments); i++) {
        end_line(&out->lines);
        add_attachment(out, json_array_get(attachments, i));
    }
}

void slack_text_release(struct slack_text *text)
{
    bc_buf_release(&text->lines);
    bc_buf_release(&text->links);
}

/* ---- answers ---- */

static struct bc_str trim(struct bc_str text)
{
    size_t begin = 0, end = text.len;

    while (begin < end && is_blank(text.at[begin]))
        begin++;
    while (end > begin && is_blank(text.at[end - 1]))
        end--;
    return bc_str_part(text, begin, end);
}

static bool is_mark(char c)
{
    return c && strchr(MARKS, c);
}

static size_t marks_at(struct bc_str text)
{
    size_t n = 0;

    while (n < text.len && is_mark(text.at[n]))
        n++;
    return n;
}

static struct bc_str skip(struct bc_str text, size_t n)
{
    return bc_str_part(text, n, text.len);
}

/* "*spring*" */
static struct bc_str unmark(struct bc_str text)
{
    text = trim(text);
    while (text.len > 1 && is_mark(text.at[0]) && text.at[text.len - 1] == text.at[0])
        text = trim(bc_str_part(text, 1, text.len - 1));
    return text;
}

static struct bc_str without_bullet(struct bc_str line)
{
    static const char bullet[] = "\xe2\x80\xa2";

    line = trim(line);
    return bc_str_begins(line, bc_str_of(bullet)) ? trim(skip(line, strlen(bullet))) : line;
}

/* How a line begins: with the label, and whether a colon follows. `rest` is what stands after. */
static bool begins_with(struct bc_str line, struct bc_str label, struct bc_str *rest, bool *colon)
{
    const size_t before = marks_at(line);
    size_t closed;

    line = skip(line, before);
    if (!line.at || line.len < label.len || strncasecmp(line.at, label.at, label.len) != 0)
        return false;
    line = skip(line, label.len);
    closed = marks_at(line);
    line = trim(skip(line, closed));
    *colon = line.len > 0 && line.at[0] == ':';
    if (line.len > 0 && !*colon)
        return false; /* it goes on: another word */
    line = skip(line, *colon ? 1 : 0);
    if (before > closed && marks_at(line) > 0)
        line = skip(line, marks_at(line));
    else if (before > closed && line.len > 0 && is_mark(line.at[line.len - 1]))
        line.len--; /* the whole line is bold */
    *rest = unmark(line);
    return true;
}

/* Another label, so that the one before it has no answer: "*Name*", or "Name: A B" where labels
 * have colons. */
static bool is_label(struct bc_str line, bool colons)
{
    const char *colon = line.len ? memchr(line.at, ':', line.len) : NULL;
    const size_t at = colon ? (size_t)(colon - line.at) : 0;

    if (line.len > 2 && line.at[0] == '*' && unmark(line).len < line.len - 1)
        return true;
    return colons && colon && at <= LABEL_MAX &&
           (at + 1 == line.len || is_blank(line.at[at + 1]) || is_mark(line.at[at + 1]));
}

static struct bc_str line_at(struct bc_str text, size_t at)
{
    const char *end = at < text.len ? memchr(text.at + at, '\n', text.len - at) : NULL;

    return bc_str_part(text, at < text.len ? at : text.len,
                       end ? (size_t)(end - text.at) : text.len);
}

bool slack_text_answer(struct bc_str *answer, const struct slack_text *text, struct bc_str label)
{
    const struct bc_str all = bc_buf_str(&text->lines);
    bool found = false;

    *answer = (struct bc_str){ 0 };
    for (size_t at = 0; at < all.len;) {
        const struct bc_str line = line_at(all, at);
        bool colon;

        at += line.len + 1;
        if (!begins_with(without_bullet(line), label, answer, &colon))
            continue;
        found = true;
        if (answer->len == 0) {
            const struct bc_str next = without_bullet(line_at(all, at));

            *answer = is_label(next, colon) ? (struct bc_str){ 0 } : unmark(next);
        }
        if (answer->len > 0)
            return true;
    }
    return found;
}

/* "*Campaign*", "*Campaign:* spring", "Campaign: spring"; empty: it is none. */
static struct bc_str label_of(struct bc_str line)
{
    const size_t marks = marks_at(line);
    struct bc_str label = skip(line, marks), rest;
    const char *bold = NULL, *colon = NULL;
    bool has_colon;

    if (label.at && label.len) {
        bold = marks ? memchr(label.at, line.at[marks - 1], label.len) : NULL;
        colon = memchr(label.at, ':', label.len);
    }
    if (!bold && !colon)
        return (struct bc_str){ 0 };
    label.len = (size_t)((colon && (!bold || colon < bold) ? colon : bold) - label.at);
    label = trim(label);
    if (label.len == 0 || label.len > LABEL_MAX || !begins_with(line, label, &rest, &has_colon) ||
        (has_colon && !is_label(line, true)))
        return (struct bc_str){ 0 };
    return label;
}

bool slack_text_next_label(struct bc_str *label, const struct slack_text *text, size_t *at)
{
    const struct bc_str all = bc_buf_str(&text->lines);

    while (*at < all.len) {
        const struct bc_str line = line_at(all, *at);

        *at += line.len + 1;
        *label = label_of(without_bullet(line));
        if (label->len)
            return true;
    }
    return false;
}
