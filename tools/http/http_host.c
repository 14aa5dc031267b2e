#include "tools/http/http_host.h"

#include <string.h>
#include <strings.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

static const char scheme[] = "https://";

/* Letters, digits and hyphens between dots, none of which is first, last or beside another. */
static bool is_name(const char *host, size_t len)
{
    bool after_dot = true;

    for (size_t i = 0; i < len; i++) {
        bool dot = host[i] == '.';

        if (dot ? after_dot : !strchr(LETTERS "-", host[i]))
            return false;
        after_dot = dot;
    }
    return !after_dot;
}

static bool is_plain_path(const char *path)
{
    return *path == '\0' || (*path == '/' && path[strspn(path, LETTERS "/-._~")] == '\0');
}

bool http_host_is_own(const char *base_url, const char *domain)
{
    const size_t domain_len = strlen(domain);
    const char *host = base_url + strlen(scheme), *rest, *tail;
    size_t len;

    if (strncasecmp(base_url, scheme, strlen(scheme)) != 0)
        return false;
    len = strcspn(host, ":/");
    if (len < domain_len || !is_name(host, len))
        return false;
    tail = host + len - domain_len;
    if (strncasecmp(tail, domain, domain_len) != 0 || (tail > host && tail[-1] != '.'))
        return false;
    rest = host + len;
    if (*rest == ':') {
        if (strncmp(rest, ":443", 4) != 0)
            return false;
        rest += 4;
    }
    return is_plain_path(rest);
}
