using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas;

/// <summary>A kind of objects: its names, and what its objects look like.</summary>
public sealed class KindSchema
{
    private readonly Lazy<SchemaNode> _root;

    internal KindSchema(Func<SchemaNode> root) => _root = new Lazy<SchemaNode>(root);

    /// <summary>"" for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>The preferred one first. All have the same fields.</summary>
    public required IReadOnlyList<KindVersion> Versions { get; init; }

    public required string Kind { get; init; }

    /// <summary>The name in URLs.</summary>
    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Groups of kinds that <c>kubectl get</c> takes as one, such as "gateway-api".</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>False for kinds of the whole cluster.</summary>
    public bool Namespaced { get; init; } = true;

    /// <summary>Whether status is a subresource: writes to the object leave it alone, and writes to /status leave the rest alone.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Whether a CustomResourceDefinition brings the kind, rather than Kubernetes itself.</summary>
    public bool IsCustom { get; init; }

    /// <summary>Objects are answered and not kept: they can be created, and nothing else.</summary>
    public bool IsReview { get; init; }

    /// <summary>Whether the name is the first column, before <see cref="PrinterColumns"/>; only Events hold it among them.</summary>
    public bool HasNameColumn { get; init; } = true;

    /// <summary>Of <c>kubectl get</c>, beside the name.</summary>
    public IReadOnlyList<PrinterColumn> PrinterColumns { get; init; } = [PrinterColumn.Age];

    /// <summary>Fills in what depends on other fields, after the defaults of the schema; null for most kinds.</summary>
    internal Action<JsonObject>? ConditionalDefaults { get; init; }

    /// <summary>The whole object. Built when it is first asked for.</summary>
    public SchemaNode Root => _root.Value;

    /// <summary>The version that objects are kept in.</summary>
    public KindVersion StoredVersion => Versions.First(version => version.IsStored);

    /// <summary>"v1" or "gateway.networking.k8s.io/v1" for a version's name.</summary>
    public string ApiVersion(string version) => Group.Length == 0 ? version : $"{Group}/{version}";

    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
