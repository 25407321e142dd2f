namespace Sluice.Resources.GatewayApi;

/// <summary>spec.allowedListeners of a Gateway: in which namespaces its ListenerSets may be.</summary>
public sealed record AllowedListeners
{
    public static AllowedListeners Default { get; } = new();

    public FromNamespaces From { get; init; } = FromNamespaces.None;

    /// <summary>With <see cref="FromNamespaces.Selector"/>.</summary>
    public LabelSelector? Selector { get; init; }
}
