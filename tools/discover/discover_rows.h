/* tools/discover/discover_rows.h - what only whole rows tell, and not a column alone. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_ROWS_H
#define BC_TOOLS_DISCOVER_DISCOVER_ROWS_H

#include "tools/discover/discover_guess.h"

/* Fills counts.created_varies, once the columns have their roles. */
bc_status discover_rows_created(struct discover_guess *guess, struct bc_err *err);
/* Fills the others, and stage_words, once shape and formats are known. */
bc_status discover_rows_count(struct discover_guess *guess, struct bc_err *err);

#endif
