# albs_tool(NAME LINK library...) builds tools/NAME/*.cpp. The link list says what the tool can reach: a tool that
# links no http cannot talk to the network. Every tool registers itself, and tests/ runs the laws on each. The target
# `tools` is all of them and nothing else. Unit tests link albs_NAME_core, what the tool is without its main().
define_property(GLOBAL PROPERTY ALBS_TOOLS BRIEF_DOCS "names of the tools" FULL_DOCS "names of the tools")
add_custom_target(tools)

function(albs_tool name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/${name}/*.cpp
    ${CMAKE_SOURCE_DIR}/tools/${name}/*/*.cpp)
  if(NOT sources)
    return()
  endif()
  set(main ${CMAKE_SOURCE_DIR}/tools/${name}/main.cpp)
  list(REMOVE_ITEM sources ${main})
  add_library(${name}_core STATIC ${sources})
  target_link_libraries(${name}_core PUBLIC albs_settings)
  albs_optimize_less(${name}_core)
  add_executable(${name} ${main})
  target_link_libraries(${name} PRIVATE ${name}_core albs_cli ${arg_LINK} albs)
  add_dependencies(tools ${name})
  # Where libalbs-tools.so is, relative to the tool, so that a prefix can be moved; the same in the build tree (lib/),
  # since CMake pads a run path that it will replace later with colons, and each of them means the working directory.
  set(libraries "$ORIGIN/../lib" "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
  list(REMOVE_DUPLICATES libraries)
  set_target_properties(${name} PROPERTIES INSTALL_RPATH "${libraries}" BUILD_WITH_INSTALL_RPATH ON)
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  set_property(GLOBAL APPEND PROPERTY ALBS_TOOLS ${name})
endfunction()

# albs_driver(NAME LINK library... [FRONT file...] [HOT]) builds lib/NAME/*.cpp: the only place that includes that C
# library's header. albs_NAME is what tools link, albs_NAME_core what unit tests, benches and other drivers link. HOT: it
# computes (reads hundreds of thousands of records, or hashes) and is worth -O2.
#
# With a lib/NAME/library.hpp the driver is a module that a tool loads when it first calls it (lib/sys/module.hpp):
# albs_NAME is what loads it and the FRONT files, which do without the C library; albs-NAME.so is all.
function(albs_driver name)
  cmake_parse_arguments(arg "HOT" "" "LINK;FRONT" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/${name}/*.cpp)
  set(folder ${CMAKE_SOURCE_DIR}/lib/${name})
  if(NOT EXISTS ${folder}/library.hpp)
    add_library(albs_${name} STATIC ${sources})
    target_link_libraries(albs_${name} PUBLIC albs_settings PRIVATE ${arg_LINK})
    add_library(albs_${name}_core ALIAS albs_${name})
    if(NOT arg_HOT)
      albs_optimize_less(albs_${name})
    endif()
    return()
  endif()
  list(TRANSFORM arg_FRONT PREPEND ${folder}/)
  list(REMOVE_ITEM sources ${arg_FRONT})
  add_library(albs_${name}_objects OBJECT ${sources})
  target_link_libraries(albs_${name}_objects PRIVATE albs_settings ${arg_LINK})
  if(NOT arg_HOT)
    albs_optimize_less(albs_${name}_objects)
  endif()
  set(objects $<TARGET_OBJECTS:albs_${name}_objects>)
  if(arg_FRONT)
    add_library(albs_${name}_front OBJECT ${arg_FRONT})
    target_link_libraries(albs_${name}_front PRIVATE albs_settings)
    set(front $<TARGET_OBJECTS:albs_${name}_front>)
  endif()
  add_library(albs_${name}_core STATIC ${objects} ${front})
  target_link_libraries(albs_${name}_core PUBLIC albs_settings PRIVATE ${arg_LINK})
  add_library(albs_${name}_module MODULE ${objects} ${front})
  target_link_libraries(albs_${name}_module PRIVATE ${arg_LINK})
  set_target_properties(albs_${name}_module PROPERTIES PREFIX "" OUTPUT_NAME albs-${name}
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/albs INSTALL_RPATH "$ORIGIN/.." BUILD_WITH_INSTALL_RPATH ON)
  install(TARGETS albs_${name}_module LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/albs)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/load_driver.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/${name}/load_driver.cpp @ONLY)
  add_library(albs_${name} STATIC ${CMAKE_CURRENT_BINARY_DIR}/${name}/load_driver.cpp ${front})
  target_link_libraries(albs_${name} PUBLIC albs_settings PRIVATE albs_sys albs)
  add_dependencies(albs_${name} albs_${name}_module)
endfunction()
