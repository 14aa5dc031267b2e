/* projections/yaml/yaml_text.h - the text that a YAML tree is read from: its bytes and places. */
#ifndef BC_PROJECTIONS_YAML_YAML_TEXT_H
#define BC_PROJECTIONS_YAML_YAML_TEXT_H

#include "projections/yaml/yaml.h"

/* Size, UTF-8, control bytes: before any parser sees it. */
bc_status bc_yaml_check_bytes(const struct bc_yaml_source *source, struct bc_err *err);
/* Bytes of the byte order mark that a text begins with: 3 or 0. */
size_t bc_yaml_mark_len(struct bc_str text);
/* The line, from 1, of an offset. */
size_t bc_yaml_line(const struct bc_yaml_source *source, size_t at);
/* The first character that is no part of one printed line (C0, DEL, C1, the line and paragraph
 * separators, a byte order mark), or a fault of UTF-8; else len. */
size_t bc_yaml_control(struct bc_str text);

#endif
