#include "tools/connect/github.h"

struct bc_str github_label(struct connect_run *run, const json_t *label)
{
    if (json_is_string(label))
        return (struct bc_str){ json_string_value(label), json_string_length(label) };
    return connect_text(run, label, "name");
}

struct bc_str github_place(struct connect_run *run)
{
    const char *server = run->account->server;

    return connect_print(run, "%s%s", server ? server : "", server ? "/" : "");
}

struct bc_str github_ref(struct connect_run *run, struct bc_str id)
{
    return connect_print(run, "%.*sissue/%.*s", BC_STR_ARG(github_place(run)), BC_STR_ARG(id));
}

json_t *github_all_moved(const struct connect_run *run)
{
    return json_object_get(json_object_get(run->state, CONNECT_FOR_GOOD), GITHUB_MOVED);
}

json_t *github_moved(const struct connect_run *run, struct bc_str id)
{
    return id.len ? json_object_getn(github_all_moved(run), id.at, id.len) : NULL;
}

/* The name that an issue of this id had before it was transferred; NULL: it was not, as far as is
 * known. */
static const char *moved_ref(const struct connect_run *run, struct bc_str id)
{
    return json_string_value(json_object_get(github_moved(run, id), "ref"));
}

/* The address under which it is kept without a deal; *kept: it is. */
static struct bc_str kept_address(struct connect_run *run, struct bc_str ref, bool *kept)
{
    const struct bc_str id = connect_id(run, "%.*s/opened", BC_STR_ARG(ref));
    const json_t *one = json_object_getn(run->untied.events, id.at, id.len);
    struct connect_clues clues = { 0 };

    *kept = one != NULL;
    connect_untied_clues(&clues, one);
    for (size_t i = 0; i < clues.n; i++)
        if (clues.at[i].kind == CONNECT_OBJECT && bc_str_begins(clues.at[i].text, BC_STR("http")))
            return connect_print(run, "%.*s", BC_STR_ARG(clues.at[i].text));
    return (struct bc_str){ 0 };
}

struct github_named github_name(struct connect_run *run, const json_t *issue)
{
    const struct bc_str id = connect_text(run, issue, "id");
    const char *moved = moved_ref(run, id);
    struct github_named named = { .moved = moved != NULL };
    const struct connect_object *object;

    named.ref = moved ? connect_print(run, "%s", moved) : github_ref(run, id);
    object = connect_known_object(run->known, named.ref);
    named.address = kept_address(run, named.ref, &named.known);
    if (object) {
        named.known = true;
        named.address = object->address;
    }
    return named;
}

/* ---- of which deal ---- */

/* And "o/r#57". */
static void name_by_address(struct connect_clues *clues, struct connect_run *run,
                            struct bc_str address)
{
    struct bc_str repository, number;

    connect_clue(clues, CONNECT_OBJECT, address);
    if (github_parts_of(&repository, &number, address))
        connect_clue(clues, CONNECT_OBJECT,
                     connect_print(run, "%.*s#%.*s", BC_STR_ARG(repository), BC_STR_ARG(number)));
}

void github_gather_clues(struct connect_clues *clues, const struct github_reading *reading,
                         const struct github_named *named, const json_t *issue,
                         struct bc_str repository)
{
    const struct github_account *account = reading->account;
    struct connect_run *run = reading->run;

    connect_clue(clues, CONNECT_OBJECT, named->ref);
    name_by_address(clues, run, named->address);
    name_by_address(clues, run, connect_text(run, issue, "html_url"));
    if (repository.len)
        connect_clue(clues, CONNECT_OBJECT,
                     connect_print(run, "%.*s#%.*s", BC_STR_ARG(repository),
                                   BC_STR_ARG(connect_text(run, issue, "number"))));
    for (size_t i = 0; i < account->title_n; i++)
        connect_clue_title(clues, connect_text(run, issue, "title"), account->titles[i]);
    connect_clue_text(clues, connect_text(run, issue, "body"));
}

bool github_is_left_out(const struct github_reading *reading, const struct github_named *named,
                        const json_t *issue, struct bc_str repository)
{
    const struct connect_run *run = reading->run;
    struct connect_clues clues = { 0 };
    struct bc_str unused;

    github_gather_clues(&clues, reading, named, issue, repository);
    return connect_tie(&unused, run->links, run->known, bc_str_of(run->is->system), &clues) ==
           CONNECT_LEFT_OUT;
}
