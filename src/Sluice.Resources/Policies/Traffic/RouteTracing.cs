using Sluice.Resources.Policies.Listeners;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>What is different about traces of some routes.</summary>
public sealed record RouteTracing
{
    /// <summary>Percent of the requests that ask for a trace.</summary>
    public int? ClientSampling { get; init; }

    /// <summary>Percent of the others.</summary>
    public int? RandomSampling { get; init; }

    /// <summary>Percent of both that are kept.</summary>
    public int? OverallSampling { get; init; }

    /// <summary>Further attributes.</summary>
    public IReadOnlyList<TracingAttribute> Attributes { get; init; } = [];

    /// <summary>Turns off what is inherited.</summary>
    public bool IsDisabled { get; init; }
}
