/* tools/hubspot/plain.c - what of HubSpot's answers is nobody's personal text. */
#include "tools/http/http_trace.h"
#include "tools/hubspot/service.h"

#include <ctype.h>

static const char *const members[] = {
    "action",
    "after",
    "archivedAt",
    "category",
    "completedAt",
    "correlationId",
    "createdAt",
    "direction",
    "errorType",
    "fieldType",
    "fromObjectTypeId",
    "highValue",
    "id",
    "identifier",
    "isClosed",
    "operator",
    "pipelineId",
    "policyName",
    "probability",
    "propertyName",
    "stageId",
    "startedAt",
    "status",
    "subCategory",
    "timeZone",
    "toObjectId",
    "toObjectTypeId",
    "type",
    "updatedAt",
    "writePermissions",
    NULL,
};

/* A record's properties are named by the account; these by HubSpot. The lists themselves, too: in a
 * question they hold names of properties. */
static const char *const own[] = { "properties", "propertiesWithHistory", NULL };
static const char *const own_members[] = {
    "closedate",
    "createdate",
    "dealstage",
    "dealtype",
    "hs_email_direction",
    "hs_email_status",
    "hs_is_closed",
    "hs_is_closed_lost",
    "hs_is_closed_won",
    "hs_meeting_outcome",
    "hs_merged_object_ids",
    "hs_object_id",
    "hubspot_owner_id",
    "pipeline",
    "properties",
    "propertiesWithHistory",
    "sourceType", /* of an entry of a history, as are the next ones */
    "timestamp",
    "updatedByUserId",
    NULL,
};

/* The history of a pipeline has its states as text. */
static const char *const json[] = { "rawObject", NULL };

/* "userId:7001", "4242": an id, with at most one word of ASCII letters before it. */
static bool is_source(const char *text)
{
    size_t word = 0;

    while (isalpha((unsigned char)text[word]))
        word++;
    if (text[word] == ':')
        word++;
    else if (word > 0)
        return false;
    return strspn(text + word, "0123456789") == strlen(text + word);
}

static bool shows(const char *text, const char *key, const char *owner)
{
    if (strcmp(key, "sourceId") == 0)
        return is_source(text);
    return owner && strcmp(key, "value") == 0 && http_plain_lists(own_members, owner);
}

const struct http_plain hubspot_plain = {
    .members = members,
    .own = own,
    .own_members = own_members,
    .json = json,
    .shows = shows,
};
