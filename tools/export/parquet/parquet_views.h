/* tools/export/parquet/parquet_views.h - SQL beside the Parquet files of an export: its tables as
 * views, and the views of the metrics, for each engine in its own words. */
#ifndef BC_TOOLS_EXPORT_PARQUET_PARQUET_VIEWS_H
#define BC_TOOLS_EXPORT_PARQUET_PARQUET_VIEWS_H

#include "tools/cli/outdir.h"

bc_status parquet_views_write(struct outdir *dir, struct bc_err *err);

#endif
