#include "tools/hubspot/partial.h"

#include "tools/hubspot/value.h"

static bool is_not_found(const json_t *error)
{
    struct bc_str category = hubspot_text(error, "category");
    struct bc_str sub = hubspot_text(error, "subCategory");

    return bc_str_eq(category, BC_STR("OBJECT_NOT_FOUND")) ||
           bc_str_eq(sub, BC_STR("crm.associations.NO_ASSOCIATIONS_FOUND"));
}

static bool lists(const json_t *texts, struct bc_str id)
{
    for (size_t i = 0; i < json_array_size(texts); i++) {
        const json_t *text = json_array_get(texts, i);

        if (json_string_length(text) == id.len &&
            (id.len == 0 || memcmp(json_string_value(text), id.at, id.len) == 0))
            return true;
    }
    return false;
}

/* Does one of an answer's errors name the id? `failed`: of those that do not mean "not found". */
static bool names(const json_t *errors, struct bc_str id, bool failed)
{
    for (size_t i = 0; i < json_array_size(errors); i++) {
        const json_t *one = json_array_get(errors, i);
        const json_t *context = json_object_get(one, "context");

        if (is_not_found(one) != failed && (lists(json_object_get(context, "ids"), id) ||
                                            lists(json_object_get(context, "id"), id)))
            return true;
    }
    return false;
}

/* Does HubSpot say of each failure what it is about? */
static bool all_named(const json_t *errors)
{
    for (size_t i = 0; i < json_array_size(errors); i++) {
        const json_t *one = json_array_get(errors, i);
        const json_t *context = json_object_get(one, "context");

        if (!is_not_found(one) && json_array_size(json_object_get(context, "ids")) == 0 &&
            json_array_size(json_object_get(context, "id")) == 0)
            return false;
    }
    return true;
}

/* A record, or the list of one. */
static bool is_answered(const json_t *results, struct bc_str id)
{
    for (size_t i = 0; i < json_array_size(results); i++) {
        const json_t *one = json_array_get(results, i);
        const json_t *from = json_object_get(one, "from");

        if (bc_str_eq(hubspot_text(from ? from : one, "id"), id))
            return true;
    }
    return false;
}

static bool any_failed(const json_t *errors)
{
    for (size_t i = 0; i < json_array_size(errors); i++)
        if (!is_not_found(json_array_get(errors, i)))
            return true;
    return false;
}

size_t hubspot_partial_rest(struct hubspot_input *rest, const struct hubspot_input *inputs,
                            size_t n, const json_t *root)
{
    const json_t *results = json_object_get(root, "results");
    const json_t *errors = json_object_get(root, "errors");
    bool named = all_named(errors);
    size_t rest_n = 0;

    if (!any_failed(errors))
        return 0;
    for (size_t i = 0; i < n; i++) {
        struct bc_str id = inputs[i].id;

        if (!is_answered(results, id) &&
            (named ? names(errors, id, true) : !names(errors, id, false)))
            rest[rest_n++] = inputs[i];
    }
    return rest_n;
}

json_t *hubspot_partial_body(const struct hubspot_input *inputs, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        const struct hubspot_input *one = &inputs[i];
        json_t *input = json_object();

        json_object_set_new(input, "id", json_stringn(one->id.at ? one->id.at : "", one->id.len));
        if (one->after.len)
            json_object_set_new(input, "after", json_stringn(one->after.at, one->after.len));
        json_array_append_new(list, input);
    }
    return list;
}
