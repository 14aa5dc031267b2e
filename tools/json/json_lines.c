#include "tools/json/json_lines.h"

#include "tools/json/json.h"

void json_lines_init(struct json_lines *lines)
{
    *lines = (struct json_lines){ .index = json_index_new() };
}

void json_lines_release(struct json_lines *lines)
{
    json_index_free(lines->index);
    bc_buf_release(&lines->unescaped);
}

static bool find_tokens(struct json_lines *lines, const char *text, size_t len)
{
    size_t n;

    lines->base = lines->slash = text;
    lines->text_end = text + len;
    if (json_index_find(lines->index, &lines->first, &n, text, len) != JSON_SOUND)
        return false;
    lines->token = lines->first;
    return true;
}

void json_lines_ahead(struct json_lines *lines, struct bc_str text)
{
    lines->ahead = find_tokens(lines, text.at, text.len) ? text : (struct bc_str){ 0 };
}

/* Goes to the first token of the line, from where the last one ended. */
static void seek(struct json_lines *lines)
{
    const uint32_t begin = (uint32_t)(lines->begin - lines->base);

    while (*lines->token < begin)
        lines->token++;
    if (lines->token == lines->first || lines->token[-1] < begin)
        return;
    while (lines->token > lines->first && lines->token[-1] >= begin)
        lines->token--;
    lines->slash = lines->base;
}

bool json_lines_begin(struct json_lines *lines, struct bc_str line)
{
    const uintptr_t at = (uintptr_t)line.at, ahead = (uintptr_t)lines->ahead.at;

    lines->unescaped.len = 0;
    if (lines->ahead.len == 0 || at < ahead || at + line.len > ahead + lines->ahead.len) {
        lines->ahead.len = 0;
        line.at = json_index_pad(lines->index, line.at, line.len);
        if (!find_tokens(lines, line.at, line.len))
            return false;
    }
    lines->begin = line.at;
    lines->end = line.at + line.len;
    seek(lines);
    return true;
}

bool json_lines_done(const struct json_lines *lines)
{
    return lines->base + lines->token[-1] < lines->end &&
           lines->base + lines->token[0] >= lines->end;
}

struct bc_str json_lines_token(const struct json_lines *lines)
{
    const char *at = lines->base + lines->token[0], *end = lines->base + lines->token[1];

    while (end > at && json_is_space(end[-1]))
        end--;
    return (struct bc_str){ at, (size_t)(end - at) };
}

bool json_lines_unescape(struct json_lines *lines, struct bc_str *raw)
{
    const char *end = raw->at + raw->len;
    char *room;
    size_t len, at;

    if (lines->slash < raw->at) {
        lines->slash = memchr(raw->at, '\\', (size_t)(lines->text_end - raw->at));
        if (!lines->slash)
            lines->slash = lines->text_end;
    }
    if (lines->slash >= end)
        return true;
    if (end > lines->end)
        return false;
    if (lines->unescaped.len == 0) /* what is unescaped of a line is no longer than the line */
        (void)bc_buf_room(&lines->unescaped, (size_t)(lines->end - lines->begin));
    room = lines->unescaped.at + lines->unescaped.len;
    if (json_unescape(room, &len, &at, *raw))
        return false;
    lines->unescaped.len += len;
    *raw = (struct bc_str){ room, len };
    return true;
}
