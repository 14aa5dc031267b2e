/* tools/print/json_out: what is written is JSON, and a number that is read back is the same
 * number. */
#include "tests/support/check.h"
#include "tools/print/json_out.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct row {
    const char *name;
    double value;
    const char *want;
} rows[] = {
    { "a whole number", 14, "14" },
    { "nought", 0, "0" },
    { "a fraction as short as it goes", 0.1, "0.1" },
    { "a third in full", 1.0 / 3, "0.3333333333333333" },
    { "one that takes seventeen digits", 0.1 + 0.2, "0.30000000000000004" },
    { "a large one", 1e300, "1e+300" },
    { "a negative one", -81.5, "-81.5" },
    { "no number", NAN, "null" },
    { "beyond all numbers", INFINITY, "null" },
};

static void number_row(void **state)
{
    const struct row *row = *state;
    char *text = NULL;
    size_t len = 0;
    struct json_out json = json_out_begin(open_memstream(&text, &len));

    json_out_number(&json, NULL, row->value);
    json_out_release(&json);
    fclose(json.out);
    assert_string_equal(text, row->want);
    if (isfinite(row->value))
        assert_true(strtod(text, NULL) == row->value);
    free(text);
}

static void write_nested(struct json_out *json)
{
    json_out_object(json, NULL);
    json_out_text(json, "a\"b", "c\n");
    json_out_array(json, "list");
    json_out_array_end(json);
    json_out_array(json, "more");
    json_out_integer(json, NULL, -1);
    json_out_bool(json, NULL, true);
    json_out_null(json, NULL);
    json_out_object(json, NULL);
    json_out_object_end(json);
    json_out_object(json, NULL);
    json_out_seq(json, "seq", UINT64_MAX);
    json_out_instant(json, "at", 0);
    json_out_object_end(json);
    json_out_array_end(json);
    json_out_bool(json, "last", false);
    json_out_object_end(json);
    json_out_line(json);
}

static void values_nest_with_their_commas(void **state)
{
    char *text = NULL;
    size_t len = 0;
    struct json_out json = json_out_begin(open_memstream(&text, &len));

    (void)state;
    write_nested(&json);
    json_out_integer(&json, NULL, 2);
    json_out_line(&json);
    json_out_release(&json);
    fclose(json.out);
    assert_string_equal(text, "{\"a\\\"b\": \"c\\n\", \"list\": [], \"more\": [-1, true, null, {}, "
                              "{\"seq\": \"18446744073709551615\", "
                              "\"at\": \"1970-01-01T00:00:00.000000Z\"}], \"last\": false}\n2\n");
    free(text);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = {
        cmocka_unit_test(values_nest_with_their_commas),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 1] = (struct CMUnitTest){ rows[i].name, number_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/print/json_out", tests, NULL, NULL);
}
