/* tools/byhand/record_words.h - the names of bodies and fields as people type them, and what each
 * field takes. */
#ifndef BC_TOOLS_BYHAND_RECORD_WORDS_H
#define BC_TOOLS_BYHAND_RECORD_WORDS_H

#include "ledger/record/event.h"

#define RECORD_NAME_LEN 48

/* stage_changed, stageChanged -> stage-changed */
void record_kebab(char out[RECORD_NAME_LEN], const char *name);

/* The body of a name in any of these spellings. BC_NO_BODY: there is none; *err names the one that
 * was probably meant. */
enum bc_body record_body_of(const char *name, struct bc_err *err);

/* What a field takes: a word for the kind of value, and a phrase. */
struct record_field_help {
    const char *value; /* "STAGE"; NULL: the word of its type (RECORD_TYPE_WORD) */
    const char *text;
};
/* Never NULL: every field of every body has one. */
const struct record_field_help *record_field_help(enum bc_body body, unsigned number);
/* "TEXT", "yes|no", "TIME", "DATE": the word of the help, else of the field's type. */
const char *record_value_word(enum bc_body body, unsigned number);

#endif
