using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Filters.OAuth2;

/// <summary>What a browser got.</summary>
internal sealed record OAuth2Visit(FilterVerdict Verdict, FilterRun Run, string? Location)
{
    /// <summary>The request goes on to the backend.</summary>
    public bool IsServed => Verdict == FilterVerdict.Continue;

    /// <summary>Status and reason of the answer.</summary>
    public (int Status, string Reason) Answer => (Run.Status, Run.Reason);
}
