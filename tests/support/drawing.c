#include "tests/support/drawing.h"

#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>

/* Attributes may name only what is within the file. */
static void XMLCALL check_element(void *payload, const XML_Char *name, const XML_Char **attributes)
{
    (void)payload;
    assert_string_not_equal(name, "script");
    assert_string_not_equal(name, "foreignObject");
    for (; attributes[0]; attributes += 2) {
        assert_true(strncmp(attributes[0], "on", 2) != 0);
        assert_string_not_equal(attributes[0], "style");
        assert_true(strcmp(attributes[0], "xmlns") == 0 || !strstr(attributes[1], "//"));
    }
}

void drawing_check_form(struct bc_str svg)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");

    XML_SetStartElementHandler(parser, check_element);
    if (XML_Parse(parser, svg.at, (int)svg.len, true) != XML_STATUS_OK)
        fail_msg("line %lu: %s", (unsigned long)XML_GetCurrentLineNumber(parser),
                 XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
}

void drawing_check(const char *name, struct bc_str svg)
{
    char path[512];
    struct bc_buf want = { 0 };

    snprintf(path, sizeof(path), "%s/tests/tools/draw/%s.svg", BC_SOURCE_DIR, name);
    drawing_check_form(svg);
    if (getenv("BC_UPDATE"))
        file_write(path, svg);
    file_read(&want, path);
    if (!bc_str_eq(bc_buf_str(&want), svg))
        fail_msg("%s is drawn otherwise: BC_UPDATE=1 writes it anew, to be looked at", path);
    bc_buf_release(&want);
}
