/* tools/show/by_value.h - a value of a key by which an answer is split, as people read it. */
#ifndef BC_TOOLS_SHOW_BY_VALUE_H
#define BC_TOOLS_SHOW_BY_VALUE_H

#include "tools/cli/names.h"

/* "none" for the empty one; of an owner who that is. Lives as long as the value and the names. */
struct bc_str by_value_said(const struct names *names, struct bc_str key, struct bc_str value);

#endif
