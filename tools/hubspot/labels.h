/* tools/hubspot/labels.h - the labels that associations between deals may have in the account, and
 * the one by which the account file says that a deal renews another. */
#ifndef BC_TOOLS_HUBSPOT_LABELS_H
#define BC_TOOLS_HUBSPOT_LABELS_H

#include "tools/hubspot/run.h"

/* Requests them, into run->labels. */
void hubspot_labels_ask(struct hubspot_run *run);
/* Is the label that the account file names among them? Under an unknown one no deal would ever be
 * found to renew another: BC_E_INPUT. Where they could not be read, that is noted, and any is
 * taken.
 */
bc_status hubspot_labels_check(const struct hubspot_run *run, struct bc_err *err);
/* Is it among the `associationTypes` of an association? */
bool hubspot_labels_renews(const struct hubspot_account *account, const json_t *types);

#endif
