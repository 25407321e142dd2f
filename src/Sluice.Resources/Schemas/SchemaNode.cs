using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas;

/// <summary>
/// What may stand at one place of an object: a structural schema as CustomResourceDefinitions have it. Immutable; parts that
/// several places have in common are the same instance.
/// </summary>
public sealed record SchemaNode
{
    private static readonly IReadOnlyDictionary<string, SchemaNode> NoProperties = new Dictionary<string, SchemaNode>();

    public required SchemaType Type { get; init; }

    /// <summary>Of an object, in the order in which they are explained. Empty for maps and for scalars.</summary>
    public IReadOnlyDictionary<string, SchemaNode> Properties { get; init; } = NoProperties;

    /// <summary>Names of <see cref="Properties"/> that must be there.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Of an array: what each entry is.</summary>
    public SchemaNode? Items { get; init; }

    /// <summary>Of a map, an object with free names: what each value is.</summary>
    public SchemaNode? AdditionalProperties { get; init; }

    public ListType ListType { get; init; }

    /// <summary>Fields that tell entries apart when <see cref="ListType"/> is Map; empty otherwise.</summary>
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    /// <summary>Of an object: server-side apply takes it as one value (x-kubernetes-map-type: atomic).</summary>
    public bool IsAtomicMap { get; init; }

    /// <summary>What is filled in when the field is absent; null when nothing is. Shared: clone it before it becomes part of a tree.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>The values that are allowed, as text (numbers too); empty when all are.</summary>
    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>"int32", "int64", "date-time" and such; null when there is none.</summary>
    public string? Format { get; init; }

    /// <summary>A regular expression (RE2) that the string contains a match of.</summary>
    public string? Pattern { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    /// <summary>What <see cref="Pattern"/> says, or a rule, in words: null when a text is right, else what it must be; null where the kind's binder checks it.</summary>
    internal Func<string, string?>? Check { get; init; }

    /// <summary>Values stay out of messages.</summary>
    internal bool IsSecret { get; init; }

    /// <summary>In characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>In characters.</summary>
    public int? MaxLength { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public int? MinProperties { get; init; }

    public int? MaxProperties { get; init; }

    /// <summary>JSON null is a value of its own here; elsewhere it means that the field is absent.</summary>
    public bool Nullable { get; init; }

    /// <summary>Fields beside <see cref="Properties"/> are kept as they are (x-kubernetes-preserve-unknown-fields).</summary>
    public bool PreserveUnknownFields { get; init; }

    /// <summary>For people, <c>kubectl explain</c> shows it; "" when the name says it all.</summary>
    public string Description { get; init; } = "";

    /// <summary>Rules across fields that a CustomResourceDefinition carries.</summary>
    public IReadOnlyList<SchemaRule> Rules { get; init; } = [];

    /// <summary>The field by which a strategic merge patch tells entries apart; null when it replaces the list.</summary>
    public string? PatchMergeKey { get; init; }

    /// <summary>How a strategic merge patch treats the field ("merge", "retainKeys", "merge,retainKeys"); null when it replaces it.</summary>
    public string? PatchStrategy { get; init; }

    /// <summary>The name under which OpenAPI documents hold this part once, such as "io.k8s.api.core.v1.ServiceSpec"; null when it is written out in place.</summary>
    public string? ComponentName { get; init; }

    /// <summary>What stands under a name: a property, or the value of a map; null when neither is known.</summary>
    public SchemaNode? Child(string name) => Properties.TryGetValue(name, out var node) ? node : AdditionalProperties;
}
