/* tests/model/rules_text.h - the built-in rules with something changed, by way of their text. */
#ifndef BC_TESTS_MODEL_RULES_TEXT_H
#define BC_TESTS_MODEL_RULES_TEXT_H

#include "projections/rules/rules.h"

/* The built-in rules as text, ended by a NUL. */
struct bc_buf rules_text(void);
/* The first `key` after the first `after` gets another value, up to its line's end. */
void rules_text_put(struct bc_buf *yaml, const char *after, const char *key, const char *value);
/* Below the first `map` one more member, its parameters on one line. */
void rules_text_add(struct bc_buf *yaml, const char *map, const char *name, const char *parameters);
/* The rules of the text, which is released; the caller frees them. */
bc_rules *rules_of_text(struct bc_buf *yaml);

/* Rules for the n-th world of a law: red lines that small worlds can cross, and in turns other
 * bases, time modes, windows and ids of the CRM, in the given zone. */
bc_rules *rules_of_law(unsigned n, const char *zone);

#endif
