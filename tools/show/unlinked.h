/* tools/show/unlinked.h - objects of services whose deal nothing says, of all sources. */
#ifndef BC_TOOLS_SHOW_UNLINKED_H
#define BC_TOOLS_SHOW_UNLINKED_H

#include "tools/ask/basis.h"

/* JSON: the basis, and "unlinked": a row an object, as service.h has them, "source" before. For
 * people a table a source. */
bc_status unlinked_show(const struct cmd_env *env, const struct basis *basis, bool json,
                        struct bc_err *err);

#endif
