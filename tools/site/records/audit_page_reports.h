/* tools/site/records/audit_page_reports.h - for insiders: of the page of the audit, the reports
 * that were issued, and those that would read differently now. */
#ifndef BC_TOOLS_SITE_RECORDS_AUDIT_PAGE_REPORTS_H
#define BC_TOOLS_SITE_RECORDS_AUDIT_PAGE_REPORTS_H

#include "tools/site/frame/call.h"

bc_status audit_page_reports(struct call_page *call, struct bc_err *err);

#endif
