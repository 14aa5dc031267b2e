/* tools/sheet/sheet_google.c - a sheet by Google's APIs: Drive says whether the file has changed,
 * Sheets what it holds. */
#include "tools/sheet/sheet_fetch.h"

/* ---- what Google says is wrong ---- */

static const json_t *error_of(const json_t *root)
{
    return json_object_get(root, "error");
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static void said(struct bc_buf *out, const json_t *root)
{
    bc_buf_printf(out, "%s", text_of(error_of(root), "message"));
}

/* Drive says its limit by a 403 and a reason. */
static enum http_meaning meaning(const struct http_reply_facts *facts)
{
    const json_t *errors = json_object_get(error_of(facts->root), "errors");
    const char *reason = text_of(json_array_get(errors, 0), "reason");

    if (facts->status == 403 &&
        (strcmp(reason, "rateLimitExceeded") == 0 || strcmp(reason, "userRateLimitExceeded") == 0))
        return HTTP_IS_LIMIT;
    return HTTP_USUAL;
}

static const struct http_own_status statuses[] = {
    { 400, HTTP_IS_WRONG, "Google does not accept the request", 0 },
    { 403, HTTP_IS_REFUSAL,
      "the token may not read this: the sheet is not shared with its account, or the API is not "
      "enabled in its project",
      0 },
    { 404, HTTP_IS_WRONG, "there is no such spreadsheet, or the token's account does not see it",
      0 },
    { 0 },
};
/* Cells are the account's own, numbers too. */
static const char *const plain_members[] = {
    "domain",    "kind",   "majorDimension", "mimeType", "modifiedTime", "reason",
    "sheetType", "status", "timeZone",       "version",  NULL,
};
static const char *const plain_own[] = { "values", NULL };
static const struct http_plain plain = { .members = plain_members,
                                         .own = plain_own,
                                         .path_before = "/values/" /* the sheet's title */ };

static const struct http_service service = {
    .name = "Google",
    .statuses = statuses,
    .said = said,
    .meaning = meaning,
    .plain = &plain,
};

void sheet_google_opts(struct http_opts *out)
{
    enum { READS_A_MINUTE = 60 };

    out->auth = HTTP_BEARER;
    out->service = &service;
    out->in_flight_max = 1;
    out->limit_n = READS_A_MINUTE;
    out->limit_us = INT64_C(60000000);
}

/* ---- the requests ---- */

static bc_status ask(struct http_answer *out, http_client *client, struct bc_buf *path,
                     bool refused_ok, struct bc_err *err)
{
    bc_status rc;

    bc_buf_add_byte(path, '\0');
    rc = http_get(client,
                  &(struct http_request){
                      .path = path->at, .refused_ok = refused_ok, .missing_ok = refused_ok },
                  out, err);
    bc_buf_release(path);
    return rc;
}

static void keep(struct bc_buf *out, const char *text)
{
    if (!*text)
        return;
    bc_buf_printf(out, "%.500s", text);
    bc_buf_add_byte(out, '\0');
}

/* It may be a text or a number. */
static void keep_version(struct bc_buf *out, const json_t *version)
{
    if (json_is_integer(version)) {
        bc_buf_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(version));
        bc_buf_add_byte(out, '\0');
    } else if (json_is_string(version)) {
        keep(out, json_string_value(version));
    }
}

/* A token without Drive's scope can do without: then everything is read. */
static bc_status see_version(struct sheet_table *out, const struct sheet_source *source,
                             struct bc_err *err)
{
    struct http_answer answer = { 0 };
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_printf(&path, "/drive/v3/files/%s", source->address->id);
    http_query_add(&path, "fields", "id,version,trashed");
    http_query_add(&path, "supportsAllDrives", "true");
    rc = ask(&answer, source->drive, &path, true, err);
    if (rc == BC_OK && answer.status == 200) {
        keep_version(&out->version, json_object_get(answer.root, "version"));
        out->trashed = json_is_true(json_object_get(answer.root, "trashed"));
    }
    http_answer_release(&answer);
    out->no_version = out->version.len == 0;
    out->unchanged = out->version.len && strcmp(out->version.at, source->version) == 0;
    return rc;
}

static bool is_gid(const json_t *properties, const char *gid)
{
    struct bc_buf text = { 0 };
    bool same;

    bc_buf_printf(&text, "%" JSON_INTEGER_FORMAT,
                  json_integer_value(json_object_get(properties, "sheetId")));
    same = bc_str_eq(bc_buf_str(&text), bc_str_of(gid));
    bc_buf_release(&text);
    return same;
}

static json_int_t place_of(const json_t *properties)
{
    return json_integer_value(json_object_get(properties, "index"));
}

/* The sheet of that number, or the first one; NULL: there is none. */
static const json_t *find_sheet(const json_t *sheets, const char *gid)
{
    const json_t *found = NULL;

    for (size_t i = 0; i < json_array_size(sheets); i++) {
        const json_t *one = json_object_get(json_array_get(sheets, i), "properties");

        if (!json_is_string(json_object_get(one, "title")))
            continue;
        if (*gid ? is_gid(one, gid) : !found || place_of(one) < place_of(found))
            found = one;
    }
    return found;
}

static bc_status see_sheet(struct sheet_table *out, struct bc_buf *title,
                           const struct sheet_source *source, struct bc_err *err)
{
    const struct sheet_address *address = source->address;
    struct http_answer answer = { 0 };
    struct bc_buf path = { 0 };
    const json_t *sheet;
    bc_status rc;

    bc_buf_printf(&path, "/v4/spreadsheets/%s", address->id);
    http_query_add(&path, "fields", "properties(timeZone),sheets.properties(sheetId,title,index)");
    rc = ask(&answer, source->sheets, &path, false, err);
    if (rc < 0)
        return rc;
    keep(&out->zone, text_of(json_object_get(answer.root, "properties"), "timeZone"));
    sheet = find_sheet(json_object_get(answer.root, "sheets"), address->gid);
    if (sheet)
        bc_buf_printf(title, "%s", text_of(sheet, "title"));
    else
        rc = bc_err_set(err, BC_E_REMOTE, "the spreadsheet has no sheet%s%s that holds cells",
                        *address->gid ? " of gid " : "", address->gid);
    http_answer_release(&answer);
    return rc;
}

/* 'It''s': the quotes keep it from being read as a range of cells. */
static void quote(struct bc_buf *out, struct bc_str title)
{
    bc_buf_add_byte(out, '\'');
    for (size_t i = 0; i < title.len; i++) {
        if (title.at[i] == '\'')
            bc_buf_add_byte(out, '\'');
        bc_buf_add_byte(out, title.at[i]);
    }
    bc_buf_add_byte(out, '\'');
    bc_buf_add_byte(out, '\0');
}

static bc_status ask_values(struct http_answer *out, const struct sheet_source *source,
                            struct bc_str title, const char *times, struct bc_err *err)
{
    struct bc_buf path = { 0 }, range = { 0 };
    bc_status rc;

    quote(&range, title);
    bc_buf_printf(&path, "/v4/spreadsheets/%s/values/", source->address->id);
    http_path_add(&path, range.at);
    http_query_add(&path, "majorDimension", "ROWS");
    http_query_add(&path, "valueRenderOption", "UNFORMATTED_VALUE");
    http_query_add(&path, "dateTimeRenderOption", times);
    rc = ask(out, source->sheets, &path, false, err);
    bc_buf_release(&range);
    return rc;
}

/* Where no map says which columns are times, the same values as they are displayed do. */
static bc_status find_times(struct sheet_table *out, const struct sheet_source *source,
                            struct bc_str title, const json_t *values, struct bc_err *err)
{
    struct http_answer shown = { 0 };
    bc_status rc = ask_values(&shown, source, title, "FORMATTED_STRING", err);

    if (rc == BC_OK) {
        json_t *times = sheet_values_times(values, json_object_get(shown.root, "values"));

        rc = sheet_values_csv(&out->text, values, sheet_values_is_time, times, err);
        json_decref(times);
    }
    http_answer_release(&shown);
    return rc;
}

static bc_status read_values(struct sheet_table *out, const struct sheet_source *source,
                             struct bc_str title, struct bc_err *err)
{
    struct http_answer answer = { 0 };
    const json_t *values;
    bc_status rc = ask_values(&answer, source, title, "SERIAL_NUMBER", err);

    values = json_object_get(answer.root, "values");
    if (rc == BC_OK && source->is_time)
        rc = sheet_values_csv(&out->text, values, source->is_time, source->map, err);
    else if (rc == BC_OK)
        rc = find_times(out, source, title, values, err);
    http_answer_release(&answer);
    return rc;
}

/* The version first: what changes while the values are read is seen by the next run. */
bc_status sheet_google_fetch(struct sheet_table *out, const struct sheet_source *source,
                             struct bc_err *err)
{
    struct bc_buf title = { 0 };
    bc_status rc = see_version(out, source, err);

    if (rc == BC_OK && !out->unchanged)
        rc = see_sheet(out, &title, source, err);
    if (rc == BC_OK && !out->unchanged)
        rc = read_values(out, source, bc_buf_str(&title), err);
    bc_buf_release(&title);
    return rc;
}
