namespace Sluice.Translation.Policies;

/// <summary>One target of a policy: a Service, of which all ports, or the one that Section names.</summary>
internal readonly record struct BackendTlsTarget(BackendTlsVerdict Verdict, string? Section);
