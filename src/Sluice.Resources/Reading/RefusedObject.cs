using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Reading;

/// <summary>
/// An object that an API server has accepted and that cannot be served: what is needed to say so in its status. An API server
/// with older or laxer CRDs than those of this version lets such objects in.
/// </summary>
public sealed record RefusedObject
{
    /// <summary>Findings kept per object.</summary>
    public const int MaxMessages = 8;

    /// <summary>The kind, as in manifests.</summary>
    public required string Kind { get; init; }

    public required NamespacedName Key { get; init; }

    /// <summary>metadata.generation.</summary>
    public long Generation { get; init; }

    /// <summary>What is wrong, each with its field; at least one. Never a value of a Secret.</summary>
    public required IReadOnlyList<string> Messages { get; init; }

    /// <summary>Of a Gateway, when it can be read.</summary>
    public string? GatewayClassName { get; init; }

    /// <summary>Of a GatewayClass, when it can be read.</summary>
    public string? ControllerName { get; init; }

    /// <summary>Of a route or ListenerSet, those that can be read.</summary>
    public IReadOnlyList<ParentReference> ParentRefs { get; init; } = [];

    /// <summary>Every message, for a status condition.</summary>
    public string Message => string.Join("; ", Messages);
}
