/* tests/support/event_log.h - event logs that are made for a test, read by an importer with a map,
 * and what is printed of them (import.h). */
#ifndef BC_TESTS_SUPPORT_EVENT_LOG_H
#define BC_TESTS_SUPPORT_EVENT_LOG_H

#include "ledger/base/mem.h"

/* import_xes_print or import_ocel_print. */
typedef void event_log_print(struct bc_buf *out, const char *path, const char *map_path, bool ids);

/* For a group of tests: a folder for map and log. */
int event_log_begin(void **state);
int event_log_end(void **state);

/* What is printed, ended by a NUL; paths in it are those of "/map" and "/log". */
void event_log_read(struct bc_buf *out, event_log_print *print, const char *map, struct bc_str log);
/* Fails unless that is printed; paths in it are those of "/map" and "/log". */
void event_log_check(event_log_print *print, const char *map, struct bc_str log, const char *want);

/* `n` times a text, between two others; the caller releases it. */
struct bc_buf event_log_repeated(const char *begin, const char *text, size_t n, const char *end);

#endif
