using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Extensions;

/// <summary>Requests that get 401 instead of a redirect to the login.</summary>
public sealed record DenyRedirect
{
    /// <summary>All must match.</summary>
    public IReadOnlyList<HeaderMatcher> Headers { get; init; } = [];
}
