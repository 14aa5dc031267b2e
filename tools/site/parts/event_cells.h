/* tools/site/parts/event_cells.h - for insiders: events of the log in cells of pages, of the rows
 * of `log`. */
#ifndef BC_TOOLS_SITE_PARTS_EVENT_CELLS_H
#define BC_TOOLS_SITE_PARTS_EVENT_CELLS_H

#include "tools/print/html_out.h"
#include "tools/print/print_html.h"

/* A link to the page of an event, by its place in the log or its id, which is its text. */
void event_cells_put_seq(struct html_out *out, uint64_t seq);
void event_cells_put_id(struct html_out *out, struct bc_str id);

/* The same as whole cells: of the ids in "events", and of the one in "event". */
column_draw_fn event_cells_ids, event_cells_id;

/* What kind it is, in words: "meeting logged", held or not. */
void event_cells_add_kind(struct bc_buf *out, struct bc_str kind);
/* Who did it, which leads to all that he did. */
void event_cells_put_actor(struct html_out *out, struct bc_str actor);
/* The same of a source system. */
void event_cells_put_source(struct html_out *out, struct bc_str system);
/* An instant to the microsecond. */
void event_cells_put_exact(struct html_out *out, const struct cell *instant);
/* What an event says in a line, without the name of its kind, which has its label. */
void event_cells_says(struct html_out *out, const struct row *row);

/* A table of events, a row each. */
void event_cells_put_table(struct html_out *out, struct rows rows);

#endif
