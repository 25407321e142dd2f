using Sluice.Configuration;
using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Routing;

/// <summary>A backendRef of a rule with the rule's and its own filters composed.</summary>
internal sealed class RuntimeBackend
{
    public required WeightedBackend Source { get; init; }

    /// <summary>What the compiler's cluster numbering gave for the name, or -1 for a backendRef that does not resolve: 500.</summary>
    public required int ClusterId { get; init; }

    /// <summary>The rule's edits, then the backend's.</summary>
    public required HeaderEdits RequestEdits { get; init; }

    /// <summary>The rule's edits, then the backend's.</summary>
    public required HeaderEdits ResponseEdits { get; init; }

    /// <summary>The backend's rewrite, else the rule's, else null.</summary>
    public UrlRewriter? Rewrite { get; init; }

    /// <summary>The rule's mirrors, then the backend's own; null without any.</summary>
    public RuntimeMirror[]? Mirrors { get; init; }

    /// <summary>Used instead of the cluster when a filter of the backendRef answers itself; never a <see cref="RuntimeForward"/>.</summary>
    public RuntimeAction? Answer { get; init; }
}
