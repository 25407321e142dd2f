using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Traffic"/> holds of the same names.</summary>
internal static class HeaderSchemas
{
    public static SchemaNode HeaderSource { get; } = Object(
        Optional("name", NameSchemas.HeaderName, "The field's name. Null, with secretRef: the key's, and without a key all entries of the Secret are taken."),
        Optional("value", Text(1, 4096), "The field's value."),
        Optional("secretRef", CommonPolicySchemas.SecretKeyReference, "Where the value is."))
        .OneOf("value secretRef");

    public static SchemaNode HeaderRules { get; } = Object(
        Optional("set", List(HeaderSource, max: 16), "Fields that are replaced."),
        Optional("add", List(HeaderSource, max: 16), "Fields that are added."),
        Optional("remove", List(Text(1, 16384), max: 16), "Fields that are removed."));

    public static SchemaNode FilterStage { get; } = Object(
        Required("stage", Word("Fault AuthN AuthZ RateLimit Route"), "The stage."),
        Optional("predicate", Word("Before During After").Default("\"During\""), "Before, in or after it."),
        Optional("weight", Integer(0).Default("0"), "Order among those of the same place, the heavier first."));

    public static SchemaNode HeaderModifiersPolicy { get; } = Object(
        Optional("request", HeaderRules, "Of requests."),
        Optional("response", HeaderRules, "Of responses."),
        Optional("filterStage", FilterStage, "Null: right before the backend."));
}
