/* tests/support/check.h - cmocka with the includes that it wants, and what every test uses. */
#ifndef BC_TESTS_SUPPORT_CHECK_H
#define BC_TESTS_SUPPORT_CHECK_H

#include "ledger/base/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Of a program's behaviours those alone that $CMOCKA_TEST_FILTER names; * * matches anything. */
__attribute__((constructor)) static void check_filter(void)
{
    const char *filter = getenv("CMOCKA_TEST_FILTER");

    if (filter)
        cmocka_set_test_filter(filter);
}

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* A struct bc_str in a table: BC_STR is no constant to the compiler. */
#define BYTES(literal)                                                                             \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* Fails with the error's own sentence when a call that should have worked did not. */
#define check_ok(call, err)                                                                        \
    do {                                                                                           \
        bc_status check_rc = (call);                                                               \
        if (check_rc < 0)                                                                          \
            fail_msg("%s: %s: %s", #call, (err)->context, (err)->message);                         \
    } while (0)

#endif
