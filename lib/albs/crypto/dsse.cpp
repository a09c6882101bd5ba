// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/crypto/dsse.hpp"

#include "albs/json/fields.hpp"

namespace albs {

std::string pre_authentication_encoding(std::string_view type, std::string_view body)
{
    std::string text = "DSSEv1 " + std::to_string(type.size()) + " ";
    text.append(type).append(" ").append(std::to_string(body.size())).append(" ").append(body);
    return text;
}

Json Envelope::json() const
{
    Json line = Json::object({{"sig", to_base64(signature)}});
    if (!keyid.empty())
        line.set("keyid", keyid);
    return Json::object(
        {{"payload", to_base64(payload)}, {"payloadType", payload_type}, {"signatures", Json::array({line})}});
}

Result<Envelope> Envelope::from(const Json& json)
{
    Fields in(json);
    Envelope envelope;
    std::string payload = in.string("payload");
    envelope.payload_type = in.string("payloadType");
    std::vector<const Json*> signatures = in.objects("signatures");
    ALBS_CHECK(in.done());
    if (signatures.size() != 1)
        return fail(Kind::input, "an envelope with " + std::to_string(signatures.size()) + " signatures");
    Fields line(*signatures.front());
    std::string signature = line.string("sig");
    envelope.keyid = line.optional_string("keyid").value_or("");
    ALBS_CHECK(line.done());
    ALBS_TRY(Bytes bytes, from_base64(payload));
    envelope.payload = std::string(as_text(bytes));
    ALBS_TRY(envelope.signature, from_base64(signature));
    return envelope;
}

std::string Envelope::line() const
{
    if (!keyid.empty() || payload_type != in_toto_type)
        return write_json(json());
    std::string body = to_base64(payload);
    std::string text;
    text.reserve(body.size() + 256);
    text.append(R"({"payload":")").append(body).append(R"(","payloadType":")").append(payload_type);
    return text.append(R"(","signatures":[{"sig":")").append(to_base64(signature)).append(R"("}]})");
}

std::optional<Envelope> Envelope::from_written(std::string_view line)
{
    auto take = [&](std::string_view before) -> std::optional<std::string_view> {
        if (!line.starts_with(before))
            return std::nullopt;
        line.remove_prefix(before.size());
        std::string_view value = line.substr(0, line.find('"'));
        line.remove_prefix(value.size());
        return value;
    };
    auto payload = take(R"({"payload":")");
    auto type = payload ? take(R"(","payloadType":")") : std::nullopt;
    auto signature = type ? take(R"(","signatures":[{"sig":")") : std::nullopt;
    // An envelope with a key id, or of another type, is for the JSON reader.
    if (!signature || line != R"("}]})" || *type != "application/vnd.in-toto+json")
        return std::nullopt;
    Result<Bytes> body = from_base64(*payload);
    Result<Bytes> bytes = from_base64(*signature);
    if (!body || !bytes)
        return std::nullopt;
    return Envelope{.payload = std::string(as_text(*body)),
                    .payload_type = std::string(*type),
                    .signature = std::move(*bytes),
                    .keyid = {}};
}

Status verify_envelope(const Envelope& envelope, const PublicKey& key)
{
    if (!key.verify(envelope.signed_bytes(), envelope.signature))
        return fail(Kind::trust, "the signature of the statement does not hold");
    return {};
}

} // namespace albs
