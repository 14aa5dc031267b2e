/* tools/version_inside.c - the libraries in backcast beside those that both programs have. What a
 * library's headers do not say comes from pkg-config at build time. */
#include "tools/cli/version.h"
#include "tools/http/curl_lazy.h"
#include "tools/serve/mhd_lazy.h"

#include <csv.h>
#include <curl/curl.h>
#include <expat.h>
#include <jansson.h>
#include <libfyaml.h>
#include <libsmartcols.h>
#include <sqlite3.h>
#include <zlib.h>
#include <zstd.h>

static struct version_part curl_part(void)
{
    struct version_part part = { "libcurl", LIBCURL_VERSION, NULL, NULL };
    struct bc_err err;

    if (curl_lazy_load(&err) < 0) {
        part.note = "cannot be loaded; `import hubspot` needs it";
        return part;
    }
    part.runs = curl_version_info(CURLVERSION_NOW)->version;
    part.note = "loaded by `import hubspot` alone";
    return part;
}

static struct version_part microhttpd_part(void)
{
    struct version_part part = { "libmicrohttpd", BC_MICROHTTPD_VERSION, NULL, NULL };
    const struct mhd_lazy *mhd;
    struct bc_err err;

    if (mhd_lazy_load(&mhd, &err) < 0) {
        part.note = "cannot be loaded; `serve` needs it";
        return part;
    }
    part.runs = mhd->get_version();
    part.note = "loaded by `serve` alone";
    return part;
}

size_t version_inside(struct version_part *out)
{
    const char *smartcols = NULL;
    size_t n = 0;

    (void)scols_get_library_version(&smartcols);
    out[n++] = (struct version_part){ "RocksDB", BC_ROCKSDB_VERSION, NULL,
                                      BC_ROCKSDB_INSIDE ? "linked in" : NULL };
    out[n++] = (struct version_part){ "libfyaml", BC_FYAML_VERSION, fy_library_version(), NULL };
    out[n++] = (struct version_part){ "simdjson", BC_SIMDJSON_VERSION, NULL, NULL };
    out[n++] = (struct version_part){
        "libcsv", VERSION_TEXT(CSV_MAJOR) "." VERSION_TEXT(CSV_MINOR) "." VERSION_TEXT(CSV_RELEASE),
        NULL, NULL
    };
    out[n++] = (struct version_part){ "zlib", ZLIB_VERSION, zlibVersion(), NULL };
    out[n++] = (struct version_part){ "SQLite", SQLITE_VERSION, sqlite3_libversion(), NULL };
    out[n++] = (struct version_part){ "zstd", ZSTD_VERSION_STRING, ZSTD_versionString(), NULL };
    out[n++] = (struct version_part){ "expat",
                                      VERSION_TEXT(XML_MAJOR_VERSION) "." VERSION_TEXT(
                                          XML_MINOR_VERSION) "." VERSION_TEXT(XML_MICRO_VERSION),
                                      XML_ExpatVersion() + sizeof("expat_") - 1, NULL };
    out[n++] = (struct version_part){ "jansson", JANSSON_VERSION, jansson_version_str(), NULL };
    out[n++] = (struct version_part){ "libsmartcols", LIBSMARTCOLS_VERSION, smartcols, NULL };
    out[n++] = curl_part();
    out[n++] = microhttpd_part();
    return n;
}
