using Sluice.Configuration;

namespace Sluice.Proxy;

/// <summary>Listener is the section name, or null when the error concerns the whole configuration.</summary>
public sealed record ApplyError(string? Listener, string Message, ApplyErrorReason Reason);
