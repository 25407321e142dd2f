namespace Sluice.Proxy;

/// <summary>
/// The data plane's answer to a configuration. Applied: every worker serves it, listeners with errors excepted. Not applied:
/// the one before stays in force.
/// </summary>
public sealed record ApplyResult(bool Applied, IReadOnlyList<ApplyError> Errors)
{
    /// <summary>Parts of rules that cannot be served as written: what they concern, and what happens instead.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
