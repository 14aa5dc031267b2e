/* tools/complete/values.h - what an option or an argument takes, as candidates: by the VALUE that
 * its line in the table has (tools/cli/opt.h). */
#ifndef BC_TOOLS_COMPLETE_VALUES_H
#define BC_TOOLS_COMPLETE_VALUES_H

#include "tools/complete/ledger_words.h"

/* What the shell, which knows files, offers beside the candidates. */
enum values_more { VALUES_NO_MORE, VALUES_FILES, VALUES_FOLDERS };

/* Adds the candidates for complete->value. A VALUE is a word of the list in values.c (`STAGE`), one
 * of several with commas between (`STAGE,...`), a word that stands for itself, in small letters
 * (`actor|source`), or several of these with | between. */
enum values_more values_add(struct complete *complete, struct ledger_words *words);
/* Does the list have all of a VALUE? */
bool values_known(const char *value);

#endif
