#include "tools/serve/mhd_lazy.h"

#include <string.h>

#include <dlfcn.h>

#define LIBRARY "libmicrohttpd.so.12" /* its name since 2015 */

/* What dlsym() gives is a function in a data pointer, which C has no conversion for. */
static bool find(void *library, const char *name, void *function, size_t size)
{
    void *address = dlsym(library, name);

    memcpy(function, &address, size);
    return address;
}

#define FIND(name) &&find(library, "MHD_" #name, &lib.name, sizeof(lib.name))

bc_status mhd_lazy_load(const struct mhd_lazy **out, struct bc_err *err)
{
    static struct mhd_lazy lib;
    static bool loaded;
    void *library;

    *out = &lib;
    if (loaded)
        return BC_OK;
    library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    loaded = library MHD_LAZY_EACH(FIND);
    if (loaded)
        return BC_OK;
    (void)bc_err_set(err, BC_E_IO, "cannot load the library that serves pages: %s", dlerror());
    if (library)
        (void)dlclose(library);
    return BC_E_IO;
}
