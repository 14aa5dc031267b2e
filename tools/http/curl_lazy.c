#include "tools/http/curl_lazy.h"

#include <stdarg.h>
#include <string.h>

#include <curl/curl.h>
#include <dlfcn.h>

#define LIBRARY "libcurl.so.4" /* its name since 2006 */

#if LIBCURL_VERSION_NUM < 0x080000
typedef CURLU url_to_read; /* const only in later versions */
#else
typedef const CURLU url_to_read;
#endif

/* Every function of libcurl that is called here; one that is missing does not link. */
#define EACH_FUNCTION(X)                                                                           \
    X(easy_cleanup)                                                                                \
    X(easy_getinfo)                                                                                \
    X(easy_header)                                                                                 \
    X(easy_init)                                                                                   \
    X(easy_reset)                                                                                  \
    X(easy_setopt)                                                                                 \
    X(easy_strerror)                                                                               \
    X(free)                                                                                        \
    X(getdate)                                                                                     \
    X(global_cleanup)                                                                              \
    X(global_init)                                                                                 \
    X(multi_add_handle)                                                                            \
    X(multi_cleanup)                                                                               \
    X(multi_info_read)                                                                             \
    X(multi_init)                                                                                  \
    X(multi_perform)                                                                               \
    X(multi_poll)                                                                                  \
    X(multi_remove_handle)                                                                         \
    X(slist_append)                                                                                \
    X(slist_free_all)                                                                              \
    X(url)                                                                                         \
    X(url_cleanup)                                                                                 \
    X(url_get)                                                                                     \
    X(url_set)                                                                                     \
    X(version_info)

#define POINTER(name) __typeof__(curl_##name) *name; /* NOLINT: that is a name */

static struct {
    EACH_FUNCTION(POINTER)
} lib;

/* What dlsym() gives is a function in a data pointer, which C has no conversion for. */
static bool find(void *library, const char *name, void *function, size_t size)
{
    void *address = dlsym(library, name);

    memcpy(function, &address, size);
    return address;
}

#define FIND(name) &&find(library, "curl_" #name, &lib.name, sizeof(lib.name))

bc_status curl_lazy_load(struct bc_err *err)
{
    static bool loaded;
    void *library;

    if (loaded)
        return BC_OK;
    library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    loaded = library EACH_FUNCTION(FIND);
    if (loaded)
        return BC_OK;
    (void)bc_err_set(err, BC_E_IO, "cannot load the network library: %s", dlerror());
    if (library)
        (void)dlclose(library);
    return BC_E_IO;
}

/* --- under libcurl's own names; in parentheses since some are macros, too --- */

void curl_easy_cleanup(CURL *easy)
{
    lib.easy_cleanup(easy);
}

CURLcode(curl_easy_getinfo)(CURL *easy, CURLINFO info, ...)
{
    va_list args;
    void *out;

    va_start(args, info);
    out = va_arg(args, void *); /* whatever is asked for is written through a pointer */
    va_end(args);
    return lib.easy_getinfo(easy, info, out);
}

CURLHcode curl_easy_header(CURL *easy, const char *name, size_t index, unsigned int origin,
                           int request, struct curl_header **out)
{
    return lib.easy_header(easy, name, index, origin, request, out);
}

CURL *curl_easy_init(void)
{
    return lib.easy_init();
}

void curl_easy_reset(CURL *easy)
{
    lib.easy_reset(easy);
}

/* The number of an option tells the type of its value: curl/curl.h, CURLOPTTYPE_*. */
CURLcode(curl_easy_setopt)(CURL *easy, CURLoption option, ...)
{
    va_list args;
    CURLcode code;

    va_start(args, option);
    if ((int)option >= CURLOPTTYPE_BLOB || (int)option < CURLOPTTYPE_OFF_T) {
        if ((int)option < CURLOPTTYPE_OBJECTPOINT)
            code = lib.easy_setopt(easy, option, va_arg(args, long));
        else
            code = lib.easy_setopt(easy, option, va_arg(args, void *));
    } else {
        code = lib.easy_setopt(easy, option, va_arg(args, curl_off_t));
    }
    va_end(args);
    return code;
}

const char *curl_easy_strerror(CURLcode code)
{
    return lib.easy_strerror(code);
}

void curl_free(void *bytes)
{
    lib.free(bytes);
}

time_t curl_getdate(const char *text, const time_t *unused)
{
    return lib.getdate(text, unused);
}

void curl_global_cleanup(void)
{
    lib.global_cleanup();
}

CURLcode curl_global_init(long flags)
{
    return lib.global_init(flags);
}

CURLMcode curl_multi_add_handle(CURLM *multi, CURL *easy)
{
    return lib.multi_add_handle(multi, easy);
}

CURLMcode curl_multi_cleanup(CURLM *multi)
{
    return lib.multi_cleanup(multi);
}

CURLMsg *curl_multi_info_read(CURLM *multi, int *left)
{
    return lib.multi_info_read(multi, left);
}

CURLM *curl_multi_init(void)
{
    return lib.multi_init();
}

CURLMcode curl_multi_perform(CURLM *multi, int *running)
{
    return lib.multi_perform(multi, running);
}

CURLMcode curl_multi_poll(CURLM *multi, struct curl_waitfd *extra, unsigned int extra_n,
                          int timeout_ms, int *ready)
{
    return lib.multi_poll(multi, extra, extra_n, timeout_ms, ready);
}

CURLMcode curl_multi_remove_handle(CURLM *multi, CURL *easy)
{
    return lib.multi_remove_handle(multi, easy);
}

struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text)
{
    return lib.slist_append(list, text);
}

void curl_slist_free_all(struct curl_slist *list)
{
    lib.slist_free_all(list);
}

CURLU *curl_url(void)
{
    return lib.url();
}

void curl_url_cleanup(CURLU *url)
{
    lib.url_cleanup(url);
}

CURLUcode curl_url_get(url_to_read *url, CURLUPart what, char **part, unsigned int flags)
{
    return lib.url_get(url, what, part, flags);
}

CURLUcode curl_url_set(CURLU *url, CURLUPart what, const char *part, unsigned int flags)
{
    return lib.url_set(url, what, part, flags);
}

curl_version_info_data *curl_version_info(CURLversion age)
{
    return lib.version_info(age);
}
