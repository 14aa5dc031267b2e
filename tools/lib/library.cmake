# libbackcast: what the program is made of, as a library of which only tools/lib/backcast.h is seen.
# Included by tools/CMakeLists.txt.
set(lib ${PROJECT_SOURCE_DIR}/tools/lib)

add_library(backcast_shared SHARED $<TARGET_OBJECTS:bc_lib>)
target_link_libraries(backcast_shared PRIVATE bc_lib)
target_link_options(backcast_shared PRIVATE LINKER:--version-script=${lib}/backcast.map)
if(NOT BC_SANITIZE) # else the sanitizer's own symbols are the program's
  target_link_options(backcast_shared PRIVATE LINKER:-z,defs)
endif()
set_target_properties(backcast_shared PROPERTIES
  OUTPUT_NAME backcast VERSION ${PROJECT_VERSION} SOVERSION 0
  LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR} LINK_DEPENDS ${lib}/backcast.map)

# The static one is a single object: so the names of its parts can be made its own, and meet no name
# of the program that links it.
get_property(folders GLOBAL PROPERTY BC_FOLDERS)
list(REMOVE_ITEM folders bc_lib bc_tools bc_check)
list(APPEND folders bc_proto)
list(TRANSFORM folders REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE archives)
set(static ${PROJECT_BINARY_DIR}/libbackcast.a)
set(whole ${CMAKE_CURRENT_BINARY_DIR}/backcast.o)
add_custom_command(
  OUTPUT ${static}
  COMMAND ${CMAKE_LINKER} -r -o ${whole} $<TARGET_OBJECTS:bc_lib>
          --start-group ${archives} --end-group
  COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${whole}
  COMMAND ${CMAKE_COMMAND} -E rm -f ${static}
  COMMAND ${CMAKE_AR} qcD ${static} ${whole}
  COMMAND ${CMAKE_RANLIB} -D ${static}
  DEPENDS bc_lib $<TARGET_OBJECTS:bc_lib> ${folders} ${archives}
  COMMAND_EXPAND_LISTS COMMENT "libbackcast.a" VERBATIM)
add_custom_target(backcast_static ALL DEPENDS ${static})

# What is linked with it, by the names of pkg-config; the tests link it so.
set(needed rocksdb libprotobuf-c libcrypto libfyaml simdjson sqlite3 zlib libzstd expat smartcols jansson)
set_property(GLOBAL PROPERTY BC_LIBRARY_NEEDS ${needed})
list(JOIN needed " " BC_PC_REQUIRES)

include(GNUInstallDirs)
file(RELATIVE_PATH BC_PC_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" BC_PC_UP "${BC_PC_UP}")
configure_file(${lib}/backcast.pc.in ${PROJECT_BINARY_DIR}/backcast.pc @ONLY)
install(TARGETS backcast_shared)
install(FILES ${static} TYPE LIB)
install(FILES ${lib}/backcast.h TYPE INCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/backcast.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
