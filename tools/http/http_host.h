/* tools/http/http_host.h - which addresses are a service's own. */
#ifndef BC_TOOLS_HTTP_HTTP_HOST_H
#define BC_TOOLS_HTTP_HTTP_HOST_H

#include <stdbool.h>

/* Is a base URL https on a domain ("hubapi.com") or a host below it ("api-eu1.hubapi.com"), on the
 * usual port, with nothing else in it but a path of plain letters? Whatever two readers of an
 * address could read differently is not: a user, an escape, a backslash, a trailing dot. */
bool http_host_is_own(const char *base_url, const char *domain);

#endif
