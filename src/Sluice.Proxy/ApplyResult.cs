namespace Sluice.Proxy;

/// <summary>
/// The data plane's answer to a configuration. Applied: every worker serves it, listeners with errors excepted. Not applied:
/// the one before stays in force.
/// </summary>
public sealed record ApplyResult(bool Applied, IReadOnlyList<ApplyError> Errors);
