/* tools/connect/slack_text.h - what a message of Slack says, as lines, and the answers in it.
 *
 * A message is text with marks, blocks of several kinds, attachments, metadata, and often the same
 * in more than one of them. What a form asked stands in it as whoever built the workflow wrote it
 * around the answers:
 *
 *   *Campaign*         Campaign: spring       *Campaign:* spring
 *   spring
 *
 * People, channels and emoji are their ids and codes, since their names change; a link is its
 * label. */
#ifndef BC_TOOLS_CONNECT_SLACK_TEXT_H
#define BC_TOOLS_CONNECT_SLACK_TEXT_H

#include "ledger/base/mem.h"

#include <jansson.h>

struct slack_text {
    struct bc_buf lines; /* bold text stands between '*' */
    struct bc_buf links; /* addresses, one a line */
};

/* Of *out, which is `{ 0 }` or was filled before, nothing is kept but its room. */
void slack_text_read(struct slack_text *out, const json_t *message);
void slack_text_release(struct slack_text *text);

/* The answer under a label, whatever the case of its letters. True: the label is there; *answer is
 * empty where nothing was answered. Lives as long as `text` stays as it is. */
bool slack_text_answer(struct bc_str *answer, const struct slack_text *text, struct bc_str label);

/* The labels that stand in it, one after another, as slack_text_answer finds them; *at is 0 for the
 * first one. A label that stands there twice comes twice. False: there is none any more. */
bool slack_text_next_label(struct bc_str *label, const struct slack_text *text, size_t *at);

#endif
