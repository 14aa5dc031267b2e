/* tools/import/importers: each importer describes itself fully, and no two have the same name. */
#include "tests/support/check.h"
#include "tools/cmd/pages.h"
#include "tools/import/importers.h"

#include <stdio.h>

#define ROW(name) { #name, &importer_##name##_row },
static const struct {
    const char *listed;
    const struct importer_row *row;
} importers[] = { IMPORTERS(ROW) };

static void each_importer_says_all_of_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(importers); i++) {
        const struct importer_row *row = importers[i].row;
        const struct page *page;
        char command[64];

        assert_string_equal(row->word, importers[i].listed);
        (void)snprintf(command, sizeof(command), "backcast import %s", row->word);
        assert_non_null(row->open);
        page = cmd_page(command); /* ends the process where there is none */
        assert_non_null(strstr(page_parts(page).rest.at, command));
        for (size_t other = 0; other < i; other++)
            assert_string_not_equal(row->word, importers[other].row->word);
    }
}

static void each_opens_a_file_by_its_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(importers); i++) {
        struct importer *importer = NULL;
        struct bc_err err = { 0 };

        assert_int_equal(importers[i].row->open(&importer, "/none/such", "/none/such", &err),
                         BC_E_IO);
        assert_true(err.message[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_importer_says_all_of_itself),
        cmocka_unit_test(each_opens_a_file_by_its_row),
    };
    return cmocka_run_group_tests_name("tools/import/importers", tests, NULL, NULL);
}
