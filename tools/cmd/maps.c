/* tools/cmd/maps.c - the page about maps, as a command: its text is all that it has to say. */
#include "tools/cli/opt.h"
#include "tools/cmd/pages.h"

int cmd_maps(const struct cmd_env *env, int argc, char **argv)
{
    static const struct opt opts[] = { { 0 } };
    const struct page *page = cmd_page("backcast maps");
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, page, env, argc, argv, &err);

    if (rc == BC_OK) {
        page_print_description(env->out, page);
        page_print_rest(env->out, page);
    }
    return cmd_exit(env, rc, &err);
}
