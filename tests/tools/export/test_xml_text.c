/* Texts as values of XML attributes: an XML reader gets them back as they were. */
#include "tests/support/check.h"
#include "tools/export/xml_text.h"

#include <string.h>

#include <expat.h>

static struct row {
    const char *name, *text, *want;
    size_t replaced;
} rows[] = {
    { "a plain text is itself", "caf\xc3\xa9 'n' bar", "caf\xc3\xa9 'n' bar", 0 },
    { "what XML has a meaning for", "<a b=\"c\"> & ]]>", "&lt;a b=&quot;c&quot;&gt; &amp; ]]&gt;",
      0 },
    { "line ends and tabs are no blanks", "a\tb\nc\r", "a&#x9;b&#xa;c&#xd;", 0 },
    { "what turns text around", "\xe2\x80\xae", "&#x202e;", 0 },
    { "controls beyond ASCII", "\x7f\xc2\x85", "&#x7f;&#x85;", 0 },
    { "controls that no XML holds", "\x01\x1b[0m", "\xef\xbf\xbd\xef\xbf\xbd[0m", 2 },
    { "what is no character", "\xef\xbf\xbe\xef\xbf\xbf", "\xef\xbf\xbd\xef\xbf\xbd", 2 },
    { "beyond the first plane", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80", 0 },
};

static void on_begin(void *payload, const XML_Char *name, const XML_Char **xml)
{
    struct bc_buf *got = payload;

    (void)name;
    bc_buf_add_str(got, bc_str_of(xml[1]));
}

static void is_written(void **state)
{
    const struct row *row = *state;
    struct bc_buf out = { 0 }, xml = { 0 }, got = { 0 };
    XML_Parser parser = XML_ParserCreate(NULL);

    assert_int_equal(xml_text_add(&out, bc_str_of(row->text)), row->replaced);
    bc_buf_printf(&xml, "<e v=\"%.*s\"/>", BC_STR_ARG(bc_buf_str(&out)));
    bc_buf_add_byte(&out, '\0');
    assert_string_equal(out.at, row->want);
    XML_SetUserData(parser, &got);
    XML_SetStartElementHandler(parser, on_begin);
    assert_int_equal(XML_Parse(parser, xml.at, (int)xml.len, 1), XML_STATUS_OK);
    bc_buf_add_byte(&got, '\0');
    if (row->replaced == 0)
        assert_string_equal(got.at, row->text);
    XML_ParserFree(parser);
    bc_buf_release(&out);
    bc_buf_release(&xml);
    bc_buf_release(&got);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, is_written, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/export/xml_text", tests, NULL, NULL);
}
