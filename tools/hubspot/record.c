/* tools/hubspot/record.c */
#include "tools/hubspot/record.h"

#include "tools/hubspot/value.h"

#define ID_MAX 128 /* of HubSpot's; theirs are decimal numbers of 64 bits */

bc_status hubspot_record_id(struct bc_str *out, const json_t *record, struct bc_err *err)
{
    struct bc_str id = hubspot_text(record, "id");

    if (id.len == 0 || id.len > ID_MAX)
        return bc_err_set(err, BC_E_REMOTE, "a record without an id");
    *out = id;
    return BC_OK;
}

int64_t hubspot_modified(const json_t *record)
{
    int64_t us = 0;

    if (!hubspot_instant(&us, hubspot_property(record, "hs_lastmodifieddate")) &&
        !hubspot_instant(&us, hubspot_text(record, "updatedAt")))
        return 0;
    return us;
}
