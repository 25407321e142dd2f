namespace Sluice.Exporter.Scraping;

/// <summary>Bounds on what objects and scrapers may cost.</summary>
public sealed record ExporterLimits
{
    public static ExporterLimits Default { get; } = new();

    /// <summary>Samples of one object; what is more is left out and counted. Default 50,000.</summary>
    public int SamplesPerObject { get; init; } = 50_000;

    /// <summary>Bytes of all samples of one kind; beyond it the kind counts as failed. Default 256 MiB.</summary>
    public long BytesPerKind { get; init; } = 256L << 20;

    /// <summary>Requests for metrics at a time; more are answered with 503. Default 64.</summary>
    public int Requests { get; init; } = 64;

    /// <summary>
    /// Bytes of samples that nobody but scrapers needs any more, which are still reading them. Beyond it who reads the oldest is cut
    /// off. Default 128 MiB.
    /// </summary>
    public long BytesBeingSent { get; init; } = 128L << 20;

    /// <summary>How long a scraper may take to read its answer before it is cut off. Default 30 s.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>With watches: how long samples are served of a kind that cannot be followed any more. Default 5 minutes.</summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromMinutes(5);
}
