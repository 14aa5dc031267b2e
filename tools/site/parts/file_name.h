/* tools/site/parts/file_name.h - for insiders: the name of a file that a page hands out. */
#ifndef BC_TOOLS_SITE_PARTS_FILE_NAME_H
#define BC_TOOLS_SITE_PARTS_FILE_NAME_H

#include "ledger/base/str.h"

/* Of an id what is fit for any file system, and the ending. The caller frees it. */
char *file_name_of(struct bc_str id, const char *ending);

#endif
