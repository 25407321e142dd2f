namespace Sluice.Resources.Schemas;

/// <summary>A version of a kind.</summary>
/// <param name="Name">For example "v1beta1".</param>
/// <param name="IsServed">Whether requests may use it.</param>
/// <param name="IsStored">Whether objects are kept in it: true for one version of a kind.</param>
/// <param name="DeprecationWarning">What clients are told that use it; null for versions that stay.</param>
public sealed record KindVersion(string Name, bool IsServed = true, bool IsStored = false, string? DeprecationWarning = null);
