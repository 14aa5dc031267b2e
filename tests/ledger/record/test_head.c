/* A head's text is a checkpoint as C2SP has it: what is not exactly one is refused. */
#include "ledger/record/head.h"
#include "tests/support/check.h"

#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
#define HEAD "example.com/behind-the-sofa\n20852163\n" ROOT

static struct head_row {
    const char *name;
    struct bc_str text;
    bool good;
    struct bc_str origin;
    uint64_t size;
    struct bc_str extensions;
} rows[] = {
    { "the example of the specification", BYTES(HEAD), true, BYTES("example.com/behind-the-sofa"),
      20852163, BYTES("") },
    { "an empty tree", BYTES("o\n0\n" ROOT), true, BYTES("o"), 0, BYTES("") },
    { "blanks and a plus in the origin", BYTES("Moon Log+1\xc2\xa0\n1\n" ROOT), true,
      BYTES("Moon Log+1\xc2\xa0"), 1, BYTES("") },
    { "lines that extend it", BYTES(HEAD "6086d1a9\nWaxing gibbous\n"), true,
      BYTES("example.com/behind-the-sofa"), 20852163, BYTES("6086d1a9\nWaxing gibbous\n") },
    { "a line of a blank that extends it", BYTES(HEAD " \n"), true,
      BYTES("example.com/behind-the-sofa"), 20852163, BYTES(" \n") },
    { "the largest size", BYTES("o\n9999999999999999999\n" ROOT), true, BYTES("o"),
      UINT64_C(9999999999999999999), BYTES("") },
    { .name = "nothing", .text = BYTES("") },
    { .name = "two lines", .text = BYTES("Head\n9944\n") },
    { .name = "an empty line after the root", .text = BYTES(HEAD "\n") },
    { .name = "an empty line before what extends it", .text = BYTES(HEAD "\nb\n") },
    { .name = "an empty line among those that extend it", .text = BYTES(HEAD "a\n\nb\n") },
    { .name = "an empty line at the end", .text = BYTES(HEAD "a\n\n") },
    { .name = "an empty line before it", .text = BYTES("\n" HEAD) },
    { .name = "an empty origin", .text = BYTES("\n9944\n" ROOT) },
    { .name = "an origin that is not UTF-8", .text = BYTES("M\xfcller\n1\n" ROOT) },
    { .name = "a control character in the origin", .text = BYTES("a\tb\n1\n" ROOT) },
    { .name = "a NUL in what extends it", .text = BYTES(HEAD "a\0b\n") },
    { .name = "line ends of Windows", .text = BYTES("o\r\n1\r\n" ROOT) },
    { .name = "a root without its line end",
      .text = BYTES("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=") },
    { .name = "a last line without its end", .text = BYTES(HEAD "a") },
    { .name = "no size", .text = BYTES("o\n\n" ROOT) },
    { .name = "a size that is a word", .text = BYTES("o\nbananas\n" ROOT) },
    { .name = "a size below nothing", .text = BYTES("o\n-34\n" ROOT) },
    { .name = "a size with a sign", .text = BYTES("o\n+34\n" ROOT) },
    { .name = "a size with a leading zero", .text = BYTES("o\n034\n" ROOT) },
    { .name = "an empty tree with two zeros", .text = BYTES("o\n00\n" ROOT) },
    { .name = "a size after a blank", .text = BYTES("o\n 34\n" ROOT) },
    { .name = "a size with a blank after", .text = BYTES("o\n34 \n" ROOT) },
    { .name = "a size in other digits", .text = BYTES("o\n\xd9\xa3\n" ROOT) },
    { .name = "a size beyond 64 bits", .text = BYTES("o\n18446744073709551616\n" ROOT) },
    { .name = "a size far beyond 64 bits",
      .text = BYTES("o\n3438945738945739845734895735\n" ROOT) },
    { .name = "no root", .text = BYTES("o\n1\n\n") },
    { .name = "a root that is not base64", .text = BYTES("o\n1\nThisIsn'tBase64\n") },
    { .name = "a root without its padding",
      .text = BYTES("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n") },
    { .name = "a root with bits that nobody wrote",
      .text = BYTES("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n") },
    { .name = "a root in the alphabet of addresses",
      .text = BYTES("o\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n") },
    { .name = "a root of 31 bytes",
      .text = BYTES("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n") },
    { .name = "a root of 33 bytes",
      .text = BYTES("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2Jj\n") },
    { .name = "a root of 7 bytes", .text = BYTES("Log\n123\nYmFuYW5hcw==\n") },
    { .name = "a blank after the root",
      .text = BYTES("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I= \n") },
};

static void head_row(void **state)
{
    const struct head_row *row = *state;
    struct bc_head head = { .size = 77 };
    struct bc_str origin = BC_STR("untouched"), extensions = origin;
    struct bc_buf again = { 0 };

    assert_int_equal(bc_head_parse(&head, &origin, &extensions, row->text, NULL),
                     row->good ? BC_OK : BC_E_INPUT);
    assert_int_equal(bc_head_parse(&head, NULL, NULL, row->text, NULL),
                     row->good ? BC_OK : BC_E_INPUT);
    if (!row->good) {
        assert_int_equal(head.size, 77);
        assert_true(bc_str_eq(origin, BC_STR("untouched")));
        assert_true(bc_str_eq(extensions, BC_STR("untouched")));
        return;
    }
    assert_true(bc_str_eq(origin, row->origin));
    assert_true(head.size == row->size);
    assert_true(bc_str_eq(extensions, row->extensions));
    bc_head_text(&again, origin, &head);
    bc_buf_add_str(&again, extensions);
    assert_true(bc_str_eq(bc_buf_str(&again), row->text));
    bc_buf_release(&again);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, head_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/record/head", tests, NULL, NULL);
}
