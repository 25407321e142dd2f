namespace Sluice.Resources.Core;

/// <summary>One endpoint of a slice. Ready defaults to true (conditions.ready absent means ready).</summary>
public sealed record SliceEndpoint(IReadOnlyList<string> Addresses, bool Ready = true, bool Serving = true, bool Terminating = false);
