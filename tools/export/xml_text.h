/* tools/export/xml_text.h - a text as the value of an XML attribute. */
#ifndef BC_TOOLS_EXPORT_XML_TEXT_H
#define BC_TOOLS_EXPORT_XML_TEXT_H

#include "ledger/base/mem.h"

/* Adds well-formed UTF-8 so that a reader gets the same text back, line ends, too, and no control
 * character stands in the file as it is. Those that XML 1.0 cannot hold are written as U+FFFD:
 * returns how many. */
size_t xml_text_add(struct bc_buf *out, struct bc_str text);

#endif
