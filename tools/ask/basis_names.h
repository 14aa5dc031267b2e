/* tools/ask/basis_names.h - finds the names of the deals that an answer prints (tools/cli/names.h),
 * as the question that it answers sees them. */
#ifndef BC_TOOLS_ASK_BASIS_NAMES_H
#define BC_TOOLS_ASK_BASIS_NAMES_H

#include "projections/report/question.h"
#include "tools/cli/names.h"

struct basis_names;

/* Has `of` find names there from now on. Borrows all three: the question's dates and rules may be
 * set later, and change, and count as they are when a name is asked for. `of` NULL: returns NULL.
 */
struct basis_names *basis_names_open(struct names *of, bc_timelines *timelines,
                                     const struct bc_question *question);
void basis_names_close(struct basis_names *names); /* NULL is fine */

#endif
