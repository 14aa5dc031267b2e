/* tools/http/http_path.c - paths and queries, escaped as RFC 3986 wants. */
#include "tools/http/http.h"

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~", c));
}

/* What is in `also` stays as it is too. */
static void add(struct bc_buf *path, const char *text, const char *also)
{
    for (; *text; text++) {
        if (is_name(*text) || strchr(also, *text))
            bc_buf_add_byte(path, *text);
        else
            bc_buf_printf(path, "%%%02X", (unsigned char)*text);
    }
}

void http_path_add(struct bc_buf *path, const char *text)
{
    add(path, text, "");
}

void http_query_add(struct bc_buf *path, const char *name, const char *value)
{
    bool more = path->len && memchr(path->at, '?', path->len);

    bc_buf_add_byte(path, more ? '&' : '?');
    add(path, name, "");
    bc_buf_add_byte(path, '=');
    add(path, value, ","); /* lists of names are long enough */
}
