/* tools/import/source.h - a file that can be read twice, or is unpacked as it is read. */
#ifndef BC_TOOLS_IMPORT_SOURCE_H
#define BC_TOOLS_IMPORT_SOURCE_H

#include "tools/cli/input.h"
#include "tools/import/gunzip.h"

/* Opens a file or, for "-", standard input, and returns a descriptor that is the caller's to close.
 * A pipe is first copied whole to a temporary file. Below zero: BC_E_IO, and *err says why. */
int source_open(const char *path, struct bc_err *err);

/* Opens a file as input_open; a regular one that is gzipped is checked to its end, and unpacked as
 * it is read. *gz, which the caller frees after the input, is NULL for any other: of a feed nothing
 * is read here. BC_E_INPUT: it is damaged, as gunzip_check. */
bc_status source_input(struct input *out, gunzip **gz, const char *path, struct bc_err *err);

#endif
