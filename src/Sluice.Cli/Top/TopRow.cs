namespace Sluice.Cli.Top;

/// <summary>What one rule of a route has done at one listener between two looks.</summary>
internal sealed record TopRow
{
    /// <summary>As "HTTPRoute/namespace/name".</summary>
    public required string Route { get; init; }

    /// <summary>The rule's name, or its index.</summary>
    public required string Rule { get; init; }

    /// <summary>As "namespace/name".</summary>
    public required string Gateway { get; init; }

    public required string Listener { get; init; }

    /// <summary>Requests that began.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>Responses of class 5xx.</summary>
    public required double ErrorsPerSecond { get; init; }

    public required double RetriesPerSecond { get; init; }

    /// <summary>Half of the requests that ended took at most so long, as far as the histogram can tell; null when none ended.</summary>
    public required double? P50Milliseconds { get; init; }

    /// <summary>99 of 100, likewise.</summary>
    public required double? P99Milliseconds { get; init; }

    public required double ReceivedBytesPerSecond { get; init; }

    public required double SentBytesPerSecond { get; init; }

    /// <summary>Requests that had begun and not ended at the second look.</summary>
    public required long Active { get; init; }

    internal bool IsIdle => RequestsPerSecond == 0 && Active == 0 && P50Milliseconds is null && ReceivedBytesPerSecond == 0 && SentBytesPerSecond == 0;

    internal double BytesPerSecond => ReceivedBytesPerSecond + SentBytesPerSecond;
}
