// SPDX-License-Identifier: GPL-3.0-or-later
// The one file that includes yaml-cpp: its events, and not its tree, which keeps duplicate keys and has no bounds.
#include "platform/yaml.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "base/format.hpp"
#include "platform/yaml_scalar.hpp"

namespace albs::platform {
namespace {

/// Out of the events and into read_yaml(), past yaml-cpp.
struct Refusal {
    std::size_t line;
    std::string why;
};

std::size_t line_of(const YAML::Mark& mark)
{
    return static_cast<std::size_t>(std::max(0, mark.line)) + 1;
}

class Builder : public YAML::EventHandler {
public:
    Value take() { return std::move(root_); }
    std::size_t documents() const { return documents_; }

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (++documents_ > 1)
            throw Refusal{line_of(mark), "a second document"};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(scalar(mark, "", false), anchor); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        auto known = anchors_.find(anchor);
        if (known == anchors_.end())
            throw Refusal{line_of(mark), "an alias within what it stands for"};
        count(mark, known->second.nodes);
        nodes_added_ = known->second.nodes;
        Value copy = known->second.value;
        copy.line = line_of(mark);
        add(std::move(copy), YAML::NullAnchor);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& text) override
    {
        bool is_text = tag == "!" || tag == "tag:yaml.org,2002:str";
        if (!is_text)
            refuse_tag(mark, tag);
        add(scalar(mark, text, is_text), anchor);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(mark, tag, anchor, Value::Type::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(mark, tag, anchor, Value::Type::map);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        Value value;
        YAML::anchor_t anchor = YAML::NullAnchor;
        std::size_t nodes_before = 0;
        bool has_key = false;                    ///< of a map: the last entry waits for its value
        std::map<std::string, std::size_t> keys; ///< of a map: the line of each
    };
    struct Anchor {
        Value value;
        std::size_t nodes = 1;
    };

    static void refuse_tag(const YAML::Mark& mark, const std::string& tag)
    {
        if (!tag.empty() && tag != "?")
            throw Refusal{line_of(mark), "the tag '" + tag + "' is not accepted"};
    }
    void count(const YAML::Mark& mark, std::size_t nodes)
    {
        nodes_ += nodes;
        if (nodes_ > max_nodes)
            throw Refusal{line_of(mark), "more than " + std::to_string(max_nodes) + " values, aliases counted"};
    }
    Value scalar(const YAML::Mark& mark, const std::string& text, bool is_text)
    {
        count(mark, 1);
        nodes_added_ = 1;
        Value value = is_text ? text_value(text) : plain_value(text);
        value.line = line_of(mark);
        return value;
    }
    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Value::Type type)
    {
        refuse_tag(mark, tag);
        if (stack_.size() >= max_yaml_depth)
            throw Refusal{line_of(mark), "nested deeper than " + std::to_string(max_yaml_depth)};
        Open one;
        one.nodes_before = nodes_;
        count(mark, 1);
        one.value.type = type;
        one.value.line = line_of(mark);
        one.anchor = anchor;
        stack_.push_back(std::move(one));
    }
    void close()
    {
        Open one = std::move(stack_.back());
        stack_.pop_back();
        nodes_added_ = nodes_ - one.nodes_before;
        add(std::move(one.value), one.anchor);
    }
    void add(Value value, YAML::anchor_t anchor)
    {
        if (anchor != YAML::NullAnchor)
            anchors_[anchor] = {value, nodes_added_};
        if (stack_.empty()) {
            root_ = std::move(value);
            return;
        }
        Open& parent = stack_.back();
        if (parent.value.type == Value::Type::list)
            parent.value.items.push_back(std::move(value));
        else if (parent.has_key) {
            parent.value.entries.back().value = std::move(value);
            parent.has_key = false;
        } else
            add_key(parent, std::move(value));
    }
    static void add_key(Open& parent, Value key)
    {
        if (key.type == Value::Type::list || key.type == Value::Type::map || key.type == Value::Type::null)
            throw Refusal{key.line, "a key that is " + std::string(name_of(key.type))};
        if (key.text == "<<")
            throw Refusal{key.line, "merge keys ('<<') are not accepted"};
        auto [first, is_new] = parent.keys.emplace(key.text, key.line);
        if (!is_new)
            throw Refusal{key.line, "key '" + key.text + "' again, first in line " + std::to_string(first->second)};
        parent.value.entries.push_back({key.text, key.line, {}});
        parent.has_key = true;
    }

    Value root_;
    std::vector<Open> stack_;
    std::map<YAML::anchor_t, Anchor> anchors_;
    std::size_t nodes_ = 0;
    std::size_t nodes_added_ = 0; ///< of the value that add() gets
    std::size_t documents_ = 0;
};

} // namespace

const Value* Value::find(const std::string& key) const
{
    for (const Entry& entry : entries)
        if (entry.key == key)
            return &entry.value;
    return nullptr;
}

const char* name_of(Value::Type type)
{
    constexpr const char* names[] = {"empty", "a truth value", "a number", "a number", "text", "a list", "a map"};
    return names[static_cast<std::size_t>(type)];
}

Result<Value> read_yaml(const std::string& text, const std::string& file)
{
    if (text.size() > max_yaml)
        return fail(Kind::input, file + ": larger than " + std::to_string(max_yaml >> 20) + " MiB");
    auto refuse = [&](std::size_t line, const std::string& why) {
        return fail(Kind::input, format_text("{}:{}: {}", file, line, why));
    };
    try {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        Builder builder;
        while (parser.HandleNextDocument(builder)) {
        }
        if (builder.documents() == 0)
            return refuse(1, "the file is empty");
        return builder.take();
    } catch (const Refusal& refused) {
        return refuse(refused.line, refused.why);
    } catch (const YAML::Exception& error) {
        return refuse(line_of(error.mark), error.msg);
    }
}

} // namespace albs::platform
