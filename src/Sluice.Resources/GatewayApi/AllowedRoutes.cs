namespace Sluice.Resources.GatewayApi;

public sealed record AllowedRoutes
{
    public static AllowedRoutes Default { get; } = new();

    public FromNamespaces From { get; init; } = FromNamespaces.Same;

    /// <summary>With <see cref="FromNamespaces.Selector"/>.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>Empty: every kind that the protocol allows.</summary>
    public IReadOnlyList<RouteGroupKind> Kinds { get; init; } = [];
}
