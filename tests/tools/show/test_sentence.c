/* tools/show/sentence: keys in braces are filled in, and all else stays as it is. */
#include "tests/support/check.h"
#include "tools/show/sentence.h"

static struct row {
    const char *name, *sentence, *want;
} rows[] = {
    { "a sentence without a key", "is lost", "is lost" },
    { "a key in the middle", "came to {to} again", "came to <to> again" },
    { "a key at either end", "{from} to {to}", "<from> to <to>" },
    { "one at the other's side", "{from}{to}", "<from><to>" },
    { "what is filled in is not looked through", "{{}!", "<{>!" },
    { "nothing", "", "" },
};

static void fill(struct bc_buf *out, const void *of, struct bc_str key)
{
    bc_buf_printf(out, "%s%.*s>", (const char *)of, BC_STR_ARG(key));
}

static void told_case(void **state)
{
    const struct row *row = *state;
    struct bc_buf out = { 0 };

    sentence_add(&out, row->sentence, fill, "<");
    bc_buf_add_byte(&out, '\0');
    assert_string_equal(out.at, row->want);
    bc_buf_release(&out);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, told_case, NULL, NULL, &rows[i] };
    return _cmocka_run_group_tests("tools/show/sentence", tests, ARRAY_LEN(rows), NULL, NULL);
}
