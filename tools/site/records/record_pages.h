/* tools/site/records/record_pages.h - for insiders: the pages of this folder. */
#ifndef BC_TOOLS_SITE_RECORDS_RECORD_PAGES_H
#define BC_TOOLS_SITE_RECORDS_RECORD_PAGES_H

#include "tools/site/frame/call.h"

call_page_fn audit_page;
call_page_fn report_page;
call_page_fn given_page;
call_page_fn people_page;
call_page_fn ledger_page;
call_page_fn versions_page;
call_page_fn log_page;
call_page_fn event_page;
call_page_fn rules_page;
call_page_fn verify_page;

#endif
