namespace Sluice.Conformance.Data;

/// <summary>
/// The parts of Location. Host "any" is not looked at; Port "default" means absent or the default of the Location's scheme;
/// Path "" means unchanged.
/// </summary>
internal sealed record RedirectData
{
    public string Scheme { get; init; } = "";

    public string Host { get; init; } = "any";

    public string Port { get; init; } = "default";

    public string Path { get; init; } = "";

    /// <summary>Words for people.</summary>
    public string? Note { get; init; }
}
