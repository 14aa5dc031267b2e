/* tools/show/explain_not.h - why a figure does not count a deal, as rows and as words. */
#ifndef BC_TOOLS_SHOW_EXPLAIN_NOT_H
#define BC_TOOLS_SHOW_EXPLAIN_NOT_H

#include "projections/explain/explain_not.h"
#include "tools/ask/basis.h"

/* One JSON object, with the basis. */
void explain_not_json(const struct cmd_env *env, const struct basis *basis, size_t metric,
                      size_t slice, const struct bc_explanation_not *explanation);
/* For people, the basis below. */
void explain_not_print(const struct cmd_env *env, const struct basis *basis, size_t metric,
                       size_t slice, const struct bc_explanation_not *explanation);

#endif
