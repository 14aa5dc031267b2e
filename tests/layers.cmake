# Every #include points down: a file sees its own folder and those that this one uses, and a foreign
# library only where it is wrapped; a file is made only where ledgers are looked for, and the process
# is left alone but by its programs. Run as
# `cmake -DROOT=<source tree> -P layers.cmake`.
cmake_minimum_required(VERSION 3.25)

# What a folder of ours uses, which is all that it may include from beside itself, is said where the
# library is made of it, with bc_folder; a folder comes after all that it uses.
set(flow proto)
set(faults)
function(bc_folder folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;LINKS")
  foreach(used ${arg_USES})
    if(NOT used IN_LIST flow)
      list(APPEND faults "${folder}/ uses ${used}/, which does not come before it")
    endif()
  endforeach()
  if("bc_proto" IN_LIST arg_LINKS)
    list(APPEND arg_USES proto)
  endif()
  set(flow ${flow} ${folder} PARENT_SCOPE)
  set(faults ${faults} PARENT_SCOPE)
  set(see_${folder} "${arg_USES}" PARENT_SCOPE)
endfunction()
foreach(floor ledger projections tools)
  file(READ ${ROOT}/${floor}/CMakeLists.txt text)
  string(REGEX MATCHALL "\nbc_folder[(][^)]*[)]" calls "${text}")
  foreach(call ${calls})
    cmake_language(EVAL CODE "${call}")
  endforeach()
endforeach()

# Headers that one file wraps, and the files that may see each, both as patterns: foreign ones, and
# those by which an answer could be walked by hand, beside its rows.
set(wrapped
  "rocksdb/c[.]h"   "ledger/store/store_rocksdb[.]h"
  ".*[.]pb-c[.]h"   "ledger/(record/schema|share/commit)[.]c"
  "simdjson[.]h"    tools/json/json_simdjson.cpp
  "csv[.]h"         "tools/(import/csv/csv_read|version_inside)[.]c"
  "iconv[.]h"       tools/import/csv/csv_decode.c
  "expat[.]h"       "tools/(import/xes/xes_read|version_inside)[.]c"
  "zlib[.]h"        "tools/(import/gunzip|version_inside)[.]c"
  "zstd[.]h"        "tools/(export/parquet/compress|version_inside)[.]c"
  "curl/.*"         "tools/(http/(http_(curl|address|headers)|curl_lazy)|version_inside)[.]c"
  "nats/.*"         ledger/share/nats_lazy.h
  "microhttpd[.]h"  "tools/(serve/[^/]*|version_inside[.]c)"
  "libsmartcols.*"  "tools/(print/table|version_inside)[.]c"
  "openssl/.*"      "(ledger/(base/base64|record/(merkle|note)|share/nkey)|tools/(cli/version|webhook/signature))[.]c"
  "protobuf-c/.*"   tools/cli/version.c
  "sqlite3[.]h"     "tools/((export/(sqlite_file|sqlite_error|ocel_sqlite)|version_inside)[.]c|import/ocel/ocel_sql[.]h)"
  "libfyaml.*"      "(projections/yaml/yaml|tools/version_inside)[.]c"
  "jansson[.]h"     "tools/((http|hubspot|connect|sheet|webhook)/[^/]*|cmd/import_(service|all|sheet_runs)[.]c|version_inside[.]c)"
  "tools/print/json_out[.]h" "tools/print/(json_out|print_json)[.]c"
  "tools/print/html_out[.]h" "tools/(print/(html_out|print_html)[.][ch]|(pages|site/[a-z]+)/[^/]*|site/[^/]*)"
  "tools/print/csv_out[.]h"  "tools/print/(csv_out|print_csv)[.]c"
  "tools/print/table[.]h"    "tools/print/(table|print_table)[.]c")

set(seen 0)
function(fault file text)
  set(faults ${faults} "${file}: ${text}" PARENT_SCOPE)
endfunction()

function(check_include file folder included)
  get_filename_component(other "${included}" DIRECTORY)
  if(EXISTS "${ROOT}/${included}" AND NOT other STREQUAL folder
     AND NOT other IN_LIST see_${folder})
    fault(${file} "includes ${included}, and ${folder}/ does not use ${other}/")
  endif()
  if(included MATCHES "(^|/)[.][.]?/")
    fault(${file} "includes ${included}, which is no path from the root")
  endif()
  set(rest ${wrapped})
  while(rest)
    list(POP_FRONT rest pattern owner)
    if(included MATCHES "^(.*/)?${pattern}$" AND NOT file MATCHES "^${owner}$")
      fault(${file} "includes ${included}, which only ${owner} may see")
    endif()
  endwhile()
  set(faults ${faults} PARENT_SCOPE)
endfunction()

# What belongs to the process is for its program alone: a library prints nothing, reads no environment
# and ends nothing. (Commands write to the streams that they are given.)
set(programs "tools/(main|check/check_main|cli/(terminal|serving))[.]c$")
string(CONCAT process "(^|[^A-Za-z_.>])(getenv|secure_getenv|setenv|unsetenv|setlocale|tzset|signal|"
  "sigaction|pthread_sigmask|sigwait|setrlimit|exit|printf|puts|putchar|perror|chdir|fork|popen|system)[ ]?[(]|"
  "(^|[^A-Za-z_])(stdout|stderr|stdin)([^A-Za-z_]|$)")
function(check_process file)
  file(STRINGS ${ROOT}/${file} lines REGEX "${process}")
  list(FILTER lines EXCLUDE REGEX "^[ ]*(/?[*]|//)") # a comment
  if(lines AND NOT file MATCHES "^${programs}")
    list(GET lines 0 line)
    fault(${file} "reaches into the process around a library: ${line}")
  endif()
  set(faults ${faults} PARENT_SCOPE)
endfunction()

foreach(floor ledger projections tools)
  file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/${floor}/*.[ch] ${ROOT}/${floor}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/examples/") # programs of others, who have the header alone
  foreach(source ${sources})
    check_process(${source})
    math(EXPR seen "${seen} + 1")
    get_filename_component(folder ${source} DIRECTORY)
    if(NOT DEFINED see_${folder})
      fault(${source} "is in a folder without a place among the layers")
    endif()
    file(STRINGS ${ROOT}/${source} lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
    foreach(line ${lines})
      string(REGEX REPLACE "^[^<\"]*[<\"]([^>\"]*).*$" "\\1" included "${line}")
      check_include(${source} ${folder} "${included}")
    endforeach()
    # Only these keep out of the folders of ledgers: an output of the program, and a new key.
    file(STRINGS ${ROOT}/${source} makes REGEX "O_CREAT|bc_aside_open|fopen[(].*\"[wa]")
    if(makes AND source MATCHES "^tools/" AND NOT source MATCHES "^tools/(cli/out(file|dir)|cmd/head)[.]c$")
      fault(${source} "makes a file, and not by tools/cli/outfile.h or outdir.h")
    endif()
  endforeach()
endforeach()

if(seen EQUAL 0)
  message(FATAL_ERROR "no sources under '${ROOT}'")
endif()
if(faults)
  list(JOIN faults "\n  " text)
  message(FATAL_ERROR "what may not be there:\n  ${text}")
endif()
message(STATUS "${seen} files; every include points down")
