namespace Sluice.Resources.Policies.Listeners;

/// <summary>Parts of the client's certificate.</summary>
public sealed record ClientCertDetails
{
    /// <summary>Its subject.</summary>
    public bool Subject { get; init; }

    /// <summary>The certificate.</summary>
    public bool Cert { get; init; }

    /// <summary>The whole chain.</summary>
    public bool Chain { get; init; }

    /// <summary>Its DNS names.</summary>
    public bool Dns { get; init; }

    /// <summary>Its URIs.</summary>
    public bool Uri { get; init; }
}
