namespace Sluice.Resources.Policies.Listeners;

/// <summary>Traces of requests.</summary>
public sealed record TracingSettings
{
    /// <summary>Where spans go.</summary>
    public required TracingProvider Provider { get; init; }

    /// <summary>Percent of the requests that ask for a trace.</summary>
    public int ClientSampling { get; init; } = 100;

    /// <summary>Percent of the others.</summary>
    public int RandomSampling { get; init; } = 100;

    /// <summary>Percent of both that are kept.</summary>
    public int OverallSampling { get; init; } = 100;

    /// <summary>Whether spans have events.</summary>
    public bool Verbose { get; init; }

    /// <summary>Characters of the path at most.</summary>
    public int MaxPathTagLength { get; init; } = 256;

    /// <summary>Further attributes.</summary>
    public IReadOnlyList<TracingAttribute> Attributes { get; init; } = [];

    /// <summary>Whether each attempt has a span of its own.</summary>
    public bool SpawnUpstreamSpan { get; init; }
}
