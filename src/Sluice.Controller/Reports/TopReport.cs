namespace Sluice.Controller.Reports;

/// <summary>What rules of routes have served: what <c>/top</c> answers. Counts only grow; whoever wants rates asks twice.</summary>
public sealed record TopReport
{
    /// <summary>Tells one start of the process from another: after another one the counts begin anew.</summary>
    public required string Instance { get; init; }

    /// <summary>Milliseconds of the process's steady clock at which the counts were read.</summary>
    public required long At { get; init; }

    /// <summary>Upper bounds of <see cref="TopRouteReport.Buckets"/> in milliseconds; one bucket more is for what took longer.</summary>
    public required IReadOnlyList<double> BucketBounds { get; init; }

    /// <summary>Rules that have had a request.</summary>
    public required IReadOnlyList<TopRouteReport> Routes { get; init; }
}
