/* tools/byhand/record_form.h - events by hand from a form, a YAML file:
 *
 *   deal: 165-larkness               of the moments that name no other
 *   actor: ann                       likewise
 *   events:                          moments: what happened at an instant, in any order
 *     - at: 2025-03-03 09:30         a WHEN of `record`; left out: now
 *       dealCreated: { stage: enrichment, dealType: newbusiness }
 *       properties: { tier: A, mrr: 1200.50 }      a propertyChanged each
 *       stageChanged: outreach                     the only field that must be given
 *       learningRecorded: [{ text: one }, { text: another, id: l2 }]
 *
 * A value that is empty is left out. Ids are made of what the form says, so the same form again
 * changes nothing. A meeting begins at the moment, and has a name, unless it says so. */
#ifndef BC_TOOLS_BYHAND_RECORD_FORM_H
#define BC_TOOLS_BYHAND_RECORD_FORM_H

#include "projections/rules/rules.h"
#include "projections/yaml/yaml.h"
#include "tools/byhand/record_sheet.h"

/* Where an event stands in the text, and each of its fields. */
struct record_place {
    size_t at, field_at[BC_FIELD_MAX + 1]; /* 0: not in it */
    bool made_id;
};

struct record_form {
    struct bc_yaml_source source;
    const char *actor;           /* where the form names none, or NULL */
    struct record_place *places; /* as the sheet's events were added; the caller frees it */
    size_t place_n, place_cap;
};

/* Reads a form's text, form->source, into a sheet. BC_E_INPUT says what is wrong, with file, line
 * and column. */
bc_status record_form_read(struct record_form *form, struct record_sheet *sheet,
                           const struct record_reading *in, struct bc_err *err);
/* What the form made in a log before keeps the times that it had then: "yesterday" is another day
 * now. To be called before the sheet is sorted. */
bc_status record_form_settle(const struct record_form *form, struct record_sheet *sheet,
                             bc_log *log, bc_arena *arena, struct bc_err *err);

/* Prints a form to fill in: with these rules' words, and dated on a civil day. */
void record_form_template(FILE *out, const bc_rules *rules, int32_t today);

#endif
