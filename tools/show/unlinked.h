/* tools/show/unlinked.h - objects of services whose deal nothing says, of all sources. */
#ifndef BC_TOOLS_SHOW_UNLINKED_H
#define BC_TOOLS_SHOW_UNLINKED_H

#include "tools/ask/basis.h"

enum unlinked_form { UNLINKED_TABLE, UNLINKED_JSON, UNLINKED_CSV };
/* JSON: the basis, as of now, and "unlinked": a row an object, as service.h has them, "source"
 * before; CSV: these rows. For people a table a source, and the lines that link its objects. */
bc_status unlinked_show(const struct cmd_env *env, const struct basis *basis,
                        enum unlinked_form form, struct bc_err *err);

#endif
