/* tools/cmd/import_service.h - `import WORD` for each of tools/connect/connectors.h. */
#ifndef BC_TOOLS_CMD_IMPORT_SERVICE_H
#define BC_TOOLS_CMD_IMPORT_SERVICE_H

#include "tools/cli/cmd.h"
#include "tools/connect/connector.h"

/* All of them, in the order of the list. */
size_t import_services(const struct connector *const **out);
/* The command; argv[0] is the connector's word. */
cmd_fn import_service;

#endif
