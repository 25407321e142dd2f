namespace Sluice.Resources.Policies.Backends;

/// <summary>HTTP/1.1 with endpoints.</summary>
public sealed record Http1Options
{
    /// <summary>Whether trailers are passed on.</summary>
    public bool EnableTrailers { get; init; }

    /// <summary>Whether names keep their case.</summary>
    public bool PreserveHttp1HeaderCase { get; init; }

    /// <summary>Whether a wrong message ends one exchange only.</summary>
    public bool OverrideStreamErrorOnInvalidHttpMessage { get; init; }
}
