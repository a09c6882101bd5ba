// SPDX-License-Identifier: GPL-3.0-or-later
// Flavors and build options over a platform, as ALBS merges them when it hands a task to a node (get_task and
// add_mock_options). albs-platforms(5) numbers the rules.
#include <algorithm>

#include "platform/platform.hpp"

namespace albs::platform {
namespace {

/// A list of strings in a member of config_opts.
void append(Json& mock, const std::string& key, const std::vector<std::string>& words, bool once)
{
    Json* list = mock.find(key);
    if (list == nullptr)
        list = &mock.set(key, Json::array());
    for (const std::string& word : words) {
        const auto& known = *list->elements();
        if (!once || std::find(known.begin(), known.end(), Json(word)) == known.end())
            list->push(word);
    }
}

} // namespace

void Platform::add(const Definition& flavor)
{
    for (const auto& [name, body] : flavor.macros)
        set_macro(definition_.macros, name, body);
    for (const auto& [name, body] : flavor.secure_boot_macros)
        set_macro(definition_.secure_boot_macros, name, body);
    for (const auto& [name, body] : flavor.definitions)
        set_macro(definition_.definitions, name, body);
    for (const char* replaced : {"chroot_setup_cmd", "use_host_resolv"})
        if (const Json* value = flavor.mock.find(replaced))
            definition_.mock.set(replaced, *value);
    if (const Json* options = flavor.mock.find("dnf_common_opts")) {
        std::vector<std::string> words;
        for (const Json& word : *options->elements())
            words.push_back(*word.string());
        append(definition_.mock, "dnf_common_opts", words, false);
    }
    if (!flavor.test_install.empty())
        definition_.test_install = flavor.test_install;
    auto add_to = [](auto& list, const auto& more) { list.insert(list.end(), more.begin(), more.end()); };
    add_to(definition_.repositories, flavor.repositories);
    add_to(definition_.versions, flavor.versions);
}

void Platform::add(const BuildOptions& options)
{
    for (const auto& [name, body] : options.definitions)
        set_macro(definition_.definitions, name, body);
    for (const std::string& feature : options.with)
        set_macro(definition_.definitions, "_with_" + feature, "--with-" + feature);
    for (const std::string& feature : options.without)
        set_macro(definition_.definitions, "_without_" + feature, "--without-" + feature);
    if (!options.target_arch.empty())
        definition_.mock.set("target_arch", options.target_arch);
    // ALBS puts the list through a set, which leaves no order; ours keeps the first of each.
    if (!options.module_enable.empty())
        append(definition_.mock, "module_enable", options.module_enable, true);
    if (!options.yum_exclude.empty()) {
        const Json* old = definition_.yum.find("exclude");
        std::string text = old != nullptr ? *old->string() : "";
        for (const std::string& glob : options.yum_exclude)
            text += (text.empty() ? "" : " ") + glob;
        definition_.yum.set("exclude", text);
    }
}

void Platform::enable_secure_boot()
{
    if (is_secure_boot_)
        return;
    is_secure_boot_ = true;
    for (const auto& [name, body] : definition_.secure_boot_macros)
        set_macro(definition_.macros, name, body);
    const Json* packages = definition_.mock.find("secure_boot_additional_packages");
    const Json* command = definition_.mock.find("chroot_setup_cmd");
    if (packages == nullptr || command == nullptr)
        return;
    std::string text = *command->string();
    for (const Json& package : *packages->elements())
        text += " " + *package.string();
    definition_.mock.set("chroot_setup_cmd", text);
}

} // namespace albs::platform
