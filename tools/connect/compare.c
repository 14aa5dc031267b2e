#include "tools/connect/compare.h"

#include <stdlib.h>

static void differ(struct connect_compared *out, struct bc_str object, const char *what,
                   const char *ledger, const char *service)
{
    BC_GROW(out->differences, out->n, out->cap);
    out->differences[out->n++] = (struct connect_difference){ object, what, ledger, service };
}

/* Of the bodies of which the service says whether there is an event. */
static void compare_bodies(struct connect_compared *out, struct bc_str ref,
                           const struct connect_face *face, uint64_t bodies)
{
    const uint64_t missing = face->yes & ~bodies, extra = face->no & bodies;

    for (unsigned body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const uint64_t bit = connect_body_bit((enum bc_body)body);
        const char *what = bc_schema((enum bc_body)body)->json_name;

        if (missing & bit)
            differ(out, ref, what, "none", "there");
        if (extra & bit)
            differ(out, ref, what, "there", "none");
    }
}

static void compare_one(struct connect_compared *out, struct bc_str ref,
                        const struct connect_face *face, const struct connect_object *object)
{
    struct connect_face none = { 0 };
    const size_t before = out->n;

    if (face->left_out) {
        if (!object || !object->bodies)
            return;
        none.no = UINT64_MAX;
        face = &none;
    } else if (face->untied) {
        out->untied++;
        return;
    }
    if (!(face->yes | face->no) && !object)
        return; /* listed, without any event */
    compare_bodies(out, ref, face, object ? object->bodies : 0);
    out->agree += out->n == before;
    out->differ += out->n > before;
}

static bool listed_whole(const struct connect_present *present, struct bc_str ref)
{
    for (size_t i = 0; i < present->whole_n; i++)
        if (bc_str_begins(ref, present->whole[i]))
            return true;
    return false;
}

/* What the ledger has, and a whole listing has not. */
static void compare_gone(struct connect_compared *out, const struct connect_present *present,
                         const struct connect_object *object)
{
    const uint32_t number = connect_number(present->refs, object->ref);

    if (object->bodies == 0 || !listed_whole(present, object->ref))
        return;
    if (number && present->faces[number - 1].listed)
        return;
    out->differ++;
    differ(out, object->ref, "object", "there", "gone");
}

static int by_object(const void *a, const void *b)
{
    const struct connect_difference *left = a, *right = b;
    const int order = bc_str_cmp(left->object, right->object);

    return order ? order : strcmp(left->what, right->what);
}

void connect_compare(struct connect_compared *out, const struct connect_run *run,
                     const connect_known *now)
{
    const struct connect_present *present = &run->present;

    *out = (struct connect_compared){ 0 };
    for (size_t i = 0; i < present->n; i++) {
        const struct bc_str ref = bc_string_table_text(present->refs, (uint32_t)i + 1);

        compare_one(out, ref, &present->faces[i], connect_known_object(now, ref));
    }
    for (size_t i = 0; i < connect_known_objects(now); i++)
        compare_gone(out, present, connect_known_object_at(now, i));
    if (out->n > 1)
        qsort(out->differences, out->n, sizeof(*out->differences), by_object);
}

void connect_compared_release(struct connect_compared *compared)
{
    free(compared->differences);
    *compared = (struct connect_compared){ 0 };
}
