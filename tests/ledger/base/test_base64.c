/* Base64 of any bytes, and of each content only its one form is read. */
#include "ledger/base/base64.h"
#include "tests/support/check.h"

/* RFC 4648, section 10. */
static const struct {
    struct bc_str bytes;
    const char *text;
} known[] = {
    { BYTES(""), "" },
    { BYTES("f"), "Zg==" },
    { BYTES("fo"), "Zm8=" },
    { BYTES("foo"), "Zm9v" },
    { BYTES("foob"), "Zm9vYg==" },
    { BYTES("fooba"), "Zm9vYmE=" },
    { BYTES("foobar"), "Zm9vYmFy" },
};

static void the_rfc_s_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        struct bc_buf text = { 0 }, bytes = { 0 };

        bc_base64_add(&text, known[i].bytes.at, known[i].bytes.len);
        assert_true(bc_str_eq(bc_buf_str(&text), bc_str_of(known[i].text)));
        assert_true(bc_base64_read(&bytes, bc_buf_str(&text)));
        assert_true(bc_str_eq(bc_buf_str(&bytes), known[i].bytes));
        bc_buf_release(&text);
        bc_buf_release(&bytes);
    }
}

static void every_byte_comes_back(void **state)
{
    uint8_t bytes[256 + 2];
    struct bc_buf text = { 0 }, again = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i * 7);
    for (size_t len = 250; len <= sizeof(bytes); len++) {
        text.len = again.len = 0;
        bc_base64_add(&text, bytes, len);
        assert_true(bc_base64_read(&again, bc_buf_str(&text)));
        assert_int_equal(again.len, len);
        assert_memory_equal(again.at, bytes, len);
    }
    bc_buf_release(&text);
    bc_buf_release(&again);
}

static struct bad_row {
    const char *name;
    struct bc_str text;
} bad_rows[] = {
    { "without its padding", BYTES("Zg") },
    { "padding alone", BYTES("====") },
    { "padding in the middle", BYTES("Zg==Zm9v") },
    { "a character after padding", BYTES("Zg=v") },
    { "bits that nobody wrote, one byte", BYTES("Zh==") },
    { "bits that nobody wrote, two bytes", BYTES("Zm9=") },
    { "the other alphabet", BYTES("Zm-_") },
    { "a blank", BYTES("Zm 9") },
    { "a line end", BYTES("Zm9v\n") },
    { "a NUL", BYTES("Zm9\0") },
    { "blanks alone", BYTES("    ") },
    { "a group of blanks before it", BYTES("    Zm9v") },
    { "a group of line ends after", BYTES("Zg==\n\n\n\n") },
};

static void bad_row(void **state)
{
    const struct bad_row *row = *state;
    struct bc_buf bytes = { 0 };

    bc_buf_add_byte(&bytes, 'x');
    assert_false(bc_base64_read(&bytes, row->text));
    assert_int_equal(bytes.len, 1);
    bc_buf_release(&bytes);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(bad_rows) + 2] = {
        cmocka_unit_test(the_rfc_s_examples),
        cmocka_unit_test(every_byte_comes_back),
    };

    for (size_t i = 0; i < ARRAY_LEN(bad_rows); i++)
        tests[2 + i] = (struct CMUnitTest){ bad_rows[i].name, bad_row, NULL, NULL, &bad_rows[i] };
    return cmocka_run_group_tests_name("ledger/base/base64", tests, NULL, NULL);
}
