#include "projections/rules/rules_diff.h"

#include "projections/yaml/yaml.h"

#include <assert.h>
#include <stdlib.h>

static void print_node(struct bc_buf *out, const struct bc_yaml *node)
{
    static const char *const open[] = { "", "[", "{" }, *const close[] = { "", "]", "}" };

    bc_buf_add_str(out, bc_str_of(open[node->kind]));
    if (node->kind == BC_YAML_SCALAR && node->plain)
        bc_buf_add_str(out, node->text); /* a number stays a number */
    else if (node->kind == BC_YAML_SCALAR)
        bc_yaml_print_text(out, node->text);
    for (const struct bc_yaml *member = node->first; member; member = member->next) {
        if (member != node->first)
            bc_buf_add_str(out, BC_STR(", "));
        if (member->key.len) {
            bc_yaml_print_text(out, member->key);
            bc_buf_add_str(out, BC_STR(": "));
        }
        print_node(out, member);
    }
    bc_buf_add_str(out, bc_str_of(close[node->kind]));
}

static struct bc_str text_of(struct bc_rules_diff *diff, const struct bc_yaml *node)
{
    struct bc_buf text = { 0 };
    struct bc_str copy = { 0 };

    if (node) {
        print_node(&text, node);
        copy = bc_arena_copy(diff->arena, bc_buf_str(&text));
    }
    bc_buf_release(&text);
    return copy;
}

/* The path of a member below another path. */
static struct bc_str path_of(struct bc_rules_diff *diff, struct bc_str above,
                             const struct bc_yaml *member)
{
    struct bc_buf text = { 0 };
    struct bc_str copy;

    bc_buf_add_str(&text, above);
    if (above.len)
        bc_buf_add_byte(&text, '.');
    if (memchr(member->key.at, '.', member->key.len)) /* no path of its own */
        bc_buf_printf(&text, "\"%.*s\"", BC_STR_ARG(member->key));
    else
        bc_yaml_print_text(&text, member->key);
    copy = bc_arena_copy(diff->arena, bc_buf_str(&text));
    bc_buf_release(&text);
    return copy;
}

static const struct bc_yaml *member_of(const struct bc_yaml *map, struct bc_str key)
{
    const struct bc_yaml *member = map->first;

    while (member && !bc_str_eq(member->key, key))
        member = member->next;
    return member;
}

/* Adds the difference between two nodes under one path, if there is any; either may be NULL. */
static void add_change(struct bc_rules_diff *diff, struct bc_str path, const struct bc_yaml *from,
                       const struct bc_yaml *to)
{
    struct bc_rules_change change = { path, text_of(diff, from), text_of(diff, to) };

    if (bc_str_eq(change.from, change.to))
        return;
    BC_GROW(diff->changes, diff->n, diff->cap);
    diff->changes[diff->n++] = change;
}

/* Printed rules are a few maps deep, so this ends. */
static void compare(struct bc_rules_diff *diff, struct bc_str path, const struct bc_yaml *from,
                    const struct bc_yaml *to)
{
    assert(from && to);
    for (const struct bc_yaml *member = to->first; member; member = member->next) {
        const struct bc_yaml *old = member_of(from, member->key);
        struct bc_str below = path_of(diff, path, member);

        if (old && old->kind == BC_YAML_MAP && member->kind == BC_YAML_MAP)
            compare(diff, below, old, member);
        else
            add_change(diff, below, old, member);
    }
    for (const struct bc_yaml *member = from->first; member; member = member->next)
        if (!member_of(to, member->key))
            add_change(diff, path_of(diff, path, member), member, NULL);
}

static bc_status read_printed(const struct bc_yaml **out, bc_arena *arena, const bc_rules *rules,
                              struct bc_err *err)
{
    struct bc_buf text = { 0 };
    struct bc_yaml_source source = { .path = "printed rules" };

    bc_rules_print(&text, rules);
    source.text = bc_arena_copy(arena, bc_buf_str(&text));
    bc_buf_release(&text);
    return bc_yaml_read(out, arena, &source, err);
}

bc_status bc_rules_diff_make(struct bc_rules_diff **out, const bc_rules *from, const bc_rules *to,
                             struct bc_err *err)
{
    struct bc_rules_diff *diff = bc_calloc(1, sizeof(*diff));
    const struct bc_yaml *old = NULL, *new = NULL;
    bc_status rc;

    diff->arena = bc_arena_new();
    rc = read_printed(&old, diff->arena, from, err);
    if (rc == BC_OK)
        rc = read_printed(&new, diff->arena, to, err);
    if (rc < 0) {
        bc_rules_diff_free(diff);
        return rc;
    }
    compare(diff, (struct bc_str){ 0 }, old, new);
    *out = diff;
    return BC_OK;
}

void bc_rules_diff_free(struct bc_rules_diff *diff)
{
    if (!diff)
        return;
    free(diff->changes);
    bc_arena_free(diff->arena);
    free(diff);
}
