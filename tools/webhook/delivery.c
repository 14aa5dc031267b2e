#include "tools/webhook/delivery.h"

#include "ledger/base/base64.h"
#include "ledger/base/instant.h"
#include "tools/http/http_body.h"

#include <strings.h>

const struct webhook_sender_row webhook_sender[WEBHOOK_SENDER_N] = {
    [WEBHOOK_UNKNOWN] = { "", "an unknown service", "" },
    [WEBHOOK_HUBSPOT] = { "hubspot", "HubSpot", "HUBSPOT_CLIENT_SECRET" },
    [WEBHOOK_DROPBOX_SIGN] = { "dropbox-sign", "Dropbox Sign", "DROPBOX_SIGN_KEY" },
    [WEBHOOK_GITHUB] = { "github", "GitHub", "GITHUB_WEBHOOK_SECRET" },
    [WEBHOOK_ASANA] = { "asana", "Asana", "ASANA_HOOK_SECRET" },
    [WEBHOOK_SLACK] = { "slack", "Slack", "SLACK_SIGNING_SECRET" },
};

static struct bc_str text_of(const json_t *value)
{
    return (struct bc_str){ json_string_value(value), json_string_length(value) };
}

static struct bc_str member(const json_t *object, const char *key)
{
    return text_of(json_object_get(object, key));
}

/* ---- headers ---- */

static struct bc_str first_of(const json_t *value)
{
    return text_of(json_is_array(value) ? json_array_get(value, 0) : value);
}

struct bc_str webhook_header(const struct webhook_delivery *delivery, const char *name)
{
    const json_t *headers = json_object_get(delivery->line, "headers");
    const char *key;
    json_t *value;

    for (size_t i = 0; i < json_array_size(headers); i++) {
        const json_t *pair = json_array_get(headers, i);
        const char *of = json_string_value(json_array_get(pair, 0));

        if (of && strcasecmp(of, name) == 0)
            return first_of(json_array_get(pair, 1));
    }
    json_object_foreach((json_t *)(uintptr_t)headers, key, value)
    {
        if (strcasecmp(key, name) == 0)
            return first_of(value);
    }
    return (struct bc_str){ 0 };
}

/* ---- the body ---- */

static int hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* A value of a form, with its '+' and '%41' decoded. */
static void decode(struct bc_buf *out, struct bc_str value)
{
    for (size_t i = 0; i < value.len; i++) {
        const int high = i + 2 < value.len ? hex_of(value.at[i + 1]) : -1;
        const int low = i + 2 < value.len ? hex_of(value.at[i + 2]) : -1;

        if (value.at[i] == '%' && high >= 0 && low >= 0) {
            bc_buf_add_byte(out, (char)(high << 4 | low));
            i += 2;
        } else {
            bc_buf_add_byte(out, (char)(value.at[i] == '+' ? ' ' : value.at[i]));
        }
    }
}

static struct bc_str form_field(struct bc_buf *out, struct bc_str body, struct bc_str name)
{
    for (size_t at = 0; at < body.len;) {
        const char *amp = memchr(body.at + at, '&', body.len - at);
        const size_t end = amp ? (size_t)(amp - body.at) : body.len;
        const struct bc_str pair = bc_str_part(body, at, end);

        if (bc_str_begins(pair, name)) {
            out->len = 0;
            decode(out, bc_str_part(pair, name.len, pair.len));
            return bc_buf_str(out);
        }
        at = end + 1;
    }
    return (struct bc_str){ 0 };
}

static size_t find(struct bc_str text, size_t from, struct bc_str what)
{
    const char *at =
        from < text.len ? memmem(text.at + from, text.len - from, what.at, what.len) : NULL;

    return at ? (size_t)(at - text.at) : text.len;
}

/* The part "json" of a multipart body, whose boundary is its first line. */
static struct bc_str multipart_json(struct bc_str body)
{
    const size_t first = find(body, 0, BC_STR("\r\n"));
    const struct bc_str boundary = bc_str_part(body, 0, first);
    const size_t name = find(body, first, BC_STR("name=\"json\""));
    const size_t begin = find(body, name, BC_STR("\r\n\r\n")) + 4;
    size_t end;

    if (begin >= body.len)
        return (struct bc_str){ 0 };
    end = find(body, begin, boundary);
    if (end < begin + 2 || end == body.len)
        return (struct bc_str){ 0 };
    return bc_str_part(body, begin, end - 2);
}

/* The JSON in a body, of whichever of three forms it has. */
static struct bc_str json_in(struct bc_buf *room, struct bc_str body)
{
    static const struct bc_str fields[] = { { "payload=", 8 }, { "json=", 5 } };

    if (bc_str_begins(body, BC_STR("--")))
        return multipart_json(body);
    for (size_t i = 0; i < 2; i++)
        if (body.len && body.at[0] != '{' && body.at[0] != '[') {
            const struct bc_str found = form_field(room, body, fields[i]);

            if (found.len)
                return found;
        }
    return body;
}

static bc_status parse_json(json_t **out, struct bc_str text, struct bc_err *err)
{
    bc_status rc = http_body_parse(out, text, true, err);

    return rc == BC_DONE || rc == BC_E_REMOTE
               ? bc_err_set(err, BC_E_INPUT, "the body is no JSON that could be taken")
               : rc;
}

static bc_status read_content(struct webhook_delivery *delivery, struct bc_err *err)
{
    struct bc_buf room = { 0 };
    const struct bc_str text = json_in(&room, delivery->body);
    bc_status rc = BC_OK;

    if (text.len || delivery->body.len)
        rc = parse_json(&delivery->content, text, err);
    bc_buf_release(&room);
    if (rc == BC_OK && json_is_string(json_object_get(delivery->content, "json"))) {
        json_t *outer = delivery->content; /* a form that the recorder had split */

        delivery->content = NULL;
        rc = parse_json(&delivery->content, member(outer, "json"), err);
        json_decref(outer);
    }
    return rc;
}

/* ---- whose it is ---- */

static enum webhook_sender sender_of(const struct webhook_delivery *delivery)
{
    static const struct {
        const char *header;
        enum webhook_sender sender;
    } signs[] = {
        { "X-HubSpot-Signature-v3", WEBHOOK_HUBSPOT },
        { "X-HubSpot-Signature", WEBHOOK_HUBSPOT },
        { "X-Hub-Signature-256", WEBHOOK_GITHUB },
        { "X-GitHub-Event", WEBHOOK_GITHUB },
        { "X-Hook-Signature", WEBHOOK_ASANA },
        { "X-Hook-Secret", WEBHOOK_ASANA },
        { "X-Slack-Signature", WEBHOOK_SLACK },
        { "X-Slack-Request-Timestamp", WEBHOOK_SLACK },
    };

    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (webhook_header(delivery, signs[i].header).len)
            return signs[i].sender;
    if (member(json_object_get(delivery->content, "event"), "event_hash").len)
        return WEBHOOK_DROPBOX_SIGN;
    return WEBHOOK_UNKNOWN;
}

/* ---- a line ---- */

static bc_status read_body(struct webhook_delivery *delivery, struct bc_err *err)
{
    const json_t *body = json_object_get(delivery->line, "body");
    const json_t *encoded = json_object_get(delivery->line, "bodyBase64");

    if (json_is_string(encoded)) {
        if (!bc_base64_read(&delivery->decoded, text_of(encoded)))
            return bc_err_set(err, BC_E_INPUT, "\"bodyBase64\" is no base64");
        delivery->body = bc_buf_str(&delivery->decoded);
        return BC_OK;
    }
    if (!json_is_string(body))
        return bc_err_set(err, BC_E_INPUT,
                          "there is no \"body\" or \"bodyBase64\", expected the bytes as received, "
                          "in a text");
    delivery->body = text_of(body);
    return BC_OK;
}

bc_status webhook_delivery_read(struct webhook_delivery *out, struct bc_str line,
                                struct bc_err *err)
{
    const json_t *headers;
    bc_status rc;

    *out = (struct webhook_delivery){ .received_us = -1 };
    rc = http_body_parse(&out->line, line, false, err);
    if (rc == BC_DONE || rc == BC_E_REMOTE)
        return bc_err_set(err, BC_E_INPUT, "no delivery, expected one JSON object in the line");
    if (rc < 0)
        return rc;
    headers = json_object_get(out->line, "headers");
    if (headers && !json_is_object(headers) && !json_is_array(headers))
        return bc_err_set(err, BC_E_INPUT, "\"headers\" is no object and no list of pairs");
    out->method = member(out->line, "method");
    out->url = member(out->line, "url");
    if (json_object_get(out->line, "receivedAt") &&
        bc_instant_parse(&out->received_us, member(out->line, "receivedAt"), NULL) != BC_OK)
        return bc_err_set(err, BC_E_INPUT, "\"receivedAt\" is no time");
    rc = read_body(out, err);
    if (rc == BC_OK)
        rc = read_content(out, err);
    if (rc == BC_OK)
        out->sender = sender_of(out);
    return rc;
}

void webhook_delivery_release(struct webhook_delivery *delivery)
{
    json_decref(delivery->content);
    json_decref(delivery->line);
    bc_buf_release(&delivery->decoded);
    *delivery = (struct webhook_delivery){ 0 };
}
