/* tools/connect/connectors.h - every connector, each described in a file of its own. */
#ifndef BC_TOOLS_CONNECT_CONNECTORS_H
#define BC_TOOLS_CONNECT_CONNECTORS_H

#include "tools/connect/connector.h"

#define CONNECTORS(X) X(asana) X(dropbox_sign) X(github) X(slack)

#define CONNECTOR_DECLARE(name) extern const struct connector connector_##name;
CONNECTORS(CONNECTOR_DECLARE)
#undef CONNECTOR_DECLARE

#endif
