/* tools/cmd/export_formats.h - the commands of `export` that have files of their own. */
#ifndef BC_TOOLS_CMD_EXPORT_FORMATS_H
#define BC_TOOLS_CMD_EXPORT_FORMATS_H

#include "tools/cli/cmd.h"

cmd_fn export_csv;
cmd_fn export_sqlite;
cmd_fn export_parquet;
cmd_fn export_xes;
cmd_fn export_ocel;

#endif
