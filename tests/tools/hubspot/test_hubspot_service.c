/* The scopes that an error of HubSpot's names as missing. */
#include "tests/support/check.h"
#include "tools/http/http_body.h"
#include "tools/hubspot/service.h"

static const struct {
    const char *body, *want;
} scopes[] = {
    { "{}", "" },
    { "{\"context\":{\"missingScopes\":[\"\"]}}", "" },
    { "{\"context\":{\"requiredScopes\":[\"crm.objects.contacts.read\",\"contacts\"]}}",
      "crm.objects.contacts.read, contacts" },
    { "{\"context\":{\"requiredScopes\":[\"contacts\",\"tickets\",\"tickets\",\"contacts\"]}}",
      "contacts, tickets" },
    { "{\"context\":{\"scopes\":[\"a\"]},\"errors\":[{\"context\":{\"scopes\":[\"ab\",\"a\"]}}]}",
      "a, ab" },
};

static void each_missing_scope_is_named_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(scopes); i++) {
        struct bc_err err = { 0 };
        struct bc_buf out = { 0 };
        json_t *root = NULL;

        check_ok(http_body_parse(&root, bc_str_of(scopes[i].body), false, &err), &err);
        assert_int_equal(hubspot_scopes(&out, root), *scopes[i].want != '\0');
        bc_buf_add_byte(&out, '\0');
        assert_string_equal(out.at, scopes[i].want);
        bc_buf_release(&out);
        json_decref(root);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_missing_scope_is_named_once),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_service", tests, NULL, NULL);
}
