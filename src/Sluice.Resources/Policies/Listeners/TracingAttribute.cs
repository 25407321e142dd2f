namespace Sluice.Resources.Policies.Listeners;

/// <summary>An attribute of spans.</summary>
public sealed record TracingAttribute
{
    /// <summary>The attribute.</summary>
    public required string Name { get; init; }

    /// <summary>A fixed value.</summary>
    public LiteralValue? Literal { get; init; }

    /// <summary>From the proxy's environment.</summary>
    public EnvironmentValue? Environment { get; init; }

    /// <summary>From the request.</summary>
    public RequestHeaderValue? RequestHeader { get; init; }

    /// <summary>From metadata.</summary>
    public MetadataSource? Metadata { get; init; }
}
