/* tools/hubspot/host.h - which addresses are HubSpot's own. */
#ifndef BC_TOOLS_HUBSPOT_HOST_H
#define BC_TOOLS_HUBSPOT_HOST_H

#include <stdbool.h>

/* Is a base URL https on hubapi.com or a host below it ("api.hubapi.com", "api-eu1.hubapi.com"), on
 * the usual port, with nothing else in it but a path of plain letters? Whatever two readers of an
 * address could read differently is not: a user, an escape, a backslash, a trailing dot. */
bool hubspot_host_is_own(const char *base_url);

#endif
