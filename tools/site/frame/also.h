/* tools/site/frame/also.h - for insiders: pages that have no place in the bar, in a line below the
 * heading of the page of the bar that they belong to, and of each other. */
#ifndef BC_TOOLS_SITE_FRAME_ALSO_H
#define BC_TOOLS_SITE_FRAME_ALSO_H

#include "tools/site/frame/call.h"

void also_put(struct call_page *call);

#endif
