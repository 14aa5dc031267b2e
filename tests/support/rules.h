/* tests/support/rules.h - rules for tests: the built-in ones, from text, and texts edited. */
#ifndef BC_TESTS_SUPPORT_RULES_H
#define BC_TESTS_SUPPORT_RULES_H

#include "projections/rules/rules.h"
#include "tests/support/check.h"

/* Each fails the test where it cannot. The caller frees. */
bc_rules *rules_default(void);
bc_rules *rules_parsed(struct bc_str yaml);

/* A text with the first `find` replaced. */
void rules_edit(struct bc_buf *out, struct bc_str text, const char *find, const char *put);
/* Printed, read and printed again, rules give the same bytes. */
void rules_check_round_trip(const bc_rules *rules);

static inline struct CMUnitTest rules_test(const char *name, CMUnitTestFunction run, void *row)
{
    return (struct CMUnitTest){ name, run, NULL, NULL, row };
}

/* Appends one test a row, and one test that is a function, to `tests` of `n`. */
#define ROWS(rows, run)                                                                            \
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)                                                   \
    tests[n++] = rules_test((rows)[i].name, run, &(rows)[i])
#define ONE(test) tests[n++] = rules_test(#test, test, NULL)

#endif
