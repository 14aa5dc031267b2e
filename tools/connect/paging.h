/* tools/connect/paging.h - what an answer says of how its list goes on. What is of another type
 * than it should be never ends a list as if that were its end: BC_E_REMOTE, with `asked` ("GET
 * /things") and what was expected. */
#ifndef BC_TOOLS_CONNECT_PAGING_H
#define BC_TOOLS_CONNECT_PAGING_H

#include "ledger/base/err.h"

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

/* A whole number that must be there, 0 or more. */
bc_status connect_paging_count(int64_t *out, const json_t *object, const char *key,
                               const char *asked, struct bc_err *err);
/* true or false; without it, or null: false. */
bc_status connect_paging_flag(bool *out, const json_t *object, const char *key, const char *asked,
                              struct bc_err *err);
/* A text, of the object; without it, or null: NULL. */
bc_status connect_paging_text(const char **out, const json_t *object, const char *key,
                              const char *asked, struct bc_err *err);
/* An object, of the object; without it, or null: NULL. */
bc_status connect_paging_object(const json_t **out, const json_t *object, const char *key,
                                const char *asked, struct bc_err *err);

#endif
