namespace Sluice.Resources.Policies.Traffic;

/// <summary>Which parts of an exchange a processor is sent.</summary>
public sealed record ProcessingMode
{
    /// <summary>Head of the request.</summary>
    public string RequestHeaderMode { get; init; } = "SEND";

    /// <summary>Head of the response.</summary>
    public string ResponseHeaderMode { get; init; } = "SEND";

    /// <summary>Body of the request.</summary>
    public string RequestBodyMode { get; init; } = "NONE";

    /// <summary>Body of the response.</summary>
    public string ResponseBodyMode { get; init; } = "NONE";

    /// <summary>Trailers of the request.</summary>
    public string RequestTrailerMode { get; init; } = "SKIP";

    /// <summary>Trailers of the response.</summary>
    public string ResponseTrailerMode { get; init; } = "SKIP";
}
