# The manual pages: cmake -DBACKCAST= -DCHECK= (programs) -DSCDOC= -DFOLDER=tools -DDATE=
# -DOUTPUT=man1 -P manual.cmake. A page a text, "head_sign.scd": what `backcast head sign --help=man`
# prints, through scdoc.
file(GLOB texts ${FOLDER}/cmd/*.scd ${FOLDER}/check/*.scd)
file(REMOVE_RECURSE ${OUTPUT})
file(MAKE_DIRECTORY ${OUTPUT})
foreach(text IN LISTS texts)
  get_filename_component(name ${text} NAME_WE)
  file(STRINGS ${text} title LIMIT_COUNT 1)
  string(REGEX REPLACE "[(]1[)]$" "" title "${title}")
  string(REPLACE "_" ";" words "${name}")
  set(program ${BACKCAST})
  if(title STREQUAL "backcast-check")
    set(program ${CHECK})
    set(words "")
  elseif(title STREQUAL "backcast")
    set(words "")
  elseif(title MATCHES "BODY$") # of all bodies; `record` lists them
    continue()
  endif()
  execute_process(COMMAND ${program} ${words} --help=man
    OUTPUT_FILE ${OUTPUT}/${title}.scd COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env SOURCE_DATE_EPOCH=${DATE} ${SCDOC}
    INPUT_FILE ${OUTPUT}/${title}.scd OUTPUT_FILE ${OUTPUT}/${title}.1 COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE ${OUTPUT}/${title}.scd)
endforeach()
