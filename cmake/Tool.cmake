# albs_tool(NAME LINK library...) builds tools/NAME/*.cpp. The link list says what the tool can reach: a tool that
# links no http cannot talk to the network. Every tool registers itself, and tests/ runs the laws on each.
define_property(GLOBAL PROPERTY ALBS_TOOLS BRIEF_DOCS "names of the tools" FULL_DOCS "names of the tools")

function(albs_tool name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tools/${name})
  target_link_libraries(${name} PRIVATE albs_settings albs_cli ${arg_LINK} albs)
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  set_property(GLOBAL APPEND PROPERTY ALBS_TOOLS ${name})
endfunction()

# albs_driver(NAME LINK library...) builds lib/NAME/*.cpp as the private static library albs_NAME: the only place that
# includes that C library's header.
function(albs_driver name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/${name}/*.cpp)
  if(NOT sources)
    add_library(albs_${name} INTERFACE)
    return()
  endif()
  add_library(albs_${name} STATIC ${sources})
  target_link_libraries(albs_${name} PUBLIC albs_settings PRIVATE ${arg_LINK})
endfunction()
