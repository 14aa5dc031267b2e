/* tests/support/drawing.h - golden drawings: SVG files in tests/tools/draw/ that a person can look
 * at. With BC_UPDATE=1 they are written anew, to be looked at before they are committed. */
#ifndef BC_TESTS_SUPPORT_DRAWING_H
#define BC_TESTS_SUPPORT_DRAWING_H

#include "ledger/base/mem.h"

/* Fails unless the drawing is what NAME.svg holds, and is well-formed XML without a script and
 * without anything from elsewhere. */
void drawing_check(const char *name, struct bc_str svg);

/* Fails unless it is such XML; whatever else. */
void drawing_check_form(struct bc_str svg);

#endif
