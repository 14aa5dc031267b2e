#include "tools/connect/paging.h"

static bc_status refuse(const char *key, const char *expected, const char *asked,
                        struct bc_err *err)
{
    return bc_err_set(err, BC_E_REMOTE,
                      "%s: \"%s\" of the answer, which says how the list goes on, is no %s", asked,
                      key, expected);
}

bc_status connect_paging_count(int64_t *out, const json_t *object, const char *key,
                               const char *asked, struct bc_err *err)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return refuse(key, "whole number", asked, err);
    *out = json_integer_value(value);
    return BC_OK;
}

bc_status connect_paging_flag(bool *out, const json_t *object, const char *key, const char *asked,
                              struct bc_err *err)
{
    const json_t *value = json_object_get(object, key);

    if (value && !json_is_boolean(value) && !json_is_null(value))
        return refuse(key, "true or false", asked, err);
    *out = json_is_true(value);
    return BC_OK;
}

bc_status connect_paging_text(const char **out, const json_t *object, const char *key,
                              const char *asked, struct bc_err *err)
{
    const json_t *value = json_object_get(object, key);

    if (value && !json_is_string(value) && !json_is_null(value))
        return refuse(key, "text", asked, err);
    *out = json_string_value(value);
    return BC_OK;
}

bc_status connect_paging_object(const json_t **out, const json_t *object, const char *key,
                                const char *asked, struct bc_err *err)
{
    const json_t *value = json_object_get(object, key);

    if (value && !json_is_object(value) && !json_is_null(value))
        return refuse(key, "object", asked, err);
    *out = json_is_object(value) ? value : NULL;
    return BC_OK;
}
