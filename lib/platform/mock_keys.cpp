// SPDX-License-Identifier: GPL-3.0-or-later
// A platform can set mock's options, so mock's documentation (site-defaults.cfg) is the list of them. Left out are
// those that albs-build sets itself for each build (root, resultdir, dist, files, plugin_conf, the dnf configuration,
// networking) and those that would point mock at other directories or programs of the machine.
#include "platform/mock_keys.hpp"

namespace albs::platform {
namespace {

constexpr auto text = Value::Type::text;
constexpr auto flag = Value::Type::boolean;
constexpr auto number = Value::Type::integer;
constexpr auto list = Value::Type::list;
constexpr auto map = Value::Type::map;

constexpr MockKey keys[] = {
    // The build system's own.
    {"chroot_setup_cmd", text},
    {"dnf_common_opts", list},
    {"dnf_install_command", text},
    {"environment", map},
    {"module_enable", list},
    {"nspawn_args", list},
    {"package_manager", text},
    {"releasever", text},
    {"rpmautospec_enable", flag},
    {"secure_boot_additional_packages", list},
    {"secure_boot_required_packages", list},
    {"target_arch", text},
    {"use_bootstrap_container", flag},
    {"use_host_resolv", flag},
    // mock's.
    {"additional_packages", list},
    {"bootstrap_chroot_additional_packages", list},
    {"bootstrap_image", text},
    {"bootstrap_image_fallback", flag},
    {"bootstrap_image_ready", flag},
    {"bootstrap_image_skip_pull", flag},
    {"bootstrap_module_enable", list},
    {"bootstrap_module_install", list},
    {"buildroot_image", text},
    {"check", flag},
    {"chroot_additional_packages", text},
    {"cleanup_on_failure", flag},
    {"cleanup_on_success", flag},
    {"dnf4_common_opts", list},
    {"dnf4_install_command", text},
    {"dnf5_common_opts", list},
    {"dnf5_install_command", text},
    {"dnf_builddep_opts", list},
    {"dnf_disable_plugins", list},
    {"dnf_vars", map},
    {"dynamic_buildrequires", flag},
    {"dynamic_buildrequires_max_loops", number},
    {"exclude_from_homedir_cleanup", list},
    {"external_buildrequires", flag},
    {"extra_chroot_dirs", list},
    {"forcearch", text},
    {"hostname", text},
    {"isolation", text},
    {"legal_host_arches", list},
    {"microdnf_install_command", text},
    {"module_install", list},
    {"module_setup_commands", list},
    {"more_buildreqs", map},
    {"no_root_shells", flag},
    {"nosync", flag},
    {"nosync_force", flag},
    {"online", flag},
    {"opstimeout", number},
    {"package_manager_attempt_delay", number},
    {"package_manager_max_attempts", number},
    {"post_install", flag},
    {"print_main_output", flag},
    {"repo_arch", text},
    {"repo_arch_map", map},
    {"rpmbuild_arch", text},
    {"rpmbuild_command", text},
    {"rpmbuild_opts", text},
    {"rpmbuild_timeout", number},
    {"ssl_ca_bundle_path", text},
    {"static_buildrequires_max_loops", number},
    {"stderr_line_prefix", text},
    {"tar", text},
    {"update_before_build", flag},
    {"use_bootstrap", flag},
    {"use_bootstrap_image", flag},
    {"use_buildroot_image", flag},
    {"use_container_host_hostname", flag},
    {"use_nspawn", flag},
    {"user_agent", text},
    {"yum_builddep_opts", list},
    {"yum_common_opts", list},
    {"yum_install_command", text},
};

} // namespace

std::span<const MockKey> mock_keys()
{
    return keys;
}

} // namespace albs::platform
