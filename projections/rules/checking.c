#include "projections/rules/checking.h"

#include <stdarg.h>
#include <stdio.h>

/* --- places --- */

static const struct bc_yaml *find(const struct bc_checking *checking, const char *const *keys)
{
    const struct bc_yaml *node = checking->root, *member = node;

    for (; *keys && member; keys++) {
        member = node->kind == BC_YAML_MAP ? node->first : NULL;
        while (member && !bc_str_eq(member->key, bc_str_of(*keys)))
            member = member->next;
        if (member)
            node = member;
    }
    return node;
}

size_t bc_checking_at(const struct bc_checking *checking, const char *const *keys)
{
    const struct bc_yaml *node = find(checking, keys);

    return node->kind == BC_YAML_MAP && node->key.len ? node->key_at : node->at;
}

size_t bc_checking_stage_at(const struct bc_checking *checking, const char *const *keys,
                            const char *stage)
{
    const struct bc_yaml *node = find(checking, keys);

    for (const struct bc_yaml *member = node->first; member && node->kind == BC_YAML_LIST;
         member = member->next)
        if (bc_str_eq(member->text, bc_str_of(stage)))
            return member->at;
    return bc_checking_at(checking, keys);
}

void bc_checking_warn(const struct bc_checking *checking, enum bc_rules_oddity oddity, size_t at,
                      const char *format, ...)
{
    struct bc_err where = { 0 };
    char message[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    bc_yaml_fault(checking->source, at, &where, "%s", message);
    checking->warn(checking->payload, oddity, &where);
}

/* --- types of deals --- */

static bool share_a_type(const struct bc_stage *stage, struct bc_type_set types)
{
    for (size_t i = 0; i < stage->deal_type_n; i++)
        for (size_t j = 0; j < types.n; j++)
            if (bc_str_eq(stage->deal_types[i], types.at[j]))
                return true;
    return stage->deal_type_n == 0 || types.n == 0;
}

bool bc_checking_any_of_types(const struct bc_checking *checking, bc_stage_set stages,
                              struct bc_type_set types)
{
    for (size_t i = 0; i < checking->rules->stage_n; i++)
        if ((stages >> i & 1) && share_a_type(&checking->rules->stages[i], types))
            return true;
    return false;
}

void bc_checking_types(const struct bc_checking *checking, const char *const *keys,
                       bc_stage_set stages, struct bc_type_set types, const char *what)
{
    for (size_t i = 0; i < checking->rules->stage_n; i++) {
        const struct bc_stage *stage = &checking->rules->stages[i];

        if ((stages >> i & 1) && !share_a_type(stage, types))
            bc_checking_warn(
                checking, BC_ODD_CONTRADICTION, bc_checking_stage_at(checking, keys, stage->id),
                "%s has only deals of type \"%.*s\", and stage \"%s\" is for deals of "
                "type \"%.*s\"",
                what, BC_STR_ARG(types.at[0]), stage->id, BC_STR_ARG(stage->deal_types[0]));
    }
}
