#include "tools/http/http_link.h"

#include <strings.h>

/* "<TARGET>; name=value; name=\"a value\", <TARGET>; ...": a comma or a semicolon within quotes
 * divides nothing. */

static const char *past_blank(const char *at)
{
    return at + strspn(at, " \t");
}

/* Is "next" one of the words? */
static bool has_next(struct bc_str words)
{
    for (size_t at = 0; at < words.len;) {
        size_t len = 0;

        while (at + len < words.len && words.at[at + len] != ' ')
            len++;
        if (len == strlen("next") && strncasecmp(words.at + at, "next", len) == 0)
            return true;
        at += len + 1;
    }
    return false;
}

/* The value at the beginning, and where it ends. */
static struct bc_str value_at(const char *at, const char **end)
{
    if (*at == '"') {
        const size_t len = strcspn(at + 1, "\"");

        *end = at + 1 + len + (at[1 + len] == '"');
        return (struct bc_str){ at + 1, len };
    }
    const size_t len = strcspn(at, ";, \t");

    *end = at + len;
    return (struct bc_str){ at, len };
}

/* Reads a link's parameters, up to the comma or the end. */
static bool read_parameters(const char **at)
{
    bool next = false;

    *at = past_blank(*at);
    while (**at == ';') {
        const char *name = past_blank(*at + 1);
        const size_t len = strcspn(name, "=;, \t");
        struct bc_str value = { "", 0 };

        *at = past_blank(name + len);
        if (**at == '=')
            value = value_at(past_blank(*at + 1), at);
        next =
            next || (len == strlen("rel") && strncasecmp(name, "rel", len) == 0 && has_next(value));
        *at = past_blank(*at);
    }
    return next;
}

void http_link_next(struct bc_buf *out, const char *header)
{
    const char *at = past_blank(header);

    while (*at == '<') {
        const char *target = at + 1;
        const size_t len = strcspn(target, ">");

        if (target[len] != '>')
            return;
        at = target + len + 1;
        if (read_parameters(&at)) {
            bc_buf_add(out, target, len);
            return;
        }
        at += strspn(at, ", \t");
    }
}
