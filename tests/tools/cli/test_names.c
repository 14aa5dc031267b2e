/* tools/cli/names: people are called by their names where somebody says so, deals where a question
 * is open, and nobody where that is not wanted. */
#include "tests/support/check.h"
#include "tools/cli/names.h"

static const struct names_person people[] = { { { "u1", 2 }, { "Ada", 3 } },
                                              { { "u2", 2 }, { "Bob", 3 } } };

static bc_status find(void *finder, struct names_deal *out, struct bc_str deal, struct bc_err *err)
{
    (void)finder;
    (void)err;
    *out = (struct names_deal){ deal, BC_STR("u1") };
    return BC_OK;
}

static void check_person(const struct names *names, const char *id, const char *want)
{
    assert_true(bc_str_eq(names_of_person(names, bc_str_of(id)), bc_str_of(want)));
}

static void people_are_called_by_their_names(void **state)
{
    struct names names = { .people = people, .people_n = ARRAY_LEN(people) };

    (void)state;
    check_person(&names, "u1", "Ada");
    check_person(&names, "u2", "Bob");
    check_person(&names, "u3", "u3");
    check_person(&names, "", "");
    check_person(NULL, "u1", "u1");
    names.off = true;
    check_person(&names, "u1", "u1");
}

static void deals_are_called_so_while_a_question_is_open(void **state)
{
    struct names names = { .find = find };

    (void)state;
    assert_true(bc_str_eq(names_of_deal(&names, BC_STR("d1")).name, BC_STR("d1")));
    assert_int_equal(names_of_deal(&names, BC_STR("")).name.len, 0);
    assert_int_equal(names_of_deal(NULL, BC_STR("d1")).name.len, 0);
    names.off = true;
    assert_int_equal(names_of_deal(&names, BC_STR("d1")).owner.len, 0);
    names = (struct names){ 0 };
    assert_int_equal(names_of_deal(&names, BC_STR("d1")).name.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_called_by_their_names),
        cmocka_unit_test(deals_are_called_so_while_a_question_is_open),
    };

    return cmocka_run_group_tests_name("tools/cli/names", tests, NULL, NULL);
}
