#include "ledger/share/nats_lazy.h"

#include <string.h>

#include <dlfcn.h>

/* Its name has the version, since what its structs hold goes with that: the one that the headers
 * are of. */
#define TEXT_OF(number)       #number
#define NAME_OF(major, minor) "libnats.so." TEXT_OF(major) "." TEXT_OF(minor)
#define LIBRARY               NAME_OF(NATS_VERSION_MAJOR, NATS_VERSION_MINOR)

/* What dlsym() gives is a function in a data pointer, which C has no conversion for. */
static bool find(void *library, const char *name, void *function, size_t size)
{
    void *address = dlsym(library, name);

    memcpy(function, &address, size);
    return address;
}

#define FIND(name) &&find(library, #name, &lib.name, sizeof(lib.name))

bc_status nats_lazy_load(const struct nats_lazy **out, struct bc_err *err)
{
    static struct nats_lazy lib;
    static bool loaded;
    void *library;

    *out = &lib;
    if (loaded)
        return BC_OK;
    library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    loaded = library NATS_LAZY_EACH(FIND);
    if (loaded)
        return BC_OK;
    (void)bc_err_set(err, BC_E_IO, "cannot load the library for NATS: %s", dlerror());
    if (library)
        (void)dlclose(library);
    return BC_E_IO;
}
