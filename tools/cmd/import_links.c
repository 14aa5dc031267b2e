#include "tools/cmd/import_links.h"

#include "projections/yaml/yaml_text.h"

static const struct connect_kind unmet = { "linksUnmet",
                                           "link of links.yaml is of no object that was read",
                                           "links of links.yaml are of no object that was read" };
static const struct connect_kind never = {
    "propertiesUnmet", "property that links.yaml names is one that no deal has",
    "properties that links.yaml names are ones that no deal has"
};
static const struct connect_kind of_none = {
    "propertiesOfNoService", "property that links.yaml names is of a service that there is not",
    "properties that links.yaml names are of services that there are not"
};

/* ---- of which service ---- */

static bool begins(struct bc_str object, const char *system)
{
    const size_t len = strlen(system);

    return object.len > len && object.at[len] == ':' && strncasecmp(object.at, system, len) == 0;
}

static bool has(struct bc_str object, const char *part)
{
    return memmem(object.at, object.len, part, strlen(part)) != NULL;
}

static bool has_any(struct bc_str object, const char *const *parts)
{
    for (; *parts; parts++)
        if (has(object, *parts))
            return true;
    return false;
}

/* NULL: of none that can be told. */
static const struct connector *service_of(struct import_links_services all, struct bc_str object)
{
    for (size_t i = 0; i < all.n; i++)
        if (begins(object, all.at[i]->system))
            return all.at[i];
    for (size_t i = 0; i < all.n; i++)
        if (has_any(object, all.at[i]->domains) || has_any(object, all.at[i]->forms))
            return all.at[i];
    return NULL;
}

/* ---- what is noted ---- */

/* It may be of an object that the service does not show any more. */
static bool is_known(const struct connect_run *run, struct bc_str object)
{
    const size_t len = strlen(run->is->system);
    const struct bc_str ref =
        begins(object, run->is->system) ? bc_str_part(object, len + 1, object.len) : object;

    return connect_known_object(run->known, ref) != NULL;
}

static void note_links(struct connect_run *run, struct import_links_services services)
{
    const struct connect_links *links = run->links;

    for (size_t i = 0; i < links->n; i++) {
        const struct bc_str object = bc_string_table_text(links->objects, (uint32_t)i + 1);
        const struct connector *of = service_of(services, object);

        if (links->at[i].met || (of && of != run->is) || is_known(run, object))
            continue;
        connect_note(run, &unmet,
                     connect_print(run, "line %zu: %.*s",
                                   bc_yaml_line(&links->source, links->at[i].at),
                                   BC_STR_ARG(object)));
    }
}

static bool is_service(struct import_links_services all, struct bc_str system)
{
    for (size_t i = 0; i < all.n; i++)
        if (bc_str_eq(system, bc_str_of(all.at[i]->system)))
            return true;
    return false;
}

static void note_properties(struct connect_run *run, struct import_links_services services)
{
    for (size_t i = 0; i < run->links->property_n; i++) {
        const struct connect_property *one = &run->links->properties[i];

        if (!is_service(services, one->system))
            connect_note(run, &of_none,
                         connect_print(run, "%.*s: %.*s", BC_STR_ARG(one->system),
                                       BC_STR_ARG(one->property)));
        else if (bc_str_eq(one->system, bc_str_of(run->is->system)) &&
                 !connect_known_property(run->known, one->property))
            connect_note(run, &never, one->property);
    }
}

void import_links_note(struct connect_run *run, struct import_links_services services, bool whole)
{
    if (whole)
        note_links(run, services);
    note_properties(run, services);
}
