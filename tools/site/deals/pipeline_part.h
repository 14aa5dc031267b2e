/* tools/site/deals/pipeline_part.h - for insiders: the stages of the page of the pipeline. */
#ifndef BC_TOOLS_SITE_DEALS_PIPELINE_PART_H
#define BC_TOOLS_SITE_DEALS_PIPELINE_PART_H

#include "tools/site/frame/call.h"

/* A table of the open stages, each with its open deals as dots; `deals` is what `deals --open`
 * answered, or NULL where there are more than can be looked at one by one. */
enum { PIPELINE_DOTS = 200 };
void pipeline_stages_put(struct call_page *call, const struct row *stages, const struct row *deals);

#endif
